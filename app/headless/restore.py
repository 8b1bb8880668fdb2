"""`muster restore FILE`: put a backup into a site."""

import argparse
from pathlib import Path

from app.backup import BackupError
from app.cli import BadInputError
from app.clock import SystemClock, as_datetime
from app.headless.jsonio import write_json
from app.headless.site_store import site_of
from app.journal_errors import JournalError
from app.restoring import restore
from models.store import StoreError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", help="the backup")
    parser.add_argument("--force", action="store_true", help="set what the site holds aside")


def run(args: argparse.Namespace) -> int:
    """Restore and print what came back."""
    site, settings = site_of(args)
    try:
        manifest = restore(
            site,
            Path(args.file),
            as_datetime(SystemClock()),
            store_url=settings.store_url,
            force=args.force,
        )
    except (BackupError, StoreError, JournalError) as error:
        raise BadInputError(f"{args.file}: {error}") from error
    write_json({"site": str(site.path), "files": len(manifest.files), "heads": manifest.heads})
    return 0
