"""Recorded series: tables of samples as instruments and historians export them.

Separator, decimal comma, character set and header are found out; columns of time and of labels
are no measurements (`resources/rules/early_warning.toml`).
"""

import csv
import io
import math
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from app.exchange.encoding import decode_text
from models.rules import load_rules

_SEPARATORS = ";\t,|"
_LOOKED_AT = 50
_MOST_CELLS = 50_000_000
_LEAST_COUNTED = 3
_DECIMAL_COMMA = re.compile(r"^[+-]?\d+,\d+(?:[eE][+-]?\d+)?$")
_MISSING = frozenset({"", "nan", "na", "n/a", "null", "none", "-", "--", "bad", "#n/a"})


class SeriesError(ValueError):
    """Text that is no recorded series; says the place."""


class Series(NamedTuple):
    """Measured columns: `values` has shape (rows, len(keys)), NaN without a reading."""

    keys: tuple[str, ...]
    values: npt.NDArray[np.float64]


def read_series(content: bytes) -> Series:
    """Return the measured columns of a text table.

    Parameters
    ----------
    content : bytes
        Any encoding of `decode_text`; separated by ; tab , | or blanks; with or without a header.

    Raises
    ------
    SeriesError
        Naming the line.

    Notes
    -----
    A word in a column of numbers ("Bad", "No Data") is a reading that is missing.
    """
    lines = [
        (i, line)
        for i, line in enumerate(decode_text(content).text.splitlines(), 1)
        if line.strip()
    ]
    if not lines:
        raise SeriesError("nothing in it")
    separator = _separator([line for _, line in lines[:_LOOKED_AT]])
    rows = [_cells(line, separator) for _, line in lines]
    comma = separator != "," and _has_decimal_comma(rows[1 : 1 + _LOOKED_AT])
    header = _header(rows[0], comma=comma)
    if header is None:
        header = [f"v{i + 1}" for i in range(len(rows[0]))]
    else:
        rows, lines = rows[1:], lines[1:]
    if not rows:
        raise SeriesError("a header without rows")
    if len(rows) * len(header) > _MOST_CELLS:
        raise SeriesError(f"more than {_MOST_CELLS} cells")
    for (number, _), row in zip(lines, rows, strict=True):
        if len(row) != len(header):
            raise SeriesError(f"line {number}: {len(row)} cells where the first has {len(header)}")
    return _measured(header, rows, comma=comma)


def _measured(header: Sequence[str], rows: Sequence[Sequence[str]], *, comma: bool) -> Series:
    rules = load_rules("early_warning")["columns"]
    left_out = frozenset(rules["labels"]) | frozenset(rules["times"])
    keys, columns = [], []
    for j, name in enumerate(header):
        if name.strip().lower() in left_out:
            continue
        cells = [_number(row[j], comma=comma) for row in rows]
        column = np.array([math.nan if cell is None else cell for cell in cells], np.float64)
        if 2 * sum(cell is None for cell in cells) > len(cells) or _counts(column):
            continue  # words (a state, a date), or a running number
        keys.append(name.strip() or f"v{j + 1}")
        columns.append(column)
    if not columns:
        raise SeriesError("no column of numbers")
    return Series(tuple(keys), np.column_stack(columns))


def _counts(column: npt.NDArray[np.float64]) -> bool:
    """Return whether a column goes up by the same step from row to row: a time or a number."""
    steps = np.diff(column)
    return bool(column.size > _LEAST_COUNTED and steps[0] > 0 and (steps == steps[0]).all())


def _separator(lines: Sequence[str]) -> str:
    """Return the separator that cuts most lines alike, and most finely; blank when none does."""
    best, most = " ", 0
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines]
        usual = max(set(counts), key=counts.count)
        if usual > most and 2 * counts.count(usual) > len(counts):
            best, most = separator, usual
            if separator == ";":  # cells may hold decimal commas
                break
    return best


def _cells(line: str, separator: str) -> list[str]:
    if separator == " ":
        return line.split()
    try:
        return [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=separator))]
    except csv.Error as error:
        raise SeriesError(str(error)) from error


def _has_decimal_comma(rows: Sequence[Sequence[str]]) -> bool:
    return any(_DECIMAL_COMMA.match(cell) for row in rows for cell in row)


def _number(cell: str, *, comma: bool) -> float | None:
    """Return a cell's number, NaN for a missing one, None when it is something else."""
    text = cell.strip()
    if text.lower() in _MISSING:
        return math.nan
    if text.lower() in ("true", "false"):
        return float(text.lower() == "true")
    try:
        value = float(text.replace(",", ".") if comma else text)
    except ValueError:
        return None
    return value if math.isfinite(value) else math.nan


def _header(row: Sequence[str], *, comma: bool) -> list[str] | None:
    """Return the names when the first row has no number, else None."""
    numbers = [_number(cell, comma=comma) for cell in row]
    if any(number is not None and not math.isnan(number) for number in numbers):
        return None
    names: list[str] = []
    for i, cell in enumerate(row):
        name = cell.strip()
        names.append(f"{name} ({i + 1})" if name and name in names else name)
    return names
