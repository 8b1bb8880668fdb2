from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.clock import ManualClock
from app.demo.install import fingerprint, install_park, prepare_site, renew_times
from app.demo.park import DEMO_START_US, Park
from app.journal import Journal
from app.reference import REGISTER, ReferenceService, Register
from app.site import Site
from models.ids import SeededIds
from models.operation.events.reference import ReferenceImported
from models.registry.kinds import Permit
from models.store import Store, open_store


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{(tmp_path / 'operations.db').as_posix()}")) as store:
        yield store


@pytest.fixture
def store(opened: Store) -> ReferenceService:
    clock, ids = ManualClock(DEMO_START_US), SeededIds("test")
    register = Register(mode="demonstration", site="demo", software_version="0")
    return ReferenceService(opened, Journal(opened, clock, ids), clock, ids, register)


def test_that_a_new_site_gets_every_row_of_the_park(store: ReferenceService, park: Park) -> None:
    done = install_park(store, DEMO_START_US)
    view = store.view()
    assert done.fresh
    assert done.rows == sum(len(rows) for rows in park.values())
    for kind, rows in park.items():
        assert dict(view.all(kind)) == {row.key: row for row in rows}


def test_that_a_second_installation_does_nothing(store: ReferenceService) -> None:
    first = install_park(store, DEMO_START_US)
    second = install_park(store, DEMO_START_US + 3_600_000_000)
    assert not second.fresh
    assert second.revision == first.revision == store.view().revision


def test_that_another_seed_is_another_park(store: ReferenceService) -> None:
    assert fingerprint("2026") != fingerprint("7")
    install_park(store, DEMO_START_US, seed="2026")
    assert install_park(store, DEMO_START_US, seed="7").fresh


def test_that_renewed_times_follow_a_new_start(store: ReferenceService) -> None:
    install_park(store, DEMO_START_US)
    day_us = 86_400_000_000
    renew_times(store, DEMO_START_US + day_us)
    permit = store.view().get("permits", "PW-CAL-01")
    assert isinstance(permit, Permit)
    assert permit.valid_from_us <= DEMO_START_US + day_us < permit.valid_to_us


def test_that_a_new_site_is_of_mode_demonstration(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    assert prepare_site(site)
    assert not prepare_site(site)
    assert 'mode = "demonstration"' in site.site_file.read_text("utf-8")


def test_that_the_installation_is_journalled_in_the_register(opened: Store) -> None:
    clock, ids = ManualClock(DEMO_START_US), SeededIds("test")
    journal = Journal(opened, clock, ids)
    done = install_park(ReferenceService(opened, journal, clock, ids), DEMO_START_US)
    imported = journal.read(REGISTER)[-1].payload
    assert isinstance(imported, ReferenceImported)
    assert imported.revision == done.revision
    assert imported.file_sha256 == fingerprint()
