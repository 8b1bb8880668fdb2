"""What a new zone touches first is named; what lay in the old one already is not."""

import dataclasses

from immutables import Map
from msgspec.structs import replace

from maps.new_threats import new_threats
from models.basics import LatLon, Name, Wind
from models.hazard.ports import ReceptorHit, ZoneLevel, ZoneResult
from models.operation.situation import Order, Situation, TeamState, Zone
from tests.unit.maps.world import near, situation

WIND = Wind(from_deg=270.0, speed_m_s=3.0, stability="D")


def hit(key: str) -> ReceptorHit:
    return ReceptorHit(
        receptor_key=key, name=Name(en=key), type="school", level_key="a", distance_m=100.0,
        arrival_s=60.0, people=10,
    )  # fmt: skip


def zone(key: str, west_m: float, east_m: float, *hits: str, at_us: int, old: str = "") -> Zone:
    corners = ((west_m, -50), (east_m, -50), (east_m, 50), (west_m, 50), (west_m, -50))
    ring = tuple(near(*corner) for corner in corners)
    level = ZoneLevel(
        key="a", label=Name(en="A"), severity=3, threshold=20, unit="ppm", rings=(ring,),
        reach_m=500.0,
    )  # fmt: skip
    result = ZoneResult(
        kind="model", model="m", model_version="1", origin=near(0, 0), levels=(level,),
        receptors=tuple(map(hit, hits)), wind=WIND,
    )  # fmt: skip
    return Zone(
        id=key, incident_id="I1", result=result, drawn_us=at_us, event_id=key, out_of_date=old
    )


OLD = zone("Z1", 0, 300, "R1", at_us=1, old="turn:40")
NEW = zone("Z2", 200, 600, "R1", "R2", at_us=2)


def order(key: str, staging: LatLon | None, route: tuple[LatLon, ...], state: str) -> Order:
    base = next(iter(situation().orders.values()))
    return replace(  # type: ignore[type-var]
        base, id=key, incident_id="I1", team_key=key, staging=staging, route=route, state=state
    )


def with_zones(*zones: Zone) -> Situation:
    teams = {
        "IN": TeamState(team_key="IN", status="on_scene", position=near(500, 0)),
        "BEFORE": TeamState(team_key="BEFORE", status="on_scene", position=near(100, 0)),
        "UNKNOWN": TeamState(team_key="UNKNOWN", status="ready"),
    }
    through = (near(450, -400), near(450, 400))
    orders = [
        order("STAGED", near(550, 10), (), "received"),
        order("THROUGH", None, through, "started"),
        order("ENDED", near(550, 10), through, "reported"),
        order("ROUND", near(900, 0), (near(900, -400), near(900, 400)), "issued"),
    ]
    return dataclasses.replace(
        situation(), zones=Map({each.id: each for each in zones}), teams=Map(teams),
        orders=Map({each.id: each for each in orders}),
    )  # fmt: skip


def test_that_only_what_the_new_zone_adds_is_named() -> None:
    found = new_threats(with_zones(OLD, NEW), "I1")
    assert found is not None
    assert found.zone_id == "Z2"
    assert [each.receptor_key for each in found.receptors] == ["R2"]
    assert [each.team_key for each in found.teams] == ["IN"]
    assert [each.id for each in found.staging] == ["STAGED"]
    assert [each.id for each in found.routes] == ["THROUGH"]


def test_that_nothing_is_new_without_an_old_zone_or_without_a_new_one() -> None:
    assert new_threats(with_zones(NEW), "I1") is None
    assert new_threats(with_zones(OLD), "I1") is None
    gone = replace(OLD, withdrawn_us=3)
    assert new_threats(with_zones(gone, NEW), "I1") is None
    assert new_threats(with_zones(OLD, NEW), "I2") is None


def test_that_a_zone_at_the_same_place_names_nothing() -> None:
    same = replace(NEW, result=OLD.result)
    found = new_threats(with_zones(OLD, same), "I1")
    assert found is not None
    assert not found


def of_officer(key: str, west_m: float, east_m: float, at_us: int) -> Zone:
    found = zone(key, west_m, east_m, "R1", at_us=at_us)
    return replace(found, result=replace(found.result, kind="drawn", wind=None))


def test_that_ground_an_officer_drew_before_is_known_and_after_is_new() -> None:
    before = of_officer("H", 200, 600, at_us=2)
    later = replace(NEW, drawn_us=3)
    found = new_threats(with_zones(OLD, before, later), "I1")
    assert found is not None
    assert (found.zone_id, found.teams, found.staging) == ("Z2", (), ())
    assert [each.receptor_key for each in found.receptors] == ["R2"]
    after = of_officer("H", 500, 600, at_us=4)
    both = new_threats(with_zones(OLD, replace(NEW, drawn_us=3), after), "I1")
    assert both is not None
    assert [each.team_key for each in both.teams] == ["IN"]


def test_that_without_a_new_model_only_what_was_drawn_since_is_new() -> None:
    assert new_threats(with_zones(OLD, of_officer("H", 200, 600, at_us=1)), "I1") is None
    found = new_threats(with_zones(OLD, of_officer("H", 200, 600, at_us=2)), "I1")
    assert found is not None
    assert (found.zone_id, [each.team_key for each in found.teams]) == ("H", ["IN"])
