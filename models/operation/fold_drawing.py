"""Folding drawings, the steps that can be undone, and the official maps."""

from models.operation.drawings import person_of, steps_key
from models.operation.drawn import Drawing, DrawingStep, DrawingSteps, SituationMap
from models.operation.events import Event
from models.operation.events import drawing as events
from models.operation.fold_state import Handler, Working, change
from models.operation.situation import Incident
from models.operation.sketch import Sketch

KEPT_STEPS = 50
"""How many steps a person can go back on one map."""

_Drawn = events.DrawingAdded | events.DrawingChanged | events.DrawingRemoved


def _is_closed(working: Working, incident_id: str) -> bool:
    """Return whether an incident is closed: its drawings are read-only then."""
    if incident_id in working.archived:
        return True
    incident: Incident | None = working.incidents.get(incident_id)
    return incident is not None and incident.closed_us is not None


def _added(working: Working, event: Event, payload: events.DrawingAdded) -> None:
    """Put a drawing on the working map; one that comes back keeps who drew it first."""
    if _is_closed(working, payload.incident_id):
        return
    held: Drawing | None = working.drawings.get(event.subject)
    if held is not None and held.removed_us is None:
        return
    drawn = Drawing(
        id=event.subject,
        incident_id=payload.incident_id,
        sketch=payload.sketch,
        revision=payload.revision,
        added_us=event.event_time_us if held is None else held.added_us,
        added_by=event.actor if held is None else held.added_by,
        changed_us=event.event_time_us,
        changed_by=event.actor,
        event_id=event.id,
    )
    working.put("drawings", drawn.id, drawn)
    _step(working, event, payload, payload.incident_id, None, payload.sketch)


def _changed(working: Working, event: Event, payload: events.DrawingChanged) -> None:
    held = _standing(working, event.subject)
    if held is not None:
        changed = change(
            held,
            sketch=payload.sketch,
            revision=payload.revision,
            changed_us=event.event_time_us,
            changed_by=event.actor,
            event_id=event.id,
        )
        working.put("drawings", held.id, changed)
        _step(working, event, payload, held.incident_id, payload.before, payload.sketch)


def _removed(working: Working, event: Event, payload: events.DrawingRemoved) -> None:
    held = _standing(working, event.subject)
    if held is not None:
        removed = change(
            held,
            revision=payload.revision,
            changed_us=event.event_time_us,
            changed_by=event.actor,
            event_id=event.id,
            removed_us=event.recorded_time_us,
        )
        working.put("drawings", held.id, removed)
        working.closes(event.recorded_time_us)
        _step(working, event, payload, held.incident_id, payload.before, None)


def _standing(working: Working, drawing_id: str) -> Drawing | None:
    """Return a drawing that may be changed."""
    held: Drawing | None = working.drawings.get(drawing_id)
    if held is None or held.removed_us is not None or _is_closed(working, held.incident_id):
        return None
    return held


def _step(
    working: Working,
    event: Event,
    payload: _Drawn,
    incident_id: str,
    before: Sketch | None,
    after: Sketch | None,
) -> None:
    """Note what the person can undo; a new step ends what could be done again."""
    person = person_of(event.actor)
    key = steps_key(person, incident_id)
    held: DrawingSteps = working.drawing_steps.get(key) or DrawingSteps(
        person=person, incident_id=incident_id
    )
    turned = payload.undoes or payload.redoes
    if turned:
        steps = tuple(
            change(step, undone=bool(payload.undoes), revision=payload.revision)
            if step.event_id == turned
            else step
            for step in held.steps
        )
    else:
        made = DrawingStep(
            event_id=event.id,
            drawing_id=event.subject,
            at_us=event.event_time_us,
            before=before,
            after=after,
            revision=payload.revision,
        )
        steps = (*(step for step in held.steps if not step.undone), made)[-KEPT_STEPS:]
    working.put("drawing_steps", key, change(held, steps=steps))


def _published(working: Working, event: Event, payload: events.SituationMapPublished) -> None:
    """Keep the drawings as they are now; those of a revision nobody holds are left out."""
    if _is_closed(working, payload.incident_id):
        return
    before: SituationMap | None = working.situation_maps.get(payload.incident_id)
    held = {(d.id, d.revision): d for d in before.drawings} if before is not None else {}
    drawings: list[Drawing] = []
    for pin in payload.drawings:
        now: Drawing | None = working.drawings.get(pin.drawing_id)
        if now is not None and now.revision == pin.revision and now.removed_us is None:
            drawings.append(now)
        elif (pin.drawing_id, pin.revision) in held:
            drawings.append(held[pin.drawing_id, pin.revision])
    working.put(
        "situation_maps",
        payload.incident_id,
        SituationMap(
            incident_id=payload.incident_id,
            number=1 if before is None else before.number + 1,
            published_us=event.event_time_us,
            by=payload.by,
            note=payload.note,
            event_id=event.id,
            drawings=tuple(drawings),
        ),
    )


HANDLERS: dict[type, Handler] = {
    events.DrawingAdded: _added,
    events.DrawingChanged: _changed,
    events.DrawingRemoved: _removed,
    events.SituationMapPublished: _published,
}
