"""The tables of the operations store. Times are int64 µs UTC; bodies are bytes, never JSON columns.

A change here needs a new revision under `migrations/versions` and its id at the end of
`models.store.version.REVISIONS`.
"""

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.store.base import Base


class OperationRow(Base):
    """One operation and the head of its chain; the row is the lock of all its writers."""

    __tablename__ = "operation"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    mode: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text)
    site: Mapped[str] = mapped_column(Text)
    seed: Mapped[str] = mapped_column(Text)
    started_us: Mapped[int] = mapped_column(BigInteger)
    stopped_us: Mapped[int | None] = mapped_column(BigInteger)
    head_seq: Mapped[int] = mapped_column(BigInteger)
    head_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    head_recorded_us: Mapped[int] = mapped_column(BigInteger)


class EventRow(Base):
    """One event: `body` is the hashed truth, the other columns are an index of it."""

    __tablename__ = "event"

    operation_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("operation.id"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    event_us: Mapped[int] = mapped_column(BigInteger)
    recorded_us: Mapped[int] = mapped_column(BigInteger)
    actor: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    wall_us: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (
        Index(None, "operation_id", "recorded_us", "seq"),
        Index(None, "operation_id", "subject", "seq"),
    )


class CheckpointRow(Base):
    """A folded situation: a cache that may be thrown away at any time."""

    __tablename__ = "checkpoint"

    operation_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("operation.id"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fold_version: Mapped[str] = mapped_column(String(32))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ReferenceRevisionRow(Base):
    """One change of the reference data: an import, an undo or an edit by hand."""

    __tablename__ = "reference_revision"

    revision: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(32))
    at_us: Mapped[int] = mapped_column(BigInteger)
    actor: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    file_sha256: Mapped[str] = mapped_column(String(64))
    row_count: Mapped[int] = mapped_column(BigInteger)
    accepted: Mapped[int] = mapped_column(BigInteger)
    rejected: Mapped[int] = mapped_column(BigInteger)
    undoes: Mapped[int | None] = mapped_column(BigInteger)
    undone_by: Mapped[int | None] = mapped_column(BigInteger)


class ReferenceRow(Base):
    """One version of one reference record; the latest ≤ a revision is the one it shows."""

    __tablename__ = "reference_row"

    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(
        BigInteger,
        ForeignKey("reference_revision.revision"),
        primary_key=True,
        autoincrement=False,
    )
    deleted: Mapped[bool] = mapped_column()
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    lat: Mapped[float | None] = mapped_column()
    lon: Mapped[float | None] = mapped_column()
    name: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index(None, "kind", "revision", "key"),
        Index(None, "revision"),
    )


class GatewayBeat(Base):
    """The heartbeat of one gateway; `number` is another each second, `heard` as it says."""

    __tablename__ = "gateway_beat"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    process: Mapped[str] = mapped_column(Text)
    heard: Mapped[bytes | None] = mapped_column(LargeBinary)


class GatewayPost(Base):
    """Samples that one gateway hands to the one that watches their tags; removed when taken."""

    __tablename__ = "gateway_post"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    receiver: Mapped[str] = mapped_column(String(32))
    body: Mapped[bytes] = mapped_column(LargeBinary)
