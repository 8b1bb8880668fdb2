"""The Sparkplug source and a node that speaks as the standard says, over a real mosquitto."""

import asyncio
import time
from contextlib import suppress

import aiomqtt
import pytest

from app.clock import SystemClock
from app.gateway.sparkplug.source import SparkplugSource
from app.source_settings import BrokerSettings, SparkplugSettings
from models.telemetry.ports import Quality
from models.telemetry.tags import TagTable
from tests.integration.gateway.pulling import Pulled, wait_for
from tests.unit.app.gateway.sparkplug_build import metric, payload
from tests.unit.models.telemetry.build import tag

pytestmark = pytest.mark.expect_log(
    "Client is not connected", "broker:", "failed to receive", "gracefully"
)
TAGS = TagTable(
    [tag("a-level", topic="sparkplug/G/N/level"), tag("b-gas", topic="sparkplug/G/N/D/CH4")]
)


class Node:
    """An edge node: its will is the death, it answers rebirth requests when told to."""

    def __init__(self, broker, *, bd_seq=0):
        self._broker = broker
        self.bd_seq = bd_seq
        self.seq = 0
        self.requests = []

    async def __aenter__(self):
        death = payload(None, metric("bdSeq", long_value=self.bd_seq))
        self._client = aiomqtt.Client(
            self._broker.host, self._broker.port,
            will=aiomqtt.Will("spBv1.0/G/NDEATH/N", death, qos=1),
        )  # fmt: skip
        await self._client.__aenter__()
        await self._client.subscribe("spBv1.0/G/NCMD/N", qos=0)
        self._task = asyncio.create_task(self._listen())
        return self

    async def _listen(self):
        async for message in self._client.messages:
            self.requests.append(message.payload)

    async def drop(self):
        """Lose the connection without a word."""
        self._client._client._sock_close()

    async def __aexit__(self, *_):
        self._task.cancel()
        await asyncio.wait([self._task])
        self._task.cancelled() or self._task.exception()
        with suppress(aiomqtt.MqttError):
            await self._client.__aexit__(None, None, None)

    async def send(self, kind, *metrics, device=""):
        if kind == "NBIRTH":
            self.seq = 0
            metrics = (metric("bdSeq", long_value=self.bd_seq), *metrics)
        topic = f"spBv1.0/G/{kind}/N" + (f"/{device}" if device else "")
        at_ms = SystemClock().now_us() // 1000 - 7000
        await self._client.publish(topic, payload(self.seq, *metrics, at_ms=at_ms))
        self.seq = (self.seq + 1) % 256

    async def be_born(self):
        await self.send("NBIRTH", metric("level", 1, double_value=1.0))
        await self.send("DBIRTH", metric("CH4", 2, float_value=2.0), device="D")


def source(broker, name, **more):
    settings = SparkplugSettings(
        broker=BrokerSettings(host=broker.host, port=broker.port, keep_alive_s=5), **more
    )
    return SparkplugSource(name, settings, TAGS, SystemClock())


def test_that_births_data_and_deaths_arrive(mosquitto):
    async def scenario():
        async with Pulled(source(mosquitto, "sp-life")) as pulled:
            await wait_for(lambda: pulled.source.state().connected)
            async with Node(mosquitto) as node:
                await node.be_born()
                await node.send("NDATA", metric(alias=1, double_value=1.5))
                await node.send("DDATA", metric(alias=2, float_value=2.5), device="D")
                await wait_for(lambda: len(pulled.rows) == 4)
                assert pulled.rows == [(0, 1.0, 0), (1, 2.0, 0), (0, 1.5, 0), (1, 2.5, 0)]
                await node.drop()
                stale = [(0, 1.5, Quality.STALE), (1, 2.5, Quality.STALE)]
                await wait_for(lambda: pulled.rows[4:] == stale)
            state = pulled.source.state()
        assert state.malformed == 0
        assert "0 nodes live" in state.detail
        assert state.clocks[0].device == "G/N"
        assert 6.5 < state.clocks[0].behind_s < 9

    asyncio.run(scenario())


@pytest.mark.parametrize("rebirth", [True, False])
def test_that_a_missing_birth_is_asked_for_only_when_allowed(mosquitto, rebirth):
    async def scenario():
        # the node lived before us: its birth was never heard
        async with Node(mosquitto) as node:
            await node.be_born()
            await asyncio.sleep(0.3)  # QoS 0: it is on its way
            async with Pulled(source(mosquitto, f"sp-re-{rebirth}", rebirth=rebirth)) as pulled:
                await wait_for(lambda: pulled.source.state().connected)
                await node.send("NDATA", metric(alias=1, double_value=1.5))
                await wait_for(lambda: pulled.source.state().malformed == 1)
                assert "1 without a known birth" in pulled.source.state().detail
                if not rebirth:
                    await asyncio.sleep(0.5)
                    assert node.requests == []
                    return
                await wait_for(lambda: node.requests)
                assert b"Node Control/Rebirth" in node.requests[0]
                await node.be_born()
                await node.send("NDATA", metric(alias=1, double_value=1.75))
                await wait_for(lambda: (0, 1.75, 0) in pulled.rows)

    asyncio.run(scenario())


def test_that_it_recovers_from_the_broker_s_restart(mosquitto):
    async def scenario():
        async with Pulled(source(mosquitto, "sp-restart")) as pulled:
            await wait_for(lambda: pulled.source.state().connected)
            async with Node(mosquitto) as node:
                await node.be_born()
                await wait_for(lambda: len(pulled.rows) == 2)
                mosquitto.stop()
                await wait_for(lambda: not pulled.source.state().connected)
            mosquitto.start()  # not in a thread: the broker dies with the one that started it
            began_s = time.monotonic()
            await wait_for(lambda: pulled.source.state().connected, 10)
            async with Node(mosquitto, bd_seq=1) as node:
                await node.be_born()
                await node.send("NDATA", metric(alias=1, double_value=3.25))
                await wait_for(lambda: (0, 3.25, 0) in pulled.rows, 10)
            assert time.monotonic() - began_s < 10

    asyncio.run(scenario())
