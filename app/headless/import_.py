"""`muster import KIND FILE`: check a file, take its good rows, list the others."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo

from app.cli import EXIT_BAD_INPUT, BadInputError
from app.clock import SystemClock
from app.exchange.findings import CodedFinding, FileRefusedError
from app.exchange.stage import IMPORT_KINDS, stage_file
from app.exchange.staging import Staging
from app.headless.jsonio import write_json
from app.headless.site_store import OpenSite, open_site, site_of
from app.reference import ReferenceService, Register
from maps.datum import DATUMS
from models.ids import RandomIds
from models.store.reference import ReferenceView

ACTOR = "command line"
BASEMAP = "basemap"
LAYERS = "layers"
_SHOWN = 40
_CELL = 44


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    kinds = (*IMPORT_KINDS, LAYERS, BASEMAP)
    parser.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
    parser.add_argument("file", metavar="FILE", help="csv, xlsx, json, geojson, osm.pbf, osm.gz")
    parser.add_argument("--dry-run", action="store_true", help="check only, store nothing")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.add_argument(
        "--on-bad",
        choices=("skip", "refuse"),
        default="skip",
        help="skip bad rows (default), or refuse the file when it has any",
    )
    parser.add_argument(
        "--accept-proposals", action="store_true", help="apply every fix that is proposed"
    )
    parser.add_argument("--name", help="basemap, layers: how it is called")
    parser.add_argument("--datum", choices=DATUMS, help="basemap, layers: datum of the coordinates")
    parser.add_argument("--crs", help="layers: the coordinate system, as EPSG:4547")
    parser.add_argument(
        "--progress", action="store_true",
        help="basemap, layers: a line of JSON for every step on stderr",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Stage, report, and commit what is good; exit 2 when nothing could be taken."""
    if args.kind == BASEMAP:
        from app.headless import import_basemap  # GDAL only where it is wanted

        return import_basemap.run(args)
    if args.kind == LAYERS:
        from app.headless import import_layers

        return import_layers.run(args)
    with _service(args) as (service, time_zone):
        reference = ReferenceView(0, lambda _kind, _revision: {})
        if service is not None:
            reference = service.view()
        staging = _staged(args, reference, time_zone)
        refusal = _refusal(staging, args.on_bad)
        revision = None
        if not refusal and service is not None and not args.dry_run:
            revision = service.import_staged(staging, ACTOR).revision
    if args.json:
        write_json(staging.plain())
    else:
        _print_report(staging, revision, getattr(args, "language", None) or "en")
    if refusal:
        print(f"{args.file}: {refusal}", file=sys.stderr)  # noqa: T201 - the command line's voice
        return EXIT_BAD_INPUT
    return 0


@contextmanager
def _service(args: argparse.Namespace) -> Iterator[tuple[ReferenceService | None, ZoneInfo]]:
    """Yield the site's reference service; a dry run makes no site where there is none."""
    site, settings = site_of(args)
    time_zone = ZoneInfo(settings.timezone)
    if args.dry_run and not settings.store_url and not site.operations_db.exists():
        yield None, time_zone
        return
    with open_site(args, create=not args.dry_run) as opened:
        yield service_of(opened), time_zone


def service_of(opened: OpenSite) -> ReferenceService:
    """Return the reference service of an opened site."""
    try:
        installed = version("muster")
    except PackageNotFoundError:  # run from a checkout
        installed = "0"
    register = Register(opened.settings.mode, opened.site.path.name, installed)
    return ReferenceService(opened.store, opened.journal, SystemClock(), RandomIds(), register)


def _staged(args: argparse.Namespace, reference: ReferenceView, time_zone: ZoneInfo) -> Staging:
    try:
        return stage_file(
            args.kind,
            Path(args.file),
            reference,
            time_zone=time_zone,
            accept_proposals=args.accept_proposals,
        )
    except FileRefusedError as error:
        raise BadInputError(str(error)) from error


def _refusal(staging: Staging, on_bad: str) -> str:
    """Return why nothing is taken; '' when the good rows are."""
    if staging.refused:
        return staging.refused
    first = next((found for found in staging.findings if found.severity == "error"), None)
    if first is None:
        return ""
    place = f"row {first.row}, {first.column or 'row'}: {first.reason}"
    if on_bad == "refuse":
        return f"refused for {staging.rejected} bad rows; the first: {place}"
    return "" if staging.accepted else f"no row can be taken; the first: {place}"


def _print_report(staging: Staging, revision: int | None, language: str) -> None:
    stored = f", revision {revision}" if revision is not None else ", nothing stored"
    _line(
        f"{staging.file_name}: {staging.rows_total} rows, {staging.accepted} accepted, "
        f"{staging.rejected} rejected{stored}"
    )
    if not staging.findings:
        return
    order = {"error": 0, "warning": 1, "info": 2}
    findings = sorted(staging.findings, key=lambda found: order[found.severity])
    counts = Counter((found.severity, found.code) for found in findings)
    _line("")
    for (severity, code), count in counts.most_common():
        _line(f"{count:>7}  {severity:<8} {code}")
    _line("")
    _line(f"{'row':>8}  {'severity':<8}  {'column':<16}  value → proposal: reason")
    for found in findings[:_SHOWN]:
        _line(_row(found, language))
    if len(findings) > _SHOWN:
        _line(f"… and {len(findings) - _SHOWN} more; --json lists all")


def _row(found: CodedFinding, language: str) -> str:
    value = "" if found.value is None else _printable(found.value)
    proposal = "" if found.proposal is None else f" → {_printable(found.proposal)}"
    cells = f"{found.row:>8}  {found.severity:<8}  {_printable(found.column)[:16]:<16}"
    return f"{cells}  {value}{proposal}: {_printable(found.text(language), 300)}"


def _printable(text: str, limit: int = _CELL) -> str:
    """Return text that can't steer a terminal."""
    short = text if len(text) <= limit else f"{text[: limit - 1]}…"
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in short)


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
