"""The real desk with 500 vehicles and 2,000 measuring points at 1 Hz and a hand that pans.

`python -m tests.soak.map_desk SITE SECONDS` prints at the end a JSON object: the gaps [ms] with
their stacks, what was done, memory [MB] after the warm-up and at the end, and the numbers of the
messages on both sides. The values enter where the gateway's frames do.
"""

import argparse
import asyncio
import json
import math
import os
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.desk import LiveValue, Reference
from app.main import run_desk
from models.basics import LatLon, Name
from models.registry.kinds import Record, Tag
from models.telemetry.ports import Quality
from views.map.web_map import WebMap

if TYPE_CHECKING:
    from app.main import DeskApp

VEHICLES, SENSORS = 500, 2_000
WARM_UP_S = 60.0
_SLICES = 4
_MEMORY_EVERY_S = 2.0
_M_PER_DEG = 111_320.0
_SPREAD_M = 4_000.0
_VALUES = "JSON.stringify([Muster.state.received, Muster.state.lost, Muster.state.seq,"
_VALUES += " Muster.parts.vehicles.items.size, Muster.parts.sensors.items.size])"


class Crowded:
    """Reference data with the soak's tags beside the site's own."""

    def __init__(self, reference: Reference, tags: Mapping[str, Record]) -> None:
        self._reference = reference
        self._tags = dict(reference.all(Tag.KIND)) | dict(tags)
        self.revision = reference.revision

    def all(self, kind: str) -> Mapping[str, Record]:
        """Return all rows of a kind."""
        return self._tags if kind == Tag.KIND else self._reference.all(kind)

    def get(self, kind: str, key: str) -> Record | None:
        """Return one row or None."""
        return self._tags.get(key) if kind == Tag.KIND else self._reference.get(kind, key)


def _tags(middle: LatLon, rng: random.Random) -> dict[str, Record]:
    rows: dict[str, Record] = {}
    for number in range(SENSORS):
        key = f"SOAK-{number:04d}"
        place = _off(middle, rng.uniform(-1, 1) * _SPREAD_M, rng.uniform(-1, 1) * _SPREAD_M)
        rows[key] = Tag(key=key, name=Name(en=key), position=place, unit="ppm")
    for number in range(VEHICLES):
        for part, quantity in (("lat", "latitude"), ("lon", "longitude")):
            key = f"CAR-{number:03d}/{part}"
            rows[key] = Tag(key=key, name=Name(en=f"Car {number}"), quantity=quantity)
    return rows


def _off(middle: LatLon, east_m: float, north_m: float) -> LatLon:
    scale = _M_PER_DEG * math.cos(math.radians(middle.lat_deg))
    return LatLon(middle.lat_deg + north_m / _M_PER_DEG, middle.lon_deg + east_m / scale)


class MapHand:
    """Feeds the desk and pans its map."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._rng = random.Random(2026)
        self._tasks: list[asyncio.Task[None]] = []
        self._memory: list[tuple[float, float, float]] = []
        self.done: Counter[str] = Counter()

    def start(self, desk: "DeskApp") -> None:
        """Begin once the desk is ready."""
        self._tasks = [asyncio.get_running_loop().create_task(self._run(desk), name="map soak")]

    async def _run(self, desk: "DeskApp") -> None:
        code = 1
        try:
            found = await self._soak(desk)
            print(json.dumps(found), flush=True)
            code = 0
        finally:
            desk.quit(code)

    async def _soak(self, desk: "DeskApp") -> dict[str, Any]:
        runtime = desk.runtime
        sources = runtime.reference.all("hazard-sources").values()
        middle = next(row.position for row in sources if row.position is not None)
        runtime.set_reference(Crowded(runtime.reference, _tags(middle, self._rng)))
        desk.screens.window.open_station("map")
        while not desk.screens.is_warm:
            await asyncio.sleep(0.1)
        await asyncio.sleep(10.0)  # the drawing of the crowd, once
        before = await self._numbers(desk)
        desk.stalls.count_from_now()
        print("busy", flush=True)
        end_s = time.monotonic() + self._seconds
        async with asyncio.timeout(self._seconds + 60), asyncio.TaskGroup() as group:
            group.create_task(self._feed(desk, middle, end_s))
            group.create_task(self._pan(desk, middle, end_s))
            group.create_task(self._weigh(desk, end_s))
        gaps = [
            (round(s.seconds * 1000, 1), round(s.worked_s * 1000, 1), s.stack)
            for s in desk.stalls.stalls
        ]
        return {
            "gaps": gaps, "done": self.done, "before": before, "after": await self._numbers(desk),
            "memory_mb": self._grown(),
        }  # fmt: skip

    async def _feed(self, desk: "DeskApp", middle: LatLon, end_s: float) -> None:
        """Tell a quarter of all values every quarter of a second."""
        turn = 0
        while time.monotonic() < end_s:
            now_us = desk.runtime.clock.now_us()
            numbers = range(turn % _SLICES, SENSORS, _SLICES)
            values = [
                LiveValue(f"SOAK-{n:04d}", self._rng.uniform(0, 30), Quality.GOOD, now_us, now_us)
                for n in numbers
            ]
            for n in range(turn % _SLICES, VEHICLES, _SLICES):
                angle = turn / 240 + n
                place = _off(
                    middle, (300 + 7 * n) * math.sin(angle), (300 + 7 * n) * math.cos(angle)
                )
                for part, value in (("lat", place.lat_deg), ("lon", place.lon_deg)):
                    key = f"CAR-{n:03d}/{part}"
                    values.append(LiveValue(key, value, Quality.GOOD, now_us, now_us))
            desk.runtime.take_values(tuple(values))
            self.done["values"] += len(values)
            turn += 1
            await asyncio.sleep(1 / _SLICES)

    async def _pan(self, desk: "DeskApp", middle: LatLon, end_s: float) -> None:
        while time.monotonic() < end_s:
            away = self._rng.uniform(-1, 1) * 1_500, self._rng.uniform(-1, 1) * 1_500
            desk.screens.map.fly_to(_off(middle, *away), self._rng.choice((13.0, 15.0, 16.5)))
            self.done["pan"] += 1
            await asyncio.sleep(1.1)

    async def _weigh(self, desk: "DeskApp", end_s: float) -> None:
        """Note the memory of both processes, in a thread: the kernel counts pages for it."""
        assert isinstance(desk.screens.map.backend, WebMap)
        renderer = desk.screens.map.backend.page.renderProcessPid()
        began_s = time.monotonic()
        while time.monotonic() < end_s:
            desk_mb = await asyncio.to_thread(_rss_mb, "self")
            renderer_mb = await asyncio.to_thread(_rss_mb, str(renderer))
            self._memory.append((time.monotonic() - began_s, desk_mb, renderer_mb))
            await asyncio.sleep(_MEMORY_EVERY_S)

    def _grown(self) -> dict[str, tuple[float, float]]:
        """Return for each process the median after the warm-up and of the last half minute [MB]."""
        last_s = self._memory[-1][0]
        first = [row for row in self._memory if WARM_UP_S <= row[0] < WARM_UP_S + 30]
        last = [row for row in self._memory if row[0] > last_s - 30]
        return {
            name: tuple(
                statistics.median(row[at] for row in rows) for rows in (first or last, last)
            )  # type: ignore[misc]
            for at, name in ((1, "desk"), (2, "renderer"))
        }

    async def _numbers(self, desk: "DeskApp") -> dict[str, int]:
        """Return sent and acknowledged here; received, lost, last number and items there.

        The park goes on, so the page is given half a minute to take what was sent up to now.
        """
        outbox = desk.screens.map.content.outbox
        sent = outbox.sent
        for _ in range(300):
            if outbox.acknowledged >= sent:
                break
            await asyncio.sleep(0.1)
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        assert isinstance(desk.screens.map.backend, WebMap)
        desk.screens.map.backend.page.runJavaScript(_VALUES, answer.set_result)
        there = json.loads(await answer)
        names = ("received", "lost", "seq", "vehicles", "sensors")
        return {
            "sent": sent, "acknowledged": outbox.acknowledged,
            **dict(zip(names, there, strict=True)),
        }  # fmt: skip


def _rss_mb(process: str) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main(site: str, seconds: str) -> int:
    """Run the desk with the hand at it."""
    hand = MapHand(float(seconds))
    args = argparse.Namespace(site=site, exit_when_ready=False, language="zh", theme="dark")
    return run_desk(args, hand.start)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
