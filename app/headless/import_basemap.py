"""`muster import basemap FILE`: make the offline base map of a site, or take tiles over."""

import argparse
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

import msgspec

from app.basemaps.adding import Added, add_base_map
from app.basemaps.catalogue import BaseMapCatalogue, BaseMapError
from app.cli import BadInputError
from app.headless.jsonio import write_json
from app.headless.site_store import site_of
from app.site import SiteError
from maps.tiles.errors import TileFileError
from maps.tiles.making import MakingCancelledError, Step

EXIT_CANCELLED = 130


def run(args: argparse.Namespace) -> int:
    """Add the base map and say what is missing of it."""
    site, _ = site_of(args)
    try:
        site.create()
    except SiteError as error:
        raise BadInputError(str(error)) from error
    cancelled = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        cancelled.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        added = add_base_map(
            BaseMapCatalogue(site.tiles),
            Path(args.file),
            name=args.name or "",
            datum=args.datum or "WGS84",
            progress=_tell if args.progress else None,
            cancelled=cancelled,
        )
    except (TileFileError, BaseMapError) as error:
        if args.progress:
            code = error.code if isinstance(error, TileFileError) else "busy"
            _write({"refused": code})
        raise BadInputError(str(error)) from error
    except MakingCancelledError:
        print(f"{args.file}: cancelled, nothing kept", file=sys.stderr)  # noqa: T201 - our voice
        return EXIT_CANCELLED
    if args.json:
        write_json(added.plain())
    else:
        _print(added, getattr(args, "language", None) or "en")
    return 0


def _tell(step: Step, share: float) -> None:
    """Write one line of JSON that a desk reads."""
    _write({"step": step, "share": round(share, 3)})


def _write(said: dict[str, object]) -> None:
    sys.stderr.write(msgspec.json.encode(said).decode() + "\n")
    sys.stderr.flush()


def _print(added: Added, language: str) -> None:
    sys.stdout.write(
        f"{added.base_map.name}: {added.features} features, {added.tiles} tiles, "
        f"base map {added.base_map.id}\n"
    )
    for found in added.findings:
        sys.stdout.write(f"  {found.severity}: {found.text(language)}\n")
