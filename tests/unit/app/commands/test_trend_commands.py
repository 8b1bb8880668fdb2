"""Notes at trends: what is stored and what is refused."""

from collections.abc import Callable

import pytest
from immutables import Map

from app.commands import CommandRefusedError, Context, handle
from app.commands.trend import NoteTrend, WithdrawTrendNote
from models.operation.events.trend import TrendNoted, TrendNoteWithdrawn
from models.operation.situation import Situation, TrendNote
from tests.unit.app.commands.conftest import NOW_US

MINUTE_US = 60_000_000


def test_that_a_note_goes_on_record_with_its_tags_and_its_time(
    situation: Situation, context_for: Callable[..., Context]
) -> None:
    command = NoteTrend(("GT-1",), NOW_US - MINUTE_US, NOW_US, "  valve opened ", "HS1")

    (draft,) = handle(command, context_for(situation))

    assert draft.payload == TrendNoted(
        tag_keys=("GT-1",), hazard_source_key="HS1", from_us=NOW_US - MINUTE_US, to_us=NOW_US,
        text="valve opened",
    )  # fmt: skip
    assert draft.subject


@pytest.mark.parametrize(
    ("keys", "from_us", "to_us", "text", "code"),
    [
        (("GT-1",), NOW_US, NOW_US, " ", "note_empty"),
        ((), NOW_US, NOW_US, "a", "trend_note_tags"),
        (("GT-1",) * 65, NOW_US, NOW_US, "a", "trend_note_tags"),
        (("nobody",), NOW_US, NOW_US, "a", "unknown_tag"),
        (("GT-1",), NOW_US, NOW_US - 1, "a", "trend_note_span"),
        (("GT-1",), NOW_US, NOW_US + 2 * MINUTE_US, "a", "trend_note_span"),
    ],
)
def test_that_a_note_that_makes_no_sense_is_refused(
    situation: Situation,
    context_for: Callable[..., Context],
    keys: tuple[str, ...],
    from_us: int,
    to_us: int,
    text: str,
    code: str,
) -> None:
    with pytest.raises(CommandRefusedError) as refused:
        handle(NoteTrend(keys, from_us, to_us, text), context_for(situation))
    assert refused.value.code == code


def with_note(situation: Situation) -> Situation:
    note = TrendNote(
        id="N1", tag_keys=("GT-1",), hazard_source_key="", from_us=1, to_us=2, text="a", by="Li",
        noted_us=NOW_US,
    )  # fmt: skip
    return situation.with_(trend_notes=Map({"N1": note}))


def test_that_a_note_is_withdrawn_with_its_reason(
    situation: Situation, context_for: Callable[..., Context]
) -> None:
    command = WithdrawTrendNote("N1", " wrong pump ")
    (draft,) = handle(command, context_for(with_note(situation)))
    assert draft.payload == TrendNoteWithdrawn(tag_keys=("GT-1",), reason="wrong pump")
    assert draft.subject == "N1"


@pytest.mark.parametrize(
    ("note_id", "reason", "code"), [("N1", " ", "reason_missing"), ("N2", "a", "trend_note_gone")]
)
def test_that_a_withdrawal_needs_a_note_that_stands_and_a_reason(
    situation: Situation,
    context_for: Callable[..., Context],
    note_id: str,
    reason: str,
    code: str,
) -> None:
    with pytest.raises(CommandRefusedError) as refused:
        handle(WithdrawTrendNote(note_id, reason), context_for(with_note(situation)))
    assert refused.value.code == code
