"""The desk's id: short, made of the machine's name, kept."""

import socket
from pathlib import Path

import pytest

from app.desk_id import desk_id, made_of


@pytest.mark.parametrize(("host", "made"), [
    ("Duty-Room_2.park.example", "duty-room-2"),
    ("值守", "desk"),
    ("a" * 40, "a" * 16),
    ("", "desk"),
])  # fmt: skip
def test_that_the_id_is_made_of_the_hosts_name(host: str, made: str) -> None:
    assert made_of(host) == made


def test_that_the_id_stays_when_the_machine_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "muster" / "desk-id"
    monkeypatch.setattr(socket, "gethostname", lambda: "first")
    assert desk_id(file) == "first"
    monkeypatch.setattr(socket, "gethostname", lambda: "second")
    assert desk_id(file) == "first"
    file.write_text("not a good id!")
    assert desk_id(file) == "second"


@pytest.mark.expect_log("the desk's id was not kept")
def test_that_a_desk_without_a_writable_folder_still_has_an_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "first")
    (tmp_path / "muster").write_text("a file in the way")
    assert desk_id(tmp_path / "muster" / "desk-id") == "first"


def test_that_by_default_it_is_kept_in_the_users_folder(fresh_settings: Path) -> None:
    made = desk_id()
    kept = list(fresh_settings.rglob("desk-id"))
    assert [file.read_text().strip() for file in kept] == [made]
