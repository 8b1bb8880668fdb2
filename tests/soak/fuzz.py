"""Fuzzed frames for every decoder: no crash, no frame that takes a second, all counted.

`python3 run.py soak fuzz [--frames N]`
"""

import argparse
import time
import traceback

from tests.unit.app.gateway.fuzzing import DECODERS, LEAST_UNDERSTOOD, fuzz


def main(argv: list[str]) -> int:
    """Run all decoders and say what they understood and refused."""
    parser = argparse.ArgumentParser(prog="run.py soak fuzz", description=__doc__)
    parser.add_argument("--frames", type=int, default=10_000, help="frames per decoder")
    frames = parser.parse_args(argv).frames
    failed = 0
    for name in DECODERS:
        began_s = time.monotonic()
        try:
            counts = fuzz(name, frames)
        except Exception:
            traceback.print_exc()
            print(f"{name}: FAILED", flush=True)
            failed += 1
            continue
        share = counts["understood"] / counts.total()
        told = f"{counts['understood']} understood ({share:.0%}), {counts['refused']} refused"
        print(f"{name}: {counts.total()} frames, {told}, {time.monotonic() - began_s:.0f} s")
        failed += counts.total() < frames or share < LEAST_UNDERSTOOD
    return 1 if failed else 0
