"""Which incidents stand together after merges: their orders, tasks and people stay in view."""

from models.operation.situation import Incident, Situation


def family(situation: Situation, incident_id: str) -> tuple[Incident, ...]:
    """Return an incident and everything merged into it, and into that in turn.

    Each once, also when a record names one twice; empty when the incident isn't in the snapshot.
    """
    found: dict[str, Incident] = {}
    waiting = [incident_id]
    while waiting:
        key = waiting.pop(0)
        incident = situation.incidents.get(key)
        if incident is not None and key not in found:
            found[key] = incident
            waiting += incident.absorbed
    return tuple(found.values())


def family_ids(situation: Situation, incident_id: str) -> frozenset[str]:
    """Return the ids of `family`, the incident's own among them in any case."""
    return frozenset({incident_id, *(each.id for each in family(situation, incident_id))})
