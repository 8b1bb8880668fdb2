"""The real desk with a hand that never rests; its stalls are printed when it ends.

`python -m tests.soak.busy_desk SITE SECONDS` prints `busy` when it begins and at the end a JSON
object: the gaps [ms] with their stacks, and what was done.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from app.commands import CommandRefusedError
from app.commands.card import RecordVerification, StartVerification
from app.commands.incident import OpenIncidentFromCard
from app.commands.operation import PostponeInject, TakeShift
from app.commands.order import ConfirmReceipt, IssueOrder, ReportOrder, StartOrder
from app.main import run_desk
from models.basics import LatLon
from models.libraries.kinds import Scenario
from models.operation.situation import Order
from views.shell.station import PLACES

if TYPE_CHECKING:
    from app.main import DeskApp

_MOST_INCIDENTS = 3
_WORDS = ("氯", "chlor", "lv", "P-101", "zhangwei", "仓库", "order", "GT-2")


class BusyHand:
    """Switches, pans, searches, scrubs, and works incidents, all at once."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._rng = random.Random(2026)
        self._tasks: list[asyncio.Task[None]] = []
        self.done: Counter[str] = Counter()

    def start(self, desk: "DeskApp") -> None:
        """Begin once the desk is ready."""
        self._tasks = [asyncio.get_running_loop().create_task(self._run(desk), name="busy")]

    async def _run(self, desk: "DeskApp") -> None:
        while not desk.screens.is_warm:
            await asyncio.sleep(0.1)
        desk.stalls.count_from_now()
        print("busy", flush=True)
        end_s = time.monotonic() + self._seconds
        code = 1
        try:
            await self._take_watch(desk)
            async with asyncio.timeout(self._seconds + 60), asyncio.TaskGroup() as group:
                for work in (self._switch, self._pan, self._search, self._work):
                    group.create_task(work(desk, end_s))
            code = 0
        finally:
            found = [
                (round(s.seconds * 1000, 1), round(s.worked_s * 1000, 1), s.stack)
                for s in desk.stalls.stalls
            ]
            print(json.dumps({"gaps": found, "done": self.done}), flush=True)
            desk.quit(code)

    async def _take_watch(self, desk: "DeskApp") -> None:
        runtime = desk.runtime
        leader = next(iter(runtime.reference.all("people").values()))
        runtime.actor = leader.name.text("zh")
        await runtime.execute(TakeShift(person=runtime.actor, role="duty_leader", shift="A"))
        scenario = runtime.reference.get("scenarios", "OPENING")
        assert isinstance(scenario, Scenario)
        now_s = (runtime.clock.now_us() - runtime.situation.started_us) // 1_000_000
        for inject in scenario.injects:
            by_s = int(now_s) + 3 - inject.at_s
            if by_s < 0:
                await runtime.execute(PostponeInject(inject_key=inject.key, by_s=by_s))
                self.done["inject"] += 1

    async def _switch(self, desk: "DeskApp", end_s: float) -> None:
        """Every station in turn, and now and then a replay to scrub."""
        while time.monotonic() < end_s:
            for place in PLACES:
                desk.screens.window.open_station(place.id)
                self.done["switch"] += 1
                if place.id == "review":
                    await self._scrub(desk)
                if place.id == "monitor":
                    await self._leaf(desk)
                await asyncio.sleep(3.0)

    async def _leaf(self, desk: "DeskApp") -> None:
        """Every page of Monitor in turn, back to the first."""
        pages = desk.screens.monitor.pages
        for page in (*pages[1:], pages[0]):
            await asyncio.sleep(2.0)
            desk.screens.monitor.show_page(page)
            self.done["page"] += 1

    async def _scrub(self, desk: "DeskApp") -> None:
        replay = desk.runtime.enter_replay()
        await asyncio.sleep(1.0)
        for _ in range(20):
            share = self._rng.random()
            replay.seek(int(replay.start_us + share * (replay.end_us - replay.start_us)))
            self.done["scrub"] += 1
            await asyncio.sleep(0.2)
        desk.runtime.leave_replay()

    async def _pan(self, desk: "DeskApp", end_s: float) -> None:
        places = [
            record.position
            for record in desk.runtime.reference.all("hazard-sources").values()
            if record.position is not None
        ]
        while time.monotonic() < end_s:
            at = self._rng.choice(places)
            desk.screens.map.fly_to(
                LatLon(at.lat_deg, at.lon_deg), self._rng.choice((13.0, 15.0, 17.0))
            )
            self.done["pan"] += 1
            await asyncio.sleep(1.1)

    async def _search(self, desk: "DeskApp", end_s: float) -> None:
        palette = desk.screens.window.find_palette
        while time.monotonic() < end_s:
            palette.open()
            word = self._rng.choice(_WORDS)
            for length in range(1, len(word) + 1):
                palette.search(word[:length])
                await asyncio.sleep(0.12)
            palette.hide()
            self.done["search"] += 1
            await asyncio.sleep(6.0)

    async def _work(self, desk: "DeskApp", end_s: float) -> None:
        """Verify cards, open incidents, issue orders, answer them."""
        while time.monotonic() < end_s:
            for step in (self._open_incident, self._issue, self._answer):
                try:
                    await step(desk)
                except CommandRefusedError as error:
                    self.done[f"refused {error.code}"] += 1
                await asyncio.sleep(2.0)

    async def _open_incident(self, desk: "DeskApp") -> None:
        runtime = desk.runtime
        situation = runtime.live_situation
        cards = [card for card in situation.cards.values() if card.state == "open"]
        if not cards or len(situation.incidents) >= _MOST_INCIDENTS or runtime.replay is not None:
            return
        card = cards[0]
        await runtime.execute(StartVerification(card_id=card.id))
        await runtime.execute(
            RecordVerification(card_id=card.id, result="real", said_by="control room")
        )
        await runtime.execute(OpenIncidentFromCard(card_id=card.id))
        self.done["incident"] += 1

    async def _issue(self, desk: "DeskApp") -> None:
        station = desk.screens.command
        team, incident = station.dispatch.current, station.incident
        if team is None or incident is None or desk.runtime.replay is not None:
            return
        await desk.runtime.execute(
            IssueOrder(
                incident_id=incident.id,
                team_key=team.team_key,
                text=incident.title.text("zh"),
                route=team.route.line,
                eta_s=team.route.eta_s,
            )
        )
        self.done["order"] += 1

    async def _answer(self, desk: "DeskApp") -> None:
        if desk.runtime.replay is not None:
            return
        for order in desk.runtime.live_situation.orders.values():
            command = _next_word(order)
            if command is not None:
                await desk.runtime.execute(command)
                self.done["answer"] += 1
                return


def _next_word(order: Order) -> ConfirmReceipt | StartOrder | ReportOrder | None:
    match order.state:
        case "issued":
            return ConfirmReceipt(order_id=order.id, by="leader")
        case "received":
            return StartOrder(order_id=order.id, by="leader")
        case "under_way":
            return ReportOrder(order_id=order.id, by="leader", text="done")
        case _:
            return None


def main(site: str, seconds: str) -> int:
    """Run the desk with the hand at it."""
    hand = BusyHand(float(seconds))
    args = argparse.Namespace(site=site, exit_when_ready=False, language="zh", theme="dark")
    return run_desk(args, hand.start)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
