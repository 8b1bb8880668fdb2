"""What stands beside a trend's cursor: the time, values with differences, and marks close by."""

from collections.abc import Callable, Sequence

from models.registry.kinds import Tag
from models.times import SECOND_US
from views.monitor.plot.decor import Mark
from views.monitor.trend.cursors import Cursors
from views.monitor.trend.looks import value_text
from views.wording import Wording

_MOST_MARKS = 4
_MOST_CHARS = 60
Values = Callable[[Tag, float], float]


def readout(
    cursors: Cursors, tags: Sequence[Tag], values: Values, marks: Sequence[Mark], wording: Wording
) -> tuple[str, ...]:
    """Return the lines at the cursor, none without one."""
    held_s, at_s = cursors.held_s, cursors.at_s
    if at_s is None:
        return ()
    first = wording.clock(int(at_s * SECOND_US))
    lines = [first if held_s is None else f"{first} · Δ {at_s - held_s:+.0f} s"]
    for tag in tags:
        value = values(tag, at_s)
        line = f"{tag.key} {value_text(value)} {tag.unit}".rstrip()
        if held_s is not None:
            line += f" · Δ {value_text(value - values(tag, held_s), '+')}"
        lines.append(line)
    for mark in marks[:_MOST_MARKS]:
        text = mark.line if len(mark.line) <= _MOST_CHARS else mark.line[: _MOST_CHARS - 1] + "…"
        lines.append(f"{wording.clock(int(mark.from_s * SECOND_US))} {text}")
    return tuple(lines)
