"""Ten busy minutes: how often the desk's UI thread stands still, beside a bare window.

`python3 run.py soak ui [--minutes M] [--stacks]`. The demonstration park runs with every inject
brought forward; stations are switched, the map panned, the palette searched, incidents opened and
ordered, the replay scrubbed. Gaps over 50 ms count from the first busy moment on. The bare window
runs at the same time in its own process and counts its own gaps by the same watch, from the same
moment on.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass
from typing import Any

MORE_THAN_BARE = 3
LONGEST_MS = 200.0
_BEYOND_S = 180


@dataclass(frozen=True, slots=True)
class Gaps:
    """Gaps of both sides [ms], of the desk's also its own work [ms] and the stack."""

    desk: tuple[tuple[float, float, str], ...]
    bare: tuple[float, ...]
    done: dict[str, int]

    @property
    def longest_ms(self) -> float:
        """The desk's longest gap [ms]."""
        return max((gap for gap, _, _ in self.desk), default=0.0)

    @property
    def holds(self) -> bool:
        """Whether the bar is met."""
        few = len(self.desk) <= len(self.bare) + MORE_THAN_BARE
        return few and self.longest_ms <= LONGEST_MS


def main(argv: list[str]) -> int:
    """Run, print every gap, return 1 when the bar fails."""
    parser = argparse.ArgumentParser(prog="run.py soak ui", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--stacks", action="store_true", help="print the stack of every gap")
    args = parser.parse_args(argv)
    gaps = busy_minutes(args.minutes)
    for ms, worked_ms, stack in gaps.desk:
        print(f"gap of {ms:.0f} ms, {worked_ms:.0f} ms of work, in {_place(stack)}")
        if args.stacks:
            print(stack)
    print(f"done: {gaps.done}")
    bare = f"{len(gaps.bare)} (longest {max(gaps.bare, default=0):.0f} ms)"
    print(
        f"soak ui: {args.minutes:g} min, desk {len(gaps.desk)} gaps over 50 ms, longest "
        f"{gaps.longest_ms:.0f} ms; bare window {bare}: {'holds' if gaps.holds else 'FAILS'}"
    )
    return 0 if gaps.holds else 1


def busy_minutes(minutes: float) -> Gaps:
    """Run both windows for a while and return their gaps."""
    found, bare = beside_bare("tests.soak.busy_desk", minutes)
    return gaps_of(found, bare)


def gaps_of(found: dict[str, Any], bare: tuple[float, ...]) -> Gaps:
    """Return the gaps a desk told when it ended, beside those of the bare window."""
    counted = tuple((float(ms), float(worked), str(s)) for ms, worked, s in found["gaps"])
    return Gaps(counted, bare, Counter(found["done"]))


def beside_bare(module: str, minutes: float) -> tuple[dict[str, Any], tuple[float, ...]]:
    """Run a desk (`python -m module SITE SECONDS`) and the bare window at the same time.

    The desk prints a line when its count begins; the bare window's begins then too. Returns the
    JSON object that the desk printed last, and the bare window's gaps [ms].
    """
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory(prefix="muster-ui-") as site:
        command = [sys.executable, "-m", module, site, str(minutes * 60)]
        desk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        bare = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.bare_ui"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        limit = threading.Timer(minutes * 60 + _BEYOND_S, desk.kill)
        limit.start()
        try:
            assert desk.stdout is not None
            begun = desk.stdout.readline()
            assert bare.stdin is not None
            bare.stdin.write(begun)
            bare.stdin.flush()
            said, _ = desk.communicate()
            bare_said, _ = bare.communicate("", timeout=30)
        finally:
            limit.cancel()
            desk.kill()
            bare.kill()
            desk.wait()
            bare.wait()
    lines = said.splitlines()
    if not lines or desk.returncode:
        raise RuntimeError(f"the desk ended with {desk.returncode}: {said[-2000:]}")
    return json.loads(lines[-1]), tuple(json.loads(bare_said))


def _place(stack: str) -> str:
    """Return the innermost line of our own in a stack."""
    ours = [
        line.strip()
        for line in stack.splitlines()
        if "File" in line and ".venv" not in line and "lib/python" not in line
    ]
    return ours[-1] if ours else stack.strip()
