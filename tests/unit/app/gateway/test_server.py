"""The gateway's socket: who is let in, what is sent, and that a slow desk harms nobody."""

import asyncio
import json
import stat
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from app.desk import GatewayState
from app.gateway.client import GatewayClient, GatewayGoneError, Woken
from app.gateway.latest import Latest
from app.gateway.protocol import Hello, Status, packed, read_message
from app.gateway.server import GatewayServer
from models.telemetry.reduction import Curve
from models.telemetry.samples import make_batch
from tests.unit.models.telemetry.build import SECOND, START

KEYS = tuple(f"T{i}" for i in range(50))


def _curve(tag_key, from_us, to_us, points):
    if tag_key == "broken":
        raise OSError("damaged")
    return Curve(np.array([from_us, to_us]), np.array([1.0, np.nan]), np.array([0, 3], np.uint8))


class _Bench:
    def __init__(self, folder):
        self.file = folder / "gateway.json"
        self.latest = Latest(KEYS)
        self.stopped = asyncio.Event()
        self.executor = ThreadPoolExecutor(1)
        self.server = GatewayServer(self.file, self.latest, _curve, self.executor, self.stopped.set)

    async def __aenter__(self):
        await self.server.start()
        self.frames = asyncio.create_task(self.server.send_frames())
        return self

    async def __aexit__(self, *_):
        self.frames.cancel()
        await asyncio.wait([self.frames])
        await self.server.close()
        self.executor.shutdown()

    async def next_of(self, client, kind):
        async with asyncio.timeout(10):
            async for message in client.messages():
                if isinstance(message, kind):
                    return message
        return None


def _run(tmp_path, scenario):
    async def run():
        async with _Bench(tmp_path) as bench:
            await scenario(bench)

    asyncio.run(run())


def test_that_a_desk_gets_values_state_and_wakes(tmp_path):
    async def scenario(bench):
        client = await GatewayClient.connect(bench.file)
        bench.latest.update(make_batch([3, 3, 1], [10, 20, 5], 30, [1.0, 2.0, 7.0], [0, 1, 0]))
        values = await bench.next_of(client, tuple)
        changed = {v.tag_key: (v.value, v.quality, v.source_us, v.arrival_us) for v in values}
        assert changed["T3"] == (2.0, 1, 20, 30)
        assert changed["T1"] == (7.0, 0, 5, 30)
        bench.server.wake(42)
        assert await bench.next_of(client, Woken) == Woken(42)
        bench.server.tell(Status(at_us=1, operation_id="o", head_seq=3, failing=("journal: full",)))
        state = await bench.next_of(client, GatewayState)
        assert (state.connected, state.detail) == (True, "journal: full")
        await client.close()

    _run(tmp_path, scenario)


def test_that_values_are_coalesced_to_the_latest_by_source_time(tmp_path):
    async def scenario(bench):
        client = await GatewayClient.connect(bench.file)
        for i in range(100):
            bench.latest.update(make_batch(0, i, i, float(i)))
        bench.latest.update(make_batch(0, 50, 200, -1.0))
        values = await bench.next_of(client, tuple)
        assert [v.value for v in values if v.tag_key == "T0"] == [99.0]
        await client.close()

    _run(tmp_path, scenario)


def test_that_another_tag_table_reaches_the_desk(tmp_path):
    async def scenario(bench):
        client = await GatewayClient.connect(bench.file)
        bench.latest.update(make_batch(0, 1, 1, 1.0))
        await bench.next_of(client, tuple)
        bench.latest.set_keys(("X", "Y"))
        bench.latest.update(make_batch(1, 2, 2, 5.0))
        bench.latest.mark_stale(("X", "gone"), {"X": 0, "Y": 1})
        values = await bench.next_of(client, tuple)
        assert {v.tag_key: v.quality for v in values} == {"X": 3, "Y": 0}
        await client.close()

    _run(tmp_path, scenario)


@pytest.mark.expect_log("history was not read")
def test_that_history_is_answered_and_refusals_say_why(tmp_path):
    async def scenario(bench):
        client = await GatewayClient.connect(bench.file)
        follow = asyncio.create_task(bench.next_of(client, Woken))
        (trend,) = await client.history(["T1"], START, START + SECOND, 10)
        assert trend.tag_key == "T1"
        assert list(trend.times_us) == [START, START + SECOND]
        with pytest.raises(GatewayGoneError, match="bad_span"):
            await client.history(["T1"], 5, 1, 10)
        with pytest.raises(GatewayGoneError, match="damaged"):
            await client.history(["broken"], 1, 5, 10)
        await client.stop_gateway()
        assert bench.stopped.is_set()
        bench.server.wake(1)
        await follow
        await client.close()

    _run(tmp_path, scenario)


@pytest.mark.expect_log("without the right token")
def test_that_nobody_enters_without_the_token(tmp_path):
    async def scenario(bench):
        info = json.loads(bench.file.read_text())
        bench.file.write_text(json.dumps(info | {"token": "0" * 64}))
        with pytest.raises(GatewayGoneError, match="refused"):
            await GatewayClient.connect(bench.file)

    _run(tmp_path, scenario)


@pytest.mark.parametrize(
    "noise",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x00\x00\x00\x02{}",
        b"\x00\x00\x10\x01" + b"x" * 4097,
        packed(Hello(token="x", protocol=99)),
        packed(Status(at_us=1, operation_id="o", head_seq=3)),
        b"",
    ],
)
def test_that_noise_is_hung_up_on(tmp_path, noise):
    async def scenario(bench):
        port = json.loads(bench.file.read_text())["port"]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(noise)
        if not noise:
            writer.write_eof()
        async with asyncio.timeout(10):
            assert await reader.read() == b""
        writer.close()

    _run(tmp_path, scenario)


def test_that_the_token_is_for_its_user_only(tmp_path):
    async def scenario(bench):
        mode = stat.S_IMODE(bench.file.stat().st_mode)
        assert mode == 0o600 or sys.platform == "win32"
        assert len(json.loads(bench.file.read_text())["token"]) == 64

    _run(tmp_path, scenario)
    assert not (tmp_path / "gateway.json").exists()


def test_that_a_slow_desk_loses_frames_and_slows_nobody(tmp_path):
    async def scenario(bench):
        info = json.loads(bench.file.read_text())
        slow_reader, slow = await asyncio.open_connection("127.0.0.1", info["port"])
        slow.write(packed(Hello(token=info["token"])))
        await read_message(slow_reader)
        slow_reader._transport.pause_reading()
        quick = await GatewayClient.connect(bench.file)
        bench.latest.update(make_batch(0, 1, 1, 1.0))
        got = 0
        bulk = Status(at_us=1, operation_id="o" * 500_000, head_seq=1)
        async with asyncio.timeout(30):
            async for message in quick.messages():
                got += isinstance(message, GatewayState | tuple)
                if bench.server.dropped_frames:
                    break
                bench.server.tell(bulk)
                bench.latest.update(make_batch(0, got, got, 1.0))
        assert bench.server.dropped_frames > 0
        assert got > 3
        slow.transport.abort()
        await quick.close()

    _run(tmp_path, scenario)


def test_that_the_end_of_a_gateway_ends_the_messages_and_open_requests(tmp_path):
    async def scenario():
        async with _Bench(tmp_path) as bench:
            client = await GatewayClient.connect(bench.file)
            follow = asyncio.create_task(bench.next_of(client, Woken))
        assert await follow is None
        with pytest.raises(GatewayGoneError):
            async with asyncio.timeout(5):
                await client.history(["T1"], 1, 2, 3)
        await client.close()

    asyncio.run(scenario())


def test_that_no_gateway_is_said(tmp_path):
    async def scenario():
        with pytest.raises(GatewayGoneError, match="no gateway"):
            await GatewayClient.connect(tmp_path / "none.json")

    asyncio.run(scenario())


def test_that_a_damaged_or_removed_private_file_is_written_again(tmp_path):
    async def scenario(bench):
        whole = bench.file.read_bytes()
        bench.file.write_bytes(b"garbage")
        bench.server.keep_info_file()
        assert bench.file.read_bytes() == whole
        bench.file.unlink()
        bench.server.keep_info_file()
        assert bench.file.read_bytes() == whole
        assert stat.S_IMODE(bench.file.stat().st_mode) == 0o600 or sys.platform == "win32"
        bench.file.unlink()
        bench.file.mkdir()
        bench.server.keep_info_file()  # nothing to be done, and nothing raised
        bench.file.rmdir()

    _run(tmp_path, scenario)
