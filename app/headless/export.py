"""`muster export KIND FILE`: the rows of a kind as CSV, XLSX, GeoJSON or JSON."""

import argparse
from pathlib import Path

from app.cli import BadInputError
from app.exchange.write import UnknownFormatError, export_rows
from app.headless.import_ import service_of
from app.headless.jsonio import write_json
from app.headless.site_store import open_site
from models.store.reference_kinds import KINDS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("kind", metavar="KIND", choices=tuple(KINDS), help=", ".join(KINDS))
    parser.add_argument("file", metavar="FILE", help="its ending tells the format: csv, xlsx, …")
    parser.add_argument("--revision", type=int, metavar="N", help="as it was at a revision")


def run(args: argparse.Namespace) -> int:
    """Write the file; print how many rows it holds and of which revision."""
    with open_site(args) as opened:
        try:
            view = service_of(opened).view(args.revision)
        except LookupError as error:
            raise BadInputError(str(error.args[0])) from error
        records = tuple(view.all(args.kind).values())
    try:
        count = export_rows(args.kind, records, Path(args.file))
    except UnknownFormatError as error:
        raise BadInputError(str(error)) from error
    except OSError as error:
        raise BadInputError(f"{args.file}: can't be written: {error.strerror}") from error
    write_json({"file": args.file, "rows": count, "revision": view.revision})
    return 0
