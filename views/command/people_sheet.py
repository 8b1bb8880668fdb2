"""People of an incident: counts with their source, and roll calls. Empty means to be verified."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.commands.incident import CloseRollCall, OpenRollCall, ReportCasualties
from models.operation.merged import family
from models.operation.situation import Incident, Published, RollCall
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.badges import PlainLabel
from views.widgets.dialog import SheetDialog
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.keys import OwnLine
from views.widgets.naming import named

COUNTS = ("deaths", "serious_injuries", "minor_injuries", "missing", "trapped")
_MOST = 99_999


def number_line() -> QLineEdit:
    """Return a line for a count; it may stay empty."""
    line = QLineEdit()
    line.setValidator(QIntValidator(0, _MOST, line))
    return line


class PeopleSheet(SheetDialog):
    """Stays open while counts come in; every act is stored at once."""

    def __init__(self, kit: ViewKit, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("people-sheet")
        self._kit = kit
        self._incident_id = incident.id
        self._rows: dict[str, _RollCallRow] = {}
        self._counts = Form(kit.theme, self._count_fields())
        self._unknown = PlainLabel(role="secondary")
        self._report = self._button("people-report", self.report)
        self._roll_title = PlainLabel(role="strong")
        self._roll_host = QWidget()
        self._roll = QVBoxLayout(self._roll_host)
        self._roll.setContentsMargins(0, 0, 0, 0)
        self._group = named(OwnLine(), "roll-group")
        self._expected = named(number_line(), "roll-expected")
        self._open_roll = self._button("roll-open", self.open_roll_call)
        self._close = self._button("people-close", self.reject)
        self._close.setProperty("primary", False)
        self._build()
        self.retranslate()
        kit.desk.published.connect(self._on_published)
        self._show()
        self._counts.field("source").setFocus()

    def _button(self, name: str, run: object) -> KeyButton:
        button = named(KeyButton(self._kit.theme, primary=True), name)
        button.setAutoDefault(False)
        button.clicked.connect(run)
        return button

    def _count_fields(self) -> list[Field]:
        labels = {
            "deaths": lambda: self.tr("Dead"),
            "serious_injuries": lambda: self.tr("Seriously injured"),
            "minor_injuries": lambda: self.tr("Slightly injured"),
            "missing": lambda: self.tr("Missing"),
            "trapped": lambda: self.tr("Trapped"),
        }
        fields = [Field("source", lambda: self.tr("Reported by"), OwnLine)]
        hint = lambda: self.tr("to be verified")  # noqa: E731 - asked anew in each language
        fields += [Field(name, labels[name], number_line, hint) for name in COUNTS]
        return fields

    def _build(self) -> None:
        self.add_content(self._counts)
        row = QHBoxLayout()
        row.addWidget(self._unknown, 1)
        row.addWidget(self._report)
        host = QWidget()
        host.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.add_content(host)
        self.add_content(self._roll_title)
        self.add_content(self._roll_host)
        fresh = QWidget()
        new = QHBoxLayout(fresh)
        new.setContentsMargins(0, 0, 0, 0)
        new.addWidget(self._group, 2)
        new.addWidget(self._expected, 1)
        new.addWidget(self._open_roll)
        self.add_content(fresh)
        self.add_act(self._close)

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("People"))
        self._unknown.setText(self.tr("An empty count stays “to be verified”, never zero."))
        self._report.set_label(self.tr("Record the counts"))
        self._roll_title.setText(self.tr("Roll calls: stand-down is refused while one is open"))
        for field, text in (
            (self._group, self.tr("Group")),
            (self._expected, self.tr("How many")),
        ):
            field.setPlaceholderText(text)
            field.setAccessibleName(text)
        self._open_roll.set_label(self.tr("Open a roll call"))
        self._close.set_label(self.tr("Back") + "  Esc")
        for row in self._rows.values():
            row.retranslate()

    @Slot()
    def report(self) -> None:
        """Store the counts as this source gives them."""
        texts = self._counts.texts()
        counts = {name: int(texts[name]) for name in COUNTS if name in texts}
        command = ReportCasualties(
            incident_id=self._incident_id, source=texts.get("source", ""), **counts
        )
        self._kit.desk.execute(command)

    @Slot()
    def open_roll_call(self) -> None:
        """Begin to count a group."""
        command = OpenRollCall(
            incident_id=self._incident_id,
            group=self._group.text().strip(),
            expected=int(self._expected.text() or 0),
        )
        self._kit.desk.execute(command)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or "incidents" in published.changes.touched:
            self._show()

    def _show(self) -> None:
        together = family(self._kit.desk.situation, self._incident_id)
        for incident_id, roll_call in [(i.id, roll) for i in together for roll in i.roll_calls]:
            row = self._rows.get(roll_call.id)
            if row is None:
                row = self._rows[roll_call.id] = _RollCallRow(self._kit, roll_call)
                closed = partial(self._on_close_roll, incident_id, roll_call.id)
                row.close_it.clicked.connect(closed)
                self._roll.addWidget(row)
                self._group.clear()
                self._expected.clear()
            row.show_roll_call(roll_call)

    def _on_close_roll(
        self,
        incident_id: str,
        roll_call_id: str,
        _checked: bool = False,  # noqa: FBT001, FBT002 - Qt
    ) -> None:
        command = CloseRollCall(
            incident_id=incident_id,
            roll_call_id=roll_call_id,
            present=self._rows[roll_call_id].present,
        )
        self._kit.desk.execute(command)


class _RollCallRow(QWidget):
    """One group: name, how many of how many, and closing it."""

    def __init__(self, kit: ViewKit, roll_call: RollCall) -> None:
        super().__init__()
        self._kit = kit
        self._roll_call = roll_call
        self._name = PlainLabel()
        self._state = PlainLabel(role="strong")
        self._count = named(number_line(), f"roll-present-{roll_call.id}")
        self.close_it = named(KeyButton(kit.theme), f"roll-close-{roll_call.id}")
        self.close_it.setAutoDefault(False)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._state, 0, 1)
        grid.addWidget(self._count, 0, 2)
        grid.addWidget(self.close_it, 0, 3)
        grid.setColumnStretch(0, 1)
        self.retranslate()

    @property
    def present(self) -> int:
        """How many were counted."""
        return int(self._count.text() or 0)

    def retranslate(self) -> None:
        """Set all texts again."""
        self._count.setPlaceholderText(self.tr("present"))
        self._count.setAccessibleName(self.tr("present"))
        self.close_it.set_label(self.tr("All accounted for"))
        self.show_roll_call(self._roll_call)

    def show_roll_call(self, roll_call: RollCall) -> None:
        """Show where it stands."""
        self._roll_call = roll_call
        is_open = roll_call.present is None
        present = "—" if roll_call.present is None else str(roll_call.present)
        self._name.setText(roll_call.group)
        self._state.setText(f"{present} / {roll_call.expected}")
        set_property(self._state, "severity", "2" if is_open else "")
        self._count.setVisible(is_open)
        self.close_it.setVisible(is_open)
