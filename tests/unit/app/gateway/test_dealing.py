"""Two gateways that the broker deals messages out to: who judges what, and what a dead one had."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from app.clock import ManualClock
from app.gateway.dealing import BEHIND_US, Dealing
from app.gateway.shares import Shares
from app.gateway.sources import dealt_sources
from app.source_settings import BrokerSettings, Hj212Settings, SparkplugSettings
from models.store import StoreUnreachableError, open_store
from models.store.posts import Post, Posts
from models.telemetry.alarms import AlarmLogic
from models.telemetry.samples import concat, make_batch, take
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import GRID, SECOND, START, Record, kinds, tag

TAGS = TagTable([tag("E-1"), tag("W-1"), tag("W-2")])
FEWER = TagTable([tag("A"), tag("W-2")])
SPLIT = {"east": ("E-*",), "west": ("W-*",)}


class _Posts(Posts):
    error = None

    def put(self, posts):
        if self.error:
            raise self.error
        super().put(posts)

    waiting_error = None

    def waiting(self, receivers, most):
        if self.waiting_error:
            raise self.waiting_error
        return super().waiting(receivers, most)


class _Pair:
    def __init__(self, folder):
        self.clock = ManualClock(START)
        self.store = open_store(f"sqlite:///{folder / 'operations.db'}")
        self.posts = _Posts(self.store)
        self.executor = ThreadPoolExecutor(2)
        self.shares = {name: Shares(SPLIT, name, by_messages=True) for name in SPLIT}
        self.dealing = {
            name: Dealing(shares, self.posts, self.clock, self.executor, {"mqtt"})
            for name, shares in self.shares.items()
        }

    async def taken(self, name, tags=TAGS, fails=None):
        """Return what a gateway takes in one go."""
        batches = []

        async def take_in(batch):
            if fails:
                raise fails
            batches.append(batch)

        await self.dealing[name]._collect(lambda: tags, take_in)
        batch = concat(batches)
        return [
            (tags.keys[i], value) for i, value in zip(batch.tag, batch.value, strict=True)
        ], batch

    def close(self):
        self.executor.shutdown()
        self.store.close()


@pytest.fixture
def pair(tmp_path):
    made = _Pair(tmp_path)
    yield made
    made.close()


def batch(*pairs, at_us=START):
    tags, values = zip(*pairs, strict=True)
    return make_batch(tags, at_us, at_us, values)


def test_that_the_one_that_watches_a_tag_gets_its_samples_once(pair):
    async def scenario():
        sent = make_batch(
            [2, 0, 1], [START - 5, START - 4, START - 3], START - 2, [3, 1, 2], [1, 0, 2]
        )
        await pair.dealing["east"].hand_over(sent, TAGS)
        assert (await pair.taken("east"))[0] == [("E-1", 1.0)]
        rows, got = await pair.taken("west")
        assert rows == [("W-2", 3.0), ("W-1", 2.0)]
        assert got.source_us.tolist() == [START - 5, START - 3]
        assert set(got.arrival_us.tolist()) == {START - 2}
        assert got.quality.tolist() == [1, 2]
        assert (await pair.taken("west"))[0] == []
        await pair.dealing["east"].hand_over(concat([]), TAGS)
        assert pair.posts.waiting(["east", "west"], 9) == []

    asyncio.run(scenario())


def test_that_tags_keep_their_key_over_another_table_and_no_one_arrives_in_the_future(pair):
    async def scenario():
        ahead = make_batch([1, 2], START, START + SECOND, [1.0, 2.0])
        await pair.dealing["east"].hand_over(ahead, TAGS)
        rows, got = await pair.taken("west", FEWER)
        assert rows == [("W-2", 2.0)]
        assert got.arrival_us.tolist() == [START]

    asyncio.run(scenario())


def test_that_the_first_that_lives_takes_what_was_meant_for_the_dead(pair):
    async def scenario():
        await pair.dealing["west"].hand_over(batch((0, 1.0)), TAGS)
        assert (await pair.taken("west"))[0] == []
        west = pair.shares["west"]
        assert west.mine(TAGS).tolist() == [False, True, True]
        west.lost = frozenset({"east"})
        assert west.mine(TAGS).all()
        assert (await pair.taken("west"))[0] == [("E-1", 1.0)]
        west.lost = frozenset()
        assert west.mine(TAGS).tolist() == [False, True, True]
        await pair.dealing["west"].hand_over(batch((0, 2.0)), TAGS)
        assert (await pair.taken("east"))[0] == [("E-1", 2.0)]

    asyncio.run(scenario())


def test_that_of_three_only_the_first_that_lives_takes_a_dead_ones_tags():
    three = SPLIT | {"north": ("N-*",)}
    west, north = (Shares(three, name, by_messages=True) for name in ("west", "north"))
    west.lost = north.lost = frozenset({"east"})
    assert (west.boxes, north.boxes) == (("west", "east"), ("north",))
    assert (west.owner(TAGS[0]), north.owner(TAGS[0])) == ("west", "west")
    assert not north.mine(TAGS).any()


def test_that_what_is_not_taken_stays_and_what_can_not_be_stored_is_said(pair):
    async def scenario():
        await pair.dealing["east"].hand_over(batch((1, 5.0)), TAGS)
        away = StoreUnreachableError("away")
        with pytest.raises(StoreUnreachableError):
            await pair.taken("west", fails=away)
        assert (await pair.taken("west"))[0] == [("W-1", 5.0)]
        pair.posts.error = away
        with pytest.raises(StoreUnreachableError):
            await pair.dealing["east"].hand_over(batch((1, 6.0)), TAGS)

    asyncio.run(scenario())


@pytest.mark.expect_log("what was handed over can't be read")
@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x92\x91\xa1A\x95\xa0\xa0\xa0\xa0\xa0"])
def test_that_a_damaged_post_is_said_and_does_not_stop_the_others(pair, body):
    async def scenario():
        pair.posts.put([Post("0", "west", body)])
        await pair.dealing["east"].hand_over(batch((1, 7.0)), TAGS)
        assert (await pair.taken("west"))[0] == [("W-1", 7.0)]
        assert pair.posts.waiting(["west"], 9) == []

    asyncio.run(scenario())


def test_that_collecting_goes_on_while_the_store_is_away(pair, monkeypatch):
    monkeypatch.setattr("app.gateway.dealing._COLLECT_S", 0.001)

    async def scenario():
        pair.posts.waiting_error = StoreUnreachableError("away")
        got = asyncio.Event()

        async def take_in(batch):
            del batch
            got.set()

        task = asyncio.create_task(pair.dealing["west"].run(lambda: TAGS, take_in))
        await pair.dealing["east"].hand_over(batch((1, 1.0)), TAGS)
        assert not got.is_set()
        pair.posts.waiting_error = None
        async with asyncio.timeout(20):
            await got.wait()
        task.cancel()

    asyncio.run(scenario())


def test_which_sources_give_a_message_to_one_gateway_only():
    def sparkplug(group):
        return SparkplugSettings(
            groups=("g",), broker=BrokerSettings(client_id="c", share_group=group)
        )

    settings = {"s": Hj212Settings(), "a": sparkplug("g"), "b": sparkplug("")}
    assert dealt_sources(settings) == {"mqtt", "s", "a"}


LIMITS = (("H", 50.0, {"on_delay_s": 3.0}), ("COUNT", 3.0, {"setpoint": 50.0, "window_s": 9.0}))


def test_that_two_gateways_judge_dealt_samples_as_one_does(pair):
    """Each second's value goes to the other gateway; what is handed over comes 0.4 s later."""
    tags = TagTable([tag("E-1", *LIMITS), tag("W-1", *LIMITS)])
    values = [60.0 if i % 2 else 40.0 for i in range(8)] + [60.0] * 6 + [40.0] * 4
    sent = [
        make_batch([0, 1], at_us, at_us + 1000, [value, value])
        for i, value in enumerate(values)
        for at_us in [START + i * SECOND]
    ]
    end_us = START + 20 * SECOND
    alone = AlarmLogic(tags, GRID, start_us=START).judge(concat(sent), end_us)
    assert kinds(alone).count(("alarm.raised", "E-1/H")) == 1
    assert kinds(alone).count(("alarm.raised", "W-1/COUNT")) == 1

    def with_others(name, ask):
        """Judge as the engine does, behind the clock; `ask` says which turns come by hand."""
        mine = pair.shares[name].mine(tags)
        logic = AlarmLogic(tags, GRID, mine=mine, start_us=START, hears_all=False)
        drafts, coming = [], []
        for slot in range(1, 4 * 20 + 9):
            now_us = START + slot * GRID
            for i, samples in enumerate(sent):
                seen_us = int(samples.arrival_us[0]) + (400_000 if ask(i) else 0)
                if now_us - GRID < seen_us <= now_us:
                    coming.append(take(samples, mine[samples.tag]))
            drafts += logic.judge(concat(coming), now_us - BEHIND_US)
            coming = []
        return drafts

    east = with_others("east", lambda i: i % 2)
    west = with_others("west", lambda i: not i % 2)
    told = sorted((d.event_time_us, d.subject, d.payload.KIND) for d in [*east, *west])
    assert told == sorted((d.event_time_us, d.subject, d.payload.KIND) for d in alone)


def test_that_delays_of_a_tag_given_away_do_not_run_on():
    limits = ("H", 50.0, {"on_delay_s": 3.0})
    tags = TagTable([tag("E-1", limits), tag("W-1", limits)])
    old = AlarmLogic(tags, GRID, start_us=START, hears_all=False)
    old.judge(make_batch([0, 1], START + 1, START + 1, [60.0, 60.0]), START + SECOND)
    fresh = AlarmLogic(tags, GRID, mine=np.array([False, True]), hears_all=False)
    fresh.restore(Record().situation, START + SECOND)
    fresh.take_over(old)
    assert kinds(fresh.judge(concat([]), START + 9 * SECOND)) == [("alarm.raised", "W-1/H")]
    back = AlarmLogic(tags, GRID, hears_all=False)
    back.restore(Record().situation, START + 9 * SECOND)
    back.take_over(fresh)
    assert kinds(back.judge(concat([]), START + 19 * SECOND)) == []
