"""A site: one folder with everything Muster keeps for one place."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from app.locks import FileLock, LockHeldError
from app.toml_text import write_toml

_FOLDERS = ("history", "tiles", "layers", "documents", "backups", "logs")


class SiteError(Exception):
    """The site's folder can't be used; the text says why and what to do."""


class SiteInUseError(SiteError):
    """Another desk has this site open."""


def default_site_path() -> Path:
    """Return the folder of the demonstration site."""
    return Path(platformdirs.user_data_dir("muster", appauthor=False)) / "sites" / "demo"


def site_path(argument: str | None, environ: Mapping[str, str] | None = None) -> Path:
    """Return the site's folder: `--site`, else `MUSTER_SITE`, else the demonstration site."""
    given = argument or (os.environ if environ is None else environ).get("MUSTER_SITE")
    return Path(given).expanduser().absolute() if given else default_site_path()


class Site:
    """The paths of a site and its making; nothing is touched before `create`."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()

    @property
    def site_file(self) -> Path:
        """The site's settings."""
        return self.path / "site.toml"

    @property
    def substances_file(self) -> Path:
        """The site's own substances, where there are any."""
        return self.path / "substances.toml"

    @property
    def operations_db(self) -> Path:
        """The operations store, when it is SQLite."""
        return self.path / "operations.db"

    @property
    def history(self) -> Path:
        """Chunked telemetry."""
        return self.path / "history"

    @property
    def tiles(self) -> Path:
        """Map tiles and the cached map page."""
        return self.path / "tiles"

    @property
    def layers(self) -> Path:
        """Shapes of imported map layers."""
        return self.path / "layers"

    @property
    def courses(self) -> Path:
        """Normal courses of the hazard sources, for early warnings."""
        return self.path / "courses"

    @property
    def documents(self) -> Path:
        """Issued documents."""
        return self.path / "documents"

    @property
    def backups(self) -> Path:
        """Backups, also those made before a migration."""
        return self.path / "backups"

    @property
    def logs(self) -> Path:
        """Log files."""
        return self.path / "logs"

    @property
    def gateway_lock(self) -> Path:
        """Held by the site's one gateway."""
        return self.path / "gateway.lock"

    @property
    def gateway_file(self) -> Path:
        """Port and token of the running gateway, private."""
        return self.path / "gateway.json"

    def gateway_lock_of(self, name: str) -> Path:
        """Held by the gateway of this name; empty: the site's first."""
        return self.path / f"gateway-{name}.lock" if name else self.gateway_lock

    def gateway_file_of(self, name: str) -> Path:
        """Port and token of the gateway of this name; empty: of the site's first."""
        return self.path / f"gateway-{name}.json" if name else self.gateway_file

    def store_url(self, configured: str = "") -> str:
        """Return the operations store's URL: the configured one, else the site's SQLite file."""
        return configured or f"sqlite:///{self.operations_db.as_posix()}"

    def create(self, first_settings: Mapping[str, object] | None = None) -> bool:
        """Make what is missing of the folder and check that it can be written.

        Parameters
        ----------
        first_settings : mapping, optional
            Dotted keys for a `site.toml` that doesn't exist yet.

        Returns
        -------
        bool
            Whether the site is new.

        Raises
        ------
        SiteError
            When the folder is read-only, full, or no folder.
        """
        try:
            for folder in (self.path, *(self.path / name for name in _FOLDERS)):
                folder.mkdir(parents=True, exist_ok=True)
            is_new = not self.site_file.exists()
            if is_new:
                write_toml(self.site_file, first_settings or {})
            self.check_writable()
        except OSError as error:
            raise SiteError(_said(self.path, error)) from error
        return is_new

    def check_writable(self) -> None:
        """Write and remove a small file.

        Raises
        ------
        SiteError
            When that fails.
        """
        probe = self.path / f".probe-{os.getpid()}"
        try:
            with probe.open("wb") as file:
                file.write(b"\0" * 4096)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise SiteError(_said(self.path, error)) from error
        finally:
            _remove_quietly(probe)

    def lock_desk(self) -> FileLock:
        """Take the desk's lock; hold the result as long as the desk runs.

        Raises
        ------
        SiteInUseError
            When another desk has the site open.
        SiteError
            When the lock file can't be made.
        """
        lock = FileLock(self.path / "desk.lock")
        try:
            lock.acquire()
        except LockHeldError as error:
            who = f" (process {error.holder})" if error.holder else ""
            raise SiteInUseError(
                f"{self.path}: another desk has this site open{who}. Use that one, close it, "
                "or open another site with --site DIR."
            ) from error
        except OSError as error:
            raise SiteError(_said(self.path, error)) from error
        return lock


def _remove_quietly(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # the failed write before it is the news, not this
        return


def _said(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            why = "the disk is full; free some space and start again"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            why = "it can't be written; give yourself the right to write or use --site DIR"
        case errno.ENOTDIR | errno.EEXIST:
            why = "a file is in the way where a folder is needed; use --site DIR"
        case _:
            why = f"{error.strerror or error}; use --site DIR for another folder"
    return f"{path}: {why}"
