"""Who has the watch, and numbers that don't work."""

import pytest
from immutables import Map
from msgspec.structs import replace

from app.commands import CommandRefusedError, handle
from app.commands.operation import TakeShift
from app.commands.resource import MarkNumberDead
from models.operation.events.card import CardVerificationStarted
from models.operation.events.operation import ShiftTaken
from models.operation.events.resource import NumberMarkedDead
from models.operation.situation import ShiftOnDuty

HOLDER = ShiftOnDuty(person="Li", role="officer", shift="A", since_us=1)


def test_that_a_free_watch_and_ones_own_are_taken_without_a_reason(situation, context_for):
    for shift in (None, replace(HOLDER, person="Wang")):
        context = context_for(situation.with_(shift=shift))
        (draft,) = handle(TakeShift(person="Wang", role="duty_leader", shift="A"), context)
        assert draft.payload == ShiftTaken(person="Wang", role="duty_leader", shift="A")


def test_that_a_takeover_from_somebody_else_needs_a_reason(situation, context_for):
    context = context_for(situation.with_(shift=HOLDER))
    with pytest.raises(CommandRefusedError) as refused:
        handle(TakeShift(person="Wang", role="duty_leader", shift="A"), context)
    assert (refused.value.code, refused.value.detail) == ("takeover_reason_missing", "Li")
    (draft,) = handle(TakeShift("Wang", "duty_leader", "A", "ill"), context)
    assert draft.payload.takeover_reason == "ill"


def test_that_a_shift_without_a_name_is_refused(situation, context_for):
    with pytest.raises(CommandRefusedError, match="person_missing"):
        handle(TakeShift(person=" ", role="officer", shift="A"), context_for(situation))


def test_that_a_verification_goes_on_with_the_next_number_and_its_clock(
    situation, card, context_for
):
    calling = replace(
        card, state="verifying", verification_phone="99", verification_due_us=1_700_000_030_000_000
    )
    context = context_for(situation.with_(cards=Map({card.id: calling})))
    dead, again = handle(MarkNumberDead(kind="enterprises", key="E1", number="99"), context)
    assert dead.payload == NumberMarkedDead(number="99")
    assert again.subject == card.id
    assert again.payload == CardVerificationStarted(
        phone="101", person="Chen Wei", due_us=1_700_000_030_000_000
    )
    assert again.caused_by == dead.id


def test_that_the_last_number_leaves_none(situation, card, context_for):
    calling = replace(card, state="verifying", verification_phone="101", verification_due_us=1)
    context = context_for(situation.with_(cards=Map({card.id: calling})))
    _, again = handle(MarkNumberDead(kind="enterprises", key="E1", number="101"), context)
    assert again.payload.phone == ""


def test_that_a_teams_dead_number_touches_no_card(situation, context_for):
    drafts = handle(MarkNumberDead(kind="teams", key="T1", number="201"), context_for(situation))
    assert len(drafts) == 1
