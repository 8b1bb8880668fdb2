"""Which kinds the station shows, their rows ready for the screen, and how many need mending."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.desk import Reference
from models.hazard.substance_names import substance_name
from models.operation.situation import Situation
from models.registry.kinds import Record
from views.libraries.marks import mark_of
from views.search_text import hay, sounds

LIBRARY_KINDS = (
    "plans", "teams", "materials", "experts", "scenarios", "cases", "signatures", "failures",
)  # fmt: skip
REGISTRY_KINDS = (
    "enterprises", "hazard-sources", "receptors", "tags", "cameras", "permits", "contractors",
    "shifts", "people", "features", "roads", "buildings",
)  # fmt: skip
ALL_KINDS = (*LIBRARY_KINDS, *REGISTRY_KINDS)
_SEARCHED = ("type", "substance", "cas", "un", "address", "number", "work", "region")
_SEARCHED_LISTS = ("substances", "capabilities", "fields", "chemicals")


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind with the number of its rows and of those that carry a mark."""

    kind: str
    rows: int
    marked: int


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record and the text that a filter looks in; `latin` is its ASCII part, quick to search."""

    kind: str
    record: Record
    hay: str
    latin: str

    @property
    def key(self) -> str:
        """The record's key."""
        return self.record.key


def kind_rows(reference: Reference, situation: Situation, now_us: int) -> tuple[KindRow, ...]:
    """Count all kinds. May read the store: never on the UI thread."""
    found = []
    for kind in ALL_KINDS:
        records = reference.all(kind)
        marked = sum(mark_of(row, situation, now_us) is not None for row in records.values())
        found.append(KindRow(kind, len(records), marked))
    return tuple(found)


def record_rows(reference: Reference, kind: str) -> tuple[RecordRow, ...]:
    """Prepare all rows of a kind. May read the store: never on the UI thread."""
    return tuple(_row(kind, record) for record in reference.all(kind).values())


def _row(kind: str, record: Record) -> RecordRow:
    text = _hay(record)
    return RecordRow(kind, record, text, text.encode("ascii", "replace").decode("ascii"))


def record_sounds(rows: Sequence[RecordRow]) -> dict[str, str]:
    """Return pinyin and initials of the names by key: seconds for a large kind."""
    return {row.key: sounds(row.record.name.zh) for row in rows if row.record.name.zh}


def _hay(record: Record) -> str:
    texts = [record.name.zh, record.name.en, record.key]
    texts += [str(getattr(record, field, "")) for field in _SEARCHED]
    for field in _SEARCHED_LISTS:
        texts += getattr(record, field, ())
    substance = substance_name(getattr(record, "substance", ""), getattr(record, "cas", ""))
    texts += [substance.zh, substance.en]
    for phone in getattr(record, "phones", ()):
        texts += [phone.number, phone.person]
    for stock in getattr(record, "stock", ()):
        texts += [stock.material, stock.name.zh, stock.name.en]
    return hay(*texts)
