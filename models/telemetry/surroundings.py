"""What stands around a hazard source, as the card logic asks for it."""

import math
from collections.abc import Iterable, Mapping

from models.basics import LatLon, Name
from models.registry.kinds import HazardSource, Permit, Record, Tag

_EARTH_M = 6_371_008.8


class Surroundings:
    """Sources, permits and tags of one revision of the reference data.

    Parameters
    ----------
    sources, permits : iterables of records
        Rows of the kinds of these names.
    names : iterable of records
        Tags, enterprises and whatever else is named in a title.
    neighbours_m : float
        Sources at most this far away are neighbours [m].
    neighbours_at_most : int
        Only so many of them, the nearest first.
    """

    def __init__(
        self,
        sources: Iterable[HazardSource],
        permits: Iterable[Permit] = (),
        names: Iterable[Record] = (),
        *,
        neighbours_m: float = 300.0,
        neighbours_at_most: int = 6,
    ) -> None:
        self._sources: Mapping[str, HazardSource] = {source.key: source for source in sources}
        names = tuple(names)
        self._safety = {row.key: row.safety for row in names if isinstance(row, Tag)}
        self._permits = tuple(sorted(permits, key=lambda permit: permit.key))
        self._names = {record.key: record.name for record in names}
        self._names.update({source.key: source.name for source in self._sources.values()})
        self._radius_m = neighbours_m
        self._most = neighbours_at_most

    def title(self, keys: Iterable[str], limit: str) -> Name:
        """Return the names of records side by side, and the limit, in both languages.

        Examples
        --------
        >>> rows = [HazardSource(key="S", name=Name(zh="储罐", en="Tank"))]
        >>> Surroundings(rows).title(["S", "GT-1"], "HH").en
        'Tank · GT-1 · HH'
        """
        names = [self._names.get(key, Name(zh=key, en=key)) for key in keys if key]
        return Name(
            zh=_joined([name.text("zh") for name in names], limit),
            en=_joined([name.text("en") for name in names], limit),
        )

    def safety(self, tag_key: str) -> str:
        """Return what a tag warns of, as its row says; '' where it isn't known."""
        return self._safety.get(tag_key, "")

    def permits_at(self, source_key: str, tag_key: str, at_us: int) -> tuple[str, ...]:
        """Return permits in force at a moment that cover the source or the tag."""
        return tuple(
            permit.key
            for permit in self._permits
            if permit.valid_from_us <= at_us <= permit.valid_to_us
            and ((source_key and permit.hazard_source_key == source_key) or tag_key in permit.tags)
        )

    def neighbours(self, source_key: str) -> tuple[str, ...]:
        """Return the nearest other hazard sources within the radius, nearest first."""
        own = self._sources.get(source_key)
        if own is None or own.position is None:
            return ()
        near = []
        for other in self._sources.values():
            if other.key != own.key and other.position is not None:
                away_m = distance_m(own.position, other.position)
                if away_m <= self._radius_m:
                    near.append((away_m, other.key))
        return tuple(key for _, key in sorted(near)[: self._most])

    def explained_by(self, source_key: str) -> frozenset[str]:
        """Return the source and everything downstream of it, which its trouble may explain."""
        found: set[str] = set()
        waiting = [source_key]
        while waiting:
            key = waiting.pop()
            if key and key not in found:
                found.add(key)
                source = self._sources.get(key)
                waiting += source.upstream_of if source else ()
        return frozenset(found)


def _joined(names: list[str], limit: str) -> str:
    """Join names; one that a later name repeats is left out."""
    fresh = [n for i, n in enumerate(names) if not any(n in later for later in names[i + 1 :])]
    return " · ".join([*fresh, limit])


def distance_m(one: LatLon, other: LatLon) -> float:
    """Return the great-circle distance of two positions [m] (haversine, mean Earth radius).

    Examples
    --------
    >>> round(distance_m(LatLon(0.0, 0.0), LatLon(0.0, 1.0)))
    111195
    """
    lat1, lat2 = math.radians(one.lat_deg), math.radians(other.lat_deg)
    half_lat = (lat2 - lat1) / 2
    half_lon = math.radians(other.lon_deg - one.lon_deg) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(h)))
