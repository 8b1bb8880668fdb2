"""What keys do to the alarms chosen in a list: acknowledge, shelve, out of service, reset, unit."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.commands.alarm import AcknowledgeAlarms, ResetAlarms
from models.operation.situation import Alarm
from views.kit import ViewKit
from views.watch.hold_sheet import HoldSheet, ServiceSheet, ShelveSheet
from views.watch.unit_sheet import UnitSheet


class AlarmActs:
    """Acts on what `chosen` returns, the one under the cursor first; says so when it is empty.

    A command names the occurrences that were on screen: one that rose between the look and the
    key stays as it is.
    """

    def __init__(self, kit: ViewKit, host: QWidget, chosen: Callable[[], Sequence[Alarm]]) -> None:
        self._kit = kit
        self._host = host
        self._chosen = chosen

    def acknowledge(self) -> None:
        """Acknowledge all that are chosen."""
        alarms = self._chosen()
        if self._needed(alarms):
            ids, seen = tuple(a.id for a in alarms), tuple(a.event_id for a in alarms)
            self._kit.desk.execute(AcknowledgeAlarms(alarm_ids=ids, seen=seen))

    def shelve(self) -> None:
        """Ask for reason and time and shelve the alarm; a shelved one comes back."""
        self._ask(ShelveSheet)

    def service(self) -> None:
        """Take the alarm out of service, or put it into service again."""
        self._ask(ServiceSheet)

    def set_unit_state(self) -> None:
        """Ask what the alarm's unit is doing."""
        self._ask(UnitSheet)

    def reset(self) -> None:
        """Reset all that are chosen, are latched and whose condition is over."""
        alarms = self._chosen()
        if self._needed(alarms):
            ids, seen = tuple(a.id for a in alarms), tuple(a.event_id for a in alarms)
            self._kit.desk.execute(ResetAlarms(alarm_ids=ids, seen=seen))

    def _needed(self, alarms: Sequence[Alarm]) -> bool:
        if not alarms:
            self._kit.desk.say(3, "alarm_needed")
        return bool(alarms)

    def _ask(self, kind: type[HoldSheet] | type[UnitSheet]) -> None:
        alarms = self._chosen()
        if self._needed(alarms):
            sheet = kind(self._kit, alarms[0], self._host.window())
            sheet.decided.connect(self._kit.desk.execute)
            sheet.open()
