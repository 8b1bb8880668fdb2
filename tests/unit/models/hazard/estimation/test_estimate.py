"""Where a leak is said to be: on exact twins, in every wind, and when nothing can be told."""

import math
from collections.abc import Sequence
from dataclasses import replace as replace_carrier
from functools import cache

import numpy as np
import pytest
import shapely
from msgspec.structs import replace

from models.basics import LatLon, Name, Wind
from models.hazard.estimation.estimate import (
    _centre,
    _region,
    estimate_source,
)
from models.hazard.estimation.likelihood import Carrier, unit_log_ppm
from models.hazard.estimation.ports import Candidate, Estimate, Observations, Round
from models.hazard.estimation.posterior import Posterior
from models.hazard.estimation.readings import Reading, evidence_of
from models.hazard.ground import distance_m, to_positions, to_wind_axes
from models.hazard.plume import plume_concentration
from models.hazard.ports import HazardInputError
from models.hazard.substances import ppm_to_kg_m3
from models.hazard.weather import wind_at

SOURCE = LatLon(31.0, 121.0)
RATE_KG_S = 0.8
WIND = Wind(from_deg=270.0, speed_m_s=3.0, stability="D")
CAS, MOLAR = "630-08-0", 28.01


def at(east_m: float, north_m: float) -> LatLon:
    return to_positions(SOURCE, [north_m], [-east_m], 180.0)[0]


def reading(key: str, place: LatLon, ppm: float, state: str = "ok") -> Reading:
    return Reading(key=key, position=place, value_ppm=ppm, state=state, detection_limit_ppm=1.0)


_ACROSS_M = (-26.0, 3.0, 31.0)
_DOWNWIND_M = (70.0, 150.0, 270.0)
_ELSEWHERE_M = ((-120.0, 40.0), (-60.0, -150.0), (120.0, 190.0), (180.0, -170.0))


@cache
def twin(from_deg: float) -> Observations:
    """Return what perfect detectors read of the leak: nine in its plume, four beside it."""
    wind = Wind(from_deg=from_deg, speed_m_s=3.0, stability="D")
    along = [x for x in _DOWNWIND_M for _ in _ACROSS_M] + [x for x, _ in _ELSEWHERE_M]
    across = [*_ACROSS_M * len(_DOWNWIND_M), *(y for _, y in _ELSEWHERE_M)]
    places = to_positions(SOURCE, along, across, from_deg)
    x, y = to_wind_axes(SOURCE, places, from_deg)
    carrying = wind_at(3.0, 10.0, 2.0, "D", "rural")
    air = plume_concentration(
        x, y, 0.0, release_kg_s=RATE_KG_S, wind_m_s=carrying, height_m=1.0, stability="D"
    )
    ppm = (air / ppm_to_kg_m3(1.0, MOLAR)).tolist()
    readings = tuple(
        reading(f"d{n}", place, value if value >= 1.0 else 0.0)
        for n, (place, value) in enumerate(zip(places, ppm, strict=True))
    )
    return Observations(
        substance="", cas=CAS, wind=wind, readings=readings, direction_sd_deg=3.0,
        noise_log_sd=(0.2,), model_log_sd=0.0, margin_m=60.0,
    )  # fmt: skip


@cache
def estimated(from_deg: float) -> Estimate:
    return estimate_source(twin(from_deg))


def covers(estimate: Estimate, place: LatLon) -> bool:
    point = shapely.Point(place.lon_deg, place.lat_deg)
    rings = [ring for region in estimate.regions[-1:] for ring in region.rings]
    return any(shapely.Polygon([(p.lon_deg, p.lat_deg) for p in r]).contains(point) for r in rings)


def codes(estimate: Estimate) -> set[str]:
    return {caution.code for caution in estimate.warnings}


@pytest.mark.parametrize("from_deg", [0.0, 140.0, 270.0])
def test_that_an_exact_twin_is_found_in_every_wind(from_deg: float) -> None:
    found = estimated(from_deg)
    assert found.verdict in {"located", "area"}
    assert found.position is not None
    assert distance_m(found.position, SOURCE) < 60.0
    assert covers(found, SOURCE)
    assert found.release_kg_s is not None
    low, middle, high = found.release_kg_s
    assert low <= middle <= high
    assert RATE_KG_S / 2.5 < middle < RATE_KG_S * 2.5


def test_that_the_map_is_a_probability_and_says_what_it_is_of() -> None:
    found = estimated(270.0)
    assert math.isclose(sum(cell.probability for cell in found.cells), 0.99, abs_tol=0.011)
    small, large = found.regions
    assert (small.probability, large.probability) == (0.5, 0.9)
    assert 0.0 < small.area_m2 < large.area_m2
    assert found.inputs
    assert found.model
    assert found.model_version


def test_that_the_right_hazard_source_is_named_before_others_and_elsewhere() -> None:
    candidates = (
        Candidate(key="T-1", name=Name(en="Tank"), position=SOURCE),
        Candidate(key="T-2", name=Name(en="Other"), position=at(-150.0, 180.0)),
    )
    found = estimate_source(replace(twin(270.0), candidates=candidates))
    assert found.candidates[0].key == "T-1"
    assert {each.key for each in found.candidates} == {"T-1", "T-2", ""}
    assert math.isclose(sum(each.probability for each in found.candidates), 1.0, abs_tol=1e-3)


def test_that_two_detectors_cannot_tell() -> None:
    seen = twin(270.0)
    found = estimate_source(replace(seen, readings=seen.readings[:2]))
    assert found.verdict == "cannot_tell"
    assert "too_few_detectors" in codes(found)


def test_that_zeros_everywhere_are_no_clean_air() -> None:
    seen = twin(270.0)
    zeros = tuple(replace(each, value_ppm=0.0) for each in seen.readings)
    found = estimate_source(replace(seen, readings=zeros))
    assert found.verdict == "cannot_tell"
    assert "nothing_read" in codes(found)
    assert found.position is None
    assert found.release_kg_s is None
    assert found.candidates == ()
    assert {each.kind for each in found.evidence} == {"below"}


@pytest.mark.parametrize("state", ["fault", "stale"])
def test_that_a_detector_that_says_nothing_changes_nothing_but_is_named(state: str) -> None:
    seen = twin(270.0)
    left_out = estimate_source(replace(seen, readings=seen.readings[1:]))
    broken = replace(seen.readings[0], value_ppm=0.0, state=state)
    found = estimate_source(replace(seen, readings=(broken, *seen.readings[1:])))
    assert "detectors_without_information" in codes(found)
    assert found.evidence[0].kind == "nothing"
    assert found.release_kg_s is not None
    assert left_out.release_kg_s is not None
    # the box reaches as far as the detectors stand, silent ones too
    assert math.isclose(found.release_kg_s[1], left_out.release_kg_s[1], rel_tol=0.35)


def test_that_a_reading_over_its_range_is_at_least_its_range() -> None:
    seen = twin(270.0)
    nearest = max(range(len(seen.readings)), key=lambda n: seen.readings[n].value_ppm)
    top = seen.readings[nearest]
    over = replace(top, value_ppm=top.value_ppm / 4, state="over_range")
    readings = (*seen.readings[:nearest], over, *seen.readings[nearest + 1 :])
    found = estimate_source(replace(seen, readings=readings))
    assert found.evidence[nearest].kind == "at_least"
    assert found.release_kg_s is not None
    assert found.release_kg_s[2] > RATE_KG_S / 2


def test_that_slow_wind_is_warned_of() -> None:
    seen = twin(270.0)
    slow = replace(seen, wind=replace(seen.wind, speed_m_s=0.7))
    assert len(codes(estimate_source(slow)) - codes(estimated(270.0))) == 1


def test_that_defaults_come_from_the_rules() -> None:
    seen = twin(270.0)
    plain = Observations(substance="", cas=CAS, wind=seen.wind, readings=seen.readings)
    found = estimate_source(plain)
    assert found.position is not None
    assert distance_m(found.position, SOURCE) < 120.0
    assert found.regions[-1].area_m2 > estimated(270.0).regions[-1].area_m2


BAD: Sequence[tuple[str, dict[str, object]]] = (
    ("substance", {"cas": "0-0-0", "substance": "unobtainium"}),
    ("wind.speed_m_s", {"wind": Wind(from_deg=0, speed_m_s=300.0, stability="D")}),
    ("wind.speed_m_s", {"wind": Wind(from_deg=0, speed_m_s=math.nan, stability="D")}),
    ("wind.from_deg", {"wind": Wind(from_deg=-4, speed_m_s=3.0, stability="D")}),
    ("wind.stability", {"wind": Wind(from_deg=0, speed_m_s=3.0, stability="G")}),
    ("terrain", {"terrain": "lunar"}),
    ("height_m", {"height_m": -1.0}),
    ("readings", {"readings": ()}),
    ("readings", {"readings": (reading("a", SOURCE, 1.0),) * 2}),
    ("readings", {"readings": (reading("", SOURCE, 1.0),)}),
    (
        "readings",
        {"readings": (reading("a", SOURCE, 1.0), reading("b", LatLon(32.0, 121.0), 1.0))},
    ),
    ("readings[a].value_ppm", {"readings": (reading("a", SOURCE, -1.0),)}),
    ("readings[a].state", {"readings": (reading("a", SOURCE, 1.0, "asleep"),)}),
    ("noise_log_sd", {"noise_log_sd": (9.0,)}),
    ("model_log_sd", {"model_log_sd": -1.0}),
    ("direction_sd_deg", {"direction_sd_deg": 0.0}),
    ("margin_m", {"margin_m": 1.0}),
    ("max_age_s", {"max_age_s": -5.0}),
)


@pytest.mark.parametrize(("field", "change"), BAD)
def test_that_nonsense_is_refused_by_its_field(field: str, change: dict[str, object]) -> None:
    with pytest.raises(HazardInputError) as refused:
        estimate_source(replace(twin(270.0), **change))
    assert refused.value.field == field


def test_that_an_old_reading_is_stale() -> None:
    old = replace(reading("a", SOURCE, 5.0), at_us=0)
    assert evidence_of(old, now_us=61_000_000).kind == "nothing"
    assert evidence_of(old, now_us=59_000_000).kind == "value"
    assert evidence_of(old, now_us=59_000_000, max_age_s=10.0).why == "stale"


def test_that_a_poisoned_detector_that_reads_gas_says_at_least() -> None:
    gas = evidence_of(reading("a", SOURCE, 5.0, "poisoned"))
    assert (gas.kind, gas.ppm) == ("at_least", 5.0)
    assert evidence_of(reading("a", SOURCE, 0.0, "poisoned")).kind == "nothing"


def test_that_a_catalytic_bead_is_not_believed_above_the_lower_limit() -> None:
    bead = replace(reading("a", SOURCE, 500.0), sensor="catalytic")
    assert evidence_of(bead, lel_ppm=10_000.0).blind_above_ppm == 10_000.0
    assert evidence_of(replace(bead, sensor=""), lel_ppm=10_000.0).blind_above_ppm is None
    methane = replace(
        twin(270.0), cas="74-82-8",
        readings=tuple(replace(each, sensor="catalytic") for each in twin(270.0).readings),
    )  # fmt: skip
    assert {each.blind_above_ppm for each in estimate_source(methane).evidence} != {None}


def test_that_of_two_far_apart_places_the_likelier_is_given_not_the_middle() -> None:
    axis = np.linspace(-200.0, 200.0, 9)
    cells = np.zeros((9, 9))
    cells[1, 1], cells[7, 7] = 0.48, 0.52
    posterior = Posterior(
        east_m=axis, north_m=axis, cells=cells, log_rates=np.zeros(1), rates=np.ones(1),
        log_evidence=0.0,
    )  # fmt: skip
    region = _region(SOURCE, posterior, 0.9)
    assert len(region.rings) == 2
    assert distance_m(_centre(SOURCE, posterior, region), at(150.0, 150.0)) < 1.0


def test_that_an_earlier_round_in_another_wind_narrows_the_place() -> None:
    one, other = twin(270.0), twin(300.0)
    earlier = Round(readings=other.readings, wind=other.wind)
    both = estimate_source(replace(one, earlier=(earlier,)))
    assert both.position is not None
    assert distance_m(both.position, SOURCE) < 40.0
    assert both.regions[-1].area_m2 < estimated(270.0).regions[-1].area_m2
    assert covers(both, SOURCE)


def test_that_nonsense_in_an_earlier_round_is_refused_by_its_field() -> None:
    seen = twin(270.0)
    bad = Round(readings=seen.readings, wind=Wind(from_deg=0, speed_m_s=300.0, stability="D"))
    with pytest.raises(HazardInputError) as refused:
        estimate_source(replace(seen, earlier=(bad,)))
    assert refused.value.field == "earlier[0].wind.speed_m_s"


def test_that_a_plume_that_swings_is_wider_and_lower() -> None:
    still = Carrier(wind_m_s=3.0, stability="E", scheme="isc3_rural", height_m=1.0,
                    ppm_per_kg_m3=1.0)  # fmt: skip
    swinging = replace_carrier(still, meander_deg=10.0)
    east, north = np.array([0.0, 12.0]), np.array([-30.0, -30.0])
    narrow, wide = (unit_log_ppm(each, east, north, np.zeros(1)) for each in (still, swinging))
    assert wide[0] < narrow[0]
    assert wide[1] > narrow[1]


def test_that_a_run_tells_how_far_it_is_and_stops_when_told() -> None:
    told: list[float] = []
    seen = replace(twin(270.0), earlier=(Round(readings=twin(270.0).readings, wind=WIND),))
    estimate_source(seen, told.append)
    assert told == pytest.approx([0.2, 0.4, 0.7, 1.0])

    def stop(_share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        estimate_source(seen, stop)


def test_that_a_swing_beyond_sense_is_refused() -> None:
    with pytest.raises(HazardInputError, match="meander_deg"):
        estimate_source(replace(twin(270.0), meander_deg=46.0))


def test_that_rounds_that_err_alike_tell_no_more_than_one() -> None:
    once = estimated(270.0)
    again = Round(readings=twin(270.0).readings, wind=WIND)
    twice = estimate_source(replace(twin(270.0), earlier=(again,)))
    alike = estimate_source(replace(twin(270.0), earlier=(again,), shared_error=1.0))
    assert alike.regions == once.regions
    assert alike.release_kg_s == once.release_kg_s
    assert twice.regions[1].area_m2 < once.regions[1].area_m2
    with pytest.raises(HazardInputError, match="shared_error"):
        estimate_source(replace(twin(270.0), shared_error=1.1))
