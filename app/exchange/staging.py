"""Rows between a file and the store: checked, not yet taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.exchange.findings import CodedFinding
from models.registry.kinds import Record


@dataclass(frozen=True, slots=True)
class Staging:
    """What a file holds for the store, and every fault of it.

    `kind` is what was asked for; `records` may be of several kinds (an OSM extract). `rows`
    tells the row of each record by kind and key. `refused` says why nothing can be taken of
    the file as a whole.
    """

    kind: str
    file_name: str
    file_sha256: str
    rows_total: int
    records: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    findings: tuple[CodedFinding, ...] = ()
    rows: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    refused: str = ""

    @property
    def accepted(self) -> int:
        """How many rows can be taken."""
        return sum(len(rows) for rows in self.records.values())

    @property
    def rejected(self) -> int:
        """How many rows can't be taken."""
        return self.rows_total - self.accepted

    def plain(self) -> dict[str, Any]:
        """Return the fixed shape that `muster import --json` prints."""
        return {
            "rows": self.rows_total,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "findings": [found.plain() for found in self.findings],
        }
