"""Adds a base map to a site: made from a file of features, or taken over as it is."""

import os
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.basemaps.catalogue import BaseMap, BaseMapCatalogue, BaseMapError
from app.exchange.findings import CodedFinding, finding
from app.locks import LockHeldError
from maps.datum import Datum
from maps.tiles.errors import TileFileError
from maps.tiles.making import MakingCancelledError, Progress, make_archive
from maps.tiles.opening import TILE_SUFFIXES, open_tiles

_BLOCK = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Added:
    """A base map that is on the list now; `features` is 0 where tiles were taken over."""

    base_map: BaseMap
    features: int
    tiles: int
    findings: tuple[CodedFinding, ...]

    def plain(self) -> dict[str, Any]:
        """Return the shape that `muster import basemap --json` prints."""
        return {
            "rows": self.features,
            "accepted": self.features,
            "rejected": 0,
            "findings": [found.plain() for found in self.findings],
            "id": self.base_map.id,
            "name": self.base_map.name,
            "tiles": self.tiles,
        }


def add_base_map(
    catalogue: BaseMapCatalogue,
    source: Path,
    *,
    name: str = "",
    datum: Datum = "WGS84",
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
) -> Added:
    """Make or copy a base map into the site's tiles folder and put it on the list.

    A file of features becomes an archive of vector tiles; MBTiles and PMTiles are copied. Nothing
    is on the list before the file is whole.

    Raises
    ------
    TileFileError
        When the file can't be read, is damaged or holds nothing that is drawn.
    MakingCancelledError
        When `cancelled` was set.
    BaseMapError
        When the list can't be written, or another base map is being made.
    """
    catalogue.folder.mkdir(parents=True, exist_ok=True)
    try:
        with catalogue.making():
            return _added(catalogue, source, name.strip(), datum, progress, cancelled)
    except LockHeldError as error:
        raise BaseMapError("another base map is being made; wait for it or stop it") from error


def _added(
    catalogue: BaseMapCatalogue,
    source: Path,
    name: str,
    datum: Datum,
    progress: Progress | None,
    cancelled: threading.Event | None,
) -> Added:
    id_ = f"basemap-{secrets.token_hex(6)}"
    shown = name or _stem(source)
    ready = source.suffix.lower() in TILE_SUFFIXES
    target = catalogue.folder / f"{id_}{source.suffix.lower() if ready else '.pmtiles'}"
    features = tiles = 0
    missing: Mapping[str, int] = {}
    if ready:
        held = open_tiles(source)
        shown = name or held.info.name or shown
        held.close()
        _copy(source, target, progress, cancelled)
    else:
        made = make_archive(
            source, target, name=shown, datum=datum, progress=progress, cancelled=cancelled
        )
        features, tiles, missing = made.features, made.tiles, made.missing
    base_map = BaseMap(id=id_, name=shown[:200], file=target.name)
    try:
        catalogue.add(base_map)
    except Exception:
        target.unlink(missing_ok=True)
        raise
    findings = tuple(
        finding(f"basemap_{code}", row=0, severity="warning", count=count)
        for code, count in sorted(missing.items())
    )
    return Added(base_map, features, tiles, findings)


def _copy(
    source: Path, target: Path, progress: Progress | None, cancelled: threading.Event | None
) -> None:
    part = target.with_name(target.name + ".part")
    size = max(1, source.stat().st_size)
    try:
        with source.open("rb") as taken, part.open("wb") as given:
            while block := taken.read(_BLOCK):
                if cancelled is not None and cancelled.is_set():
                    raise MakingCancelledError
                given.write(block)
                if progress is not None:
                    progress("writing", min(1.0, given.tell() / size))
            given.flush()
            os.fsync(given.fileno())
        part.replace(target)
    except OSError as error:
        raise TileFileError(source.name, "disk", error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def _stem(source: Path) -> str:
    """Return a file's name without its endings.

    Examples
    --------
    >>> _stem(Path("old/baltimore.osm.pbf"))
    'baltimore'
    """
    return source.name.partition(".")[0] or source.name
