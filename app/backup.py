"""Backups: one zip with the operations, history and documents of a site, and a manifest."""

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

import msgspec

from app.clock import SystemClock
from app.journal import Journal
from app.site import Site
from models.ids import RandomIds
from models.store import open_store
from models.store.copying import copy_sqlite, copy_to_file
from models.store.version import HEAD

FORMAT = 1
MANIFEST = "manifest.json"
OPERATIONS = "operations.db"
_FILES = ("site.toml", "substances.toml")
_FOLDERS = ("history", "layers", "documents", "courses")
_CHUNK = 1 << 20
_SQLITE_MAGIC = b"SQLite format 3\0"


class BackupError(Exception):
    """A backup that can't be made or taken; the text says why."""


class BackedUpFile(msgspec.Struct, frozen=True):
    """A file in the backup."""

    path: str
    size: int
    sha256: str


class BackedUpHead(msgspec.Struct, frozen=True):
    """The head of a chain when the backup was made."""

    operation_id: str
    seq: int
    hash: str


class Manifest(msgspec.Struct, frozen=True):
    """What the backup holds."""

    format: int
    schema: str
    made_at: str
    files: tuple[BackedUpFile, ...]
    heads: tuple[BackedUpHead, ...]


def back_up(site: Site, journal: Journal, target: Path, now: datetime) -> Manifest:
    """Write a backup of a site that may be in use.

    The operations store is copied first and as one moment; history only grows after it.

    Raises
    ------
    BackupError
        When the target exists or something can't be read or written.
    StoreError, JournalError
        When the store can't be read.
    """
    if target.exists():
        raise BackupError(f"{target}: exists already; no backup is overwritten")
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            copy = Path(scratch) / OPERATIONS
            copy_to_file(journal.store, copy)
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
                files = [_add(archive, copy, OPERATIONS)]
                for path in _site_files(site):
                    name = path.relative_to(site.path).as_posix()
                    files.append(_add(archive, _settled(path, Path(scratch)), name))
                manifest = Manifest(FORMAT, HEAD, now.isoformat(), tuple(files), _heads(copy))
                archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
        part.chmod(0o600)  # it holds the site's passwords
        part.replace(target)
    except OSError as error:
        raise BackupError(f"{target}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _site_files(site: Site) -> Iterator[Path]:
    """Yield what belongs into a backup besides the store: no locks, logs, tiles or tokens."""
    for path in (site.site_file, site.substances_file):
        if path.exists():
            yield path
    for name in _FOLDERS:
        for path in sorted((site.path / name).rglob("*")):
            if path.is_file() and not path.name.endswith(("-wal", "-shm", "-journal")):
                yield path


def _settled(path: Path, scratch: Path) -> Path:
    """Return a file that stands still: a database in use is copied by its own means."""
    with path.open("rb") as file:
        if file.read(len(_SQLITE_MAGIC)) != _SQLITE_MAGIC:
            return path
    copy = scratch / "history.db"
    copy.unlink(missing_ok=True)
    copy_sqlite(path, copy)
    return copy


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> BackedUpFile:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return BackedUpFile(name, size, digest.hexdigest())


def _heads(operations: Path) -> tuple[BackedUpHead, ...]:
    """Return the heads in the copy, not in the store, which may have gone on."""
    store = open_store(f"sqlite:///{operations.as_posix()}")
    try:
        found = Journal(store, SystemClock(), RandomIds()).operations()
    finally:
        store.close()
    return tuple(BackedUpHead(o.id, o.head.seq, o.head.hash.hex()) for o in found)


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return the manifest after checking that names are tame and nothing is unlisted.

    Raises
    ------
    BackupError
        When the file is no backup of ours, newer than this program, or was changed.
    """
    try:
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except (KeyError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BackupError(f"no manifest that can be read: {error}") from error
    if manifest.format > FORMAT:
        raise BackupError(f"format {manifest.format}: made by a newer Muster")
    listed = {file.path for file in manifest.files}
    for name in listed:
        parts = PurePosixPath(name).parts
        tame = name in {OPERATIONS, *_FILES} or (len(parts) > 1 and parts[0] in _FOLDERS)
        if not tame or ".." in parts or "\\" in name or ":" in name:
            raise BackupError(f"{name!r}: a file that doesn't belong into a backup")
    if OPERATIONS not in listed or set(archive.namelist()) != listed | {MANIFEST}:
        raise BackupError("files and manifest don't fit together")
    return manifest


def extract(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Unpack into an empty folder, checking every file's size and hash.

    Raises
    ------
    BackupError
        Naming the file that was changed.
    """
    for file in manifest.files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        try:
            with archive.open(file.path) as source, path.open("wb") as target:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    target.write(chunk)
        except zipfile.BadZipFile as error:
            raise BackupError(f"{file.path}: damaged ({error})") from error
        if path.stat().st_size != file.size or digest.hexdigest() != file.sha256:
            raise BackupError(f"{file.path}: was changed since the backup was made")


def free_space_for(manifest: Manifest, folder: Path) -> bool:
    """Return whether the files of a backup fit onto the disk of a folder."""
    return shutil.disk_usage(folder).free > sum(file.size for file in manifest.files)
