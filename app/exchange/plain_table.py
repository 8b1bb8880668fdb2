"""A table of texts and numbers as CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.exchange.write import safe_cell


def write_table(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write rows; the file is the old or the new one, whole. OSError when it can't be written."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
    partial = path.with_name(f".{path.name}.partial")
    try:
        # the mark lets spreadsheet programs read Chinese
        partial.write_bytes(text.getvalue().encode("utf-8-sig", "replace"))
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
