"""Sites that can't be opened: plain words on stderr, exit 2, nothing overwritten."""

import ctypes
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.integration.faults.bench import ROOT, LiveSite, muster

_CAPBSET_DROP, _DAC_OVERRIDE, _DAC_READ_SEARCH = 24, 1, 2  # linux/prctl.h, linux/capability.h


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A whole site with a store, made once and copied."""
    live = LiveSite(tmp_path_factory.mktemp("made"))
    assert live.muster("gateway", "--duration", "0.5").returncode == 0
    live.store.close()
    return live.site.path


@pytest.fixture
def site(made, tmp_path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "site"))


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and "logs" not in path.parts and path.suffix != ".lock"
    }


def _refused(site: Path, words: str, *, commands: tuple[tuple[str, ...], ...] = ((),)) -> None:
    """Check that every command says why and touches nothing."""
    before = _hashes(site) if site.is_dir() else {}
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "app", *command, "--site", str(site)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for command in commands
    ]  # fmt: skip
    for process, command in zip(processes, commands, strict=True):
        out, said = process.communicate(timeout=60)
        assert (process.returncode, out) == (2, ""), (command, said)
        assert words in said, command
        assert "Traceback" not in said, command
    if site.is_dir():
        assert _hashes(site) == before


EVERY = ((), ("gateway",), ("verify",), ("backup", os.devnull + "-none"))


def test_that_newer_schema_is_refused_by_desk_and_commands(site):
    with closing(sqlite3.connect(site / "operations.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    _refused(site, "written by a newer Muster", commands=EVERY)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda path: path.write_bytes(b"garbage" * 1000), "not a store"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "damaged"),
        (lambda path: _emptied(path), "is empty but its log isn't"),
        (lambda path: _other(path), "this is not a store"),
    ],
    ids=["garbage", "truncated", "emptied", "another database"],
)
def test_that_damaged_store_is_refused_and_left_as_it_is(site, damage, words):
    damage(site / "operations.db")
    _refused(site, words, commands=((), ("gateway",)))


def _emptied(path: Path) -> None:
    path.with_name(path.name + "-wal").write_bytes(b"\x37\x7f\x06\x82" + b"\0" * 5000)
    path.write_bytes(b"")


def _other(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE accounts (a)")


def test_that_folder_that_is_a_file_or_holds_a_bad_setting_is_refused(tmp_path, site):
    file = tmp_path / "file"
    file.write_text("precious")
    _refused(file, "a file is in the way", commands=((), ("gateway",)))
    assert file.read_text() == "precious"
    (site / "site.toml").write_text("mode = [")
    _refused(site, "site.toml: not valid TOML", commands=EVERY)


def test_that_read_only_site_and_unwritable_parent_are_refused(site):
    for path in (site, *site.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        for place in (site, site / "deeper" / "new"):
            said = muster("--site", str(place), preexec_fn=_obey_permissions)
            assert (said.returncode, said.stdout) == (2, ""), said.stderr
            assert "it can't be written" in said.stderr
            assert "Traceback" not in said.stderr
    finally:
        for path in (site, *site.rglob("*")):
            path.chmod(0o755)


def _obey_permissions() -> None:
    """Take from root what lets it write where it may not."""
    if os.geteuid() == 0:
        library = ctypes.CDLL(None)
        for capability in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
            library.prctl(_CAPBSET_DROP, capability, 0, 0, 0)


def test_that_damaged_small_files_cost_only_themselves(site):
    (site / "layout.json").write_text('{"version": 1, "sizes": [')
    (site / "gateway.json").write_bytes(b"\xff\x00")
    (site / "history" / "2026-01-01.db").write_bytes(b"garbage" * 1000)
    (site / "history" / "open-0123456789abcdef.log").write_bytes(b"garbage" * 1000)
    opened = muster("--exit-when-ready", "--site", str(site))
    assert opened.returncode == 0, opened.stderr
    assert "Traceback" not in opened.stderr
    assert (site / "layout.json.damaged").read_text() == '{"version": 1, "sizes": ['
    assert (site / "history" / "2026-01-01.db").read_bytes() == b"garbage" * 1000
    (kept,) = (site / "history").glob("open-0123456789abcdef.log.damaged-*")
    assert kept.read_bytes() == b"garbage" * 1000


def test_that_empty_folder_becomes_a_site(tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    opened = muster("--exit-when-ready", "--site", str(folder))
    assert opened.returncode == 0, opened.stderr
    assert (folder / "operations.db").exists()
