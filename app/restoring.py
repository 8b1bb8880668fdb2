"""Restoring a backup: checked first, what stood there is set aside, never thrown away."""

import logging
import re
import tempfile
import tomllib
import zipfile
from datetime import datetime
from pathlib import Path

from app.backup import (
    OPERATIONS,
    BackupError,
    Manifest,
    extract,
    free_space_for,
    read_manifest,
)
from app.clock import SystemClock
from app.journal import Journal
from app.locks import FileLock, LockHeldError
from app.site import Site
from app.toml_text import toml_text
from app.verification import verify_operation
from models.ids import RandomIds
from models.store import open_store
from models.store.copying import fill_from_file

_LOG = logging.getLogger("muster.restoring")
_SERVERS = ("store_url", "history_url")
_SERVER_LINE = re.compile(rf"""\s*["']?({"|".join(_SERVERS)})["']?\s*=""")
_REPLACED = ("site.toml", "substances.toml", "history", "layers", "documents", "courses")
_STORE_FILES = (OPERATIONS, f"{OPERATIONS}-wal", f"{OPERATIONS}-shm")


def restore(
    site: Site, backup: Path, now: datetime, *, store_url: str = "", force: bool = False
) -> Manifest:
    """Put a backup's files into a site.

    Which servers the site works on stays the site's own setting: the backup's would have a
    restored copy write into the store that was backed up.

    Parameters
    ----------
    site : Site
        Where to; made when missing.
    backup : Path
        The zip that `back_up` wrote.
    now : datetime
        Names the folder of what is set aside.
    store_url : str
        A database instead of the site's own file; it must be empty.
    force : bool
        Replace what the site holds; it is moved into the site's backups.

    Raises
    ------
    BackupError
        When the backup was changed, its chains don't verify, the site holds operations and
        `force` isn't given, or a desk or gateway is running on it.
    """
    present = [name for name in (*_STORE_FILES, *_REPLACED) if _holds(site.path / name)]
    if OPERATIONS in present and not force:
        raise BackupError(f"{site.path}: holds operations already; --force sets them aside")
    site.path.mkdir(parents=True, exist_ok=True)
    try:
        with (
            FileLock(site.path / "desk.lock"),
            FileLock(site.gateway_lock),
            tempfile.TemporaryDirectory(dir=site.path, prefix=".restoring-") as scratch,
        ):
            folder = Path(scratch)
            manifest = _unpack(backup, folder)
            _verify(folder / OPERATIONS, manifest)
            _keep_servers(site.site_file, folder / site.site_file.name)
            if store_url:
                _fill(store_url, folder / OPERATIONS)
                (folder / OPERATIONS).unlink()
            _swap(site, folder, present, now)
    except LockHeldError as error:
        raise BackupError(f"{site.path}: a desk or gateway is running; stop it first") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"{site.path}: {getattr(error, 'strerror', '') or error}") from error
    return manifest


def _holds(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.exists()


def _unpack(backup: Path, folder: Path) -> Manifest:
    try:
        with zipfile.ZipFile(backup) as archive:
            manifest = read_manifest(archive)
            if not free_space_for(manifest, folder):
                raise BackupError(f"{folder.parent}: not enough space on the disk")
            extract(archive, manifest, folder)
    except zipfile.BadZipFile as error:
        raise BackupError(f"{backup}: no backup ({error})") from error
    return manifest


def _verify(operations: Path, manifest: Manifest) -> None:
    """Check every chain of the unpacked store and its heads against the manifest."""
    store = open_store(f"sqlite:///{operations.as_posix()}")
    try:
        journal = Journal(store, SystemClock(), RandomIds())
        heads = {o.id: (o.head.seq, o.head.hash.hex()) for o in journal.operations()}
        if heads != {head.operation_id: (head.seq, head.hash) for head in manifest.heads}:
            raise BackupError(f"{OPERATIONS}: its heads aren't those of the manifest")
        for operation_id in heads:
            result = verify_operation(journal, operation_id)
            if not result.ok:
                raise BackupError(f"{operation_id}: {result.findings[0].code}")
    finally:
        store.close()


def _keep_servers(own: Path, restored: Path) -> None:
    """Let the restored settings name the servers that the site's own ones name, or none."""
    text = _text(restored)
    settings, stands = _parsed(restored, text), _parsed(own, _text(own))
    kept = {key: stands[key] for key in _SERVERS if key in stands}
    theirs = {key: settings.pop(key) for key in _SERVERS if key in settings}
    if theirs == kept:
        return
    lines = text.splitlines(keepends=True)
    tables = next((i for i, line in enumerate(lines) if line.startswith("[")), len(lines))
    top = [line for line in lines[:tables] if not _SERVER_LINE.match(line)]
    changed = toml_text(kept) + "".join((*top, *lines[tables:]))
    if _parsed(restored, changed) != settings | kept:
        raise BackupError(f"{restored.name}: {', '.join(theirs)} can't be taken out")
    restored.write_text(changed, "utf-8")
    for key in sorted(theirs.keys() - kept.keys()):
        _LOG.warning("%s: %s of the backup isn't taken over", own, key)


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _parsed(path: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BackupError(f"{path.name}: not valid TOML: {error}") from error


def _fill(store_url: str, operations: Path) -> None:
    store = open_store(store_url)
    try:
        fill_from_file(store, operations)
    finally:
        store.close()


def _swap(site: Site, folder: Path, present: list[str], now: datetime) -> None:
    """Move what stands there aside and the restored files in."""
    if present:
        aside = site.backups / f"replaced-{now:%Y%m%dT%H%M%SZ}"
        aside.mkdir(parents=True)
        for name in present:
            (site.path / name).rename(aside / name)
    for path in folder.iterdir():
        target = site.path / path.name
        if target.is_dir():
            target.rmdir()  # empty, or it would have been set aside
        path.rename(target)
