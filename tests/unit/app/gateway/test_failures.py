"""A confirmed verification becomes an entry of the failure library, once, in a live operation."""

from concurrent.futures import Future

import pytest

from app.gateway.failures import FailureEntries, entering
from app.reference import ReferenceService
from models.basics import Name
from models.ids import RandomIds
from models.libraries.kinds import Failure
from models.operation.events import card as cards
from models.store.reference import Origin
from tests.unit.app.gateway.test_engine import _Bench, _run
from tests.unit.models.telemetry.build import START


class _Inline:
    def submit(self, function, *arguments):
        future = Future()
        try:
            future.set_result(function(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture
def bench(tmp_path):
    made = _Bench(tmp_path)
    service = ReferenceService(made.store, made.journal, made.clock, RandomIds())
    made.parts.failures = FailureEntries(entering(service), _Inline())
    yield made
    made.executor.shutdown()
    made.store.close()


async def _verify(bench, result):
    await bench.feed(60.0, 1.0)
    await bench.slots(2)
    [card_id] = bench.situation.cards
    payload = cards.CardVerified(result=result, said_by="Chen", note="flange")
    from models.operation.events.base import Draft

    bench.journal.append(bench.operation, [Draft(payload=payload, subject=card_id, actor="o")])
    await bench.slots(12)
    return card_id


def _failures(bench):
    return dict(bench.reference.view().all("failures"))


def test_that_a_real_event_is_entered_once_and_survives_a_restart(bench):
    made = {}

    async def scenario():
        made["card"] = await _verify(bench, "real")
        made["revision"] = bench.reference.head()
        await bench.slots(20)

    _run(scenario)
    key = f"event-{made['card']}"
    entry = _failures(bench)[key]
    assert (entry.equipment, entry.mode, entry.remarks) == ("S", "real: A/HH", "flange")
    assert bench.reference.head() == made["revision"] == 2
    assert bench.situation.reference_revision == 2
    service = ReferenceService(bench.store, bench.journal, bench.clock, RandomIds())
    again = FailureEntries(entering(service), _Inline())
    for _ in range(3):
        again.due(bench.situation, bench.reference.view(), bench.clock.now_us())
    assert bench.reference.head() == 2


def test_that_what_people_refined_is_left_as_it_is(bench):
    async def scenario():
        card_id = await _verify(bench, "instrument")
        origin = Origin(kind="failures", at_us=START, actor="t")
        refined = Failure(key=f"event-{card_id}", name=Name(en="Refined"), mode="drift")
        bench.reference.commit({"failures": (refined,)}, origin)
        await bench.slots(12)

    _run(scenario)
    [entry] = _failures(bench).values()
    assert entry.mode == "drift"


@pytest.mark.parametrize("result", ["calibration", "no_answer"])
def test_that_no_failure_is_no_entry(bench, result):
    async def scenario():
        await _verify(bench, result)

    _run(scenario)
    assert not _failures(bench)


def test_that_a_demonstration_feeds_no_library(bench):
    entered = []
    entries = FailureEntries(entered.append, _Inline())

    async def scenario():
        await _verify(bench, "real")

    _run(scenario)
    for mode, expected in (("demonstration", 0), ("drill", 0), ("live", 1)):
        situation = bench.situation.with_(mode=mode)
        for _ in range(3):
            assert entries.due(situation, bench.reference.view(), 0) == []
        assert len(entered) == expected


def test_that_a_failed_entry_is_told_and_tried_again(bench):
    faults = [OSError("disk full")]
    entered = []

    def enter(row):
        if faults:
            raise faults.pop()
        entered.append(row)

    entries = FailureEntries(enter, _Inline())

    async def scenario():
        await _verify(bench, "real")

    _run(scenario)
    situation, reference = bench.situation, bench.reference.view()
    assert entries.due(situation, reference, 0) == []
    with pytest.raises(OSError, match="disk full"):
        entries.due(situation, reference, 0)
    for _ in range(3):
        entries.due(situation, reference, 0)
    assert len(entered) == 1


def test_that_a_slow_store_is_not_waited_for(bench):
    class _Slow:
        asked = 0

        def submit(self, *_):
            self.asked += 1
            return Future()

    slow = _Slow()
    bench.parts.failures = FailureEntries(lambda _: None, slow)

    async def scenario():
        await _verify(bench, "real")
        await bench.slots(12)

    _run(scenario)
    assert slow.asked == 1
