"""The alarm list: unacknowledged first, then by priority and time."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.alarm import AcknowledgeAlarms, ResetAlarms
from models.operation.situation import Alarm, Published, Situation
from views.actors import Actors
from views.i18n import Retranslating
from views.kit import ViewKit
from views.watch.alarm_text import hold_lines
from views.watch.hold_sheet import HoldSheet, ServiceSheet, ShelveSheet
from views.watch.unit_sheet import UnitSheet
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView
from views.wording import Toned

_RANK = {
    "unacknowledged": 0, "latched_unacknowledged": 1, "returned_unacknowledged": 2,
    "acknowledged": 3, "latched_acknowledged": 4, "shelved": 5, "suppressed": 6,
    "out_of_service": 7, "normal": 8,
}  # fmt: skip


class AlarmTable(Retranslating, QWidget):
    """Signals: counted(int all, int unacknowledged), chosen(Alarm or None)."""

    counted = Signal(int, int)
    chosen = Signal(object)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._actors = Actors(kit.desk, kit.wording)
        columns: tuple[Column[Alarm], ...] = (
            Column("time", lambda: self.tr("Time"), self._time, width=70),
            Column(
                "point",
                lambda: self.tr("Point"),
                self._point,
                severity=lambda alarm: alarm.priority,
                tip=self._tip,
                stretch=True,
            ),
            Column(
                "state", lambda: self.tr("State"), lambda a: a.state, word=self._state, width=86
            ),
            Column("value", lambda: self.tr("Value"), self._value, right=True, width=82),
        )
        self._model: TableModel[Alarm] = TableModel(columns, lambda alarm: alarm.id, self)
        self.view = TableView(kit.theme)
        self.view.setObjectName("alarm-table")
        self.view.show_model(self._model)
        self.view.chosen.connect(self.chosen)
        self.view.opened.connect(self._on_opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        kit.desk.published.connect(self._on_published)
        self.retranslate()
        self._show(kit.desk.situation)

    def retranslate(self) -> None:
        """Set all texts again."""
        self.view.setAccessibleName(self.tr("Alarms"))
        self._model.retranslate()

    def _time(self, alarm: Alarm) -> str:
        return self._kit.wording.time(alarm.raised_us, self._kit.desk.clock.now_us())

    def _point(self, alarm: Alarm) -> str:
        return f"{alarm.tag_key} {alarm.limit}"

    def _tip(self, alarm: Alarm) -> str:
        tag = self._kit.desk.reference.get("tags", alarm.tag_key)
        name = tag.name.text(self._kit.language) if tag else alarm.tag_key
        return "\n".join([name, *hold_lines(self._kit, self._actors, alarm)])

    def _state(self, alarm: Alarm) -> Toned:
        return self._kit.wording.alarm_state(alarm.state)

    def _value(self, alarm: Alarm) -> str:
        return self._kit.wording.number(alarm.value, alarm.unit)

    @Slot(object)
    def _on_opened(self, alarm: Alarm) -> None:
        if "unacknowledged" in alarm.state:
            command = AcknowledgeAlarms(alarm_ids=(alarm.id,), seen=(alarm.event_id,))
            self._kit.desk.execute(command)

    def shelve(self) -> None:
        """Ask for reason and time and shelve the chosen alarm; a shelved one comes back."""
        self._ask(ShelveSheet)

    def service(self) -> None:
        """Take the chosen alarm out of service, or put it into service again."""
        self._ask(ServiceSheet)

    def set_unit_state(self) -> None:
        """Ask what the chosen alarm's unit is doing."""
        self._ask(UnitSheet)

    def reset(self) -> None:
        """Reset the chosen alarm when it is latched and its condition is over."""
        alarm = self._chosen()
        if alarm is not None:
            self._kit.desk.execute(ResetAlarms(alarm_ids=(alarm.id,), seen=(alarm.event_id,)))

    def _chosen(self) -> Alarm | None:
        alarm: Alarm | None = self.view.current_row()
        if alarm is None:
            self._kit.desk.say(3, "alarm_needed")
        return alarm

    def _ask(self, kind: type[HoldSheet] | type[UnitSheet]) -> None:
        alarm = self._chosen()
        if alarm is not None:
            sheet = kind(self._kit, alarm, self.window())
            sheet.decided.connect(self._kit.desk.execute)
            sheet.open()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or "alarms" in published.changes.touched:
            self._show(published.situation)

    def _show(self, situation: Situation) -> None:
        alarms = sorted(
            situation.alarms.values(),
            key=lambda a: (_RANK[a.state], a.priority, -a.raised_us, a.id),
        )
        self._model.update(alarms)
        self.counted.emit(len(alarms), sum("unacknowledged" in a.state for a in alarms))
