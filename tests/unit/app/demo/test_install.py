from pathlib import Path

from app.demo.install import fingerprint, install_park, prepare_site, renew_times
from app.demo.park import DEMO_START_US, Park
from app.site import Site
from models.registry.kinds import Permit
from models.store import open_store
from models.store.reference import ReferenceStore


def reference_store(folder: Path) -> ReferenceStore:
    return ReferenceStore(open_store(f"sqlite:///{(folder / 'operations.db').as_posix()}"))


def test_that_a_new_site_gets_every_row_of_the_park(tmp_path: Path, park: Park) -> None:
    store = reference_store(tmp_path)
    done = install_park(store, DEMO_START_US)
    view = store.view()
    assert done.fresh
    assert done.rows == sum(len(rows) for rows in park.values())
    for kind, rows in park.items():
        assert dict(view.all(kind)) == {row.key: row for row in rows}


def test_that_a_second_installation_does_nothing(tmp_path: Path) -> None:
    store = reference_store(tmp_path)
    first = install_park(store, DEMO_START_US)
    second = install_park(store, DEMO_START_US + 3_600_000_000)
    assert not second.fresh
    assert second.revision == first.revision == store.head()


def test_that_another_seed_is_another_park(tmp_path: Path) -> None:
    assert fingerprint("2026") != fingerprint("7")
    store = reference_store(tmp_path)
    install_park(store, DEMO_START_US, seed="2026")
    assert install_park(store, DEMO_START_US, seed="7").fresh


def test_that_renewed_times_follow_a_new_start(tmp_path: Path) -> None:
    store = reference_store(tmp_path)
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
