"""A made town as an OpenStreetMap file: a coast, roads, buildings, water, names."""

import bz2
import gzip
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pyogrio

WEST, SOUTH, EAST, NORTH = 121.40, 31.20, 121.44, 31.23


class Town:
    """Writes nodes and ways and remembers what it wrote."""

    def __init__(self, box: tuple[float, float, float, float] | None = (WEST, SOUTH, EAST, NORTH)):
        self._nodes: list[str] = []
        self._ways: list[str] = []
        self._box = box
        self._count = 0

    def node(self, lon: float, lat: float, **tags: str) -> int:
        self._count += 1
        self._nodes.append(
            f'<node id="{self._count}" version="1" lat="{lat:.7f}" lon="{lon:.7f}">'
            f"{_tags(tags)}</node>"
        )
        return self._count

    def way(self, *points: tuple[float, float], closed: bool = False, **tags: str) -> None:
        ids = [self.node(lon, lat) for lon, lat in points]
        if closed:
            ids.append(ids[0])
        self._count += 1
        refs = "".join(f'<nd ref="{id_}"/>' for id_ in ids)
        self._ways.append(f'<way id="{self._count}" version="1">{refs}{_tags(tags)}</way>')

    def square(self, lon: float, lat: float, size: float, **tags: str) -> None:
        self.way(
            (lon, lat), (lon + size, lat), (lon + size, lat + size), (lon, lat + size),
            closed=True, **tags,
        )  # fmt: skip

    def text(self) -> str:
        box = ""
        if self._box is not None:
            west, south, east, north = self._box
            box = f'<bounds minlon="{west}" minlat="{south}" maxlon="{east}" maxlat="{north}"/>'
        return (
            '<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">'
            f"{box}{''.join(self._nodes)}{''.join(self._ways)}</osm>"
        )

    def write(self, path: Path) -> Path:
        body = self.text().encode()
        if path.name.endswith(".gz"):
            body = gzip.compress(body)
        elif path.name.endswith(".bz2"):
            body = bz2.compress(body)
        path.write_bytes(body)
        return path


def town() -> Town:
    """Return a town north of a coast that runs from west to east along 31.21°."""
    made = Town()
    # water lies on the right of a coastline: westwards, the sea is in the north; so go east here
    made.way((121.39, 31.21), (121.42, 31.212), (121.45, 31.21), natural="coastline")
    made.way((121.405, 31.22), (121.42, 31.22), highway="primary", name="中央大道",
             **{"name:en": "Central Avenue"})  # fmt: skip
    made.way((121.42, 31.22), (121.435, 31.22), highway="primary", name="中央大道",
             **{"name:en": "Central Avenue"})  # fmt: skip
    made.way((121.42, 31.215), (121.42, 31.228), highway="residential", name="River Lane")
    made.way((121.43, 31.215), (121.43, 31.228), highway="primary", tunnel="yes")
    made.way((121.41, 31.215), (121.41, 31.228), railway="rail")
    for number in range(12):
        made.square(121.406 + 0.002 * number, 31.223, 0.001, building="yes")
    made.square(121.432, 31.224, 0.003, natural="water", name="Mirror Lake")
    made.square(121.402, 31.224, 0.003, landuse="industrial")
    made.square(121.425, 31.2245, 0.002, boundary="administrative", name="No boundary is drawn")
    made.node(121.42, 31.221, place="town", name="滨江", **{"name:en": "Riverside"})
    return made


def features(archive: Path, layer: str, zoom: int = 14) -> dict[str, list]:
    """Return a layer of an archive as GDAL reads it: columns, and WKB under 'geometry'."""
    meta, _, shapes, values = pyogrio.raw.read(archive, layer=layer, ZOOM_LEVEL=str(zoom))
    columns = dict(zip(meta["fields"].tolist(), (list(v) for v in values), strict=True))
    return columns | {"geometry": list(shapes)}


def _tags(tags: dict[str, str]) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(text)}/>" for key, text in tags.items())
