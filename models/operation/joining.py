"""Which open incidents may be one and the same: near each other, opened about the same time.

Joining is offered, never done: two calls about one cloud are one incident, two leaks 200 m apart
in the same minute are two. The distances stand in `resources/rules/joining.toml`.
"""

from models.basics import Value
from models.operation.situation import Incident, Situation
from models.rules import load_rules
from models.telemetry.surroundings import distance_m
from models.times import SECOND_US


class JoinOffer(Value, frozen=True, kw_only=True):
    """An incident that may be the same: how far off [m], how much earlier it was opened [µs].

    `away_m` is None where one of them has no position (then the source or enterprise is the same).
    """

    incident_id: str
    away_m: float | None
    earlier_us: int


def join_offers(situation: Situation, incident: Incident) -> tuple[JoinOffer, ...]:
    """Return the earlier open incidents at the same place and time, the nearest first.

    Parameters
    ----------
    situation : Situation
        The open incidents.
    incident : Incident
        The later one; a closed or merged one gets no offer.

    Returns
    -------
    tuple of JoinOffer
        Without those that somebody decided to keep apart. Only the later of two incidents gets
        the offer, so that nobody is asked twice.
    """
    if incident.closed_us is not None or incident.merged_into:
        return ()
    found = []
    for other in situation.incidents.values():
        if other.id == incident.id or other.closed_us is not None or other.merged_into:
            continue
        if other.id in incident.kept_apart or incident.id in other.kept_apart:
            continue
        earlier_us = incident.opened_us - other.opened_us
        if (earlier_us, incident.number) < (0, other.number) or not _same_time(earlier_us):
            continue
        same, away_m = _same_place(incident, other)
        if same:
            found.append(JoinOffer(incident_id=other.id, away_m=away_m, earlier_us=earlier_us))
    unknown = float("inf")
    found.sort(key=lambda o: (unknown if o.away_m is None else o.away_m, o.earlier_us))
    return tuple(found)


def _same_time(earlier_us: int) -> bool:
    limit_s: int = load_rules("joining")["same"]["time_s"]
    return earlier_us <= limit_s * SECOND_US


def _same_place(one: Incident, other: Incident) -> tuple[bool, float | None]:
    """Return whether two incidents are at one place, and how far apart they are [m]."""
    if one.position is not None and other.position is not None:
        away_m = distance_m(one.position, other.position)
        limit_m: float = load_rules("joining")["same"]["place_m"]
        return away_m <= limit_m, away_m
    if one.hazard_source_key and one.hazard_source_key == other.hazard_source_key:
        return True, None
    return bool(one.enterprise_key) and one.enterprise_key == other.enterprise_key, None
