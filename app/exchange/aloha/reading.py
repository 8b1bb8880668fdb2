"""Reads ALOHA's KML and KMZ strictly: a corner that is no position refuses the file by name.

It isn't read by GDAL as map layers are: GDAL takes what is no number for 0 and says nothing.
"""

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.exchange.aloha.words import (
    Concern,
    Severity,
    concern_of,
    concerns_by_severity,
    facts_of,
    is_confidence,
    plain_text,
    severity_of,
)
from app.exchange.findings import FileRefusedError, clipped
from app.exchange.layers.opening import open_map_files
from models.basics import LatLon

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 20 * 1024 * 1024
MAX_OUTLINES = 60
MAX_PLACEMARKS = 2_000
MAX_CORNERS = 5_000
MAX_NAME = 200
ENDINGS = (".kml", ".kmz")
Ring = tuple[LatLon, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A placemark with ground: what it is called, what its name tells, its outer rings.

    `severity` None is "the file doesn't tell"; `from_lines` when they were lines, which are taken
    with all the ground they enclose.
    """

    number: int
    name: str
    severity: Severity | None
    is_confidence: bool
    concern: Concern
    rings: tuple[Ring, ...]
    from_lines: bool


@dataclass(frozen=True, slots=True)
class ZoneFile:
    """What a file holds; `source` is where it says the release is."""

    file_name: str
    sha256: str
    program: str
    outlines: tuple[Outline, ...]
    source: LatLon | None
    facts: tuple[tuple[str, str], ...]
    text: str


def read_zone_file(path: Path) -> ZoneFile:
    """Return the outlines of a file with all that it says of them.

    Raises
    ------
    FileRefusedError
        When anything of it can't be read; the text names file, placemark and reason.
    """
    _check_size(path)
    with tempfile.TemporaryDirectory(prefix="muster-zone-") as scratch:
        files = open_map_files(path, Path(scratch))
        if len(files) != 1 or files[0].format != "kml":
            raise FileRefusedError(path.name, "", f"holds {len(files)} map files, one KML is read")
        root = _parsed(files[0].path, path.name)
    placemarks = list(root.iter("{*}Placemark"))
    if len(placemarks) > MAX_PLACEMARKS:
        raise FileRefusedError(path.name, "", f"more than {MAX_PLACEMARKS:,} placemarks")
    marks = [_Mark(path.name, number, each) for number, each in enumerate(placemarks, 1)]
    outlines = tuple(outline for mark in marks for outline in mark.outline())
    if not outlines:
        raise FileRefusedError(path.name, "", "no placemark has an outline")
    if len(outlines) > MAX_OUTLINES:
        raise FileRefusedError(path.name, "", f"more than {MAX_OUTLINES} outlines")
    corners = sum(len(ring) for outline in outlines for ring in outline.rings)
    if corners > MAX_CORNERS:
        raise FileRefusedError(path.name, "", f"more than {MAX_CORNERS:,} corners")
    texts = tuple(dict.fromkeys(mark.text for mark in marks if mark.text))
    named = " ".join([*(each.text or "" for each in root.iter("{*}name")), *texts])
    return ZoneFile(
        file_name=clipped(path.name),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        program="ALOHA" if "aloha" in named.lower() else "KML",
        outlines=outlines,
        source=_source(marks),
        facts=tuple((name, clipped(value)) for name, value in facts_of(texts)),
        text=clipped("\n\n".join(texts), 4_000),
    )


def _check_size(path: Path) -> None:
    if path.suffix.lower() not in ENDINGS:
        raise FileRefusedError(path.name, "", f"the ending must be one of {' '.join(ENDINGS)}")
    try:
        size = path.stat().st_size
        if size <= MAX_BYTES and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                size = sum(info.file_size for info in archive.infolist())
    except OSError as error:
        raise FileRefusedError(path.name, "", f"can't be read: {error.strerror}") from error
    except zipfile.BadZipFile as error:
        raise FileRefusedError(path.name, "", f"can't be unpacked: {error}") from error
    if size > MAX_BYTES:
        raise FileRefusedError(path.name, "", f"{size:,} bytes, at most {MAX_BYTES:,} are read")


def _parsed(path: Path, name: str) -> "_Element":
    """Return the root; nothing outside the file is looked up, nothing in it is expanded."""
    from lxml import etree  # only where such a file is read

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.parse(str(path), parser)
    except etree.XMLSyntaxError as error:
        raise FileRefusedError(name, f"line {error.lineno}", clipped(str(error.msg))) from error
    root: _Element = tree.getroot()
    return root


class _Mark:
    """One placemark and how to name it in an error."""

    def __init__(self, file: str, number: int, element: "_Element") -> None:
        self._file, self._number, self._element = file, number, element
        self.name = clipped(" ".join((self._child("name")).split()), MAX_NAME)
        self.text = plain_text(self._child("description"))
        folder = next(element.iterancestors("{*}Folder"), None)
        self.folder = "" if folder is None else (folder.findtext("{*}name") or "")

    def outline(self) -> Iterator[Outline]:
        """Yield what it encloses, if anything."""
        rings = [
            self._corners(element, fewest=3)
            for element in self._element.iterfind(
                ".//{*}Polygon/{*}outerBoundaryIs/{*}LinearRing/{*}coordinates"
            )
        ]
        lines = [
            self._corners(element, fewest=2)
            for element in self._element.iterfind(".//{*}LineString/{*}coordinates")
        ]
        if next(self._element.iter("{*}Polygon"), None) is not None and not rings:
            raise self._refused("a polygon without an outer boundary")
        if lines:
            rings.append(self._enclosed(lines))
        if not rings:
            return
        severity = severity_of(self.name)
        concern = concern_of(self.name)
        if not concern.unit and severity is not None:
            concern = concerns_by_severity(self.text).get(severity, concern)
        yield Outline(
            number=self._number,
            name=self.name or f"#{self._number}",
            severity=severity,
            is_confidence=is_confidence(self.name),
            concern=concern,
            rings=tuple(rings),
            from_lines=bool(lines),
        )

    def points(self) -> list[LatLon]:
        """Return its points."""
        found = self._element.iterfind(".//{*}Point/{*}coordinates")
        return [self._corners(element, fewest=1)[0] for element in found]

    def _child(self, tag: str) -> str:
        return self._element.findtext(f"{{*}}{tag}") or ""

    def _enclosed(self, lines: list[Ring]) -> Ring:
        """Return a ring around lines: the smallest without dents, so never less than they mean."""
        import shapely

        corners = [(at.lon_deg, at.lat_deg) for line in lines for at in line]
        hull = shapely.convex_hull(shapely.MultiPoint(corners))
        if not isinstance(hull, shapely.Polygon):
            raise self._refused("lines that enclose no area")
        return tuple(LatLon(lat, lon) for lon, lat in hull.exterior.coords)

    def _corners(self, element: "_Element", *, fewest: int) -> Ring:
        text = re.sub(r"\s*,\s*", ",", (element.text or "").strip())
        found = tuple(self._position(part) for part in text.split())
        if len(set(found)) < fewest:
            raise self._refused(f"{len(set(found))} different positions, {fewest} are needed")
        return found

    def _position(self, text: str) -> LatLon:
        numbers = text.split(",")
        try:
            if len(numbers) in {2, 3}:
                return LatLon(float(numbers[1]), float(numbers[0]))
        except ValueError as error:
            raise self._refused(f"“{clipped(text, 60)}” is no position") from error
        raise self._refused(f"“{clipped(text, 60)}” is no position")

    def _refused(self, reason: str) -> FileRefusedError:
        place = f"placemark {self._number}"
        return FileRefusedError(
            self._file, f"{place} “{self.name}”" if self.name else place, reason
        )


def _source(marks: list[_Mark]) -> LatLon | None:
    """Return the point that is called the source, else the only point there is."""
    found = [(mark, point) for mark in marks for point in mark.points()]
    called = [point for mark, point in found if "source" in mark.name.lower() or "源" in mark.name]
    if called:
        return called[0]
    return found[0][1] if len(found) == 1 else None
