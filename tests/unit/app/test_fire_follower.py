"""A fire's zone is drawn again when the wind left it, once, as what it was."""

from collections.abc import Iterator

import pytest
from immutables import Map
from msgspec.structs import replace

from app.commands import CommandRefusedError
from app.commands.zone import DrawZone
from app.fire_follower import FireFollower
from models.basics import LatLon, Name
from models.hazard.fire_zone import event_of, fire_zone
from models.hazard.fires import DominoEvent, FireCase, is_burning
from models.operation.situation import Incident, Situation, Zone
from tests.unit.app.commands.conftest import SmallReference
from tests.unit.app.test_zone_renewal import (
    HERE,
    INCIDENT,
    TURNED,
    WIND,
    _Desk,
    _Done,
    _thumb,
)

POOL = FireCase(
    key="pool_fire:large", name=Name(en="Pool"), how="x",
    event=DominoEvent(kind="pool_fire", diameter_m=12, burn_kg_m2_s=0.08),
)  # fmt: skip
RESULT = fire_zone(POOL, HERE, WIND, (), burning=True)


def zone(key: str = "F1", **more: object) -> Zone:
    fields = {"result": RESULT, "out_of_date": "turn:90", **more}
    return Zone(id=key, incident_id="I1", drawn_us=1, event_id="e", **fields)  # type: ignore[arg-type]


@pytest.fixture
def desk(qapp: object) -> Iterator[_Desk]:
    del qapp
    situation = Situation(operation_id="op").with_(masts=(TURNED,))
    made = _Desk(situation, SmallReference({}))
    follower = FireFollower(made)
    yield made
    follower.deleteLater()


def publish(desk: _Desk, *zones: Zone, incident: Incident = INCIDENT) -> list[DrawZone]:
    desk.publish(incidents=Map({"I1": incident}), zones=Map({each.id: each for each in zones}))
    return list(desk.drawn)


def test_that_the_new_wind_s_zone_is_drawn_beside_the_old_one_once(desk: _Desk) -> None:
    (command,) = publish(desk, zone())
    assert (command.incident_id, command.only_if_none, command.replaces_zone_id) == ("I1", True, "")
    assert command.result.wind == TURNED
    assert event_of(command.result) == event_of(RESULT)
    assert is_burning(command.result)
    assert len(publish(desk, zone())) == 1, "not again and again"


def test_that_it_follows_its_incident_to_another_place(desk: _Desk) -> None:
    there = LatLon(30.01, 120.0)
    (command,) = publish(desk, zone(), incident=replace(INCIDENT, position=there))
    assert command.result.origin == there
    desk.drawn.clear()
    (command,) = publish(desk, zone("F2"), incident=replace(INCIDENT, position=None))
    assert command.result.origin == HERE


@pytest.mark.parametrize(
    ("more", "incident"),
    [
        ({"out_of_date": ""}, {}),
        ({"withdrawn_us": 5}, {}),
        ({"replaced_by": "F9"}, {}),
        ({"result": _thumb()}, {}),
        ({}, {"closed_us": 5}),
    ],
)
def test_that_nothing_is_drawn_where_nothing_is_due(
    desk: _Desk, more: dict[str, object], incident: dict[str, object]
) -> None:
    assert publish(desk, zone(**more), incident=replace(INCIDENT, **incident)) == []


def test_that_a_fire_burns_on_when_its_incident_became_part_of_another(desk: _Desk) -> None:
    (command,) = publish(desk, zone(), incident=replace(INCIDENT, merged_into="I2"))
    assert (command.incident_id, command.only_if_none) == (INCIDENT.id, True)


def test_that_a_zone_that_stands_already_and_a_lost_incident_are_left_alone(desk: _Desk) -> None:
    assert publish(desk, zone(), zone("F2", out_of_date="")) == []
    assert publish(desk, replace(zone(), incident_id="x")) == []


@pytest.mark.expect_log("no zone of a fire for incident I1")
def test_that_a_fault_is_said_and_a_refusal_is_not(desk: _Desk) -> None:
    bad = replace(TURNED, speed_m_s=300.0)
    desk.live_situation = desk.live_situation.with_(masts=(bad,))
    assert publish(desk, zone()) == []
    assert [code for code, _ in desk.said] == ["zone_not_computed"]
    desk.live_situation = desk.live_situation.with_(masts=(TURNED,))
    for error, codes in ((CommandRefusedError("x"), 0), (OSError("disk"), 1)):
        desk.said.clear()
        desk.execute_as = lambda _actor, _command, e=error: _Done(error=e)
        publish(desk)
        publish(desk, zone())
        assert len(desk.said) == codes


def test_that_a_zone_without_a_case_is_not_drawn_and_a_cancelled_run_says_nothing(
    desk: _Desk,
) -> None:
    assert publish(desk, zone(result=replace(RESULT, inputs=()))) == []
    cancelled = _Done()
    cancelled.cancelled = lambda: True  # type: ignore[method-assign]
    desk.in_worker = lambda _function: cancelled  # type: ignore[method-assign]
    assert publish(desk, zone("F3")) == []
    assert desk.said == []
