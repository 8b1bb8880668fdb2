"""What a fire or an explosion gives to a place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.hazard.fire_event import KINDS, acts_s, effect_at, pool_of
from models.hazard.fires import DominoEvent
from models.hazard.ports import HazardInputError

EVENTS = {
    "pool_fire": DominoEvent(kind="pool_fire", diameter_m=15, burn_kg_m2_s=0.08, duration_s=600),
    "jet_fire": DominoEvent(kind="jet_fire", burn_kg_s=8.0),
    "fireball": DominoEvent(kind="fireball", mass_kg=30_000),
    "blast": DominoEvent(kind="blast", tnt_kg=800.0),
}


@pytest.mark.parametrize("kind", KINDS)
def test_that_farther_away_less_arrives(kind: str) -> None:
    received = effect_at(EVENTS[kind], np.geomspace(8.0, 3000.0, 60), wind_m_s=4.0)
    assert (np.diff(received) <= 0).all()
    assert (received > 0).all()


@given(bearing=st.floats(0.0, 180.0), distance=st.floats(12.0, 200.0))
def test_that_a_pool_s_flame_leans_alike_to_both_sides(bearing: float, distance: float) -> None:
    at = effect_at(EVENTS["pool_fire"], distance, bearing_deg=[bearing, -bearing], wind_m_s=6.0)
    assert at[0] == pytest.approx(at[1], rel=1e-6)


@pytest.mark.parametrize("kind", ["jet_fire", "fireball", "blast"])
def test_that_only_a_pool_cares_for_the_bearing(kind: str) -> None:
    bearings = np.array([0.0, 90.0, 180.0])
    received = effect_at(EVENTS[kind], 60.0, bearing_deg=bearings, wind_m_s=9.0)
    assert received.shape == (3,)
    assert np.ptp(received) == 0.0


def test_that_a_flame_lasts_as_long_as_it_is_said_to() -> None:
    assert acts_s(EVENTS["pool_fire"]) == 600
    assert acts_s(EVENTS["jet_fire"]) is None
    assert acts_s(EVENTS["blast"]) == 0.0
    lasts = acts_s(EVENTS["fireball"])
    assert lasts is not None
    assert 10 < lasts < 20


def test_that_a_fuel_s_own_brightness_caps_its_flame() -> None:
    dim = DominoEvent(
        kind="pool_fire", diameter_m=15, burn_kg_m2_s=0.08, clean=True, most_w_m2=30e3
    )
    assert pool_of(dim, 0.0).emissive_power_w_m2 == 30e3


@pytest.mark.parametrize(
    ("event", "distance", "field"),
    [
        (DominoEvent(kind="moon"), 10.0, "kind"),  # type: ignore[arg-type]
        (EVENTS["blast"], 0.0, "distance_m"),
        (EVENTS["blast"], float("nan"), "distance_m"),
        (DominoEvent(kind="blast"), 10.0, "tnt_kg"),
        (DominoEvent(kind="jet_fire", burn_kg_s=-1.0), 10.0, "burn_kg_s"),
    ],
)
def test_that_nonsense_names_the_field(event: DominoEvent, distance: float, field: str) -> None:
    with pytest.raises(HazardInputError) as caught:
        effect_at(event, distance)
    assert caught.value.field == field


def test_that_nonsense_durations_name_the_field() -> None:
    with pytest.raises(HazardInputError, match="duration_s"):
        acts_s(DominoEvent(kind="jet_fire", burn_kg_s=1.0, duration_s=-1.0))
