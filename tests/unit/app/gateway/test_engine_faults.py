"""One broken part of the gateway never stops the judging of alarms."""

import asyncio
import threading

import pytest
from msgspec.structs import replace

from app.gateway import beside, engine
from app.gateway.safety import SafetyFunctions
from app.gateway.shares import Shares
from app.journal_errors import InvalidPayloadError
from models.basics import Wind
from models.operation.events.base import Draft
from models.operation.events.operation import NoteWritten, WindObserved
from tests.unit.app.gateway.test_engine import TAGS, _Bench, _run
from tests.unit.models.telemetry.build import SECOND, START


@pytest.fixture
def bench(tmp_path):
    made = _Bench(tmp_path)
    yield made
    made.executor.shutdown()
    made.store.close()


class _Broken:
    """What falls due, with a row in it that nobody foresaw."""

    broken = True

    def due(self, situation, reference, now_us):
        if self.broken:
            raise KeyError("a bad row")
        return []


@pytest.mark.expect_log("escalation")
def test_that_a_broken_escalation_is_told_and_alarms_go_on(bench):
    broken = bench.parts.escalation = _Broken()

    async def scenario():
        await bench.slots(24)
        await bench.feed(60.0, 10.0)
        assert "KeyError" in bench.situation.failures["escalation"]
        broken.broken = False
        await bench.slots(8)

    _run(scenario)
    assert "alarm.raised" in bench.kinds()
    assert dict(bench.situation.failures) == {}


@pytest.mark.expect_log("cards")
def test_that_broken_cards_leave_the_alarms(bench):
    def consider(*_):
        raise StopIteration

    bench.engine._judging._cards.consider = consider

    async def scenario():
        await bench.feed(60.0, 10.0)
        await bench.slots(24)

    _run(scenario)
    assert "alarm.raised" in bench.kinds()
    assert "cards" in bench.situation.failures


@pytest.mark.expect_log("history")
def test_that_an_unforeseen_fault_of_the_history_is_told_and_alarms_go_on(bench):
    def sync():
        raise RuntimeError("codec")

    bench.history.sync = sync

    async def scenario():
        for _ in range(40):
            await bench.slots()
            await asyncio.sleep(0)
        await bench.feed(60.0, 10.0)

    _run(scenario)
    assert "alarm.raised" in bench.kinds()


@pytest.mark.expect_log("no new segment yet")
def test_that_a_midnight_that_fails_leaves_the_alarms(bench):
    def begin(_operation):
        raise RuntimeError("zone data")

    bench.parts.begin_segment = begin

    async def scenario():
        await bench.slots(8)
        await bench.feed(60.0, 10.0)

    _run(scenario)
    assert "alarm.raised" in bench.kinds()


class _Picky:
    """A journal that refuses one event."""

    def __init__(self, journal):
        self.journal = journal

    def read(self, *arguments):
        return self.journal.read(*arguments)

    def append(self, operation, drafts):
        if any(getattr(draft.payload, "text", "") == "bad" for draft in drafts):
            raise InvalidPayloadError("text")
        return self.journal.append(operation, drafts)


@pytest.mark.expect_log("a batch was refused")
def test_that_a_refused_event_takes_no_others_along(bench):
    books = bench.parts.books
    books._journal = _Picky(bench.journal)
    notes = [
        Draft(payload=NoteWritten(text=text), subject="log", actor="t", event_time_us=START)
        for text in ("one", "bad", "two")
    ]

    async def scenario():
        loop, ahead = asyncio.get_running_loop(), [0.0]
        loop_time = loop.time
        loop.time = lambda: loop_time() + ahead[0]
        assert bench.engine._failures()["record"] == ""
        books.put(notes)
        await bench.slots()
        assert bench.engine._failures()["record"] == "text"
        ahead[0] = 601.0
        assert bench.engine._failures()["record"] == ""
        ahead[0] = 0.0

    _run(scenario)
    told = [e.payload.text for e in bench.journal.read(bench.operation, 1)]
    assert told == ["one", "two"]


def test_that_a_sample_from_the_future_does_not_freeze_the_value(bench):
    from models.telemetry.samples import make_batch

    latest, day = bench.latest, 86_400 * SECOND
    latest.update(make_batch(0, START + day, START, 1.0))
    latest.update(make_batch(0, START + SECOND, START + SECOND, 2.0))
    assert latest.value[0] == 2.0
    latest.update(make_batch(0, START - day, START + 2 * SECOND, 3.0))
    assert latest.value[0] == 2.0


def test_that_a_device_whose_clock_is_set_back_does_not_freeze_the_value(bench):
    from models.telemetry.samples import make_batch

    async def send(value, back_s):
        for _ in range(30):
            now = bench.clock.now_us() + 1
            bench.engine.take(make_batch(0, now - back_s * SECOND, now, value))
            await bench.slots()

    async def scenario():
        await send(1.0, 0)
        await send(2.0, 7200)
        assert bench.latest.value[0] == 2.0
        bench.import_tags(*TAGS)
        await bench.slots(24)
        assert bench.situation.reference_revision == 2
        await send(3.0, 20_000)
        assert bench.latest.value[0] == 3.0

    _run(scenario)


@pytest.mark.expect_log("fails")
def test_that_whatever_may_fail_is_told_as_restored_after_a_restart(bench):
    broken, whole = _Broken(), _Broken()
    whole.broken = False
    names = ("escalation", "colours", "failures", "early_warnings")

    async def before():
        for name in names:
            setattr(bench.parts, name, broken)
        await bench.slots(20)
        assert len(bench.situation.failures) == len(names)

    _run(before)
    bench.executor.shutdown()
    bench.gateway()

    async def after():
        for name in names:
            setattr(bench.parts, name, whole)
        await bench.slots(20)

    _run(after)
    assert not bench.situation.failures


def test_that_what_a_gateway_of_the_past_left_failed_is_told_as_over_once():
    functions = SafetyFunctions({"peer:gone", "history@gone", "sound"})
    told = functions.changes({"journal": ""}, START, {"peer:gone", "history@gone", "sound"})
    assert [draft.subject for draft in told] == ["history@gone", "peer:gone"]
    assert functions.changes({"journal": ""}, START + SECOND, {"peer:gone"}) == []


class _Hanging:
    """A reference store that answers when it is told to."""

    def __init__(self, store):
        self.store, self.released = store, threading.Event()

    def head(self):
        self.released.wait(30)
        return self.store.head()


def test_that_reference_data_that_hang_are_told_and_alarms_go_on(bench, monkeypatch):
    monkeypatch.setattr(beside, "_WAIT_S", 0.01)
    hanging = bench.parts.reference_store = _Hanging(bench.reference)

    async def scenario():
        loop, ahead = asyncio.get_running_loop(), [0.0]
        loop_time = loop.time
        loop.time = lambda: loop_time() + ahead[0]
        await bench.slots(8)
        await bench.feed(60.0, 10.0)
        assert bench.engine._failures()["reference"] == ""
        ahead[0] = 60.0
        assert bench.engine._failures()["reference"].startswith("no answer for 6")
        await bench.slots(20)
        assert "no answer" in bench.situation.failures["reference"]
        hanging.released.set()
        while bench.engine._failures()["reference"]:
            await asyncio.sleep(0.001)

    _run(scenario)
    assert "alarm.raised" in bench.kinds()


class _Unreadable:
    """A reference store whose newest revision can't be read yet."""

    def __init__(self, store):
        self.store, self.broken = store, True
        self.head = store.head

    def view(self, revision):
        if self.broken:
            raise ValueError("a row of a later version")
        return self.store.view(revision)


@pytest.mark.expect_log("reference data fails")
def test_that_a_revision_that_can_not_be_read_is_told_and_the_older_one_judges(bench):
    broken = bench.parts.reference_store = _Unreadable(bench.reference)

    async def scenario():
        bench.import_tags(*(replace(row, limits=()) for row in TAGS))
        await bench.slots(30)
        await bench.feed(60.0, 10.0)
        assert "later version" in bench.situation.failures["reference"]
        broken.broken = False
        await bench.slots(24)
        assert "reference" not in bench.situation.failures

    _run(scenario)
    assert bench.kinds().count("alarm.raised") == 1
    assert "alarm.taken_out_of_service" in bench.kinds()


@pytest.mark.expect_log("reference fails")
def test_that_a_revision_that_can_not_be_judged_by_is_told_and_the_older_one_judges(
    bench, monkeypatch
):
    def refuse(*_):
        raise OverflowError("a delay without an end")

    async def scenario():
        bench.import_tags(*TAGS)
        with monkeypatch.context() as patch:
            patch.setattr(engine, "Judging", refuse)
            await bench.slots(30)
            await bench.feed(60.0, 10.0)
        assert "without an end" in bench.situation.failures["reference"]
        await bench.slots(24)
        assert "reference" not in bench.situation.failures

    _run(scenario)
    assert bench.kinds().count("alarm.raised") == 1


class _Peers:
    """The second of two gateways, whose first may be dead."""

    def __init__(self):
        self.shares, self.first_lives = Shares({"a": ["none"], "b": ["*"]}, "b"), True

    def speaks(self):
        return not self.first_lives

    def dead(self):
        return [] if self.first_lives else ["a"]

    def failures(self, _):
        return {}


def test_that_the_second_gateway_escalates_and_says_the_wind_while_the_first_is_dead(bench):
    peers = bench.parts.peers = _Peers()
    asked = []

    class Due:
        def due(self, situation, reference, now_us):
            asked.append(now_us)
            return []

    bench.parts.escalation = Due()
    wind = Wind(from_deg=90.0, speed_m_s=3.0, stability="D", source="M1", observed_us=START)
    told = WindObserved(masts=(wind,), disagree=False)

    async def scenario():
        bench.parts.books.put([Draft(payload=told, subject="wind", actor="gateway")])
        await bench.slots(240)
        assert (asked, len(bench.situation.masts)) == ([], 1)
        peers.first_lives = False
        await bench.slots(240)
        assert len(asked) >= 59
        assert bench.situation.masts == ()
        peers.first_lives = True
        before = len(asked)
        await bench.slots(40)
        assert len(asked) == before

    _run(scenario)
