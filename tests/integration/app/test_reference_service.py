from collections.abc import Iterator
from pathlib import Path

import pytest

from app.clock import ManualClock
from app.exchange.stage import stage_file
from app.journal import Journal
from app.journal_errors import OperationStoppedError
from app.reference import REGISTER, ReferenceService, Register, UndoRefusedError
from models.basics import Name
from models.ids import SeededIds
from models.libraries.kinds import Team
from models.operation.events.base import Draft
from models.operation.events.operation import OperationStarted, OperationStopped
from models.operation.events.reference import (
    ReferenceImported,
    ReferenceRowChanged,
    ReferenceUndone,
)
from models.store import open_store
from models.store.store import Store

CSV = "key,name,people\nA,Alpha,1\nB,,2\nC,Gamma,3\n"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def journal(store: Store) -> Journal:
    return Journal(store, ManualClock(1_000_000), SeededIds("test"))


@pytest.fixture
def service(store: Store, journal: Journal) -> ReferenceService:
    register = Register(mode="live", site="park", software_version="1")
    return ReferenceService(store, journal, ManualClock(1_000_000), SeededIds("r"), register)


def imported(service: ReferenceService, folder: Path, text: str = CSV) -> int:
    path = folder / "teams.csv"
    path.write_text(text, "utf-8")
    staging = stage_file("teams", path, service.view())
    return service.import_staged(staging, "officer").revision


def test_that_an_import_is_journalled_with_its_file_and_counts(
    service: ReferenceService, journal: Journal, tmp_path: Path
) -> None:
    imported(service, tmp_path)
    started, event = journal.read(REGISTER)
    assert isinstance(started.payload, OperationStarted)
    assert (started.payload.mode, started.payload.site) == ("live", "park")
    assert isinstance(event.payload, ReferenceImported)
    assert event.actor == "officer"
    payload = event.payload
    assert (payload.rows, payload.accepted, payload.rejected) == (3, 2, 1)
    assert (payload.kind_name, payload.revision, payload.file_name) == ("teams", 1, "teams.csv")
    assert len(payload.file_sha256) == 64
    assert journal.verify(REGISTER).ok


def test_that_undo_takes_the_newest_import_back_and_says_so(
    service: ReferenceService, journal: Journal, tmp_path: Path
) -> None:
    imported(service, tmp_path)
    change = service.undo_last("officer")
    assert (change.revision, change.diff.removed) == (2, 2)
    assert dict(service.view().all("teams")) == {}
    assert journal.read(REGISTER)[-1].payload == ReferenceUndone(revision=2, undone_revision=1)
    with pytest.raises(UndoRefusedError):
        service.undo_last("officer")


def test_that_an_edit_is_journalled_with_before_and_after(
    service: ReferenceService, journal: Journal, tmp_path: Path
) -> None:
    imported(service, tmp_path)
    after = Team(key="A", name=Name(zh="甲"), people=9)
    change, stored = service.change_row("teams", "A", after, "officer")
    assert (stored.diff.added, stored.diff.changed, stored.diff.removed) == (0, 1, 0)
    payload = journal.read(REGISTER)[-1].payload
    assert isinstance(payload, ReferenceRowChanged)
    assert change.after == after
    assert payload.before == {"key": "A", "name": {"en": "Alpha"}, "people": 1}
    assert payload.after == {"key": "A", "name": {"zh": "甲"}, "people": 9}


def test_that_rows_are_not_stored_when_the_journal_refuses(
    service: ReferenceService, journal: Journal, tmp_path: Path
) -> None:
    imported(service, tmp_path)
    stopped = OperationStopped(reason="closed")
    journal.append(REGISTER, [Draft(payload=stopped, subject=REGISTER, actor="x")])
    with pytest.raises(OperationStoppedError):
        imported(service, tmp_path, "key,name\nZ,Zulu\n")
    with pytest.raises(OperationStoppedError):
        service.undo_last("officer")
    assert service.rows.head() == 1
    assert sorted(service.view().all("teams")) == ["A", "C"]


def test_that_a_refused_file_is_not_imported(service: ReferenceService, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="missing"):
        imported(service, tmp_path, "people\n1\n")
    assert service.rows.head() == 0


def test_that_the_register_starts_only_once(
    service: ReferenceService, journal: Journal, tmp_path: Path
) -> None:
    imported(service, tmp_path)
    imported(service, tmp_path, "key,name\nA,Other\n")
    kinds = [event.kind for event in journal.read(REGISTER)]
    assert kinds == ["operation.started", "reference.imported", "reference.imported"]
    assert [revision.revision for revision in service.revisions()] == [1, 2]
