"""`muster shots DIR`: pictures of the running desk on the demonstration park.

It opens a fresh site, lets the chlorine release happen, verifies, opens the incident and issues
two orders, and then takes every station and the sheets over it, in both languages and both themes.
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
from app.headless.shot_map import map_painted
from app.headless.shot_sheets import pages_of_monitor, sheets_of
from models.basics import Language
from models.libraries.kinds import Scenario
from models.operation.situation import Situation

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.main import DeskApp

_LOG = logging.getLogger("muster.shots")
STATIONS = ("watch", "map", "monitor", "command", "libraries", "drill", "review")
FULL = (1920, 1080)
SMALL = (1280, 800)
WALL = "3840x2160"
LANGUAGES = ("zh", "en")
_SETTLE_S = 1.2
_SMALL_TOO = {"watch", "monitor"}
_WAIT_S = 90.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the folder."""
    parser.add_argument("folder", metavar="DIR", help="where the pictures go")
    parser.add_argument("--station", choices=STATIONS, help="this station only")
    parser.add_argument("--size", metavar="WxH", help="Watch in this size only")
    parser.add_argument("--language", choices=LANGUAGES, help="this language only")


def run(args: argparse.Namespace) -> int:
    """Take the pictures; 0 when all were written."""
    folder = Path(args.folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(f"{folder}: {error.strerror}") from error
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sizes = [_size(args.size)] if args.size else [FULL, SMALL]
    stations = ("watch",) if args.size else (args.station,) if args.station else STATIONS
    if not args.language:
        return _run_each(args, with_wall="watch" in stations and not args.size)
    from app.main import run_desk  # after the platform is chosen

    with tempfile.TemporaryDirectory(prefix="muster-shots-") as site:
        desk_args = argparse.Namespace(
            site=site,
            exit_when_ready=False,
            language=args.language,
            theme="dark",
            scale=scale_of(sizes[0]),
        )
        photographer = Photographer(folder, args.language, stations, sizes)
        return run_desk(desk_args, photographer.start)


def _run_each(args: argparse.Namespace, *, with_wall: bool) -> int:
    """Take the pictures of each language, and those of a wall, in a desk of their own.

    What is recorded is in the language of the desk that recorded it, and sizes are laid out when
    a desk starts.
    """
    wanted = ["--station", args.station] if args.station else []
    wanted += ["--size", args.size] if args.size else []
    for options in (wanted, ["--size", WALL]) if with_wall else (wanted,):
        for language in LANGUAGES:
            command = [sys.executable, "-m", "app", "shots", args.folder, "--language", language]
            code = subprocess.run([*command, *options], check=False).returncode
            if code:
                return code
    return 0


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
        self,
        folder: Path,
        language: Language,
        stations: tuple[str, ...],
        sizes: list[tuple[int, int]],
    ) -> None:
        self._folder = folder
        self._language = language
        self._stations = stations
        self._sizes = sizes
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
                said = task.action if task else station.incident.title
                return IssueOrder(
                    incident_id=station.incident.id,
                    team_key=team.team_key,
                    text=said.text(self._language),
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
        for theme in ("dark", "light"):
            desk.screens.theme.choose(theme)
            for station in self._stations:
                for size in self._sizes if station in _SMALL_TOO else self._sizes[:1]:
                    await self._shoot(desk, station, theme, size)

    async def _shoot(
        self, desk: "DeskApp", station: str, theme: str, size: tuple[int, int]
    ) -> None:
        window = desk.screens.window
        window.resize(*size)
        if station == "review" and desk.runtime.replay is None:
            replay = desk.runtime.enter_replay()
            await asyncio.sleep(_SETTLE_S)
            replay.seek(replay.start_us + (replay.end_us - replay.start_us) * 9 // 10)
        elif station != "review":
            desk.runtime.leave_replay()
        window.open_station(station)
        await asyncio.sleep(_SETTLE_S * scale_of(size))
        await map_painted(desk)
        end = f"{theme}-{self._language}" + ("" if size == FULL else f"-{size[0]}x{size[1]}")
        self._keep(desk, window, f"{station}-{end}")
        if station == "monitor":
            async for page in pages_of_monitor(desk):
                self._keep(desk, window, f"monitor-{page}-{end}")
        if size == FULL:
            async for sheet in sheets_of(desk, station, self._language):
                self._keep(desk, sheet, f"{sheet.objectName()}-{end}")

    def _keep(self, desk: "DeskApp", widget: "QWidget", name: str) -> None:
        """Store a picture, and say what a customer would find fault with."""
        for fault in desk.screens.faults(widget):
            print(f"shots: {name}: {fault}", file=sys.stderr)  # noqa: T201 - the command's voice
        path = self._folder / f"{name}.png"
        if not widget.grab().save(str(path)):
            raise OSError(f"{path}: the picture can't be written")
        print(path, flush=True)  # noqa: T201 - the command's output


def _chlorine_card(situation: Situation) -> str:
    """Return the card of the gravest toxic situation with two detectors."""
    for card in situation.cards.values():
        alarms = [situation.alarms[a] for a in card.alarm_ids if a in situation.alarms]
        if len(alarms) > 1 and any(a.limit == "HH" and a.safety == "toxic" for a in alarms):
            return card.id
    return ""


def _has_model_zone(situation: Situation) -> str:
    return next((z.id for z in situation.zones.values() if z.result.kind == "model"), "")
