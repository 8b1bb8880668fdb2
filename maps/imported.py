"""Imported layers as the page takes them: one compact array of shapes and a list of names each."""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt
import shapely

from maps.geometry import to_world
from maps.layers import AREA, LINE, SYMBOL, USER_GROUP, MapLayer
from maps.serving import PageFiles
from models.registry.kinds import Layer

INKS = ("map.imported.1", "map.imported.2", "map.imported.3", "map.imported.4")
LONGEST_NAME = 200
IMPORTED = "layers"


@dataclass(frozen=True, slots=True)
class ImportedShapes:
    """One layer's shapes: `body` is the array, `names` one for each shape."""

    body: bytes
    names: tuple[str, ...]

    def names_json(self) -> bytes:
        """Return the names as a JSON list."""
        return msgspec.json.encode(self.names)


class ImportedUrls:
    """Where the page fetches each layer's array: a new address when the shapes are others."""

    def __init__(self) -> None:
        self._shown: dict[str, tuple[ImportedShapes, dict[str, str]]] = {}
        self._version = 0

    def entry(self, files: PageFiles, key: str, shapes: ImportedShapes) -> dict[str, str]:
        """Return what tells the page of one layer."""
        held = self._shown.get(key)
        if held is not None and held[0] is shapes:
            return held[1]
        self._version += 1
        stem = key.replace("-", "_")
        entry = {
            "id": layer_id(key),
            "ink": ink_of(key),
            "url": files.put_array(f"imported.{stem}-{self._version}.bin", shapes.body),
            "names_url": files.put_array(
                f"imported_names.{stem}-{self._version}.json", shapes.names_json()
            ),
        }
        self._shown[key] = (shapes, entry)
        return entry

    def keep(self, keys: Iterable[str]) -> None:
        """Forget the layers that aren't shown any more."""
        kept = set(keys)
        self._shown = {key: held for key, held in self._shown.items() if key in kept}


def layer_id(key: str) -> str:
    """Return the map's layer id of an imported layer's key."""
    return f"imported.{key}"


def imported_layer(record: Layer) -> MapLayer:
    """Return the entry of an imported layer in the list of layers."""
    drawn = AREA if record.areas else LINE if record.lines else SYMBOL
    return MapLayer(
        layer_id(record.key), USER_GROUP, drawn=drawn, ink=ink_of(record.key), movable=True,
        title=record.name,
    )  # fmt: skip


def ink_of(key: str) -> str:
    """Return the colour token of a layer: the same for the same key, whatever else is there."""
    return INKS[sum(key.encode()) % len(INKS)]


def draw_shapes(shapes: npt.NDArray[np.object_], names: Sequence[object]) -> ImportedShapes:
    """Return shapes in the page's units.

    Body, little-endian: u32 features, parts, corners; u32 first part of each feature (+ 1), u32
    first corner of each part (+ 1), u32 boxes (west, north, east, south), u32 x, u32 y, u8 kind of
    each feature (0 points, 1 lines, 2 areas). Rings of areas are parts: even-odd fills them.

    Parameters
    ----------
    shapes : array of shapely geometries
        WGS 84 degrees; none is missing or empty.
    names : sequence
        What each is called; anything but text has none.
    """
    single, owner = shapely.get_parts(shapes, return_index=True)
    rings, ring_owner = _rings(single)
    corners, corner_owner = shapely.get_coordinates(rings, return_index=True)
    x, y = to_world(corners[:, 1], np.clip(corners[:, 0], -180.0, 180.0))
    part_starts = np.searchsorted(corner_owner, np.arange(len(rings) + 1))
    feature_of_part = owner[ring_owner]
    feature_starts = np.searchsorted(feature_of_part, np.arange(len(shapes) + 1))
    first = part_starts[feature_starts[:-1]]
    boxes = np.zeros((0, 4), dtype=np.uint32)
    if len(first):
        boxes = np.column_stack([
            np.minimum.reduceat(x, first), np.minimum.reduceat(y, first),
            np.maximum.reduceat(x, first), np.maximum.reduceat(y, first),
        ])  # fmt: skip
    kinds = np.clip(shapely.get_dimensions(shapes), 0, 2)
    body = b"".join((
        struct.pack("<III", len(shapes), len(rings), len(x)),
        *(a.astype("<u4").tobytes() for a in (feature_starts, part_starts, boxes, x, y)),
        kinds.astype(np.uint8).tobytes(),
    ))  # fmt: skip
    return ImportedShapes(body, tuple(_name(name) for name in names))


def _rings(single: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.intp]]:
    """Return points, lines and the rings of polygons, each with the place of its owner."""
    areas = shapely.get_dimensions(single) == 2
    rings, owner = shapely.get_rings(single[areas], return_index=True)
    others = np.flatnonzero(~areas)
    every = np.concatenate((single[others], rings))
    owners = np.concatenate((others, np.flatnonzero(areas)[owner]))
    order = np.argsort(owners, kind="stable")
    return every[order], owners[order]


def _name(name: object) -> str:
    if not isinstance(name, str | int | float) or isinstance(name, bool):
        return ""
    return str(name)[:LONGEST_NAME]
