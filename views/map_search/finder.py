"""What a text typed on the map can mean: objects with a place, and coordinates in each datum."""

from dataclasses import dataclass

from app.desk import Reference
from maps.datum import Datum
from maps.drawing import MapObject
from maps.notation import Candidate, parse
from maps.notation_faults import NotationError
from models.basics import LatLon, Name
from views.shell.palette_index import Entry, PaletteIndex, reference_entries

_LIMIT = 12
_DATUMS: tuple[Datum, ...] = ("WGS84", "GCJ02", "BD09")
_SAME_DEG = 1e-7
COORDINATES = "coordinates"
DATUM_WORDS = {"WGS84": "WGS 84", "CGCS2000": "CGCS2000", "GCJ02": "GCJ-02", "BD09": "BD-09"}


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: a thing, or the reading of coordinates; `place` is in WGS 84."""

    place: LatLon
    thing: MapObject | None = None
    name: Name = Name()  # noqa: RUF009 - frozen
    detail: Name = Name()  # noqa: RUF009 - frozen
    coordinates: Candidate | None = None

    @property
    def id(self) -> str:
        """Unique among the answers to one text."""
        if self.thing is not None:
            return f"{self.thing.kind}/{self.thing.key}"
        read = self.coordinates
        return "" if read is None else f"{read.datum} {read.lat_deg} {read.lon_deg}"


class PlaceFinder:
    """Finds things with a place; immutable once built, so that it can be built on a thread."""

    def __init__(self, reference: Reference | None = None) -> None:
        self._places: dict[tuple[str, str], LatLon] = {}
        entries: list[Entry] = []
        for entry in reference_entries(reference) if reference is not None else ():
            record = reference.get(entry.kind, entry.key) if reference is not None else None
            if record is not None and record.position is not None:
                self._places[entry.kind, entry.key] = record.position
                entries.append(entry)
        self._index = PaletteIndex(entries)

    def find(self, text: str) -> tuple[Found, ...]:
        """Return the answers, coordinates first: what reads as coordinates is meant so."""
        ranked = self._index.find(text, _LIMIT)
        things = tuple(
            Found(
                self._places[entry.kind, entry.key], MapObject(entry.kind, entry.key), entry.name,
                entry.detail,
            )
            for _, entry in ranked
        )  # fmt: skip
        return (*readings(text), *things)


def readings(text: str) -> tuple[Found, ...]:
    """Return the places a text can mean as coordinates: each order of the numbers, each datum.

    A datum that moves the place by less than 1 cm is no answer of its own.
    """
    found: list[Found] = []
    for datum in _DATUMS:
        try:
            candidates = parse(text, datum)
        except (NotationError, ValueError):
            return tuple(found)
        for candidate in candidates:
            place = candidate.position()
            if not any(_same(place, other.place) for other in found):
                found.append(Found(place, coordinates=candidate))
    return tuple(found)


def reading_entries(text: str) -> list[Entry]:
    """Return the places a text can mean as entries of the palette, keyed by their WGS 84 place."""
    found = []
    for each in readings(text):
        if each.coordinates is not None:
            read = f"{each.coordinates.lat_deg:.6f}, {each.coordinates.lon_deg:.6f}"
            datum = DATUM_WORDS[each.coordinates.datum]
            key = f"{each.place.lat_deg!r} {each.place.lon_deg!r}"
            found.append(Entry("place", COORDINATES, key, Name(read, read), Name(datum, datum)))
    return found


def place_of(entry: Entry) -> LatLon:
    """Return the place of an entry that `reading_entries` made."""
    lat, lon = entry.key.split()
    return LatLon(float(lat), float(lon))


def _same(a: LatLon, b: LatLon) -> bool:
    return abs(a.lat_deg - b.lat_deg) < _SAME_DEG and abs(a.lon_deg - b.lon_deg) < _SAME_DEG
