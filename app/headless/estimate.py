"""`muster estimate FILE`: where and how much leaks, from detector readings and the wind."""

import argparse

from app.cli import BadInputError
from app.headless.jsonio import read_json, write_json
from app.own_substances import load_own_substances
from app.site import Site, SiteError, site_path
from models.hazard.estimation.estimate import estimate_source
from models.hazard.estimation.ports import Observations
from models.hazard.ports import HazardInputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="JSON with readings and wind; '-' reads standard input"
    )


def run(args: argparse.Namespace) -> int:
    """Print the estimate as JSON."""
    seen = read_json(args.file, Observations)
    try:
        load_own_substances(Site(site_path(args.site)))
        write_json(estimate_source(seen))
    except HazardInputError as error:
        raise BadInputError(f"{args.file}: {error.field}: {error.reason}") from error
    except SiteError as error:
        raise BadInputError(str(error)) from error
    return 0
