"""`muster gateway`: ingestion, history and alarms alone."""

import argparse

from app.cli import BadInputError
from app.gateway.main import run_gateway
from app.gateway.shares import Shares
from app.headless.site_store import site_of
from app.locks import FileLock, LockHeldError
from app.logs import set_up_logging, shut_down_logging
from app.opening import SiteOpeningError
from app.site import SiteError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--name", default="", help="which of the site's gateways; default the first"
    )
    parser.add_argument("--duration", type=float, metavar="S", help="stop after so many seconds")


def run(args: argparse.Namespace) -> int:
    """Run until stopped; a second one of the same site and name is refused."""
    site, settings = site_of(args)
    try:
        name = Shares(settings.gateways, args.name).file_name
    except ValueError as error:
        raise BadInputError(str(error)) from error
    try:
        site.create()
        with FileLock(site.gateway_lock_of(name)):
            set_up_logging(site.logs, f"gateway-{name}" if name else "gateway", settings.log_level)
            try:
                run_gateway(site, settings, args.duration, args.name)
            finally:
                shut_down_logging()
    except LockHeldError as error:
        raise BadInputError(f"{site.path}: a gateway runs already ({error}); use it") from error
    except (SiteError, SiteOpeningError) as error:
        raise BadInputError(str(error)) from error
    return 0
