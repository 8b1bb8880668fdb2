"""Starts the driver's process for a test and brings its result."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_LOOK_S = 0.1


class DriverFailedError(AssertionError):
    """The play didn't come to its end; the text says where and what was logged."""


def environment(folder: Path) -> dict[str, str]:
    """Return an environment whose home lies in a folder."""
    home = folder / "home"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MUSTER_")}
    return {
        **kept,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
    }


class DriverProcess:
    """One desk that plays a part in a process of its own."""

    def __init__(self, folder: Path, play: str, site: Path, *more: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._result = folder / f"{play}.json"
        self._log = folder / f"{play}.log"
        command = [sys.executable, "-m", "tests.e2e.driver", play, "--site", str(site)]
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--result", str(self._result), *more],
                cwd=ROOT, env=environment(folder), stdout=log, stderr=log,
            )  # fmt: skip

    def result(self, within_s: float) -> dict[str, Any]:
        """Return the result once it is written.

        Raises
        ------
        DriverFailedError
            When the play stopped before its end.
        """
        ends_s = time.monotonic() + within_s
        while not self._result.exists():
            if time.monotonic() > ends_s or self.process.poll() is not None:
                raise DriverFailedError(f"no result of {self._result.stem}\n{self._said()}")
            threading.Event().wait(_LOOK_S)  # a file has no other way to tell us
        found: dict[str, Any] = json.loads(self._result.read_text("utf-8"))
        if not found["ended"]:
            steps = "\n".join(map(str, found.get("steps", ())))
            raise DriverFailedError(f"{found.get('trace')}\n{steps}\n{self._said()}")
        return found

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def wait(self, within_s: float = 60.0) -> int:
        """Wait for its end and return its exit code."""
        return self.process.wait(within_s)

    def _said(self) -> str:
        return self._log.read_text("utf-8", "replace")[-3000:]
