"""An open store: engine, sessions for reading and writing, typed errors."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from models.store.errors import translated

BUSY_TIMEOUT_MS = 10_000
_WRITES = "muster_writes"


class Store:
    """One operations store (SQLite file or PostgreSQL database).

    A session lives for one command and one thread; nothing is shared between threads but the
    engine. Made by `models.store.open_store`.
    """

    def __init__(self, url: str | URL) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.path = Path(self.url.database) if self.is_sqlite and self.url.database else None
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url)
        self._readers = sessionmaker(self.engine, expire_on_commit=False)
        writers = self.engine.execution_options(**{_WRITES: True})
        self._writers = sessionmaker(writers, expire_on_commit=False)

    @property
    def label(self) -> str:
        """Where the store is, without a password."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session with one consistent view; nothing is written."""
        with self._translating(), self._readers() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session in one write transaction: committed at the end, else rolled back.

        Raises
        ------
        StoreError
            Its subclass says whether the store is full, read-only, busy or gone.
        """
        with self._translating(), self._writers() as session, session.begin():
            if self.is_sqlite:
                session.connection()  # BEGIN IMMEDIATE now, before anything is read
            yield session

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeoutError) as error:
            raise translated(error, self.label) from error

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _postgresql_engine(url: URL) -> Engine:
    url = url.set(drivername="postgresql+psycopg")
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url)
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Set what SQLite forgets per connection; pysqlite must not begin transactions by itself."""
    connection.isolation_level = None
    pragmas = [
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ]
    if sys.platform == "darwin":  # fsync alone doesn't reach the platter there
        pragmas += ["fullfsync=ON", "checkpoint_fullfsync=ON"]
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where a transaction will write, so that it can't deadlock."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
