from pathlib import Path

import pytest

from app.gateway.lost_site import LostSite


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "gateway.lock"
    path.touch()
    return path


def test_that_a_gateway_goes_on_while_its_site_is_there(lock: Path) -> None:
    stops: list[None] = []
    lost = LostSite(lock, lambda: stops.append(None))
    lost.look()
    lost.look()
    assert not stops


@pytest.mark.expect_log("the site was removed")
def test_that_a_removed_site_ends_the_gateway_at_the_second_look(lock: Path) -> None:
    stops: list[None] = []
    lost = LostSite(lock, lambda: stops.append(None))
    lock.unlink()
    lost.look()
    assert not stops
    lost.look()
    assert stops


@pytest.mark.expect_log("the site was removed")
def test_that_a_site_made_anew_under_the_same_name_is_another(lock: Path) -> None:
    stops: list[None] = []
    lost = LostSite(lock, lambda: stops.append(None))
    other = lock.with_name("other")
    other.touch()
    other.replace(lock)
    lost.look()
    lost.look()
    assert stops


def test_that_a_folder_out_of_reach_for_a_moment_is_not_lost(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stops: list[None] = []
    lost = LostSite(lock, lambda: stops.append(None))

    def refuse(_path: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "stat", refuse)
    lost.look()
    lost.look()
    assert not stops
