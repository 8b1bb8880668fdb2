"""The gateway records colours when they change, and no oftener."""

import pytest

from app.gateway.colours import Colours
from models.operation.events.warning import WarningColourChanged
from models.registry.kinds import HazardSource
from models.store.reference import Origin
from tests.unit.app.gateway.test_engine import SOURCE, TAGS, _Bench, _run
from tests.unit.models.telemetry.build import GRID, SECOND, START


@pytest.fixture
def bench(tmp_path):
    made = _Bench(tmp_path)
    made.parts.colours = Colours()
    yield made
    made.executor.shutdown()
    made.store.close()


def _changes(bench):
    events = bench.journal.read(bench.operation, 0)
    return [e for e in events if isinstance(e.payload, WarningColourChanged)]


def test_that_an_alarm_that_may_kill_makes_its_source_red_until_it_is_over_for_a_minute(bench):
    async def scenario():
        await bench.feed(60.0, 1.0)
        await bench.slots(8)
        held = bench.situation.warning_colours["S"]
        assert (held.colour, held.least) == ("red", "life_safety")
        await bench.feed(1.0, 1.0)
        bench.clock.advance_to(bench.clock.now_us() + 30 * SECOND)
        await bench.slots(4)
        assert bench.situation.warning_colours["S"].colour == "red"
        bench.clock.advance_to(bench.clock.now_us() + 90 * SECOND)
        await bench.slots(8)

    _run(scenario)
    [worse, better] = _changes(bench)
    assert (worse.subject, worse.actor) == ("S", "system")
    assert (worse.payload.before, worse.payload.colour) == ("blue", "red")
    assert (better.payload.before, better.payload.colour) == ("red", "blue")
    assert not bench.situation.warning_colours


def test_that_hours_of_a_flapping_alarm_leave_few_changes(bench):
    async def scenario():
        for _ in range(100):
            await bench.feed(60.0, 1.0)
            await bench.slots(5)
            await bench.feed(1.0, 1.0)
            await bench.slots(5)

    _run(scenario)
    assert [e.payload.colour for e in _changes(bench)] == ["red"]


def test_that_a_new_grade_is_judged_by(bench):
    async def scenario():
        origin = Origin(kind="hazard-sources", at_us=START, actor="t")
        graded = HazardSource(key="S", name=SOURCE.name, grade="一级")
        await bench.feed(60.0, 1.0)
        await bench.slots(5)
        first = _changes(bench)[0].payload
        assert first.grade == ""
        bench.reference.commit({"tags": TAGS, "hazard-sources": (graded,)}, origin)
        bench.clock.advance_to(bench.clock.now_us() + 10 * SECOND)
        await bench.slots(20 * SECOND // GRID)
        seen = bench.parts.colours._watch._inputs.sources["S"]
        assert seen.grade == "一级"

    _run(scenario)
