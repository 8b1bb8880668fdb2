"""The real desk in a replay of a long operation: how long until everything shows a moment.

`python -m tests.benchmarks.replay_desk SITE OPERATION MOMENTS` seeks that many random moments on
each of three stations and prints a JSON list: the time [ms] until every model shows the snapshot,
the time until windows and map have painted it, and the station.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.main import run_desk
from models.operation.merged import family_ids
from models.operation.situation import Situation
from views.review.timeline import TimelinePane
from views.widgets.table_model import TableModel

if TYPE_CHECKING:
    from app.main import DeskApp

_STATIONS = ("review", "command", "watch")
_SEED = 7
_PAUSE_S = 0.4
_STEP_S = 0.002
_WITHIN_S = 60.0
# The page's own word that a frame with the newest state has been handed to the screen.
_ASK_FRAME = """
window.musterFrame = 0;
requestAnimationFrame(() => requestAnimationFrame(() => { window.musterFrame = %d; }));
"""


class ReplayHand:
    """Seeks moments and watches what the desk makes of them."""

    def __init__(self, operation_id: str, moments: int) -> None:
        self._operation_id = operation_id
        self._moments = moments
        self._rng = random.Random(_SEED)
        self._frame = 0
        self._task: asyncio.Task[None] | None = None
        self.found: list[tuple[float, float, str]] = []

    def start(self, desk: "DeskApp") -> None:
        """Begin once the desk is ready."""
        self._task = asyncio.get_running_loop().create_task(self._run(desk), name="replay")

    async def _run(self, desk: "DeskApp") -> None:
        code = 1
        try:
            async with asyncio.timeout(_WITHIN_S + self._moments * len(_STATIONS)):
                await _until(lambda: desk.screens.is_warm)
                for station in _STATIONS:
                    await self._on_station(desk, station)
            code = 0
        finally:
            print(json.dumps(self.found), flush=True)
            desk.quit(code)

    async def _on_station(self, desk: "DeskApp", station: str) -> None:
        desk.screens.window.open_station(station)
        replay = desk.runtime.enter_replay(self._operation_id)
        await _until(lambda: replay.end_us > 0)
        await asyncio.sleep(_PAUSE_S)
        for _ in range(self._moments):
            moment_us = self._rng.randrange(replay.start_us, replay.end_us)
            wanted = await desk.runtime.in_reader(
                partial(desk.opened.journal.seq_at, replay.operation_id, moment_us)
            )
            began_s = time.perf_counter()
            replay.seek(moment_us)
            await _until(partial(_shows, desk, station, wanted))
            models_s = time.perf_counter() - began_s
            await self._painted(desk)
            self.found.append((models_s * 1e3, (time.perf_counter() - began_s) * 1e3, station))
            await asyncio.sleep(_PAUSE_S)
        desk.runtime.leave_replay()

    async def _painted(self, desk: "DeskApp") -> None:
        """Wait until the page has drawn the newest and handed two frames to the screen.

        What the widgets owe is painted by then: Qt repaints before it waits for the page.
        """
        outbox = desk.screens.map.content.outbox
        await _until(lambda: outbox.acknowledged >= outbox.sent)
        self._frame += 1
        seen: list[object] = []
        page = desk.screens.map.backend.page
        page.runJavaScript(_ASK_FRAME % self._frame)
        while self._frame not in seen:
            page.runJavaScript("window.musterFrame", seen.append)
            await asyncio.sleep(_STEP_S)


def _shows(desk: "DeskApp", station: str, seq: int) -> bool:
    """Whether every receiver was told of the snapshot and the models hold what it holds."""
    runtime, window = desk.runtime, desk.screens.window
    if runtime.situation.seq != seq or not runtime.published.is_idle:
        return False
    if station == "review" and window.findChild(TimelinePane).shown_seq != seq:
        return False
    return _is_held(runtime.situation, desk)


def _is_held(situation: Situation, desk: "DeskApp") -> bool:
    watch, command = desk.screens.watch, desk.screens.command
    table = watch.alarms.view.model()
    assert isinstance(table, TableModel)
    if {row.id: row for row in table.rows()} != dict(situation.alarms):
        return False
    together = family_ids(situation, command.incident.id) if command.incident else frozenset()
    try:
        for card in situation.cards.values():
            if card.state != "closed":
                watch.cards.widget(card.id)
        for task in situation.tasks.values():
            if task.incident_id in together:
                command.tasks.row(task.id)
        for order in situation.orders.values():
            if order.incident_id in together:
                command.orders.row(order.id)
    except KeyError:
        return False
    return True


async def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(_STEP_S)


def main(site: str, operation_id: str, moments: str) -> int:
    """Run the desk with the hand at it."""
    hand = ReplayHand(operation_id, int(moments))
    args = argparse.Namespace(site=site, exit_when_ready=False, language="zh", theme="dark")
    return run_desk(args, hand.start)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
