"""Drawing and editing as a state machine: facts of pointer and keys in, pictures and acts out.

The page (or the plain map) only says where the pointer is and which key was pressed; everything
that has a number is computed here, so that what is shown while drawing is what is stored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from maps.geometry import pairs
from maps.sketch_draft import Draft, Pen
from maps.sketch_editing import (
    handles_of,
    mids_of,
    shifted,
    with_corner,
    with_handle,
    with_numbers,
    without_corner,
)
from maps.sketch_geometry import length_m
from maps.sketch_items import DrawingWords, Item, sketch_item
from maps.sketch_measure import leg_texts, measure_text, metres_text
from maps.sketch_pointer import place_of, scale_of, snapped, stepped
from models.basics import LatLon
from models.operation.drawn import Drawing
from models.operation.sketch import Sketch, SketchError, check_sketch

_ROUND = frozenset({"circle", "sector", "buffer"})
_STEP_PX, _FINE_PX = 10.0, 1.0
_ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}


@dataclass(frozen=True, slots=True)
class Act:
    """What the officer decided: a new sketch, or a drawing changed (None: removed)."""

    sketch: Sketch | None
    drawing_id: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class _Pending:
    number: int
    item: Item
    drawing_id: str = ""
    revision: int = 0


class Sketching:
    """One officer's pencil on one map."""

    def __init__(self) -> None:
        self.words = DrawingWords()
        self.perimeter = "perimeter {length}"
        self.draft: Draft | None = None
        self.editing: Drawing | None = None
        self.edited: Sketch | None = None
        self.result = ""
        self.needs_text = False
        self._pen = Pen("point")
        self._grab: tuple[str, int] | None = None
        self._grabbed_at: LatLon | None = None
        self._active = -1
        self._crosshair = False
        self._moved = False
        self._snapped = False
        self._echo = 0
        self._snaps: tuple[LatLon, ...] = ()
        self._pending: list[_Pending] = []
        self._numbered = 0

    # What the desk says

    @property
    def tool(self) -> str:
        """What is in hand: a shape, 'distance', 'area', 'edit' or ''."""
        if self.draft is not None:
            return self.draft.pen.measure or self.draft.pen.shape
        return "edit" if self.editing is not None else ""

    def take(self, pen: Pen) -> None:
        """Take a pen; what was begun with another is dropped."""
        self.put_down()
        self._pen = pen
        self.draft = Draft(pen)

    def edit(self, drawing: Drawing) -> None:
        """Take a drawing by its handles."""
        self.put_down()
        self.editing, self.edited = drawing, drawing.sketch

    def put_down(self) -> None:
        """Put everything down; what isn't stored is gone."""
        self.draft = self.editing = self.edited = self._grab = None
        self._active = -1
        self._crosshair = self._moved = self._snapped = self.needs_text = False
        self.result = ""

    def set_snaps(self, places: Iterable[LatLon]) -> None:
        """Say which places the pointer jumps to when it is near."""
        self._snaps = tuple(places)

    def refresh(self, drawings: Mapping[str, Drawing]) -> None:
        """Take the drawings as they are stored now; pending ones that arrived are settled."""
        self._pending = [
            p for p in self._pending
            if not p.drawing_id or p.drawing_id not in drawings
            or drawings[p.drawing_id].revision < p.revision
        ]  # fmt: skip
        if self.editing is None or self._grab is not None:
            return
        now = drawings.get(self.editing.id)
        if now is None or now.removed_us is not None:
            self.put_down()
        elif now.revision != self.editing.revision:
            self.editing, self.edited = now, now.sketch

    def sent(self, act: Act) -> int:
        """Show an act as pending until it is settled; return its number."""
        self._numbered += 1
        if act.sketch is not None:
            item = sketch_item(f"pending/{self._numbered}", act.sketch, self.words)
            self._pending.append(_Pending(self._numbered, item, act.drawing_id, act.revision + 1))
        return self._numbered

    def stored(self, number: int, drawing_id: str, revision: int) -> None:
        """Note that an act is in the record: it stays pending until its drawing arrives."""
        self._pending = [
            _Pending(p.number, p.item, drawing_id, revision) if p.number == number else p
            for p in self._pending
        ]

    def refused(self, number: int) -> None:
        """Take back what was shown of an act that wasn't stored."""
        self._pending = [p for p in self._pending if p.number != number]
        if self.editing is not None:
            self.edited = self.editing.sketch

    def type_place(self, place: LatLon) -> Act | None:
        """Set a corner at typed coordinates, or put the active handle there."""
        if self.draft is not None:
            return self._add(place)
        if self.edited is not None and self._active >= 0:
            self.edited = with_handle(self.edited, self._active, place)
            return self._changed()
        return None

    def type_numbers(self, numbers: tuple[float, ...]) -> Act | None:
        """Take typed numbers: radius [m], bearing and opening [degrees]."""
        draft = self.draft
        if draft is not None:
            if draft.pen.shape == "polygon" and len(draft.points) == 1 and not draft.pen.measure:
                draft.pen = Pen("circle", draft.pen.template)  # a cordon of so many metres
            draft.numbers = numbers
            return self._finish() if draft.is_complete() else None
        if self.edited is not None:
            self.edited = with_numbers(self.edited, numbers)
            return self._changed()
        return None

    def type_text(self, text: str) -> Act | None:
        """Take typed words as the label; a text that waits for its words is finished."""
        if self.draft is None:
            return None
        pen = self.draft.pen
        template = msgspec.structs.replace(pen.template, label=text)
        self.draft.pen = Pen(pen.shape, template, pen.measure)
        return self._finish() if self.needs_text else None

    def wants_numbers(self) -> bool:
        """Return whether typed numbers would mean a radius here, not coordinates."""
        if self.draft is not None:
            begun = len(self.draft.points)
            return (self.draft.pen.shape in _ROUND and begun > 0) or (
                self.draft.pen.shape == "polygon" and begun == 1
            )
        return self.edited is not None and self.edited.shape in _ROUND and self._active <= 0

    # What the map says

    def hear(self, payload: Mapping[str, Any]) -> Act | None:
        """Take one fact of pointer or keys; return what the officer decided by it."""
        self._echo = int(payload.get("n", self._echo))
        place, scale = place_of(payload), scale_of(payload)
        match payload.get("do"):
            case "move" if place is not None:
                self._point_at(place, scale)
            case "point" if place is not None and self.draft is not None:
                self._crosshair = False
                return self._add(self._snap(place, scale))
            case "double" if self.draft is not None:
                return self._finish()
            case "grab" if place is not None and self.edited is not None:
                self._take_handle(payload, place)
            case "drag" if place is not None:
                self._drag(self._snap(place, scale))
            case "drop":
                return self._drop()
            case "key":
                return self._key(str(payload.get("key", "")), payload, place, scale)
        return None

    def message(self) -> dict[str, Any]:
        """Return what the page paints of it."""
        items = [{**p.item, "faded": True, "sub": "…"} for p in self._pending]
        legs: list[dict[str, Any]] = []
        handles: tuple[LatLon, ...] = ()
        mids: tuple[LatLon, ...] = ()
        readout = self.result
        if self.draft is not None:
            item, readout = self._drafted(self.draft)
            items += [item] if item else []
            handles = tuple(self.draft.points)
            legs = _legs(self.draft)
        elif self.editing is not None and self.edited is not None:
            items.append(sketch_item("edited", self.edited, self.words))
            handles, mids = handles_of(self.edited), mids_of(self.edited)
            readout = measure_text(self.edited, self.perimeter)
        cursor = self.draft.cursor if self.draft is not None else None
        return {
            "tool": self.tool, "n": self._echo, "items": items, "handles": pairs(handles),
            "mids": pairs(mids), "active": self._active, "legs": legs, "readout": readout,
            "held": self.editing.id if self.editing is not None else "",
            "cursor": pairs((cursor,))[0] if cursor is not None else None,
            "crosshair": self._crosshair, "snapped": self._snapped,
        }  # fmt: skip

    def copyable(self) -> str:
        """Return the measures in words, as they are copied."""
        if self.draft is None:
            return self.message()["readout"]  # type: ignore[no-any-return]
        return self._drafted(self.draft)[1]

    # Drawing

    def _drafted(self, draft: Draft) -> tuple[Item | None, str]:
        sketch = draft.sketch(with_cursor=not self.result)
        path = draft.path() if not self.result else tuple(draft.points)
        if sketch is not None:
            item = sketch_item("draft", sketch, self.words)
            return item, measure_text(sketch, self.perimeter)
        if not path:
            return None, ""
        line = Sketch(shape="line", points=path, ink="own")
        item = {**sketch_item("draft", line, self.words), "dash": [4, 4]}
        return item, metres_text(length_m(path)) if len(path) > 1 else ""

    def _point_at(self, place: LatLon, scale: float) -> None:
        if self.draft is not None:
            self._crosshair = False
            self.draft.cursor = self._snap(place, scale)

    def _add(self, place: LatLon) -> Act | None:
        assert self.draft is not None
        if self.result:
            self.draft = Draft(self._pen)
            self.result = ""
        self.draft.add(place)
        self.draft.cursor = place
        self._moved = False
        return self._finish() if self.draft.is_complete() else None

    def _finish(self) -> Act | None:
        draft = self.draft
        assert draft is not None
        if draft.pen.shape == "text" and not draft.pen.template.label and draft.points:
            self.needs_text = True
            return None
        sketch = draft.sketch(with_cursor=False)
        if sketch is None:
            return None
        if draft.pen.measure:
            draft.cursor = None
            self.result = measure_text(sketch, self.perimeter)
            return None
        self.needs_text = False
        self.draft = Draft(self._pen)
        return Act(sketch)

    # Editing

    def _take_handle(self, payload: Mapping[str, Any], place: LatLon) -> None:
        assert self.edited is not None
        what, index = str(payload.get("what", "body")), int(payload.get("index", 0))
        if what == "mid" and index < len(mids_of(self.edited)):
            self.edited = with_corner(self.edited, index, place)
            what, index = "handle", index + 1
        if what == "handle" and not 0 <= index < len(handles_of(self.edited)):
            return
        self._grab, self._grabbed_at = (what, index), place
        self._active = index if what == "handle" else -1

    def _drag(self, place: LatLon) -> None:
        if self._grab is None or self.edited is None or self._grabbed_at is None:
            return
        what, index = self._grab
        if what == "handle":
            self.edited = with_handle(self.edited, index, place)
        else:
            self.edited = shifted(self.edited, self._grabbed_at, place)
            self._grabbed_at = place

    def _drop(self) -> Act | None:
        if self._grab is None:
            return None
        self._grab = None
        return self._changed()

    def _changed(self) -> Act | None:
        """Return the act of a sketch that differs from the stored one and makes sense."""
        editing, edited = self.editing, self.edited
        if editing is None or edited is None or edited == editing.sketch:
            return None
        try:
            check_sketch(edited)
        except SketchError:
            self.edited = editing.sketch
            return None
        return Act(edited, editing.id, editing.revision)

    # Keys

    def _key(
        self, key: str, payload: Mapping[str, Any], place: LatLon | None, scale: float
    ) -> Act | None:
        if key in _ARROWS and scale > 0:
            step = _FINE_PX if payload.get("shift") else _STEP_PX
            self._nudge(_ARROWS[key], step / scale, place)
            return None
        match key:
            case "Escape":
                self._escape()
            case "Enter":
                return self._enter()
            case "Backspace" if self.draft is not None:
                self._back(self.draft)
            case "Backspace" | "Delete" if self.editing is not None:
                return self._delete()
            case "Tab" if self.edited is not None:
                count = len(handles_of(self.edited))
                self._active = (self._active + (-1 if payload.get("shift") else 1)) % count
        return None

    def _escape(self) -> None:
        if self.draft is not None and (self.draft.points or self.result):
            self.draft = Draft(self._pen)
            self.result = ""
            self._crosshair = self.needs_text = False
        elif (
            self.edited is not None
            and self.editing is not None
            and (self.edited != self.editing.sketch or self._active >= 0)
        ):
            self.edited = self.editing.sketch
            self._grab, self._active = None, -1
        else:
            self.put_down()

    def _enter(self) -> Act | None:
        if self.draft is None:
            return self._changed()
        if self._crosshair and self._moved and self.draft.cursor is not None:
            return self._add(self.draft.cursor)
        return self._finish()

    def _back(self, draft: Draft) -> None:
        self.result = ""
        self.needs_text = False
        if draft.closed:
            draft.closed = False
        elif draft.points:
            draft.points.pop()

    def _delete(self) -> Act | None:
        assert self.editing is not None
        assert self.edited is not None
        if self._active < 0:
            return Act(None, self.editing.id, self.editing.revision)
        fewer = without_corner(self.edited, self._active)
        self._active = -1
        if fewer is not None:
            self.edited = fewer
        return self._changed()

    def _nudge(self, direction: tuple[int, int], step: float, centre: LatLon | None) -> None:
        """Move the crosshair, or the active handle, by world units."""
        if self.draft is not None:
            start = self.draft.cursor or centre
            if start is not None:
                self.draft.cursor = stepped(start, direction, step)
                self._crosshair = self._moved = True
        elif self.edited is not None and self._active >= 0:
            start = handles_of(self.edited)[self._active]
            self.edited = with_handle(self.edited, self._active, stepped(start, direction, step))

    def _snap(self, place: LatLon, scale: float) -> LatLon:
        """Return the nearest known place within reach of the pointer, else the place itself."""
        own = self.editing.sketch.points if self.editing is not None else ()
        corners = self.draft.points if self.draft is not None else ()
        places = [p for p in (*self._snaps, *corners[:1]) if p not in own]
        found = snapped(place, places, scale)
        self._snapped = found is not None
        return found or place


def _legs(draft: Draft) -> list[dict[str, Any]]:
    """Return the words at each leg of what is measured or drawn as a line."""
    if draft.pen.shape not in {"line", "arrow"}:
        return []
    path = draft.path()
    return [
        {"at": pairs((end,))[0], "text": text}
        for end, text in zip(path[1:], leg_texts(path), strict=True)
    ]
