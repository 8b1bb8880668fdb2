"""Waking readers when somebody appended: LISTEN/NOTIFY, or SQLite's own change counter.

A wake only says "look again"; readers fetch `seq > last`.
"""

import threading
from typing import Protocol

import psycopg

from models.store.errors import StoreUnreachableError
from models.store.events import WAKE_CHANNEL
from models.store.store import Store

_SLICE_S = 0.05


class Waker(Protocol):
    """Waits for appends by any program; used by one thread, closed by any."""

    def wait(self, timeout_s: float) -> bool:
        """Return True when something was appended since the last call, False on time-out.

        Raises
        ------
        StoreUnreachableError
            When the database server went away.
        """
        ...

    def close(self) -> None:
        """End a running `wait` and free the connection."""
        ...


def open_waker(store: Store) -> Waker:
    """Return a waker of this store."""
    return _SqliteWaker(store) if store.is_sqlite else _PostgresqlWaker(store)


class _SqliteWaker:
    """Compares `PRAGMA data_version`, a number in shared memory that each commit changes."""

    def __init__(self, store: Store) -> None:
        # raw: inside a transaction the counter would stand still
        self._connection = store.engine.raw_connection()
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._version = self._read()

    def wait(self, timeout_s: float) -> bool:
        """Look at the counter until it moves."""
        left_s = timeout_s
        while not self._closed.is_set():
            with self._lock:
                version = self._version if self._closed.is_set() else self._read()
            if version != self._version:
                self._version = version
                return True
            if left_s <= 0:
                break
            self._closed.wait(min(_SLICE_S, left_s))
            left_s -= _SLICE_S
        return False

    def close(self) -> None:
        """End a running wait."""
        self._closed.set()
        with self._lock:
            self._connection.close()

    def _read(self) -> int:
        cursor = self._connection.cursor()
        try:
            cursor.execute("PRAGMA data_version")
            (version,) = cursor.fetchall()[0]
            return int(version)
        finally:
            cursor.close()


class _PostgresqlWaker:
    """Listens on the journal's channel with a connection of its own."""

    def __init__(self, store: Store) -> None:
        url = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._closed = threading.Event()
        self._lock = threading.Lock()
        try:
            self._connection = psycopg.connect(url, autocommit=True)
            self._connection.execute(f"LISTEN {WAKE_CHANNEL}".encode())
        except psycopg.OperationalError as error:
            raise StoreUnreachableError(f"{store.label}: {error}") from error
        self._label = store.label

    def wait(self, timeout_s: float) -> bool:
        """Wait for a notification in slices, so that `close` is heard."""
        left_s = timeout_s
        while not self._closed.is_set():
            try:
                with self._lock:
                    if self._closed.is_set():
                        break
                    slice_s = max(0.0, min(_SLICE_S, left_s))
                    if list(self._connection.notifies(timeout=slice_s, stop_after=1)):
                        return True
            except psycopg.OperationalError as error:
                raise StoreUnreachableError(f"{self._label}: {error}") from error
            left_s -= _SLICE_S
            if left_s <= 0:
                break
        return False

    def close(self) -> None:
        """End a running wait."""
        self._closed.set()
        with self._lock:
            self._connection.close()
