"""Compares the live wind with the wind a zone was computed for; it never freezes the wind.

A zone is out of date when the live wind has left its inputs for 60 s: more than 20°, a factor
1.5 in speed, or another stability class (defaults; the source is Muster's acceptance rules).
"""

import math
from collections.abc import Iterator, Sequence

import msgspec

from models.basics import Value, Wind
from models.operation.situation import Situation, Zone
from models.times import SECOND_US

_BACK = 0.75  # of the tolerance: nearer than that the wind has come back


class WindTolerance(Value, frozen=True, kw_only=True):
    """How far the wind may leave a zone's inputs, and for how long."""

    turn_deg: float = 20.0
    speed_factor: float = 1.5
    patience_s: float = 60.0


class Departure(Value, frozen=True, kw_only=True):
    """A zone whose wind has left it for long enough."""

    zone_id: str
    wind: Wind
    reason: str


def turn_deg(one_deg: float, other_deg: float) -> float:
    """Return the angle between two directions, 0…180 [degrees].

    Examples
    --------
    >>> turn_deg(350, 20)
    30.0
    """
    return abs((one_deg - other_deg + 180.0) % 360.0 - 180.0)


def departure_reason(zone_wind: Wind, live: Wind, tolerance: WindTolerance) -> str:
    """Return why the live wind lies outside the zone's inputs, '' when it doesn't.

    Examples
    --------
    >>> a = Wind(from_deg=90, speed_m_s=2, stability="D")
    >>> departure_reason(a, Wind(from_deg=130, speed_m_s=2, stability="D"), WindTolerance())
    'turn:40'
    """
    turned = turn_deg(zone_wind.from_deg, live.from_deg)
    if turned > tolerance.turn_deg:
        return f"turn:{turned:.0f}"
    slow, fast = sorted((max(zone_wind.speed_m_s, 0.1), max(live.speed_m_s, 0.1)))
    if fast / slow > tolerance.speed_factor:
        return f"speed:{live.speed_m_s:.1f}"
    if live.stability and zone_wind.stability and live.stability != zone_wind.stability:
        return f"stability:{live.stability}"
    return ""


def watched_zones(situation: Situation) -> Iterator[Zone]:
    """Yield the zones whose wind counts: neither out of date, withdrawn nor replaced."""
    for zone in situation.zones.values():
        if not (zone.out_of_date or zone.withdrawn_us is not None or zone.replaced_by):
            yield zone


def zone_departure(
    zone: Zone, masts: Sequence[Wind], tolerance: WindTolerance
) -> tuple[Wind | None, str]:
    """Return the wind that counts for a zone, and why it lies outside the zone's inputs.

    It is the wind of the mast the zone was computed with, else of the first mast; None where no
    mast shows one. The reason is '' where the wind fits, and where there is none.
    """
    wind = zone.result.wind
    usable = [mast for mast in masts if math.isfinite(mast.from_deg)]
    if wind is None or not usable:
        return None, ""
    live = next((mast for mast in usable if mast.source == wind.source), usable[0])
    if zone.result.kind in {"rule_of_thumb", "fire"}:  # they know no stability
        live = msgspec.structs.replace(live, stability="")
    return live, departure_reason(wind, live, tolerance)


class ZoneWatch:
    """Keeps since when each zone's wind has been wrong.

    While no mast shows the wind, one that was wrong isn't taken as right: the patience runs on.
    """

    def __init__(self, tolerance: WindTolerance | None = None) -> None:
        self._tolerance = tolerance or WindTolerance()
        self._back = msgspec.structs.replace(
            self._tolerance,
            turn_deg=_BACK * self._tolerance.turn_deg,
            speed_factor=self._tolerance.speed_factor**_BACK,
        )
        self._since_us: dict[str, int] = {}

    def due(self, situation: Situation, now_us: int) -> Sequence[Departure]:
        """Return the zones that went out of date by `now_us` [µs UTC]."""
        if not situation.masts:
            return []
        found = []
        outside = set()
        for zone in watched_zones(situation):
            live, reason = zone_departure(zone, situation.masts, self._tolerance)
            if live is None or not reason:
                # a wind that hovers at the limit hasn't come back: its time runs on
                if (
                    zone.id in self._since_us
                    and zone_departure(zone, situation.masts, self._back)[1]
                ):
                    outside.add(zone.id)
                continue
            outside.add(zone.id)
            since_us = self._since_us.setdefault(zone.id, live.observed_us or now_us)
            if now_us - since_us >= self._tolerance.patience_s * SECOND_US:
                found.append(Departure(zone_id=zone.id, wind=live, reason=reason))
        for zone_id in set(self._since_us) - outside:
            del self._since_us[zone_id]
        return found
