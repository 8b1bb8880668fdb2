"""The list of a site's base maps: `tiles/basemaps.json` beside the tiles themselves."""

import contextlib
import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from app.locks import FileLock, LockHeldError

log = logging.getLogger(__name__)

_LIST = "basemaps.json"


class BaseMap(msgspec.Struct, frozen=True, kw_only=True):
    """One base map: `file` in the site's tiles folder, '' for a server of the settings."""

    id: str
    name: str
    file: str = ""
    visible: bool = True
    opacity: float = 1.0


class BaseMapError(Exception):
    """The list can't be read or written; the text says why."""


class BaseMapCatalogue:
    """Reads and changes the list; the last of the list is drawn on top.

    Every change reads the list anew under a lock: the command line and the desk may both change it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> tuple[BaseMap, ...]:
        """Return the base maps, bottom up; those whose file is gone are left out.

        Raises
        ------
        BaseMapError
            When the list is damaged or can't be read.
        """
        listed = self._read()
        return tuple(m for m in listed if not m.file or (self.folder / m.file).is_file())

    def path_of(self, base_map: BaseMap) -> Path:
        """Return the file of a base map."""
        return self.folder / base_map.file

    def add(self, base_map: BaseMap) -> None:
        """Put a base map on top of the others.

        Raises
        ------
        BaseMapError
            When the list can't be written.
        """
        with self._changed() as listed:
            listed[:] = [held for held in listed if held.id != base_map.id] + [base_map]

    def change(self, base_map: BaseMap) -> None:
        """Replace a base map in its place; one that isn't listed (any more) is left out.

        Raises
        ------
        BaseMapError
            When the list can't be written.
        """
        with self._changed() as listed:
            listed[:] = [base_map if held.id == base_map.id else held for held in listed]

    def arrange(self, ids: Sequence[str]) -> None:
        """Put the base maps in this order, bottom up; those not named stay on top.

        Raises
        ------
        BaseMapError
            When the list can't be written.
        """
        place = {id_: number for number, id_ in enumerate(ids)}
        with self._changed() as listed:
            listed.sort(key=lambda held: place.get(held.id, len(place)))

    def remove(self, id_: str) -> None:
        """Take a base map off the list and delete its file.

        Raises
        ------
        BaseMapError
            When the list can't be written.
        """
        with self._changed() as listed:
            gone = [held for held in listed if held.id == id_]
            listed[:] = [held for held in listed if held.id != id_]
        for held in gone:
            if held.file:
                with contextlib.suppress(OSError):  # on Windows while a reader has it open
                    (self.folder / held.file).unlink(missing_ok=True)

    def making(self) -> FileLock:
        """Return the lock that whoever makes a base map holds: what it writes isn't swept away."""
        return FileLock(self.folder / "basemaps-making.lock")

    def sweep(self) -> None:
        """Delete what a crash left: half-made files, and archives that never came on the list.

        Nothing is deleted while somebody makes a base map.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self.making(), self._changed() as listed:
                kept = {held.file for held in listed}
                for path in self.folder.iterdir():
                    half = path.name.endswith(".part")
                    stray = path.suffix in {".pmtiles", ".mbtiles"} and path.name not in kept
                    if (half or stray) and path.name.startswith("basemap-"):
                        path.unlink(missing_ok=True)
        except LockHeldError:
            log.info("a base map is being made; nothing is swept")
        except (BaseMapError, OSError) as error:
            log.warning("half-made base maps can't be removed: %s", error)

    def _read(self) -> list[BaseMap]:
        path = self.folder / _LIST
        try:
            return msgspec.json.decode(path.read_bytes(), type=list[BaseMap])
        except FileNotFoundError:
            return []
        except (OSError, msgspec.DecodeError) as error:
            raise BaseMapError(f"{path}: {error}") from error

    @contextlib.contextmanager
    def _changed(self) -> Iterator[list[BaseMap]]:
        path = self.folder / _LIST
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / "basemaps.lock"):
                listed = self._read()
                before = list(listed)
                yield listed
                if listed != before:
                    fresh = path.with_name(f"{_LIST}.{os.getpid()}.new")
                    fresh.write_bytes(msgspec.json.format(msgspec.json.encode(listed), indent=1))
                    fresh.replace(path)
        except (OSError, LockHeldError) as error:
            raise BaseMapError(f"{path}: {error}") from error
