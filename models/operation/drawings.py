"""Reading drawings out of a situation: what stands on the working and on the official map."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.operation.drawn import Drawing, DrawingStep, SituationMap
from models.operation.events.drawing import PinnedDrawing
from models.operation.merged import family_ids
from models.operation.situation import Situation


def person_of(actor: str) -> str:
    """Return the person in an event's actor `person@desk`, or the actor itself.

    Examples
    --------
    >>> person_of("王建国@hall-2"), person_of("hall-2")
    ('王建国', 'hall-2')
    """
    return actor.rpartition("@")[0] or actor


def steps_key(person: str, incident_id: str) -> str:
    """Return the key under which a situation holds a person's steps on one map."""
    return f"{incident_id}/{person}"


def working_drawings(situation: Situation, incident_id: str) -> tuple[Drawing, ...]:
    """Return what stands on the working map of an incident ("" is the operation), oldest first.

    What was drawn for incidents that were merged into it stands there too.
    """
    ids = family_ids(situation, incident_id) if incident_id else frozenset({""})
    found = [
        drawing
        for drawing in situation.drawings.values()
        if drawing.incident_id in ids and drawing.removed_us is None
    ]
    return tuple(sorted(found, key=lambda drawing: (drawing.added_us, drawing.id)))


def official_map(situation: Situation, incident_id: str) -> SituationMap | None:
    """Return the map that was published last, None when none ever was."""
    return situation.situation_maps.get(incident_id)


def pins(drawings: Iterable[Drawing]) -> tuple[PinnedDrawing, ...]:
    """Return drawings as ids and revisions, in the order of their ids."""
    found = (PinnedDrawing(drawing_id=d.id, revision=d.revision) for d in drawings)
    return tuple(sorted(found, key=lambda pin: pin.drawing_id))


@dataclass(frozen=True, slots=True)
class MapDifferences:
    """What publishing would change on the official map."""

    added: tuple[Drawing, ...] = ()
    changed: tuple[Drawing, ...] = ()
    removed: tuple[Drawing, ...] = ()
    same: tuple[Drawing, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything would change."""
        return bool(self.added or self.changed or self.removed)


def map_differences(situation: Situation, incident_id: str) -> MapDifferences:
    """Return how the working map differs from the official one.

    A drawing that was changed and changed back differs by nothing: shapes are compared, not
    revisions.
    """
    official = official_map(situation, incident_id)
    held = {drawing.id: drawing for drawing in official.drawings} if official else {}
    working = working_drawings(situation, incident_id)
    old = [drawing for drawing in working if drawing.id in held]
    standing = {drawing.id for drawing in working}
    return MapDifferences(
        added=tuple(drawing for drawing in working if drawing.id not in held),
        changed=tuple(d for d in old if d.sketch != held[d.id].sketch),
        removed=tuple(drawing for drawing in held.values() if drawing.id not in standing),
        same=tuple(d for d in old if d.sketch == held[d.id].sketch),
    )


def step_to_undo(situation: Situation, person: str, incident_id: str) -> DrawingStep | None:
    """Return the person's last step on a map that isn't undone."""
    held = situation.drawing_steps.get(steps_key(person, incident_id))
    done = [step for step in held.steps if not step.undone] if held else []
    return done[-1] if done else None


def step_to_redo(situation: Situation, person: str, incident_id: str) -> DrawingStep | None:
    """Return the person's step that was undone last and can be done again."""
    held = situation.drawing_steps.get(steps_key(person, incident_id))
    undone = [step for step in held.steps if step.undone] if held else []
    return undone[0] if undone else None
