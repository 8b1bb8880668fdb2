"""What a unit is doing, by an officer's word: it suppresses the alarms that name that state."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.commands.alarm_holds import SetPlantState
from models.operation.situation import Alarm
from models.registry.kinds import Tag
from models.telemetry.plant_states import conditions
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.naming import named


class UnitSheet(SheetDialog):
    """Signals: decided(SetPlantState)."""

    decided = Signal(object)

    def __init__(self, kit: ViewKit, alarm: Alarm, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("unit-sheet")
        self._kit = kit
        self._unit = alarm.hazard_source_key or alarm.enterprise_key
        self._states = _states(kit, self._unit)
        self._form = Form(
            kit.theme,
            [
                Field("state", lambda: self.tr("State"), self._choice),
                Field("reason", lambda: self.tr("Reason")),
            ],
        )
        self._note = wrapped_label(role="secondary")
        self.add_content(self._note)
        self.add_content(self._form)
        self._do = named(KeyButton(kit.theme, primary=True), "unit-do")
        self._back = named(KeyButton(kit.theme), "unit-back")
        self._back.clicked.connect(self.reject)
        self._do.clicked.connect(self.accept)
        self.add_act(self._back)
        self.add_act(self._do, default=True)
        self.accepted.connect(self._on_accepted)
        self.retranslate()

    def _choice(self) -> QComboBox:
        box = QComboBox()
        now = self._kit.desk.situation.plant_states.get(self._unit)
        box.addItem("", "")
        for state in self._states:
            box.addItem(state, state)
        box.setCurrentIndex(max(box.findData(now.state if now else ""), 0))
        return box

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("State of unit {unit}").format(unit=self._unit or "—"))
        count = sum(map(len, self._states.values()))
        text = self.tr("%n alarm(s) are suppressed by design in these states.", "", count)
        self._note.setText(text + " " + self.tr("Alarms that guard lives never are."))
        self._state_box().setItemText(0, self.tr("normal operation"))
        self._do.set_label(self.tr("Set") + "  Enter")
        self._back.set_label(self.tr("Back") + "  Esc")

    def _state_box(self) -> QComboBox:
        box = self._form.field("state")
        assert isinstance(box, QComboBox)
        return box

    def _on_accepted(self) -> None:
        reason = self._form.texts().get("reason", "")
        self.decided.emit(SetPlantState(self._unit, self._state_box().currentData(), reason))


def _states(kit: ViewKit, unit: str) -> dict[str, list[str]]:
    """Return the states of a unit that the limits name, each with the alarms it suppresses."""
    rows = kit.desk.reference.all("tags")
    found: dict[str, list[str]] = {}
    for tag in rows.values():
        if not isinstance(tag, Tag):
            continue
        for limit in tag.limits:
            for each in conditions(tag, limit, rows):
                if each.reading is None and each.key == unit:
                    found.setdefault(each.state, []).append(f"{tag.key}/{limit.kind}")
    return found
