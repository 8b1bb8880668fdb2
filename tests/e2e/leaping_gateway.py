"""The real gateway with a clock that a file sets forward: `python -m tests.e2e.leaping_gateway S`.

`leap` in the site's folder S holds by how many seconds the clock goes ahead of the machine's; it
may only grow.
"""

import asyncio
import sys
from pathlib import Path

from app.clock import SystemClock
from app.gateway.main import Gateway
from app.locks import FileLock
from app.logs import set_up_logging, shut_down_logging
from app.opening import open_site
from app.settings import load_settings
from app.site import Site


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
    settings = load_settings(site.site_file).settings
    clock = LeapingClock(site.path / "leap")
    with FileLock(site.gateway_lock):
        set_up_logging(site.logs, "gateway", settings.log_level)
        opened = open_site(site, settings, clock)
        try:
            with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
                runner.run(Gateway(site, settings, opened, clock).run())
        finally:
            opened.store.close()
            shut_down_logging()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
