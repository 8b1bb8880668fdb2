"""Cards, calls, incidents, orders, tasks, zones and reports in the fold."""

import msgspec
import pytest

from models.basics import LatLon, Name, Phone, Wind
from models.hazard.advice import ZoneAdvice
from models.hazard.ports import ZoneResult
from models.operation.events import (
    call,
    card,
    incident,
    operation,
    order,
    plan,
    reference,
    report,
    resource,
    zone,
)
from models.operation.situation import Situation
from tests.unit.models.operation.stories import OPERATION, Teller

HERE = LatLon(30.0, 120.0)
WIND = Wind(from_deg=90, speed_m_s=2, stability="D")
RESULT = ZoneResult(kind="rule_of_thumb", model="ERG", model_version="1", origin=HERE, levels=())


@pytest.fixture
def teller() -> Teller:
    told = Teller()
    told.tell(_opening("I-1"), "I1")
    return told


def _opening(number: str, **more: object) -> incident.IncidentOpened:
    return incident.IncidentOpened(
        number=number, title=Name(zh="氯气泄漏"), incident_kind="toxic_leak", place=Name(en="Unit"),
        **more,
    )  # fmt: skip


def _card(**more: object) -> card.CardOpened:
    return card.CardOpened(
        first_alarm_id="A/HH", hazard_source_key="H", enterprise_key="E", title=Name(zh="氯"),
        priority=1, **more,
    )  # fmt: skip


def _issue(**more: object) -> order.OrderIssued:
    return order.OrderIssued(
        incident_id="I1", team_key="T1", team_name=Name(zh="一队"), text="go",
        phones=(Phone(number="1"), Phone(number="2")), receipt_due_us=1, feedback_due_us=2, **more,
    )  # fmt: skip


def _located(position: LatLon, **more: object) -> incident.IncidentLocated:
    return incident.IncidentLocated(
        title=Name(zh="火灾 · 东门"), place=Name(zh="东门"), position=position, how="map", **more,
    )  # fmt: skip


def _task() -> plan.TaskCreated:
    return plan.TaskCreated(
        incident_id="I1", plan_key="P", clause_key="1", action=Name(zh="停"), deliverable=Name(),
        role="lead", offset_s=0, starts_us=0, due_us=9,
    )  # fmt: skip


def _draft(text: str = "a") -> report.ReportDrafted:
    return report.ReportDrafted(
        incident_id="I1", report_kind="first", number=1, language="zh",
        sentences=(report.Sentence(text=text, sources=("e1",)),), head_seq=1, head_hash="00",
    )  # fmt: skip


def test_that_card_runs_from_verification_to_closure(teller: Teller) -> None:
    teller.tell(_card(), "C1")
    teller.tell(card.CardVerificationStarted(phone="1", person="wang", due_us=9), "C1")
    assert teller.situation.cards["C1"].state == "verifying"
    teller.tell(card.CardIncidentProposed(reason="no_answer"), "C1")
    teller.tell(card.CardVerified(result="real", said_by="wang", note="smell"), "C1")
    found = teller.situation.cards["C1"]
    assert (found.state, found.result, found.said_by) == ("verified", "real", "wang")
    assert found.proposed == "no_answer"
    event = teller.tell(card.CardClosed(reason="incident", incident_id="I1"), "C1")
    found = teller.situation.cards["C1"]
    assert (found.state, found.incident_id) == ("closed", "I1")
    assert found.closed_us == event.recorded_time_us


def test_that_closed_card_is_not_verified_or_closed_again(teller: Teller) -> None:
    teller.tell(_card(), "C1")
    teller.tell(card.CardClosed(reason="first"), "C1")
    teller.tell(card.CardVerificationStarted(phone="1", person="", due_us=9), "C1")
    teller.tell(card.CardVerified(result="real", said_by="late"), "C1")
    teller.tell(card.CardClosed(reason="second"), "C1")
    found = teller.situation.cards["C1"]
    assert (found.state, found.closed_reason, found.said_by) == ("closed", "first", "late")


def test_that_events_about_unknown_things_change_only_the_place(teller: Teller) -> None:
    before = teller.situation
    for payload in (
        card.CardJoined(alarm_id="A/HH", priority=1),
        card.CardVerificationStarted(phone="", person="", due_us=0),
        card.CardVerified(result="real", said_by=""),
        card.CardIncidentProposed(reason="no_answer"),
        card.CardClosed(reason=""),
        incident.IncidentUpdated(fields={}, source=""),
        _located(HERE),
        incident.CasualtiesReported(source=""),
        incident.ResponseLevelSet(plan_key="", level_key="", level_name=Name(), automatic=True),
        incident.RollCallOpened(roll_call_id="", group="", expected=1),
        incident.RollCallClosed(roll_call_id="", present=1),
        incident.IncidentsMerged(absorbed_incident_id="I1", reason=""),
        incident.IncidentsSplit(restored_incident_id="I1", reason=""),
        incident.IncidentKeptApart(other_incident_ids=("I1",)),
        incident.IncidentClosed(reason=""),
        incident.IncidentReopened(reason=""),
        order.OrderReceived(by=""),
        order.OrderStarted(by=""),
        order.OrderReported(by="", text=""),
        order.OrderEscalated(step=1, to=Phone(number=""), receipt_due_us=0),
        order.OrderCancelled(reason=""),
        plan.PlanStarted(incident_id="none", plan_key="", plan_name=Name(), plan_version=""),
        plan.TaskAssigned(owner=""),
        plan.TaskFinished(result=""),
        plan.TaskDropped(reason=""),
        zone.ZoneWentOutOfDate(wind=WIND, reason=""),
        zone.ZoneWithdrawn(reason=""),
        report.ReportClockMet(report_id=""),
        report.ReportSigned(by=""),
        report.ReportSent(to="", channel=""),
    ):
        teller.tell(payload, "nobody")
    after = teller.situation
    assert after.with_(seq=before.seq, recorded_us=before.recorded_us) == before


def test_that_call_keeps_what_was_typed_until_it_ends(teller: Teller) -> None:
    teller.tell(call.CallRang(number="110", caller="liu"), "P1")
    teller.tell(call.CallDraftKept(fields={"place": "wareh"}), "P1")
    teller.tell(call.CallDraftKept(fields={"place": "warehouse"}), "P1")
    assert teller.situation.calls["P1"].state == "draft"
    assert teller.situation.calls["P1"].fields == {"place": "warehouse"}
    event = teller.tell(call.CallRecorded(fields={"place": "warehouse 2"}), "P1")
    teller.tell(call.CallDraftKept(fields={"place": "late"}), "P1")
    found = teller.situation.calls["P1"]
    assert (found.state, found.fields["place"]) == ("recorded", "warehouse 2")
    assert found.ended_us == event.recorded_time_us


def test_that_call_typed_without_ringing_begins_with_its_draft(teller: Teller) -> None:
    teller.tell(call.CallDraftKept(fields={"place": "x"}), "P2")
    assert teller.situation.calls["P2"].state == "draft"
    teller.tell(call.CallDropped(reason="wrong number"), "P2")
    assert teller.situation.calls["P2"].state == "dropped"


def test_that_incident_marks_the_card_and_call_it_came_from(teller: Teller) -> None:
    teller.tell(_card(), "C1")
    teller.tell(call.CallRang(number="1"), "P1")
    teller.tell(_opening("I-2", card_ids=("C1", "C9"), call_ids=("P1",)), "I2")
    assert teller.situation.cards["C1"].incident_id == "I2"
    assert teller.situation.calls["P1"].incident_id == "I2"
    assert teller.situation.incident_count == 2


def test_that_updates_change_only_what_they_name(teller: Teller) -> None:
    teller.tell(incident.IncidentUpdated(fields={"a": "1", "b": "2"}, source="x"), "I1")
    update = incident.IncidentUpdated(fields={"b": "3"}, source="x", position=HERE)
    teller.tell(update, "I1")
    found = teller.situation.incidents["I1"]
    assert found.fields == {"a": "1", "b": "3"}
    assert found.position == HERE


def test_that_conflicting_casualties_stand_side_by_side(teller: Teller) -> None:
    teller.tell(incident.CasualtiesReported(source="hospital", deaths=1), "I1")
    teller.tell(incident.CasualtiesReported(source="brigade", deaths=2), "I1")
    counts = teller.situation.incidents["I1"].casualties
    assert [(c.source, c.deaths, c.missing) for c in counts] == [
        ("hospital", 1, None),
        ("brigade", 2, None),
    ]


def test_that_roll_calls_and_level_are_kept(teller: Teller) -> None:
    for key in ("R1", "R2", "R1"):
        teller.tell(incident.RollCallOpened(roll_call_id=key, group="shift", expected=3), "I1")
    teller.tell(incident.RollCallClosed(roll_call_id="R1", present=3), "I1")
    level = incident.ResponseLevelSet(
        plan_key="P", level_key="II", level_name=Name(zh="二级"), automatic=True
    )
    teller.tell(level, "I1")
    found = teller.situation.incidents["I1"]
    assert [(r.id, r.present) for r in found.roll_calls] == [("R2", None), ("R1", 3)]
    assert (found.level_key, found.level_automatic) == ("II", True)


def test_that_closed_incident_is_read_only_but_for_casualties(teller: Teller) -> None:
    teller.tell(incident.IncidentClosed(reason="done"), "I1")
    closed = teller.situation.incidents["I1"]
    for payload in (
        incident.IncidentUpdated(fields={"a": "1"}, source="x"),
        incident.RollCallOpened(roll_call_id="R", group="g", expected=1),
        incident.RollCallClosed(roll_call_id="R", present=1),
        incident.ResponseLevelSet(plan_key="", level_key="I", level_name=Name(), automatic=False),
        incident.IncidentClosed(reason="again"),
        plan.PlanStarted(incident_id="I1", plan_key="P", plan_name=Name(), plan_version="1"),
    ):
        teller.tell(payload, "I1")
    assert teller.situation.incidents["I1"] == closed
    teller.tell(incident.CasualtiesReported(source="hospital", deaths=1), "I1")
    assert teller.situation.incidents["I1"].casualties[0].supplementary
    teller.tell(incident.IncidentReopened(reason="smoke again"), "I1")
    teller.tell(incident.IncidentReopened(reason="twice"), "I1")
    teller.tell(incident.IncidentUpdated(fields={"a": "1"}, source="x"), "I1")
    found = teller.situation.incidents["I1"]
    assert (found.closed_us, found.fields) == (None, {"a": "1"})


def test_that_merge_is_split_with_nothing_lost(teller: Teller) -> None:
    teller.tell(_opening("I-2"), "I2")
    teller.tell(incident.IncidentUpdated(fields={"a": "1"}, source="x"), "I2")
    before = teller.situation.incidents
    teller.tell(incident.IncidentsMerged(absorbed_incident_id="I2", reason="same"), "I1")
    assert teller.situation.incidents["I2"].merged_into == "I1"
    assert teller.situation.incidents["I1"].absorbed == ("I2",)
    for subject, other in (("I1", "I2"), ("I2", "I1"), ("I1", "I1")):
        teller.tell(incident.IncidentsMerged(absorbed_incident_id=other, reason=""), subject)
    assert teller.situation.incidents["I1"].absorbed == ("I2",)
    teller.tell(incident.IncidentsSplit(restored_incident_id="I2", reason="no"), "I1")
    apart = before.set("I2", msgspec.structs.replace(before["I2"], kept_apart=("I1",)))
    assert teller.situation.incidents == apart
    teller.tell(incident.IncidentsSplit(restored_incident_id="I2", reason="no"), "I1")
    assert teller.situation.incidents == apart


def test_that_closing_takes_what_was_merged_along_and_reopening_brings_it(teller: Teller) -> None:
    teller.tell(_opening("I-2"), "I2")
    teller.tell(incident.IncidentsMerged(absorbed_incident_id="I2", reason="same"), "I1")
    teller.tell(incident.IncidentClosed(reason="done"), "I1")
    assert teller.situation.incidents["I2"].closed_us is not None
    teller.tell(incident.IncidentReopened(reason="again"), "I1")
    assert teller.situation.incidents["I2"].closed_us is None


def test_that_closed_things_leave_a_day_later_and_open_ones_stay(teller: Teller) -> None:
    teller.tell(_card(), "C1")
    teller.tell(_card(), "C2")
    teller.tell(call.CallRang(number="1"), "P1")
    teller.tell(_issue(), "O1")
    teller.tell(_task(), "K1")
    teller.tell(zone.ZoneDrawn(incident_id="I1", result=RESULT), "Z1")
    teller.tell(zone.ZoneDrawn(incident_id="I1", result=RESULT), "Z2")
    clock = report.ReportClockStarted(incident_id="I1", rule_key="r", to="c", due_us=9, source="s")
    teller.tell(clock, "RC1")
    for payload, subject in (
        (card.CardClosed(reason="x"), "C1"),
        (call.CallDropped(reason="x"), "P1"),
        (order.OrderCancelled(reason="x"), "O1"),
        (plan.TaskDropped(reason="x"), "K1"),
        (zone.ZoneWithdrawn(reason="x"), "Z1"),
        (report.ReportClockMet(report_id="R1"), "RC1"),
    ):
        teller.tell(payload, subject)
    before = _sizes(teller.situation)
    assert _sizes(teller.wait(23.9)) == before
    assert _sizes(teller.wait(0.2)) == (1, 0, 1, 1, 0, 0, 0)
    assert "C2" in teller.situation.cards


def _sizes(s: Situation) -> tuple[int, ...]:
    maps = (s.cards, s.calls, s.incidents, s.zones, s.tasks, s.orders, s.report_clocks)
    return tuple(len(entries) for entries in maps)


def test_that_things_closed_at_different_times_leave_one_after_another(teller: Teller) -> None:
    for key in ("C1", "C2"):
        teller.tell(_card(), key)
        teller.tell(card.CardClosed(reason="x"), key)
        teller.tell(zone.ZoneDrawn(incident_id="I1", result=RESULT), f"Z{key}")
        teller.tell(zone.ZoneWithdrawn(reason="x"), f"Z{key}")
        teller.wait(2)
    assert set(teller.wait(20.5).cards) == {"C2"}
    assert set(teller.situation.zones) == {"ZC2"}
    assert not teller.wait(2).cards
    assert not teller.situation.zones


def test_that_incident_is_archived_with_what_belongs_to_it(teller: Teller) -> None:
    teller.tell(_opening("I-2"), "I2")
    teller.tell(_opening("I-3"), "I3")
    teller.tell(_task(), "K1")
    teller.tell(_draft(), "R1")
    teller.tell(incident.IncidentClosed(reason="done"), "I1")
    teller.wait(12)
    teller.tell(incident.IncidentClosed(reason="done"), "I3")
    teller.wait(13)
    assert set(teller.situation.incidents) == {"I2", "I3"}
    assert not teller.situation.tasks
    assert not teller.situation.reports
    teller.tell(incident.CasualtiesReported(source="hospital", deaths=1), "I1")
    assert teller.situation.archived["I1"].casualties[0].supplementary
    teller.tell(incident.IncidentReopened(reason="again"), "I1")
    assert "I1" not in teller.situation.archived
    assert teller.situation.incidents["I1"].casualties[0].deaths == 1


def test_that_plan_is_named_once_and_tasks_end_once(teller: Teller) -> None:
    for _ in range(2):
        run = plan.PlanStarted(incident_id="I1", plan_key="P", plan_name=Name(), plan_version="1")
        teller.tell(run, "P")
    assert teller.situation.incidents["I1"].plan_keys == ("P",)
    teller.tell(_task(), "K1")
    teller.tell(plan.TaskAssigned(owner="lead", order_id=""), "K1")
    assert teller.situation.tasks["K1"].state == "assigned"
    teller.tell(plan.TaskFinished(result="valve shut"), "K1")
    teller.tell(plan.TaskDropped(reason="late"), "K1")
    assert teller.situation.tasks["K1"].result == "valve shut"


def test_that_replaced_zone_stays_until_withdrawn(teller: Teller) -> None:
    teller.tell(zone.ZoneDrawn(incident_id="I1", result=RESULT), "Z1")
    teller.tell(zone.ZoneWentOutOfDate(wind=WIND, reason="turned 40°"), "Z1")
    again = zone.ZoneDrawn(incident_id="I1", result=RESULT, replaces_zone_id="Z1")
    teller.tell(again, "Z2")
    first = teller.situation.zones["Z1"]
    assert (first.out_of_date, first.live_wind, first.replaced_by) == ("turned 40°", WIND, "Z2")
    assert first.withdrawn_us is None
    event = teller.tell(zone.ZoneWithdrawn(reason="officer"), "Z1")
    teller.tell(zone.ZoneWithdrawn(reason="again"), "Z1")
    assert teller.situation.zones["Z1"].withdrawn_us == event.recorded_time_us
    own = zone.ZoneDrawn(incident_id="I1", result=RESULT, replaces_zone_id="Z2")
    teller.tell(own, "Z2")
    assert teller.situation.zones["Z2"].replaced_by == ""


def test_that_an_advice_stands_with_its_zone(teller: Teller) -> None:
    teller.tell(zone.ZoneDrawn(incident_id="I1", result=RESULT), "Z1")
    advice = ZoneAdvice(now_s=60.0, exponent=2.0, probit_source="x", verified=False, advices=())
    teller.tell(zone.ZoneAdvised(advice=advice), "Z1")
    teller.tell(zone.ZoneAdvised(advice=advice), "unknown")
    assert teller.situation.zones["Z1"].advice == advice
    teller.tell(zone.ContoursDrawn(result=RESULT), "Z1")
    teller.tell(zone.ContoursDrawn(result=RESULT), "unknown")
    assert teller.situation.zones["Z1"].contours == RESULT
    assert teller.situation.zones["Z1"].result == RESULT
    assert "unknown" not in teller.situation.zones


def test_that_report_is_drafted_signed_and_sent(teller: Teller) -> None:
    clock = report.ReportClockStarted(incident_id="I1", rule_key="r", to="c", due_us=9, source="s")
    teller.tell(clock, "RC1")
    teller.tell(_draft(), "R1")
    teller.tell(_draft("b"), "R1")
    assert teller.situation.reports["R1"].sentences[0].text == "b"
    teller.tell(report.ReportSigned(by="lead"), "R1")
    teller.tell(report.ReportSigned(by="other"), "R1")
    teller.tell(_draft("c"), "R1")
    teller.tell(report.ReportSent(to="city", channel="fax"), "R1")
    teller.tell(report.ReportSent(to="park", channel=""), "R1")
    found = teller.situation.reports["R1"]
    assert (found.signed_by, found.sentences[0].text) == ("lead", "b")
    assert found.sent == ("city (fax)", "park")
    event = teller.tell(report.ReportClockMet(report_id="R1"), "RC1")
    teller.tell(report.ReportClockMet(report_id="R2"), "RC1")
    met = teller.situation.report_clocks["RC1"]
    assert (met.met_us, met.report_id) == (event.recorded_time_us, "R1")


def test_that_teams_positions_stock_and_numbers_are_kept(teller: Teller) -> None:
    teller.tell(resource.PositionReported(position=HERE), "T1")
    assert teller.situation.teams["T1"].status == ""
    status = resource.TeamStatusChanged(status="committed", incident_id="I1", order_id="O1")
    teller.tell(status, "T1")
    old = resource.PositionReported(position=LatLon(0.0, 0.0))
    teller.tell(old, "T1", event_time_us=5)
    team = teller.situation.teams["T1"]
    assert (team.status, team.position, team.order_id) == ("committed", HERE, "O1")
    for quantity in (-2.0, -0.5):
        moved = resource.StockMoved(material="foam", quantity=quantity, unit="t")
        teller.tell(moved, "D1")
    assert teller.situation.stock_moves["D1/foam"] == -2.5
    teller.tell(resource.NumberMarkedDead(number="123"), "liu")
    assert teller.situation.dead_numbers["123"] == "liu"


def test_that_operation_keeps_shift_wind_clock_failures_and_injects(teller: Teller) -> None:
    taken = operation.ShiftTaken(person="chen", role="lead", shift="A", takeover_reason="ill")
    for payload, subject in (
        (taken, OPERATION),
        (operation.WindObserved(masts=(WIND,), disagree=True), OPERATION),
        (operation.ClockChanged(speed=4), OPERATION),
        (operation.ReferencePinned(revision=7), OPERATION),
        (operation.SegmentBegan(day="2027-01-15"), OPERATION),
        (operation.NoteWritten(text="x"), OPERATION),
        (operation.SafetyFunctionFailed(function="broker", detail="gone"), OPERATION),
        (operation.SafetyFunctionFailed(function="siren", detail="silent"), OPERATION),
        (operation.SafetyFunctionRestored(function="broker"), OPERATION),
        (operation.SafetyFunctionRestored(function="store"), OPERATION),
        (operation.InjectFired(inject_key="a", type="alarm"), "a"),
        (operation.InjectPostponed(inject_key="b", by_s=60), "b"),
        (operation.InjectPostponed(inject_key="b", by_s=30), "b"),
    ):
        teller.tell(payload, subject)
    s = teller.situation
    assert s.shift is not None
    assert (s.shift.person, s.shift.takeover_reason) == ("chen", "ill")
    assert (s.masts, s.masts_disagree, s.clock_speed) == ((WIND,), True, 4)
    assert dict(s.failures) == {"siren": "silent"}
    assert (dict(s.postponed), set(s.fired)) == ({"b": 90}, {"a"})
    assert (s.mode, s.reference_revision) == ("drill", 7)
    event = teller.tell(operation.OperationStopped(reason="end"), OPERATION)
    assert teller.situation.stopped_us == event.recorded_time_us


def test_that_what_the_control_room_said_is_kept_for_its_card(teller: Teller) -> None:
    teller.tell(_card(), "C1")
    for card_id in ("C1", "C9"):
        data = {"card_id": card_id, "said_by": "Chen", "zh": "在标定", "en": "Calibrating"}
        fired = operation.InjectFired(inject_key="k", type="control_room_answer", data=data)
        teller.tell(fired, "k")
    (answer,) = teller.situation.answers.values()
    assert (answer.said_by, answer.words.en) == ("Chen", "Calibrating")
    assert "C1" in teller.situation.answers
    assert teller.situation.cards["C1"].result == ""  # what it means is the officer's to say


def test_that_reference_changes_move_the_revision(teller: Teller) -> None:
    imported = reference.ReferenceImported(
        kind_name="teams", revision=2, file_name="f", file_sha256="", rows=1, accepted=1, rejected=0
    )
    teller.tell(imported, "2")
    assert teller.situation.reference_revision == 2
    teller.tell(reference.ReferenceUndone(revision=3, undone_revision=2), "3")
    assert teller.situation.reference_revision == 3
    changed = reference.ReferenceRowChanged(
        kind_name="teams", key="T1", revision=4, before=None, after={}
    )
    teller.tell(changed, "4")
    assert teller.situation.reference_revision == 4
