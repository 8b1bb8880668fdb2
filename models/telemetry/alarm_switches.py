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

Rows = npt.NDArray[np.intp]


class Switches:
    """The part of each alarm's state that events move; rows as in the limit table.

    Notes
    -----
    `announced` is an occurrence that stands in the journal as raised and not returned. `seq` is
    where it was raised: `PENDING` until the journal said so, hence older acts never meet it.
    """

    def __init__(self, limits: LimitTable) -> None:
        n = len(limits)
        self._limits = limits
        self._announced = np.zeros(n, bool)
        self._acknowledged = np.ones(n, bool)
        self._suppressed = np.zeros(n, bool)
        self._out_of_service = np.zeros(n, bool)
        self._shelved_until = np.full(n, NEVER, np.int64)
        self._refused: set[int] = set()
        self._seq = np.full(n, -1, np.int64)

    def _enabled(self) -> Bools:
        shelved = self._shelved_until != NEVER
        return np.asarray(~(self._suppressed | self._out_of_service | shelved))

    def unacknowledged(self, k: Rows) -> Bools:
        """Return which of rows `k` stand and nobody acknowledged them."""
        return self._announced[k] & ~self._acknowledged[k]

    def announce(self, k: Rows, active: Bools) -> tuple[Bools, Bools]:
        """Bring the occurrences of rows `k` in line; return masks (raised, returned) over `k`."""
        announced = self._announced[k]
        raised = active & ~announced & self._enabled()[k]
        returned = announced & ~active
        self._announced[k] = (announced | raised) & ~returned
        self._acknowledged[k[raised]] = False
        self._seq[k[raised]] = PENDING
        return raised, returned

    def expired(self, at_us: int) -> Iterator[tuple[int, str]]:
        """Unshelve what ran out by `at_us`; yield (row, reason)."""
        for k in np.flatnonzero((self._shelved_until != NEVER) & (self._shelved_until <= at_us)):
            self._shelved_until[k] = NEVER
            yield int(k), "not_approved" if int(k) in self._refused else "expired"
            self._refused.discard(int(k))

    def due_us(self, active: Bools) -> int:
        """Return when something happens by itself: a shelf runs out, an alarm waits to rise."""
        if (active & ~self._announced & self._enabled()).any():
            return NEVER
        shelved = self._shelved_until[self._shelved_until != NEVER]
        return int(shelved.min()) if shelved.size else PENDING

    def apply(self, k: int, event: Event) -> None:
        """Take an event about row `k`."""
        if isinstance(event.payload, AlarmRaised):
            self._seq[k] = event.seq
        elif event.seq > self._seq[k]:
            self._act(k, event)

    def _act(self, k: int, event: Event) -> None:
        match event.payload:
            case AlarmAcknowledged():
                self._acknowledged[k] = True
            case AlarmShelved() as shelved:
                self._shelve(k, shelved, event.recorded_time_us)
            case AlarmUnshelved():
                self._shelved_until[k] = NEVER
            case AlarmSuppressed():
                self._suppressed[k] = True
                self._hide(k)
            case AlarmUnsuppressed():
                self._suppressed[k] = False
            case AlarmTakenOutOfService():
                self._out_of_service[k] = True
                self._hide(k)
            case AlarmReturnedToService():
                self._out_of_service[k] = False
            case _:
                pass

    def _shelve(self, k: int, shelved: AlarmShelved, at_us: int) -> None:
        """Shelve; a protected alarm only with an approval and for an hour at most."""
        until = shelved.until_us
        self._refused.discard(k)
        if self._limits.protected(k):
            until = min(until, at_us + _PROTECTED_AT_MOST_US)
            if not shelved.approved_by:
                until = at_us
                self._refused.add(k)
        self._shelved_until[k] = until
        self._hide(k)

    def _hide(self, k: int) -> None:
        self._announced[k] = False
        self._acknowledged[k] = True

    def restore(self, k: int, alarm: Alarm, seq: int) -> bool:
        """Take up a stored state; return whether its condition stands."""
        stands = alarm.state in ("unacknowledged", "acknowledged")
        self._announced[k] = stands
        self._acknowledged[k] = alarm.state not in ("unacknowledged", "returned_unacknowledged")
        self._suppressed[k] = alarm.state == "suppressed"
        self._out_of_service[k] = alarm.state == "out_of_service"
        if alarm.state == "shelved":
            # the fold keeps the time; an older journal without one comes off the shelf at once
            self._shelved_until[k] = alarm.shelved_until_us or 0
        self._seq[k] = seq
        return stands

    def state(self, k: int) -> AlarmState:
        """Return the ISA-18.2 state of row `k`."""
        if self._out_of_service[k]:
            return "out_of_service"
        if self._suppressed[k]:
            return "suppressed"
        if self._shelved_until[k] != NEVER:
            return "shelved"
        if self._announced[k]:
            return "acknowledged" if self._acknowledged[k] else "unacknowledged"
        return "normal" if self._acknowledged[k] else "returned_unacknowledged"
