"""How long history is kept: raw samples for a month, minute aggregates for two years."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from app.gateway.history_files import HistoryNewerError
from models.telemetry.codec import ChunkError, Summary, decode_all
from models.telemetry.minutes import minutes_of, packed, unpacked
from models.telemetry.reduction import merged
from models.times import DAY_US

_LOG = logging.getLogger("muster.gateway.history")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS minutes (
    tag TEXT NOT NULL,
    day INTEGER NOT NULL,
    part TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (tag, day, part)
) WITHOUT ROWID;
PRAGMA user_version = 1;
"""
_VERSION = 1
_EPOCH = date(1970, 1, 1)
RAW_DAYS = 30
MINUTES_DAYS = 730


class Retention:
    """Turns old day files into minute aggregates, and drops aggregates that are too old.

    Parameters
    ----------
    folder : Path
        The folder of the day files; `minutes.db` stands beside them.
    raw_days, minutes_days : int
        Days that are kept beside today, ≥ 1.

    Notes
    -----
    A day file goes only when its aggregates are committed. They are named by the first window of
    the file: a repetition after a crash replaces them, and late samples of a day that is gone
    make a file and a part of their own.
    """

    def __init__(
        self, folder: Path, *, raw_days: int = RAW_DAYS, minutes_days: int = MINUTES_DAYS
    ) -> None:
        self._folder = folder
        self._raw_days = raw_days
        self._minutes_days = minutes_days
        self._path = folder / "minutes.db"

    def run_once(self, now_us: int) -> bool:
        """Aggregate the oldest day file that is due; return whether there was one.

        Raises
        ------
        OSError, sqlite3.Error
            When it can't be stored; the day file stays.
        """
        today = now_us // DAY_US
        for path in sorted(self._folder.glob("????-??-??.db")):
            try:
                day = (date.fromisoformat(path.stem) - _EPOCH).days
            except ValueError:
                continue
            if day < today - self._raw_days:
                try:
                    self._aggregate(path, day, today)
                except (ChunkError, HistoryNewerError) as error:
                    _LOG.warning("%s is kept: %s", path, error)
                    continue
                return True
        return False

    def _aggregate(self, path: Path, day: int, today: int) -> None:
        with self._open() as target, closing(sqlite3.connect(path)) as source, target:
            target.execute("BEGIN IMMEDIATE")
            part = source.execute("SELECT window FROM sealed ORDER BY rowid LIMIT 1").fetchone()
            tags = source.execute("SELECT id, key FROM tag ORDER BY key").fetchall()
            for tag_id, key in tags:
                query = "SELECT data FROM chunk WHERE tag_id = ? ORDER BY start_us, id"
                chunks = [row[0] for row in source.execute(query, [tag_id])]
                columns = merged(decode_all(chunks), day * DAY_US, (day + 1) * DAY_US - 1)
                if columns.value.size:
                    row = [key, day, part[0] if part else "", packed(minutes_of(columns))]
                    target.execute("INSERT OR REPLACE INTO minutes VALUES (?, ?, ?, ?)", row)
            target.execute("DELETE FROM minutes WHERE day < ?", [today - self._minutes_days])
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        _LOG.info("%s is kept as minutes of %d tags", path.name, len(tags))

    def summaries(self, tag_key: str, from_us: int, to_us: int) -> list[Summary]:
        """Return the minutes of a tag that touch a span [µs UTC], by time."""
        if not self._path.exists():
            return []
        with self._open() as connection:
            rows = connection.execute(
                "SELECT data FROM minutes WHERE tag = ? AND day BETWEEN ? AND ?",
                [tag_key, from_us // DAY_US, to_us // DAY_US],
            ).fetchall()
        found = [s for (data,) in rows for s in unpacked(data).summaries(from_us, to_us)]
        return sorted(found, key=lambda summary: summary.start_us)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=5.0, isolation_level=None)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise HistoryNewerError(f"{self._path}: written by a newer Muster")
            if version < _VERSION:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.executescript(_SCHEMA)
            connection.execute("PRAGMA synchronous=FULL")
            yield connection
