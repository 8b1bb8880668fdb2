"""Wind from masts: ten-second vector means, when it counts as changed, who disagrees."""

import math
import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from models.basics import BY_HAND, LatLon, Wind
from models.operation.events.base import Draft
from models.operation.events.operation import WindObserved
from models.operation.situation import Zone
from models.operation.zone_watch import WindTolerance, turn_deg, zone_departure
from models.registry.kinds import Tag
from models.rules import load_rules
from models.telemetry.alarm_safety import GATEWAY
from models.telemetry.alarm_slots import judged
from models.telemetry.ports import SampleBatch
from models.telemetry.stability import pasquill_class
from models.telemetry.tags import TagTable
from models.times import SECOND_US

SUBJECT = "wind"
SPEED = "wind_speed"
DIRECTION = "wind_direction"
_SILENT_US = 30 * SECOND_US
_CROSSING_US = 5 * SECOND_US  # a wind that hovers at a zone's limit isn't told every second
_OUTSIDE_US = 10 * SECOND_US  # the zone drawn next is drawn with what was told last
_TOLERANCE = WindTolerance()
_CLASS_US = 120 * SECOND_US  # Muster's own choice: longer than gusts, shorter than a front
_MARGIN = 0.05  # of the span: a reading farther outside is a broken wire, no wind
_STRONGEST_M_S = 75.0
_M_S = {"km/h": 1 / 3.6, "kph": 1 / 3.6, "kn": 1852 / 3600, "kt": 1852 / 3600, "mph": 0.44704}
_SEPARATOR = re.compile(r"[-./_]")


class _Reads(NamedTuple):
    """Which readings of a tag are a wind, and the factor to m/s or degrees."""

    least: float
    most: float
    factor: float


@dataclass(frozen=True, slots=True)
class Mast:
    """The two tags of one mast; `key` names it on screen."""

    key: str
    speed_tag: int
    direction_tag: int
    position: LatLon | None


def find_masts(tags: TagTable) -> tuple[Mast, ...]:
    """Return the masts: a `wind_speed` tag and the `wind_direction` tag that stands with it.

    Two tags belong together when they stand at the same position or their keys share what comes
    after the first or before the last `-`, `.`, `/` or `_`; that part names the mast.
    """
    directions = [i for i, tag in enumerate(tags.tags) if tag.quantity == DIRECTION]
    masts = []
    for i, tag in enumerate(tags.tags):
        if tag.quantity != SPEED:
            continue
        for j in directions:
            other = tags[j]
            name = _shared(tag.key, other.key)
            if name or (tag.position is not None and tag.position == other.position):
                masts.append(Mast(name or tag.key, i, j, tag.position or other.position))
                break
    return tuple(masts)


def _reads(tag: Tag) -> _Reads:
    """Return what a wind tag may read: its range, and what winds have anyway, with a margin.

    Examples
    --------
    >>> from models.basics import Name
    >>> vane = Tag(key="WD", name=Name(), quantity=DIRECTION, high=360.0)
    >>> _reads(vane).least, _reads(vane).most
    (-18.0, 378.0)
    """
    is_speed = tag.quantity == SPEED
    factor = _M_S.get(tag.unit.strip().lower(), 1.0) if is_speed else 1.0
    low = min(0.0, tag.low)
    high = max(_STRONGEST_M_S / factor if is_speed else 360.0, tag.high)
    beyond = _MARGIN * ((tag.high - tag.low) if is_speed else (high - low))
    return _Reads(low - max(beyond, 0.0), high + max(beyond, 0.0), factor)


def _shared(one: str, other: str) -> str:
    """Return the part that two keys share: `M1` of `WS-M1` and `WD-M1`, or of `M1.S` and `M1.D`.

    Examples
    --------
    >>> _shared("WS-M1", "WD-M1"), _shared("M1.S", "M1.D"), _shared("A-1", "B-2")
    ('M1', 'M1', '')
    """
    first, second = _SEPARATOR.split(one), _SEPARATOR.split(other)
    if len(first) > 1 and len(second) > 1:
        if first[1:] == second[1:]:
            return "-".join(first[1:])
        if first[:-1] == second[:-1]:
            return "-".join(first[:-1])
    return ""


class WindWatch:
    """Turns mast samples into `wind.observed`: once a minute, and as soon as the wind changes.

    A mast that falls silent leaves the observation: after 30 s, or its tags' patience where that is
    longer, since one that reports once a minute isn't silent in between. Without any mast the wind
    is told as unknown.

    Notes
    -----
    The wind of a mast is the vector mean of direction (unit vectors) and the mean speed over
    ten seconds: short enough that a turn is seen within a zone's patience, long enough that a
    gust isn't a turn; a stability class goes by two minutes. A reading outside what its tag can
    read (a broken wire) is none. Masts are kept side by side, never averaged. The stability class
    is assumed from the sun and half cloud (`pasquill_class`) and marked so in `source`.
    """

    def __init__(self, tags: TagTable, site: LatLon | None) -> None:
        self._rules = load_rules("situation_cards")["wind"]
        self._masts = find_masts(tags)
        self._site = site
        self._readings: dict[int, deque[tuple[int, float]]] = {
            tag: deque() for mast in self._masts for tag in (mast.speed_tag, mast.direction_tag)
        }
        self._reads = {tag: _reads(tags[tag]) for tag in self._readings}
        self._wanted = np.array(sorted(self._readings), np.int32)
        self._tags = tags
        self._told: dict[str, Wind] = {}
        self._told_us = -(1 << 62)
        self._apart_since_us: int | None = None
        self._disagreed = False
        self._began_us: int | None = None

    def take(self, batch: SampleBatch) -> None:
        """Take samples of any tags; only good ones of masts are kept, within what they can read."""
        if not self._readings:
            return
        mine = np.isin(batch.tag, self._wanted) & judged(batch)
        for i in np.flatnonzero(mine):
            tag, value = int(batch.tag[i]), float(batch.value[i])
            reads = self._reads[tag]
            if reads.least <= value <= reads.most:
                at_us, readings = int(batch.arrival_us[i]), self._readings[tag]
                readings.append((at_us, value * reads.factor))
                while readings[0][0] <= at_us - _CLASS_US:  # nobody may ever ask for the wind here
                    readings.popleft()

    def winds(self, now_us: int) -> tuple[Wind, ...]:
        """Return the wind of each mast that isn't silent [directions from, m/s]."""
        found = (self._wind(mast, now_us) for mast in self._masts)
        return tuple(wind for wind in found if wind is not None)

    def _wind(self, mast: Mast, now_us: int) -> Wind | None:
        mean_us = self._rules["mean_s"] * SECOND_US
        speeds = self._recent(mast.speed_tag, now_us, mean_us)
        directions = self._recent(mast.direction_tag, now_us, mean_us)
        if not speeds or not directions:
            return None
        speed = sum(speeds) / len(speeds)
        east = sum(math.sin(math.radians(d)) for d in directions)
        north = sum(math.cos(math.radians(d)) for d in directions)
        steady = self._recent(mast.speed_tag, now_us, _CLASS_US)  # a gust is no other class
        stability = pasquill_class(
            max(sum(steady) / len(steady), 0.0),
            now_us,
            mast.position or self._site,
            self._rules["assumed_cloud_octas"],
        )
        return Wind(
            from_deg=round(math.degrees(math.atan2(east, north)) % 360.0, 1) % 360.0,
            speed_m_s=round(max(speed, 0.0), 2),
            stability=stability,
            source=mast.key,
            observed_us=now_us,
            stability_assumed=True,
        )

    def _recent(self, tag: int, now_us: int, window_us: int) -> list[float]:
        """Return the values of a window, else the last one; none where it is silent."""
        readings = self._readings[tag]
        if not readings or readings[-1][0] <= now_us - self._silent_us(tag):
            return []
        return [v for at_us, v in readings if at_us > now_us - window_us] or [readings[-1][1]]

    def _silent_us(self, tag: int) -> int:
        return max(_SILENT_US, int(self._tags.patience_us[tag]))

    def observe(self, now_us: int, zones: Iterable[Zone] = ()) -> list[Draft]:
        """Return a `wind.observed` when one is due at `now_us` [µs], else nothing.

        `zones` are those that stand: a wind that leaves the inputs of one of them, or comes back,
        is told at once, so that the zone's patience begins when the wind turns and not when the
        minute is over. While it is outside it is told every ten seconds: a zone out of date is
        followed by one for the wind that blows, not for one on its way there.
        """
        masts = self.winds(now_us)
        if self._began_us is None:
            self._began_us = now_us
        gone = self._gone(masts, now_us)
        if not (masts or gone):
            return []
        disagree = self._disagree(masts, now_us)
        due = now_us - self._told_us >= self._rules["every_s"] * SECOND_US
        changed = disagree != self._disagreed or any(self._changed(wind) for wind in masts)
        if not (due or changed or gone or self._presses(masts, zones, now_us)):
            return []
        self._told = {wind.source: wind for wind in masts}
        self._told_us = now_us
        self._disagreed = disagree
        payload = WindObserved(masts=masts, disagree=disagree)
        return [Draft(payload=payload, subject=SUBJECT, actor=GATEWAY, event_time_us=now_us)]

    def _presses(self, masts: Sequence[Wind], zones: Iterable[Zone], now_us: int) -> bool:
        """Return whether a zone's wind is outside its inputs, or told so and isn't any more."""
        since_us = now_us - self._told_us
        if since_us < _CROSSING_US:
            return False
        told = tuple(self._told.values())
        for zone in zones:
            outside = bool(zone_departure(zone, masts, _TOLERANCE)[1])
            if outside != bool(zone_departure(zone, told, _TOLERANCE)[1]):
                return True
            if outside and since_us >= _OUTSIDE_US:
                return True
        return False

    def _gone(self, masts: Sequence[Wind], now_us: int) -> bool:
        """Return whether a mast that was told has fallen silent: its wind must not stand on.

        One that wasn't heard yet since the start has as long to speak as it may be silent.
        """
        assert self._began_us is not None
        listened_us = now_us - self._began_us
        awaited = {
            mast.key
            for mast in self._masts
            if not (self._readings[mast.speed_tag] and self._readings[mast.direction_tag])
            and listened_us < max(map(self._silent_us, (mast.speed_tag, mast.direction_tag)))
        }
        return bool(set(self._told) - {wind.source for wind in masts} - awaited)

    def _changed(self, wind: Wind) -> bool:
        before = self._told.get(wind.source)
        if before is None:
            return True
        turned = turn_deg(before.from_deg, wind.from_deg) >= self._rules["turn_deg"]
        calm = max(before.speed_m_s, wind.speed_m_s) < self._rules["disagree_from_m_s"]
        factor = _factor(before.speed_m_s, wind.speed_m_s)
        return not calm and (turned or factor >= self._rules["speed_factor"])

    def _disagree(self, masts: Sequence[Wind], now_us: int) -> bool:
        """Return whether two masts have been apart for long enough, at wind that counts."""
        blowing = [w for w in masts if w.speed_m_s >= self._rules["disagree_from_m_s"]]
        apart = any(
            turn_deg(one.from_deg, other.from_deg) > self._rules["disagree_deg"]
            or _factor(one.speed_m_s, other.speed_m_s) > self._rules["disagree_factor"]
            for i, one in enumerate(blowing)
            for other in blowing[:i]
        )
        if not apart:
            self._apart_since_us = None
            return False
        if self._apart_since_us is None:
            self._apart_since_us = now_us
        return bool(now_us - self._apart_since_us > self._rules["disagree_s"] * SECOND_US)

    def restore(self, masts: tuple[Wind, ...], *, disagree: bool) -> None:
        """Take up what the journal knows, so that a restart repeats nothing."""
        self._began_us = None
        # a wind by hand is no mast's: nobody falls silent with it
        self._told = {wind.source: wind for wind in masts if wind.source != BY_HAND}
        self._told_us = max((wind.observed_us for wind in masts), default=self._told_us)
        self._disagreed = disagree
        if disagree:
            self._apart_since_us = self._told_us - (self._rules["disagree_s"] + 1) * SECOND_US

    def take_over(self, old: "WindWatch") -> None:
        """Go on with what the watch of the revision before has read; call it after `restore`."""
        self._began_us, self._apart_since_us = old.hand_to(self._tags, self._readings)

    def hand_to(
        self, tags: TagTable, readings: Mapping[int, deque[tuple[int, float]]]
    ) -> tuple[int | None, int | None]:
        """Put what was read here into the readings by tag of the watch that follows.

        Returns
        -------
        began_us, apart_since_us : int or None
            Since when masts are listened to and since when two of them disagree [µs UTC].
        """
        for tag, taken in readings.items():
            place = self._tags.index.get(tags.keys[tag], -1)
            taken.extend(self._readings.get(place, ()))
        return self._began_us, self._apart_since_us


def _factor(one: float, other: float) -> float:
    low, high = sorted((one, other))
    return high / low if low > 0 else math.inf if high > 0 else 1.0
