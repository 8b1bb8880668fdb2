"""Drawing on the one map: tools in, commands out; what isn't stored never looks stored."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.commands.drawing import (
    AddDrawing,
    ChangeDrawing,
    PublishSituationMap,
    RedoDrawing,
    RemoveDrawing,
    UndoDrawing,
)
from maps.drawing import MapObject
from maps.notation_faults import NotationError
from maps.sketch_draft import Measure, Pen
from maps.sketch_items import DrawingWords, MapChoice
from maps.sketching import Act
from maps.typed import read_numbers, read_place
from models.operation.drawings import (
    map_differences,
    official_map,
    person_of,
    step_to_redo,
    step_to_undo,
    steps_key,
    working_drawings,
)
from models.operation.drawn import Drawing, DrawingStep
from models.operation.events.base import Event
from models.operation.situation import Incident, Published, Situation
from models.operation.sketch import CORDONS, Ink, Meaning, Shape, Sketch
from views.kit import ViewKit
from views.map.sketch_words import SketchWords
from views.map.widget import MapWidget

_DEFAULT_SHAPES: Mapping[Meaning, Shape] = MappingProxyType({
    **dict.fromkeys(CORDONS, "polygon"), "evacuation_route": "line",
})  # fmt: skip


class DrawingDesk(QObject):
    """What the tool strip, the pane and the keys ask for.

    Signals: changed() after anything they show; publish_wanted() for the sheet; typed_wrong(str)
    with what was typed and isn't understood; key_typed(str) for a digit typed on the map.
    """

    changed = Signal()
    publish_wanted = Signal()
    typed_wrong = Signal(str)
    key_typed = Signal(str)

    def __init__(self, kit: ViewKit, map_widget: MapWidget) -> None:
        super().__init__()
        self._kit = kit
        self.map = map_widget
        self.words = SketchWords(self)
        self.active = False
        self.ink: Ink = "neutral"
        self._focus = ""
        self._selected = ""
        self._pencil = map_widget.content.pencil
        self._sketching = self._pencil.sketching
        map_widget.sketched.connect(self._on_sketched)
        map_widget.tool_changed.connect(self.changed)
        map_widget.key_typed.connect(self.key_typed)
        map_widget.selected.connect(self._on_selected)
        kit.desk.published.connect(self._on_published)
        kit.desk.replay_changed.connect(self._on_replay_changed)

    def set_words(self, words: DrawingWords, perimeter: str) -> None:
        """Change the language of what stands on the map."""
        self._pencil.set_words(words, perimeter)
        self._show()

    # What is shown

    @property
    def incident(self) -> Incident | None:
        """Whose map is drawn on: the incident in focus, else the newest open one."""
        open_ones = [
            incident
            for incident in self._kit.desk.situation.incidents.values()
            if incident.closed_us is None and not incident.merged_into
        ]
        focused = [incident for incident in open_ones if incident.id == self._focus]
        return max(focused or open_ones, key=lambda i: i.opened_us, default=None)

    @property
    def incident_id(self) -> str:
        """The id of the incident drawn on, '' for the operation's own map."""
        return self.incident.id if self.incident is not None else ""

    @property
    def choice(self) -> MapChoice:
        """Which map is shown."""
        return self._pencil.choice

    @property
    def tool(self) -> str:
        """The tool in hand, a meaning's name when it has one; '' for none."""
        draft = self._sketching.draft
        if draft is not None and draft.pen.template.meaning != "plain":
            return draft.pen.template.meaning
        return self._sketching.tool

    @property
    def needs_text(self) -> bool:
        """Whether a text waits for its words."""
        return self._sketching.needs_text

    @property
    def selected(self) -> Drawing | None:
        """The drawing that is chosen, None when there is none on the working map."""
        found = self._kit.desk.situation.drawings.get(self._selected)
        return found if found is not None and found.removed_us is None else None

    def drawings(self) -> tuple[Drawing, ...]:
        """Return what stands on the working map."""
        return working_drawings(self._kit.desk.situation, self.incident_id)

    def threatened(self) -> frozenset[str]:
        """Return the ids of shown drawings that lie inside a threat zone."""
        return self._pencil.threatened()

    def steps(self) -> tuple[DrawingStep, ...]:
        """Return this person's steps on the map, oldest first."""
        key = steps_key(person_of(self._kit.desk.actor), self.incident_id)
        held = self._kit.desk.situation.drawing_steps.get(key)
        return held.steps if held is not None else ()

    def can_draw(self) -> bool:
        """Return whether the map may be written."""
        return self._kit.desk.replay is None

    # Tools

    def take(self, shape: Shape, meaning: Meaning = "plain", measure: Measure = "") -> None:
        """Take a tool; the working map comes into view, since that is where one draws."""
        if not measure:
            if not self.can_draw():
                self._kit.desk.say(2, "replay_is_read_only")
                return
            if self.choice == "official":
                self._pencil.choice = "working"
        template = Sketch(shape="point", points=(), meaning=meaning, ink=self.ink)
        self._sketching.take(Pen(shape, template, measure))
        self._show()

    def take_meaning(self, meaning: Meaning) -> None:
        """Take the tool of a tactical meaning."""
        self.take(_DEFAULT_SHAPES.get(meaning, "point"), meaning)

    def put_down(self) -> None:
        """Put the tool away."""
        self._sketching.put_down()
        self._show()

    def edit(self) -> None:
        """Take the chosen drawing by its handles."""
        drawing = self.selected
        if drawing is None:
            self._kit.desk.say(3, "drawing_needed")
        elif not self.can_draw():
            self._kit.desk.say(2, "replay_is_read_only")
        else:
            if self.choice == "official":
                self._pencil.choice = "working"
            self._sketching.edit(drawing)
            self._show()

    def remove(self) -> None:
        """Take the chosen drawing off the working map; it can be undone."""
        drawing = self.selected
        if drawing is None:
            self._kit.desk.say(3, "drawing_needed")
        else:
            self._kit.desk.execute(RemoveDrawing(drawing.id, drawing.revision))

    def change(self, sketch: Sketch) -> None:
        """Give the chosen drawing another label, note, meaning or colour."""
        drawing = self.selected
        if drawing is not None and sketch != drawing.sketch:
            self._on_sketched(Act(sketch, drawing.id, drawing.revision))

    def choose(self, drawing_id: str, *, reveal: bool = True) -> None:
        """Choose a drawing, on the map too."""
        self._selected = drawing_id
        self.map.select("drawings", drawing_id, reveal=reveal)
        self.changed.emit()

    def type(self, text: str) -> bool:
        """Take typed words, numbers or coordinates; return whether they were understood."""
        act: Act | None = None
        numbers = read_numbers(text) if self._sketching.wants_numbers() else ()
        if self.needs_text:
            act = self._sketching.type_text(text)
        elif numbers:
            act = self._sketching.type_numbers(numbers)
        else:
            try:
                act = self._sketching.type_place(read_place(text))
            except NotationError:
                self.typed_wrong.emit(text)
                return False
        self._show()
        if act is not None:
            self._on_sketched(act)
        return True

    def press(self, key: str) -> None:
        """Do what a key of the map does: 'Enter', 'Escape' or 'Backspace'."""
        act = self._sketching.hear({"do": "key", "key": key})
        self._show()
        if act is not None:
            self._on_sketched(act)

    def copy(self) -> str:
        """Put the measures on the clipboard and return them."""
        text = self._sketching.copyable()
        if text:
            QApplication.clipboard().setText(text)
        return text

    # Undo and the two maps

    def undo(self) -> None:
        """Take back this person's last step."""
        self._kit.desk.execute(UndoDrawing(self.incident_id))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._kit.desk.execute(RedoDrawing(self.incident_id))

    def can_undo(self) -> bool:
        """Return whether there is a step to take back."""
        return self._can(step_to_undo)

    def can_redo(self) -> bool:
        """Return whether there is a step to do again."""
        return self._can(step_to_redo)

    def show_map(self, choice: MapChoice) -> None:
        """Show the official map, the working one, or both."""
        if choice == "official":
            self._sketching.put_down()
        self._pencil.choice = choice
        self._show()

    def next_map(self) -> None:
        """Show the next of the three."""
        order: tuple[MapChoice, ...] = ("official", "working", "both")
        self.show_map(order[(order.index(self.choice) + 1) % len(order)])

    def publish(self) -> None:
        """Ask for the sheet that shows the differences and takes the signature."""
        if not self.can_draw():
            self._kit.desk.say(2, "replay_is_read_only")
        elif not map_differences(self._kit.desk.situation, self.incident_id):
            self._kit.desk.say(3, "map_published_already")
        else:
            self.publish_wanted.emit()

    def publish_now(self, command: PublishSituationMap) -> None:
        """Publish what the signer was shown."""
        self._kit.desk.execute(command)

    def map_name(self) -> tuple[str, bool]:
        """Return which map is on the screen in words, and whether it isn't the official one."""
        situation, choice = self._kit.desk.situation, self.choice
        official = official_map(situation, self.incident_id)
        waiting = map_differences(situation, self.incident_id)
        count = len(waiting.added) + len(waiting.changed) + len(waiting.removed)
        signed = self.tr("nothing published yet")
        if official is not None:
            signed = self.tr("No. {number} · {time} · {by}").format(
                number=official.number, by=official.by,
                time=self._kit.wording.time(official.published_us, situation.recorded_us),
            )  # fmt: skip
        if choice == "official":
            return self.tr("OFFICIAL MAP · {signed}").format(signed=signed), False
        open_ = self.tr("%n change(s) not published", "", count)
        if choice == "working":
            return self.tr("WORKING MAP · {waiting}").format(waiting=open_), True
        return self.tr("BOTH MAPS · {waiting}").format(waiting=open_), True

    # Slots

    @Slot(str)
    def set_focus(self, incident_id: str) -> None:
        """Draw on this incident's map from now on."""
        self._focus = incident_id
        self._show()

    @Slot(object)
    def _on_sketched(self, act: Act) -> None:
        command: object
        if act.sketch is None:
            command = RemoveDrawing(act.drawing_id, act.revision)
        elif act.drawing_id:
            command = ChangeDrawing(act.drawing_id, act.sketch, act.revision)
        else:
            command = AddDrawing(self.incident_id, act.sketch)
        number = self._sketching.sent(act)
        self._show()
        future = self._kit.desk.execute(command)
        future.add_done_callback(partial(self._on_executed, number))

    def _on_executed(self, number: int, future: "asyncio.Future[tuple[Event, ...]]") -> None:
        if future.cancelled() or future.exception() is not None or not future.result():
            self._sketching.refused(number)
        else:
            event = future.result()[-1]
            revision = getattr(event.payload, "revision", 0)
            self._sketching.stored(number, event.subject, revision)
            self._sketching.refresh(self._kit.desk.situation.drawings)
            if getattr(event.payload, "sketch", None) is not None:
                self._selected = event.subject
        self._show()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        touched = published.changes.touched
        drawn = ("drawings", "situation_maps", "drawing_steps", "incidents", "zones")
        if published.changes.full or any(touched.get(field) for field in drawn):
            self._pencil.set_situation(published.situation)  # before anybody asks what it holds
            self._show()
            self._say_threats(touched.get("drawings", frozenset()))

    def _say_threats(self, touched: frozenset[str]) -> None:
        """Say once, when it is drawn, that something stands inside a threat zone."""
        inside = touched & self.threatened()
        person = person_of(self._kit.desk.actor)
        for key in sorted(inside):
            drawing = self._kit.desk.situation.drawings.get(key)
            if drawing is not None and person_of(drawing.changed_by) == person:
                self._kit.desk.say(2, "drawing_threatened", self.words.name(drawing.sketch))

    @Slot(object)
    def _on_replay_changed(self, _replay: object) -> None:
        self._sketching.put_down()
        self._show()

    @Slot(object)
    def _on_selected(self, thing: MapObject) -> None:
        self._selected = thing.key if thing.kind == "drawings" else ""
        self.changed.emit()

    def _can(self, step: Callable[[Situation, str, str], DrawingStep | None]) -> bool:
        person = person_of(self._kit.desk.actor)
        found = step(self._kit.desk.situation, person, self.incident_id)
        return self.can_draw() and found is not None

    def _show(self) -> None:
        text, warns = self.map_name()
        nothing = not self.drawings() and not self._kit.desk.situation.situation_maps
        self._pencil.set_name("" if nothing and self.choice == "official" else text, warns=warns)
        self.map.show_pencil()
