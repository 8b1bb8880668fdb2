"""Copying a whole store: into a SQLite file for a backup, and from one into an empty database."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, insert, select

from models.store import tables  # noqa: F401 - fills the metadata
from models.store.base import Base
from models.store.errors import StoreConflictError
from models.store.opening import open_store
from models.store.store import Store

_PAGE = 2000


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite file that may be in use, with what is still in its WAL, consistently."""
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.backup(copy)


def copy_to_file(store: Store, target: Path) -> None:
    """Copy a store into a new SQLite file, as one moment saw it."""
    if store.is_sqlite:
        assert store.path is not None
        copy_sqlite(store.path, target)
        return
    copy = open_store(f"sqlite:///{target.as_posix()}")
    try:
        _copy_rows(store, copy)
    finally:
        copy.close()


def fill_from_file(store: Store, source: Path) -> None:
    """Copy a SQLite file's rows into an empty store.

    Raises
    ------
    StoreConflictError
        When the store holds rows already.
    """
    origin = open_store(f"sqlite:///{source.as_posix()}")
    try:
        _copy_rows(origin, store)
    finally:
        origin.close()


def _copy_rows(source: Store, target: Store) -> None:
    with source.reading() as reading, target.writing() as writing:
        if not source.is_sqlite:
            reading.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        for table in Base.metadata.sorted_tables:
            if writing.scalar(select(func.count()).select_from(table)):
                raise StoreConflictError(f"{target.label}: table {table.name} is not empty")
            rows = reading.execute(select(table).order_by(*table.primary_key)).mappings()
            for page in rows.partitions(_PAGE):
                writing.execute(insert(table), [dict(row) for row in page])
