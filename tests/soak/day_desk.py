"""The real desk under a fast clock, and a hand that goes through its stations.

`python -m tests.soak.day_desk SITE SECONDS ORIGIN_US SPEED` prints `busy` when it begins and at the
end a JSON object: the gaps [ms] with their stacks, and what was done.
"""

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import app.main
from app.commands import CommandRefusedError
from app.commands.alarm import AcknowledgeAlarms
from app.commands.card import RecordVerification, StartVerification
from app.commands.operation import TakeShift
from models.basics import LatLon
from tests.soak.fast_clock import FastClock
from views.shell.station import PLACES

if TYPE_CHECKING:
    from app.main import DeskApp

_EVERY_S = 4.0


class DayHand:
    """Switches stations, pans, acknowledges what stands, settles what has passed."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._tasks: list[asyncio.Task[None]] = []
        self.done: Counter[str] = Counter()

    def start(self, desk: "DeskApp") -> None:
        """Begin once the desk is ready."""
        self._tasks = [asyncio.get_running_loop().create_task(self._run(desk), name="day")]

    async def _run(self, desk: "DeskApp") -> None:
        code = 1
        try:
            while not desk.screens.is_warm:
                await asyncio.sleep(0.1)
            await desk.runtime.execute(TakeShift(person="soak", role="duty_leader", shift="A"))
            desk.stalls.count_from_now()
            print("busy", flush=True)
            end_s = time.monotonic() + self._seconds
            while time.monotonic() < end_s:
                for place in PLACES:
                    desk.screens.window.open_station(place.id)
                    self.done["switch"] += 1
                    await self._pan(desk)
                    await self._acknowledge(desk)
                    await self._settle(desk)
                    await asyncio.sleep(_EVERY_S)
            code = 0
        finally:
            gaps = [
                (round(s.seconds * 1000, 1), round(s.worked_s * 1000, 1), s.stack)
                for s in desk.stalls.stalls
            ]
            print(json.dumps({"gaps": gaps, "done": self.done}), flush=True)
            desk.quit(code, stop_gateway=False)

    async def _pan(self, desk: "DeskApp") -> None:
        sources = [r for r in desk.runtime.reference.all("hazard-sources").values() if r.position]
        at = sources[self.done["pan"] % len(sources)].position
        assert at is not None
        desk.screens.map.fly_to(LatLon(at.lat_deg, at.lon_deg), 15.0)
        self.done["pan"] += 1

    async def _acknowledge(self, desk: "DeskApp") -> None:
        alarms = [a for a in desk.runtime.situation.alarms.values() if "unacknowledged" in a.state]
        if not alarms:
            return
        ids, seen = tuple(a.id for a in alarms), tuple(a.event_id for a in alarms)
        try:
            await desk.runtime.execute(AcknowledgeAlarms(alarm_ids=ids, seen=seen))
            self.done["acknowledged"] += len(ids)
        except CommandRefusedError as error:
            self.done[f"refused {error.code}"] += 1

    async def _settle(self, desk: "DeskApp") -> None:
        """Close the cards whose alarms all returned, as the control room explained them."""
        situation = desk.runtime.situation
        for card in situation.cards.values():
            alarms = [situation.alarms.get(each) for each in card.alarm_ids]
            if card.state == "closed" or any(a and a.returned_us is None for a in alarms):
                continue
            try:
                await desk.runtime.execute(StartVerification(card_id=card.id))
                said = RecordVerification(card.id, "process_upset", "control room")
                await desk.runtime.execute(said)
                self.done["settled"] += 1
            except CommandRefusedError as error:
                self.done[f"refused {error.code}"] += 1


def main(site: str, seconds: str, origin_us: str, speed: str) -> int:
    """Run the desk with the hand at it."""
    made = partial(FastClock, int(origin_us), float(speed))
    app.main.SystemClock = made  # type: ignore[misc, assignment]
    hand = DayHand(float(seconds))
    args = argparse.Namespace(site=site, exit_when_ready=False, language="zh", theme="dark")
    return app.main.run_desk(args, hand.start)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
