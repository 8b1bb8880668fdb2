"""Shelving one alarm: why, how long, and who allows it; or taking it off the shelf."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from app.commands.alarm import ShelveAlarm, UnshelveAlarm
from models.operation.situation import Alarm
from models.rules import load_rules
from models.telemetry.alarm_safety import is_protected
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

_DEFAULT_MIN = 30


class ShelveSheet(SheetDialog):
    """Signals: decided(ShelveAlarm or UnshelveAlarm); the rules refuse what they don't allow."""

    decided = Signal(object)

    def __init__(self, kit: ViewKit, alarm: Alarm, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("shelve-sheet")
        self._alarm = alarm
        self._rules = load_rules("alarm_management")["shelving"]
        self._is_shelved = alarm.state == "shelved"
        self._approved = (
            is_protected(alarm.safety, alarm.limit)
            and kit.desk.role not in self._rules["safety_roles"]
        )
        fields = [Field("reason", lambda: self.tr("Reason"))]
        if not self._is_shelved:
            fields.append(Field("minutes", lambda: self.tr("Minutes"), self._minutes))
        if self._approved and not self._is_shelved:
            fields.append(Field("approved_by", lambda: self.tr("Allowed by (duty leader)")))
        self._form = Form(kit.theme, fields)
        self._note = wrapped_label(role="secondary")
        self.add_content(self._note)
        self.add_content(self._form)
        self._do = named(KeyButton(kit.theme, primary=True), "shelve-do")
        self._back = named(KeyButton(kit.theme), "shelve-back")
        self._back.clicked.connect(self.reject)
        self._do.clicked.connect(self.accept)
        self.add_act(self._back)
        self.add_act(self._do, default=True)
        self.accepted.connect(self._on_accepted)
        self.retranslate()
        self._form.field("reason").setFocus()

    def _minutes(self) -> QSpinBox:
        spin = QSpinBox()
        ceiling = (
            "safety_ceiling_min"
            if is_protected(self._alarm.safety, self._alarm.limit)
            else "ceiling_min"
        )
        spin.setRange(1, self._rules[ceiling])
        spin.setValue(_DEFAULT_MIN)
        return spin

    def retranslate(self) -> None:
        """Set all texts again."""
        if self._is_shelved:
            self.setWindowTitle(self.tr("Take {alarm} off the shelf").format(alarm=self._alarm.id))
            self._note.setText(self._alarm.reason)
            self._do.set_label(self.tr("Take off the shelf") + "  Enter")
        else:
            self.setWindowTitle(self.tr("Shelve {alarm}").format(alarm=self._alarm.id))
            text = self.tr("It comes back by itself when the time is over.")
            if self._approved:
                text += " " + self.tr("This alarm guards lives: the duty leader must allow it.")
            self._note.setText(text)
            self._do.set_label(self.tr("Shelve") + "  Enter")
        self._back.set_label(self.tr("Back") + "  Esc")

    def command(self) -> ShelveAlarm | UnshelveAlarm:
        """Return what stands on the sheet."""
        texts = self._form.texts()
        reason = texts.get("reason", "")
        if self._is_shelved:
            return UnshelveAlarm(alarm_id=self._alarm.id, reason=reason)
        minutes = self._form.field("minutes")
        assert isinstance(minutes, QSpinBox)
        return ShelveAlarm(
            alarm_id=self._alarm.id,
            reason=reason,
            minutes=minutes.value(),
            approved_by=texts.get("approved_by", ""),
        )

    def _on_accepted(self) -> None:
        self.decided.emit(self.command())
