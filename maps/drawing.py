"""Reference rows as compact arrays: bulk points and the lines and areas around the site."""

import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from maps.catalogue import POINT_KINDS, STYLES, VECTOR_CLASSES, feature_class, road_class
from maps.geometry import to_world
from models.basics import LatLon, Name
from models.registry.kinds import Building, Feature, HazardSource, Receptor, Record, Road
from models.rules import load_rules

_SHARED_NAME = 12


class Rows(Protocol):
    """Reference data at one revision (`app.desk.Reference` is one)."""

    def all(self, kind: str) -> Mapping[str, Record]:
        """Return all rows of a kind by key."""
        ...


@dataclass(frozen=True, slots=True)
class MapObject:
    """One thing on the map by kind and key, e.g. ('teams', 'T-1') or ('incidents', id)."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class PointGroup:
    """A run of points of one kind and layer."""

    kind: str
    layer: str
    start: int
    end: int
    from_zoom: float
    cluster_below: float
    name_zoom: float
    rank: float


@dataclass(frozen=True, slots=True)
class PointSet:
    """Bulk points in the order of drawing.

    `x`, `y` uint32 world units and `style` uint8 index into `STYLES`, shape (n,) each.
    """

    x: npt.NDArray[np.uint32]
    y: npt.NDArray[np.uint32]
    style: npt.NDArray[np.uint8]
    groups: tuple[PointGroup, ...]
    objects: tuple[MapObject, ...]
    names: tuple[str, ...]
    left_out: int = 0

    def array(self) -> bytes:
        """Return x and y one after the other, little-endian."""
        return self.x.astype("<u4").tobytes() + self.y.astype("<u4").tobytes()

    def moved(self, x: npt.NDArray[np.uint32], y: npt.NDArray[np.uint32]) -> "PointSet":
        """Return the same objects elsewhere.

        Parameters
        ----------
        x, y : ndarray of uint32, shape (n,)
            World units, as `maps.geometry.to_world` gives them.

        Raises
        ------
        ValueError
            When there isn't one place for each object.
        """
        if x.shape != self.x.shape or y.shape != self.y.shape:
            raise ValueError(f"{len(self.x)} objects, but {x.shape} and {y.shape} places")
        return replace(self, x=x, y=y)

    def names_json(self) -> bytes:
        """Return the names as a JSON list."""
        return msgspec.json.encode(self.names)

    def message(self, url: str, style_url: str, names_url: str, version: int) -> dict[str, object]:
        """Return what tells the page to draw these points; it fetches what it hasn't yet."""
        groups = [{
            "kind": g.kind, "layer": g.layer, "start": g.start, "end": g.end,
            "from_zoom": g.from_zoom, "cluster_below": g.cluster_below,
            "name_zoom": g.name_zoom, "rank": g.rank,
        } for g in self.groups]  # fmt: skip
        return {
            "count": len(self.x), "url": url, "style_url": style_url, "names_url": names_url,
            "styles": list(STYLES), "groups": groups, "version": version,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class VectorSet:
    """Lines and areas sorted by class, with their names."""

    body: bytes
    count: int
    names: tuple[str, ...]
    sources: tuple[str, ...]
    box: tuple[LatLon, LatLon] | None

    def names_json(self) -> bytes:
        """Return the names as a JSON list."""
        return msgspec.json.encode(self.names)


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of the reference data as the page takes it."""

    points: PointSet
    vectors: VectorSet
    home: tuple[LatLon, LatLon] | None


def draw_reference(rows: Rows, language: str) -> Drawing:
    """Return the arrays of all reference rows that have a place.

    Parameters
    ----------
    rows : Rows
        Reference data.
    language : 'zh' or 'en'
        Language of the names.
    """
    points = draw_points(rows, language)
    vectors = draw_vectors(rows, language)
    return Drawing(points, vectors, _home(rows, vectors))


def draw_points(rows: Rows, language: str) -> PointSet:
    """Return the points of every kind in `POINT_KINDS`, in that order."""
    index = {style: number for number, style in enumerate(STYLES)}
    lats: list[float] = []
    lons: list[float] = []
    styles: list[int] = []
    groups: list[PointGroup] = []
    objects: list[MapObject] = []
    names: list[str] = []
    left_out = 0
    for kind in POINT_KINDS:
        start = len(lats)
        for row in rows.all(kind.kind).values():
            style = kind.style(row)
            if style not in kind.styles:
                continue
            position = row.position
            if position is None or (isinstance(row, Feature) and row.line):
                left_out += position is None
                continue
            lats.append(position.lat_deg)
            lons.append(position.lon_deg)
            styles.append(index[style])
            objects.append(MapObject(kind.kind, row.key))
            names.append(point_name(row, language))
        groups.append(PointGroup(
            kind.kind, kind.layer, start, len(lats), kind.from_zoom, kind.cluster_below,
            kind.name_zoom, kind.rank,
        ))  # fmt: skip
    x, y = to_world(lats, lons)
    numbers = np.array(styles, dtype=np.uint8)
    order = _north_first(y, groups)
    return PointSet(
        x[order], y[order], numbers[order], tuple(groups), tuple(objects[i] for i in order),
        tuple(names[i] for i in order), left_out,
    )  # fmt: skip


def point_name(row: Record, language: str) -> str:
    """Return what stands beside a point: its name, and how many people are there day and night.

    Examples
    --------
    >>> village = Receptor(key="V", name=Name(en="Gao"), people_day=120, people_night=310)
    >>> point_name(village, "en")
    'Gao (120–310)'
    """
    name = row.name.text(language)
    if not isinstance(row, Receptor):
        return name
    known = sorted({n for n in (row.people_day, row.people_night) if n is not None})
    return f"{name} ({'–'.join(f'{n:,}' for n in known)})" if known else name


def _north_first(y: npt.NDArray[np.uint32], groups: Sequence[PointGroup]) -> npt.NDArray[np.int64]:
    """Return the order in which each group goes from north to south.

    What stands further south then lies over what is behind it, and stamping goes through the
    picture's memory once.
    """
    parts = [g.start + np.argsort(y[g.start : g.end], kind="stable") for g in groups]
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)


def draw_vectors(rows: Rows, language: str) -> VectorSet:
    """Return roads, buildings, footprints, water and plots as one binary.

    Body, little-endian: u32 count of features, u32 count of points, u32 starts (count + 1),
    u32 boxes (west, north, east, south of each), u32 x, u32 y, u8 class of each feature.
    """
    shapes = sorted(_shapes(rows, language), key=lambda shape: shape[0])
    sources = tuple(sorted({shape[3] for shape in shapes if shape[3]}))
    if not shapes:
        return VectorSet(struct.pack("<II", 0, 0) + bytes(4), 0, (), sources, None)
    lines = [shape[1] for shape in shapes]
    starts = np.zeros(len(lines) + 1, dtype="<u4")
    starts[1:] = np.cumsum([len(line) for line in lines])
    lat = np.array([point.lat_deg for line in lines for point in line])
    lon = np.array([point.lon_deg for line in lines for point in line])
    x, y = to_world(lat, lon)
    first = starts[:-1].astype(np.int64)
    boxes = np.column_stack([
        np.minimum.reduceat(x, first), np.minimum.reduceat(y, first),
        np.maximum.reduceat(x, first), np.maximum.reduceat(y, first),
    ])  # fmt: skip
    classes = np.array([shape[0] for shape in shapes], dtype=np.uint8)
    body = b"".join((
        struct.pack("<II", len(lines), len(x)), starts.tobytes(), boxes.astype("<u4").tobytes(),
        x.astype("<u4").tobytes(), y.astype("<u4").tobytes(), classes.tobytes(),
    ))  # fmt: skip
    box = (LatLon(float(lat.min()), float(lon.min())), LatLon(float(lat.max()), float(lon.max())))
    return VectorSet(body, len(lines), tuple(shape[2] for shape in shapes), sources, box)


_Shape = tuple[int, Sequence[LatLon], str, str]


def _shapes(rows: Rows, language: str) -> Iterable[_Shape]:
    number = {name: index for index, name in enumerate(VECTOR_CLASSES)}
    nameless = Name(**load_rules("road_speeds")["unnamed"])
    for row in rows.all(Road.KIND).values():
        if isinstance(row, Road) and len(row.line) > 1:
            name = "" if row.name == nameless else row.name.text(language)
            yield number[road_class(row.road_class)], row.line, name, row.source
    yield from _buildings(rows, language)
    for row in rows.all(Feature.KIND).values():
        if isinstance(row, Feature) and len(row.line) > 1:
            name = row.name.text(language)
            yield number[feature_class(row)], row.line, name, row.source
    for row in rows.all(HazardSource.KIND).values():
        if isinstance(row, HazardSource) and len(row.footprint) > 2:
            yield number["unit"], row.footprint, "", row.source


def _buildings(rows: Rows, language: str) -> Iterable[_Shape]:
    """Yield the outlines; a word that many buildings share ("building") names none of them."""
    buildings = [
        row
        for row in rows.all(Building.KIND).values()
        if isinstance(row, Building) and len(row.ring) > 2
    ]
    often = Counter(row.name for row in buildings)
    for row in buildings:
        name = row.name.text(language) if often[row.name] <= _SHARED_NAME else ""
        yield VECTOR_CLASSES.index("building"), row.ring, name, row.source


def _home(rows: Rows, vectors: VectorSet) -> tuple[LatLon, LatLon] | None:
    """Return where the site is: the middle 90 % of its hazard sources, enterprises or vectors."""
    for kind in ("hazard-sources", "enterprises"):
        found = [r.position for r in rows.all(kind).values() if r.position is not None]
        if found:
            lats = np.percentile([p.lat_deg for p in found], (5, 95))
            lons = np.percentile([p.lon_deg for p in found], (5, 95))
            return (
                LatLon(float(lats[0]), float(lons[0])), LatLon(float(lats[1]), float(lons[1])),
            )  # fmt: skip
    return vectors.box
