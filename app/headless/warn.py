"""`muster warn FILE`: early warnings over a recorded series."""

import argparse
import sys
from pathlib import Path

from app.cli import BadInputError
from app.exchange.recorded_series import SeriesError, read_series
from app.headless.jsonio import write_json
from models.rules import load_rules
from models.telemetry.early_warning import WarningEvent, review


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", help="CSV; '-' reads standard input")
    parser.add_argument(
        "--train",
        metavar="N",
        type=int,
        help="the first N rows are normal (400, at most two thirds of the file)",
    )


def run(args: argparse.Namespace) -> int:
    """Print one flag per row and the events explained."""
    try:
        content = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    except OSError as error:
        raise BadInputError(f"{args.file}: {error.strerror or error}") from error
    try:
        series = read_series(content)
    except SeriesError as error:
        raise BadInputError(f"{args.file}: {error}") from error
    train = _training_rows(len(series.values)) if args.train is None else args.train
    said = f"{len(series.values)} rows, the first {train} to train on"
    try:
        seen = review(series.keys, series.values, train)
    except ValueError as error:
        raise BadInputError(f"{args.file}: {said}: {error}") from error
    write_json({"flags": seen.flags.tolist(), "events": [_as_json(event) for event in seen.events]})
    return 0


def _training_rows(rows: int) -> int:
    """Return how many rows train when nobody says: what is left is there to be judged."""
    return min(int(load_rules("early_warning")["flag"]["train_rows"]), 2 * rows // 3)


def _as_json(event: WarningEvent) -> dict[str, object]:
    return {
        "start_row": event.start_row,
        "end_row": event.end_row,
        "tags": list(event.tags),
        "why": event.why,
    }
