"""CSV: comma, semicolon, tab or bar; UTF-8 or GB18030."""

import csv
import io

from app.exchange.encoding import decode_text, is_broken, mended
from app.exchange.findings import FileRefusedError, finding
from app.exchange.raw import Cell, RawRow, RawTable, SourceFile, is_blank

_DELIMITERS = ",;\t|"
_MAX_CELL = 16 * 1024 * 1024
_MAX_LINES_IN_CELL = 20


def read_csv(source: SourceFile) -> RawTable:
    """Return the rows of a CSV file.

    Raises
    ------
    FileRefusedError
        When the file is no CSV, naming the line.
    """
    decoded = decode_text(source.content)
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=_delimiter(decoded.text))
    table = RawTable([], [], list(decoded.findings))
    try:
        for number, cells in enumerate(reader, 1):
            if not table.headings:
                if any(cell.strip() for cell in cells):
                    table.headings = [_heading(cell, decoded.broken_as) for cell in cells]
                    table.heading_row = number
                continue
            row = _row(table.headings, number, cells, decoded.broken_as)
            if not is_blank(row.cells) or row.findings:
                table.rows.append(row)
    except csv.Error as error:
        raise FileRefusedError(source.name, f"line {reader.line_num}", str(error)) from error
    return table


def _heading(cell: str, broken_as: str) -> str:
    return mended(cell, broken_as).strip() if is_broken(cell) else cell.strip()


def _delimiter(text: str) -> str:
    """Return the delimiter that the heading uses most, outside quotation marks."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(heading.split('"')[::2])
    return max(_DELIMITERS, key=lambda char: (bare.count(char), -_DELIMITERS.index(char)))


def _row(headings: list[str], number: int, cells: list[str], broken_as: str) -> RawRow:
    named: dict[str, Cell] = {}
    row = RawRow(number, named)
    for heading, cell in zip(headings, cells, strict=False):
        named.setdefault(heading, cell)
        if is_broken(cell):
            row.findings.append(
                finding(
                    "encoding_mixed",
                    row=number,
                    column=heading,
                    severity="error",
                    value=cell,
                    proposal=mended(cell, broken_as),
                    encoding="UTF-8",
                    other=broken_as.upper(),
                )
            )
        if cell.count("\n") > _MAX_LINES_IN_CELL:
            row.findings.append(
                finding(
                    "quote_not_closed",
                    row=number,
                    column=heading,
                    severity="error",
                    value=cell,
                    lines=cell.count("\n"),
                )
            )
    _check_width(row, headings, cells)
    return row


def _check_width(row: RawRow, headings: list[str], cells: list[str]) -> None:
    surplus = [cell for cell in cells[len(headings) :] if cell.strip()]
    if surplus:
        row.findings.append(
            finding(
                "too_many_cells",
                row=row.number,
                severity="error",
                value=surplus[0],
                count=len(cells),
                headings=len(headings),
            )
        )
    elif 0 < len(cells) < len(headings) and any(cell.strip() for cell in cells):
        row.findings.append(
            finding(
                "too_few_cells",
                row=row.number,
                severity="warning",
                count=len(cells),
                headings=len(headings),
            )
        )
