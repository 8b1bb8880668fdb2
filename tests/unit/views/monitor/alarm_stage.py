"""Monitor on a desk that runs the real commands, and alarms by the thousand."""

from dataclasses import dataclass

import msgspec
from immutables import Map
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from models.operation.situation import Alarm, Situation
from tests.unit.views.station_desk import alarm
from tests.unit.views.told_desk import ToldDesk
from views.kit import ViewKit
from views.monitor.alarm_list import AlarmList
from views.monitor.alarm_pane import AlarmPane
from views.monitor.alarm_rows import AlarmRow, GroupRow
from views.monitor.pages import ALARMS
from views.monitor.station import MonitorStation


@dataclass
class AlarmStage:
    """A window with Monitor's alarm page."""

    desk: ToldDesk
    kit: ViewKit
    station: MonitorStation
    window: QMainWindow

    @property
    def pane(self) -> AlarmPane:
        assert self.station._pages is not None
        pane = self.station._pages.page(ALARMS)
        assert isinstance(pane, AlarmPane)
        return pane

    @property
    def alarms(self) -> AlarmList:
        return self.pane.alarms

    def rows(self) -> list[str]:
        """Return the ids on screen; of a group its key in brackets."""
        return [
            f"[{row.id[1]}]" if isinstance(row, GroupRow) else row.id
            for row in self.alarms.model.rows()
        ]

    def choose(self, alarm_id: str) -> None:
        self.alarms.view.setFocus()
        self.alarms.view.selectRow(self.alarms.model.index_of(alarm_id))

    def cell(self, alarm_id: str, column: str) -> str:
        model = self.alarms.model
        place = [each.key for each in model.columns].index(column)
        return str(model.index(model.index_of(alarm_id), place).data() or "")

    def row(self, alarm_id: str) -> AlarmRow:
        row = self.alarms.model.row(self.alarms.model.index_of(alarm_id))
        assert isinstance(row, AlarmRow)
        return row

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        target = QApplication.focusWidget()
        QTest.keyClick(target if target is not None else self.window, key, modifier)


def many(count: int, **changes: object) -> tuple[Alarm, ...]:
    """Return alarms of all states and priorities."""
    states = (
        "acknowledged", "unacknowledged", "returned_unacknowledged", "shelved", "suppressed",
    )  # fmt: skip
    made = []
    for n in range(count):
        one = alarm(f"T-{n:05d}", "H", n % 4 + 1, states[n % len(states)], float(n))
        place = {"hazard_source_key": f"HS-{n % 120}", "raised_us": one.raised_us - n * 1000}
        made.append(msgspec.structs.replace(one, **{**place, **changes}))  # type: ignore[arg-type]
    return tuple(made)


def situation(*alarms: Alarm) -> Situation:
    return Situation(operation_id="o", mode="live", alarms=Map({each.id: each for each in alarms}))
