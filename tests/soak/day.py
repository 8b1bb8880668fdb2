"""Eight hours' worth of a thousand tags at 1 Hz, through a broker, the real gateway and a desk.

`python3 run.py soak day [--hours H] [--speed S] [--stacks]`. All clocks run S times as fast as the
machine's, so windows, alarms, delays and days take their course; samples come at S × 1,000 a
second. Memory after a warm-up (a tenth of the time) may grow by less than 5 % in each process; the
UI thread's gaps are held against a bare window's beside it; every sample must be in history. Reads
/proc, so Linux only.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import msgspec
import psutil
from paho.mqtt import client as paho

from app.clock import SystemClock
from app.gateway.history import History
from app.site import Site
from models.telemetry.tags import TagTable
from tests.servers.mosquitto import Mosquitto
from tests.soak.day_site import TAGS, key, make_site, values
from tests.soak.fast_clock import FastClock
from tests.soak.ui import gaps_of

_AT_ONCE = 50
_MOST_GROWTH = 1.05
_WARM_SHARE = 0.1
_LAST_SHARE = 0.1
_WEIGH_S = 2.0
_READY_S = 120.0
_BEYOND_S = 60.0


def main(argv: list[str]) -> int:
    """Run the day and say what grew, stood still or was lost."""
    parser = argparse.ArgumentParser(prog="run.py soak day", description=__doc__)
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--speed", type=float, default=60.0)
    parser.add_argument("--stacks", action="store_true", help="print the stack of every gap")
    args = parser.parse_args(argv)
    broker = Mosquitto()
    broker.start()
    try:
        with tempfile.TemporaryDirectory(prefix="muster-day-") as folder:
            day = _Day(Site(Path(folder) / "site"), broker, args.hours, args.speed)
            day.run()
            return day.judge(stacks=args.stacks)
    finally:
        broker.remove()


class _Day:
    """Starts everything, feeds and weighs, and ends everything."""

    def __init__(self, site: Site, broker: Mosquitto, hours: float, speed: float) -> None:
        self._site, self._broker = site, broker
        self._seconds, self._speed = int(hours * 3600), speed
        self._origin_us = SystemClock().now_us()
        self._memory: dict[str, list[tuple[float, float]]] = {}
        self._found: dict[str, Any] = {}
        self._bare: tuple[float, ...] = ()
        self._late_s = 0.0
        make_site(site, broker.port)

    def run(self) -> None:
        """Run the day."""
        told = [str(self._site.path), str(self._origin_us), str(self._speed)]
        processes = [self._python("tests.soak.day_gateway", *told)]
        try:
            while not self._site.gateway_file.exists():
                time.sleep(0.1)
            lasts_s = self._seconds / self._speed
            desk = self._python("tests.soak.day_desk", told[0], f"{lasts_s}", *told[1:])
            bare = self._python("tests.soak.bare_ui")
            processes += [desk, bare]
            assert desk.stdout is not None
            assert bare.stdin is not None
            bare.stdin.write(desk.stdout.readline())
            bare.stdin.flush()
            weighing = threading.Thread(target=self._weigh, args=(processes[:2],), daemon=True)
            self._began_s = time.monotonic()
            weighing.start()
            self._feed()
            said, _ = desk.communicate(timeout=_BEYOND_S)
            bare_said, _ = bare.communicate("", timeout=30)
            self._found = json.loads(said.splitlines()[-1])
            self._bare = tuple(json.loads(bare_said))
        finally:
            for process in reversed(processes):
                process.terminate()
            for process in processes:
                process.wait(60)

    def _python(self, module: str, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip

    def _feed(self) -> None:
        """Send each second of the day when it comes."""
        client = paho.Client(paho.CallbackAPIVersion.VERSION2, client_id="day-plant")
        client.max_inflight_messages_set(2000)
        client.connect(self._broker.host, self._broker.port)
        client.loop_start()
        clock = FastClock(self._origin_us, self._speed)
        lots = [
            (f"muster/lot-{start}", [key(n) for n in range(start, start + _AT_ONCE)], start)
            for start in range(0, TAGS, _AT_ONCE)
        ]
        first_us, message = clock.now_us(), None
        for second in range(self._seconds):
            at_us = first_us + second * 1_000_000
            ahead_s = (at_us - clock.now_us()) / 1e6 / self._speed
            if ahead_s > 0:
                time.sleep(ahead_s)
            self._late_s = max(self._late_s, -ahead_s)
            shown = values(second)
            for topic, keys, start in lots:
                body = {"ts0": at_us // 1000, "tags": keys, "values": shown[start : start + 50]}
                message = client.publish(topic, msgspec.json.encode(body), qos=1)
        assert message is not None
        message.wait_for_publish(60)
        client.disconnect()
        client.loop_stop()

    def _weigh(self, processes: list["subprocess.Popen[str]"]) -> None:
        gateway, desk = (psutil.Process(process.pid) for process in processes)
        while True:
            try:
                pages = [p for p in desk.children(recursive=True) if p.is_running()]
                sizes = {
                    "gateway": gateway.memory_info().rss,
                    "desk": desk.memory_info().rss,
                    "page": max((p.memory_info().rss for p in pages), default=0),
                }
            except psutil.Error:
                return
            at_s = time.monotonic() - self._began_s
            for name, size in sizes.items():
                self._memory.setdefault(name, []).append((at_s, size / 2**20))
            time.sleep(_WEIGH_S)

    def judge(self, *, stacks: bool) -> int:
        """Print and return 1 when a bar fails."""
        light = sum(self._is_flat(name) for name in self._memory) == len(self._memory)
        whole = self._is_whole()
        gaps = gaps_of(self._found, self._bare)
        for ms, worked_ms, stack in gaps.desk:
            print(f"gap of {ms:.0f} ms, {worked_ms:.0f} ms of work{f': {stack}' if stacks else ''}")
        print(f"done: {dict(self._found['done'])}; the plant was {self._late_s:.1f} s late at most")
        print(
            f"soak day: {self._seconds / 3600:g} h at {self._speed:g}x, desk {len(gaps.desk)} gaps "
            f"over 50 ms, longest {gaps.longest_ms:.0f} ms; bare window {len(self._bare)} (longest "
            f"{max(self._bare, default=0):.0f} ms): {_verdict(holds=gaps.holds)}"
        )
        return 0 if light and whole and gaps.holds else 1

    def _is_flat(self, name: str) -> bool:
        rows = self._memory[name]
        last_s = rows[-1][0]
        warm = [mb for at, mb in rows if last_s * _WARM_SHARE <= at < last_s * 2 * _WARM_SHARE]
        end = [mb for at, mb in rows if at >= last_s * (1 - _LAST_SHARE)]
        first_mb, last_mb = statistics.median(warm), statistics.median(end)
        course = " ".join(f"{mb:.0f}" for _, mb in rows[:: max(len(rows) // 12, 1)])
        flat = last_mb < first_mb * _MOST_GROWTH
        print(
            f"memory of the {name}: {first_mb:.0f} → {last_mb:.0f} MB "
            f"({last_mb / first_mb - 1:+.1%}): {_verdict(holds=flat)}  [{course}]"
        )
        return flat

    def _is_whole(self) -> bool:
        """Whether every sample that was sent is in history."""
        history = History(self._site.history, TagTable(()))
        history.recover()
        lost = 0
        for number in range(TAGS):
            summaries = history.files.summaries(key(number), 0, 2**62)
            lost += self._seconds - sum(summary.samples for summary in summaries)
        print(f"samples: {self._seconds * TAGS} sent, {lost} lost: {_verdict(holds=not lost)}")
        return not lost


def _verdict(*, holds: bool) -> str:
    return "holds" if holds else "FAILS"
