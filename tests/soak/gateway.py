"""Kill rounds under load: a gateway at 1,000 tags × 1 Hz is killed; samples and alarms are counted.

`python3 run.py soak gateway [--rounds N] [--qos 0|1] [--seed S]`

A process of its own publishes through a real mosquitto; fifty tags cross a limit every five
seconds, half of them with delays of two seconds, which kills interrupt. With QoS 1 nothing may be
missing, also of the time in which no gateway ran; with QoS 0 what was sent while one ran, but for
one second.
"""

import argparse
import asyncio
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
from paho.mqtt import client as paho

from app.clock import SystemClock
from app.desk import GatewayState
from app.gateway.client import GatewayClient, GatewayGoneError
from app.gateway.history import History
from app.journal import Journal
from app.settings import Settings
from app.site import Site
from models.basics import Name
from models.ids import RandomIds
from models.operation.events.base import Event
from models.registry.kinds import Limit, Tag
from models.store import open_store
from models.store.reference import Origin, ReferenceStore
from models.telemetry.rejudging import rejudged
from models.telemetry.samples import concat, make_batch
from models.telemetry.tags import TagTable
from tests.servers.mosquitto import Mosquitto

_TAGS, _AT_ONCE, _TOGGLING = 1_000, 50, 50
_HALF_S, _LIMIT, _DELAY_S = 5, 50.0, 2.0
_SETTLE_S = 8.0


@dataclass(slots=True)
class Sent:
    """What the broker confirmed: second → its time [µs]; `running` are those with a gateway."""

    at_us: dict[int, int] = field(default_factory=dict)
    running: set[int] = field(default_factory=set)


def main(argv: list[str]) -> int:
    """Run the rounds and say what was lost."""
    parser = argparse.ArgumentParser(prog="run.py soak gateway", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--qos", type=int, choices=(0, 1), default=1)
    parser.add_argument("--seed", type=int, default=2026)
    args = parser.parse_args(argv)
    folder, broker = Path(tempfile.mkdtemp(prefix="muster-soak-gateway-")), Mosquitto()
    began_s = time.monotonic()
    try:
        broker.start()
        site = _site(folder, broker)
        sent, kills = _rounds(site, broker, args.rounds, args.qos, random.Random(args.seed))
        lost, wrong = _lost_samples(site, sent, kills, args.qos)
        wrong += _damaged_chunks(site) + _lost_alarms(site)
    finally:
        broker.remove()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"soak gateway: {lost} samples lost, {wrong} wrong, {time.monotonic() - began_s:.0f} s")
    return 1 if wrong else 0


def _tags() -> tuple[Tag, ...]:
    prompt = Limit(kind="H", value=_LIMIT, priority=2)
    slow = Limit(kind="H", value=_LIMIT, priority=2, on_delay_s=_DELAY_S, off_delay_s=_DELAY_S)
    return tuple(
        Tag(
            key=f"T{i:04}",
            name=Name(en=f"T{i}"),
            limits=(slow if i % 2 else prompt,),
            period_s=60.0,
        )
        for i in range(_TAGS)
    )


def _value(number: int, second: int) -> float:
    """Return a value: the first tags stand high for five seconds, low for five."""
    if number < _TOGGLING:
        return 100.0 if second // _HALF_S % 2 else 0.0
    return round(20 + (second * 7 + number) % 200 / 10, 1)


def _site(folder: Path, broker: Mosquitto) -> Site:
    site = Site(folder / "site")
    site.create(
        {"mode": "live", "mqtt.enabled": True, "mqtt.port": broker.port, "mqtt.client_id": "soak"}
    )
    store = open_store(site.store_url())
    ReferenceStore(store).commit({"tags": _tags()}, Origin(kind="tags", at_us=1, actor="soak"))
    store.close()
    return site


class _Publisher:
    """Sends the values of all tags once a second until stopped."""

    def __init__(self, broker: Mosquitto, qos: int, sent: Sent) -> None:
        self._qos, self._sent = qos, sent
        self.has_gateway = False
        self._client = paho.Client(paho.CallbackAPIVersion.VERSION2, client_id="soak-publisher")
        self._client.max_inflight_messages_set(1000)
        self._client.connect(broker.host, broker.port)
        self._client.loop_start()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="publisher")
        self._thread.start()

    def _run(self) -> None:
        clock, began_s, second = SystemClock(), time.monotonic(), 0
        while not self._end.wait(max(0.0, began_s + second - time.monotonic())):
            at_ms, had = clock.now_us() // 1000, self.has_gateway
            waiting = []
            for start in range(0, _TAGS, _AT_ONCE):
                numbers = range(start, start + _AT_ONCE)
                body = {
                    "ts0": at_ms,
                    "tags": [f"T{i:04}" for i in numbers],
                    "values": [_value(i, second) for i in numbers],
                }
                payload = msgspec.json.encode(body)
                waiting.append(self._client.publish(f"muster/{start}", payload, qos=self._qos))
            for message in waiting:
                message.wait_for_publish(10)
            if all(message.is_published() for message in waiting):
                self._sent.at_us[second] = at_ms * 1000
                if had and self.has_gateway:
                    self._sent.running.add(second)
            second += 1

    def stop(self) -> None:
        self._end.set()
        self._thread.join()
        self._client.disconnect()
        self._client.loop_stop()


def _rounds(
    site: Site, broker: Mosquitto, rounds: int, qos: int, rng: random.Random
) -> tuple[Sent, list[int]]:
    """Let the gateway run and kill it; return what was sent and when it was killed [µs]."""
    sent, kills, clock = Sent(), [], SystemClock()
    process = _started(site)
    publisher = _Publisher(broker, qos, sent)
    try:
        for number in range(rounds):
            publisher.has_gateway = True
            time.sleep(rng.uniform(1.5, 4.0))
            publisher.has_gateway = False
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills.append(clock.now_us())
            process = _started(site)
            print(f"round {number + 1}: {len(sent.at_us)} s sent", flush=True)
        publisher.has_gateway = True
        time.sleep(2 * _HALF_S)
        publisher.stop()
        time.sleep(_SETTLE_S)  # what the broker still holds is taken and judged
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    finally:
        publisher.stop()
        process.kill()
        process.wait()
    return sent, kills


def _started(site: Site) -> "subprocess.Popen[bytes]":
    """Start a gateway and wait until it says that it has subscribed."""
    log = site.path / "soak.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "gateway", "--site", str(site.path)],
            stdout=output,
            stderr=output,
        )
    try:
        asyncio.run(asyncio.wait_for(_subscribed(site, process), 90))
    except (TimeoutError, ChildProcessError) as error:
        raise RuntimeError(log.read_text()[-2000:]) from error
    return process


async def _subscribed(site: Site, process: "subprocess.Popen[bytes]") -> None:
    while True:
        if process.poll() is not None:
            raise ChildProcessError(f"the gateway ended with code {process.returncode}")
        with suppress(GatewayGoneError):
            client = await GatewayClient.connect(site.gateway_file)
            try:
                if client.welcome.process_id == process.pid:
                    async for told in client.messages():
                        if isinstance(told, GatewayState) and all(
                            source.connected for source in told.sources
                        ):
                            return
            finally:
                await client.close()
        await asyncio.sleep(0.05)


def _lost_samples(site: Site, sent: Sent, kills: list[int], qos: int) -> tuple[int, int]:
    """Return how many samples are missing, and in how many rounds more than a second of them."""
    history = History(site.history, TagTable(_tags()))
    history.recover()
    wanted = {
        second: at_us for second, at_us in sent.at_us.items() if qos or second in sent.running
    }
    missing: dict[int, int] = {}
    changed = 0
    for number in range(_TAGS):
        columns = history.columns(f"T{number:04}", 0, 2**62)
        stored = dict(zip(columns.source_us.tolist(), columns.value.tolist(), strict=True))
        for second, at_us in wanted.items():
            if at_us not in stored:
                missing[second] = missing.get(second, 0) + 1
            else:
                changed += abs(stored[at_us] - _value(number, second)) > 1e-5  # float32
    per_round = dict.fromkeys(range(len(kills) + 1), 0)
    for second, count in missing.items():
        per_round[sum(kill < sent.at_us[second] for kill in kills)] += count
    worst = max(per_round.values())
    print(
        f"samples: {len(wanted) * _TAGS} sent, {sum(missing.values())} lost, at most {worst} in a "
        f"round, {changed} changed"
    )
    most = 0 if qos else _TAGS
    return sum(missing.values()), changed + sum(count > most for count in per_round.values())


def _damaged_chunks(site: Site) -> int:
    """Return how many history files are damaged."""
    damaged = [path.name for path in site.history.glob("*.damaged*")]
    files = sorted(site.history.glob("*.db"))
    for path in files:
        with sqlite3.connect(path) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                damaged.append(path.name)
        connection.close()
    print(f"history: {len(files)} files, damaged: {damaged or 'none'}")
    return len(damaged)


def _lost_alarms(site: Site) -> int:
    """Return how many tags have other alarm events than their stored samples, judged again, give.

    What arrives in one slot after a pause is judged by its lowest, highest and last value; so
    crossings of a time without a gateway are fewer than were sent, here as there.
    """
    journal_events: list[Event] = []
    store = open_store(site.store_url())
    try:
        journal = Journal(store, SystemClock(), RandomIds())
        for operation in journal.operations():
            after = 0
            while operation.id != "register" and (events := journal.read(operation.id, after)):
                after = events[-1].seq
                journal_events += events
    finally:
        store.close()
    tags, history = TagTable(_tags()), History(site.history, TagTable(_tags()))
    parts = []
    for i, key in enumerate(tags.keys):
        column = history.columns(key, 0, 2**62)
        parts.append(make_batch(np.full(column.value.size, i), *column))
    samples = concat(parts)
    grid_us = Settings().alarm_scan_ms * 1000
    first_us, last_us = int(samples.arrival_us.min()), int(samples.arrival_us.max())
    start_us = first_us // grid_us * grid_us - grid_us
    end_us = (last_us + int(_DELAY_S * 1e6)) // grid_us * grid_us + 4 * grid_us
    again = rejudged(
        tags, samples, journal_events, start_us=start_us, end_us=end_us, grid_us=grid_us
    )
    told = _kinds((event.subject, event.kind) for event in journal_events)
    expected = _kinds((draft.subject, draft.payload.KIND) for draft in again)
    subjects = told.keys() | expected.keys()
    wrong = [s for s in sorted(subjects) if told.get(s) != expected.get(s)]
    for subject in wrong[:3]:
        print(f"{subject}: {len(told.get(subject, []))} told, {len(expected.get(subject, []))}")
    counts = sum(map(len, told.values())), sum(map(len, expected.values()))
    print(f"alarms: {counts[0]} events, judged again {counts[1]}, {len(wrong)} tags differ")
    return len(wrong) + (len(told) != _TOGGLING)


def _kinds(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return by alarm how it was raised and returned."""
    kinds: dict[str, list[str]] = {}
    for subject, kind in pairs:
        if kind in ("alarm.raised", "alarm.returned"):
            kinds.setdefault(subject, []).append(kind)
    return kinds
