"""From a file to an archive of vector tiles: read, sort, cut, write, rename."""

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import shapely

from maps.datum import Datum
from maps.tiles.archive import write_archive
from maps.tiles.cutting import Cutter, described_layers
from maps.tiles.errors import TileFileError
from maps.tiles.grid import box_degrees
from maps.tiles.osm_file import is_osm, read_osm
from maps.tiles.plain_file import read_plain

Step = Literal["reading", "cutting", "writing"]
Progress = Callable[[Step, float], None]

OSM_LICENCE = "© OpenStreetMap contributors"
_READING, _CUTTING = 0.4, 0.95


class MakingCancelledError(Exception):
    """The user stopped it; nothing is left behind."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it: features drawn, tiles written, and counts of what is missing by code."""

    path: Path
    features: int
    tiles: int
    missing: Mapping[str, int]


def make_archive(
    source: Path,
    target: Path,
    *,
    name: str,
    datum: Datum = "WGS84",
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
) -> Made:
    """Make an archive of vector tiles out of a file of roads, buildings, water and names.

    The archive is written beside `target` as `*.part` and renamed when it is whole: a half-made
    one is never seen.

    Parameters
    ----------
    source : Path
        OpenStreetMap extract, GeoPackage, Shapefile, or what else GDAL reads.
    target : Path
        The archive (`.pmtiles`), replaced when it exists.
    name : str
        How people call it.
    datum : str
        Datum of files in degrees that are no OpenStreetMap extract.
    progress : callable, optional
        Hears the step and the share of the whole that is done [0…1].
    cancelled : threading.Event, optional
        Stops the work when set.

    Raises
    ------
    TileFileError
        When the source can't be read or holds nothing that is drawn, or the disk refuses.
    MakingCancelledError
        When `cancelled` was set.
    """

    def tell(step: Step, share: float) -> None:
        if cancelled is not None and cancelled.is_set():
            raise MakingCancelledError
        if progress is not None:
            progress(step, share)

    tell("reading", 0.0)
    osm = is_osm(source)

    def read(share: float) -> None:
        tell("reading", share * _READING)

    table = read_osm(source, read) if osm else read_plain(source, datum, read)
    geometries, classes, names = table.joined()
    if not len(geometries):
        raise TileFileError(source.name, "empty", "holds nothing that a base map draws")
    west, north, east, south = shapely.total_bounds(geometries)
    cutter = Cutter(geometries, classes, names)
    part = target.with_name(target.name + ".part")
    metadata = {
        "name": name,
        "attribution": OSM_LICENCE if osm else "",
        "vector_layers": described_layers(),
    }
    try:
        with part.open("wb") as file:
            tiles = write_archive(
                file,
                cutter.tiles(
                    lambda share: tell("cutting", _READING + share * (_CUTTING - _READING))
                ),
                box_degrees((float(west), float(north), float(east), float(south))),
                metadata,
            )
            tell("writing", _CUTTING)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)  # noqa: PTH105 - atomic on every platform
    except OSError as error:
        raise TileFileError(target.name, "disk", error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return Made(target, len(geometries), tiles, table.missing)
