"""A substance is known however its name or CAS number was written."""

import pytest

from app.typical_releases import gives_releases, storage_of
from models.basics import Name
from models.hazard.grading import critical_quantity
from models.hazard.isolation import isolation_distances
from models.hazard.substance_names import substance_name
from models.hazard.substances import find_substance
from models.registry.kinds import HazardSource

WRITTEN = [
    "7664-41-7", " 7664-41-7 ", "7664－41－7", "7664–41–7", "7664−41‐7", "７６６４-４１-７",
    "CAS 7664-41-7", "CAS No.: 7664-41-7", "cas：7664-41-7", "7664 - 41 - 7",
]  # fmt: skip


@pytest.mark.parametrize("cas", WRITTEN)
def test_that_a_cas_number_is_known_however_it_is_written(cas: str) -> None:
    found = find_substance("液氨储罐", cas)
    assert found is not None
    assert found.name.en == "Ammonia"
    assert isolation_distances("", cas).known
    assert substance_name("", cas).en == "Ammonia"
    assert critical_quantity(cas=cas) == critical_quantity(cas="7664-41-7")
    source = HazardSource(key="T", name=Name(), cas=cas, inventory_t=10.0)
    assert gives_releases(source)
    assert storage_of(source, None)[0] == "7664-41-7"


@pytest.mark.parametrize("name", ["LPG", "ＬＰＧ", " l p g ", "Ｌpg"])
def test_that_a_name_is_known_in_any_width(name: str) -> None:
    assert find_substance(name) == find_substance("LPG")
    assert find_substance(name) is not None
    assert isolation_distances(name) == isolation_distances("LPG")


def test_that_another_number_is_still_another_substance() -> None:
    assert find_substance("ammonia", "7664-41-8") is None
    assert find_substance("unobtainium", "CAS") is None
    assert find_substance("ammonia", "CAS") == find_substance("ammonia")
