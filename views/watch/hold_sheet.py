"""Keeping one alarm from being announced: why, how long, and who allows it; or ending that."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from app.commands.alarm_holds import ReturnToService, ShelveAlarm, TakeOutOfService, UnshelveAlarm
from app.duty import leaders
from models.operation.situation import Alarm
from models.rules import load_rules
from models.telemetry.alarm_safety import is_protected
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.naming import named


class HoldSheet(SheetDialog):
    """Signals: decided(command); the rules refuse what they don't allow.

    A subclass says which hold: its name, rule, state, the commands that begin and end it, and the
    words.
    """

    decided = Signal(object)
    NAME: ClassVar[str]
    RULE: ClassVar[str]
    STATE: ClassVar[str]
    BEGINS: ClassVar[type[ShelveAlarm | TakeOutOfService]]
    ENDS: ClassVar[type[UnshelveAlarm | ReturnToService]]
    DEFAULT_MIN: ClassVar[int] = 30

    def __init__(self, kit: ViewKit, alarm: Alarm, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName(f"{self.NAME}-sheet")
        self._kit = kit
        self._alarm = alarm
        self._rules = load_rules("alarm_management")[self.RULE]
        held = [hold for hold in alarm.holds if hold.state == self.STATE]
        self._is_held = bool(held)
        self._why_held = held[0].reason if held else ""
        self._protected = is_protected(alarm.safety, alarm.limit)
        self._asks_leader = self._protected and kit.desk.role not in self._rules["safety_roles"]
        fields = [Field("reason", lambda: self.tr("Reason"))]
        if not self._is_held:
            fields.append(Field("minutes", lambda: self.tr("Minutes"), self._minutes))
        if self._asks_leader and not self._is_held:
            label = lambda: self.tr("Allowed by (duty leader)")  # noqa: E731 - as its neighbours
            fields.append(Field("approved_by", label, self._leaders))
        self._form = Form(kit.theme, fields)
        self._note = wrapped_label(role="secondary")
        self.add_content(self._note)
        self.add_content(self._form)
        self._do = named(KeyButton(kit.theme, primary=True), f"{self.NAME}-do")
        self._back = named(KeyButton(kit.theme), f"{self.NAME}-back")
        self._back.clicked.connect(self.reject)
        self._do.clicked.connect(self.accept)
        self.add_act(self._back)
        self.add_act(self._do, default=True)
        self.accepted.connect(self._on_accepted)
        self.retranslate()
        self._form.field("reason").setFocus()

    def _minutes(self) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(1, self._rules["safety_ceiling_min" if self._protected else "ceiling_min"])
        spin.setValue(self.DEFAULT_MIN)
        return spin

    def _leaders(self) -> QComboBox:
        """Offer the other leaders, those on duty first; nobody else may allow it."""
        box, desk = QComboBox(), self._kit.desk
        roles, now_us = self._rules["safety_roles"], desk.clock.now_us()
        for leader in leaders(desk.situation, desk.reference, now_us, roles, desk.actor):
            box.addItem(leader.name.text(self._kit.language), leader.key)
        return box

    def retranslate(self) -> None:
        """Set all texts again."""
        if self._is_held:
            self._note.setText(self._why_held)
        else:
            text = self.tr("It comes back by itself when the time is over.")
            if self._asks_leader:
                text += " " + self.tr("This alarm guards lives: the duty leader must allow it.")
            self._note.setText(text)
        self._back.set_label(self.tr("Back") + "  Esc")

    def _name(self, title: str, act: str) -> None:
        self.setWindowTitle(title.format(alarm=self._alarm.id))
        self._do.set_label(act + "  Enter")

    def command(self) -> ShelveAlarm | UnshelveAlarm | TakeOutOfService | ReturnToService:
        """Return what stands on the sheet."""
        reason = self._form.texts().get("reason", "")
        if self._is_held:
            return self.ENDS(alarm_id=self._alarm.id, reason=reason)
        minutes = self._form.field("minutes")
        assert isinstance(minutes, QSpinBox)
        chosen = self._form.field("approved_by") if self._asks_leader else None
        approver = chosen.currentData() if isinstance(chosen, QComboBox) else ""
        return self.BEGINS(self._alarm.id, reason, minutes.value(), approver or "")

    def _on_accepted(self) -> None:
        self.decided.emit(self.command())


class ShelveSheet(HoldSheet):
    """Shelving one alarm, or taking it off the shelf."""

    NAME = "shelve"
    RULE = "shelving"
    STATE = "shelved"
    BEGINS = ShelveAlarm
    ENDS = UnshelveAlarm

    def retranslate(self) -> None:
        """Set all texts again."""
        super().retranslate()
        if self._is_held:
            self._name(self.tr("Take {alarm} off the shelf"), self.tr("Take off the shelf"))
        else:
            self._name(self.tr("Shelve {alarm}"), self.tr("Shelve"))


class ServiceSheet(HoldSheet):
    """Taking one alarm out of service, or putting it back."""

    NAME = "service"
    RULE = "out_of_service"
    STATE = "out_of_service"
    BEGINS = TakeOutOfService
    ENDS = ReturnToService
    DEFAULT_MIN = 240

    def retranslate(self) -> None:
        """Set all texts again."""
        super().retranslate()
        if self._is_held:
            self._name(self.tr("Return {alarm} to service"), self.tr("Return to service"))
        else:
            self._name(self.tr("Take {alarm} out of service"), self.tr("Take out of service"))
