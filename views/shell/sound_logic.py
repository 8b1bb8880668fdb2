"""What sounds and what doesn't: a pure machine fed with situations.

Silence is not acknowledgement: it stops what sounds now; the next new alarm sounds again. There
is no "off".
"""

from dataclasses import dataclass

from models.operation.situation import Alarm, Order, Situation

_MOST_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class SoundPlan:
    """`tone` is the priority 1…4 that repeats, None for quiet; `chime` sounds once now."""

    tone: int | None = None
    chime: bool = False
    alarm_ids: tuple[str, ...] = ()


class SoundLogic:
    """Remembers which occurrences were silenced here and which overdue orders have chimed."""

    def __init__(self) -> None:
        self._silenced: dict[tuple[str, int], None] = {}
        self._chimed: dict[tuple[str, int], None] = {}
        self._sounding: dict[str, Alarm] = {}

    def update(self, situation: Situation, now_us: int) -> SoundPlan:
        """Return what has to sound for a situation at `now_us`."""
        for alarm in situation.alarms.values():
            if alarm.silenced:  # on record now, and only the record knows when that ends
                self._silenced.pop((alarm.id, alarm.raised_us), None)
        self._sounding = {
            alarm.id: alarm for alarm in situation.alarms.values() if self._sounds(alarm)
        }
        chime = False
        for order in situation.orders.values():
            chime = self._chimes(order, now_us) or chime
        tone = min((alarm.priority for alarm in self._sounding.values()), default=None)
        return SoundPlan(tone, chime, tuple(sorted(self._sounding)))

    def silence(self) -> tuple[str, ...]:
        """Stop what sounds now; return the alarms whose silencing must be recorded."""
        silenced = tuple(sorted(self._sounding))
        for alarm in self._sounding.values():
            self._silenced[alarm.id, alarm.raised_us] = None
        _forget(self._silenced)
        self._sounding = {}
        return silenced

    def _sounds(self, alarm: Alarm) -> bool:
        if alarm.state != "unacknowledged" or alarm.silenced:
            return False
        return (alarm.id, alarm.raised_us) not in self._silenced

    def _chimes(self, order: Order, now_us: int) -> bool:
        """Return whether an unsigned order became overdue, or was escalated, since last time."""
        key = (order.id, order.receipt_due_us)
        overdue = order.state == "issued" and now_us >= order.receipt_due_us
        if not overdue or key in self._chimed:
            return False
        self._chimed[key] = None
        _forget(self._chimed)
        return True


def _forget(remembered: dict[tuple[str, int], None]) -> None:
    while len(remembered) > _MOST_REMEMBERED:
        remembered.pop(next(iter(remembered)))
