"""An OpenStreetMap extract as roads, buildings, fire stations and people to protect."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely

from app.exchange.columns import exchange_table
from app.exchange.findings import CodedFinding, finding
from app.exchange.osm_roads import read_roads
from app.exchange.osm_source import OsmObject, file_sha256, is_osm, read_layer
from app.exchange.staging import Staging
from models.basics import LatLon, Name, Phone
from models.libraries.kinds import Team
from models.registry.kinds import Building, Receptor, Record

OSM_KINDS = ("osm", "roads", "buildings", "teams", "receptors")
_METRES_PER_DEGREE = 111_195.0


@dataclass(slots=True)
class Found:
    """Records of one kind out of an extract, with what is to be said of them."""

    records: list[Record] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    findings: list[CodedFinding] = field(default_factory=list)

    def add(self, record: Record, row: int) -> None:
        """Take a record that stands at an object."""
        self.records.append(record)
        self.rows[record.key] = row


def stage_osm(kind: str, path: Path) -> Staging:
    """Return what an extract holds for a kind; `osm` is all of roads, buildings, teams, receptors.

    The row of a finding is the id of the object.

    Raises
    ------
    FileRefusedError
        When the file can't be read.
    """
    sha256 = file_sha256(path)
    wanted = OSM_KINDS[1:] if kind == "osm" else (kind,)
    found = {name: _READERS[name](path) for name in wanted}
    findings = [item for part in found.values() for item in part.findings]
    findings += [
        finding("not_in_file", row=0, severity="info", kind=name)
        for name, part in found.items()
        if not part.records
    ]
    rejected = sum(item.severity == "error" for item in findings)
    records = {name: tuple(part.records) for name, part in found.items()}
    return Staging(
        kind=kind,
        file_name=path.name,
        file_sha256=sha256,
        rows_total=sum(map(len, records.values())) + rejected,
        records=records,
        findings=tuple(findings),
        rows={name: part.rows for name, part in found.items()},
    )


def _roads(path: Path) -> Found:
    found = Found()
    roads, found.findings = read_roads(path)
    for road, row in roads:
        found.add(road, row)
    return found


def _buildings(path: Path) -> Found:
    found = Found()
    unnamed = _unnamed("building")
    source = exchange_table("osm")["source"]
    for item in read_layer(path, "multipolygons", "building IS NOT NULL"):
        if item.tags["building"] == "no":
            continue
        outline = _largest(shapely.from_wkb(item.wkb))
        ring = () if outline is None else _points(outline.exterior.coords)
        if outline is None or len(ring) < 4:
            found.findings.append(_too_short(item))
            continue
        found.add(
            Building(
                key=f"osm/{item.key}",
                name=_name(item.tags) or unnamed,
                position=_middle(outline),
                source=source,
                type=item.tags["building"],
                ring=ring,
            ),
            item.id,
        )
    return found


def _amenities(path: Path, amenities: Sequence[str]) -> Iterator[OsmObject]:
    """Yield nodes and areas with one of the amenities."""
    listed = ", ".join(f"'{name}'" for name in amenities)
    # only the areas' layer has a column of its own for the amenity
    yield from read_layer(path, "multipolygons", f"amenity IN ({listed})")
    for item in read_layer(path, "points", "other_tags LIKE '%\"amenity\"=>%'"):
        if item.tags.get("amenity") in amenities:
            yield item


def _teams(path: Path) -> Found:
    found = Found()
    table = exchange_table("osm")
    for item in _amenities(path, list(table["teams"])):
        rule = table["teams"][item.tags["amenity"]]
        found.add(
            Team(
                key=f"osm/{item.key}",
                name=_name(item.tags) or _unnamed(rule["type"]),
                position=_middle(shapely.from_wkb(item.wkb)),
                source=table["source"],
                type=rule["type"],
                capabilities=tuple(rule["capabilities"]),
                phones=_phones(item.tags),
            ),
            item.id,
        )
    _count(found, "phones_unknown", "phones", lambda team: not team.phones)
    found.findings += _doubles(found)
    return found


def _receptors(path: Path) -> Found:
    found = Found()
    table = exchange_table("osm")
    for item in _amenities(path, list(table["receptors"])):
        type_ = table["receptors"][item.tags["amenity"]]
        found.add(
            Receptor(
                key=f"osm/{item.key}",
                name=_name(item.tags) or _unnamed(type_),
                position=_middle(shapely.from_wkb(item.wkb)),
                source=table["source"],
                type=type_,
                people_day=_capacity(item.tags),
                phones=_phones(item.tags),
                address=_address(item.tags),
            ),
            item.id,
        )
    _count(found, "people_unknown", "people_day", lambda place: place.people_day is None)
    found.findings += _doubles(found)
    return found


_READERS: dict[str, Callable[[Path], Found]] = {
    "roads": _roads,
    "buildings": _buildings,
    "teams": _teams,
    "receptors": _receptors,
}


def _too_short(item: OsmObject) -> CodedFinding:
    return finding(
        "polygon_short", row=item.id, column="building", severity="error", value=item.key, count=3
    )


def _count(found: Found, code: str, column: str, lacks: Callable[[Any], bool]) -> None:
    count = sum(map(lacks, found.records))
    if count:
        found.findings.append(finding(code, row=0, column=column, severity="info", count=count))


def _doubles(found: Found) -> Iterator[CodedFinding]:
    """Yield a warning where a name stands twice within a short way (a node and its area)."""
    metres = exchange_table("osm")["same_place_m"]
    seen: dict[str, list[Record]] = {}
    often = Counter(record.name.en or record.name.zh for record in found.records)
    for record in found.records:
        name = record.name.en or record.name.zh
        if often[name] < 2 or record.position is None:
            continue
        for other in seen.setdefault(name, []):
            if other.position and _metres(record.position, other.position) <= metres:
                yield finding(
                    "possible_duplicate",
                    row=found.rows[record.key],
                    column="name",
                    severity="warning",
                    value=name,
                    metres=metres,
                    key=other.key,
                )
        seen[name].append(record)


def _metres(a: LatLon, b: LatLon) -> float:
    """Return a distance short enough for a plane."""
    east = (a.lon_deg - b.lon_deg) * 0.7  # mid latitudes; only "about here" is asked
    north = a.lat_deg - b.lat_deg
    return float((east**2 + north**2) ** 0.5) * _METRES_PER_DEGREE


def _name(tags: Mapping[str, str]) -> Name | None:
    plain = tags.get("name", "").strip()
    chinese = tags.get("name:zh", "").strip()
    english = tags.get("name:en", "").strip()
    if plain and re.search("[\u3400-\u9fff]", plain):
        chinese = chinese or plain
    elif plain:
        english = english or plain
    return Name(zh=chinese, en=english) if chinese or english else None


def _unnamed(type_: str) -> Name:
    names = exchange_table("osm")["unnamed"][type_]
    return Name(zh=names["zh"], en=names["en"])


def _phones(tags: Mapping[str, str]) -> tuple[Phone, ...]:
    tagged = tags.get("phone") or tags.get("contact:phone") or ""
    numbers = [number.strip() for number in tagged.split(";")]
    return tuple(Phone(number=number) for number in numbers if number)


def _capacity(tags: Mapping[str, str]) -> int | None:
    text = tags.get("capacity:persons") or tags.get("capacity") or ""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None


def _address(tags: Mapping[str, str]) -> str:
    street = " ".join(filter(None, (tags.get("addr:housenumber"), tags.get("addr:street"))))
    return ", ".join(filter(None, (street, tags.get("addr:city"))))


def _largest(shape: shapely.Geometry) -> shapely.Polygon | None:
    """Return the largest polygon of an area; None when it has none."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
    return max(parts, key=lambda part: part.area, default=None)


def _middle(shape: shapely.Geometry) -> LatLon:
    point = shape if isinstance(shape, shapely.Point) else shapely.point_on_surface(shape)
    return LatLon(round(float(shapely.get_y(point)), 7), round(float(shapely.get_x(point)), 7))


def _points(coordinates: Iterable[tuple[float, ...]]) -> tuple[LatLon, ...]:
    return tuple(LatLon(round(lat, 7), round(lon, 7)) for lon, lat, *_ in coordinates)


__all__ = ["OSM_KINDS", "is_osm", "stage_osm"]
