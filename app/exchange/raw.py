"""A file as rows of cells, before anybody asks what they mean."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.exchange.findings import CodedFinding, FileRefusedError
from models.basics import LatLon

MAX_BYTES = 512 * 1024 * 1024
Cell = str | int | float | bool | None | list[Any] | dict[str, Any]


@dataclass(slots=True)
class RawRow:
    """One row: its number as a person sees it, its cells by heading, its geometry if any."""

    number: int
    cells: dict[str, Cell]
    position: LatLon | None = None
    line: tuple[LatLon, ...] = ()
    findings: list[CodedFinding] = field(default_factory=list)


@dataclass(slots=True)
class RawTable:
    """The rows of a file. `headings` are as the file has them, `heading_row` where they stand."""

    headings: list[str]
    rows: list[RawRow]
    findings: list[CodedFinding] = field(default_factory=list)
    heading_row: int = 1


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of a file that is imported."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The hash of the bytes, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def read_source(path: Path) -> SourceFile:
    """Return the bytes of a file.

    Raises
    ------
    FileRefusedError
        When it is missing, a folder, unreadable or too large.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FileRefusedError(path.name, "", f"{size} bytes, at most {MAX_BYTES} are read")
        return SourceFile(path.name, path.read_bytes())
    except FileNotFoundError:
        raise FileRefusedError(str(path), "", "there is no such file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise FileRefusedError(str(path), "", f"can't be read: {reason}") from error


def is_blank(cells: Mapping[str, Cell]) -> bool:
    """Whether no cell of a row holds anything."""
    return all(
        cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells.values()
    )
