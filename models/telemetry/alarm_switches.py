"""What people and plant states do to alarms: acknowledge, reset, shelve, suppress, service."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.operation.events.alarm import (
    AlarmAcknowledged,
    AlarmAnnouncedAgain,
    AlarmLatched,
    AlarmRaised,
    AlarmReset,
    AlarmReturnedToService,
    AlarmShelved,
    AlarmSuppressed,
    AlarmTakenOutOfService,
    AlarmUnshelved,
    AlarmUnsuppressed,
)
from models.operation.events.base import Event
from models.operation.situation import Alarm, AlarmState
from models.telemetry.alarm_limits import Bools, Ints, LimitTable
from models.telemetry.alarm_safety import GATEWAY
from models.telemetry.alarm_state import Keeps
from models.times import HOUR_US

NEVER = -(1 << 62)
PENDING = 1 << 62
_PROTECTED_AT_MOST_US = HOUR_US

Rows = npt.NDArray[np.intp]


class Announced(NamedTuple):
    """Masks over the rows that were looked at."""

    raised: Bools
    latched: Bools
    returned: Bools


class Switches(Keeps):
    """The part of each alarm's state that events move; rows as in the limit table.

    Notes
    -----
    `announced` is an occurrence that stands in the journal as raised and not returned. It goes
    on under a hold (shelved, suppressed, out of service: each for itself), its return is told;
    only new ones aren't raised. `raised_seq` is where it stands: `PENDING` until the journal said
    so, hence an acknowledgement of an older occurrence never meets it; `latched_seq` likewise for
    the reset. What the gateway's own events say of suppression is known here before they are
    stored, so their echo says nothing.
    """

    KEPT = (
        "_announced", "_acknowledged", "_latched", "_suppressed", "_shelved_until", "_out_until",
        "_raised_seq", "_latched_seq", "_since",
    )  # fmt: skip

    def __init__(self, limits: LimitTable) -> None:
        n = len(limits)
        self._limits = limits
        self._announced = np.zeros(n, bool)
        self._acknowledged = np.ones(n, bool)
        self._latched = np.zeros(n, bool)
        self._suppressed = np.zeros(n, bool)
        self._shelved_until: Ints = np.full(n, NEVER, np.int64)
        self._out_until: Ints = np.full(n, NEVER, np.int64)
        self._raised_seq: Ints = np.full(n, -1, np.int64)
        self._latched_seq: Ints = np.full(n, -1, np.int64)
        self._since: Ints = np.zeros(n, np.int64)  # of the announcement or acknowledgement
        self.raised_ids = [""] * n

    @property
    def announced(self) -> Bools:
        """Rows whose occurrence stands in the journal as raised and not returned."""
        return self._announced

    def unacknowledged(self, k: Rows) -> Bools:
        """Return which of rows `k` stand and nobody acknowledged them."""
        return self._announced[k] & ~self._acknowledged[k]

    def held(self, k: Rows | slice) -> Bools:
        """Return which of rows `k` are shelved, suppressed or out of service."""
        held = (self._shelved_until[k] != NEVER) | (self._out_until[k] != NEVER)
        return np.asarray(held | self._suppressed[k])

    def _free(self, k: Rows | slice) -> Bools:
        return ~self.held(k)

    def announce(self, k: Rows, active: Bools, at_us: int) -> Announced:
        """Bring the occurrences of rows `k` in line with their conditions."""
        shown = self._announced[k] & ~self._latched[k]
        raised = active & ~shown & self._free(k)
        over = shown & ~active
        latched = over & self._limits.latch[k]
        self._announced[k] = (self._announced[k] | raised) & ~(over & ~latched)
        self._latched[k] = (self._latched[k] & ~raised) | latched
        self._latched_seq[k[latched]] = PENDING
        self._acknowledged[k[raised]] = False
        self._raised_seq[k[raised]] = PENDING
        self._since[k[raised]] = at_us
        return Announced(raised, latched, over & ~latched)

    def announce_again(self, at_us: int) -> Iterator[tuple[int, bool]]:
        """Yield rows that are announced again, and whether their acknowledgement ran out."""
        for k in np.flatnonzero(self._again_us() <= at_us).tolist():
            expired = bool(self._acknowledged[k])
            if expired:
                self._acknowledged[k] = False
                self._raised_seq[k] = PENDING
            self._since[k] = at_us
            yield k, expired

    def _again_us(self) -> Ints:
        """Return when each row is announced again, `PENDING` where it isn't."""
        limits = self._limits
        after = np.where(self._acknowledged, limits.ack_expires_us, limits.realarm_us)
        stands = self._announced & (~self._latched | ~self._acknowledged) & (after > 0)
        return np.where(stands & self._free(slice(None)), self._since + after, PENDING)

    def expired(self, at_us: int) -> Iterator[tuple[int, bool]]:
        """End shelves and services whose time is over; yield rows, True for a service."""
        for until, is_service in ((self._shelved_until, False), (self._out_until, True)):
            over = (until != NEVER) & (until <= at_us)
            for k in np.flatnonzero(over).tolist():
                until[k] = NEVER
                yield k, is_service

    def serve(self, k: int) -> None:
        """Put row `k` into service."""
        self._out_until[k] = NEVER

    def suppress(self, k: int, *, suppressed: bool) -> bool:
        """Suppress row `k` by design, or no more; return whether that is new."""
        new = bool(self._suppressed[k]) != suppressed
        self._suppressed[k] = suppressed
        return new

    def due_us(self, active: Bools, *, rests: bool) -> int:
        """Return when something happens by itself: a hold runs out, an alarm (re)sounds.

        While the logic `rests`, none sounds again.
        """
        shown = self._announced & ~self._latched
        if (active & ~shown & self._free(slice(None))).any():
            return NEVER
        soonest = PENDING if rests else int(self._again_us().min(initial=PENDING))
        for until in (self._shelved_until, self._out_until):
            soonest = min(soonest, int(until[until != NEVER].min(initial=PENDING)))
        return soonest

    def apply(self, k: int, event: Event) -> None:
        """Take an event about row `k`."""
        match event.payload:
            case AlarmRaised():
                self._raised_seq[k], self.raised_ids[k] = event.seq, event.id
            case AlarmAnnouncedAgain(reason="acknowledgement_expired"):
                self._raised_seq[k] = event.seq
            case AlarmLatched():
                self._latched_seq[k] = event.seq
            case AlarmReset():
                self._reset(k, event.seq)
            case AlarmAcknowledged():
                self._acknowledge(k, event)
            case AlarmShelved(until_us=until_us):
                self._shelved_until[k] = self._at_most(k, until_us, event.recorded_time_us)
            case AlarmUnshelved():
                self._shelved_until[k] = NEVER
            case AlarmTakenOutOfService(until_us=until_us):
                self._out_until[k] = PENDING if until_us is None else until_us
            case AlarmReturnedToService():
                self._out_until[k] = NEVER
            case AlarmSuppressed() if event.actor != GATEWAY:
                self._suppressed[k] = True
            case AlarmUnsuppressed() if event.actor != GATEWAY:
                self._suppressed[k] = False
            case _:
                pass

    def _acknowledge(self, k: int, event: Event) -> None:
        """Acknowledge the occurrence that was seen; one that began meanwhile stays as it is."""
        about_another = event.caused_by and event.caused_by != self.raised_ids[k]
        if event.seq > self._raised_seq[k] and not about_another and not self._acknowledged[k]:
            self._acknowledged[k] = True
            self._since[k] = event.event_time_us

    def _reset(self, k: int, seq: int) -> None:
        if self._latched[k] and seq > self._latched_seq[k]:
            self._latched[k] = self._announced[k] = False

    def _at_most(self, k: int, until_us: int, at_us: int) -> int:
        """Shelve a protected alarm for an hour at most, whatever the event says."""
        if self._limits.protected(k):
            return min(until_us, at_us + _PROTECTED_AT_MOST_US)
        return until_us

    def clear(self, k: int) -> None:
        """Begin as if nothing had ever been said of row `k`."""
        self._announced[k] = self._latched[k] = self._suppressed[k] = False
        self._acknowledged[k] = True
        self._shelved_until[k] = self._out_until[k] = NEVER
        self._raised_seq[k] = self._latched_seq[k] = -1
        self.raised_ids[k] = ""

    def restore(self, k: int, alarm: Alarm, seq: int) -> bool:
        """Take up a stored state; return whether its condition stands."""
        stands = alarm.returned_us is None
        self._announced[k], self._latched[k] = stands, stands and alarm.latched
        self._acknowledged[k] = alarm.acknowledged_us is not None or alarm.occurrences == 0
        self._since[k] = alarm.acknowledged_us or alarm.announced_us
        for hold in alarm.holds:
            if hold.state == "shelved":
                until_us = PENDING if hold.until_us is None else hold.until_us
                self._shelved_until[k] = self._at_most(k, until_us, hold.since_us)
            elif hold.state == "out_of_service":
                self._out_until[k] = PENDING if hold.until_us is None else hold.until_us
            else:
                self._suppressed[k] = True
        self._raised_seq[k] = self._latched_seq[k] = seq
        self.raised_ids[k] = alarm.event_id
        return stands and not alarm.latched

    def state(self, k: int) -> AlarmState:
        """Return the ISA-18.2 state of row `k`."""
        if self._out_until[k] != NEVER:
            return "out_of_service"
        if self._suppressed[k]:
            return "suppressed"
        if self._shelved_until[k] != NEVER:
            return "shelved"
        acknowledged = self._acknowledged[k]
        if self._latched[k]:
            return "latched_acknowledged" if acknowledged else "latched_unacknowledged"
        if self._announced[k]:
            return "acknowledged" if acknowledged else "unacknowledged"
        return "normal" if acknowledged else "returned_unacknowledged"
