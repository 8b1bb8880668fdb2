"""The real gateway under a clock of a test's own."""

import asyncio

from app.clock import SystemClock
from app.gateway.main import Gateway
from app.locks import FileLock
from app.logs import set_up_logging, shut_down_logging
from app.opening import open_site
from app.settings import load_settings
from app.site import Site


def run_gateway(site: Site, clock: SystemClock) -> int:
    """Run until told to stop."""
    settings = load_settings(site.site_file).settings
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
