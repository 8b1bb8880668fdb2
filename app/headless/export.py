"""`muster export KIND FILE`: rows of a kind as CSV, XLSX, GeoJSON or JSON; map layers too."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from app.cli import BadInputError
from app.exchange.write import UnknownFormatError, export_rows
from app.headless.import_ import service_of
from app.headless.jsonio import write_json
from app.headless.site_store import open_site
from models.registry.kinds import Layer, Record
from models.store.reference_kinds import KINDS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "kind", metavar="KIND", choices=(*KINDS, "history"), help=", ".join((*KINDS, "history"))
    )
    parser.add_argument("file", metavar="FILE", help="its ending tells the format: csv, xlsx, …")
    parser.add_argument("--layer", metavar="NAME", help="layers: only the one of this name or key")
    parser.add_argument("--revision", type=int, metavar="N", help="as it was at a revision")
    history = parser.add_argument_group("history", "samples as CSV")
    history.add_argument("--tag", metavar="KEY", action="append", help="a tag; may be repeated")
    history.add_argument(
        "--from", metavar="T", dest="from_", help="ISO 8601 with offset, or µs UTC"
    )
    history.add_argument("--to", metavar="T", help="the last moment, itself included")


def run(args: argparse.Namespace) -> int:
    """Write the file; print how many rows it holds and of which revision."""
    if args.kind == "history":
        from app.headless.export_history import export_history  # numpy only where it is wanted

        return export_history(args)
    with open_site(args) as opened:
        try:
            view = service_of(opened).view(args.revision)
        except LookupError as error:
            raise BadInputError(str(error.args[0])) from error
        records = tuple(view.all(args.kind).values())
        folder = opened.site.layers
    try:
        if args.kind == Layer.KIND:
            count = _layers(records, folder, args)
        else:
            count = export_rows(args.kind, records, Path(args.file))
    except UnknownFormatError as error:
        raise BadInputError(str(error)) from error
    except OSError as error:
        raise BadInputError(f"{args.file}: can't be written: {error.strerror or error}") from error
    write_json({"file": args.file, "rows": count, "revision": view.revision})
    return 0


def _layers(records: Sequence[Record], folder: Path, args: argparse.Namespace) -> int:
    """Write imported layers, or the one that is named."""
    from app.exchange.layers.storing import read_stored  # GDAL only where it is wanted
    from app.exchange.layers.writing import export_layers

    layers = [record for record in records if isinstance(record, Layer)]
    if args.layer:
        layers = [each for each in layers if args.layer in {each.key, each.name.zh, each.name.en}]
    if not layers:
        asked = f"named {args.layer!r}" if args.layer else "imported"
        raise BadInputError(f"there is no layer {asked}")
    return export_layers([read_stored(folder, each) for each in layers], Path(args.file))
