"""What a gateway's alarms remember survives it: on disk, and over restarts of the engine."""

import asyncio

import msgspec
import numpy as np
import pytest

from app.gateway.history import History
from app.gateway.kept_judging import KeptFile, KeptJudging, Position, read_tail
from app.journal_errors import JournalFullError
from models.operation.fold import empty_situation
from models.telemetry.alarms import AlarmLogic
from models.telemetry.rejudging import rejudged
from models.telemetry.samples import concat, make_batch
from models.telemetry.tags import TagTable
from tests.unit.app.gateway.test_engine import _Bench, _Flaky, _gas
from tests.unit.models.telemetry.build import GRID, SECOND, START, tag

TABLE = TagTable([tag("T", ("H", 50.0))])
SLOW = {"on_delay_s": 10.0, "off_delay_s": 10.0}


NOWHERE = Position()


def _kept(position=NOWHERE, seq=0):
    logic = AlarmLogic(TABLE, GRID, start_us=START)
    made = KeptJudging.of(empty_situation("op"), b"d", position, logic.keep())
    return msgspec.structs.replace(made, seq=seq)


class _Journal:
    def read(self, _operation, _after, _limit):
        return ()


def _batch(at_us):
    return make_batch(0, at_us, at_us, 1.0)


def test_that_what_is_written_is_read(tmp_path):
    file = KeptFile(tmp_path / "history")
    assert file.read("op") is None
    kept = _kept()
    file.write(kept)
    assert file.read("op") == kept
    assert file.read("another") is None
    assert KeptFile(tmp_path / "history", "east").read("op") is None


@pytest.mark.expect_log("delays of alarms begin anew")
@pytest.mark.parametrize("data", [b"", b"abc", b"1234rest", b"\0\0\0\0"])
def test_that_a_damaged_file_is_no_memory(tmp_path, data):
    file = KeptFile(tmp_path)
    file.path.write_bytes(data)
    assert file.read("op") is None


def test_that_another_versions_memory_is_left_alone(tmp_path):
    file = KeptFile(tmp_path)
    file.write(msgspec.structs.replace(_kept(), version=0))
    assert file.read("op") is None


@pytest.mark.expect_log("isn't kept")
def test_that_a_full_disk_leaves_the_older_one(tmp_path, monkeypatch):
    file = KeptFile(tmp_path)
    file.write(_kept())

    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", full)
    file.write(_kept(seq=5))
    assert file.read("op").seq == 0


def test_that_what_came_after_the_place_is_given_whatever_the_window(tmp_path):
    history = History(tmp_path, TABLE)
    history.append(_batch(START + 1))
    place = Position(history.window, history.written)
    history.append(_batch(START + 2))
    history.roll()
    history.append(_batch(START + 3))
    file = KeptFile(tmp_path)
    assert file.samples_after(_kept(place)).source_us.tolist() == [START + 2, START + 3]
    beyond = _kept(Position(place.window, 10**6))
    assert file.samples_after(beyond).source_us.tolist() == [START + 3]
    assert file.samples_after(_kept(Position("open-none.log"))).tag.size == 3


@pytest.mark.expect_log("was stored since")
def test_that_a_window_that_is_gone_ends_the_memory(tmp_path):
    file = KeptFile(tmp_path)
    file.write(_kept(Position("open-gone.log", 10)))
    assert read_tail(file, _Journal(), empty_situation("op")) is None


def test_that_a_memory_of_what_the_journal_lost_is_none(tmp_path):
    file = KeptFile(tmp_path)
    file.write(_kept(seq=7))
    assert read_tail(file, _Journal(), empty_situation("op")) is None


@pytest.mark.expect_log("not all can be judged again")
def test_that_a_damaged_window_is_judged_as_far_as_it_is_whole(tmp_path):
    history = History(tmp_path, TABLE)
    for i in range(3):
        history.append(_batch(START + i))
    path = tmp_path / history.window
    data = bytearray(path.read_bytes())
    data[-60] ^= 255
    path.write_bytes(data)
    found = KeptFile(tmp_path).samples_after(_kept(Position(history.window)))
    assert found.source_us.tolist() == [START]


@pytest.fixture
def bench(tmp_path):
    made = _Bench(tmp_path)
    yield made
    made.executor.shutdown()
    made.store.close()


async def _feed(bench, *values, slots=1):
    for _ in range(slots):
        await bench.feed(*values)


async def _written(bench):
    if bench.engine._flushing is not None:
        await asyncio.wait([bench.engine._flushing])


def _killed(bench, away_us):
    """The engine is thrown away without an end; another begins after a while."""
    bench.executor.shutdown()
    bench.clock.advance_to(bench.clock.now_us() + away_us)
    bench.gateway()


def _transitions(bench):
    return [
        (event.kind, event.event_time_us)
        for event in bench.journal.read(bench.operation, 1)
        if event.kind in ("alarm.raised", "alarm.returned")
    ]


@pytest.mark.parametrize("away_s", [1, 30])
def test_that_delays_go_on_over_kills(bench, away_s):
    began = bench.clock.now_us()

    async def first():
        bench.import_tags(_gas("A", ("HH", 50.0, SLOW)), _gas("B"))
        await _feed(bench, 10.0, 1.0, slots=40)  # takes the tags, keeps what it remembers
        await _feed(bench, 60.0, 1.0, slots=7)
        await _written(bench)

    async def second():
        await _feed(bench, 60.0, 1.0, slots=60)
        await _written(bench)
        await _feed(bench, 10.0, 1.0, slots=9)
        await _written(bench)

    async def third():
        await _feed(bench, 10.0, 1.0, slots=60)

    asyncio.run(first())
    _killed(bench, away_s * SECOND)
    asyncio.run(second())
    _killed(bench, away_s * SECOND)
    asyncio.run(third())
    returned = began + 108 * GRID + (away_s + 10) * SECOND
    assert _transitions(bench) == [
        ("alarm.raised", began + 41 * GRID + 10 * SECOND),
        ("alarm.returned", returned),
    ]
    events = bench.journal.read(bench.operation, 0)
    assert bench.kinds().count("alarms.judging_resumed") == 2
    table = TagTable([_gas("A", ("HH", 50.0, SLOW)), _gas("B")])
    columns = [bench.history.columns(key, 0, START * 2) for key in table.keys]
    samples = concat([make_batch(np.full(c.value.size, i), *c) for i, c in enumerate(columns)])
    again = rejudged(
        table, samples, events, start_us=began, end_us=bench.clock.now_us(), grid_us=GRID
    )
    said = [(d.payload.KIND, d.event_time_us) for d in again]
    assert [each for each in said if each[0].startswith("alarm.")] == _transitions(bench)


@pytest.mark.expect_log("the journal is out of reach")
def test_that_what_was_judged_and_not_stored_is_stored_with_its_card(bench):
    async def first():
        await _feed(bench, 10.0, 1.0, slots=30)
        await _written(bench)
        flaky = _Flaky(bench.journal)
        flaky.error = JournalFullError("disk full")
        bench.parts.books._journal = flaky
        await bench.feed(60.0, 60.0)

    async def second():
        await bench.slots(2)

    asyncio.run(first())
    raised = bench.clock.now_us()
    _killed(bench, 3 * SECOND)
    asyncio.run(second())
    found = [(e.kind, e.event_time_us) for e in bench.journal.read(bench.operation, 1)]
    assert [each for each in found if each[0].startswith(("alarm.", "card."))] == [
        ("alarm.raised", raised), ("card.opened", raised), ("alarm.raised", raised),
        ("card.joined", raised), ("card.incident_proposed", raised),
    ]  # fmt: skip
    assert bench.situation.alarms["A/HH"].raised_us == raised


def test_that_a_gateway_that_ended_in_order_goes_on_too(bench):
    async def first():
        run = asyncio.create_task(bench.engine.run())
        while not (bench.folder / "gateway.json").exists():
            await asyncio.sleep(0)
        for _ in range(8):
            bench.engine.take(make_batch(0, *[bench.clock.now_us() + 1] * 2, 60.0))
            bench.clock.advance_to(bench.clock.now_us() + GRID)
            await asyncio.sleep(0.01)
        bench.engine.stop()
        await run

    bench.import_tags(_gas("A", ("HH", 50.0, SLOW)), _gas("B"))
    bench.gateway()
    asyncio.run(first())
    assert not list((bench.folder / "history").glob("open-*"))
    kept = KeptFile(bench.folder / "history").read(bench.operation)
    assert kept is not None
    assert kept.position.offset == 0
    _killed(bench, SECOND)
    asyncio.run(bench.slots(2))
    assert bench.kinds().count("alarms.judging_resumed") == 1


@pytest.mark.expect_log("delays of alarms begin anew")
def test_that_a_memory_that_does_not_fit_is_passed_over(bench):
    async def first():
        await _feed(bench, 10.0, 1.0, slots=30)
        await _written(bench)

    asyncio.run(first())
    file = KeptFile(bench.folder / "history")
    kept = file.read(bench.operation)
    broken = msgspec.structs.replace(kept.alarms, raised_ids=())
    file.write(msgspec.structs.replace(kept, alarms=broken))
    _killed(bench, SECOND)
    asyncio.run(_feed(bench, 60.0, 1.0))
    assert "alarms.judging_resumed" not in bench.kinds()
    assert bench.kinds().count("alarm.raised") == 1
