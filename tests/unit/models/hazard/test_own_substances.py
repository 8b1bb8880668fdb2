"""A site's own substances: read, refused by name, counted before the table's."""

from collections.abc import Iterator
from typing import Any

import pytest

from models.basics import LatLon, Wind
from models.hazard.own_substances import is_cas, own_substances
from models.hazard.ports import HazardInputError, Release
from models.hazard.registry import default_model
from models.hazard.substance_names import substance_name
from models.hazard.substances import all_substances, find_substance, use_own

_ROW: dict[str, Any] = {
    "cas": '"107-05-1"',
    "name": '{ zh = "烯丙基氯", en = "Allyl chloride" }',
    "molar_mass_g_mol": "76.5",
    "boiling_k": "318.0",
    "pac_ppm": "[2.8, 54, 140]",
    "source": '"data sheet"',
}


def _text(**changed: str) -> str:
    rows = {**_ROW, **changed}
    return "[[substance]]\n" + "\n".join(f"{key} = {value}" for key, value in rows.items() if value)


@pytest.fixture(autouse=True)
def _table_as_it_was() -> Iterator[None]:
    yield
    use_own(())


def test_that_an_own_substance_is_found_named_and_makes_a_zone() -> None:
    assert find_substance("烯丙基氯") is None
    before = len(all_substances())
    assert substance_name("", "107-05-1").en == ""
    use_own(own_substances(_text(aliases='["AC"]', lel_ppm="29000", idlh_ppm="250")))
    item = find_substance("ac")
    assert item is not None
    assert item is find_substance("", "107-05-1")
    assert substance_name("", "107-05-1").zh == "烯丙基氯"
    assert len(all_substances()) == before + 1
    assert {level.source for level in (*item.levels, *item.others)} <= {
        "data sheet", "data sheet; recalled, to be checked"
    }  # fmt: skip
    release = Release(position=LatLon(31.0, 121.0), substance="烯丙基氯", release_kg_s=1.0)
    wind = Wind(from_deg=270.0, speed_m_s=3.0, stability="D")
    zone = default_model().zone(release, wind, (), "rural")
    assert any(level.key == "pac3" for level in zone.levels)
    assert all(level.unverified for level in zone.levels)


def test_that_an_own_row_stands_before_the_tables_and_goes_again() -> None:
    text = _text(cas='"7782-50-5"', name='{ en = "Our chlorine" }', verified="true")
    use_own(own_substances(text))
    item = find_substance("", "7782-50-5")
    assert item is not None
    assert item.levels[0].ppm == 140
    assert item.levels[0].verified
    use_own(())
    table = find_substance("", "7782-50-5")
    assert table is not None
    assert table.levels[0].ppm == 20


def test_that_own_names_win_over_the_tables_aliases_and_empty_ones_name_nothing() -> None:
    use_own(own_substances(_text(aliases='["Cl2"]')))
    item = find_substance("Cl2")
    assert item is not None
    assert item.cas == "107-05-1"
    assert find_substance("") is None
    assert find_substance("UN") is None


def test_that_nothing_is_a_text_too() -> None:
    assert own_substances("") == ()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"cas": '"107-05-2"'}, "substance[0].cas"),
        ({"name": "{}"}, "substance[0].name"),
        ({"source": '" "'}, "substance[0].source"),
        ({"molar_mass_g_mol": "0.0765"}, "substance[0].molar_mass_g_mol"),
        ({"boiling_k": "-45.0"}, "substance[0].boiling_k"),
        ({"pac_ppm": ""}, "substance[0].pac_ppm"),
        ({"pac_ppm": '["NR", "NR", "NR"]'}, "substance[0].pac_ppm"),
        ({"pac_ppm": "[140, 54, 2.8]"}, "substance[0].pac_ppm"),
        ({"pac_ppm": "[0, 54, 140]"}, "substance[0].pac_ppm"),
        ({"erpg_ppm": "[1, 2, nan]"}, "substance[0].erpg_ppm"),
        ({"lel_ppm": "2e6"}, "substance[0].lel_ppm"),
        ({"pac_ppm": "[1, 2]"}, "substances"),
        ({"moon": "1"}, "substances"),
        ({"cas": "oops"}, "substances"),
    ],
)
def test_that_a_refusal_names_the_field(changed: dict[str, str], field: str) -> None:
    with pytest.raises(HazardInputError) as caught:
        own_substances(_text(**changed))
    assert caught.value.field == field


def test_that_a_cas_number_stands_once() -> None:
    with pytest.raises(HazardInputError, match="twice"):
        own_substances(_text() + "\n" + _text())


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("64-17-5", True),
        ("64-17-6", False),
        ("6-417-5", False),
        ("64-17", False),
        ("\uff164-17-5", False),
    ],
)
def test_that_the_check_digit_decides(text: str, good: bool) -> None:
    assert is_cas(text) is good
