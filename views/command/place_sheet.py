"""Where an incident is: found by name, pinyin, initials, code or coordinates, or on the map."""

import asyncio
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.commands.place import LocateIncident
from app.queries.coordinates import parse_position
from app.queries.places import PlaceFinder, PlaceMatch
from models.basics import LatLon
from models.operation.situation import Incident
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

_SHOWN = 5


class PlaceSheet(SheetDialog):
    """The best match is marked; Enter sets the marked one, Alt+1…5 marks another.

    Signals: chosen(LocateIncident), pick_wanted().
    """

    chosen = Signal(object)
    pick_wanted = Signal()

    def __init__(
        self,
        kit: ViewKit,
        incident: Incident,
        parent: QWidget | None = None,
        picked: LatLon | PlaceMatch | None = None,
    ) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("place-sheet")
        self._kit = kit
        self._incident = incident
        self._picked = picked if isinstance(picked, LatLon) else None
        self._typed_point: LatLon | None = None
        self._places: tuple[PlaceMatch, ...] = (picked,) if isinstance(picked, PlaceMatch) else ()
        self._marked = 0
        self._gone = False
        self._finder: PlaceFinder | None = None
        self._now = wrapped_label(role="secondary")
        self._form = Form(
            kit.theme,
            [
                Field("query", lambda: self.tr("Place"), QLineEdit, self._query_hint),
                Field("reason", lambda: self.tr("Who said so")),
            ],
        )
        self._buttons = [named(QPushButton(), f"place-{n}") for n in range(_SHOWN)]
        self._note = wrapped_label(role="secondary")
        self._set = named(KeyButton(kit.theme, primary=True), "place-set")
        self._pick = named(KeyButton(kit.theme), "place-pick")
        self._back = named(KeyButton(kit.theme), "place-back")
        self._build()
        self.retranslate()
        self._form.field("query").setFocus()

    def _build(self) -> None:
        host = QWidget()
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._kit.theme.px(4))
        for index, button in enumerate(self._buttons):
            button.setProperty("suggestion", True)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self.mark, index))
            column.addWidget(button)
        for content in (self._now, self._form, host, self._note):
            self.add_content(content)
        query = self._form.field("query")
        assert isinstance(query, QLineEdit)
        query.textEdited.connect(self._on_query_edited)
        self._pick.clicked.connect(self._on_pick)
        self._back.clicked.connect(self.reject)
        self._set.clicked.connect(self.accept)
        self.add_act(self._pick)
        self.add_act(self._back)
        self.add_act(self._set, default=True)
        self.accepted.connect(self._on_accepted)
        self.finished.connect(self._on_finished)

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("Place of the incident"))
        place = self._incident.place.text(self._kit.language) or self.tr("unknown")
        position = self._incident.position
        where = self.tr("no position") if position is None else point_text(position)
        self._now.setText(self.tr("So far: {place} · {where}").format(place=place, where=where))
        self._note.setText(
            self.tr(
                "The circle is drawn at once. Zones of another place stay, marked OUT OF DATE, "
                "until you withdraw them (Ctrl+W)."
            )
        )
        self._set.set_label(self.tr("Set the place") + "  Enter")
        self._pick.set_label(self.tr("Pick on the map"))
        self._back.set_label(self.tr("Back") + "  Esc")
        self._show()

    def _query_hint(self) -> str:
        return self.tr("name, pinyin, initials, code or coordinates")

    @property
    def options(self) -> tuple[LatLon | PlaceMatch, ...]:
        """What can be marked, best first."""
        found: list[LatLon | PlaceMatch] = []
        found += [point for point in (self._typed_point, self._picked) if point is not None]
        found += self._places
        return tuple(found[:_SHOWN])

    @Slot()
    def mark(self, index: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt
        """Mark one of the options."""
        if index < len(self.options):
            self._marked = index
            self._show()

    def _show(self) -> None:
        options = self.options
        for index, button in enumerate(self._buttons):
            button.setVisible(index < len(options))
            if index < len(options):
                mark = "✓ " if index == self._marked else ""
                text = f"{mark}{self._text(options[index])}  Alt+{index + 1}"
                button.setText(text.replace("&", "&&"))
                button.setShortcut(f"Alt+{index + 1}")
        self._set.setEnabled(bool(options))

    def _text(self, option: LatLon | PlaceMatch) -> str:
        if isinstance(option, LatLon):
            picked = option is self._picked
            word = self.tr("Point on the map") if picked else self.tr("Coordinates")
            return f"{word} {point_text(option)}"
        language, reference = self._kit.language, self._kit.desk.reference
        text = option.record.name.text(language)
        owner = reference.get("enterprises", getattr(option.record, "enterprise_key", ""))
        if owner is not None:
            text = f"{owner.name.text(language)} · {text}"
        text = f"{text} · {option.record.key}"
        return self.tr("{place} (sounds alike)").format(place=text) if option.by_sound else text

    @Slot(str)
    def _on_query_edited(self, text: str) -> None:
        self._typed_point = parse_position(text)
        reference = self._kit.desk.reference

        def find() -> tuple[PlaceMatch, ...]:
            if self._finder is None:
                self._finder = PlaceFinder(reference)
            return self._finder.find(text, _SHOWN)

        self._kit.desk.in_reader(find).add_done_callback(partial(self._on_found, text))

    def _on_found(self, text: str, future: "asyncio.Future[tuple[PlaceMatch, ...]]") -> None:
        if self._gone or future.cancelled() or future.exception() is not None:
            return
        if self._form.texts().get("query", "") != text.strip():
            return
        self._places = future.result()
        self._marked = 0
        self._show()

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        self._gone = True

    @Slot()
    def _on_pick(self) -> None:
        self.pick_wanted.emit()
        self.reject()

    @Slot()
    def _on_accepted(self) -> None:
        option = self.options[self._marked]
        texts = self._form.texts()
        reason = texts.get("reason", "")
        if isinstance(option, PlaceMatch):
            command = LocateIncident(
                self._incident.id, option.kind, option.record.key, reason=reason
            )
        else:
            typed = texts.get("query", "")
            command = LocateIncident(
                self._incident.id,
                position=option,
                place_text="" if option is self._typed_point else typed,
                how="map" if option is self._picked else "coordinates",
                reason=reason,
            )
        self.chosen.emit(command)


def point_text(position: LatLon) -> str:
    """Return a position as it is read out.

    Examples
    --------
    >>> point_text(LatLon(39.2861, -76.612))
    '39.28610, -76.61200'
    """
    return f"{position.lat_deg:.5f}, {position.lon_deg:.5f}"
