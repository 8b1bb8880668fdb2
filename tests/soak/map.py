"""Ten minutes of 500 vehicles and 2,000 measuring points at 1 Hz on a map that is panned.

`python3 run.py soak map [--minutes M] [--stacks]`. The UI thread's gaps are held against a bare
window's under the same load; memory of desk and renderer may grow by 20 MB after a minute's
warm-up; the page must have taken every message. Reads /proc, so Linux only.
"""

import argparse
from typing import Any

from tests.soak.ui import beside_bare, gaps_of

_GROWS_MB = 20.0
_VEHICLES, _SENSORS = 500, 2_000


def main(argv: list[str]) -> int:
    """Run, print what was found, return 1 when a bar fails."""
    parser = argparse.ArgumentParser(prog="run.py soak map", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--stacks", action="store_true", help="print the stack of every gap")
    args = parser.parse_args(argv)
    found, bare = beside_bare("tests.soak.map_desk", args.minutes)
    gaps = gaps_of(found, bare)
    for ms, worked_ms, stack in gaps.desk:
        print(f"gap of {ms:.0f} ms, {worked_ms:.0f} ms of work")
        if args.stacks:
            print(stack)
    memory = found["memory_mb"]
    whole = _is_whole(found["before"], found["after"])
    light = sum(last - first for first, last in memory.values()) < _GROWS_MB
    print(f"done: {dict(gaps.done)}")
    print(f"messages: {found['before']} → {found['after']}: {_verdict(holds=whole)}")
    for process, (first_mb, last_mb) in memory.items():
        print(f"memory of the {process}: {first_mb:.0f} → {last_mb:.0f} MB")
    print(f"memory: {_verdict(holds=light)}")
    print(
        f"soak map: {args.minutes:g} min, desk {len(gaps.desk)} gaps over 50 ms, longest "
        f"{gaps.longest_ms:.0f} ms; bare window {len(bare)} (longest {max(bare, default=0):.0f} "
        f"ms): {_verdict(holds=gaps.holds)}"
    )
    return 0 if gaps.holds and light and whole else 1


def _is_whole(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether every number in between reached the page, in order and once, and all is there."""
    numbers = after["seq"] - before["seq"]
    received = after["received"] - before["received"]
    answered = after["acknowledged"] >= after["sent"] > before["sent"]
    there = after["vehicles"] == _VEHICLES and after["sensors"] >= _SENSORS
    return numbers == received and answered and there and not after["lost"]


def _verdict(*, holds: bool) -> str:
    return "holds" if holds else "FAILS"
