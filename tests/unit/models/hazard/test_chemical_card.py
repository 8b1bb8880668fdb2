"""Chemical cards and properties: whole for table 1 of GB 18218, each line with its source."""

import math
import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest

from models.hazard.chemical_card import (
    card_levels,
    card_properties,
    chemical_card,
    reactivity_warnings,
    water_need_l_s,
)
from models.hazard.ports import HazardInputError
from models.hazard.properties import FIGURES, known_cas, pool_liquid, properties_of
from models.rules import load_rules

_ENTRIES = load_rules("gb18218")["substance"]
_CARDS = tomllib.loads(
    (files("resources") / "substances" / "chemical_cards.toml").read_text("utf-8")
)


@pytest.mark.parametrize("row", _ENTRIES, ids=lambda row: row["name"]["en"])
def test_that_each_entry_of_table_1_has_a_whole_card(row: dict[str, dict[str, str]]) -> None:
    for name in (row["name"]["zh"], row["name"]["en"]):
        card = chemical_card(name)
        assert card is not None
        assert len(card.un) == 4
        for lines in (card.dont, card.hazards, card.protection):
            assert lines
            assert all(line.text.zh and line.text.en and line.source for line in lines)
        assert card_properties(card) is not None
        assert card.name.zh


def test_that_a_cas_number_decides_and_an_unknown_one_has_no_card() -> None:
    card = chemical_card("chlorine", "7664-41-7")
    assert card is not None
    assert card.un == "1005"
    assert chemical_card("chlorine", "00-00-0") is None
    assert chemical_card("") is None


def test_that_every_group_is_used_and_every_used_one_known() -> None:
    groups = set(_CARDS["group"])
    assert groups == {group for row in _CARDS["substance"] for group in row["groups"]}
    assert all(set(row["groups"]) <= groups for row in _CARDS["pair"])
    assert len({row["cas"] for row in _CARDS["substance"]}) == len(_CARDS["substance"])
    assert _CARDS["verified"] is False


def test_that_no_line_stands_twice_and_none_claims_to_be_verified() -> None:
    card = chemical_card("光气")
    assert card is not None
    texts = [line.text.en for line in card.protection]
    assert len(texts) == len(set(texts))
    assert not any(line.verified for line in (*card.dont, *card.measures, *card.reactivity))


def test_that_reactivity_looks_both_ways() -> None:
    chlorine, ammonia = chemical_card("氯"), chemical_card("氨")
    assert chlorine is not None
    assert ammonia is not None
    forth = reactivity_warnings(chlorine.groups, ammonia.groups)
    assert forth == reactivity_warnings(ammonia.groups, chlorine.groups)
    assert any("nitrogen" in line.text.en for line in forth)
    assert reactivity_warnings(["miscible"], ["miscible"]) == ()


def test_that_water_needs_follow_the_area() -> None:
    propane, chlorine = chemical_card("", "68476-85-7"), chemical_card("氯")
    assert propane is not None
    assert chlorine is not None
    assert water_need_l_s(propane, 100) == pytest.approx(15.0)
    assert propane.water_source
    assert water_need_l_s(chlorine, 100) == 0.0
    with pytest.raises(HazardInputError, match="area_m2"):
        water_need_l_s(propane, -1)


def test_that_levels_are_those_on_record() -> None:
    card, bare = chemical_card("氯"), chemical_card("叠氮化钡")
    assert card is not None
    assert bare is not None
    assert card_levels(card)[0].ppm == 20
    assert card_levels(bare) == ()
    keys = [level.key for level in card_levels(card)]
    assert keys == ["aegl3", "aegl2", "aegl1", "erpg1", "erpg2", "erpg3", "idlh"]
    assert not any(level.verified for level in card_levels(card) if level.key.startswith("erpg"))
    sodium = chemical_card("钠")
    assert sodium is not None
    assert card_properties(sodium) is not None


def test_that_every_number_has_a_source_and_sense() -> None:
    for cas in known_cas():
        properties = properties_of(cas)
        assert set(properties.figures) <= set(FIGURES)
        for key, figure in properties.figures.items():
            assert figure.source
            assert math.isfinite(figure.value)
            assert figure.value > 0 or key == "vapour_c"
        lel, uel = properties.get("lel_vol"), properties.get("uel_vol")
        assert lel is None or uel is None or 0 < lel < uel <= 1


@pytest.mark.parametrize(
    ("cas", "figure", "value", "within"),
    [
        ("7782-50-5", "molar_mass_g_mol", 70.91, 0.001),
        ("7664-41-7", "boiling_k", 239.8, 0.002),
        ("74-98-6", "density_warm_kg_m3", 493.0, 0.02),
        ("71-43-2", "heat_j_kg", 40.2e6, 0.02),
        ("67-56-1", "vaporisation_j_kg", 1.10e6, 0.02),
        ("1333-74-0", "heat_j_kg", 119.96e6, 0.01),
        ("7446-09-5", "heat_capacity_ratio", 1.27, 0.02),
        ("75-20-7", "molar_mass_g_mol", 64.10, 0.001),
    ],
)
def test_that_known_numbers_are_met(cas: str, figure: str, value: float, within: float) -> None:
    assert properties_of(cas).need(figure) == pytest.approx(value, rel=within)


def test_that_vapour_pressures_meet_the_boiling_point() -> None:
    fitted = [cas for cas in known_cas() if "vapour_a" in properties_of(cas).figures]
    assert len(fitted) > 45
    for cas in fitted:
        properties = properties_of(cas)
        a, b, c, boiling = (
            properties.need(key) for key in ("vapour_a", "vapour_b", "vapour_c", "boiling_k")
        )
        assert math.exp(a - b / (boiling + c)) == pytest.approx(101_325, rel=0.35)


def test_that_recalled_numbers_say_so_and_missing_ones_are_refused() -> None:
    petrol = properties_of("86290-81-5")
    assert not petrol.figures["boiling_k"].verified
    assert properties_of("7782-50-5").figures["boiling_k"].verified
    assert properties_of("68476-85-7").stands_for == "74-98-6"
    with pytest.raises(HazardInputError, match="vapour_a"):
        pool_liquid(petrol)
    with pytest.raises(HazardInputError, match="cas"):
        properties_of("00-00-0")


def test_that_the_runtime_needs_neither_thermo_nor_chemicals() -> None:
    code = (
        "import sys; from models.hazard.chemical_card import chemical_card as c; c('氯');"
        "assert not {'thermo', 'chemicals'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
