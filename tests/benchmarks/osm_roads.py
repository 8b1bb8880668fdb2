"""Reads OSM ways into road rows for measuring; the product's importer is another module."""

import re
from pathlib import Path

import pyogrio
import shapely

from models.basics import LatLon, Name
from models.registry.kinds import Road

_SPEEDS_KM_H = {
    "motorway": 120.0,
    "trunk": 90.0,
    "primary": 70.0,
    "secondary": 60.0,
    "tertiary": 50.0,
    "unclassified": 40.0,
    "residential": 30.0,
    "service": 15.0,
    "living_street": 10.0,
}
_TAG = re.compile(r'"([^"]+)"=>"([^"]*)"')


def read_roads(path: Path) -> list[Road]:
    """Return the drivable ways of an OSM file."""
    source = f"/vsigzip/{path}" if path.suffix == ".gz" else str(path)
    meta, _, geometry, columns = pyogrio.raw.read(
        source, layer="lines", columns=["osm_id", "highway", "other_tags"]
    )
    names = list(meta["fields"])
    table = {name: columns[names.index(name)] for name in names}
    roads = []
    lines = shapely.from_wkb(geometry)
    for number, (kind, tags, line) in enumerate(
        zip(table["highway"], table["other_tags"], lines, strict=True)
    ):
        road_class = str(kind or "").removesuffix("_link")
        if road_class not in _SPEEDS_KM_H:
            continue
        more = dict(_TAG.findall(tags or ""))
        limit = more.get("maxspeed", "")
        oneway = {"yes": "forward", "1": "forward", "true": "forward", "-1": "backward"}.get(
            more.get("oneway", ""), "forward" if road_class == "motorway" else ""
        )
        roads.append(
            Road(
                key=str(number),
                name=Name(en=str(number)),
                road_class=road_class,
                speed_km_h=float(limit) if limit.isdigit() else _SPEEDS_KM_H[road_class],
                oneway=oneway,  # type: ignore[arg-type]
                line=tuple(LatLon(lat, lon) for lon, lat in shapely.get_coordinates(line).tolist()),
            )
        )
    return roads
