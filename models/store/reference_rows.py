"""Rows of the reference tables: the SQL under the reference store."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from models.registry.kinds import Record
from models.store.reference_kinds import encode_record
from models.store.store import Store
from models.store.tables import ReferenceRevisionRow, ReferenceRow

_NAME_MAX = 200
_CHUNK = 5_000


@dataclass(slots=True)
class Batch:
    """Row versions about to be written, and how they compare with what is stored."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    def put(self, revision: int, record: Record, stored: bytes | None) -> None:
        """Take a record, unless it is stored in the same form already."""
        row = version_row(record.KIND, record.key, revision, record)
        if stored == row["payload"]:
            self.unchanged += 1
            return
        self.added += stored is None
        self.changed += stored is not None
        self.rows.append(row)

    def restore(self, revision: int, kind: str, key: str, record: Record | None) -> None:
        """Take a row back to `record`; None takes it away."""
        self.removed += record is None
        self.changed += record is not None
        self.rows.append(version_row(kind, key, revision, record))


def version_row(kind: str, key: str, revision: int, record: Record | None) -> dict[str, Any]:
    """Return the columns of one row version; None is a deletion."""
    position = None if record is None else record.position
    return {
        "kind": kind,
        "key": key,
        "revision": revision,
        "deleted": record is None,
        "payload": b"" if record is None else encode_record(record),
        "lat": None if position is None else position.lat_deg,
        "lon": None if position is None else position.lon_deg,
        "name": "" if record is None else (record.name.zh or record.name.en)[:_NAME_MAX],
    }


def insert_versions(session: Session, batch: Batch) -> None:
    """Write the row versions of a batch."""
    statement = insert(ReferenceRow)
    for start in range(0, len(batch.rows), _CHUNK):
        session.execute(statement, batch.rows[start : start + _CHUNK])


def head_revision(session: Session) -> int:
    """Return the newest revision; 0 when there is none."""
    return session.scalar(select(func.max(ReferenceRevisionRow.revision))) or 0


def next_revision(session: Session, store: Store) -> int:
    """Return the number of the next revision; whoever else wants one waits."""
    if not store.is_sqlite:
        session.execute(text("LOCK TABLE reference_revision IN EXCLUSIVE MODE"))
    return head_revision(session) + 1


def kinds_since(session: Session, revision: int) -> set[str]:
    """Return the kinds with rows written after a revision."""
    query = select(ReferenceRow.kind).where(ReferenceRow.revision > revision).distinct()
    return set(session.scalars(query))


def payloads_at(
    session: Session, kind: str, revision: int, key: str | None = None
) -> dict[str, bytes]:
    """Return the payloads of a kind at a revision by key, in the order of the keys."""
    newest = (
        select(ReferenceRow.key, func.max(ReferenceRow.revision).label("revision"))
        .where(ReferenceRow.kind == kind, ReferenceRow.revision <= revision)
        .group_by(ReferenceRow.key)
    )
    if key is not None:
        newest = newest.where(ReferenceRow.key == key)
    found = newest.subquery()
    rows = session.execute(
        select(ReferenceRow.key, ReferenceRow.payload)
        .join(
            found,
            (ReferenceRow.key == found.c.key) & (ReferenceRow.revision == found.c.revision),
        )
        .where(ReferenceRow.kind == kind, ReferenceRow.deleted.is_(False))
    )
    return dict(sorted((row[0], row[1]) for row in rows))


def keys_of(session: Session, revision: int) -> dict[str, list[str]]:
    """Return the keys that a revision wrote, by kind."""
    rows = session.execute(
        select(ReferenceRow.kind, ReferenceRow.key)
        .where(ReferenceRow.revision == revision)
        .order_by(ReferenceRow.kind, ReferenceRow.key)
    )
    keys: dict[str, list[str]] = {}
    for kind, key in rows:
        keys.setdefault(kind, []).append(key)
    return keys


def changed_since(session: Session, revision: int) -> tuple[str, str, int] | None:
    """Return (kind, key, later revision) of a row of `revision` that a standing one changed."""
    touched = (
        select(ReferenceRow.kind, ReferenceRow.key)
        .where(ReferenceRow.revision == revision)
        .subquery()
    )
    later = ReferenceRow.__table__.alias("later")
    row = session.execute(
        select(later.c.kind, later.c.key, later.c.revision)
        .join(touched, (later.c.kind == touched.c.kind) & (later.c.key == touched.c.key))
        .join(ReferenceRevisionRow, ReferenceRevisionRow.revision == later.c.revision)
        .where(
            later.c.revision > revision,
            ReferenceRevisionRow.undoes.is_(None),
            ReferenceRevisionRow.undone_by.is_(None),
        )
        .order_by(later.c.revision.desc())
        .limit(1)
    ).first()
    return None if row is None else (row[0], row[1], row[2])


def mark_undone(session: Session, revision: int, by: int) -> None:
    """Note on a revision that it was taken back."""
    session.execute(
        update(ReferenceRevisionRow)
        .where(ReferenceRevisionRow.revision == revision)
        .values(undone_by=by)
        .execution_options(synchronize_session=False)
    )
