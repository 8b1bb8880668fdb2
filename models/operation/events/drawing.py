"""What is drawn on the map of an incident, or of the operation when there is none.

Each event carries the state before it, and undoing is one more event that names the one it
compensates: nothing is ever taken out of the record.
"""

from typing import ClassVar

from models.basics import Value
from models.operation.events.base import Payload, register
from models.operation.sketch import Sketch


class PinnedDrawing(Value, frozen=True, kw_only=True):
    """A drawing at one of its revisions."""

    drawing_id: str
    revision: int


@register
class DrawingAdded(Payload, frozen=True, kw_only=True):
    """Something was drawn, or a removed drawing came back.

    `incident_id` is empty for drawings of the operation. `revision` counts the states of one
    drawing, removals included. `undoes` or `redoes` is the id of the event it takes back or
    repeats.
    """

    KIND: ClassVar[str] = "drawing.added"
    incident_id: str = ""
    sketch: Sketch
    revision: int = 1
    undoes: str = ""
    redoes: str = ""


@register
class DrawingChanged(Payload, frozen=True, kw_only=True):
    """A drawing has another shape, label or meaning."""

    KIND: ClassVar[str] = "drawing.changed"
    before: Sketch
    sketch: Sketch
    revision: int
    undoes: str = ""
    redoes: str = ""


@register
class DrawingRemoved(Payload, frozen=True, kw_only=True):
    """A drawing is no longer on the working map."""

    KIND: ClassVar[str] = "drawing.removed"
    before: Sketch
    revision: int
    undoes: str = ""
    redoes: str = ""


@register
class SituationMapPublished(Payload, frozen=True, kw_only=True):
    """The working map became the official one: exactly these drawings at these revisions."""

    KIND: ClassVar[str] = "situation_map.published"
    incident_id: str = ""
    drawings: tuple[PinnedDrawing, ...]
    by: str
    note: str = ""
