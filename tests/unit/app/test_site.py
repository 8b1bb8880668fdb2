"""The site's folder: making it, and what can be wrong with it."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.locks import FileLock, LockHeldError
from app.settings import load_settings
from app.site import Site, SiteError, SiteInUseError, default_site_path, site_path

_HOLD = (
    "import sys; from pathlib import Path; from app.locks import FileLock;"
    "FileLock(Path(sys.argv[1])).acquire(); print('held', flush=True); sys.stdin.read()"
)


def test_that_a_new_site_keeps_its_first_settings(tmp_path: Path) -> None:
    site = Site(tmp_path / "a" / "b")
    assert site.create({"mode": "live", "mqtt.host": "broker"}) is True
    assert site.create({"mode": "drill"}) is False
    settings = load_settings(site.site_file, environ={}).settings
    assert (settings.mode, settings.mqtt.host) == ("live", "broker")
    assert all(path.is_dir() for path in (site.history, site.tiles, site.documents))
    assert all(path.is_dir() for path in (site.backups, site.logs))
    assert not [path.name for path in site.path.iterdir() if path.name.startswith(".probe")]


def test_that_the_argument_beats_the_variable_beats_the_default(tmp_path: Path) -> None:
    environ = {"MUSTER_SITE": str(tmp_path / "env")}
    assert site_path(str(tmp_path / "arg"), environ) == tmp_path / "arg"
    assert site_path(None, environ) == tmp_path / "env"
    assert site_path(None, {}) == default_site_path()


def test_that_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("")
    with pytest.raises(SiteError, match="a file is in the way"):
        Site(tmp_path / "site").create()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "can't be written"),
        (errno.EACCES, "can't be written"),
        (errno.EIO, "use --site DIR"),
    ],
)
def test_that_a_failed_write_is_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    site = Site(tmp_path / "site")
    site.create()

    def refuse(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(SiteError, match=said):
        site.check_writable()
    assert not list(site.path.glob(".probe*"))


def test_that_a_second_desk_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.create()
    first = site.lock_desk()
    with pytest.raises(SiteInUseError, match=rf"process {os.getpid()}\b.*--site DIR"):
        site.lock_desk()
    first.release()
    site.lock_desk().release()


def test_that_a_killed_holder_frees_the_lock(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "x.lock")
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(lock.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LockHeldError) as caught:
            lock.acquire()
        assert caught.value.holder == str(holder.pid)
        holder.kill()
    with lock:
        assert lock.is_held
    assert not lock.is_held
