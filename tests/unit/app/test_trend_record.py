"""A note at a trend through the real desk: stored, folded, read back, and known in a replay."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.commands import CommandRefusedError
from app.commands.trend import NoteTrend
from models.operation.events.alarm import AlarmRaised
from models.operation.events.trend import TrendNoted
from models.times import SECOND_US
from tests.unit.app.desk_parts import START_US, Desk, until
from tests.unit.app.test_desk_runtime import Play, play, raise_alarm

__all__ = ["play"]


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def test_that_a_note_is_folded_read_at_its_tags_and_unknown_before_in_a_replay(
    desk: Desk, play: Play
) -> None:
    async def story() -> None:
        runtime = desk.runtime
        runtime.start()
        tag = next(iter(runtime.reference.all("tags")))
        raise_alarm(desk, tag)
        desk.clock.advance_to(START_US + 10 * SECOND_US)
        (noted,) = await runtime.execute(NoteTrend((tag,), START_US, START_US + SECOND_US, "a"))
        await until(lambda: bool(runtime.situation.trend_notes))
        assert runtime.situation.trend_notes[noted.subject].text == "a"
        span = START_US - SECOND_US, START_US + 60 * SECOND_US
        found = await runtime.trend_events([tag], *span)
        assert [type(event.payload) for event in found] == [AlarmRaised, TrendNoted]
        assert await runtime.trend_events(["nobody"], *span) == ()

        replay = runtime.enter_replay()
        await until(lambda: replay.end_us > 0)
        replay.seek(START_US + SECOND_US)
        await until(lambda: not runtime.situation.trend_notes)
        then = await runtime.trend_events([tag], *span)
        assert [type(event.payload) for event in then] == [AlarmRaised]
        with pytest.raises(CommandRefusedError, match="replay_is_read_only"):
            await runtime.execute(NoteTrend((tag,), START_US, START_US, "b"))
        runtime.leave_replay()

    play(story())
