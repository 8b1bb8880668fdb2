"""What can be wrong with a store, as types; `code` is translated on screen."""

import sqlite3

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

# SQLite's primary result codes (sqlite.org/rescode.html)
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26


class StoreError(Exception):
    """Something is wrong with the store; the text says what and what to do next."""

    code = "store_error"


class StoreBusyError(StoreError):
    """Another program holds the store for longer than we wait."""

    code = "store_busy"


class StoreReadOnlyError(StoreError):
    """The file, its folder or the database may not be written."""

    code = "store_read_only"


class StoreFullError(StoreError):
    """The disk is full; nothing of the refused transaction was stored."""

    code = "store_full"


class StoreDamagedError(StoreError):
    """The file is not a store or is damaged."""

    code = "store_damaged"


class StoreUnreachableError(StoreError):
    """The file can't be opened, its disk fails or the server doesn't answer."""

    code = "store_unreachable"


class StoreConflictError(StoreError):
    """A key is taken already."""

    code = "store_conflict"


class StoreNewerError(StoreError):
    """The store was written by a newer program; it is left untouched."""

    code = "store_newer"


_SQLITE: dict[int, tuple[type[StoreError], str]] = {
    _BUSY: (StoreBusyError, "another program holds the store; try again"),
    _LOCKED: (StoreBusyError, "another program holds the store; try again"),
    _READONLY: (StoreReadOnlyError, "the store is read-only; check the rights of its folder"),
    _IOERR: (StoreUnreachableError, "the disk of the store fails; check the disk"),
    _CORRUPT: (StoreDamagedError, "the store is damaged; restore a backup"),
    _FULL: (StoreFullError, "the disk is full; free some space"),
    _CANTOPEN: (StoreUnreachableError, "the store can't be opened; check folder and rights"),
    _NOTADB: (StoreDamagedError, "this file is not a store"),
}
# PostgreSQL's SQLSTATE classes and codes (postgresql.org/docs, appendix A)
_POSTGRESQL: dict[str, tuple[type[StoreError], str]] = {
    "53100": (StoreFullError, "the server's disk is full; free some space"),
    "25006": (StoreReadOnlyError, "the database is read-only"),
    "42501": (StoreReadOnlyError, "the database user may not write"),
    "55P03": (StoreBusyError, "another program holds the store; try again"),
    "57014": (StoreBusyError, "the server gave the statement up; try again"),
    "40P01": (StoreBusyError, "two programs waited for each other; try again"),
    "XX001": (StoreDamagedError, "the database is damaged; restore a backup"),
}


def translated(error: DBAPIError | PoolTimeoutError, where: str) -> StoreError:
    """Return the typed error for what a driver raised; by code, never by message."""
    if isinstance(error, PoolTimeoutError):
        return StoreBusyError(f"{where}: all connections are in use")
    if isinstance(error, IntegrityError):
        return StoreConflictError(f"{where}: {error.orig}")
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        kind, text = _SQLITE.get(code, (StoreError, "the store refused"))
    else:
        state = getattr(cause, "sqlstate", None)
        if state is None:
            kind, text = StoreUnreachableError, "the database server doesn't answer"
        else:
            kind, text = _POSTGRESQL.get(state, _by_class(state))
    return kind(f"{where}: {text} ({cause})")


def _by_class(state: str) -> tuple[type[StoreError], str]:
    if state[:2] in {"08", "57"}:
        return StoreUnreachableError, "the database server doesn't answer"
    return StoreError, "the store refused"
