import msgspec
import pytest
from immutables import Map

from app.commands import CommandRefusedError, handle
from app.commands.card import CloseCard, RecordVerification, StartVerification
from app.commands.incident import (
    CloseIncident,
    OpenIncidentFromCall,
    OpenIncidentFromCard,
    ReopenIncident,
    ReportCasualties,
)
from models.basics import Name
from models.operation.events.call import CallRecorded
from models.operation.events.card import CardClosed, CardIncidentProposed, CardVerificationStarted
from models.operation.events.incident import IncidentOpened
from models.operation.events.plan import PlanStarted, TaskCreated
from models.operation.events.report import ReportClockStarted
from models.operation.events.zone import ZoneDrawn
from models.operation.situation import Incident, RollCall


def _payloads(drafts, kind):
    return [draft.payload for draft in drafts if isinstance(draft.payload, kind)]


@pytest.fixture
def with_incident(situation):
    incident = Incident(
        id="I1", number="I-2026-0001", title=Name("", "Leak"), incident_kind="toxic_leak",
        place=Name("", "x"), position=None, hazard_source_key="HS1", enterprise_key="E1",
        substance="chlorine", cas="7782-50-5", wind=(), opened_us=1, happened_us=None,
        event_id="e-i",
    )  # fmt: skip
    return situation.with_(incidents=Map({"I1": incident}))


def test_that_verification_dials_the_first_number_that_is_not_dead(context_for, situation):
    context = context_for(situation)
    (draft,) = handle(StartVerification(card_id="C1"), context)
    assert draft.payload == CardVerificationStarted(
        phone="101", person="Chen Wei", due_us=context.now_us + 60_000_000
    )


def test_that_a_harmless_result_closes_the_card_and_a_real_one_does_not(context_for, situation):
    harmless = RecordVerification(card_id="C1", result="calibration", said_by="Chen Wei")
    assert len(_payloads(handle(harmless, context_for(situation)), CardClosed)) == 1
    real = RecordVerification(card_id="C1", result="real", said_by="Chen Wei")
    assert not _payloads(handle(real, context_for(situation)), CardClosed)


def test_that_no_answer_proposes_the_incident(context_for, situation):
    command = RecordVerification(card_id="C1", result="no_answer", said_by="")
    proposed = _payloads(handle(command, context_for(situation)), CardIncidentProposed)
    assert proposed == [CardIncidentProposed(reason="no_answer")]


def test_that_a_result_without_a_name_is_refused(context_for, situation):
    with pytest.raises(CommandRefusedError, match="said_by_missing"):
        handle(RecordVerification(card_id="C1", result="real", said_by=" "), context_for(situation))


def test_that_a_second_desk_does_not_turn_the_answer_of_the_first(context_for, situation):
    card = msgspec.structs.replace(
        situation.cards["C1"], state="verified", result="real", said_by="Chen Wei"
    )
    context = context_for(situation.with_(cards=Map({"C1": card})))
    for result in ("instrument", "no_answer"):
        with pytest.raises(CommandRefusedError, match="card_verified: Chen Wei"):
            handle(RecordVerification(card_id="C1", result=result, said_by="Wu"), context)


def test_that_an_answer_after_the_clock_ran_out_counts(context_for, situation):
    card = msgspec.structs.replace(situation.cards["C1"], state="verified", result="no_answer")
    context = context_for(situation.with_(cards=Map({"C1": card})))
    drafts = handle(RecordVerification(card_id="C1", result="real", said_by="Chen"), context)
    assert [draft.payload.result for draft in drafts] == ["real"]


def test_that_a_card_is_not_closed_without_a_reason(context_for, situation):
    with pytest.raises(CommandRefusedError, match="reason_missing"):
        handle(CloseCard(card_id="C1", reason=""), context_for(situation))


def test_that_opening_from_a_card_writes_everything_in_one_batch(context_for, situation):
    drafts = handle(OpenIncidentFromCard(card_id="C1"), context_for(situation))
    (opened,) = _payloads(drafts, IncidentOpened)
    assert opened.number == "I-2023-0007"
    assert opened.substance == "chlorine"
    assert opened.wind == situation.cards["C1"].wind
    (zone,) = _payloads(drafts, ZoneDrawn)
    assert zone.result.kind == "rule_of_thumb"
    (plan,) = _payloads(drafts, PlanStarted)
    assert plan.warnings == ("expired",)
    assert [task.first_order for task in _payloads(drafts, TaskCreated)] == [True, False]
    assert len(_payloads(drafts, ReportClockStarted)) == 1
    assert _payloads(drafts, CardClosed)[0].incident_id == drafts[0].subject


def test_that_a_call_with_place_and_kind_is_enough_for_an_incident(context_for, situation):
    command = OpenIncidentFromCall(call_id="K1", place_kind="hazard-sources", place_key="HS1")
    drafts = handle(command, context_for(situation))
    (opened,) = _payloads(drafts, IncidentOpened)
    assert opened.incident_kind == "fire"
    assert opened.enterprise_key == "E1"
    assert _payloads(drafts, ZoneDrawn)


def test_that_a_call_without_a_place_opens_nothing(context_for, situation):
    call = msgspec.structs.replace(situation.calls["K1"], fields={"kind": "smoke"})
    situation = situation.with_(calls=Map({"K1": call}))
    with pytest.raises(CommandRefusedError, match="place_missing"):
        handle(OpenIncidentFromCall(call_id="K1"), context_for(situation))


def test_that_stand_down_is_refused_while_a_roll_call_is_open(context_for, with_incident):
    incident = with_incident.incidents["I1"]
    counting = msgspec.structs.replace(
        incident, roll_calls=(RollCall(id="r", group="unit 300", expected=3),)
    )
    situation = with_incident.with_(incidents=Map({"I1": counting}))
    with pytest.raises(CommandRefusedError, match="roll_call_open"):
        handle(CloseIncident(incident_id="I1", reason="done"), context_for(situation))


def test_that_a_closed_incident_takes_only_supplementary_casualties(context_for, with_incident):
    closed = msgspec.structs.replace(with_incident.incidents["I1"], closed_us=5)
    situation = with_incident.with_(incidents=Map({"I1": closed}))
    (draft,) = handle(
        ReportCasualties(incident_id="I1", source="hospital", deaths=1), context_for(situation)
    )
    assert draft.payload.supplementary
    with pytest.raises(CommandRefusedError, match="incident_closed"):
        handle(CloseIncident(incident_id="I1", reason="again"), context_for(situation))
    with pytest.raises(CommandRefusedError, match="reason_missing"):
        handle(ReopenIncident(incident_id="I1", reason=""), context_for(situation))


def test_that_a_negative_count_is_refused_by_name(context_for, with_incident):
    command = ReportCasualties(incident_id="I1", source="site", missing=-1)
    with pytest.raises(CommandRefusedError, match="missing"):
        handle(command, context_for(with_incident))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "K9"}, "unknown_call"),
        ({"state": "dropped"}, "call_finished"),
        ({"incident_id": "I1"}, "call_finished"),
    ],
)
def test_that_a_finished_or_unknown_call_opens_nothing(context_for, situation, change, code):
    call = msgspec.structs.replace(situation.calls["K1"], **change)
    situation = situation.with_(calls=Map({call.id: call}))
    with pytest.raises(CommandRefusedError, match=code):
        handle(OpenIncidentFromCall(call_id="K1"), context_for(situation))


def test_that_words_alone_open_an_incident_without_zone_and_plan(context_for, situation):
    call = msgspec.structs.replace(situation.calls["K1"], state="recorded")
    situation = situation.with_(calls=Map({"K1": call}))
    drafts = handle(OpenIncidentFromCall(call_id="K1"), context_for(situation))
    (opened,) = _payloads(drafts, IncidentOpened)
    assert (opened.place.text("zh"), opened.position) == ("仓库", None)
    kinds = {type(draft.payload) for draft in drafts}
    assert not kinds & {ZoneDrawn, PlanStarted, CallRecorded}  # the call is recorded already


@pytest.mark.parametrize(("rang_ago_s", "left_s"), [(1500, 2100), (-30, 3600)])
def test_that_report_clocks_of_a_call_run_from_when_it_rang(
    situation, call, context_for, rang_ago_s, left_s
):
    now_us = context_for(situation).now_us
    rang = msgspec.structs.replace(call, started_us=now_us - rang_ago_s * 1_000_000)
    context = context_for(situation.with_(calls=Map({rang.id: rang})))
    drafts = handle(OpenIncidentFromCall(call_id="K1"), context)
    (clock,) = (draft for draft in drafts if isinstance(draft.payload, ReportClockStarted))
    assert clock.event_time_us == min(rang.started_us, now_us)
    assert clock.payload.due_us == now_us + left_s * 1_000_000


def test_that_report_clocks_of_a_card_run_from_its_opening_as_an_incident(situation, context_for):
    context = context_for(situation)
    drafts = handle(OpenIncidentFromCard(card_id="C1"), context)
    (clock,) = (draft for draft in drafts if isinstance(draft.payload, ReportClockStarted))
    assert clock.event_time_us == context.now_us
    assert clock.payload.due_us == context.now_us + 3_600_000_000
