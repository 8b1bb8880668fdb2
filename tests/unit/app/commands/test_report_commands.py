import dataclasses

import msgspec
import pytest
from immutables import Map

from app.commands import CommandRefusedError, handle
from app.commands.report import DraftReport, SendReport, SignReport
from models.basics import Name
from models.operation.events.report import ReportClockMet, ReportSent, ReportSigned, Sentence
from models.operation.situation import Incident, Report, ReportClock

SENTENCE = Sentence(text="Chlorine at V-203.", sources=("e3",))


def draft_of(incident_id, sentences=(SENTENCE,)):
    return DraftReport(
        incident_id=incident_id, report_kind="first", language="en", sentences=sentences,
        head_seq=9, head_hash="ab",
    )  # fmt: skip


def report(report_id, incident_id="I1", kind="first", signed_by=""):
    return Report(
        id=report_id, incident_id=incident_id, report_kind=kind, number=1, language="en",
        sentences=(SENTENCE,), head_seq=9, head_hash="ab", drafted_us=1, event_id="e-r",
        signed_by=signed_by,
    )  # fmt: skip


def clock(clock_id, incident_id, met_us=None):
    return ReportClock(
        id=clock_id, incident_id=incident_id, rule_key="first", to="Bureau", started_us=0,
        due_us=9, source="law", met_us=met_us,
    )  # fmt: skip


@pytest.fixture
def with_incident(situation):
    incident = Incident(
        id="I1", number="I-2026-0001", title=Name("", "Leak"), incident_kind="toxic_leak",
        place=Name("", "x"), position=None, hazard_source_key="", enterprise_key="",
        substance="", cas="", wind=(), opened_us=1, happened_us=None, event_id="e-i",
    )  # fmt: skip
    return situation.with_(incidents=Map({"I1": incident}))


def test_that_drafts_are_numbered_by_incident_and_kind(context_for, with_incident):
    kept = [report("R1"), report("R2", kind="final"), report("R3", incident_id="I2")]
    situation = with_incident.with_(reports=Map({each.id: each for each in kept}))
    (draft,) = handle(draft_of("I1"), context_for(situation))
    assert (draft.payload.number, draft.caused_by) == (2, "e-i")
    assert (draft.payload.head_seq, draft.payload.head_hash) == (9, "ab")


def test_that_an_empty_report_and_one_of_no_incident_are_refused(context_for, with_incident):
    with pytest.raises(CommandRefusedError, match="report_empty"):
        handle(draft_of("I1", ()), context_for(with_incident))
    with pytest.raises(CommandRefusedError, match="unknown_incident"):
        handle(draft_of("I9"), context_for(with_incident))


def test_that_a_report_is_signed_once_and_by_somebody(context_for, with_incident):
    context = context_for(with_incident.with_(reports=Map({"R1": report("R1")})))
    (draft,) = handle(SignReport(report_id="R1", by="Li Min"), context)
    assert draft.payload == ReportSigned(by="Li Min")
    with pytest.raises(CommandRefusedError, match="by_missing"):
        handle(SignReport(report_id="R1", by=" "), context)
    with pytest.raises(CommandRefusedError, match="unknown_report"):
        handle(SignReport(report_id="R9", by="Li Min"), context)
    signed = with_incident.with_(reports=Map({"R1": report("R1", signed_by="Li Min")}))
    with pytest.raises(CommandRefusedError, match="report_signed"):
        handle(SignReport(report_id="R1", by="Wang"), context_for(signed))


def test_that_nothing_is_released_unsigned(context_for, with_incident):
    context = context_for(with_incident.with_(reports=Map({"R1": report("R1")})))
    with pytest.raises(CommandRefusedError, match="report_unsigned"):
        handle(SendReport(report_id="R1", to="Bureau", channel="phone"), context)


def test_that_sending_meets_the_running_clocks_of_its_own_incident(context_for, with_incident):
    clocks = [clock("C1", "I1"), clock("C2", "I1", met_us=5), clock("C3", "I2")]
    situation = with_incident.with_(
        reports=Map({"R1": report("R1", signed_by="Li Min")}),
        report_clocks=Map({each.id: each for each in clocks}),
    )
    command = SendReport(report_id="R1", to="Bureau", channel="phone")
    sent, *met = handle(command, context_for(situation))
    assert sent.payload == ReportSent(to="Bureau", channel="phone")
    assert [(draft.subject, draft.payload) for draft in met] == [
        ("C1", ReportClockMet(report_id="R1"))
    ]
    assert met[0].caused_by == sent.id


@pytest.mark.parametrize(
    ("kind", "met_us", "is_taken"),
    [
        ("first", None, True),
        ("first", 5, False),
        ("follow_up", None, False),
        ("final", 5, True),
        ("supplementary", 5, True),
    ],
)
def test_that_a_closed_incident_gets_the_first_report_only_while_its_deadline_runs(
    context_for, with_incident, kind, met_us, is_taken
):
    closed = msgspec.structs.replace(with_incident.incidents["I1"], closed_us=5)
    clocks = Map({"C1": clock("C1", "I1", met_us=met_us)})
    context = context_for(with_incident.with_(incidents=Map({"I1": closed}), report_clocks=clocks))
    command = dataclasses.replace(draft_of("I1"), report_kind=kind)
    if is_taken:
        assert len(handle(command, context)) == 1
    else:
        with pytest.raises(CommandRefusedError, match="incident_closed"):
            handle(command, context)


def test_that_a_merged_incident_is_reported_under_the_other(context_for, with_incident):
    merged = msgspec.structs.replace(with_incident.incidents["I1"], merged_into="I2")
    context = context_for(with_incident.with_(incidents=Map({"I1": merged})))
    with pytest.raises(CommandRefusedError, match="incident_merged"):
        handle(draft_of("I1"), context)
