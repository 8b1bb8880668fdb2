"""What changes every second: values of measuring points, vehicles and their tracks.

Items here are patched: only the fields that changed cross to the page. What is stale counted
from the operation's clock, which the page is told every second, never from the page's own.
"""

import math
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from maps.drawing import Rows
from maps.protocol import Message, Outbox
from models.basics import LatLon
from models.operation.situation import Situation
from models.registry.kinds import Tag

Item = dict[str, Any]

SENSORS, VEHICLES = "sensors", "vehicles"
LEAST_STALE_S = 5.0
STALE_PERIODS = 3.0
TEAM_SILENT_S = 120.0  # teams report on the way, not every second
_M_PER_DEG = 111_320.0
_POSITION = {"latitude": "lat", "longitude": "lon", "heading": "heading", "course": "heading"}
_SECOND_US = 1_000_000
_PLACES, _MOST_PLACES, _TURN_DEG = 120, 360, 20.0


class Reading(Protocol):
    """The latest value of a tag (`app.desk.LiveValue` is one)."""

    @property
    def value(self) -> float:
        """The value, in the tag's unit."""
        ...

    @property
    def arrival_us(self) -> int:
        """When it came in, by the operation's clock [µs UTC]."""
        ...


@dataclass(frozen=True, slots=True)
class Fix:
    """Where something was, and when [µs UTC]; heading [degrees from north] when it is known."""

    at_us: int
    position: LatLon
    heading_deg: float | None = None


@dataclass(frozen=True, slots=True)
class VehicleTags:
    """The tags that tell where one vehicle is: keys with the same stem."""

    key: str
    latitude: Tag
    longitude: Tag
    heading: Tag | None = None

    @property
    def stale_after_s(self) -> float:
        """How long after its last fix it counts as silent [s]."""
        return stale_after_s(self.latitude.period_s)

    def fix(self, readings: Mapping[str, Reading]) -> Fix | None:
        """Return where it is, None when nobody knows: 0°, 0° is a receiver without satellites."""
        lat, lon = readings.get(self.latitude.key), readings.get(self.longitude.key)
        if lat is None or lon is None:
            return None
        inside = abs(lat.value) <= 90.0 and abs(lon.value) <= 180.0  # NaN is not
        if not inside or (lat.value == 0.0 and lon.value == 0.0):
            return None
        heading = None if self.heading is None else readings.get(self.heading.key)
        known = heading is not None and math.isfinite(heading.value)
        return Fix(
            min(lat.arrival_us, lon.arrival_us), LatLon(lat.value, lon.value),
            heading.value if known and heading is not None else None,
        )  # fmt: skip


def stale_after_s(period_s: float) -> float:
    """Return how long a report may be out before it is stale [s]: three periods, 5 s at least."""
    return max(LEAST_STALE_S, STALE_PERIODS * period_s)


def vehicles_of(rows: Rows) -> tuple[VehicleTags, ...]:
    """Return the vehicles that report by tags.

    A vehicle is a pair of tags with the quantities `latitude` and `longitude` whose keys differ
    only after the last `/`, `.` or `-`; a third one of quantity `heading` may turn its arrow.
    """
    found: dict[str, dict[str, Tag]] = {}
    for row in rows.all(Tag.KIND).values():
        if isinstance(row, Tag) and row.quantity in _POSITION:
            found.setdefault(_stem(row.key), {})[_POSITION[row.quantity]] = row
    return tuple(
        VehicleTags(key, parts["lat"], parts["lon"], parts.get("heading"))
        for key, parts in sorted(found.items())
        if "lat" in parts and "lon" in parts
    )


def _stem(key: str) -> str:
    cut = max(key.rfind(mark) for mark in "/.-")
    return key[:cut] if cut > 0 else key


def sensor_item(tag: Tag, position: LatLon, text: str, stale_since_us: int | None) -> Item:
    """Return a measuring point with its value in words; stale since a moment [µs], or not."""
    return {
        "id": f"tags/{tag.key}", "lat": position.lat_deg, "lon": position.lon_deg, "text": text,
        "stale_s": 0 if stale_since_us is None else stale_since_us // _SECOND_US,
    }  # fmt: skip


class _Line:
    """One track: times [µs], latitudes and longitudes [degrees], 24 bytes for each place."""

    __slots__ = ("at_us", "lat", "lon")

    def __init__(self) -> None:
        self.at_us = array("q")
        self.lat = array("d")
        self.lon = array("d")

    def __len__(self) -> int:
        return len(self.at_us)

    def place(self, index: int) -> LatLon:
        return LatLon(self.lat[index], self.lon[index])

    def append(self, fix: Fix) -> None:
        self.at_us.append(fix.at_us)
        self.lat.append(fix.position.lat_deg)
        self.lon.append(fix.position.lon_deg)

    def cut(self, index: slice) -> None:
        for column in (self.at_us, self.lat, self.lon):
            del column[index]


class Tracks:
    """Where things went: places far enough apart, no older than the length.

    A place is kept when it is `least_m` from the one before, and either the thing turned or a
    120th of the length has passed. So a track has a shape and an end to its memory.

    Parameters
    ----------
    length_s : float
        How long a track is [s].
    least_m : float
        Nearer fixes than this add nothing to a track [m].
    """

    def __init__(self, length_s: float = 900.0, least_m: float = 8.0) -> None:
        self.length_s = length_s
        self._least_m = least_m
        self._kept: dict[str, _Line] = {}
        self._last: dict[str, Fix] = {}

    def add(self, key: str, fix: Fix) -> bool:
        """Take a fix; whether it lengthens the track. Time that runs back begins a new one."""
        last = self._last.get(key)
        if last is not None and fix.at_us < last.at_us:
            self.forget(key)
        self._last[key] = fix
        kept = self._kept.setdefault(key, _Line())
        if len(kept) and not self._matters(kept, fix):
            return False
        kept.append(fix)
        oldest_us = fix.at_us - round(self.length_s * _SECOND_US)
        kept.cut(slice(0, bisect_left(kept.at_us, oldest_us)))
        if len(kept) > _MOST_PLACES:
            kept.cut(slice(1, len(kept) - 1, 2))
        return True

    def _matters(self, kept: _Line, fix: Fix) -> bool:
        before = kept.place(-1)
        if distance_m(before, fix.position) < self._least_m:
            return False
        if (fix.at_us - kept.at_us[-1]) * _PLACES >= self.length_s * _SECOND_US:
            return True
        if len(kept) == 1:
            return True
        turn = bearing_deg(before, fix.position) - bearing_deg(kept.place(-2), before)
        return abs((turn + 180.0) % 360.0 - 180.0) > _TURN_DEG

    def heading_deg(self, key: str) -> float | None:
        """Return where it is going: as it says itself, else by the way it came last."""
        last, kept = self._last.get(key), self._kept.get(key)
        if last is None or kept is None:
            return None
        if last.heading_deg is not None:
            return last.heading_deg
        for index in (-1, -2):
            if (
                len(kept) >= -index
                and distance_m(kept.place(index), last.position) >= self._least_m
            ):
                return bearing_deg(kept.place(index), last.position)
        return None

    def line(self, key: str) -> list[tuple[float, float, int]]:
        """Return a track as (latitude, longitude, time [s]), oldest first."""
        kept = self._kept.get(key)
        if kept is None:
            return []
        times_s = (at_us // _SECOND_US for at_us in kept.at_us)
        return list(zip(kept.lat, kept.lon, times_s, strict=True))

    def forget(self, key: str) -> None:
        """Begin a thing's track anew."""
        self._kept.pop(key, None)
        self._last.pop(key, None)

    def keys(self) -> tuple[str, ...]:
        """Return the things that have a track."""
        return tuple(self._kept)


class Moving:
    """Sensors, vehicles and tracks as the page should show them."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self.tracks = Tracks()
        self._marks: dict[str, int] = {}

    def clock(self, now_us: int) -> list[Message]:
        """Tell the operation's time: the page counts from it how long something is silent."""
        payload = {"now_s": now_us // _SECOND_US, "trail_s": round(self.tracks.length_s)}
        return _some(self._outbox.value("clock", payload))

    def sensors(self, items: Iterable[Item]) -> list[Message]:
        """Show these measuring points' values; others stay as they are."""
        return _some(self._outbox.patch(SENSORS, {item["id"]: item for item in items}))

    def vehicle(self, vehicle_id: str, name: str, fix: Fix, silent_after_s: float) -> Item:
        """Return a vehicle where it is now; its track grows by the way it came."""
        return {
            "id": vehicle_id, "lat": round(fix.position.lat_deg, 6),
            "lon": round(fix.position.lon_deg, 6), "label": name,
            **self._went(vehicle_id, fix, silent_after_s),
        }  # fmt: skip

    def follow_teams(self, live: Mapping[str, Item], situation: Situation) -> None:
        """Give the items of teams that told where they are a heading and a track."""
        for team in situation.teams.values():
            item = live.get(f"teams/{team.team_key}")
            if item is not None and team.position is not None and team.position_us is not None:
                fix = Fix(team.position_us, team.position)
                item.update(self._went(str(item["id"]), fix, TEAM_SILENT_S))

    def _went(self, key: str, fix: Fix, silent_after_s: float) -> Item:
        if self.tracks.add(key, fix):
            self._marks[key] = self._marks.get(key, 0) + 1
        heading = self.tracks.heading_deg(key)
        return {
            "at_s": fix.at_us // _SECOND_US, "silent_s": round(silent_after_s),
            "heading_deg": None if heading is None else round(heading), "mark": self._marks[key],
        }  # fmt: skip

    def vehicles(self, items: Iterable[Item]) -> list[Message]:
        """Show these vehicles; others stay as they are."""
        return _some(self._outbox.patch(VEHICLES, {item["id"]: item for item in items}))

    def keep_only(self, topic: str, wanted: Callable[[str], bool]) -> list[Message]:
        """Take away what isn't wanted any more, with its track."""
        gone = [key for key in self._outbox.held(topic) if not wanted(key)]
        if topic == VEHICLES:
            for key in gone:
                self.tracks.forget(key)
        return _some(self._outbox.drop(topic, gone))

    def trails(self) -> list[Message]:
        """Return the message that gives a new page, or one after a seek, all tracks at once."""
        lines = {key: self.tracks.line(key) for key in self.tracks.keys()}  # noqa: SIM118
        return [Message("trails", {"lines": lines})] if lines else []


def distance_m(a: LatLon, b: LatLon) -> float:
    """Return the distance of near positions [m]; 0.5 % off at 100 km.

    Examples
    --------
    >>> round(distance_m(LatLon(32.0, 118.0), LatLon(32.001, 118.0)))
    111
    """
    north = (b.lat_deg - a.lat_deg) * _M_PER_DEG
    east = (b.lon_deg - a.lon_deg) * _M_PER_DEG * math.cos(math.radians(a.lat_deg))
    return math.hypot(north, east)


def bearing_deg(a: LatLon, b: LatLon) -> float:
    """Return the direction from `a` to a near `b` [degrees from north, clockwise, 0…360).

    Examples
    --------
    >>> bearing_deg(LatLon(0.0, 0.0), LatLon(0.0, 0.1))
    90.0
    """
    north = b.lat_deg - a.lat_deg
    east = (b.lon_deg - a.lon_deg) * math.cos(math.radians(a.lat_deg))
    return math.degrees(math.atan2(east, north)) % 360.0


def _some(message: Message | None) -> list[Message]:
    return [] if message is None else [message]
