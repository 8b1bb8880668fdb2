"""XLSX: the first sheet that holds anything; formulas stay text."""

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from app.exchange.findings import FileRefusedError
from app.exchange.raw import Cell, RawRow, RawTable, SourceFile, is_blank

_MAX_UNPACKED = 1024 * 1024 * 1024
_MAX_COLUMNS = 500


def read_xlsx(source: SourceFile) -> RawTable:
    """Return the rows of a workbook's first sheet that holds anything.

    Raises
    ------
    FileRefusedError
        When the file is no workbook or unpacks to more than we read.
    """
    try:
        _check_size(source)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles it drops
            return _read(source)
    except FileRefusedError:
        raise
    except Exception as error:  # openpyxl lets zip, XML and key errors of bad files through
        reason = f"is no workbook that can be read ({type(error).__name__})"
        raise FileRefusedError(source.name, "", reason) from error


def _check_size(source: SourceFile) -> None:
    with zipfile.ZipFile(io.BytesIO(source.content)) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > _MAX_UNPACKED:
        raise FileRefusedError(source.name, "", f"unpacks to {unpacked} bytes: too large")


def _read(source: SourceFile) -> RawTable:
    import openpyxl  # 0.1 s that a start doesn't need

    book = openpyxl.load_workbook(
        io.BytesIO(source.content), read_only=True, data_only=False, keep_links=False
    )
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # the stored size of a sheet is often wrong
            table = _table(sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS))
            if table.headings:
                return table
    finally:
        book.close()
    return RawTable([], [])


def _table(rows: Iterator[tuple[Any, ...]]) -> RawTable:
    table = RawTable([], [])
    for number, values in enumerate(rows, 1):
        if not table.headings:
            if any(value is not None and str(value).strip() for value in values):
                table.headings = [str(_plain(value) or "").strip() for value in values]
                table.heading_row = number
                while table.headings and not table.headings[-1]:
                    table.headings.pop()
            continue
        cells: dict[str, Cell] = {}
        for heading, value in zip(table.headings, values, strict=False):
            cells.setdefault(heading, _plain(value))
        if not is_blank(cells):
            table.rows.append(RawRow(number, cells))
    return table


def _plain(value: object) -> Cell:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    return str(getattr(value, "text", value))  # array formulas carry their text
