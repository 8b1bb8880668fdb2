"""Opens the real desk on a site and plays a part in it: `python -m tests.e2e.driver PLAY …`.

A process of its own, started by the tests. It writes what it saw as JSON and leaves with 0 when
the play came to its end, with 1 when it didn't.
"""

import argparse
import asyncio
import importlib
import json
import logging
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.main import run_desk
from app.netguard import install_from_environment
from tests.e2e.officer import Officer

if TYPE_CHECKING:
    from app.main import DeskApp

PLAYS = ("thread", "park", "recall", "facilities", "handover", "wind", "flood")


class Driver:
    """Runs one play on the running desk."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self._task: asyncio.Task[None] | None = None
        self.result: dict[str, Any] = {"play": args.play, "ended": False, "facts": {}}

    def start(self, desk: "DeskApp") -> None:
        """Begin: the desk is ready."""
        self._task = asyncio.get_running_loop().create_task(self._run(desk), name="driver")

    async def _run(self, desk: "DeskApp") -> None:
        officer = Officer(desk)
        play = importlib.import_module(f"tests.e2e.plays.{self._args.play}").play
        code = 1
        try:
            async with asyncio.timeout(self._args.within):
                await officer.at_the_desk()
                await play(officer, self.result["facts"], self._args)
            self.result["ended"] = True
            code = 0
            if self._args.stay:
                self._gather(desk, officer)
                self.write()
                await asyncio.get_running_loop().create_future()  # until somebody kills us
        except Exception as error:  # whatever stops a play is its result
            self.result["error"] = f"{type(error).__name__}: {error}"
            self.result["trace"] = traceback.format_exc()
            self._show(desk)
        finally:
            self._gather(desk, officer)
            self.write()
            desk.quit(code)

    def _gather(self, desk: "DeskApp", officer: Officer) -> None:
        blocker = getattr(desk.screens.map.backend, "blocker", None)
        self.result["plain_map"] = desk.screens.map.is_plain
        self.result["page_blocked"] = None if blocker is None else list(blocker.blocked)
        self.result["steps"] = officer.steps
        self.result["actions"] = officer.actions

    def _show(self, desk: "DeskApp") -> None:
        """Leave a picture of where it stuck."""
        picture = Path(self._args.result).with_suffix(".png")
        desk.screens.window.grab().save(str(picture))

    def write(self) -> None:
        """Write the result in one piece."""
        path = Path(self._args.result)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(self.result, ensure_ascii=False, indent=1), "utf-8")
        part.replace(path)


def main() -> int:
    """Play; return the desk's exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("play", choices=PLAYS)
    parser.add_argument("--site", required=True)
    parser.add_argument("--result", required=True)
    parser.add_argument("--within", type=float, default=240.0, help="seconds for the play")
    parser.add_argument("--file", default="", help="a file the play works with")
    parser.add_argument("--shots", default="", help="folder for pictures")
    parser.add_argument("--rate", type=float, default=0.5, help="rate to enter [kg/s]")
    parser.add_argument("--stay", action="store_true", help="wait at the end to be killed")
    parser.add_argument("--language", default="zh")
    args = parser.parse_args()
    install_from_environment()
    driver = Driver(args)
    desk = argparse.Namespace(
        site=args.site, exit_when_ready=False, language=args.language, theme="dark"
    )
    code = run_desk(desk, driver.start)
    if not Path(args.result).exists():
        driver.result["error"] = f"the desk ended with {code} before it was ready"
        driver.write()
    logging.shutdown()
    return code


if __name__ == "__main__":
    sys.exit(main())
