"""Old days of a history in PostgreSQL become minute aggregates, by class of tag."""

import logging
from typing import Any

import psycopg

from app.gateway.history_ports import RAW_DAYS, KeepOf, keep_as_usual
from app.gateway.history_tables import HistoryDatabase
from models.telemetry.codec import ChunkError, Summary, decode_all
from models.telemetry.minutes import minutes_of, packed, unpacked
from models.telemetry.reduction import merged
from models.times import DAY_US

_LOG = logging.getLogger("muster.gateway.history")
_SEALS_DAYS = 60
_OLDEST = """
SELECT t.id, t.key, (SELECT min(start_us) FROM history_chunk c WHERE c.tag_id = t.id)
FROM history_tag t ORDER BY t.key
"""
_DATA = (
    "SELECT data, id FROM history_chunk WHERE tag_id = %s AND start_us >= %s AND start_us < %s"
    " ORDER BY start_us, id"
)
_INSERT = (
    "INSERT INTO history_minutes (tag, day, part, data) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (tag, day, part) DO UPDATE SET data = excluded.data"
)


class TableRetention:
    """As `Retention`, in the tables of a database: a day and its aggregates change together."""

    def __init__(self, database: HistoryDatabase, keep_of: KeepOf = keep_as_usual) -> None:
        self._database = database
        self._keep_of = keep_of
        self._damaged: dict[int, int] = {}  # tag id → the day after its last damaged one

    def run_once(self, now_us: int) -> bool:
        """Aggregate the oldest day that is due; return whether there was one."""
        today = now_us // DAY_US
        with self._database.transaction("write") as cursor:
            due = self._due(cursor, today)
            if not due:
                return False
            day = min(due.values())[0]
            for tag_id, (first, key) in due.items():
                if first == day:
                    self._aggregate(cursor, tag_id, key, day)
            self._forget(cursor, today)
        return True

    def _due(self, cursor: psycopg.Cursor[Any], today: int) -> dict[int, tuple[int, str]]:
        """Return by tag id its oldest day that is past its time, and its key."""
        cursor.execute(_OLDEST)
        due = {}
        for tag_id, key, first_us in cursor.fetchall():
            if tag_id in self._damaged:
                query = (
                    "SELECT min(start_us) FROM history_chunk WHERE tag_id = %s AND start_us >= %s"
                )
                cursor.execute(query, [tag_id, self._damaged[tag_id] * DAY_US])
                (first_us,) = cursor.fetchone() or (None,)
            keep = max(self._keep_of(key).raw_days, RAW_DAYS)
            if first_us is not None and first_us // DAY_US < today - keep:
                due[tag_id] = (first_us // DAY_US, key)
        return due

    def _aggregate(self, cursor: psycopg.Cursor[Any], tag_id: int, key: str, day: int) -> None:
        span = [tag_id, day * DAY_US, (day + 1) * DAY_US]
        cursor.execute(_DATA, span)
        rows = cursor.fetchall()
        try:
            columns = merged(decode_all([row[0] for row in rows]), span[1], span[2] - 1)
        except ChunkError as error:
            _LOG.warning("day %d of %s is kept: %s", day, key, error)
            self._damaged[tag_id] = day + 1
            return
        if columns.value.size:
            cursor.execute(_INSERT, [key, day, str(rows[0][1]), packed(minutes_of(columns))])
        cursor.execute("DELETE FROM history_chunk WHERE id = ANY(%s)", [[row[1] for row in rows]])

    def _forget(self, cursor: psycopg.Cursor[Any], today: int) -> None:
        cursor.execute("SELECT tag, min(day) FROM history_minutes GROUP BY tag")
        for key, first in cursor.fetchall():
            oldest = today - self._keep_of(key).minutes_days
            if first < oldest:
                cursor.execute(
                    "DELETE FROM history_minutes WHERE tag = %s AND day < %s", [key, oldest]
                )
        cursor.execute(
            "DELETE FROM history_sealed WHERE sealed_at < now() - make_interval(days => %s)",
            [_SEALS_DAYS],
        )

    def summaries(self, tag_key: str, from_us: int, to_us: int) -> list[Summary]:
        """Return the minutes of a tag that touch a span [µs UTC], by time."""
        last = min(to_us // DAY_US, 2**31 - 1)
        with self._database.transaction("read") as cursor:
            cursor.execute(
                "SELECT data FROM history_minutes WHERE tag = %s AND day BETWEEN %s AND %s",
                [tag_key, max(from_us // DAY_US, -(2**31)), last],
            )
            rows = cursor.fetchall()
        found = [s for (data,) in rows for s in unpacked(data).summaries(from_us, to_us)]
        return sorted(found, key=lambda summary: summary.start_us)
