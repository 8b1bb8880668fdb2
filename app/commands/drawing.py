"""Commands on drawings and situation maps. Undoing is one more event, never a deletion."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import CommandRefusedError, Context, handles
from models.operation.drawings import (
    map_differences,
    person_of,
    pins,
    step_to_redo,
    step_to_undo,
    working_drawings,
)
from models.operation.drawn import Drawing, DrawingStep
from models.operation.events.base import Draft
from models.operation.events.drawing import (
    DrawingAdded,
    DrawingChanged,
    DrawingRemoved,
    PinnedDrawing,
    SituationMapPublished,
)
from models.operation.sketch import Sketch, SketchError, check_sketch


@dataclass(frozen=True, slots=True)
class AddDrawing:
    """Draw something on the working map of an incident ("" is the operation)."""

    incident_id: str
    sketch: Sketch


@dataclass(frozen=True, slots=True)
class ChangeDrawing:
    """Give a drawing another shape or label; `revision` is the one that was on the screen."""

    drawing_id: str
    sketch: Sketch
    revision: int


@dataclass(frozen=True, slots=True)
class RemoveDrawing:
    """Take a drawing off the working map; `revision` is the one that was on the screen."""

    drawing_id: str
    revision: int


@dataclass(frozen=True, slots=True)
class UndoDrawing:
    """Take back this person's last step on a map."""

    incident_id: str


@dataclass(frozen=True, slots=True)
class RedoDrawing:
    """Do again what this person took back last."""

    incident_id: str


@dataclass(frozen=True, slots=True)
class PublishSituationMap:
    """Make the working map the official one; `drawings` are those the signer was shown."""

    incident_id: str
    drawings: tuple[PinnedDrawing, ...]
    by: str
    note: str = ""


def _check_map(context: Context, incident_id: str) -> str | None:
    """Refuse a map that may not be written; return the event that began its incident."""
    return context.leading_incident(incident_id).event_id if incident_id else None


def _checked(sketch: Sketch) -> Sketch:
    try:
        check_sketch(sketch)
    except SketchError as error:
        raise CommandRefusedError(error.code, error.detail) from error
    return sketch


def _standing(context: Context, drawing_id: str, revision: int) -> Drawing:
    """Return a drawing that is still as the officer saw it, else refuse."""
    drawing = context.situation.drawings.get(drawing_id)
    if drawing is None:
        raise CommandRefusedError("unknown_drawing", drawing_id)
    if drawing.incident_id:
        context.open_incident(drawing.incident_id)
    if drawing.removed_us is not None:
        raise CommandRefusedError("drawing_removed", person_of(drawing.changed_by))
    if drawing.revision != revision:
        raise CommandRefusedError("drawing_changed_meanwhile", person_of(drawing.changed_by))
    return drawing


@handles(AddDrawing)
def _add(command: AddDrawing, context: Context) -> Sequence[Draft]:
    cause = _check_map(context, command.incident_id)
    payload = DrawingAdded(incident_id=command.incident_id, sketch=_checked(command.sketch))
    return [context.draft(context.new_id(), payload, caused_by=cause)]


@handles(ChangeDrawing)
def _change(command: ChangeDrawing, context: Context) -> Sequence[Draft]:
    drawing = _standing(context, command.drawing_id, command.revision)
    if command.sketch == drawing.sketch:
        raise CommandRefusedError("nothing_changed")
    payload = DrawingChanged(
        before=drawing.sketch, sketch=_checked(command.sketch), revision=drawing.revision + 1
    )
    return [context.draft(drawing.id, payload, caused_by=drawing.event_id)]


@handles(RemoveDrawing)
def _remove(command: RemoveDrawing, context: Context) -> Sequence[Draft]:
    drawing = _standing(context, command.drawing_id, command.revision)
    payload = DrawingRemoved(before=drawing.sketch, revision=drawing.revision + 1)
    return [context.draft(drawing.id, payload, caused_by=drawing.event_id)]


@handles(UndoDrawing)
def _undo(command: UndoDrawing, context: Context) -> Sequence[Draft]:
    step = step_to_undo(context.situation, person_of(context.actor), command.incident_id)
    if step is None:
        raise CommandRefusedError("nothing_to_undo_drawn")
    return _turned(context, command.incident_id, step, undo=True)


@handles(RedoDrawing)
def _redo(command: RedoDrawing, context: Context) -> Sequence[Draft]:
    step = step_to_redo(context.situation, person_of(context.actor), command.incident_id)
    if step is None:
        raise CommandRefusedError("nothing_to_redo_drawn")
    return _turned(context, command.incident_id, step, undo=False)


def _turned(
    context: Context, incident_id: str, step: DrawingStep, *, undo: bool
) -> Sequence[Draft]:
    """Bring a drawing from one side of a step to the other, if it still stands on the first."""
    if incident_id:
        context.open_incident(incident_id)
    start, end = (step.after, step.before) if undo else (step.before, step.after)
    drawing = context.situation.drawings.get(step.drawing_id)
    stands = drawing is not None and drawing.removed_us is None
    now = drawing.sketch if drawing is not None and stands else None
    if now != start:
        by = person_of(drawing.changed_by) if drawing is not None else ""
        raise CommandRefusedError("undo_changed_meanwhile", by)
    revision = (drawing.revision if drawing is not None else step.revision) + 1
    undoes, redoes = (step.event_id, "") if undo else ("", step.event_id)
    payload: DrawingAdded | DrawingChanged | DrawingRemoved
    if start is None and end is not None:
        payload = DrawingAdded(
            incident_id=incident_id, sketch=end, revision=revision, undoes=undoes, redoes=redoes
        )
    elif start is not None and end is not None:
        payload = DrawingChanged(
            before=start, sketch=end, revision=revision, undoes=undoes, redoes=redoes
        )
    else:
        assert start is not None  # a step has at least one side
        payload = DrawingRemoved(before=start, revision=revision, undoes=undoes, redoes=redoes)
    return [context.draft(step.drawing_id, payload, caused_by=step.event_id)]


@handles(PublishSituationMap)
def _publish(command: PublishSituationMap, context: Context) -> Sequence[Draft]:
    cause = _check_map(context, command.incident_id)
    situation = context.situation
    if not command.by.strip():
        raise CommandRefusedError("by_missing")
    if command.drawings != pins(working_drawings(situation, command.incident_id)):
        raise CommandRefusedError("map_changed_meanwhile")
    if not map_differences(situation, command.incident_id):
        raise CommandRefusedError("map_published_already")
    payload = SituationMapPublished(
        incident_id=command.incident_id,
        drawings=command.drawings,
        by=command.by.strip(),
        note=command.note.strip(),
    )
    return [context.draft(context.new_id(), payload, caused_by=cause)]
