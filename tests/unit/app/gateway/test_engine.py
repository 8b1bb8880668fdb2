"""The engine on a real store, scan by scan on a clock of its own."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from app.clock import ManualClock
from app.gateway.books import Books
from app.gateway.dealing import Dealing
from app.gateway.engine import Engine, Parts, preloaded
from app.gateway.history import History
from app.gateway.judging import Judging
from app.gateway.kept_judging import KeptFile, read_tail
from app.gateway.latest import Latest
from app.gateway.main import _resumed
from app.gateway.operation import Wanted, ensure_operation, find_open
from app.gateway.safety import SafetyFunctions
from app.gateway.server import GatewayServer
from app.gateway.shares import Shares
from app.journal import Journal
from app.journal_errors import InvalidPayloadError, JournalFullError
from app.queries.situations import SituationReader
from models.basics import LatLon, Name
from models.ids import RandomIds
from models.operation.events import alarm as alarms
from models.operation.events.base import Draft
from models.operation.events.operation import NoteWritten, OperationStopped
from models.registry.kinds import HazardSource
from models.store import StoreUnreachableError, open_store
from models.store.posts import Posts
from models.store.reference import Origin, ReferenceStore
from models.telemetry.ports import SourceState
from models.telemetry.samples import make_batch
from tests.unit.models.telemetry.build import GRID, SECOND, START, tag

SOURCE = HazardSource(key="S", name=Name(zh="源", en="Source"), position=LatLon(30.0, 120.0))


def _gas(key, *limits):
    return tag(key, *limits, hazard_source_key="S", safety="toxic", period_s=600.0)


TAGS = (_gas("A", ("HH", 50.0)), _gas("B", ("HH", 50.0)))


class _Silent:
    """A source that says nothing by itself."""

    name = "feed"
    connected = True

    async def batches(self):
        await asyncio.Event().wait()
        yield make_batch(0, 0, 0, 0.0)

    def state(self):
        return SourceState(name=self.name, connected=self.connected, since_us=0, detail="gone")


class _Bench:
    """A site's store; `gateway()` builds a fresh gateway on it, as after a restart."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "history").mkdir()
        self.clock = ManualClock(START)
        self.store = open_store(f"sqlite:///{folder / 'operations.db'}")
        self.reference = ReferenceStore(self.store)
        self.journal = Journal(self.store, self.clock, RandomIds())
        self.import_tags(*TAGS)
        wanted = Wanted(mode="live", site="t", revision=1)
        self.operation = ensure_operation(self.journal, self.clock, RandomIds(), wanted)
        self.source = _Silent()
        self.gateway()

    def import_tags(self, *rows):
        origin = Origin(kind="tags", at_us=START, actor="t")
        self.reference.commit({"tags": rows, "hazard-sources": (SOURCE,)}, origin)

    def gateway(self):
        situation = SituationReader(self.journal).latest(self.operation)
        reference = preloaded(self.reference, situation.reference_revision)
        judging = Judging(reference, situation, self.clock.now_us(), GRID)
        kept = KeptFile(self.folder / "history")
        happened = _resumed(judging, read_tail(kept, self.journal, situation), self.clock.now_us())
        self.executor = ThreadPoolExecutor(2)
        self.history = History(self.folder / "history", judging.tags)
        self.latest = Latest(judging.tags.keys)
        self.tables = []
        self.parts = Parts(
            clock=self.clock,
            books=Books(self.journal, situation, self.executor),
            reference_store=self.reference,
            history=self.history,
            latest=self.latest,
            server=GatewayServer(
                self.folder / "gateway.json", self.latest, self.history.curve, self.executor, print
            ),
            executor=self.executor,
            sources=[self.source],
            grid_us=GRID,
            on_tags=self.tables.append,
            kept_file=kept,
        )
        self.parts.books.put(happened)
        self.engine = Engine(self.parts, reference, judging)

    async def slots(self, n=1):
        for _ in range(n):
            self.clock.advance_to(self.clock.now_us() + GRID)
            await self.engine._scan()

    async def feed(self, *values):
        now = self.clock.now_us() + 1
        self.engine.take(make_batch(np.arange(len(values)), now, now, values))
        await self.slots()

    def kinds(self, after=1):
        return [event.kind for event in self.journal.read(self.operation, after)]

    @property
    def situation(self):
        return SituationReader(self.journal).latest(self.operation)


@pytest.fixture
def bench(tmp_path):
    made = _Bench(tmp_path)
    yield made
    made.executor.shutdown()
    made.store.close()


def _run(scenario):
    asyncio.run(scenario())


def test_that_one_scan_is_one_batch_of_alarms_and_cards(bench):
    async def scenario():
        await bench.feed(60.0, 60.0)

    _run(scenario)
    events = bench.journal.read(bench.operation, 1)
    assert [event.kind for event in events] == [
        "alarm.raised", "card.opened", "alarm.raised", "card.joined", "card.incident_proposed",
    ]  # fmt: skip
    assert len({event.recorded_time_us for event in events}) == 1
    (card,) = bench.situation.cards.values()
    assert card.proposed == "second_detector"
    assert bench.latest.value.tolist() == [60.0, 60.0]
    assert bench.history.columns("A", 0, START * 2).value.tolist() == [60.0]


def test_that_a_restart_restores_alarm_states_and_follows_acknowledgements(bench):
    async def before():
        await bench.feed(60.0, 10.0)

    async def after():
        bench.gateway()
        acknowledged = Draft(payload=alarms.AlarmAcknowledged(), subject="A/HH", actor="desk")
        bench.journal.append(bench.operation, [acknowledged])
        await bench.feed(61.0, 10.0)
        await bench.feed(10.0, 10.0)

    _run(before)
    bench.executor.shutdown()
    _run(after)
    assert [k for k in bench.kinds() if k.startswith("alarm.")] == [
        "alarm.raised", "alarm.acknowledged", "alarm.returned",
    ]  # fmt: skip
    assert "A/HH" not in bench.situation.alarms


class _Flaky:
    """A journal whose disk is full now and then."""

    def __init__(self, journal):
        self.journal = journal
        self.error = None
        self.loses_answer = False

    def read(self, *arguments):
        return self.journal.read(*arguments)

    def append(self, operation, drafts):
        if self.error:
            raise self.error
        stored = self.journal.append(operation, drafts)
        if self.loses_answer:
            self.loses_answer = False
            raise JournalFullError("answer lost")
        return stored


@pytest.mark.expect_log("the journal is out of reach")
def test_that_a_full_disk_delays_alarms_but_loses_none(bench):
    flaky = _Flaky(bench.journal)
    bench.parts.books._journal = flaky

    async def scenario():
        flaky.error = JournalFullError("disk full")
        await bench.feed(60.0, 10.0)
        await bench.feed(60.0, 60.0)
        await bench.slots(20)
        assert bench.kinds() == []
        assert "disk full" in bench.parts.books.failing
        flaky.error = None
        await bench.slots(8)

    _run(scenario)
    kinds = bench.kinds()
    assert kinds.count("alarm.raised") == 2
    assert kinds.index("safety_function.failed") < kinds.index("safety_function.restored")
    assert bench.parts.books.failing == ""


@pytest.mark.expect_log("the journal is out of reach")
def test_that_a_batch_whose_answer_got_lost_is_stored_once(bench):
    flaky = _Flaky(bench.journal)
    flaky.loses_answer = True
    bench.parts.books._journal = flaky

    async def scenario():
        await bench.feed(60.0, 10.0)
        await bench.slots(2)

    _run(scenario)
    assert bench.kinds().count("alarm.raised") == 1


@pytest.mark.expect_log("a batch was refused")
def test_that_a_refused_batch_does_not_hold_up_the_others(bench):
    flaky = _Flaky(bench.journal)
    bench.parts.books._journal = flaky

    async def scenario():
        flaky.error = InvalidPayloadError("no")
        await bench.feed(60.0, 10.0)
        flaky.error = None
        await bench.feed(10.0, 10.0)

    _run(scenario)
    assert bench.kinds() == ["alarm.returned"]


def test_that_a_newer_revision_is_pinned_and_its_limits_judge(bench):
    async def scenario():
        await bench.feed(60.0, 10.0)
        bench.import_tags(_gas("0"), _gas("A", ("HH", 50.0)), _gas("B", ("HH", 5.0)))
        await bench.slots(24)
        now = bench.clock.now_us() + 1
        bench.engine.take(make_batch([1, 2], now, now, [60.0, 10.0]))
        await bench.slots(1)

    _run(scenario)
    assert bench.kinds().count("operation.reference_pinned") == 1
    assert bench.situation.reference_revision == 2
    assert set(bench.situation.alarms) == {"A/HH", "B/HH"}
    assert bench.kinds().count("alarm.raised") == 2
    assert bench.tables[-1].keys == ("0", "A", "B")
    assert bench.history.columns("B", 0, START * 2).value.tolist() == [10.0, 10.0]


def test_that_a_lost_source_is_told_once_and_its_return_too(bench):
    async def scenario():
        bench.source.connected = False
        await bench.slots(40)
        bench.source.connected = True
        await bench.slots(8)

    _run(scenario)
    kinds = [k for k in bench.kinds() if k.startswith("safety")]
    assert kinds == ["safety_function.failed", "safety_function.restored"]


def test_that_a_failure_known_from_before_is_told_as_restored():
    known = ("source:mqtt", "siren")
    safety = SafetyFunctions(known)
    (draft,) = safety.changes({}, START)
    assert (draft.payload.KIND, draft.subject) == ("safety_function.restored", "source:mqtt")


def test_that_a_reconnect_is_no_failure():
    safety = SafetyFunctions()
    assert safety.changes({"source:x": "gone"}, START) == []
    assert safety.changes({"source:x": ""}, START + SECOND) == []
    assert safety.changes({"source:x": "gone"}, START + 4 * SECOND) == []


def test_that_what_falls_due_is_appended_each_second(bench):
    class Due:
        def due(self, situation, reference, now_us):
            assert reference.revision == situation.reference_revision
            note = NoteWritten(text=str(now_us))
            return [Draft(payload=note, subject="log", actor="system")]

    bench.parts.escalation = Due()

    async def scenario():
        await bench.slots(8)

    _run(scenario)
    assert bench.kinds().count("note.written") in (2, 3)


@pytest.mark.expect_log("no new segment yet")
def test_that_a_new_segment_is_looked_for_once_a_minute(bench):
    asked = []

    def begin(operation):
        asked.append(operation)
        raise JournalFullError("full")

    bench.parts.begin_segment = begin

    async def scenario():
        await bench.slots(8 * 60)

    _run(scenario)
    assert asked == [bench.operation] * 3  # at once, then each minute


def test_that_the_end_of_the_operation_ends_the_run_and_stores_everything(bench):
    async def scenario():
        run = asyncio.create_task(bench.engine.run())
        while not (bench.folder / "gateway.json").exists():
            await asyncio.sleep(0)
        bench.engine.take(make_batch(0, START, START, 1.0))
        stop = Draft(payload=OperationStopped(reason="t"), subject="operation", actor="t")
        bench.journal.append(bench.operation, [stop])
        async with asyncio.timeout(20):
            while not run.done():
                bench.clock.advance_to(bench.clock.now_us() + GRID)
                await asyncio.sleep(0.01)
        await run

    _run(scenario)
    assert list((bench.folder / "history").glob("open-*")) == []
    assert bench.history.columns("A", 0, START * 2).value.tolist() == [1.0]


def test_that_only_the_earliest_open_operation_of_a_mode_is_used(bench):
    wanted = Wanted(mode="live", site="t", revision=1)
    assert ensure_operation(bench.journal, bench.clock, RandomIds(), wanted) == bench.operation
    assert find_open(bench.journal, "drill") is None

    class Racing(RandomIds):
        """Another program starts its operation just before ours."""

        def next(self, now_us):
            self.next = super().next
            rival = ensure_operation(bench.journal, bench.clock, RandomIds(), drill)
            assert find_open(bench.journal, "drill").id == rival
            bench.clock.advance_to(bench.clock.now_us() + 1)
            return super().next(now_us)

    drill = Wanted(mode="drill", site="t", revision=1)
    own = ensure_operation(bench.journal, bench.clock, Racing(), drill)
    assert own == find_open(bench.journal, "drill").id
    stopped = [o for o in bench.journal.operations() if o.stopped_us is not None]
    assert len(stopped) == 1


def test_that_a_store_that_hangs_is_told_before_it_answers(bench):
    released, append = threading.Event(), bench.journal.append

    def hanging(*arguments, **named):
        released.wait(30)
        return append(*arguments, **named)

    async def scenario():
        bench.journal.append = hanging
        loop, ahead = asyncio.get_running_loop(), [0.0]
        loop_time = loop.time
        loop.time = lambda: loop_time() + ahead[0]
        scan = asyncio.create_task(bench.feed(60.0, 1.0))
        while not bench.parts.books.waiting or not bench.parts.books.stuck_s:
            await asyncio.sleep(0.001)
        assert bench.engine._failures()["journal"] == ""
        ahead[0] = 60.0
        assert bench.engine._failures()["journal"] == "no answer for 60 s"
        ahead[0] = 0.0
        released.set()
        await scan
        assert bench.engine._failures()["journal"] == ""

    _run(scenario)
    assert "alarm.raised" in bench.kinds()


@pytest.mark.expect_log("the journal is out of reach")
def test_that_what_falls_due_is_not_doubled_while_nothing_can_be_stored(bench):
    flaky, asked = _Flaky(bench.journal), []
    bench.parts.books._journal = flaky

    class _Due:
        def due(self, _situation, _reference, now_us):
            asked.append(now_us)
            return [Draft(payload=NoteWritten(text="due"), subject="x", actor="t")]

    async def scenario():
        bench.parts.escalation = _Due()
        flaky.error = JournalFullError("disk full")
        await bench.slots(20)
        assert len(asked) == 1
        flaky.error = None
        await bench.slots(1)

    _run(scenario)
    assert bench.kinds().count("note.written") == 1


@pytest.mark.expect_log("the journal is out of reach")
def test_that_a_store_that_can_be_read_again_is_no_failure(bench):
    class _Unreadable:
        error = JournalFullError("gone")

        def append(self, *arguments, **named):
            return bench.journal.append(*arguments, **named)

        def read(self, *arguments, **named):
            if self.error:
                raise self.error
            return bench.journal.read(*arguments, **named)

    bench.parts.books._journal = journal = _Unreadable()

    async def scenario():
        await bench.parts.books.catch_up()
        assert bench.parts.books.failing == "gone"
        journal.error = None
        await bench.parts.books.catch_up()
        assert bench.parts.books.failing == ""

    _run(scenario)


def _deal(bench):
    """Let another gateway watch tag B; return what is handed to it."""
    shares = Shares({"here": ["A"], "there": ["B"]}, by_messages=True)
    posts = Posts(bench.store)
    bench.parts.dealing = Dealing(shares, posts, bench.clock, bench.executor, {"mqtt"})
    bench.engine._judging.mine = shares.mine(bench.engine._judging.tags)
    return posts


def _samples(bench, *values):
    now = bench.clock.now_us()
    return make_batch(np.arange(len(values)), now, now, values)


def _stored(bench, key):
    now_us = bench.clock.now_us()
    return bench.history.curve(key, now_us - SECOND, now_us + SECOND, 9, SECOND).values.tolist()


def test_that_what_another_gateway_watches_is_handed_on_where_it_can_not_hear_it(bench):
    async def scenario():
        posts = _deal(bench)
        await bench.engine.take_of("modbus", _samples(bench, 1.0, 2.0))
        assert posts.waiting(["there"], 9) == []
        await bench.engine.take_of("mqtt", _samples(bench, 3.0, 4.0))
        assert len(posts.waiting(["there"], 9)) == 1
        assert _stored(bench, "A") == [1.0, 3.0]
        assert _stored(bench, "B") == []

    _run(scenario)


@pytest.mark.expect_log("stay here unjudged")
def test_that_what_can_not_be_handed_on_is_stored_here(bench, monkeypatch):
    async def scenario():
        posts = _deal(bench)

        def away(_):
            raise StoreUnreachableError("away")

        monkeypatch.setattr(posts, "put", away)
        await bench.engine.take_of("mqtt", _samples(bench, 3.0, 4.0))
        assert _stored(bench, "B") == [4.0]

    _run(scenario)
