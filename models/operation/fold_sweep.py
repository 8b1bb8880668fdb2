"""Dropping what closed more than 24 hours ago, so that a snapshot stays the size of a day."""

from immutables import Map

from models.operation.fold_state import KEPT_US, SWEEP_EVERY_US, Working
from models.operation.situation import NEVER_US, Zone

# field of the situation → field of its entries that says when they closed (recorded time)
_CLOSED = (
    ("cards", "closed_us"),
    ("calls", "ended_us"),
    ("tasks", "finished_us"),
    ("orders", "ended_us"),
    ("report_clocks", "met_us"),
    ("drawings", "removed_us"),
    ("early_warnings", "cleared_us"),
    ("trend_notes", "noted_us"),
)
_OF_INCIDENT = (
    "zones", "tasks", "orders", "report_clocks", "reports", "drawings", "situation_maps",
    "drawing_steps",
)  # fmt: skip


def sweep(working: Working, now_us: int) -> None:
    """Drop what closed 24 h before `now_us` [µs, recorded] and say when to look again.

    An incident takes everything that belongs to it along and is archived itself. Looked at no
    more than once a minute: things may stay up to that much longer.
    """
    before_us = now_us - KEPT_US
    oldest_us = NEVER_US
    for field, closing in _CLOSED:
        for key, entry in getattr(working, field).items():
            closed_us = getattr(entry, closing)
            if closed_us is not None:
                if closed_us <= before_us:
                    working.drop(field, key)
                    if field == "cards":
                        working.drop("answers", key)
                else:
                    oldest_us = min(oldest_us, closed_us)
    for sweeping in (_sweep_zones, _sweep_incidents):
        oldest_us = min(oldest_us, sweeping(working, before_us))
    if oldest_us == NEVER_US:
        working.next_sweep_us = NEVER_US
    else:
        working.next_sweep_us = max(oldest_us + KEPT_US, now_us + SWEEP_EVERY_US)


def _sweep_zones(working: Working, before_us: int) -> int:
    """Drop withdrawn zones; a replaced one stays until an officer withdraws it."""
    oldest_us = NEVER_US
    zones: Map[str, Zone] = working.zones
    for zone in zones.values():
        closed_us = zone.withdrawn_us
        if closed_us is None:
            continue
        if closed_us <= before_us:
            working.drop("zones", zone.id)
        else:
            oldest_us = min(oldest_us, closed_us)
    return oldest_us


def _sweep_incidents(working: Working, before_us: int) -> int:
    oldest_us = NEVER_US
    dropped = set()
    for incident in working.incidents.values():
        if incident.closed_us is None:
            continue
        if incident.closed_us <= before_us:
            dropped.add(incident.id)
            working.drop("incidents", incident.id)
            working.put("archived", incident.id, incident)
        else:
            oldest_us = min(oldest_us, incident.closed_us)
    if dropped:
        for field in _OF_INCIDENT:
            for key, entry in getattr(working, field).items():
                if entry.incident_id in dropped:
                    working.drop(field, key)
    return oldest_us
