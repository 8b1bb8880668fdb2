"""Cuts features into tiles, from the first zoom to the last, each from what its parent kept."""

import gzip
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from maps.tiles.grid import TileId
from maps.tiles.mvt import EXTENT, LayerWriter, encode_shapes
from maps.tiles.table import Geometries, Names, load_classes

FIRST_ZOOM, LAST_ZOOM = 5, 14
# the page draws a tile on 512 px: tile zoom z serves the view from zoom z + 1
VIEW_AHEAD = 1
_BUFFER = 64 / EXTENT  # each tile knows a little of its neighbours: no seams in wide lines
_TOLERANCE = 3.0  # [tile units] about 0.4 px on the screen
_SMALLEST_AREA = 220.0  # [tile units squared] about 2 px by 2 px
_SMALLEST_LINE = 14.0  # [tile units]
_KEPT_WHOLE = frozenset({"land", "water"})

Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What of the features lies in one tile and its rim."""

    geometries: Geometries
    rows: npt.NDArray[np.int64]


class Cutter:
    """The pyramid of tiles of one set of features."""

    def __init__(
        self, geometries: Geometries, classes: npt.NDArray[np.int16], names: Sequence[Names]
    ) -> None:
        """Take features in fractions of the world, the number of their class, and their names."""
        self._classes = classes
        self._names = names
        self._rules = load_classes().ordered
        self._from_zoom = np.array([c.from_zoom - VIEW_AHEAD for c in self._rules])
        self._whole = np.array([c.name in _KEPT_WHOLE for c in self._rules])
        parts, rows = shapely.get_parts(geometries, return_index=True)
        self._root = _Piece(parts, rows)

    def tiles(self, tell: Tell) -> Iterator[tuple[TileId, bytes]]:
        """Yield every tile that holds something, gzipped; `tell` hears the share done [0…1]."""
        done = 0.0

        def visit(tile: TileId, piece: _Piece, share: float) -> Iterator[tuple[TileId, bytes]]:
            nonlocal done
            inside = _clipped(piece, tile)
            if len(inside.rows) and tile.z >= FIRST_ZOOM:
                body = self._encoded(tile, inside)
                if body:
                    yield tile, gzip.compress(body, 6, mtime=0)
            if not len(inside.rows) or tile.z == LAST_ZOOM:
                done += share
                tell(min(done, 1.0))
                return
            children = [
                TileId(tile.z + 1, 2 * tile.x + dx, 2 * tile.y + dy)
                for dy in (0, 1)
                for dx in (0, 1)
            ]
            weights = _shares(inside, tile)
            for child, weight in zip(children, weights, strict=True):
                yield from visit(child, inside, share * weight)

        yield from visit(TileId(0, 0, 0), self._root, 1.0)

    def _encoded(self, tile: TileId, piece: _Piece) -> bytes:
        number = self._classes[piece.rows]
        chosen = self._from_zoom[number] <= tile.z
        if not chosen.any():
            return b""
        geometries, rows, number = piece.geometries[chosen], piece.rows[chosen], number[chosen]
        local = _local(geometries, tile)
        dimension = shapely.get_dimensions(local)
        if tile.z < LAST_ZOOM:
            # small things vanish before they are simplified: what is left is worth the work
            big = self._big(local, dimension, self._whole[number])
            local, rows, number, dimension = local[big], rows[big], number[big], dimension[big]
        lines = dimension > 0
        tolerance = _TOLERANCE if tile.z < LAST_ZOOM else 1.0
        local[lines] = shapely.simplify(local[lines], tolerance, preserve_topology=False)
        return self._layers(local, rows, number)

    @staticmethod
    def _big(
        local: Geometries, dimension: npt.NDArray[np.int32], whole: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.bool_]:
        size = np.where(dimension == 2, shapely.area(local), 0.0)
        length = np.where(dimension == 1, shapely.length(local), 0.0)
        kept: npt.NDArray[np.bool_] = (
            (dimension == 0)
            | ((dimension == 2) & (size >= np.where(whole, 16.0, _SMALLEST_AREA)))
            | ((dimension == 1) & (length >= _SMALLEST_LINE))
        )
        return kept

    def _layers(
        self, local: Geometries, rows: npt.NDArray[np.int64], number: npt.NDArray[np.int16]
    ) -> bytes:
        parts, index = shapely.get_parts(local, return_index=True)
        index = index[~shapely.is_empty(parts)]
        parts = parts[~shapely.is_empty(parts)]
        dimension = shapely.get_dimensions(parts)
        writers: dict[str, LayerWriter] = {}
        tags = [self._tags(int(row), int(num)) for row, num in zip(rows, number, strict=True)]
        for rule in self._rules:
            mine = number[index] == rule.number
            if not mine.any():
                continue
            writer = writers.setdefault(rule.layer, LayerWriter(rule.layer))
            for size in range(3):
                some = mine & (dimension == size)
                if some.any():
                    writer.add(encode_shapes(parts[some], index[some], size), tags)
        return b"".join(writer.body() for writer in writers.values())

    def _tags(self, row: int, number: int) -> Mapping[str, str | int]:
        texts = zip(("name", "name:zh", "name:en"), self._names[row], strict=True)
        return {"class": self._rules[number].name} | {key: text for key, text in texts if text}


def _shares(piece: _Piece, tile: TileId) -> list[float]:
    """Return how much of a piece lies in each quarter of its tile; they sum to 1."""
    west, north, east, south = tile.box()
    bounds = shapely.bounds(piece.geometries)
    right = (bounds[:, 0] + bounds[:, 2]) / 2 >= (west + east) / 2
    below = (bounds[:, 1] + bounds[:, 3]) / 2 >= (north + south) / 2
    counts = np.bincount(2 * below.astype(int) + right, minlength=4) + 0.01
    return [float(share) for share in counts / counts.sum()]


def _clipped(piece: _Piece, tile: TileId) -> _Piece:
    """Return what of a parent's piece lies in a tile and its rim."""
    west, north, east, south = tile.box()
    rim = (east - west) * _BUFFER
    west, north, east, south = west - rim, north - rim, east + rim, south + rim
    left, top, right, bottom = shapely.bounds(piece.geometries).T
    touching = (left <= east) & (right >= west) & (top <= south) & (bottom >= north)
    within = touching & (left >= west) & (right <= east) & (top >= north) & (bottom <= south)
    crossing = touching & ~within
    if not crossing.any():
        return _Piece(piece.geometries[within], piece.rows[within])
    cut = shapely.clip_by_rect(piece.geometries[crossing], west, north, east, south)
    parts, index = shapely.get_parts(cut, return_index=True)
    same = shapely.get_dimensions(parts) == shapely.get_dimensions(
        piece.geometries[crossing]
    )[index]  # fmt: skip
    same &= ~shapely.is_empty(parts)
    geometries = np.concatenate([piece.geometries[within], parts[same]])
    rows = np.concatenate([piece.rows[within], piece.rows[crossing][index[same]]])
    # parts of one feature stand together and in its order, so that drawing order is file order
    order = np.argsort(rows, kind="stable")
    return _Piece(geometries[order], rows[order])


def _local(geometries: Geometries, tile: TileId) -> Geometries:
    """Return geometries in the units of a tile."""
    scale = EXTENT * 2**tile.z
    corner = np.array([tile.x, tile.y]) * EXTENT

    def move(points: Any) -> Any:  # noqa: ANN401 - an array
        return points * scale - corner

    made: Geometries = shapely.transform(geometries, move)
    return made


def described_layers() -> list[dict[str, Any]]:
    """Return what TileJSON calls `vector_layers`: the layers, their fields and zooms."""
    first: dict[str, int] = {}
    for rule in load_classes().ordered:
        zoom = max(FIRST_ZOOM, rule.from_zoom - VIEW_AHEAD)
        first[rule.layer] = min(first.get(rule.layer, zoom), zoom)
    fields = dict.fromkeys(("class", "name", "name:zh", "name:en"), "String")
    return [
        {"id": layer, "fields": fields, "minzoom": zoom, "maxzoom": LAST_ZOOM}
        for layer, zoom in first.items()
    ]
