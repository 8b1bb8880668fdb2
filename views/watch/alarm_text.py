"""What a row of the alarm list says besides its columns: why an alarm is held, who, until when."""

from PySide6.QtCore import QCoreApplication

from models.operation.situation import Alarm
from views.actors import Actors
from views.kit import ViewKit


def hold_lines(kit: ViewKit, actors: Actors, alarm: Alarm) -> list[str]:
    """Return a line for each hold: state, reason, who, until when."""
    lines, now_us = [], kit.desk.clock.now_us()
    for hold in alarm.holds:
        who = actors.name(hold.by)
        line = f"{kit.wording.alarm_state(hold.state).text}: {hold.reason} · {who}"
        if hold.until_us is not None:
            until = QCoreApplication.translate("AlarmText", "until {time}")
            line += " · " + until.format(time=kit.wording.time(hold.until_us, now_us))
        lines.append(line)
    return lines
