import pytest

from app.queries.places import PlaceFinder
from models.basics import LatLon, Name
from models.registry.kinds import Enterprise, HazardSource

HERE = LatLon(32.0, 118.0)


class _Reference:
    revision = 1

    def __init__(self):
        warehouse = Enterprise(key="E2", name=Name("恒泰仓储", "Hengtai Storage"), position=HERE)
        plant = Enterprise(key="E1", name=Name("华泰化工", "Huatai Chemical"), position=HERE)
        bay = HazardSource(
            key="HS9", name=Name("甲类仓库3区", "Class A bay 3"), position=HERE, enterprise_key="E2"
        )
        nowhere = Enterprise(key="E3", name=Name("华泰无址", "Nowhere"))
        self._rows = {
            "enterprises": {e.key: e for e in (warehouse, plant, nowhere)},
            "hazard-sources": {"HS9": bay},
        }

    def all(self, kind):
        return self._rows.get(kind, {})

    def get(self, kind, key):
        return self.all(kind).get(key)


@pytest.fixture
def finder():
    return PlaceFinder(_Reference())


def test_that_a_misheard_name_is_found_by_its_sound(finder):
    best = finder.find("衡太仓储")[0]
    assert (best.record.key, best.by_sound) == ("E2", True)


@pytest.mark.parametrize("said", ["衡太仓储三区", "恒泰仓库 3区", "甲类3区", "甲类仓库叁区"])
def test_that_parts_of_a_name_lead_to_the_place_however_its_number_is_written(finder, said):
    assert finder.find(said)[0].record.key == "HS9"


def test_that_the_written_name_outranks_a_sound(finder):
    best = finder.find("华泰化工")[0]
    assert (best.record.key, best.by_sound) == ("E1", False)


def test_that_english_words_and_keys_are_found(finder):
    assert finder.find("class a bay")[0].record.key == "HS9"
    assert finder.find("hs9")[0].record.key == "HS9"


def test_that_places_without_a_position_are_not_offered(finder):
    assert all(match.record.key != "E3" for match in finder.find("华泰"))


def test_that_nothing_is_found_for_nothing(finder):
    assert finder.find("  ") == ()
    assert finder.find("qqqqqqqqqqqq") == ()


@pytest.mark.parametrize("typed", ["htcc", "HTC", "hengtaicangchu"])
def test_that_initials_and_pinyin_find_a_place(finder, typed):
    best = finder.find(typed)[0]
    assert best.record.key == "E2"


def test_that_initials_of_english_words_find_a_place(finder):
    assert finder.find("cab3")[0].record.key == "HS9"
