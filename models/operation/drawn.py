"""What stands on the maps of a situation: drawings, the official map, steps to undo."""

from models.basics import Value
from models.operation.sketch import Sketch


class Drawing(Value, frozen=True, kw_only=True):
    """A drawing of the working map; a removed one stays for a day, so that it can come back."""

    id: str
    incident_id: str
    sketch: Sketch
    revision: int
    added_us: int
    added_by: str
    changed_us: int
    changed_by: str
    event_id: str
    removed_us: int | None = None


class SituationMap(Value, frozen=True, kw_only=True):
    """The official map: the drawings as they were when somebody signed for them."""

    incident_id: str
    number: int
    published_us: int
    by: str
    note: str
    event_id: str
    drawings: tuple[Drawing, ...]


class DrawingStep(Value, frozen=True, kw_only=True):
    """One step that can be undone or done again; None is "not there"."""

    event_id: str
    drawing_id: str
    at_us: int
    before: Sketch | None
    after: Sketch | None
    revision: int
    undone: bool = False


class DrawingSteps(Value, frozen=True, kw_only=True):
    """What one person drew on one map, oldest first; undone steps are the last ones."""

    person: str
    incident_id: str
    steps: tuple[DrawingStep, ...] = ()
