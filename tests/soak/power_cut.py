"""A power cut: the WAL ends anywhere after its last sync, and every confirmed event is there."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.clock import ManualClock
from app.journal import Journal
from models.ids import OperationId, SeededIds
from models.operation.events import Draft
from models.operation.events.operation import NoteWritten, OperationStarted
from models.store import open_store
from models.store.store import Store

OPERATION = OperationId("cut")
_NAME = "operations.db"


@dataclass(frozen=True, slots=True)
class Cut:
    """What lay on the disk: the file, its WAL, how much of that was synced, what was confirmed."""

    database: bytes
    wal: bytes
    synced: int
    confirmed: dict[int, bytes]


def prepare(folder: Path, commits: int) -> Cut:
    """Confirm some commits, then let one more reach the WAL without counting it as synced."""
    store = open_store(f"sqlite:///{(folder / _NAME).as_posix()}")
    try:
        journal = Journal(store, ManualClock(1_800_000_000_000_000), SeededIds("cut"))
        started = OperationStarted(
            mode="drill", name="cut", site="", software_version="0", reference_revision=0
        )
        confirmed = {}
        for event in journal.append(OPERATION, [_draft(started)]):
            confirmed[event.seq] = event.hash
        _checkpoint(store)
        for number in range(commits):
            notes = [_draft(NoteWritten(text=f"{number} " + "x" * 700))] * (1 + number % 3)
            for event in journal.append(OPERATION, notes):
                confirmed[event.seq] = event.hash
        wal = folder / f"{_NAME}-wal"
        synced = wal.stat().st_size
        database = (folder / _NAME).read_bytes()
        journal.append(OPERATION, [_draft(NoteWritten(text="y" * 9000))])
        assert (folder / _NAME).read_bytes() == database  # nothing was moved out of the WAL
        return Cut(database, wal.read_bytes(), synced, confirmed)
    finally:
        store.close()


def lost_after(cut: Cut, offsets: Iterable[int], folder: Path) -> tuple[int, int]:
    """Open the store with its WAL ending at each offset; return (cuts, events lost)."""
    cuts = lost = 0
    for offset in offsets:
        target = folder / "after"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        (target / _NAME).write_bytes(cut.database)
        (target / f"{_NAME}-wal").write_bytes(cut.wal[:offset])
        lost += _lost(target, cut.confirmed)
        cuts += 1
    return cuts, lost


def cut_at_every_offset(folder: Path, commits: int) -> tuple[int, int, int]:
    """Cut at every byte after the last sync; return (cuts, confirmed events, lost)."""
    cut = prepare(folder, commits)
    cuts, lost = lost_after(cut, range(cut.synced, len(cut.wal) + 1), folder)
    return cuts, len(cut.confirmed), lost


def _lost(folder: Path, confirmed: dict[int, bytes]) -> int:
    store = open_store(f"sqlite:///{(folder / _NAME).as_posix()}")
    try:
        journal = Journal(store, ManualClock(0), SeededIds("after"))
        stored = {event.seq: event.hash for event in journal.read(OPERATION, 0, 100_000)}
        missing = sum(stored.get(seq) != hash_ for seq, hash_ in confirmed.items())
        return missing + len(journal.verify(OPERATION).findings)
    finally:
        store.close()


def _checkpoint(store: Store) -> None:
    """Move what the WAL holds into the file, so that it starts short; it isn't moved again."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")


def _draft(payload: OperationStarted | NoteWritten) -> Draft:
    return Draft(payload=payload, subject="cut", actor="test")
