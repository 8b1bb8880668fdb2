"""The alarm list: unacknowledged first, then by priority and time."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.operation.situation import Alarm, Published, Situation
from views.actors import Actors
from views.alarm_order import list_order, waits
from views.i18n import Retranslating
from views.kit import ViewKit
from views.watch.alarm_acts import AlarmActs
from views.watch.alarm_text import fact_lines, hold_lines
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView
from views.wording import Toned


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
        self.acts = AlarmActs(kit, self, self._chosen)
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
        holds = hold_lines(self._kit, self._actors, alarm)
        return "\n".join([name, *holds, *fact_lines(self._kit, alarm)])

    def _state(self, alarm: Alarm) -> Toned:
        return self._kit.wording.alarm_state(alarm.state)

    def _value(self, alarm: Alarm) -> str:
        return self._kit.wording.number(alarm.value, alarm.unit)

    @Slot(object)
    def _on_opened(self, alarm: Alarm) -> None:
        if waits(alarm):
            self.acts.acknowledge()

    def _chosen(self) -> list[Alarm]:
        alarm: Alarm | None = self.view.current_row()
        return [] if alarm is None else [alarm]

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or "alarms" in published.changes.touched:
            self._show(published.situation)

    def _show(self, situation: Situation) -> None:
        alarms = sorted(situation.alarms.values(), key=list_order)
        self._model.update(alarms)
        self.counted.emit(len(alarms), sum(map(waits, alarms)))
