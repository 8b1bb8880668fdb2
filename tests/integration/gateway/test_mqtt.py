"""The MQTT source against a real mosquitto."""

import asyncio
import time

import msgspec
import pytest

from app.clock import SystemClock
from app.gateway.mqtt import MqttSource, topic_templates
from app.gateway.payloads import PayloadDecoder
from app.settings import MqttSettings
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import tag

# paho's one-shot publisher, which the broker fixture uses, complains when it hangs up
pytestmark = pytest.mark.expect_log("Client is not connected")
TAGS = TagTable([tag("A"), tag("B")])
WITHIN_S = 20


def _source(broker, client_id, **more):
    settings = MqttSettings(enabled=True, host=broker.host, port=broker.port, keep_alive_s=5)
    decoder = PayloadDecoder(TAGS, topic_templates(settings.topics))
    return MqttSource(settings, decoder, SystemClock(), client_id=client_id, **more)


class _Reader:
    """Asks a source for batches, as the engine does; stops where told."""

    def __init__(self, source):
        self.source = source
        self.values = []
        self._batches = source.batches()

    async def until(self, done):
        async with asyncio.timeout(WITHIN_S):
            while not done():
                batch = await anext(self._batches)
                self.values += batch.value.tolist()

    async def close(self):
        await self._batches.aclose()


async def _connected(reader):
    """Pull in the background until the subscription stands; return the pulling task."""
    task = asyncio.create_task(reader.until(lambda: False))
    await _wait(lambda: reader.source.state().connected)
    return task


async def _stop(task, reader):
    task.cancel()
    await asyncio.wait([task])
    await reader.close()


async def _wait(fact):
    async with asyncio.timeout(WITHIN_S):
        while not fact():
            await asyncio.sleep(0.02)


def test_that_values_columns_and_faults_arrive(mosquitto):
    async def scenario():
        reader = _Reader(_source(mosquitto, "t-values"))
        task = await _connected(reader)
        columns = msgspec.json.encode({"tags": ["A", "B"], "values": [2, 3]})
        for topic, payload in (
            ("muster/A", b"1"),
            ("muster/batch", columns),
            ("muster/A", b"{broken"),
            ("muster/nobody", b"5"),
            ("muster/B", b'{"v": 4}'),
        ):
            await asyncio.to_thread(mosquitto.publish, topic, payload)
        await _wait(lambda: len(reader.values) == 4 and reader.source.state().messages == 5)
        await _stop(task, reader)
        assert reader.values == [1.0, 2.0, 3.0, 4.0]
        state = reader.source.state()
        assert (state.samples, state.malformed) == (4, 2)
        assert "nobody" in state.last_malformed
        assert "{broken" in reader.source.faults[0]

    asyncio.run(scenario())


@pytest.mark.expect_log("broker:")
def test_that_nothing_is_lost_over_a_broker_s_restart(mosquitto):
    async def scenario():
        reader = _Reader(_source(mosquitto, "t-restart"))
        task = await _connected(reader)
        await asyncio.to_thread(mosquitto.publish, "muster/A", b"1")
        await _wait(lambda: reader.values == [1.0])
        mosquitto.stop()
        await _wait(lambda: not reader.source.state().connected)
        began_s = time.monotonic()
        mosquitto.start()
        await asyncio.to_thread(mosquitto.publish, "muster/A", b"2")
        await _wait(lambda: 2.0 in reader.values)
        assert time.monotonic() - began_s < 10
        await _stop(task, reader)

    asyncio.run(scenario())


def test_that_what_was_not_stored_is_sent_again_after_a_crash(mosquitto):
    async def scenario():
        dying = _Reader(_source(mosquitto, "t-crash"))
        task = await _connected(dying)
        for value in range(30):
            await asyncio.to_thread(mosquitto.publish, "muster/A", str(value))
        await _wait(lambda: len(dying.values) == 30)
        await _stop(task, dying)
        # taken but the next was never asked for: the last batch wasn't acknowledged
        await asyncio.to_thread(mosquitto.publish, "muster/A", b"99")
        after = _Reader(_source(mosquitto, "t-crash"))
        await after.until(lambda: 99.0 in after.values)
        await after.close()
        assert set(dying.values) | set(after.values) >= {*map(float, range(30)), 99.0}

    asyncio.run(scenario())


def test_that_a_batch_is_acknowledged_only_when_the_next_is_asked_for(mosquitto):
    async def scenario():
        first = _Reader(_source(mosquitto, "t-ack"))
        task = await _connected(first)
        await _stop(task, first)
        await asyncio.to_thread(mosquitto.publish, "muster/A", b"7")
        second = _Reader(_source(mosquitto, "t-ack"))
        await second.until(lambda: second.values == [7.0])
        await second.close()  # crashed before asking for the next
        third = _Reader(_source(mosquitto, "t-ack"))
        await third.until(lambda: third.values == [7.0])
        task = await _connected(third)  # asks for the next: now it is stored
        await asyncio.to_thread(mosquitto.publish, "muster/A", b"8")
        await _wait(lambda: third.values == [7.0, 8.0])
        await asyncio.sleep(0.1)
        await _stop(task, third)
        fourth = _Reader(_source(mosquitto, "t-ack"))
        await asyncio.to_thread(mosquitto.publish, "muster/A", b"9")
        await fourth.until(lambda: 9.0 in fourth.values)
        await fourth.close()
        assert fourth.values == [9.0]

    asyncio.run(scenario())


def test_that_more_than_the_queue_holds_is_counted_as_dropped(mosquitto):
    async def scenario():
        source = _source(mosquitto, "t-full", queue=10)
        reader = _Reader(source)
        task = await _connected(reader)
        await asyncio.to_thread(_publish_many, mosquitto, 3000)
        await _wait(lambda: source.state().messages + source.state().dropped == 3000)
        await _stop(task, reader)

    asyncio.run(scenario())


def _publish_many(broker, n):
    from paho.mqtt import publish

    messages = [("muster/A", str(i), 0, False) for i in range(n)]
    publish.multiple(messages, hostname=broker.host, port=broker.port)


@pytest.mark.expect_log("broker:")
def test_that_no_broker_is_a_state_and_no_error():
    async def scenario():
        class Nobody:
            host, port = "127.0.0.1", 1

        source = _source(Nobody, "t-none")
        reader = _Reader(source)
        task = asyncio.create_task(reader.until(lambda: False))
        await _wait(lambda: "refused" in source.state().detail.lower())
        assert not source.state().connected
        await _stop(task, reader)

    asyncio.run(scenario())
