"""GB 18218-2018: every entry, every class, every boundary."""

import math

import pytest

from models.hazard.grading import Holding, UnitGrade, critical_quantity, grade_unit
from models.hazard.ports import HazardInputError
from models.rules import load_rules

_RULES = load_rules("gb18218")


def _chlorine(tonnes: float, persons: int = 1) -> UnitGrade:
    return grade_unit("U", persons, (Holding(cas="7782-50-5", quantity_t=tonnes),))


def test_that_the_tables_are_whole() -> None:
    assert len(_RULES["substance"]) == 85
    assert len(_RULES["category"]) == 24


@pytest.mark.parametrize("row", _RULES["substance"], ids=lambda row: row["name"]["en"])
def test_that_each_named_entry_grades_by_its_names(row: dict[str, object]) -> None:
    for name in (row["name"]["zh"], row["name"]["en"]):  # type: ignore[index]
        unit = grade_unit("U", 0, (Holding(name=name, quantity_t=float(row["q_t"])),))  # type: ignore[arg-type]
        assert (unit.s, unit.major, unit.alpha) == (1.0, True, 0.5)
        assert unit.r == 0.5 * float(row["beta"])  # type: ignore[arg-type]


@pytest.mark.parametrize("row", _RULES["category"], ids=lambda row: row["key"])
def test_that_each_class_grades(row: dict[str, str]) -> None:
    unit = grade_unit("U", 1, (Holding(category=row["key"], quantity_t=2 * float(row["q_t"])),))
    assert (unit.s, unit.r) == (2.0, 2 * float(row["beta"]))


@pytest.mark.parametrize(
    ("persons", "alpha"),
    [(0, 0.5), (1, 1.0), (29, 1.0), (30, 1.2), (49, 1.2), (50, 1.5), (99, 1.5), (100, 2.0)],
)
def test_that_alpha_changes_at_its_boundaries(persons: int, alpha: float) -> None:
    assert _chlorine(5.0, persons).alpha == alpha


@pytest.mark.parametrize(
    ("tonnes", "grade"),
    [
        (4.999999, None), (5.0, "四级"), (12.499999, "四级"), (12.5, "三级"),
        (62.499999, "三级"), (62.5, "二级"), (124.999999, "二级"), (125.0, "一级"),
    ],
)  # fmt: skip
def test_that_grades_change_exactly_at_their_boundaries(tonnes: float, grade: str | None) -> None:
    assert _chlorine(tonnes).grade == grade


def test_that_decimals_that_floats_lose_still_meet_the_boundary() -> None:
    parts = tuple(Holding(name="光气", quantity_t=0.1) for _ in range(3))
    assert grade_unit("U", 0, parts).major  # 0.1/0.3 three times
    ten = tuple(Holding(name="甲基异氰酸酯", category="J1", quantity_t=0.5) for _ in range(10))
    assert grade_unit("U", 0, ten).s == 1.0


def test_that_less_than_one_is_not_a_major_hazard_source() -> None:
    unit = _chlorine(1.0)
    assert (unit.major, unit.grade, unit.s) == (False, None, 0.2)


def test_that_the_working_shows_each_line_with_its_source() -> None:
    unit = grade_unit(
        "U", 60, (Holding(name="氯", quantity_t=30), Holding(name="砷化氢", quantity_t=1))
    )
    first, second = unit.working
    assert (first.ratio, first.beta, first.critical_t) == (6.0, 4.0, 5.0)
    assert "table 3" in first.source
    assert first.beta_verified
    assert not second.beta_verified


def test_that_one_cas_with_several_entries_needs_the_name() -> None:
    assert float(critical_quantity(cas="9004-70-0").q_t) == 1.0
    named = critical_quantity(cas="9004-70-0", name="硝化纤维素(含乙醇>=25%)")
    assert float(named.q_t) == 10.0
    assert float(critical_quantity(cas="630-08-0").q_t) == 20.0


def test_that_a_category_serves_what_table_1_doesnt_name() -> None:
    entry = critical_quantity(name="unobtainium", cas="00-00-0", category="w5.3")
    assert float(entry.q_t) == 1000.0
    chlorine = critical_quantity(cas="7782-50-5", category="J1")
    assert "table 1" in chlorine.source


@pytest.mark.parametrize(
    ("field", "holding"),
    [
        ("substances[0].cas", Holding(cas="00-00-0", quantity_t=1)),
        ("substances[0].name", Holding(name="unobtainium", quantity_t=1)),
        ("substances[0].name", Holding(quantity_t=1)),
        ("substances[0].category", Holding(category="J9", quantity_t=1)),
        ("substances[0].quantity_t", Holding(name="氯", quantity_t=-1)),
        ("substances[0].quantity_t", Holding(name="氯", quantity_t=math.nan)),
        ("substances[0].quantity_t", Holding(name="氯", quantity_t=math.inf)),
        ("substances[0].quantity_t", Holding(name="氯", quantity_t=True)),
    ],
)
def test_that_a_bad_holding_is_refused_naming_the_field(field: str, holding: Holding) -> None:
    with pytest.raises(HazardInputError) as caught:
        grade_unit("U", 0, (holding,))
    assert caught.value.field == field


@pytest.mark.parametrize("persons", [-1, 10**10, True, 1.5])
def test_that_bad_person_counts_are_refused(persons: object) -> None:
    with pytest.raises(HazardInputError, match="exposed_persons"):
        grade_unit("U", persons, (Holding(name="氯", quantity_t=1),))  # type: ignore[arg-type]


def test_that_a_unit_without_substances_is_refused() -> None:
    with pytest.raises(HazardInputError, match="substances"):
        grade_unit("U", 0, ())
