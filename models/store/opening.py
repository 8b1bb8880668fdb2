"""Opening a store: create it, take it as it is, migrate it, or refuse it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import inspect, text

from models.store.errors import StoreDamagedError, StoreNewerError
from models.store.store import Store
from models.store.version import HEAD, REVISIONS

_FOREIGN = "{label}: holds other tables; this is not a store"
_PROBE_LOCK = 0x4D75_7374  # "Must": PostgreSQL advisory lock of those who create or migrate


def open_store(url: str, *, backups: Path | None = None) -> Store:
    """Open a store, creating or migrating it where needed.

    Parameters
    ----------
    url : str
        SQLAlchemy URL, e.g. `sqlite:////site/operations.db` or `postgresql+psycopg://…`.
    backups : Path, optional
        Folder for the backup made before a migration; beside the file when missing.

    Raises
    ------
    StoreNewerError
        When a newer program wrote it; it is left untouched.
    StoreError
        When it can't be opened, read or written.
    """
    store = Store(url)
    try:
        _refuse_foreign(store)
        _prepare(store, backups)
    except BaseException:
        store.close()
        raise
    return store


def _refuse_foreign(store: Store) -> None:
    """Refuse a file that isn't ours before it is opened for writing, which would change it.

    Also a file cut to nothing while its log is there: SQLite would throw the log away.
    """
    path = store.path
    if path is None or not path.is_file():
        return
    log = path.with_name(path.name + "-wal")
    if not path.stat().st_size and log.is_file() and log.stat().st_size:
        raise StoreDamagedError(f"{store.label}: is empty but its log isn't; restore a backup")
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            names = {str(row[0]) for row in rows}
    except sqlite3.Error:
        return  # said by code when the store itself meets it
    if names and "alembic_version" not in names:
        raise StoreDamagedError(_FOREIGN.format(label=store.label))


def stored_revision(store: Store) -> str | None:
    """Return the schema revision of the store; None when it holds no tables.

    Raises
    ------
    StoreDamagedError
        When there are tables but no version: not a store of ours.
    """
    with store.reading() as session:
        names = inspect(session.connection()).get_table_names()
        if "alembic_version" in names:
            found = session.scalar(text("SELECT version_num FROM alembic_version"))
            return None if found is None else str(found)
    if names:
        raise StoreDamagedError(_FOREIGN.format(label=store.label))
    return None


def _prepare(store: Store, backups: Path | None) -> None:
    revision = stored_revision(store)
    if revision == HEAD:
        return
    if revision is None:
        _create(store)
        return
    if revision not in REVISIONS:
        raise StoreNewerError(
            f"{store.label}: written by a newer Muster (schema {revision}, this one knows {HEAD});"
            " start the newer program or restore a backup"
        )
    from models.store.migrating import migrate  # alembic only where it is needed

    migrate(store, revision, backups)


def _create(store: Store) -> None:
    """Create all tables in one transaction; whoever comes second finds them."""
    from models.store import tables  # noqa: F401 - fills the metadata
    from models.store.base import Base

    with store.writing() as session:
        if not store.is_sqlite:
            session.execute(text(f"SELECT pg_advisory_xact_lock({_PROBE_LOCK})"))
        connection = session.connection()
        if inspect(connection).has_table("alembic_version"):
            return
        Base.metadata.create_all(connection)
        session.execute(
            text(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY)"
            )
        )
        session.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


__all__ = ["open_store", "stored_revision"]
