"""Folding incidents: a closed one changes only by casualty reports and by being reopened."""

from models.operation.events import Event
from models.operation.events import incident as events
from models.operation.fold_state import Handler, Working, change
from models.operation.situation import AdoptedEstimate, CasualtyReport, Incident, RollCall, Zone


def _writable(working: Working, incident_id: str) -> Incident | None:
    """Return an incident that is open; a closed one is read-only."""
    found: Incident | None = working.incidents.get(incident_id)
    return found if found is not None and found.closed_us is None else None


def _opened(working: Working, event: Event, payload: events.IncidentOpened) -> None:
    working.put(
        "incidents",
        event.subject,
        Incident(
            id=event.subject,
            number=payload.number,
            title=payload.title,
            incident_kind=payload.incident_kind,
            place=payload.place,
            position=payload.position,
            hazard_source_key=payload.hazard_source_key,
            enterprise_key=payload.enterprise_key,
            substance=payload.substance,
            cas=payload.cas,
            wind=payload.wind,
            opened_us=event.event_time_us,
            happened_us=payload.happened_us,
            event_id=event.id,
            card_ids=payload.card_ids,
            call_ids=payload.call_ids,
        ),
    )
    working.set("incident_count", working.incident_count + 1)
    for field, keys in (("cards", payload.card_ids), ("calls", payload.call_ids)):
        for key in keys:
            found = getattr(working, field).get(key)
            if found is not None:
                working.put(field, key, change(found, incident_id=event.subject))


def _updated(working: Working, event: Event, payload: events.IncidentUpdated) -> None:
    found = _writable(working, event.subject)
    if found is not None:
        changed = change(
            found,
            fields={**found.fields, **payload.fields},
            position=payload.position or found.position,
        )
        working.put("incidents", found.id, changed)


def _located(working: Working, event: Event, payload: events.IncidentLocated) -> None:
    """Put the incident elsewhere; computed zones of the old place stay until withdrawn.

    So do those of another source or substance at the very same place, once it is known which.
    """
    found = _writable(working, event.subject)
    if found is None:
        return
    changed = change(
        found,
        title=payload.title,
        place=payload.place,
        position=payload.position,
        hazard_source_key=payload.hazard_source_key,
        enterprise_key=payload.enterprise_key,
        substance=payload.substance,
        cas=payload.cas,
        source_estimate=None,
    )
    working.put("incidents", found.id, changed)
    reason = f"moved:{payload.moved_m or 0.0:.0f}"
    other: set[str] = set()
    if (found.substance, found.cas) != (payload.substance, payload.cas):
        other = {"rule_of_thumb", "model"} if payload.substance or payload.cas else other
    elif found.hazard_source_key != payload.hazard_source_key:
        other = {"model"}
    zones: list[Zone] = list(working.zones.values())
    for zone in zones:
        if zone.incident_id != found.id or zone.out_of_date:
            continue
        if zone.result.kind not in {"rule_of_thumb", "model", "fire"}:
            continue
        if zone.result.origin != payload.position:
            working.put("zones", zone.id, change(zone, out_of_date=reason))
        elif zone.result.kind in other:
            working.put("zones", zone.id, change(zone, out_of_date="source"))


def _source_estimated(working: Working, event: Event, payload: events.SourceEstimated) -> None:
    found = _writable(working, event.subject)
    if found is not None:
        adopted = AdoptedEstimate(
            estimate=payload.estimate,
            release_kg_s=payload.release_kg_s,
            position=payload.position,
            source_key=payload.source_key,
            at_us=event.event_time_us,
            by=event.actor,
            event_id=event.id,
        )
        working.put("incidents", found.id, change(found, source_estimate=adopted))


def _casualties(working: Working, event: Event, payload: events.CasualtiesReported) -> None:
    """Put the counts beside the others; no count is ever lost to a closed incident."""
    field = "incidents" if event.subject in working.incidents else "archived"
    found: Incident | None = getattr(working, field).get(event.subject)
    if found is None:
        return
    report = CasualtyReport(
        source=payload.source,
        at_us=event.event_time_us,
        event_id=event.id,
        deaths=payload.deaths,
        serious_injuries=payload.serious_injuries,
        minor_injuries=payload.minor_injuries,
        missing=payload.missing,
        trapped=payload.trapped,
        supplementary=payload.supplementary or found.closed_us is not None,
    )
    working.put(field, found.id, change(found, casualties=(*found.casualties, report)))


def _level_set(working: Working, event: Event, payload: events.ResponseLevelSet) -> None:
    found = _writable(working, event.subject)
    if found is not None:
        changed = change(
            found,
            level_key=payload.level_key,
            level_name=payload.level_name,
            level_automatic=payload.automatic,
        )
        working.put("incidents", found.id, changed)


def _roll_call_opened(working: Working, event: Event, payload: events.RollCallOpened) -> None:
    found = _writable(working, event.subject)
    if found is not None:
        opened = RollCall(id=payload.roll_call_id, group=payload.group, expected=payload.expected)
        kept = tuple(r for r in found.roll_calls if r.id != opened.id)
        working.put("incidents", found.id, change(found, roll_calls=(*kept, opened)))


def _roll_call_closed(working: Working, event: Event, payload: events.RollCallClosed) -> None:
    found = _writable(working, event.subject)
    if found is not None:
        roll_calls = tuple(
            change(r, present=payload.present) if r.id == payload.roll_call_id else r
            for r in found.roll_calls
        )
        working.put("incidents", found.id, change(found, roll_calls=roll_calls))


def _merged(working: Working, event: Event, payload: events.IncidentsMerged) -> None:
    """Mark both; everything keeps naming the incident it came from, so a split loses nothing."""
    survivor = _writable(working, event.subject)
    absorbed = _writable(working, payload.absorbed_incident_id)
    if survivor is None or absorbed is None or survivor.id == absorbed.id:
        return
    if absorbed.merged_into or survivor.merged_into:
        return  # only incidents that stand on their own: so merges never form a ring
    working.put("incidents", absorbed.id, change(absorbed, merged_into=survivor.id))
    changed = change(survivor, absorbed=(*survivor.absorbed, absorbed.id))
    working.put("incidents", survivor.id, changed)


def _split(working: Working, event: Event, payload: events.IncidentsSplit) -> None:
    survivor = _writable(working, event.subject)
    restored = _writable(working, payload.restored_incident_id)
    if survivor is None or restored is None or restored.merged_into != survivor.id:
        return
    apart = (*(key for key in restored.kept_apart if key != survivor.id), survivor.id)
    working.put("incidents", restored.id, change(restored, merged_into="", kept_apart=apart))
    absorbed = tuple(key for key in survivor.absorbed if key != restored.id)
    working.put("incidents", survivor.id, change(survivor, absorbed=absorbed))


def _kept_apart(working: Working, event: Event, payload: events.IncidentKeptApart) -> None:
    found = _writable(working, event.subject)
    if found is not None:
        fresh = (key for key in payload.other_incident_ids if key not in found.kept_apart)
        changed = change(found, kept_apart=(*found.kept_apart, *dict.fromkeys(fresh)))
        working.put("incidents", found.id, changed)


def _closed(working: Working, event: Event, payload: events.IncidentClosed) -> None:
    """Close an incident and what was merged into it."""
    found = _writable(working, event.subject)
    if found is None:
        return
    closed_us = event.recorded_time_us
    for incident in (found, *_absorbed(working, found)):
        changed = change(incident, closed_us=closed_us, closed_reason=payload.reason)
        working.put("incidents", incident.id, changed)
    working.closes(closed_us)


def _reopened(working: Working, event: Event, _payload: events.IncidentReopened) -> None:
    """Open a closed incident again, with what was merged into it."""
    field = "incidents" if event.subject in working.incidents else "archived"
    found: Incident | None = getattr(working, field).get(event.subject)
    if found is None or found.closed_us is None:
        return
    for incident in (found, *_absorbed(working, found)):
        working.drop("archived", incident.id)
        changed = change(incident, closed_us=None, closed_reason="")
        working.put("incidents", incident.id, changed)


def _absorbed(working: Working, survivor: Incident) -> list[Incident]:
    """Return what was merged into an incident, and into that in turn."""
    found: list[Incident] = []
    for key in survivor.absorbed:
        incident = working.incidents.get(key) or working.archived[key]
        found += (incident, *_absorbed(working, incident))
    return found


HANDLERS: dict[type, Handler] = {
    events.IncidentOpened: _opened,
    events.IncidentUpdated: _updated,
    events.IncidentLocated: _located,
    events.SourceEstimated: _source_estimated,
    events.CasualtiesReported: _casualties,
    events.ResponseLevelSet: _level_set,
    events.RollCallOpened: _roll_call_opened,
    events.RollCallClosed: _roll_call_closed,
    events.IncidentsMerged: _merged,
    events.IncidentsSplit: _split,
    events.IncidentKeptApart: _kept_apart,
    events.IncidentClosed: _closed,
    events.IncidentReopened: _reopened,
}
