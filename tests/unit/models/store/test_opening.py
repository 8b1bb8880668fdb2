"""Opening stores: create, take, migrate after a backup, refuse newer and foreign ones."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect, text

from app.clock import ManualClock
from app.journal import Journal
from models.ids import OperationId, SeededIds
from models.store import (
    StoreDamagedError,
    StoreNewerError,
    StoreUnreachableError,
    open_store,
    version,
)
from models.store.migrating import alembic_config, migrate
from models.store.opening import stored_revision
from models.store.store import Store
from models.store.version import HEAD

OLD_FILES = Path(__file__).parent / "old_files"


def test_that_new_store_has_the_newest_schema(empty_store_url: str) -> None:
    store = open_store(empty_store_url)
    assert stored_revision(store) == HEAD
    with store.writing() as session:
        command.check(alembic_config(session.connection()))
    store.close()
    open_store(empty_store_url).close()


def test_that_migrations_lead_to_the_same_schema(empty_store_url: str) -> None:
    store = Store(empty_store_url)
    with store.writing() as session:
        command.upgrade(alembic_config(session.connection()), "head")
        command.check(alembic_config(session.connection()))
    assert stored_revision(store) == HEAD
    with store.writing() as session:
        command.downgrade(alembic_config(session.connection()), "base")
        assert set(inspect(session.connection()).get_table_names()) <= {"alembic_version"}
    store.close()


def test_that_newer_store_is_refused_and_left_untouched(empty_store_url: str) -> None:
    store = open_store(empty_store_url)
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(StoreNewerError, match=r"9999.*newer program"):
        open_store(empty_store_url)
    left = Store(empty_store_url)
    assert stored_revision(left) == "9999"
    left.close()


def test_that_foreign_database_is_refused(empty_store_url: str) -> None:
    store = Store(empty_store_url)
    with store.writing() as session:
        session.execute(text("CREATE TABLE somebody_elses (a INTEGER)"))
    store.close()
    with pytest.raises(StoreDamagedError, match="not a store"):
        open_store(empty_store_url)


def test_that_file_which_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "operations.db"
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreDamagedError):
        open_store(f"sqlite:///{path.as_posix()}")


def test_that_missing_folder_is_told(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "operations.db"
    with pytest.raises(StoreUnreachableError):
        open_store(f"sqlite:///{path.as_posix()}")


def test_that_server_that_does_not_answer_is_told_without_its_password() -> None:
    url = "postgresql://u:secret@127.0.0.1:1/nowhere"
    with pytest.raises(StoreUnreachableError) as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("revision", version.REVISIONS)
def test_that_stored_old_file_is_lifted_with_every_event(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "operations.db"
    shutil.copy(OLD_FILES / f"schema_{revision}.db", path)
    store = open_store(f"sqlite:///{path.as_posix()}", backups=tmp_path / "backups")
    journal = Journal(store, ManualClock(0), SeededIds("x"))
    result = journal.verify(OperationId("old"))
    assert stored_revision(store) == HEAD
    assert (result.findings, result.events) == ([], 3)
    with store.reading() as session:
        name = session.scalar(text("SELECT name FROM reference_row"))
    assert name == "一号罐区"
    store.close()


def _older(url: str) -> Store:
    """Return a store that says it is older than the newest schema, with empty history."""
    store = Store(url)
    with store.writing() as session:
        session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        session.execute(text("CREATE TABLE kept (a INTEGER)"))
        session.execute(text("INSERT INTO kept VALUES (42)"))
    return store


def test_that_sqlite_is_backed_up_before_migrating_and_no_backup_overwritten(
    tmp_path: Path,
) -> None:
    path = tmp_path / "operations.db"
    store = _older(f"sqlite:///{path.as_posix()}")
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "operations.schema-0000.db").write_bytes(b"an earlier backup")
    migrate(store, "0000", tmp_path / "backups")
    store.close()
    with closing(sqlite3.connect(tmp_path / "backups" / "operations.schema-0000-2.db")) as backup:
        assert backup.execute("SELECT a FROM kept").fetchone() == (42,)
        assert not backup.execute("SELECT * FROM sqlite_master WHERE name = 'event'").fetchone()
    with closing(sqlite3.connect(path)) as migrated:
        assert migrated.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)


def test_that_backup_stands_beside_the_file_without_a_folder(tmp_path: Path) -> None:
    store = _older(f"sqlite:///{(tmp_path / 'operations.db').as_posix()}")
    migrate(store, "0000", None)
    store.close()
    assert (tmp_path / "operations.schema-0000.db").exists()


def test_that_postgresql_is_backed_up_into_a_schema_of_its_own(postgresql: object) -> None:
    url = postgresql.create_empty()  # type: ignore[attr-defined]
    store = _older(url)
    with store.writing() as session:
        session.execute(text("CREATE SCHEMA muster_backup_0000"))
    migrate(store, "0000", None)
    with store.reading() as session:
        assert session.scalar(text("SELECT a FROM muster_backup_0000_2.kept")) == 42
    assert stored_revision(store) == HEAD
    store.close()
    postgresql.drop(url)  # type: ignore[attr-defined]


def test_that_failed_migration_leaves_the_store_as_it_was(
    empty_store_url: str, tmp_path: Path
) -> None:
    store = _older(empty_store_url)
    with store.writing() as session:
        session.execute(text("CREATE TABLE reference_row (a INTEGER)"))
    with pytest.raises(Exception, match="reference_row"):
        migrate(store, "0000", tmp_path)
    with store.reading() as session:
        names = set(inspect(session.connection()).get_table_names())
    assert names == {"alembic_version", "kept", "reference_row"}
    store.close()


def test_that_alembic_is_imported_only_for_a_migration(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'operations.db').as_posix()}"
    code = (
        "import sys; from models.store import open_store; open_store(sys.argv[1]).close();"
        " sys.exit('alembic' in sys.modules)"
    )
    for _ in ("created", "opened"):
        done = subprocess.run([sys.executable, "-c", code, url], check=False)
        assert done.returncode == 0


def test_that_older_revision_is_migrated_on_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _older(f"sqlite:///{(tmp_path / 'operations.db').as_posix()}")
    with store.writing() as session:
        command.upgrade(alembic_config(session.connection()), "head")
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    store.close()
    called = []
    monkeypatch.setattr("models.store.opening.HEAD", "0003")
    monkeypatch.setattr("models.store.migrating.migrate", lambda *args: called.append(args[1:]))
    open_store(f"sqlite:///{(tmp_path / 'operations.db').as_posix()}", backups=tmp_path).close()
    assert called == [("0001", tmp_path)]


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
def test_that_every_sqlite_connection_is_durable(
    tmp_path: Path, pragma: str, value: object
) -> None:
    store = open_store(f"sqlite:///{(tmp_path / 'operations.db').as_posix()}")
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    store.close()


def test_that_file_systems_cache_is_flushed_on_macos(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    store = Store(f"sqlite:///{(tmp_path / 'operations.db').as_posix()}")
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA fullfsync").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA checkpoint_fullfsync").scalar() == 1
    store.close()
