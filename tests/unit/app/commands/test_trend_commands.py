"""Notes at trends: what is stored and what is refused."""

from collections.abc import Callable

import pytest

from app.commands import CommandRefusedError, Context, handle
from app.commands.trend import NoteTrend
from models.operation.events.trend import TrendNoted
from models.operation.situation import Situation
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
