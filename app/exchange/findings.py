"""What an import finds fault with: where, how badly, why, and what it proposes."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

Severity = Literal["error", "warning", "info"]
VALUE_MAX = 200


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One fault of one cell, row or file.

    `row` is the row as a person sees it in the file (the heading is row 1; of JSON and GeoJSON
    the number of the object from 1; of OpenStreetMap the id of the object), 0 the whole file.
    An *error* keeps the row out, a *warning* and an *info* don't. `proposal` is the text that
    the cell should hold; it is applied only when the user says so.
    """

    row: int
    column: str
    severity: Severity
    reason: str
    value: str | None = None
    proposal: str | None = None


class CodedFinding(Finding, frozen=True, kw_only=True):
    """A finding that screens can say in their own language."""

    code: str
    details: dict[str, str] = {}
    applied: bool = False

    def text(self, language: str) -> str:
        """Return the reason in `language` ('zh' or 'en')."""
        text = _template(self.code, language).format_map(self.details)
        return text + _APPLIED[language] if self.applied else text

    def plain(self) -> dict[str, Any]:
        """Return the six public fields, as the command line prints them."""
        return {
            "row": self.row,
            "column": self.column,
            "severity": self.severity,
            "reason": self.reason,
            "value": self.value,
            "proposal": self.proposal,
        }

    def accepted(self) -> "CodedFinding":
        """Return the same finding after the user took its proposal."""
        done = msgspec.structs.replace(self, severity="info", applied=True)
        return msgspec.structs.replace(done, reason=done.text("en"))


_APPLIED = {"en": "; the proposal was accepted", "zh": "；已采纳建议值"}


def finding(
    code: str,
    *,
    row: int,
    severity: Severity,
    column: str = "",
    value: object = None,
    proposal: str | None = None,
    **details: object,
) -> CodedFinding:
    """Make a finding whose sentence stands in `resources/exchange/reasons.toml` under `code`."""
    texts = {name: clipped(str(detail)) for name, detail in details.items()}
    return CodedFinding(
        row=row,
        column=column,
        severity=severity,
        reason=_template(code, "en").format_map(texts),
        value=None if value is None else clipped(str(value)),
        proposal=proposal,
        code=code,
        details=texts,
    )


def clipped(text: str, limit: int = VALUE_MAX) -> str:
    """Return text that is safe to print and store: not too long, nothing that can't be encoded.

    Examples
    --------
    >>> clipped("abcdef", 4)
    'abc…'
    """
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return shown.encode("utf-8", "backslashreplace").decode("utf-8")


@cache
def _templates() -> dict[str, dict[str, str]]:
    text = (files("resources") / "exchange" / "reasons.toml").read_text("utf-8")
    return tomllib.loads(text)


def _template(code: str, language: str) -> str:
    return _templates()[code][language]


class FileRefusedError(Exception):
    """A file of which nothing can be taken; the text names file, place and reason."""

    def __init__(self, file: str, place: str, reason: str) -> None:
        super().__init__(f"{file}: {place}: {reason}" if place else f"{file}: {reason}")
        self.file = file
        self.place = place
        self.reason = reason
