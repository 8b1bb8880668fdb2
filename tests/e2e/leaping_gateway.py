"""The real gateway with a clock that a file sets forward: `python -m tests.e2e.leaping_gateway S`.

`leap` in the site's folder S holds by how many seconds the clock goes ahead of the machine's; it
may only grow.
"""

import sys
from pathlib import Path

from app.clock import SystemClock
from app.site import Site
from tests.e2e.clocked_gateway import run_gateway


class LeapingClock(SystemClock):
    """Looks into the file as often as it is asked the time."""

    def __init__(self, leap: Path) -> None:
        self._leap = leap
        self._machine = SystemClock()
        super().__init__(self._ahead_us)

    def _ahead_us(self) -> int:
        try:
            ahead_s = float(self._leap.read_text("ascii"))
        except (OSError, ValueError):
            ahead_s = 0.0
        return self._machine.now_us() + int(ahead_s * 1e6)


def main(path: str) -> int:
    """Run until told to stop."""
    site = Site(Path(path))
    return run_gateway(site, LeapingClock(site.path / "leap"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
