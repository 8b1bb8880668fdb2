"""The phone record: kept while it is typed, opened as an incident with two fields filled."""

import asyncio
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.commands.call import DropCall, KeepCallDraft, RecordCall, StartCall
from app.commands.incident import OpenIncidentFromCall
from app.queries.places import PlaceFinder, PlaceMatch
from models.ids import RandomIds
from models.operation.events.base import Event
from models.operation.situation import Call, Published
from views.i18n import Retranslating
from views.kit import ViewKit
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.flow import FlowLayout
from views.widgets.keys import ENTER, KeepsKeys
from views.widgets.naming import named

_KEEP_MS = 300
_FIELDS = ("caller", "phone", "happened", "place", "kind", "people", "told_already")
_SHOWN_PLACES = 3


class CallForm(KeepsKeys, Retranslating, QWidget):
    """One call at a time; what was typed survives kill -9.

    Signals: draft_kept(int µs UTC as object), incident_opened(str incident id).
    """

    draft_kept = Signal(object)
    incident_opened = Signal(str)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._desk = desk = kit.desk
        self._ids = RandomIds()
        self._call_id = ""
        self._starting = ""  # begun by hand and not on record yet
        self._script = ""
        self._loading = False
        self._finder: PlaceFinder | None = None
        self._finder_revision = -1
        self._places: tuple[PlaceMatch, ...] = ()
        self._chosen: PlaceMatch | None = None
        self._edits = {name: named(QLineEdit(), f"call-{name}") for name in _FIELDS}
        self._labels = {name: PlainLabel() for name in _FIELDS}
        self._heard = wrapped_label()
        self._places_row = QWidget()
        self._place_buttons = [named(QPushButton(), f"call-place-{n}") for n in range(3)]
        self._open = named(QPushButton(), "call-open")
        self._record = named(QPushButton(), "call-record")
        self._keep_timer = QTimer(self, interval=_KEEP_MS, singleShot=True)
        self._keep_timer.timeout.connect(self._on_keep)
        self._build()
        self.retranslate()
        self._show_call(None)
        desk.published.connect(self._on_published)
        desk.reference_changed.connect(self._on_reference_changed)

    def _build(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(self._kit.theme.px(8))
        for name in _FIELDS:
            edit, label = self._edits[name], self._labels[name]
            label.setBuddy(edit)
            form.addRow(label, edit)
            edit.textEdited.connect(self._on_edited)
            if name == "place":
                form.addRow(self._place_row())
        self._edits["place"].textEdited.connect(self._on_place_edited)
        acts = FlowLayout(8, 6)
        for button in (self._open, self._record):
            acts.addWidget(button)
        self._open.setProperty("primary", True)
        self._open.clicked.connect(self.open_incident)
        self._record.clicked.connect(self._on_record)
        body = QWidget()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(*self._kit.theme.pxs(12, 8, 12, 12))
        layout.setSpacing(self._kit.theme.px(8))
        layout.addWidget(self._heard)
        layout.addLayout(form)
        layout.addLayout(acts)
        layout.addStretch(1)

    def _place_row(self) -> QWidget:
        row = self._places_row
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._kit.theme.px(4))
        for index, button in enumerate(self._place_buttons):
            button.setProperty("suggestion", True)
            button.clicked.connect(partial(self.choose_place, index))
            layout.addWidget(button)
        return row

    def retranslate(self) -> None:
        """Set all texts in the screen's language."""
        texts = {
            "caller": self.tr("Caller"),
            "phone": self.tr("Phone"),
            "happened": self.tr("Happened at"),
            "place": self.tr("Place"),
            "kind": self.tr("What"),
            "people": self.tr("People"),
            "told_already": self.tr("Told already"),
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
            self._edits[name].setAccessibleName(text)
        self._open.setText(self.tr("Open incident") + "  Ctrl+Enter")
        self._record.setText(self.tr("Record only"))
        self._show_places()
        self._show_heard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the next field on Enter."""
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            focused = self.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
            else:
                self.focusNextChild()
        else:
            super().keyPressEvent(event)

    @property
    def call_id(self) -> str:
        """The call in the form, '' when there is none."""
        return self._call_id

    @property
    def suggestions(self) -> tuple[PlaceMatch, ...]:
        """The places that what was heard may mean, best first."""
        return self._places

    @property
    def chosen_place(self) -> PlaceMatch | None:
        """The suggestion that was taken."""
        return self._chosen

    @Slot()
    def start_call(self) -> None:
        """Begin a record by hand; its fields take what is typed at once.

        A call that stands in the form already is gone on with: what is typed would be its text.
        """
        call = self._desk.situation.calls.get(self._call_id)
        if not self._call_id:
            self._start()
        elif call is not None and call.state == "draft":
            self._desk.say(3, "call_unfinished")
        self._edits["caller"].setFocus()

    def _start(self) -> None:
        now_us = self._desk.clock.now_us()
        call_id = self._starting = self._ids.next(now_us)
        self._show_call(
            Call(id=call_id, state="ringing", number="", caller="", started_us=now_us, fields={})
        )
        future = self._desk.execute(StartCall(call_id=call_id))
        future.add_done_callback(partial(self._on_started, call_id))

    def _on_started(self, call_id: str, future: "asyncio.Future[tuple[Event, ...]]") -> None:
        if call_id == self._starting and (future.cancelled() or future.exception() is not None):
            self._starting = ""
            self._show_call(None)

    @Slot()
    def open_incident(self) -> None:
        """Open an incident from what is in the form."""
        if not self._call_id:
            return
        self._keep_timer.stop()
        self._desk.execute(KeepCallDraft(call_id=self._call_id, fields=self._typed()))
        chosen = self._chosen
        command = OpenIncidentFromCall(
            call_id=self._call_id,
            place_kind=chosen.kind if chosen else "",
            place_key=chosen.record.key if chosen else "",
        )
        self._desk.execute(command).add_done_callback(self._on_opened)

    @Slot()
    def choose_place(self, index: int) -> None:
        """Take a suggested place; the words as heard stay in the form."""
        if index < len(self._places):
            self._chosen = self._places[index]
            self._show_places()

    def drop(self, reason: str) -> None:
        """Throw the draft away."""
        if self._call_id:
            self._desk.execute(DropCall(call_id=self._call_id, reason=reason))

    def _typed(self) -> dict[str, str]:
        return {name: edit.text() for name, edit in self._edits.items() if edit.text()}

    def _on_opened(self, future: "asyncio.Future[tuple[Event, ...]]") -> None:
        if future.cancelled() or future.exception() is not None:
            return
        events = future.result()
        self.incident_opened.emit(events[0].subject)

    @Slot()
    def _on_record(self) -> None:
        if self._call_id:
            self._keep_timer.stop()
            self._desk.execute(RecordCall(call_id=self._call_id, fields=self._typed()))

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        if not self._loading and self._call_id:
            self._keep_timer.start()

    @Slot()
    def _on_keep(self) -> None:
        if self._call_id:
            command = KeepCallDraft(call_id=self._call_id, fields=self._typed())
            self._desk.execute(command).add_done_callback(self._on_kept)

    def _on_kept(self, future: "asyncio.Future[tuple[Event, ...]]") -> None:
        if not future.cancelled() and future.exception() is None:
            self.draft_kept.emit(self._desk.clock.now_us())

    @Slot(str)
    def _on_place_edited(self, text: str) -> None:
        self._chosen = None
        reference = self._desk.reference

        def find() -> tuple[PlaceMatch, ...]:
            if self._finder is None or self._finder_revision != reference.revision:
                self._finder = PlaceFinder(reference)
                self._finder_revision = reference.revision
            return self._finder.find(text, _SHOWN_PLACES)

        self._desk.in_reader(find).add_done_callback(partial(self._on_places, text))

    def _on_places(self, text: str, future: "asyncio.Future[tuple[PlaceMatch, ...]]") -> None:
        if future.cancelled() or self._edits["place"].text() != text:
            return
        self._places = future.result()
        self._show_places()

    def _show_heard(self) -> None:
        self._heard.setText(spoken(self._script, self._kit.language))
        self._heard.setVisible(bool(self._script))

    def _show_places(self) -> None:
        self._places_row.setVisible(bool(self._places))
        language = self._kit.language
        for index, button in enumerate(self._place_buttons):
            button.setVisible(index < len(self._places))
            if index >= len(self._places):
                continue
            match = self._places[index]
            owner = self._desk.reference.get(
                "enterprises", getattr(match.record, "enterprise_key", "")
            )
            text = match.record.name.text(language)
            if owner is not None:
                text = f"{owner.name.text(language)} · {text}"
            if match.by_sound:
                text = self.tr("{place} (sounds alike)").format(place=text)
            mark = "✓ " if match is self._chosen else ""
            button.setText(f"{mark}{text}  Alt+{index + 1}".replace("&", "&&"))
            button.setShortcut(f"Alt+{index + 1}")

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        calls = published.situation.calls
        call = calls.get(self._call_id)
        if call is not None or published.changes.full:
            self._starting = ""
        elif self._starting:
            return  # it stands in the form, and its record is on the way
        if call is None or call.state in {"recorded", "dropped"}:
            waiting = [c for c in calls.values() if c.state in {"ringing", "draft"}]
            call = max(waiting, key=lambda c: c.started_us, default=None)
        if (call.id if call else "") != self._call_id or (call and not self._has_focus()):
            self._show_call(call)

    def _has_focus(self) -> bool:
        return any(edit.hasFocus() for edit in self._edits.values())

    def _show_call(self, call: Call | None) -> None:
        """Fill the form from the record, unless somebody types in it."""
        same = call is not None and call.id == self._call_id
        self._call_id = call.id if call else ""
        for widget in (*self._edits.values(), self._open, self._record):
            widget.setEnabled(call is not None)
        self._script = call.script if call else ""
        self._show_heard()
        if same and self._keep_timer.isActive():
            return
        fields = dict(call.fields) if call else {}
        if call and call.number and "phone" not in fields:
            fields["phone"] = call.number
        self._loading = True
        for name, edit in self._edits.items():
            if edit.text() != fields.get(name, ""):
                edit.setText(fields.get(name, ""))
        self._loading = False
        if not same:
            self._places, self._chosen = (), None
            self._show_places()
            if fields.get("place"):
                self._on_place_edited(fields["place"])

    @Slot(object)
    def _on_reference_changed(self, _reference: object) -> None:
        self._finder = None


def spoken(script: str, language: str) -> str:
    """Return a caller's words in one language; words in one language only are returned as said."""
    first, line, second = script.partition("\n")
    return (first if language == "zh" else second) if line else script
