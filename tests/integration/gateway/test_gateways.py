"""Two real gateways of one site: each watches its tags, and a dead one is said within 10 s."""

import asyncio
import signal
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path

import paho.mqtt.client as paho
import pytest

from app.clock import SystemClock
from app.desk import GatewayState
from app.gateway.client import GatewayClient, GatewayGoneError
from app.journal import Journal
from app.queries.situations import SituationReader
from app.site import Site
from models.ids import RandomIds
from models.store import open_store
from models.store.reference import Origin, ReferenceStore
from tests.unit.models.telemetry.build import tag

ROOT = Path(__file__).parents[3]
WITHIN_S = 60
SEEN_S = 10.0
TAGS = tuple(tag(f"{side}-{i}", ("H", 50.0), period_s=600.0) for side in "EW" for i in range(5))
WEST = {f"W-{i}" for i in range(5)}


class _Bench:
    def __init__(self, folder, broker, tags=TAGS, name="site", **more):
        self.site = Site(folder / name)
        settings = {"mode": "live", "mqtt.enabled": True, "mqtt.port": broker.port}
        split = {"gateways.east": ["E-*"], "gateways.west": ["W-*"]}
        self.site.create(settings | split | more)
        self.broker, self.processes, self.values = broker, {}, {}
        self.store = open_store(self.site.store_url())
        origin = Origin(kind="tags", at_us=1, actor="test")
        ReferenceStore(self.store).commit({"tags": tags}, origin)
        self.journal = Journal(self.store, SystemClock(), RandomIds())
        self.failing = {}

    def start(self, name):
        command = [sys.executable, "-m", "app", "gateway", "--site", str(self.site.path)]
        self.processes[name] = subprocess.Popen([*command, "--name", name], cwd=ROOT)

    def close(self):
        for process in self.processes.values():
            process.kill()
            process.wait()
        self.store.close()

    @property
    def situation(self):
        return SituationReader(self.journal).latest(self.journal.operations()[0].id)

    def events(self, kind):
        events = self.journal.read(self.journal.operations()[0].id, 0, 10_000)
        return [event for event in events if event.kind == kind]

    async def follow(self, name, until):
        """Follow a gateway's messages until a fact holds; return how long that took [s]."""
        began_s = time.monotonic()
        async with asyncio.timeout(WITHIN_S):
            while True:
                try:
                    client = await GatewayClient.connect(self.site.gateway_file_of(name))
                except GatewayGoneError:
                    await asyncio.sleep(0.1)
                    continue
                try:
                    async for told in client.messages():
                        if isinstance(told, GatewayState):
                            self.failing = dict(told.failing)
                            self.sources = told.sources
                        elif isinstance(told, tuple):
                            self.values |= {value.tag_key: value.value for value in told}
                        if until():
                            return time.monotonic() - began_s
                finally:
                    await client.close()

    async def both(self):
        """Start both and wait until they read and hear each other."""
        for name in ("east", "west"):
            self.start(name)
        for name in ("", "west"):
            self.sources = ()
            await self.follow(name, self._is_well)

    @asynccontextmanager
    async def publishing(self, values):
        """Go on publishing values by tag key, as devices do."""

        async def go_on():
            while True:
                for key, value in values.items():
                    await asyncio.to_thread(self.broker.publish, f"muster/{key}", value)
                await asyncio.sleep(0.5)

        going = asyncio.ensure_future(go_on())
        try:
            yield
        finally:
            going.cancel()

    def _is_well(self):
        return bool(self.sources) and all(s.connected for s in self.sources) and not self.failing


@pytest.fixture
def bench(request, tmp_path, mosquitto):
    made = _Bench(tmp_path, mosquitto, **getattr(request, "param", {}))
    yield made
    made.close()


@pytest.mark.expect_log("Client is not connected")
def test_that_each_judges_its_tags_and_a_dead_ones_are_named_within_ten_seconds(bench):
    async def scenario():
        await bench.both()
        for key in ("E-1", "W-1"):
            await asyncio.to_thread(bench.broker.publish, f"muster/{key}", b"60")
        await bench.follow("", lambda: len(bench.situation.alarms) == 2)
        assert len(bench.events("alarm.raised")) == 2
        await bench.follow("", lambda: bench.values.keys() >= {"E-1", "W-1"})

        bench.processes["west"].send_signal(signal.SIGKILL)
        bench.processes["west"].wait()
        took_s = await bench.follow("", lambda: "peer:west" in bench.situation.failures)
        assert took_s <= SEEN_S
        assert bench.situation.failures["peer:west"] == "5: W-0, W-1, W-2, W-3, W-4"
        assert set(bench.situation.stale_tags) == WEST
        assert "W-1/H" in bench.situation.alarms  # it stands, and nobody took it away

        bench.start("west")
        await bench.follow("west", lambda: not bench.situation.failures)
        await asyncio.to_thread(bench.broker.publish, "muster/W-1", b"10")
        await bench.follow("", lambda: "W-1" not in bench.situation.stale_tags)
        await bench.follow("", lambda: bench.situation.alarms["W-1/H"].returned_us is not None)
        assert len(bench.events("safety_function.failed")) == 1
        assert len(bench.events("alarm.raised")) == 2

    asyncio.run(scenario())


@pytest.mark.expect_log("Client is not connected")
@pytest.mark.parametrize("bench", [{"mqtt.share_group": "park"}], indirect=True)
def test_that_the_one_that_lives_takes_shared_messages_and_gives_the_tags_back(bench):
    async def scenario():
        await bench.both()
        bench.processes["east"].send_signal(signal.SIGKILL)
        bench.processes["east"].wait()
        took_s = await bench.follow("west", lambda: "peer:east" in bench.failing)
        assert took_s <= SEEN_S
        assert bench.failing["peer:east"] == "0: "
        # until its session ends the broker goes on dealing to the one that is gone
        async with bench.publishing({"E-2": b"60", "W-2": b"60"}):
            await bench.follow("west", lambda: len(bench.situation.alarms) == 2)

        bench.start("east")
        await bench.follow("", lambda: not bench.situation.failures)
        async with bench.publishing({"E-2": b"10"}):
            await bench.follow("", lambda: bench.situation.alarms["E-2/H"].returned_us is not None)
        assert len(bench.events("alarm.raised")) == 2
        assert len(bench.events("alarm.returned")) == 1
        assert not bench.situation.stale_tags

    asyncio.run(scenario())


DELAYED = (
    tag("W-D", ("H", 50.0, {"on_delay_s": 4.0})),
    tag("W-C", ("COUNT", 4.0, {"setpoint": 50.0, "window_s": 30.0})),
    tag("E-X"),
)


@pytest.mark.expect_log("Client is not connected")
@pytest.mark.parametrize(
    "bench", [{"mqtt.share_group": "delays", "tags": DELAYED, "name": "delays"}], indirect=True
)
def test_that_delays_and_counts_of_dealt_tags_are_those_of_one_gateway(bench):
    """Three topics in turn to two clients in turn: each gateway is sent every other value."""

    async def scenario():
        await bench.both()
        client = paho.Client(paho.CallbackAPIVersion.VERSION2)
        await asyncio.to_thread(client.connect, bench.broker.host, bench.broker.port)
        client.loop_start()
        over_us = 0
        for i in range(20):
            value = 60 if i % 2 or i >= 12 else 40
            over_us = over_us or (SystemClock().now_us() if i == 11 else 0)
            for key in ("W-D", "W-C", "E-X"):
                told = client.publish(f"muster/{key}", str(value), qos=1)
                await asyncio.to_thread(told.wait_for_publish, WITHIN_S)
            await asyncio.sleep(0.5)
        client.disconnect()
        client.loop_stop()
        await bench.follow("", lambda: "W-D/H" in bench.situation.alarms)
        raised = {event.subject: event for event in bench.events("alarm.raised")}
        assert sorted(event.subject for event in bench.events("alarm.raised")) == [
            "W-C/COUNT",
            "W-D/H",
        ]
        assert raised["W-C/COUNT"].payload.value == 4.0
        assert raised["W-C/COUNT"].event_time_us < raised["W-D/H"].event_time_us
        assert raised["W-D/H"].event_time_us >= over_us + 3_900_000

    asyncio.run(scenario())


QUICK = tuple(tag(f"Q-{i}", period_s=1.0) for i in range(4))


@pytest.mark.expect_log("Client is not connected")
@pytest.mark.parametrize(
    "bench", [{"mqtt.share_group": "dealt", "tags": QUICK, "name": "dealt"}], indirect=True
)
def test_that_a_tag_that_another_hears_is_not_stale(bench):
    """Two topics in turn to two clients in turn: each gateway is sent one of them only.

    A site of another name, since the broker keeps what the clients of the others subscribed to.
    """

    def stale():
        return [key for event in bench.events("tag.went_stale") for key in event.payload.tag_keys]

    async def scenario():
        await bench.both()
        heard = {"": set(), "west": set()}

        async def listen(name):
            client = await GatewayClient.connect(bench.site.gateway_file_of(name))
            try:
                async for told in client.messages():
                    if isinstance(told, tuple):
                        heard[name] |= {v.tag_key for v in told if v.quality == 0}
            finally:
                await client.close()

        west = asyncio.ensure_future(listen("west"))
        end_s = time.monotonic() + 12.0
        while time.monotonic() < end_s:
            for key in ("Q-0", "Q-1"):
                await asyncio.to_thread(bench.broker.publish, f"muster/{key}", b"1")
            await asyncio.sleep(0.5)
        west.cancel()
        assert not heard["west"], "no pattern fits: all are the first gateway's"
        assert sorted(set(stale()) - {"Q-2", "Q-3"}) == []
        assert sorted(stale()) == ["Q-2", "Q-3"]

        await bench.follow("", lambda: len(bench.situation.stale_tags) == 4)
        assert sorted(stale()) == ["Q-0", "Q-1", "Q-2", "Q-3"]
        async with bench.publishing({"Q-3": b"2"}):
            await bench.follow("", lambda: "Q-3" not in bench.situation.stale_tags)
        assert set(bench.situation.stale_tags) == {"Q-0", "Q-1", "Q-2"}

    asyncio.run(scenario())
