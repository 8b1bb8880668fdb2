"""The real gateway under a fast clock: `python -m tests.soak.day_gateway SITE ORIGIN_US SPEED`."""

import asyncio
import sys
from pathlib import Path

from app.gateway.main import Gateway
from app.locks import FileLock
from app.logs import set_up_logging, shut_down_logging
from app.opening import open_site
from app.settings import load_settings
from app.site import Site
from tests.soak.fast_clock import FastClock


def main(path: str, origin_us: str, speed: str) -> int:
    """Run until told to stop."""
    site = Site(Path(path))
    settings = load_settings(site.site_file).settings
    clock = FastClock(int(origin_us), float(speed))
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
    sys.exit(main(*sys.argv[1:]))
