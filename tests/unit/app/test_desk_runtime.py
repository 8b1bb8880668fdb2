"""The desk's services on one loop: commands, actors, replay, and what a replay must not stop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import qasync
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from app.commands import CommandRefusedError
from app.commands.alarm import AcknowledgeAlarms, SilenceAlarms
from app.commands.operation import WriteNote
from app.desk import LiveValue
from app.desk_runtime import DeskRuntime
from models.basics import Name
from models.operation.events.alarm import AlarmRaised
from models.operation.events.operation import NoteWritten, ReferencePinned
from models.operation.situation import Published
from models.registry.kinds import Tag
from models.times import SECOND_US
from tests.unit.app.desk_parts import OPERATION, START_US, Desk, park, until
from views.tools.preview_desk import FixedReference

Play = Callable[[Awaitable[None]], None]


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def play(qapp: QApplication) -> Iterator[Play]:
    loop = qasync.QEventLoop(qapp, already_running=False)
    asyncio.set_event_loop(loop)

    def run(what: Awaitable[None]) -> None:
        loop.run_until_complete(asyncio.wait_for(what, 30))

    yield run
    asyncio.set_event_loop(None)
    loop.close()


def raise_alarm(desk: Desk, tag: str = "GT-1") -> str:
    payload = AlarmRaised(
        tag_key=tag, limit="HH", priority=1, value=4.2, limit_value=3.0, unit="ppm", safety="toxic"
    )
    desk.append(payload, f"{tag}/HH")
    return f"{tag}/HH"


def test_that_acts_bear_the_desks_id_until_the_watch_is_taken(desk: Desk, play: Play) -> None:
    async def story() -> None:
        runtime = desk.runtime
        assert runtime.actor == "duty-1"
        (before,) = await runtime.execute(WriteNote(text="one"))
        await runtime.take_shift("王建国", "duty_leader", "甲班")
        (after,) = await runtime.execute(WriteNote(text="two"))
        assert [before.actor, after.actor] == ["duty-1", "王建国@duty-1"]
        assert runtime.role == "duty_leader"

    play(story())


def test_that_a_refused_takeover_leaves_the_actor(desk: Desk, play: Play) -> None:
    async def story() -> None:
        runtime = desk.runtime
        await runtime.take_shift("王建国", "duty_leader", "甲班")
        with pytest.raises(CommandRefusedError, match="takeover_reason_missing"):
            await runtime.take_shift("李敏", "officer", "甲班")
        assert (runtime.actor, runtime.role) == ("王建国@duty-1", "duty_leader")
        await until(lambda: bool(desk.said))
        assert desk.said[-1].code == "takeover_reason_missing"
        await runtime.take_shift("李敏", "officer", "甲班", "突发不适")
        assert (runtime.actor, runtime.role) == ("李敏@duty-1", "officer")

    play(story())


def test_that_nothing_is_begun_once_the_desk_leaves(desk: Desk, play: Play) -> None:
    async def story() -> None:
        runtime = desk.runtime
        runtime.stop()
        begun: list[str] = []
        for ask in (runtime.in_reader, runtime.in_worker):
            assert ask(lambda: begun.append("read")).cancelled()
        assert runtime.execute(WriteNote(text="late")).cancelled()
        assert runtime.execute_as("desk", WriteNote(text="late")).cancelled()
        assert not begun

    play(story())


def test_that_a_command_is_published_with_what_it_touched(desk: Desk, play: Play) -> None:
    async def story() -> None:
        runtime = desk.runtime
        seen: list[Published] = []
        runtime.published.connect(seen.append)
        runtime.start()
        await until(lambda: bool(seen))
        alarm = raise_alarm(desk)
        await runtime.execute(AcknowledgeAlarms(alarm_ids=(alarm,)))
        await until(lambda: runtime.situation.seq == 3)
        assert runtime.situation.alarms[alarm].acknowledged_by == "duty-1"
        assert "alarms" in seen[-1].changes.touched

    play(story())


def test_that_a_refusal_is_a_notice_and_an_exception(desk: Desk, play: Play) -> None:
    async def story() -> None:
        with pytest.raises(CommandRefusedError):
            await desk.runtime.execute(WriteNote(text=" "))
        await until(lambda: bool(desk.said))
        assert [(n.severity, n.code) for n in desk.said] == [(2, "note_empty")]
        assert desk.journal.head(OPERATION).seq == 1

    play(story())


async def _three_notes(desk: Desk) -> AsyncIterator[int]:
    for text in ("one", "two", "three"):
        desk.clock.advance_to(desk.clock.now_us() + 10 * SECOND_US)
        await desk.runtime.execute(WriteNote(text=text))
        yield desk.clock.now_us()


def test_that_a_replay_shows_a_moment_while_the_live_operation_goes_on(
    desk: Desk, play: Play
) -> None:
    async def story() -> None:
        runtime = desk.runtime
        runtime.start()
        moments = [moment async for moment in _three_notes(desk)]
        live: list[Published] = []
        runtime.live_published.connect(live.append)
        replay = runtime.enter_replay()
        await until(lambda: replay.end_us > 0)
        replay.seek(moments[1])
        await until(lambda: runtime.situation.seq == 3)
        assert runtime.situation.mode == "replay"
        assert replay.now_us() == moments[1]
        alarm = raise_alarm(desk)
        runtime.wake()
        await until(lambda: alarm in runtime.live_situation.alarms)
        assert alarm not in runtime.situation.alarms
        assert live
        assert live[-1].situation.mode == "demonstration"
        runtime.leave_replay()
        assert alarm in runtime.situation.alarms
        assert runtime.situation.mode == "demonstration"

    play(story())


def renamed(name: str, revision: int, limit: float) -> FixedReference:
    """Return the park at a revision where the source has another name and GT-1 another limit."""
    kinds = {kind: dict(park().all(kind)) for kind in ("hazard-sources", "tags", "enterprises")}
    source, tag = kinds["hazard-sources"]["HS1"], kinds["tags"]["GT-1"]
    assert isinstance(tag, Tag)
    kinds["hazard-sources"]["HS1"] = replace(source, name=Name(en=name))
    limits = tuple(replace(each, value=limit) for each in tag.limits)
    kinds["tags"]["GT-1"] = replace(tag, limits=limits)
    reference = FixedReference(kinds)
    reference.revision = revision
    return reference


def shown(runtime: DeskRuntime) -> tuple[str, float]:
    """Return the source's name and the tag's limit as they are on screen."""
    source = runtime.reference.get("hazard-sources", "HS1")
    tag = runtime.reference.get("tags", "GT-1")
    assert source is not None
    assert isinstance(tag, Tag)
    return source.name.en, tag.limits[0].value


@pytest.mark.expect_log("no reference revision 5")
def test_that_a_replay_shows_names_and_limits_of_the_day(desk: Desk, play: Play) -> None:
    async def story() -> None:
        runtime = desk.runtime
        runtime.start()
        desk.revisions = {
            revision: renamed(name, revision, limit)
            for revision, name, limit in ((1, "First", 1.0), (3, "Old unit", 1.5),
                                          (4, "New unit", 2.5))
        }  # fmt: skip
        runtime.set_reference(desk.revisions[4])
        seen: list[tuple[str, float]] = []
        runtime.reference_changed.connect(lambda _: seen.append(shown(runtime)))
        moments = []
        for revision in (3, 4, 5):
            desk.clock.advance_to(desk.clock.now_us() + 10 * SECOND_US)
            desk.append(ReferencePinned(revision=revision), "reference")
            moments.append(desk.clock.now_us())
        replay = runtime.enter_replay()
        await until(lambda: replay.end_us > 0)
        replay.seek(moments[0])
        await until(lambda: runtime.situation.seq == 2)
        assert shown(runtime) == ("Old unit", 1.5)
        assert runtime.live_reference is desk.revisions[4]
        newest = renamed("Newest unit", 6, 9.0)
        runtime.set_reference(newest)  # somebody imports meanwhile
        assert shown(runtime) == ("Old unit", 1.5)
        replay.seek(moments[1])
        await until(lambda: runtime.situation.seq == 3)
        assert shown(runtime) == ("New unit", 2.5)
        replay.seek(moments[2])  # the store has no such revision: today's, and said in the log
        await until(lambda: runtime.situation.seq == 4)
        assert shown(runtime) == ("Newest unit", 9.0)
        replay.seek(moments[0])
        await until(lambda: runtime.situation.seq == 2)
        runtime.leave_replay()
        assert shown(runtime) == ("Newest unit", 9.0)
        assert seen[-1] == ("Newest unit", 9.0)
        assert ("Old unit", 1.5) in seen

    play(story())


def test_that_a_replay_refuses_commands_but_lets_live_tones_be_silenced(
    desk: Desk, play: Play
) -> None:
    async def story() -> None:
        runtime = desk.runtime
        runtime.start()
        alarm = raise_alarm(desk)
        runtime.enter_replay()
        with pytest.raises(CommandRefusedError, match="replay_is_read_only"):
            await runtime.execute(WriteNote(text="not now"))
        await runtime.execute(SilenceAlarms(alarm_ids=(alarm,)))
        await until(lambda: alarm in runtime.live_situation.alarms)
        await until(lambda: runtime.live_situation.alarms[alarm].silenced)
        runtime.leave_replay()

    play(story())


def test_that_a_read_under_way_does_not_bring_a_left_replay_back(desk: Desk, play: Play) -> None:
    async def story() -> None:
        runtime = desk.runtime
        runtime.start()
        moments = [moment async for moment in _three_notes(desk)]
        replay = runtime.enter_replay()
        await until(lambda: replay.end_us > 0)
        replay.seek(moments[0])
        runtime.leave_replay()
        await runtime.in_reader(lambda: None)
        await runtime.in_reader(lambda: None)
        await asyncio.sleep(0)
        assert runtime.situation.mode == "demonstration"
        assert runtime.situation is runtime.live_situation

    play(story())


def test_that_reads_see_the_operation_on_screen(desk: Desk, play: Play) -> None:
    async def story() -> None:
        runtime = desk.runtime
        async for _ in _three_notes(desk):
            pass
        events = await runtime.events(1, 2)
        assert [e.payload for e in events] == [NoteWritten(text="one"), NoteWritten(text="two")]
        (operation,) = await runtime.operations()
        assert operation.id == OPERATION
        earlier = await runtime.situation_at(START_US + 15 * SECOND_US)
        assert earlier.seq == 2
        assert await runtime.trend(("GT-1",), 0, 1, 10) == ()

    play(story())


def test_that_the_latest_values_are_kept_by_tag(desk: Desk) -> None:
    first = LiveValue("GT-1", 1.0, 0, START_US, START_US)
    second = LiveValue("GT-1", 2.0, 0, START_US + 1, START_US + 1)
    desk.runtime.take_values((first,))
    desk.runtime.take_values((second,))
    assert desk.runtime.latest == {"GT-1": second}


def test_that_the_tick_tells_the_replayed_time_during_a_replay(desk: Desk, play: Play) -> None:
    async def story() -> None:
        runtime = desk.runtime
        moments = [moment async for moment in _three_notes(desk)]
        ticks: list[int] = []
        runtime.ticked.connect(ticks.append)
        runtime._timer.timeout.emit()
        assert ticks == [moments[-1]]
        replay = runtime.enter_replay()
        await until(lambda: replay.end_us > 0)
        replay.seek(moments[0])
        runtime._timer.timeout.emit()
        assert ticks[-1] == moments[0]
        runtime.leave_replay()

    play(story())
