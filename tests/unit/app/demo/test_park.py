import math
from collections import Counter
from typing import Any, cast

import msgspec
import pytest

from app.demo.grid import park_grid
from app.demo.park import DEMO_START_US, Park, build_park
from app.demo.tables import load_table
from models.basics import LatLon
from models.libraries.kinds import Case, Depot, Plan, Scenario, Team
from models.registry.kinds import (
    Camera,
    Enterprise,
    Feature,
    HazardSource,
    Permit,
    Receptor,
    Road,
    Tag,
)
from models.times import MINUTE_US

START_US = DEMO_START_US


def rows(park: Park, kind: str, _type: type[Any]) -> Any:
    return cast(Any, park[kind])


def test_that_the_same_seed_and_start_give_the_same_bytes(park: Park) -> None:
    again = build_park("2026", START_US)
    assert msgspec.json.encode(again) == msgspec.json.encode(park)


def test_that_another_seed_gives_another_park(park: Park) -> None:
    assert msgspec.json.encode(build_park("7", START_US)) != msgspec.json.encode(park)


def test_that_the_park_has_the_size_that_was_asked_for(park: Park) -> None:
    wanted = {
        "enterprises": 40,
        "hazard-sources": 120,
        "tags": 600,
        "teams": 12,
        "materials": 40,
        "experts": 25,
        "plans": 15,
        "scenarios": 8,
        "cases": 40,
        "shifts": 4,
    }
    assert {kind: len(park[kind]) for kind in wanted} == wanted


def test_that_keys_are_unique_and_every_row_is_of_its_kind(park: Park) -> None:
    for kind, records in park.items():
        assert len({row.key for row in records}) == len(records), kind
        assert {row.KIND for row in records} == {kind}


def test_that_every_row_is_marked_fictitious_but_public_cases(park: Park) -> None:
    for kind, records in park.items():
        for row in records:
            public = isinstance(row, Case) and row.happened != ""
            assert row.fictitious is not public, (kind, row.key)


def test_that_every_name_is_there_in_both_languages(park: Park) -> None:
    for records in park.values():
        for row in records:
            assert row.name.zh, row.key
            assert row.name.en, row.key
            assert row.name.en.isascii() or "°" in row.name.en, row.name.en


def test_that_every_reference_between_rows_resolves(park: Park) -> None:
    enterprises = {row.key for row in park["enterprises"]}
    sources = {row.key for row in park["hazard-sources"]}
    people = {row.key for row in park["people"]}
    tags = {row.key for row in park["tags"]}
    contractors = {row.key for row in park["contractors"]}
    for source in rows(park, "hazard-sources", HazardSource):
        assert source.enterprise_key in enterprises
    for tag in rows(park, "tags", Tag):
        assert tag.enterprise_key in enterprises | {""}
        assert tag.hazard_source_key in sources | {""}
    for permit in rows(park, "permits", Permit):
        assert permit.hazard_source_key in sources
        assert permit.contractor in contractors
        assert set(permit.tags) <= tags
    for plan in rows(park, "plans", Plan):
        assert set(plan.hazard_source_keys) <= sources
        assert set(plan.enterprise_keys) <= enterprises
    for shift in cast(Any, park["shifts"]):
        assert {shift.leader, *shift.officers} <= people


def test_that_scenarios_name_things_of_the_park(park: Park) -> None:
    tags = {row.key for row in park["tags"]}
    sources = {row.key for row in park["hazard-sources"]}
    teams = {row.key for row in park["teams"]}
    for scenario in rows(park, "scenarios", Scenario):
        assert scenario.hazard_source_key in sources
        for inject in scenario.injects:
            assert 0 <= inject.at_s <= scenario.duration_s
            data = inject.data
            assert data.get("hazard_source", scenario.hazard_source_key) in sources
            assert "tag" not in data or data["tag"] in tags, inject.key
            assert "team" not in data or data["team"] in teams


def test_that_all_positions_lie_inside_the_drawn_area(park: Park) -> None:
    grid = park_grid()
    west, south, east, north = load_table("layout")["bounds"]
    for records in park.values():
        for row in records:
            if row.position is None:
                continue
            x, y = grid.metres(row.position)
            assert west - 1 <= x <= east + 1, row.key
            assert south - 1 <= y <= north + 1, row.key


def test_that_every_road_can_be_reached_from_every_other(park: Park) -> None:
    neighbours: dict[LatLon, set[LatLon]] = {}
    for road in rows(park, "roads", Road):
        assert road.speed_km_h > 0
        for one, other in zip(road.line, road.line[1:], strict=False):
            neighbours.setdefault(one, set()).add(other)
            neighbours.setdefault(other, set()).add(one)
    reached, edge = set(), [next(iter(neighbours))]
    while edge:
        node = edge.pop()
        if node not in reached:
            reached.add(node)
            edge += neighbours[node]
    assert reached == set(neighbours)


def test_that_the_hospital_can_reach_the_vaporiser_on_two_ways(park: Park) -> None:
    """The north-east gate lies in the first plume; the north gate doesn't."""
    keys = {row.key.rpartition("-")[0] for row in park["roads"]}
    assert {"P-2", "P-4", "P-5"} <= keys


def test_that_limits_of_every_tag_are_in_order_and_in_range(park: Park) -> None:
    order = ["LL", "L", "H", "HH"]
    for tag in rows(park, "tags", Tag):
        limits = {limit.kind: limit.value for limit in tag.limits}
        values = [limits[kind] for kind in order if kind in limits]
        assert values == sorted(set(values)), tag.key
        assert all(tag.low <= value <= tag.high for value in values), tag.key


@pytest.mark.parametrize(
    ("key", "unit", "first", "second"),
    [("GT-2031", "ppm", 0.34, 0.68), ("GT-1201", "%LEL", 25.0, 50.0)],
)
def test_that_detector_limits_follow_the_standard(
    park: Park, key: str, unit: str, first: float, second: float
) -> None:
    tag = next(row for row in rows(park, "tags", Tag) if row.key == key)
    assert tag.unit == unit
    assert [limit.value for limit in tag.limits] == pytest.approx([first, second])


def test_that_few_alarms_have_the_highest_priority(park: Park) -> None:
    counts = Counter(limit.priority for t in rows(park, "tags", Tag) for limit in t.limits)
    total = sum(counts.values())
    assert counts[1] / total < 0.1
    assert (counts[3] + counts[4]) / total > 0.65


def test_that_hazard_sources_are_graded_by_their_share_of_the_critical_quantity(
    park: Park,
) -> None:
    by_key = {row.key: row for row in rows(park, "hazard-sources", HazardSource)}
    # 100 t chlorine, Q 5 t, beta 4, village within 500 m of the fence: alpha 2
    assert by_key["T-204"].r_value == pytest.approx(2.0 * 4 * 100 / 5)
    assert by_key["T-204"].grade == "一级"
    assert by_key["S-206"].r_value is None


def test_that_release_scenarios_are_assumed_and_grow_with_the_hole(park: Park) -> None:
    vaporiser = next(r for r in rows(park, "hazard-sources", HazardSource) if r.key == "V-203")
    assert all(scenario.assumed for scenario in vaporiser.scenarios)
    rates = [scenario.release_kg_s for scenario in vaporiser.scenarios[:4]]
    assert rates == sorted(rates)
    for scenario in vaporiser.scenarios:
        assert scenario.release_kg_s * scenario.duration_s <= 6000 * 1.05


def test_that_the_village_lies_800_m_downwind_of_the_vaporiser(park: Park) -> None:
    grid = park_grid()
    sources = rows(park, "hazard-sources", HazardSource)
    vaporiser = next(row for row in sources if row.key == "V-203")
    village = next(r for r in rows(park, "receptors", Receptor) if r.key == "RC-VILLAGE")
    x0, y0 = grid.metres(vaporiser.position)
    x1, y1 = grid.metres(village.position)
    assert math.hypot(x1 - x0, y1 - y0) == pytest.approx(800, abs=3)
    assert math.degrees(math.atan2(x1 - x0, y1 - y0)) == pytest.approx(50, abs=1)
    assert village.people_night > village.people_day


def test_that_the_planted_defects_are_there(park: Park) -> None:
    dead = set(load_table("world")["dead_numbers"])
    teams = rows(park, "teams", Team)
    assert any(phone.number in dead for team in teams for phone in team.phones)
    assert [plan.key for plan in rows(park, "plans", Plan) if plan.expires_us < START_US] == [
        "PLAN-WATER-REACTIVE"
    ]
    assert [row.key for row in rows(park, "materials", Depot) if not row.stock] == ["D-02"]
    stale = [c.key for c in rows(park, "cameras", Camera) if START_US - c.last_frame_us > 3.6e9]
    assert stale == ["CAM-04"]
    open_now = [
        p.tags
        for p in rows(park, "permits", Permit)
        if p.work == "calibration" and p.valid_from_us <= START_US + 2 * MINUTE_US < p.valid_to_us
    ]
    assert open_now == [("GT-1201",)]


def test_that_three_men_work_60_m_downwind_of_the_vaporiser(park: Park) -> None:
    grid = park_grid()
    permit = next(p for p in rows(park, "permits", Permit) if p.work == "confined_space")
    assert permit.people == 3
    x, y = grid.metres(permit.position)
    assert math.dist((x, y), (3250, 1700)) == pytest.approx(60, abs=1)


def test_that_every_team_has_two_or_three_numbers(park: Park) -> None:
    assert {len(team.phones) for team in rows(park, "teams", Team)} == {2, 3}


def test_that_every_plan_has_one_first_order_in_front(park: Park) -> None:
    for plan in rows(park, "plans", Plan):
        assert [clause.first_order for clause in plan.clauses].count(True) == 1
        assert plan.clauses[0].first_order
        offsets = [clause.offset_s for clause in plan.clauses]
        assert offsets == sorted(offsets)
        assert len({clause.key for clause in plan.clauses}) == len(plan.clauses)


def test_that_the_water_reactive_bay_warns_of_water(park: Park) -> None:
    bay = next(r for r in rows(park, "hazard-sources", HazardSource) if r.key == "B-140")
    assert bay.un == "1428"
    assert any("no water" in text.en for text in bay.dont)


def test_that_enterprise_keys_are_valid_credit_codes(park: Park) -> None:
    for row in rows(park, "enterprises", Enterprise):
        assert len(row.key) == 18


def test_that_the_river_is_a_closed_shape_south_of_the_park(park: Park) -> None:
    river = next(row for row in rows(park, "features", Feature) if row.type == "river")
    assert river.closed
    assert river.line[0] == river.line[-1]
    assert all(park_grid().metres(position)[1] < 500 for position in river.line)
