"""What a hazard source typically releases, by the register."""

import pytest

from app.typical_releases import typical_releases
from models.basics import Name, Wind
from models.hazard.ports import HazardInputError
from models.hazard.scenarios import Storage, release_scenarios
from models.registry.kinds import HazardSource

WIND = Wind(from_deg=90.0, speed_m_s=5.0, stability="D", source="M1")


def source(**fields):
    return HazardSource(key="HS", name=Name(en="Tank"), **{"substance": "chlorine", **fields})


def test_that_the_register_s_inventory_and_the_wind_count():
    cases = typical_releases(source(inventory_t=50), WIND)
    assert cases == release_scenarios("7782-50-5", Storage(inventory_kg=50_000, wind_m_s=5.0))
    assert [case.key for case in cases] == ["small", "medium", "large", "full_bore", "catastrophic"]
    calm = typical_releases(source(inventory_t=50), None)
    assert calm[0].assumed
    assert "wind_m_s" in calm[0].assumed


@pytest.mark.parametrize(("fields", "field"), [
    ({}, "inventory_t"), ({"inventory_t": 0.0}, "inventory_t"),
    ({"inventory_t": 5.0, "substance": "unobtainium"}, "substance"),
])  # fmt: skip
def test_that_what_is_lacking_is_named(fields, field):
    with pytest.raises(HazardInputError) as caught:
        typical_releases(source(**fields), WIND)
    assert caught.value.field == field
