"""One busy minute of the UI thread beside a bare window; ten minutes are `run.py soak ui`."""

from tests.benchmarks.ratio import Row
from tests.soak.ui import LONGEST_MS, MORE_THAN_BARE, busy_minutes

_MINUTES = 1.0


def rows() -> list[Row]:
    """Measure once: a stall that didn't come again was still a stall."""
    gaps = busy_minutes(_MINUTES)
    bare = len(gaps.bare)
    note = f"{bare} of the bare window, longest {max(gaps.bare, default=0.0):.0f} ms"
    few = Row(
        "UI thread: gaps > 50 ms in a busy minute", len(gaps.desk), bare + MORE_THAN_BARE, "",
        note=note,
    )  # fmt: skip
    ours = max(gaps.desk, default=(0.0, 0.0, ""))
    longest = Row(
        "UI thread: longest gap", ours[0], LONGEST_MS, "ms", note=f"{ours[1]:.0f} ms of it work"
    )
    return [few, longest]
