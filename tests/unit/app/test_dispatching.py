"""Teams for an incident: positions, readiness, zones, and the next best one."""

import pytest
from immutables import Map
from msgspec.structs import replace

from app.demo.park import build_park
from app.dispatching import Dispatcher, standing_zones
from models.basics import LatLon, Name, Wind
from models.hazard.ground import to_wind_axes
from models.hazard.ports import ZoneLevel, ZoneResult
from models.operation.situation import Incident, Order, Situation, TeamState, Zone
from tests.unit.app.gateway.test_replacements import silent_order, situation
from views.tools.preview_desk import FixedReference

START_US = 1_800_000_000_000_000


@pytest.fixture(scope="module")
def reference() -> FixedReference:
    rows = build_park("muster", START_US)
    return FixedReference({kind: {r.key: r for r in each} for kind, each in rows.items()})


@pytest.fixture(scope="module")
def dispatcher(tmp_path_factory: pytest.TempPathFactory) -> Dispatcher:
    return Dispatcher(tmp_path_factory.mktemp("roads"))


def place(reference: FixedReference) -> LatLon:
    found = reference.all("hazard-sources")["V-203"].position
    assert found is not None
    return found


@pytest.fixture
def now(reference: FixedReference) -> Situation:
    return situation(silent_order("none"), place(reference))


def keys(dispatcher: Dispatcher, now: Situation, reference: FixedReference) -> list[str]:
    proposal = dispatcher.propose(now, reference, "I1", ())
    return [each.team_key for each in proposal.teams.ranked]


def test_that_teams_are_ranked_by_time_on_the_road(
    dispatcher: Dispatcher, reference: FixedReference, now: Situation
) -> None:
    ranked = dispatcher.propose(now, reference, "I1", ()).teams.ranked
    times = [each.route.eta_s for each in ranked if each.route.eta_s is not None]
    assert len(times) > 3
    assert times == sorted(times)


def test_that_a_committed_team_is_left_out(
    dispatcher: Dispatcher, reference: FixedReference, now: Situation
) -> None:
    first = keys(dispatcher, now, reference)[0]
    busy = now.with_(teams=Map({first: TeamState(team_key=first, status="committed")}))
    assert first not in keys(dispatcher, busy, reference)


def test_that_a_team_starts_where_it_last_reported(
    dispatcher: Dispatcher, reference: FixedReference, now: Situation
) -> None:
    last = keys(dispatcher, now, reference)[-1]
    state = TeamState(team_key=last, status="ready", position=place(reference))
    moved = now.with_(teams=Map({last: state}))
    assert keys(dispatcher, moved, reference).index(last) < 3


def test_that_the_replacement_is_the_best_of_the_others(
    dispatcher: Dispatcher, reference: FixedReference, now: Situation
) -> None:
    ranked = keys(dispatcher, now, reference)
    silent: Order = silent_order(ranked[0])
    route = dispatcher.replacement(silent, now, reference)
    assert route is not None
    assert route.team_key == ranked[1]


def test_that_an_incident_without_a_place_has_no_replacement(
    dispatcher: Dispatcher, reference: FixedReference, now: Situation
) -> None:
    nowhere: Incident = replace(now.incidents["I1"], position=None)
    lost = now.with_(incidents=Map({"I1": nowhere}))
    assert dispatcher.replacement(silent_order(), lost, reference) is None
    with pytest.raises(ValueError, match="no position"):
        dispatcher.propose(lost, reference, "I1", ())


def zone(key: str, around: LatLon, **more: object) -> Zone:
    ring = tuple(
        LatLon(around.lat_deg + dy, around.lon_deg + dx)
        for dy, dx in ((-0.004, -0.004), (-0.004, 0.004), (0.004, 0.004), (0.004, -0.004))
    )
    level = ZoneLevel(
        key="hot",
        label=Name("热区", "Hot"),
        severity=1,
        threshold=20.0,
        unit="ppm",
        rings=((*ring, ring[0]),),
        reach_m=400.0,
    )
    result = ZoneResult(kind="model", model="m", model_version="1", origin=around, levels=(level,))
    values = {"id": key, "incident_id": "I1", "result": result, "drawn_us": 1, "event_id": "e"}
    return Zone(**(values | more))  # type: ignore[arg-type]


def test_that_only_standing_zones_are_avoided(now: Situation, reference: FixedReference) -> None:
    around = place(reference)
    zones = (
        zone("a", around),
        zone("b", around, withdrawn_us=2),
        zone("c", around, replaced_by="a"),
        zone("d", around, out_of_date="turned"),
    )
    several = now.with_(zones=Map({each.id: each for each in zones}))
    assert len(standing_zones(several)) == 2
    likely = replace(several.zones["a"], contours=several.zones["a"].result)
    assert len(standing_zones(several.with_(zones=several.zones.set("a", likely)))) == 3


@pytest.mark.parametrize("kind", ["model", "drawn", "imported"])
def test_that_a_zone_sends_teams_to_a_staging_point_outside(
    dispatcher: Dispatcher, reference: FixedReference, now: Situation, kind: str
) -> None:
    around = place(reference)
    standing = zone("a", around)
    standing = replace(standing, result=replace(standing.result, kind=kind))
    closed = now.with_(zones=Map({"a": standing}))
    proposal = dispatcher.propose(closed, reference, "I1", ())
    assert proposal.staging is not None
    assert proposal.staging.distance_m > 300
    assert all(each.route.inside_m == 0 for each in proposal.teams.ranked[:3])


def test_that_the_road_graph_is_built_once_for_a_set_of_roads(
    dispatcher: Dispatcher, reference: FixedReference
) -> None:
    assert dispatcher.travel_times(reference) is dispatcher.travel_times(reference)


def test_that_upwind_is_by_the_mast_of_the_incident_where_masts_disagree(
    dispatcher: Dispatcher, reference: FixedReference, now: Situation
) -> None:
    first = Wind(from_deg=0.0, speed_m_s=3.0, stability="D", source="M1")
    own = replace(first, from_deg=180.0, source="M2")
    incident = replace(now.incidents["I1"], wind=(own, first))
    masts = now.with_(masts=(first, own), incidents=Map({"I1": incident}))
    staging = dispatcher.propose(masts, reference, "I1", ()).staging
    assert staging is not None
    along, _ = to_wind_axes(place(reference), [staging.position], own.from_deg)
    assert along[0] < 0
