"""What people and plant states do to alarms: acknowledge, shelve, suppress, take out of service."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from models.operation.events.alarm import (
    AlarmAcknowledged,
    AlarmRaised,
    AlarmReturnedToService,
    AlarmShelved,
    AlarmSuppressed,
    AlarmTakenOutOfService,
    AlarmUnshelved,
    AlarmUnsuppressed,
)
from models.operation.events.base import Event
from models.operation.situation import Alarm, AlarmState
from models.telemetry.alarm_limits import Bools, LimitTable
from models.times import HOUR_US

NEVER = -(1 << 62)
PENDING = 1 << 62
_PROTECTED_AT_MOST_US = HOUR_US
_FREE, _SHELVED, _SUPPRESSED, _OUT_OF_SERVICE = range(4)
_HOLD_STATES: tuple[AlarmState, ...] = ("normal", "shelved", "suppressed", "out_of_service")

Rows = npt.NDArray[np.intp]


class Switches:
    """The part of each alarm's state that events move; rows as in the limit table.

    Notes
    -----
    `announced` is an occurrence that stands in the journal as raised and not returned. It goes
    on under a hold (shelved, suppressed, out of service), its return is told; only new ones
    aren't raised. `raised_seq` is where it stands: `PENDING` until the journal said so, hence
    an acknowledgement of an older occurrence never meets it.
    """

    def __init__(self, limits: LimitTable) -> None:
        n = len(limits)
        self._limits = limits
        self._announced = np.zeros(n, bool)
        self._acknowledged = np.ones(n, bool)
        self._hold = np.zeros(n, np.uint8)
        self._shelved_until = np.full(n, NEVER, np.int64)
        self._raised_seq = np.full(n, -1, np.int64)
        self._raised_ids = [""] * n

    @property
    def announced(self) -> Bools:
        """Rows whose occurrence stands in the journal as raised and not returned."""
        return self._announced

    def unacknowledged(self, k: Rows) -> Bools:
        """Return which of rows `k` stand and nobody acknowledged them."""
        return self._announced[k] & ~self._acknowledged[k]

    def announce(self, k: Rows, active: Bools) -> tuple[Bools, Bools]:
        """Bring the occurrences of rows `k` in line; return masks (raised, returned) over `k`."""
        announced = self._announced[k]
        raised = active & ~announced & (self._hold[k] == _FREE)
        returned = announced & ~active
        self._announced[k] = (announced | raised) & ~returned
        self._acknowledged[k[raised]] = False
        self._raised_seq[k[raised]] = PENDING
        return raised, returned

    def expired(self, at_us: int) -> Iterator[int]:
        """Unshelve what ran out by `at_us`; yield the rows."""
        shelved = np.flatnonzero(self._hold == _SHELVED)
        for k in shelved[self._shelved_until[shelved] <= at_us].tolist():
            self._free(k)
            yield k

    def due_us(self, active: Bools) -> int:
        """Return when something happens by itself: a shelf runs out, an alarm waits to rise."""
        if (active & ~self._announced & (self._hold == _FREE)).any():
            return NEVER
        shelved = self._shelved_until[self._hold == _SHELVED]
        return int(shelved.min()) if shelved.size else PENDING

    def apply(self, k: int, event: Event) -> None:
        """Take an event about row `k`."""
        match event.payload:
            case AlarmRaised():
                self._raised_seq[k], self._raised_ids[k] = event.seq, event.id
            case AlarmAcknowledged():
                self._acknowledge(k, event)
            case AlarmShelved() as shelved:
                self._shelve(k, shelved, event.recorded_time_us)
            case AlarmSuppressed():
                self._hold[k] = _SUPPRESSED
            case AlarmTakenOutOfService():
                self._hold[k] = _OUT_OF_SERVICE
            case AlarmUnshelved():
                self._release(k, _SHELVED, event.event_time_us)
            case AlarmUnsuppressed():
                self._release(k, _SUPPRESSED, event.event_time_us)
            case AlarmReturnedToService():
                self._release(k, _OUT_OF_SERVICE, event.event_time_us)
            case _:
                pass

    def _acknowledge(self, k: int, event: Event) -> None:
        """Acknowledge the occurrence that was seen; one that began meanwhile stays as it is."""
        about_another = event.caused_by and event.caused_by != self._raised_ids[k]
        if event.seq > self._raised_seq[k] and not about_another:
            self._acknowledged[k] = True

    def _shelve(self, k: int, shelved: AlarmShelved, at_us: int) -> None:
        """Shelve; a protected alarm for an hour at most, whatever the event says."""
        until = shelved.until_us
        if self._limits.protected(k):
            until = min(until, at_us + _PROTECTED_AT_MOST_US)
        self._hold[k] = _SHELVED
        self._shelved_until[k] = until

    def _release(self, k: int, hold: int, at_us: int) -> None:
        """End a hold; a shelf whose time still runs comes back from under another hold."""
        if self._hold[k] != hold:
            return
        if hold != _SHELVED and self._shelved_until[k] > at_us:
            self._hold[k] = _SHELVED
        else:
            self._free(k)

    def _free(self, k: int) -> None:
        self._hold[k] = _FREE
        self._shelved_until[k] = NEVER

    def restore(self, k: int, alarm: Alarm, seq: int) -> bool:
        """Take up a stored state; return whether its condition stands."""
        stands = alarm.returned_us is None
        self._announced[k] = stands
        self._acknowledged[k] = alarm.acknowledged_us is not None or alarm.occurrences == 0
        if alarm.state in _HOLD_STATES:
            self._hold[k] = _HOLD_STATES.index(alarm.state)
        if alarm.shelved_until_us is not None:
            self._shelved_until[k] = alarm.shelved_until_us
        self._raised_seq[k], self._raised_ids[k] = seq, alarm.event_id
        return stands

    def state(self, k: int) -> AlarmState:
        """Return the ISA-18.2 state of row `k`."""
        if self._hold[k] != _FREE:
            return _HOLD_STATES[int(self._hold[k])]
        if self._announced[k]:
            return "acknowledged" if self._acknowledged[k] else "unacknowledged"
        return "normal" if self._acknowledged[k] else "returned_unacknowledged"
