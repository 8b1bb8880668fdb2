"""What goes on live while the screens show something else: a pure reading of the situation."""

from dataclasses import dataclass

from models.operation.situation import Alarm, Situation
from views.shell.unanswered import unanswered

_BREAKS_IN = 2


@dataclass(frozen=True, slots=True)
class LiveNews:
    """`alarms` rose since the screens left the present, gravest and oldest first.

    `unacknowledged` counts all alarms of the top two priorities that nobody acknowledged,
    `overdue` everybody who owes an answer too long.
    """

    alarms: tuple[Alarm, ...] = ()
    unacknowledged: int = 0
    overdue: int = 0

    @property
    def is_urgent(self) -> bool:
        """Whether something broke in."""
        return bool(self.alarms)

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.alarms or self.unacknowledged or self.overdue)


class LiveWatch:
    """Remembers which occurrences were known when the screens left the present."""

    def __init__(self) -> None:
        self._known: frozenset[tuple[str, int]] = frozenset()

    def leave_present(self, situation: Situation) -> None:
        """Note what is known by now."""
        self._known = frozenset((alarm.id, alarm.raised_us) for alarm in _grave(situation))

    def news(self, situation: Situation, now_us: int) -> LiveNews:
        """Return what has to be told at `now_us` of the live clock [µs UTC]."""
        grave = _grave(situation)
        fresh = [alarm for alarm in grave if (alarm.id, alarm.raised_us) not in self._known]
        fresh.sort(key=lambda alarm: (alarm.priority, alarm.raised_us, alarm.id))
        overdue = sum(each.severity(now_us) == 1 for each in unanswered(situation))
        return LiveNews(tuple(fresh), len(grave), overdue)


def _grave(situation: Situation) -> list[Alarm]:
    return [
        alarm
        for alarm in situation.alarms.values()
        if alarm.state == "unacknowledged" and alarm.priority <= _BREAKS_IN
    ]
