"""The demonstration's turn of the wind matters whatever the hour it is started at."""

from typing import cast

import pytest

from app.demo.park import Park
from app.zones import exposed_people, stored_rate
from models.basics import Wind
from models.hazard.ports import Release
from models.hazard.registry import default_model
from models.registry.kinds import HazardSource
from views.tools.preview_desk import FixedReference


@pytest.mark.parametrize("stability", ["A", "B", "C", "D", "F"])
@pytest.mark.parametrize("speed_m_s", [2.4, 3.6])
@pytest.mark.parametrize("meander_deg", [-6.0, 8.0])  # and what the nearest mast adds
def test_that_the_turned_wind_brings_somebody_new_into_the_zone(
    park: Park, stability: str, speed_m_s: float, meander_deg: float
) -> None:
    vaporiser = cast(HazardSource, next(r for r in park["hazard-sources"] if r.key == "V-203"))
    rate = stored_rate(vaporiser)
    assert rate is not None
    assert vaporiser.position is not None
    release = Release(
        position=vaporiser.position, substance="chlorine", cas="7782-50-5",
        release_kg_s=rate.release_kg_s, duration_s=rate.duration_s, height_m=rate.height_m,
        rate_source=rate.source, rate_assumed=True,
    )  # fmt: skip
    people = exposed_people(FixedReference({"receptors": {r.key: r for r in park["receptors"]}}))

    def touched(from_deg: float) -> set[str]:
        wind = Wind(from_deg=from_deg, speed_m_s=speed_m_s, stability=stability)
        zone = default_model().zone(release, wind, people, "rural")
        return {hit.receptor_key for hit in zone.receptors}

    assert touched(270.0 + meander_deg) - touched(230.0 - meander_deg)
