"""One cell: from what stands in the file to the value of a field, with its faults."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from app.exchange.columns import Column, column_rules
from app.exchange.entries import read_line, read_list, read_phones, read_stock
from app.exchange.findings import CodedFinding, Severity, finding
from app.exchange.quantities import (
    plain_number,
    readable_number,
    short,
    split_unit,
    unit_factor,
)
from app.exchange.raw import Cell
from models.basics import Name
from models.times import to_us

_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_YES = {"1", "true", "yes", "y", "是", "真", "有", "√"}
_NO = {"0", "false", "no", "n", "否", "假", "无", "×"}
_INT_MAX = 2**53


@dataclass(slots=True)
class CellReader:
    """Reads the cells of one row and collects their faults."""

    row: int
    time_zone: dt.tzinfo
    list_style: str = ""
    findings: list[CodedFinding] = field(default_factory=list)
    _faulty: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._faulty = frozenset(
            found.column for found in self.findings if found.severity == "error" and found.column
        )

    def read(self, column: Column, heading: str, cell: Cell) -> object:
        """Return the value of a cell; None when it is empty or faulty (then a finding says so)."""
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return None
        if heading in self._faulty:
            return None  # the file's reader has said what is wrong
        if isinstance(cell, (list, dict)):
            return self._structure(column, heading, cell)
        return _READERS[column.type](self, column, heading, cell)

    def fault(
        self,
        code: str,
        heading: str,
        value: object,
        *,
        severity: Severity = "error",
        proposal: str | None = None,
        **details: object,
    ) -> None:
        """Note a fault of a cell."""
        self.findings.append(
            finding(
                code,
                row=self.row,
                column=heading,
                severity=severity,
                value=value,
                proposal=proposal,
                **details,
            )
        )

    def text(self, column: Column, heading: str, cell: Cell) -> str | None:
        """Return a cell as clean text."""
        text = unquoted(str(cell).strip())
        if text[:1] in {"=", "@"}:
            self.fault("formula", heading, text, severity="warning")
        bare = text.replace("\n", "").replace("\r", "").replace("\t", "") if column.lines else text
        found = _INVISIBLE.findall(bare)
        if found:
            shown = " ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(found))
            clean = re.sub(" +", " ", _INVISIBLE.sub(_visible, text)).strip()
            self.fault("control_characters", heading, text, proposal=clean, characters=shown)
            return None
        if len(text) > column.limit:
            self.fault(
                "text_too_long",
                heading,
                text,
                proposal=text[: column.limit].rstrip(),
                length=len(text),
                limit=column.limit,
            )
            return None
        return text

    def number(self, column: Column, heading: str, cell: Cell) -> float | None:
        """Return a cell as a number in the field's unit."""
        if isinstance(cell, bool):
            self.fault("not_a_number", heading, cell)
            return None
        text = str(cell).strip()
        value = plain_number(text)
        if value is None:
            self._fault_number(column, heading, text)
            return None
        value *= column.factor
        if not self._in_range(column, heading, text, value):
            return None
        return value

    def whole(self, column: Column, heading: str, cell: Cell) -> int | None:
        """Return a cell as a whole number."""
        value = self.number(column, heading, cell)
        if value is None:
            return None
        if not value.is_integer():
            self.fault("not_whole", heading, cell)
            return None
        return int(value)

    def _fault_number(self, column: Column, heading: str, text: str) -> None:
        if text.casefold().lstrip("+-") in {"nan", "inf", "infinity"}:
            self.fault("not_finite", heading, text)
            return
        meant = readable_number(text)
        if meant is not None:
            self.fault("number_format", heading, text, proposal=meant)
            return
        parts = split_unit(text)
        if parts is None or not column.unit:
            self.fault("not_a_number", heading, text)
            return
        number, unit = parts
        factor = unit_factor(unit, column.unit)
        if factor is None:
            self.fault("unit_unknown", heading, text, unit=unit, wanted=column.unit)
        else:
            proposal = short(number * factor / column.factor)
            self.fault("unit", heading, text, proposal=proposal, unit=unit, wanted=column.unit)

    def _in_range(self, column: Column, heading: str, text: str, value: float) -> bool:
        low = -_INT_MAX if column.low is None else column.low
        high = _INT_MAX if column.high is None else column.high
        if low <= value <= high or (column.type == "float" and column.low is column.high is None):
            return True
        self.fault("out_of_range", heading, text, low=f"{low:g}", high=f"{high:g}")
        return False

    def _structure(self, column: Column, heading: str, cell: Cell) -> object:
        """Return a value that the file gives as a list or an object."""
        try:
            value: object = msgspec.convert(cell, column.struct, strict=True)
        except (msgspec.ValidationError, RecursionError) as error:
            self.fault("wrong_type", heading, cell, detail=error)
            return None
        return value


def unquoted(text: str) -> str:
    """Return a cell without the apostrophe by which spreadsheets keep a formula text.

    Examples
    --------
    >>> unquoted("'+86 21 1234567"), unquoted("'tis")
    ('+86 21 1234567', "'tis")
    """
    return text[1:] if text[:1] == "'" and text[1:2] in set("=+-@\t\r") and text[1:] else text


def _visible(match: re.Match[str]) -> str:
    """Return what an invisible character was meant to be: a space, a Windows character, nothing."""
    char = match[0]
    if char in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    if "\x80" <= char <= "\x9f":
        return bytes([ord(char)]).decode("cp1252", "ignore")
    return ""


def _read_yes_no(reader: CellReader, column: Column, heading: str, cell: Cell) -> bool | None:
    text = str(cell).strip().casefold()
    if text in _YES or text in _NO:
        return text in _YES
    reader.fault("not_yes_no", heading, cell)
    return None


def _read_choice(reader: CellReader, column: Column, heading: str, cell: Cell) -> str | None:
    text = str(cell).strip()
    if text in column.choices:
        return text
    shown = ", ".join(choice or "(empty)" for choice in column.choices)
    reader.fault("not_a_choice", heading, text, choices=shown)
    return None


def _read_time(reader: CellReader, column: Column, heading: str, cell: Cell) -> int | None:
    if isinstance(cell, int) and not isinstance(cell, bool) and 0 <= cell < _INT_MAX:
        return cell  # µs, as exported
    text = str(cell).strip()
    try:
        moment = dt.datetime.fromisoformat(
            re.sub(r"^(\d{4})[/.](\d\d)[/.](\d\d)", r"\1-\2-\3", text)
        )
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=reader.time_zone)
        return to_us(moment)
    except (ValueError, OverflowError):
        reader.fault("not_a_time", heading, text)
        return None


def _read_name(reader: CellReader, column: Column, heading: str, cell: Cell) -> Name | None:
    text = reader.text(column, heading, cell)
    if text is None:
        return None
    chinese = column.language == "zh" or (not column.language and bool(_HAN.search(text)))
    return Name(zh=text) if chinese else Name(en=text)


def _read_list(reader: CellReader, column: Column, heading: str, cell: Cell) -> object:
    text = reader.text(column, heading, cell)
    if text is None:
        return None
    entries, clear = read_list(text, reader.list_style)
    if not clear:
        reader.fault("list_unclear", heading, text, severity="warning")
    most = column_rules()["limits"]["list_entries"]
    if len(entries) > most:
        reader.fault("text_too_long", heading, text, length=len(entries), limit=most)
        return None
    return entries


def _read_phones(reader: CellReader, column: Column, heading: str, cell: Cell) -> object:
    text = reader.text(column, heading, cell)
    if text is None:
        return None
    phones, unread = read_phones(text)
    if unread:
        reader.fault("not_a_phone", heading, text, part=unread)
        return None
    if column.type == "phones":
        return phones
    return phones[0] if phones else None


def _read_stock(reader: CellReader, column: Column, heading: str, cell: Cell) -> object:
    text = reader.text(column, heading, cell)
    if text is None:
        return None
    if text.startswith("["):
        return _read_struct(reader, column, heading, text)
    stock, unread = read_stock(text)
    if unread:
        reader.fault("wrong_type", heading, text, detail=f"{unread} (name quantity unit)")
        return None
    return stock


def _read_line(reader: CellReader, column: Column, heading: str, cell: Cell) -> object:
    try:
        return read_line(str(cell))
    except ValueError as error:
        reader.fault("wrong_type", heading, cell, detail=error)
        return None


def _read_struct(reader: CellReader, column: Column, heading: str, cell: Cell) -> object:
    try:
        value: object = msgspec.json.decode(
            str(cell).encode("utf-8", "replace"), type=column.struct
        )
    except (msgspec.DecodeError, RecursionError) as error:
        reader.fault("wrong_type", heading, cell, detail=error)
        return None
    return value


_READERS: dict[str, Callable[[CellReader, Column, str, Any], Any]] = {
    "text": CellReader.text,
    "int": CellReader.whole,
    "float": CellReader.number,
    "limit": CellReader.number,
    "bool": _read_yes_no,
    "choice": _read_choice,
    "time": _read_time,
    "name": _read_name,
    "list": _read_list,
    "phone": _read_phones,
    "phones": _read_phones,
    "stock": _read_stock,
    "line": _read_line,
    "struct": _read_struct,
}
