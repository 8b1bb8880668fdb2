"""`muster import layers FILE`: check a map file, ask what can't be known, take its layers."""

import argparse
import signal
import sys
import tempfile
import threading
from pathlib import Path
from types import FrameType

import msgspec

from app.cli import EXIT_BAD_INPUT, BadInputError
from app.exchange.findings import FileRefusedError
from app.exchange.layers.staging import (
    LayerCancelledError,
    LayerRequest,
    LayerStaging,
    LayerStep,
    stage_layers,
)
from app.headless.jsonio import write_json
from app.headless.site_store import open_site

ACTOR = "command line"
EXIT_CANCELLED = 130
_SHOWN = 40


def run(args: argparse.Namespace) -> int:
    """Stage, report, and take what is good; exit 2 when nothing could be taken."""
    cancelled = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        cancelled.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with tempfile.TemporaryDirectory(prefix="muster-layers-") as scratch:
        try:
            staging = stage_layers(LayerRequest(
                path=Path(args.file),
                scratch=Path(scratch),
                datum=args.datum or "",
                crs=args.crs or "",
                name=args.name or "",
                progress=_tell if args.progress else None,
                cancelled=cancelled,
            ))  # fmt: skip
        except FileRefusedError as error:
            raise BadInputError(str(error)) from error
        except LayerCancelledError:
            print(f"{args.file}: cancelled, nothing kept", file=sys.stderr)  # noqa: T201
            return EXIT_CANCELLED
        refusal = _refusal(staging, args.on_bad)
        revision = None
        if not refusal and not args.dry_run:
            revision = _take(args, staging, Path(scratch))
    if args.json:
        write_json(staging.plain())
    else:
        _print(staging, revision, getattr(args, "language", None) or "en")
    if refusal:
        print(f"{args.file}: {refusal}", file=sys.stderr)  # noqa: T201 - the command line's voice
        return EXIT_BAD_INPUT
    return 0


def _take(args: argparse.Namespace, staging: LayerStaging, scratch: Path) -> int:
    from app.exchange.layers.storing import take_layers
    from app.headless.import_ import service_of

    with open_site(args, create=True) as opened:
        change = take_layers(service_of(opened), opened.site.layers, scratch, staging, ACTOR)
    return change.revision


def _refusal(staging: LayerStaging, on_bad: str) -> str:
    if staging.refused:
        return staging.refused
    first = next((found for found in staging.findings if found.severity == "error"), None)
    if first is not None and on_bad == "refuse":
        return (
            f"refused for {staging.rejected} bad rows; the first: row {first.row}: {first.reason}"
        )
    return ""


def _tell(step: LayerStep, share: float) -> None:
    """Write one line of JSON that a desk reads."""
    sys.stderr.write(msgspec.json.encode({"step": step, "share": round(share, 3)}).decode() + "\n")
    sys.stderr.flush()


def _print(staging: LayerStaging, revision: int | None, language: str) -> None:
    stored = f", revision {revision}" if revision is not None else ", nothing stored"
    lines = [
        f"{staging.file_name}: {staging.rows_total} rows, {staging.accepted} accepted, "
        f"{staging.rejected} rejected, datum {staging.datum}{stored}"
    ]
    lines += [
        f"  {layer.title}: {layer.points} points, {layer.lines} lines, {layer.areas} areas"
        for layer in staging.layers
    ]
    for choice in staging.choices:
        if choice.places:
            place = choice.places[0]
            lines.append(f"  {choice.name}: begins at {place.lat_deg:.5f}, {place.lon_deg:.5f}")
    lines += [
        f"  row {found.row}, {found.column}: {found.severity}: {found.text(language)}"
        for found in staging.findings[:_SHOWN]
    ]
    if len(staging.findings) > _SHOWN:
        lines.append(f"  … and {len(staging.findings) - _SHOWN} more; --json lists all")
    safe = ("".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line) for line in lines)
    sys.stdout.write("\n".join(safe) + "\n")
