"""The second start to a usable desk, against a bare window that loads the same cached page.

Usable: the window is shown, the situation of the park is on it, the map has drawn the park. The
gateway is started by the desk meanwhile, as after every end of it, and takes its share of the
machine; the yardstick starts none.
"""

import calendar
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.clock import SystemClock
from tests.benchmarks.ratio import Row

_BAR = 1.5
_ROUNDS = 5
_USABLE = re.compile(r"^(\S+)\.(\d{3})Z INFO muster\.desk \S+: usable$", re.MULTILINE)
_WITHIN_S = 120


def rows() -> list[Row]:
    """Measure: the best of each side, taking turns, with everything compiled and cached."""
    with tempfile.TemporaryDirectory(prefix="muster-bench-start-") as folder:
        site = Path(folder) / "site"
        environment = _environment(Path(folder))
        _desk_s(site, environment)  # the first start: park, page, byte code, glyphs
        _bare_s(site, environment)
        desk_s, bare_s = [], []
        for _ in range(_ROUNDS):
            bare_s.append(_bare_s(site, environment))
            desk_s.append(_desk_s(site, environment))
    note = f"desk {min(desk_s):.2f} s, bare window {min(bare_s):.2f} s"
    return [Row("second start to a usable desk", min(desk_s) / min(bare_s), _BAR, note=note)]


def _environment(folder: Path) -> dict[str, str]:
    """Return the surroundings of both sides: offscreen, byte code kept as in an installation."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["QT_QPA_PLATFORM"] = "offscreen"
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    return environment


def _desk_s(site: Path, environment: dict[str, str]) -> float:
    """Return the time from the start of the process to its word 'usable' [s]."""
    log = site / "logs" / "desk.log"
    log.unlink(missing_ok=True)
    command = [sys.executable, "-m", "app", "--site", str(site), "--exit-when-ready"]
    began_us = SystemClock().now_us()
    _run(command, environment)
    found = _USABLE.search(log.read_text("utf-8"))
    if found is None:
        raise RuntimeError("the desk never said that it is usable")
    moment_s = calendar.timegm(time.strptime(found[1], "%Y-%m-%dT%H:%M:%S"))
    return moment_s + int(found[2]) / 1e3 - began_us / 1e6


def _bare_s(site: Path, environment: dict[str, str]) -> float:
    """Return the time from the start of the process to the loaded page [s]."""
    command = [sys.executable, "-m", "tests.benchmarks.bare_window", str(site / "cache")]
    began_us = SystemClock().now_us()
    return (int(_run(command, environment)) - began_us) / 1e6


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=_WITHIN_S, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout
