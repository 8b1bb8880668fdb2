"""Which of a site's gateways watches a tag, and who is heard of."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.clock import ManualClock
from app.gateway.peers import Peers
from app.gateway.safety import SafetyFunctions
from app.gateway.shares import Shares
from models.store import StoreUnreachableError
from models.store.beats import Beat
from models.telemetry.alarms import AlarmLogic
from models.telemetry.samples import empty_batch
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import GRID, SECOND, START, Record, kinds, tag

TAGS = TagTable(
    [tag("E-1", ("H", 50.0)), tag("W-1", ("H", 50.0)), tag("X"), tag("W-M", quantity="wind_speed")]
)
SPLIT = {"east": ("E-*",), "west": ("W-*",)}


def test_that_each_tag_has_one_gateway_and_the_first_takes_the_rest():
    east, west = Shares(SPLIT), Shares(SPLIT, "west")
    assert (east.name, east.is_first, west.is_first, west.others) == (
        "east",
        True,
        False,
        ("east",),
    )
    assert west.keys_of("west", TAGS) == ("W-1",)
    assert east.keys_of("east", TAGS) == ("E-1", "W-M", "X")
    assert (east.mine(TAGS) ^ west.mine(TAGS)).all()
    assert (east.file_name, west.file_name, west.file_name_of("east")) == ("", "west", "")


def test_that_one_gateway_has_all_tags_and_shared_messages_leave_none_unwatched():
    assert Shares({}).mine(TAGS) is None
    shared = Shares(SPLIT, "west", by_messages=True)
    assert (shared.mine(TAGS) == Shares(SPLIT, "west").mine(TAGS)).all()
    assert shared.keys_of("east", TAGS) == ()
    with pytest.raises(ValueError, match="is none of east, west"):
        Shares(SPLIT, "north")


@pytest.mark.parametrize(
    ("function", "of_first", "of_west"),
    [
        ("history", True, False),
        ("history@west", False, True),
        ("source:mqtt", True, False),
        ("source:west/mqtt", False, True),
        ("peer:west", False, False),
        ("sound", False, False),
        ("early warnings@west", False, True),
        ("colours", True, False),
        ("history@gone", True, False),
        ("source:gone/mqtt", True, False),
        ("peer:gone", True, False),
    ],
)
def test_whose_failing_functions_are_whose(function, of_first, of_west):
    assert Shares(SPLIT).speaks_for(function) is of_first
    assert Shares(SPLIT, "west").speaks_for(function) is of_west


def test_that_failing_functions_are_named_by_their_gateway():
    west = Shares(SPLIT, "west")
    assert (west.said("source:mqtt"), west.said("history")) == ("source:west/mqtt", "history@west")
    assert Shares(SPLIT).said("history") == "history"


def test_that_another_gateways_tags_are_neither_missed_nor_orphans():
    record = Record()
    first = AlarmLogic(TAGS, GRID, start_us=START)
    record.store(first.judge(empty_batch(), START + GRID))
    from models.operation.events.alarm import AlarmRaised, TagWentStale

    record.add(
        "W-1/H",
        AlarmRaised(tag_key="W-1", limit="H", priority=2, value=60.0, limit_value=50.0, unit=""),
    )
    record.add("tags", TagWentStale(tag_keys=("W-1",), since_us=START))
    east = AlarmLogic(TAGS, GRID, mine=Shares(SPLIT).mine(TAGS))
    east.restore(record.situation, START)
    told = east.judge(empty_batch(), START + 60 * SECOND)
    assert kinds(told) == [("tag.went_stale", "tags")]
    assert told[0].payload.tag_keys == ("E-1", "W-M", "X")
    gone = AlarmLogic(TagTable([tag("E-1")]), GRID)
    gone.restore(record.situation, START)
    assert kinds(gone.judge(empty_batch(), START + GRID))[0][1] == "W-1/H"


class _Beats:
    def __init__(self):
        self.rows, self.error = {}, None

    def beat(self, name, number, process, heard=b""):
        if self.error:
            raise self.error
        self.rows[name] = Beat(number, process, heard)

    def all(self):
        return dict(self.rows)


def _watch(steps):
    """Run a watcher over (seconds, what to do before) steps; return what it says after each."""
    clock, beats, said = ManualClock(START), _Beats(), []

    async def run():
        with ThreadPoolExecutor(1) as executor:
            peers = Peers(Shares(SPLIT), beats, clock, executor, "p")
            for advance_s, act in steps:
                clock.advance_to(clock.now_us() + advance_s * SECOND)
                act(beats)
                task = asyncio.create_task(peers.run())
                number = peers._number
                while peers._number == number or not (peers._seen or beats.error):
                    await asyncio.sleep(0.001)
                await asyncio.sleep(0.02)
                task.cancel()
                said.append(peers.failures(TAGS)["peer:west"])

    asyncio.run(run())
    return said


def test_that_a_silent_gateway_is_dead_after_five_seconds_and_its_tags_are_named():
    alive, dead = "", "1: W-1"
    beat = iter(range(1, 99))
    steps = [
        (0, lambda beats: None),
        (5, lambda beats: None),
        (1, lambda beats: None),
        (0, lambda beats: beats.beat("west", next(beat), "q")),
        (5, lambda beats: None),
        (1, lambda beats: None),
        (0, lambda beats: beats.beat("west", 1, "another process")),
    ]
    assert _watch(steps) == [alive, alive, dead, alive, alive, dead, alive]


def test_that_nobody_is_called_dead_while_the_store_is_away():
    def away(beats):
        beats.error = StoreUnreachableError("away")

    assert _watch([(0, away), (100, away)]) == ["", ""]


def test_that_nobody_is_called_dead_while_the_store_does_not_answer():
    clock = ManualClock(START)
    peers = Peers(Shares(SPLIT), _Beats(), clock, None, "p")
    peers._note({})
    clock.advance_to(START + 100 * SECOND)
    assert peers.dead() == []
    peers._note({})
    assert peers.dead() == ["west"]


def test_that_what_two_gateways_see_is_recorded_once():
    functions = SafetyFunctions()
    [failed] = functions.changes({"peer:west": "dead"}, START, {})
    assert failed.payload.KIND == "safety_function.failed"
    assert functions.changes({"peer:west": "dead"}, START, {"peer:west": "dead"}) == []
    [back] = functions.changes({"peer:west": ""}, START, {"peer:west": "dead"})
    assert back.payload.KIND == "safety_function.restored"
    assert functions.changes({"peer:west": ""}, START, {}) == []
