"""Ingest from a real mosquitto: the whole gateway against the same client's bare loop.

The gateway decodes, judges the alarms of 1,000 tags with four limits each, writes the open window
and at the end stores it as chunks. The yardsticks read the same messages by the same client
(aiomqtt): one decodes them to arrays, the other only counts.
"""

import asyncio
import random
import time

import aiomqtt
import msgspec
import numpy as np

from app.clock import SystemClock
from models.basics import Name
from models.registry.kinds import Limit, Tag
from tests.benchmarks.ingest_gateway import gateway_seconds, publishes, send
from tests.benchmarks.ratio import Row, best_speedup
from tests.servers.mosquitto import Mosquitto

_TAGS, _AT_ONCE = 1_000, 50
_COLUMNS, _SINGLES = 20_000, 40_000
_LEAST = 60.0


class _Columns(msgspec.Struct):
    ts0: float
    tags: list[str]
    values: list[float]
    quality: list[int]


def rows() -> list[Row]:
    """Measure."""
    tags = [_tag(i) for i in range(_TAGS)]
    broker = Mosquitto()
    broker.start()
    try:
        columns, singles = publishes(_column_messages()), publishes(_single_messages())
        figures = {}

        def share(name: str, flood: bytes, samples: int, messages: int, decode: bool) -> float:
            ours = lambda: gateway_seconds(broker, tags, flood, samples)  # noqa: E731
            bare = lambda: asyncio.run(_bare(broker, flood, messages, decode=decode))  # noqa: E731
            told: list[float] = []

            def measured(work):
                told.append(work())
                return told[-1]

            figure = 100 * best_speedup(ours, bare, measure=measured)
            figures[name] = samples / min(told[::2])
            return figure

        return [
            Row(
                "ingest, 50 samples a message, of to arrays",
                share("columns", columns, _COLUMNS * _AT_ONCE, _COLUMNS, decode=True),
                _LEAST,
                "%",
                more_is_better=True,
                note=f"{figures['columns']:,.0f} samples/s",
            ),
            Row(
                "ingest, single JSON values, of the bare loop",
                share("singles", singles, _SINGLES, _SINGLES, decode=False),
                _LEAST,
                "%",
                more_is_better=True,
                note=f"{figures['singles']:,.0f} samples/s",
            ),
        ]
    finally:
        broker.remove()


async def _bare(broker: Mosquitto, flood: bytes, messages: int, *, decode: bool) -> float:
    decoder = msgspec.json.Decoder(_Columns)
    index = {f"T{i:04}": i for i in range(_TAGS)}
    version = aiomqtt.ProtocolVersion.V5  # the gateway's
    async with aiomqtt.Client(broker.host, broker.port, protocol=version) as client:
        await client.subscribe("muster/#", qos=1)
        began_s = time.perf_counter()
        sender = send(broker, flood)
        left = messages
        async for message in client.messages:
            if decode:
                told = decoder.decode(message.payload)
                np.array([index[key] for key in told.tags], np.int32)
                np.array(told.values, np.float64)
                np.array(told.quality, np.uint8)
                np.full(len(told.values), round(told.ts0 * 1000), np.int64)
            left -= 1
            if not left:
                break
        took_s = time.perf_counter() - began_s
    sender.join()
    return took_s


def _tag(number: int) -> Tag:
    limits = (("LL", 5.0), ("L", 10.0), ("H", 90.0), ("HH", 95.0))
    return Tag(
        key=f"T{number:04}",
        name=Name(en=f"Tag {number}"),
        limits=tuple(Limit(kind=kind, value=value, priority=2) for kind, value in limits),
    )


def _column_messages() -> list[tuple[str, bytes]]:
    rng, devices = random.Random(4), _TAGS // _AT_ONCE
    first_ms = SystemClock().now_us() // 1000 - _COLUMNS // devices * 1000
    names = [[f"T{d * _AT_ONCE + i:04}" for i in range(_AT_ONCE)] for d in range(devices)]
    messages = []
    for number in range(_COLUMNS):
        device, second = number % devices, number // devices
        columns = {
            "ts0": first_ms + second * 1000,
            "tags": names[device],
            "values": [round(rng.uniform(40, 60), 2) for _ in range(_AT_ONCE)],
            "quality": [0] * _AT_ONCE,
        }
        messages.append((f"muster/device{device}", msgspec.json.encode(columns)))
    return messages


def _single_messages() -> list[tuple[str, bytes]]:
    rng = random.Random(5)
    first_ms = SystemClock().now_us() // 1000 - _SINGLES
    return [
        (
            f"muster/T{i % _TAGS:04}",
            msgspec.json.encode({"ts": first_ms + i, "v": round(rng.uniform(40, 60), 2), "q": 0}),
        )
        for i in range(_SINGLES)
    ]
