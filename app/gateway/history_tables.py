"""Chunks of telemetry in tables of PostgreSQL, for sites that one machine's files don't serve."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from app.gateway.history_ports import Chunk, HistoryNewerError, HistoryUnreachableError
from models.telemetry.codec import Columns, Summary, decode_joined
from models.times import DAY_US

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS history_version (version int NOT NULL);
INSERT INTO history_version SELECT 1 WHERE NOT EXISTS (SELECT FROM history_version);
CREATE TABLE IF NOT EXISTS history_tag (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS history_chunk (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tag_id int NOT NULL,
    start_us bigint NOT NULL,
    end_us bigint NOT NULL,
    samples int NOT NULL,
    minimum float8,
    maximum float8,
    total float8 NOT NULL,
    good int NOT NULL,
    worst smallint NOT NULL,
    data bytea NOT NULL
);
ALTER TABLE history_chunk ALTER data SET STORAGE EXTERNAL;
CREATE INDEX IF NOT EXISTS history_chunk_by_tag ON history_chunk (tag_id, start_us);
CREATE TABLE IF NOT EXISTS history_sealed (
    window_name text PRIMARY KEY, sealed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS history_minutes (
    tag text NOT NULL, day int NOT NULL, part text NOT NULL, data bytea NOT NULL,
    PRIMARY KEY (tag, day, part)
);
"""
_LOCK = 0x4D55_5354_4849_5354  # any number of our own: one gateway at a time makes the tables
_CONNECT_S, _STATEMENT_MS = 5, 60_000
_COPY = (
    "COPY history_chunk (tag_id, start_us, end_us, samples, minimum, maximum, total, good,"
    " worst, data) FROM STDIN (FORMAT BINARY)"
)
_TYPES = ("int4", "int8", "int8", "int4", "float8", "float8", "float8", "int4", "int2", "bytea")


class HistoryDatabase:
    """Two connections, one for writing and one for reading, made anew after a loss."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._connections: dict[str, psycopg.Connection[Any]] = {}
        self._locks = {"write": threading.Lock(), "read": threading.Lock()}
        self._is_prepared = False

    @contextmanager
    def transaction(self, which: str) -> Iterator[psycopg.Cursor[Any]]:
        """Yield a cursor in a transaction of the connection `write` or `read`.

        Raises
        ------
        HistoryUnreachableError
            When the database is away or refuses.
        HistoryNewerError
            When a newer program has made the tables.
        """
        with self._locks[which]:
            try:
                connection = self._connection(which)
                with connection.transaction(), connection.cursor(binary=True) as cursor:
                    yield cursor
            except psycopg.Error as error:
                broken = self._connections.pop(which, None)
                if broken is not None:
                    broken.close()
                text = str(error).strip().partition("\n")[0] or type(error).__name__
                raise HistoryUnreachableError(text) from error

    def _connection(self, which: str) -> psycopg.Connection[Any]:
        connection = self._connections.get(which)
        if connection is None or connection.closed:
            connection = psycopg.connect(
                self._url,
                autocommit=True,
                connect_timeout=_CONNECT_S,
                options=f"-c statement_timeout={_STATEMENT_MS}",
            )
            self._connections[which] = connection
        if not self._is_prepared:
            self._prepare(connection)
            self._is_prepared = True
        return connection

    def _prepare(self, connection: psycopg.Connection[Any]) -> None:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            made = connection.execute("SELECT to_regclass('history_version')").fetchone()
            if made is None or made[0] is None:
                connection.execute(_SCHEMA)
            found = connection.execute("SELECT max(version) FROM history_version").fetchone()
            if found is not None and found[0] > _VERSION:
                raise HistoryNewerError("the history's tables were made by a newer Muster")

    def close(self) -> None:
        """Let the connections go."""
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()


class ChunkTables:
    """The chunks of a database; any thread may call."""

    def __init__(self, database: HistoryDatabase) -> None:
        self._database = database

    def write(self, chunks: Iterable[Chunk], window: str) -> None:
        """Store chunks in one transaction; a window that was stored before is left alone."""
        members = list(chunks)
        with self._database.transaction("write") as cursor:
            cursor.execute(
                "INSERT INTO history_sealed (window_name) VALUES (%s) ON CONFLICT DO NOTHING",
                [window],
            )
            if cursor.rowcount:
                _copy(cursor, members)

    def columns(self, tag_key: str, from_us: int, to_us: int) -> list[Columns]:
        """Return the samples of a tag's chunks that touch the span [µs UTC], as few parts."""
        chunks = [row[0] for row in self._rows("data", tag_key, from_us, to_us)]
        return [decode_joined(chunks)] if chunks else []

    def summaries(self, tag_key: str, from_us: int, to_us: int) -> list[Summary]:
        """Return the summaries of the chunks of a tag that touch the span [µs UTC]."""
        names = "start_us, end_us, samples, minimum, maximum, total, good, worst"
        return [Summary(*row) for row in self._rows(names, tag_key, from_us, to_us)]

    def close(self) -> None:
        """Let the connections go; a later call makes them anew."""
        self._database.close()

    def _rows(self, names: str, tag_key: str, from_us: int, to_us: int) -> list[tuple[Any, ...]]:
        # a chunk never crosses a day: the index is read from the first day's beginning on
        query = (
            f"SELECT {names} FROM history_chunk"  # noqa: S608 - names are ours
            " WHERE tag_id = (SELECT id FROM history_tag WHERE key = %s)"
            " AND start_us BETWEEN %s AND %s AND end_us >= %s ORDER BY start_us, id"
        )
        with self._database.transaction("read") as cursor:
            cursor.execute(query, [tag_key, from_us // DAY_US * DAY_US, to_us, from_us])
            return cursor.fetchall()


def _copy(cursor: psycopg.Cursor[Any], chunks: Sequence[Chunk]) -> None:
    keys = sorted({chunk.tag_key for chunk in chunks})  # in order: two gateways can't lock crossed
    cursor.execute(
        "INSERT INTO history_tag (key) SELECT key FROM unnest(%s::text[]) key"
        " WHERE NOT EXISTS (SELECT FROM history_tag t WHERE t.key = key.key) ORDER BY key"
        " ON CONFLICT DO NOTHING",
        [keys],
    )
    cursor.execute("SELECT key, id FROM history_tag WHERE key = ANY(%s)", [keys])
    ids = dict(cursor.fetchall())
    with cursor.copy(_COPY) as copy:
        copy.set_types(_TYPES)
        for chunk in chunks:
            copy.write_row((ids[chunk.tag_key], *chunk.summary, chunk.data))
