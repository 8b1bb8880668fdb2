"""A slider of "what if" moved, to the zone repainted: offscreen, through the real map page."""

import json
import os
import statistics
import subprocess
import sys
import tempfile

from tests.benchmarks.ratio import Row

_BAR_MS = 150.0
_WITHIN_S = 300


def rows() -> list[Row]:
    """Measure in a process of its own; a second run has the composed page."""
    with tempfile.TemporaryDirectory(prefix="muster-bench-slider-") as cache:
        _run(cache)
        found = _run(cache)
    return [
        Row(
            f"slider to repainted zone, {case}", statistics.median(times), _BAR_MS, "ms",
            note=f"{len(times)} moves, longest {max(times):.0f} ms",
        )
        for case, times in found.items()
    ]  # fmt: skip


def _run(cache: str) -> dict[str, list[float]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.slider_page", cache],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True,
        timeout=_WITHIN_S, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"slider_page: {done.returncode}\n{done.stderr[-2000:]}")
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return found
