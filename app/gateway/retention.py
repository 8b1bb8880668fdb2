"""How long history is kept: raw samples for a month, minute aggregates for two years, or longer."""

import hashlib
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from app.gateway.history_ports import RAW_DAYS, HistoryNewerError, KeepOf, keep_as_usual
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
_TAGS = "SELECT id, key FROM tag WHERE id IN (SELECT tag_id FROM chunk) ORDER BY key"
_DATA = "SELECT data FROM chunk WHERE tag_id = ? ORDER BY start_us, id"


class Retention:
    """Turns old days into minute aggregates, and drops aggregates that are too old.

    Parameters
    ----------
    folder : Path
        The folder of the day files; `minutes.db` stands beside them.
    keep_of : callable
        How long a tag's samples are kept, by its key.

    Notes
    -----
    Chunks go only when their aggregates are committed; the file goes with the last of them. The
    aggregates are named by the chunks they are of: a repetition after a crash replaces them, and
    late samples of a day that is gone make a file and a part of their own.
    """

    def __init__(self, folder: Path, keep_of: KeepOf = keep_as_usual) -> None:
        self._folder = folder
        self._keep_of = keep_of
        self._path = folder / "minutes.db"

    def run_once(self, now_us: int) -> bool:
        """Aggregate the oldest day that is due; return whether there was one.

        Raises
        ------
        OSError, sqlite3.Error
            When it can't be stored; the chunks stay.
        """
        today = now_us // DAY_US
        for path in sorted(self._folder.glob("????-??-??.db")):
            try:
                day = (date.fromisoformat(path.stem) - _EPOCH).days
            except ValueError:
                continue
            if day >= today - RAW_DAYS:
                return False
            try:
                if self._aggregate(path, day, today):
                    return True
            except (ChunkError, HistoryNewerError) as error:
                _LOG.warning("%s is kept: %s", path, error)
        return False

    def _aggregate(self, path: Path, day: int, today: int) -> bool:
        """Turn the tags whose time has passed into minutes; return whether there were any."""
        with closing(sqlite3.connect(path, isolation_level=None)) as source:
            tags = source.execute(_TAGS).fetchall()
            due = {
                tag_id: key
                for tag_id, key in tags
                if day < today - max(self._keep_of(key).raw_days, RAW_DAYS)
            }
            if tags and not due:
                return False
            with self._open() as target, target:
                target.execute("BEGIN IMMEDIATE")
                for tag_id, key in due.items():
                    chunks = [row[0] for row in source.execute(_DATA, [tag_id])]
                    columns = merged(decode_all(chunks), day * DAY_US, (day + 1) * DAY_US - 1)
                    if columns.value.size:
                        row = [key, day, _name(chunks), packed(minutes_of(columns))]
                        target.execute("INSERT OR REPLACE INTO minutes VALUES (?, ?, ?, ?)", row)
                self._forget(target, today)
            if len(due) < len(tags):
                source.executemany("DELETE FROM chunk WHERE tag_id = ?", [[i] for i in due])
                source.execute("VACUUM")
        if len(due) == len(tags):
            for ending in ("", "-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
        _LOG.info("%s: %d of %d tags are kept as minutes", path.name, len(due), len(tags))
        return True

    def _forget(self, target: sqlite3.Connection, today: int) -> None:
        for key, first in target.execute(
            "SELECT tag, min(day) FROM minutes GROUP BY tag"
        ).fetchall():
            oldest = today - self._keep_of(key).minutes_days
            if first < oldest:
                target.execute("DELETE FROM minutes WHERE tag = ? AND day < ?", [key, oldest])

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


def _name(chunks: Sequence[bytes]) -> str:
    """Return a name that the same chunks always have."""
    return hashlib.sha256(b"".join(chunks)).hexdigest()[:32]
