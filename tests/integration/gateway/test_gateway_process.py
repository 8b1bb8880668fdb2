"""The real gateway process: kill -9, restart, a second one refused, the launcher, stop."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.clock import SystemClock
from app.desk import GatewayState
from app.gateway.client import GatewayClient, Woken
from app.gateway.history import History
from app.gateway.launcher import _started, ensure_gateway, is_running
from app.journal import Journal
from app.queries.situations import SituationReader
from app.site import Site
from models.ids import RandomIds
from models.operation.events import alarm as alarms
from models.operation.events.base import Draft
from models.store import open_store
from models.store.reference import Origin, ReferenceStore
from models.telemetry.rejudging import rejudged
from models.telemetry.samples import concat, make_batch
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import GRID, tag

ROOT = Path(__file__).parents[3]
WITHIN_S = 30
# paho's one-shot publisher, which the broker fixture uses, complains when it hangs up
publishes = pytest.mark.expect_log("Client is not connected")
TAGS = (
    tag("OFF", ("H", 50.0, {"off_delay_s": 4.0})),
    tag("ON", ("H", 50.0, {"on_delay_s": 4.0})),
    *(tag(f"T{i:02}", ("H", 50.0)) for i in range(20)),
)


class _Bench:
    def __init__(self, folder, broker):
        self.site = Site(folder / "site")
        self.site.create(
            {
                "mode": "live",
                "mqtt.enabled": True,
                "mqtt.port": broker.port,
                "mqtt.client_id": f"gateway-{folder.name}",
            }
        )
        self.broker = broker
        self.store = open_store(self.site.store_url())
        ReferenceStore(self.store).commit(
            {"tags": TAGS}, Origin(kind="tags", at_us=1, actor="test")
        )
        self.journal = Journal(self.store, SystemClock(), RandomIds())
        self.processes = []

    def start(self):
        process = subprocess.Popen(self.command(), cwd=ROOT, stderr=subprocess.PIPE)
        self.processes.append(process)
        return process

    def command(self):
        return [sys.executable, "-m", "app", "gateway", "--site", str(self.site.path)]

    def close(self):
        for process in self.processes:
            process.kill()
            process.wait()
            process.stderr.close()
        self.store.close()

    @property
    def operation(self):
        return self.journal.operations()[0].id

    @property
    def situation(self):
        return SituationReader(self.journal).latest(self.operation)

    def kinds(self):
        return [event.kind for event in self.journal.read(self.operation, 0, 10_000)]

    async def attached(self):
        async with asyncio.timeout(WITHIN_S):
            while True:
                try:
                    return await GatewayClient.connect(self.site.gateway_file)
                except Exception:
                    await asyncio.sleep(0.05)

    async def connected(self, client):
        """Wait until the gateway reads from the broker."""
        async with asyncio.timeout(WITHIN_S):
            async for message in client.messages():
                if isinstance(message, GatewayState) and any(s.connected for s in message.sources):
                    return


@pytest.fixture
def bench(tmp_path, mosquitto):
    made = _Bench(tmp_path, mosquitto)
    yield made
    made.close()


async def _until(client, fact):
    async with asyncio.timeout(WITHIN_S):
        async for message in client.messages():
            if isinstance(message, Woken | GatewayState) and fact():
                return


@publishes
def test_that_alarms_survive_kill_9_and_nothing_rises_twice(bench):
    async def scenario():
        process = bench.start()
        client = await bench.attached()
        await bench.connected(client)
        await asyncio.to_thread(bench.broker.publish, "muster/T00", b"60")
        await asyncio.to_thread(bench.broker.publish, "muster/T01", b"60")
        await _until(client, lambda: len(bench.situation.alarms) == 2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        await client.close()
        acknowledged = Draft(payload=alarms.AlarmAcknowledged(), subject="T01/H", actor="desk")
        bench.journal.append(bench.operation, [acknowledged])
        # while nobody listens: one alarm clears, another rises
        await asyncio.to_thread(bench.broker.publish, "muster/T01", b"10")
        await asyncio.to_thread(bench.broker.publish, "muster/T02", b"60")
        bench.start()
        client = await bench.attached()
        await _until(client, lambda: set(bench.situation.alarms) == {"T00/H", "T02/H"})
        assert bench.kinds().count("alarm.raised") == 3
        assert len(bench.journal.operations()) == 1
        follow = asyncio.create_task(_until(client, lambda: False))
        now = SystemClock().now_us()
        (trend,) = await client.history(["T01"], now - 60_000_000, now + 1, 100)
        assert [value for value in trend.values if value == value] == [60.0, 10.0]
        follow.cancel()
        await asyncio.wait([follow])
        await client.close()

    asyncio.run(scenario())


@publishes
def test_that_delays_that_span_kill_9_end_when_they_would_have(bench):
    def events():
        return bench.journal.read(bench.operation, 0, 10_000)

    def told(kind, subject):
        return [e for e in events() if (e.kind, e.subject) == (kind, subject)]

    async def scenario():
        process = bench.start()
        client = await bench.attached()
        await bench.connected(client)
        await asyncio.to_thread(bench.broker.publish, "muster/OFF", b"60")
        await _until(client, lambda: told("alarm.raised", "OFF/H"))
        await _until(client, (bench.site.history / "judged.bin").exists)
        await asyncio.to_thread(bench.broker.publish, "muster/OFF", b"10")
        await asyncio.to_thread(bench.broker.publish, "muster/ON", b"60")
        follow = asyncio.create_task(_until(client, lambda: False))
        now = SystemClock().now_us()
        while not (await client.history(["ON"], now - 60_000_000, now + 60_000_000, 9))[0].times_us:
            await asyncio.sleep(0.05)
        follow.cancel()
        await asyncio.wait([follow])
        process.send_signal(signal.SIGKILL)
        process.wait()
        await client.close()
        assert not told("alarm.raised", "ON/H")
        assert not told("alarm.returned", "OFF/H")
        last = bench.start()
        client = await bench.attached()
        await _until(
            client, lambda: told("alarm.raised", "ON/H") and told("alarm.returned", "OFF/H")
        )
        await client.close()
        last.send_signal(signal.SIGTERM)
        last.wait(WITHIN_S)

    asyncio.run(scenario())
    table, history = TagTable(TAGS), History(bench.site.history, TagTable(TAGS))
    columns = {key: history.columns(key, 0, 2**62) for key in table.keys}

    def due(key):
        return -(-int(columns[key].arrival_us[-1]) // GRID) * GRID + 4_000_000

    (raised,), (returned,) = told("alarm.raised", "ON/H"), told("alarm.returned", "OFF/H")
    assert (raised.event_time_us, returned.event_time_us) == (due("ON"), due("OFF"))
    assert bench.kinds().count("alarms.judging_resumed") == 1
    samples = concat(
        [make_batch(np.full(c.value.size, table.index[key]), *c) for key, c in columns.items()]
    )
    first_us = min(int(c.arrival_us[0]) for c in columns.values() if c.arrival_us.size)
    end_us = max(raised.recorded_time_us, returned.recorded_time_us)
    again = rejudged(table, samples, events(), start_us=first_us - 1_000_000, end_us=end_us)
    alarmed = ("alarm.raised", "alarm.returned")
    assert [
        (d.payload.KIND, d.subject, d.event_time_us) for d in again if d.payload.KIND in alarmed
    ] == [(e.kind, e.subject, e.event_time_us) for e in events() if e.kind in alarmed]


def test_that_a_second_gateway_is_refused(bench):
    async def scenario():
        bench.start()
        client = await bench.attached()
        await client.close()
        second = bench.start()
        _, said = await asyncio.to_thread(second.communicate)
        assert second.returncode == 2
        assert b"a gateway runs already" in said

    asyncio.run(scenario())


@publishes
def test_that_sigterm_ends_in_order(bench):
    async def scenario():
        process = bench.start()
        client = await bench.attached()
        await bench.connected(client)
        await asyncio.to_thread(bench.broker.publish, "muster/T00", b"1")
        async with asyncio.timeout(WITHIN_S):
            async for message in client.messages():
                if isinstance(message, tuple):
                    break
        await client.close()
        process.terminate()
        assert await asyncio.to_thread(process.wait) == 0
        assert list(bench.site.history.glob("open-*")) == []
        assert not bench.site.gateway_file.exists()
        stored = History(bench.site.history, TagTable(TAGS)).columns("T00", 0, 1 << 60)
        assert stored.value.tolist() == [1.0]

    asyncio.run(scenario())


def test_that_the_launcher_starts_one_finds_it_again_and_stops_it(bench, monkeypatch):
    monkeypatch.chdir(ROOT)

    async def scenario():
        first = await ensure_gateway(bench.site)
        again = await ensure_gateway(bench.site)
        assert first.welcome.process_id == again.welcome.process_id
        await first.close()
        assert is_running(bench.site)
        process = _started[str(bench.site.path)]
        os.kill(process.pid, signal.SIGKILL)
        async for _ in again.messages():
            pass
        await again.close()
        restarted = await ensure_gateway(bench.site)
        assert restarted.welcome.process_id != process.pid
        follow = asyncio.create_task(_until(restarted, lambda: False))
        await restarted.stop_gateway()
        await asyncio.wait([follow])
        await restarted.close()
        ended = _started.pop(str(bench.site.path))
        assert await asyncio.to_thread(ended.wait, WITHIN_S) == 0
        assert not is_running(bench.site)

    asyncio.run(scenario())


def test_that_a_gateway_that_cannot_start_is_said_with_its_last_words(bench):
    async def scenario():
        bench.site.site_file.write_text("mode = 'nonsense'\n")
        with pytest.raises(Exception, match="nonsense"):
            await ensure_gateway(bench.site)
        _started.pop(str(bench.site.path), None)

    asyncio.run(scenario())
