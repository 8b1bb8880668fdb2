"""`muster shots DIR`: pictures of the running desk on the demonstration park.

It opens a fresh site, lets the chlorine release happen, verifies, opens the incident and issues
an order, and then takes every station in both languages and both themes.
"""

import argparse
import asyncio
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli import BadInputError
from app.commands import CommandRefusedError
from app.commands.card import RecordVerification, StartVerification
from app.commands.incident import OpenIncidentFromCard
from app.commands.operation import PostponeInject
from app.commands.order import IssueOrder
from models.libraries.kinds import Scenario
from models.operation.situation import Situation

if TYPE_CHECKING:
    from app.main import DeskApp

_LOG = logging.getLogger("muster.shots")
STATIONS = ("watch", "map", "monitor", "command", "libraries", "drill", "review")
FULL = (1920, 1080)
SMALL = (1280, 800)
_SETTLE_S = 1.2
_WAIT_S = 90.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the folder."""
    parser.add_argument("folder", metavar="DIR", help="where the pictures go")
    parser.add_argument("--station", choices=STATIONS, help="this station only")
    parser.add_argument("--size", metavar="WxH", help="Watch in this size only")


def run(args: argparse.Namespace) -> int:
    """Take the pictures; 0 when all were written."""
    folder = Path(args.folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(f"{folder}: {error.strerror}") from error
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.main import run_desk  # after the platform is chosen

    stations = (args.station,) if args.station else STATIONS
    sizes = [FULL, SMALL]
    if args.size:
        stations, sizes = ("watch",), [_size(args.size)]
    with tempfile.TemporaryDirectory(prefix="muster-shots-") as site:
        desk_args = argparse.Namespace(
            site=site,
            exit_when_ready=False,
            language="zh",
            theme="dark",
            scale=scale_of(sizes[0]),
        )
        photographer = Photographer(folder, stations, sizes)
        code = run_desk(desk_args, photographer.start)
    for path in photographer.written:
        print(path, flush=True)  # noqa: T201 - the command's output
    if code == 0 and not args.size and "watch" in stations:
        # Sizes are laid out when a desk starts: a large wall is another start.
        command = [sys.executable, "-m", "app", "shots", str(folder), "--size", "3840x2160"]
        code = subprocess.run(command, check=False).returncode
    return code


def scale_of(size: tuple[int, int]) -> float:
    """Return the scale of a screen of this size."""
    return max(1.0, size[1] / FULL[1])


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.partition("x")
    if not (cross and width.isdigit() and height.isdigit()):
        raise BadInputError(f"--size: {text!r} is not WIDTHxHEIGHT")
    return int(width), int(height)


class Photographer:
    """Drives the desk through the first steps of the thread and takes pictures."""

    def __init__(
        self, folder: Path, stations: tuple[str, ...], sizes: list[tuple[int, int]]
    ) -> None:
        self._folder = folder
        self._stations = stations
        self._sizes = sizes
        self.written: list[Path] = []
        self._task: asyncio.Task[None] | None = None

    def start(self, desk: "DeskApp") -> None:
        """Begin once the desk is ready."""
        self._task = asyncio.get_running_loop().create_task(self._run(desk), name="shots")

    async def _run(self, desk: "DeskApp") -> None:
        code = 1
        try:
            await self._play(desk)
            await self._shoot_all(desk)
            code = 0
        except (TimeoutError, OSError, CommandRefusedError) as error:
            print(f"shots: {error}", file=sys.stderr)  # noqa: T201 - the command's voice
        except Exception:
            _LOG.exception("the pictures could not be taken")
        finally:
            desk.quit(code)

    async def _play(self, desk: "DeskApp") -> None:
        """Alarm → card → verified → incident → zone → order."""
        runtime = desk.runtime
        await desk.screens.shift.take_as_rostered()
        await self._bring_forward(desk)
        card = await self._until(desk, _chlorine_card, "the chlorine alarm")
        await runtime.execute(StartVerification(card_id=card))
        await asyncio.sleep(_SETTLE_S)
        said_by = runtime.situation.cards[card].verification_person or "control room"
        await runtime.execute(RecordVerification(card_id=card, result="real", said_by=said_by))
        events = await runtime.execute(OpenIncidentFromCard(card_id=card))
        incident = events[0].subject
        await self._until(desk, _has_model_zone, "the model's zone")
        desk.screens.window.open_station("command")
        desk.screens.command.show_incident(incident)
        for _ in range(2):
            proposal = await self._proposal(desk)
            if proposal is not None:
                await runtime.execute(proposal)
                await asyncio.sleep(_SETTLE_S)
        await asyncio.sleep(12.0)

    async def _bring_forward(self, desk: "DeskApp") -> None:
        runtime = desk.runtime
        scenario = runtime.reference.get("scenarios", "OPENING")
        if not isinstance(scenario, Scenario):
            return
        now_s = (runtime.clock.now_us() - runtime.situation.started_us) // 1_000_000
        for inject in scenario.injects:
            by_s = int(now_s) + 3 - inject.at_s
            if inject.type != "wind" and by_s < 0:
                await runtime.execute(PostponeInject(inject_key=inject.key, by_s=by_s))

    async def _proposal(self, desk: "DeskApp") -> IssueOrder | None:
        station = desk.screens.command
        for _ in range(30):
            team, proposal = station.dispatch.current, station.dispatch.proposal
            if team is not None and proposal is not None and station.incident is not None:
                task = station.tasks.current_task
                text = task.action.text("zh") if task else station.incident.title.text("zh")
                return IssueOrder(
                    incident_id=station.incident.id,
                    team_key=team.team_key,
                    text=text,
                    task_id=task.id if task else "",
                    staging=proposal.staging.position if proposal.staging else None,
                    route=team.route.line,
                    eta_s=team.route.eta_s,
                )
            await asyncio.sleep(0.2)
        return None

    async def _until(self, desk: "DeskApp", found: Callable[[Situation], str], what: str) -> str:
        try:
            async with asyncio.timeout(_WAIT_S):
                while not (key := found(desk.runtime.situation)):  # noqa: ASYNC110 - a look, no event
                    await asyncio.sleep(0.2)
                return key
        except TimeoutError as error:
            raise TimeoutError(f"{what} did not come within {_WAIT_S:g} s") from error

    async def _shoot_all(self, desk: "DeskApp") -> None:
        screens = desk.screens
        for language in ("zh", "en"):
            screens.translator.choose(language)
            for theme in ("dark", "light"):
                screens.theme.choose(theme)
                for station in self._stations:
                    for size in self._sizes if station == "watch" else self._sizes[:1]:
                        name = f"{station}-{theme}-{language}"
                        if size != FULL:
                            name += f"-{size[0]}x{size[1]}"
                        await self._shoot(desk, station, size, name)

    async def _shoot(self, desk: "DeskApp", station: str, size: tuple[int, int], name: str) -> None:
        window = desk.screens.window
        window.resize(*size)
        if station == "review" and desk.runtime.replay is None:
            replay = desk.runtime.enter_replay()
            await asyncio.sleep(_SETTLE_S)
            replay.seek(replay.start_us + (replay.end_us - replay.start_us) * 9 // 10)
        elif station != "review":
            desk.runtime.leave_replay()
        window.open_station(station)
        await asyncio.sleep(_SETTLE_S)
        path = self._folder / f"{name}.png"
        if not window.grab().save(str(path)):
            raise OSError(f"{path}: the picture can't be written")
        self.written.append(path)


def _chlorine_card(situation: Situation) -> str:
    """Return the card of the gravest toxic situation with two detectors."""
    for card in situation.cards.values():
        alarms = [situation.alarms[a] for a in card.alarm_ids if a in situation.alarms]
        if len(alarms) > 1 and any(a.limit == "HH" and a.safety == "toxic" for a in alarms):
            return card.id
    return ""


def _has_model_zone(situation: Situation) -> str:
    return next((z.id for z in situation.zones.values() if z.result.kind == "model"), "")
