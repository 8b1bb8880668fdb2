"""Chunks of telemetry in SQLite files, one per UTC day."""

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from app.gateway.history_ports import Chunk, HistoryNewerError
from models.telemetry.codec import Columns, Summary, decode_joined
from models.times import DAY_US, from_us

_LOG = logging.getLogger("muster.gateway.history")
__all__ = ["Chunk", "ChunkFiles", "HistoryNewerError", "set_aside"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS tag (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS chunk (
    id INTEGER PRIMARY KEY,
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    start_us INTEGER NOT NULL,
    end_us INTEGER NOT NULL,
    samples INTEGER NOT NULL,
    minimum REAL,
    maximum REAL,
    total REAL NOT NULL,
    good INTEGER NOT NULL,
    worst INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS chunk_by_tag ON chunk (tag_id, start_us);
CREATE TABLE IF NOT EXISTS sealed (window TEXT PRIMARY KEY);
PRAGMA user_version = 2;
"""
_VERSION = 2  # 2: chunks may hold decimals, which version 1 of the codec can't read
_BUSY_S = 5.0
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_LATEST_US = 253_402_300_799_000_000  # 9999-12-31


class ChunkFiles:
    """The day files of one folder; a connection lives for one call, so any thread may call."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, day_us: int) -> Path:
        """Return the file of the day that a moment lies in."""
        return self._folder / f"{from_us(day_us):%Y-%m-%d}.db"

    def write(self, chunks: Iterable[Chunk], window: str) -> None:
        """Store chunks, each in its start's day; one transaction per file.

        `window` names the open window they came from: a file that has sealed it already is
        left alone, so that a repetition after a crash doubles nothing.
        """
        by_day: dict[int, list[Chunk]] = {}
        for chunk in chunks:
            by_day.setdefault(chunk.summary.start_us // DAY_US, []).append(chunk)
        for day, members in sorted(by_day.items()):
            path = self.path(day * DAY_US)
            try:
                self._store(path, members, window)
            except sqlite3.DatabaseError as error:
                if not _is_damaged(error):
                    raise
                set_aside(path)
                self._store(path, members, window)

    def _store(self, path: Path, members: Sequence[Chunk], window: str) -> None:
        with self._open(path) as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("SELECT 1 FROM sealed WHERE window = ?", [window]).fetchone():
                return
            _insert(connection, members)
            connection.execute("INSERT INTO sealed VALUES (?)", [window])

    def days(self, from_us: int, to_us: int) -> Iterator[Path]:
        """Yield the files that exist for the days of a span, in order."""
        first, last = (self.path(min(max(us, 0), _LATEST_US)).name for us in (from_us, to_us))
        for path in sorted(self._folder.glob("????-??-??.db")):
            if first <= path.name <= last:
                yield path

    def columns(self, tag_key: str, from_us: int, to_us: int) -> list[Columns]:
        """Return the samples of a tag's chunks that touch the span [µs UTC], as few parts."""
        chunks = [row[0] for row in self._rows("data", tag_key, from_us, to_us)]
        return [decode_joined(chunks)] if chunks else []

    def summaries(self, tag_key: str, from_us: int, to_us: int) -> list[Summary]:
        """Return the summaries of the chunks of a tag that touch the span [µs UTC]."""
        names = "start_us, end_us, samples, minimum, maximum, total, good, worst"
        return [Summary(*row) for row in self._rows(names, tag_key, from_us, to_us)]

    def close(self) -> None:
        """Nothing stays open between calls."""

    def _rows(
        self, names: str, tag_key: str, from_us: int, to_us: int
    ) -> Iterator[tuple[Any, ...]]:
        query = (
            f"SELECT {names} FROM chunk WHERE tag_id = (SELECT id FROM tag WHERE key = ?) "  # noqa: S608 - names are ours
            "AND start_us <= ? AND end_us >= ? ORDER BY start_us, id"
        )
        for path in self.days(from_us, to_us):
            try:
                with self._open(path) as connection:
                    rows = connection.execute(query, [tag_key, to_us, from_us]).fetchall()
            except sqlite3.DatabaseError as error:
                if not _is_damaged(error):
                    raise
                _LOG.warning("%s is damaged; its values are not shown: %s", path, error)
                continue
            yield from rows

    @contextmanager
    def _open(self, path: Path) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise HistoryNewerError(f"{path}: written by a newer Muster")
            if version < _VERSION:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.executescript(_SCHEMA)
            connection.execute("PRAGMA synchronous=FULL")
            yield connection


def _is_damaged(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def set_aside(path: Path) -> None:
    """Rename a file that can't be used: nothing is overwritten, somebody may rescue it."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    _LOG.warning("%s is damaged and was set aside as %s", path, aside.name)


def _insert(connection: sqlite3.Connection, chunks: Sequence[Chunk]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO tag (key) VALUES (?)", [[chunk.tag_key] for chunk in chunks]
    )
    ids = dict(connection.execute("SELECT key, id FROM tag").fetchall())
    connection.executemany(
        "INSERT INTO chunk (tag_id, start_us, end_us, samples, minimum, maximum, total, good,"
        " worst, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(ids[chunk.tag_key], *chunk.summary, chunk.data) for chunk in chunks],
    )
