"""Closed and merged incidents: nothing new for them, and nothing of them is lost."""

import msgspec
import pytest
from immutables import Map

from app.commands import CommandRefusedError, handle
from app.commands.incident import (
    CloseIncident,
    CloseRollCall,
    KeepApart,
    MergeIncidents,
    OpenRollCall,
    ReopenIncident,
    ReportCasualties,
)
from app.commands.order import IssueOrder
from app.commands.plan import StartPlan
from app.commands.report import DraftReport, SendReport
from app.commands.zone import DrawZone
from models.basics import LatLon, Name
from models.hazard.ports import ZoneResult
from models.operation.events.incident import IncidentKeptApart
from models.operation.events.report import ReportClockMet, Sentence
from models.operation.situation import Incident, Order, Report, ReportClock, RollCall, Zone

change = msgspec.structs.replace
ZONE = ZoneResult(kind="drawn", model="x", model_version="1", origin=LatLon(30.0, 120.0), levels=())


def _incident(key, **more):
    return Incident(
        id=key, number=f"N-{key}", title=Name("", key), incident_kind="toxic_leak",
        place=Name("", "x"), position=None, hazard_source_key="HS1", enterprise_key="E1",
        substance="", cas="", wind=(), opened_us=1, happened_us=None, event_id=f"e-{key}", **more,
    )  # fmt: skip


def _order(incident_id):
    return Order(
        id="O1", incident_id=incident_id, team_key="T9", team_name=Name("", "Team 9"), text="go",
        phones=(), called=None, issued_us=1, receipt_due_us=2, feedback_due_us=3, event_id="e-o",
    )  # fmt: skip


def _draft(incident_id, kind):
    sentence = Sentence(text="a", sources=("e1",))
    return DraftReport(incident_id, kind, "en", (sentence,), 1, "00")


@pytest.fixture
def merged(situation):
    lead, part = _incident("I1", absorbed=("I2",)), _incident("I2", merged_into="I1")
    return situation.with_(incidents=Map({"I1": lead, "I2": part}))


NEW_THINGS = [
    IssueOrder(incident_id="I2", team_key="T1", text="go"),
    DrawZone(incident_id="I2", result=ZONE),
    StartPlan(incident_id="I2", plan_key="P1"),
    OpenRollCall(incident_id="I2", group="crew", expected=3),
    MergeIncidents(incident_id="I2", absorbed_incident_id="I1", reason="ring"),
    CloseIncident(incident_id="I2", reason="done"),
    ReopenIncident(incident_id="I2", reason="again"),
    _draft("I2", "first"),
]


@pytest.mark.parametrize("command", NEW_THINGS, ids=lambda each: type(each).__name__)
def test_that_a_merged_incident_gets_nothing_new(context_for, merged, command):
    with pytest.raises(CommandRefusedError, match="incident_merged"):
        handle(command, context_for(merged))


def test_that_a_zone_that_stands_for_a_merged_incident_is_followed(context_for, merged):
    cloud = change(ZONE, kind="model")
    follow = DrawZone(incident_id="I2", result=cloud, only_if_none=True)
    with pytest.raises(CommandRefusedError, match="incident_merged"):
        handle(follow, context_for(merged))
    old = Zone(
        id="Z", incident_id="I2", result=cloud, drawn_us=1, event_id="e", out_of_date="turn:90"
    )
    (draft,) = handle(follow, context_for(merged.with_(zones=Map({"Z": old}))))
    assert draft.payload.incident_id == "I2"
    for more in ({"withdrawn_us": 5}, {"result": ZONE}, {"incident_id": "I1"}):
        other = merged.with_(zones=Map({"Z": change(old, **more)}))
        with pytest.raises(CommandRefusedError, match="incident_merged"):
            handle(follow, context_for(other))


@pytest.mark.parametrize("command", [*NEW_THINGS[:6]], ids=lambda each: type(each).__name__)
def test_that_a_closed_incident_gets_nothing_new(context_for, situation, command):
    closed = {"I1": _incident("I1"), "I2": _incident("I2", closed_us=5)}
    with pytest.raises(CommandRefusedError, match="incident_closed"):
        handle(command, context_for(situation.with_(incidents=Map(closed))))


def test_that_a_roll_call_of_a_merged_incident_holds_the_stand_down(context_for, merged):
    counting = (RollCall(id="r", group="crew", expected=3),)
    part = change(merged.incidents["I2"], roll_calls=counting)
    situation = merged.with_(incidents=merged.incidents.set("I2", part))
    with pytest.raises(CommandRefusedError, match="roll_call_open: N-I2"):
        handle(CloseIncident(incident_id="I1", reason="done"), context_for(situation))
    assert handle(
        CloseRollCall(incident_id="I2", roll_call_id="r", present=3), context_for(situation)
    )


def test_that_an_order_of_a_merged_incident_holds_the_stand_down(context_for, merged):
    situation = merged.with_(orders=Map({"O1": _order("I2")}))
    with pytest.raises(CommandRefusedError, match="orders_open: Team 9"):
        handle(CloseIncident(incident_id="I1", reason="done"), context_for(situation))


def test_that_day_29_finds_the_archived_incident(context_for, situation):
    situation = situation.with_(archived=Map({"I1": _incident("I1", closed_us=5)}))
    context = context_for(situation)
    (counted,) = handle(ReportCasualties(incident_id="I1", source="hospital", deaths=1), context)
    assert counted.payload.supplementary
    assert handle(_draft("I1", "supplementary"), context)
    assert handle(ReopenIncident(incident_id="I1", reason="again"), context)


def test_that_after_the_end_only_what_is_still_owed_is_drafted(context_for, situation):
    clock = ReportClock(
        id="RC", incident_id="I1", rule_key="r", to="county", started_us=1, due_us=2, source="s"
    )
    closed = situation.with_(incidents=Map({"I1": _incident("I1", closed_us=5)}))
    with pytest.raises(CommandRefusedError, match="incident_closed"):
        handle(_draft("I1", "follow_up"), context_for(closed))
    with pytest.raises(CommandRefusedError, match="incident_closed"):
        handle(_draft("I1", "first"), context_for(closed))
    assert handle(_draft("I1", "final"), context_for(closed))
    owing = closed.with_(report_clocks=Map({"RC": clock}))
    assert handle(_draft("I1", "first"), context_for(owing))


def test_that_a_report_answers_the_clocks_of_what_was_merged_too(context_for, merged):
    clocks = {
        key: ReportClock(
            id=key, incident_id=incident, rule_key="r", to="c", started_us=1, due_us=2, source="s"
        )
        for key, incident in (("A", "I1"), ("B", "I2"), ("C", "I9"))
    }
    report = Report(
        id="R", incident_id="I1", report_kind="first", number=1, language="en", sentences=(),
        head_seq=1, head_hash="", drafted_us=1, event_id="e-r", signed_by="Wang",
    )  # fmt: skip
    situation = merged.with_(report_clocks=Map(clocks), reports=Map({"R": report}))
    drafts = handle(SendReport(report_id="R", to="c", channel="fax"), context_for(situation))
    assert {d.subject for d in drafts if isinstance(d.payload, ReportClockMet)} == {"A", "B"}


def test_that_an_order_for_a_task_nobody_knows_is_refused(context_for, situation):
    now = situation.with_(incidents=Map({"I1": _incident("I1")}))
    command = IssueOrder(incident_id="I1", team_key="T1", text="evacuate", task_id="K?")
    with pytest.raises(CommandRefusedError, match="unknown_task"):
        handle(command, context_for(now))


def test_that_incidents_are_kept_apart_by_decision_and_only_from_others(context_for, situation):
    now = situation.with_(incidents=Map({"I1": _incident("I1"), "I2": _incident("I2")}))
    (draft,) = handle(KeepApart("I1", ("I2", "I1"), "two leaks"), context_for(now))
    assert draft.payload == IncidentKeptApart(other_incident_ids=("I2",), reason="two leaks")
    with pytest.raises(CommandRefusedError, match="nothing_changed"):
        handle(KeepApart("I1", ("I1",)), context_for(now))
    with pytest.raises(CommandRefusedError, match="unknown_incident"):
        handle(KeepApart("I1", ("I9",)), context_for(now))
