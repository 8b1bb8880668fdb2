"""`muster backup`: a consistent copy of the site in one zip."""

import argparse
from pathlib import Path

from app.backup import BackupError, back_up
from app.cli import BadInputError
from app.clock import SystemClock, as_datetime
from app.headless.jsonio import write_json
from app.headless.site_store import open_site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="default: in the site's backups")


def run(args: argparse.Namespace) -> int:
    """Write the backup and print where it is and what it holds."""
    now = as_datetime(SystemClock())
    with open_site(args) as opened:
        target = (
            Path(args.file).absolute()
            if args.file
            else opened.site.backups / f"muster-{now:%Y%m%dT%H%M%SZ}.zip"
        )
        try:
            manifest = back_up(opened.site, opened.journal, target, now)
        except BackupError as error:
            raise BadInputError(str(error)) from error
    write_json({"file": str(target), "files": len(manifest.files), "heads": manifest.heads})
    return 0
