"""`muster export history FILE`: samples of tags, what a running gateway holds included."""

import argparse
import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.cli import BadInputError
from app.exchange.write import safe_cell
from app.gateway.history_places import history_places
from app.gateway.history_ports import ChunkStore, HistoryNewerError, HistoryUnreachableError
from app.gateway.open_window import columns_in_windows
from app.headless.jsonio import write_json
from app.headless.moments import moment_us
from app.headless.site_store import open_site
from models.telemetry.codec import ChunkError, Columns
from models.telemetry.ports import Quality
from models.telemetry.reduction import merged
from models.times import from_us

_HEADINGS = ("time", "tag", "value", "quality", "arrival")


def export_history(args: argparse.Namespace) -> int:
    """Write the samples of `--tag` from `--from` to `--to`, by tag, then source time."""
    if not args.tag or not args.from_ or not args.to:
        raise BadInputError("export history needs --tag, --from and --to")
    first, last = moment_us("--from", args.from_), moment_us("--to", args.to)
    if first > last:
        raise BadInputError(f"--to {args.to}: before --from {args.from_}")
    path = Path(args.file)
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise BadInputError(f"{args.file}: history is written as .csv or .parquet")
    with open_site(args) as opened:
        folder = opened.site.history
        chunks, _ = history_places(folder, opened.settings.history_url)
    keys = dict.fromkeys(args.tag)
    parts = ((key, samples_of(folder, chunks, key, first, last)) for key in keys)
    try:
        if path.suffix.lower() == ".parquet":
            from app.gateway.parquet import write_samples  # takes long to load

            count = write_samples(path, parts)
        else:
            count = _write_csv(path, parts)
    except HistoryUnreachableError as error:
        raise BadInputError(f"history_url: {error}") from error
    except OSError as error:
        raise BadInputError(f"{args.file}: can't be written: {error.strerror or error}") from error
    except (HistoryNewerError, ChunkError) as error:
        raise BadInputError(str(error)) from error
    finally:
        chunks.close()
    write_json({"file": args.file, "rows": count})
    return 0


def _write_csv(path: Path, parts: Iterable[tuple[str, Columns]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        for tag_key, columns in parts:
            for row in _rows(tag_key, columns):
                writer.writerow(row)
                count += 1
    return count


def samples_of(folder: Path, chunks: ChunkStore, tag_key: str, from_us: int, to_us: int) -> Columns:
    """Return the samples of a tag: chunks, and the open windows of a folder."""
    # windows first: one moves from here to the days
    parts = columns_in_windows(folder, "open*.log", tag_key)
    return merged([*parts, *chunks.columns(tag_key, from_us, to_us)], from_us, to_us)


def _rows(tag_key: str, columns: Columns) -> Iterator[list[object]]:
    for source, arrival, value, quality in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        yield [
            from_us(source).isoformat(),
            safe_cell(tag_key),
            repr(value),
            Quality(quality).name.lower(),
            from_us(arrival).isoformat(),
        ]
