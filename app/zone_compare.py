"""Two zones that stand, paired by severity: a model's levels have other names than a file's."""

from dataclasses import dataclass

from models.hazard.ports import ReceptorHit, ZoneLevel, ZoneResult
from models.operation.situation import Situation, Zone


@dataclass(frozen=True, slots=True)
class SeverityPair:
    """The farthest level of one severity in two zones; None where a zone has no such level."""

    severity: int
    one: ZoneLevel | None
    other: ZoneLevel | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two zones have in common and what only one of them holds."""

    levels: tuple[SeverityPair, ...]
    only_one: tuple[ReceptorHit, ...]
    only_other: tuple[ReceptorHit, ...]


def comparable(situation: Situation, incident_id: str) -> tuple[Zone, ...]:
    """Return the incident's zones that stand, out of date ones too, the newest first."""
    found = [
        zone
        for zone in situation.zones.values()
        if zone.incident_id == incident_id and zone.withdrawn_us is None and zone.result.levels
    ]
    return tuple(sorted(found, key=lambda zone: (zone.drawn_us, zone.id), reverse=True))


def compare(one: ZoneResult, other: ZoneResult) -> Comparison:
    """Compare two zones level by level, the worst first, and receptor by receptor."""
    farthest = [_farthest(zone) for zone in (one, other)]
    severities = sorted({*farthest[0], *farthest[1]}, reverse=True)
    inside = [{hit.receptor_key for hit in zone.receptors} for zone in (one, other)]
    return Comparison(
        tuple(SeverityPair(s, farthest[0].get(s), farthest[1].get(s)) for s in severities),
        tuple(hit for hit in one.receptors if hit.receptor_key not in inside[1]),
        tuple(hit for hit in other.receptors if hit.receptor_key not in inside[0]),
    )


def _farthest(zone: ZoneResult) -> dict[int, ZoneLevel]:
    found: dict[int, ZoneLevel] = {}
    for level in zone.levels:
        held = found.get(level.severity)
        if held is None or level.reach_m > held.reach_m:
            found[level.severity] = level
    return found
