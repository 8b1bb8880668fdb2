"""Migrating an older store: a backup first, then all revisions in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

from models.store.copying import copy_sqlite
from models.store.errors import StoreReadOnlyError
from models.store.store import Store


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration, made here and not read from a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate(store: Store, revision: str, backups: Path | None) -> None:
    """Back a store up and lift it from `revision` to the newest schema.

    A failure leaves the store as it was.

    Raises
    ------
    StoreError
        When the backup or the migration fails.
    """
    if store.is_sqlite:
        _back_up_file(store, revision, backups)
    with store.writing() as session:
        connection = session.connection()
        if not store.is_sqlite:
            _back_up_schema(connection, revision)
        command.upgrade(alembic_config(connection), "head")


def _back_up_file(store: Store, revision: str, backups: Path | None) -> None:
    """Copy the file with SQLite's own backup, which also takes what is still in the WAL."""
    assert store.path is not None
    folder = backups or store.path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnlyError(f"{folder}: no place for the backup ({error})") from error
    copy_sqlite(store.path, _unused(folder, f"{store.path.stem}.schema-{revision}"))


def _unused(folder: Path, stem: str) -> Path:
    """Return a path that doesn't exist yet: no backup overwrites another."""
    path = folder / f"{stem}.db"
    number = 2
    while path.exists():
        path = folder / f"{stem}-{number}.db"
        number += 1
    return path


def _back_up_schema(connection: Connection, revision: str) -> None:
    """Copy all tables into a schema of their own, in the transaction that migrates."""
    names = inspect(connection).get_table_names()
    schemas = set(inspect(connection).get_schema_names())
    schema = base = f"muster_backup_{revision}"
    number = 2
    while schema in schemas:
        schema = f"{base}_{number}"
        number += 1
    connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    for name in names:
        connection.execute(text(f'CREATE TABLE "{schema}"."{name}" AS TABLE "{name}"'))
