"""A desk without store or gateway: shows a situation, remembers commands (pictures, tests)."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from immutables import Map
from PySide6.QtCore import QObject, Signal

from app.clock import Clock, ManualClock
from app.commands.operation import TakeShift
from app.desk import GatewayState, LiveValue, Notice, Reference, ReplayApi, TrendData
from models.operation.events.base import Event
from models.operation.events.report import Sentence
from models.operation.situation import Changes, Published, Situation
from models.registry.kinds import Record
from models.telemetry.alarm_kpi import AlarmKpi, Occurrence, alarm_kpi

T = TypeVar("T")


class _AtOnce:
    """Just enough of a loop for finished futures: callbacks run on the spot."""

    def get_debug(self) -> bool:
        """Return False."""
        return False

    def call_soon(self, callback: Callable[..., object], *args: object, context: object) -> None:
        """Call now."""
        del context
        callback(*args)


class FixedReference:
    """Reference data out of a mapping kind → key → record."""

    def __init__(self, rows: Mapping[str, Mapping[str, Record]] | None = None) -> None:
        self.revision = 1
        self._rows = rows or {}

    def all(self, kind: str) -> Mapping[str, Record]:
        """Return all rows of a kind."""
        return self._rows.get(kind, {})

    def get(self, kind: str, key: str) -> Record | None:
        """Return one row or None."""
        return self.all(kind).get(key)


class PreviewDesk(QObject):
    """Implements `app.desk.DeskApi` in memory; `executed` holds the commands."""

    published = Signal(object)
    live_published = Signal(object)
    live_values = Signal(object)
    gateway_state = Signal(object)
    notice = Signal(object)
    ticked = Signal(object)
    reference_changed = Signal(object)
    replay_changed = Signal(object)

    def __init__(self, situation: Situation, reference: Reference | None = None) -> None:
        super().__init__()
        self._manual = ManualClock(situation.recorded_us)
        self.clock: Clock = self._manual
        self.situation = situation
        self.live_situation = situation
        self.reference: Reference = reference or FixedReference()
        self.live_reference: Reference = self.reference
        self.gateway = GatewayState(connected=True, detail="")
        self.latest: dict[str, LiveValue] = {}
        self.replay: Any = None
        self.desk_id = "preview"
        self.actor = "preview"
        self.role = "duty_leader"
        self.time_zone = "Asia/Shanghai"
        self.executed: list[object] = []

    def show(self, situation: Situation, **touched: frozenset[str]) -> None:
        """Publish a situation: as a whole, or with the fields and ids that changed."""
        self.situation = self.live_situation = situation
        changes = Changes(touched=Map(touched), full=not touched)
        self.published.emit(Published(situation=situation, changes=changes))
        self.live_published.emit(Published(situation=situation, changes=changes))

    def tick(self, by_us: int = 1_000_000) -> None:
        """Move the clock and tell everybody."""
        self._manual.advance_to(self._manual.now_us() + by_us)
        self.ticked.emit(self._manual.now_us())

    def execute(self, command: object) -> "asyncio.Future[tuple[Event, ...]]":
        """Remember a command."""
        self.executed.append(command)
        return _done(())

    def take_shift(
        self, person: str, role: str, shift: str, takeover_reason: str = ""
    ) -> "asyncio.Future[tuple[Event, ...]]":
        """Remember who took the watch."""
        self.actor, self.role = f"{person}@{self.desk_id}", role
        return self.execute(TakeShift(person, role, shift, takeover_reason))

    def in_reader(self, function: Callable[[], T]) -> "asyncio.Future[T]":
        """Do it on the spot."""
        return _tried(function)

    def in_worker(self, function: Callable[[], T]) -> "asyncio.Future[T]":
        """Do it on the spot."""
        return _tried(function)

    def events(self, after_seq: int, limit: int) -> "asyncio.Future[tuple[Event, ...]]":
        """Return no events."""
        del after_seq, limit
        return _done(())

    def timeline(self, incident_id: str) -> "asyncio.Future[tuple[Event, ...]]":
        """Return no events."""
        del incident_id
        return _done(())

    def operations(self) -> "asyncio.Future[tuple[Any, ...]]":
        """Return no operations."""
        return _done(())

    def alarm_figures(
        self, operation_id: str, end_us: int, length_us: int, operators: int
    ) -> "asyncio.Future[AlarmKpi]":
        """Count the alarms of the one situation."""
        del operation_id
        found = sorted(
            (
                Occurrence(alarm.id, alarm.priority, alarm.raised_us, alarm.returned_us)
                for alarm in self.situation.alarms.values()
            ),
            key=lambda one: one.raised_us,
        )
        from_us = end_us - (length_us or 24 * 3600 * 1_000_000)
        return _tried(lambda: alarm_kpi(found, from_us, end_us, operators))

    def situation_at(self, recorded_us: int) -> "asyncio.Future[Situation]":
        """Return the one situation."""
        del recorded_us
        return _done(self.situation)

    def report_sentences(
        self, incident_id: str, language: str
    ) -> "asyncio.Future[tuple[tuple[Sentence, ...], int, str]]":
        """Return an empty draft."""
        del incident_id, language
        return _done(((), 0, ""))

    def trend(
        self, tag_keys: Sequence[str], from_us: int, to_us: int, points: int
    ) -> "asyncio.Future[tuple[TrendData, ...]]":
        """Return no history."""
        del tag_keys, from_us, to_us, points
        return _done(())

    def trend_events(
        self, tag_keys: Sequence[str], from_us: int, to_us: int
    ) -> "asyncio.Future[tuple[Event, ...]]":
        """Return no events."""
        del tag_keys, from_us, to_us
        return _done(())

    def set_reference(self, reference: Reference) -> None:
        """Use other reference data."""
        self.reference = self.live_reference = reference
        self.reference_changed.emit(reference)

    def say(self, severity: int, code: str, detail: str = "") -> None:
        """Show a notice."""
        self.notice.emit(Notice(severity=severity, code=code, detail=detail))

    def enter_replay(self, operation_id: str = "") -> ReplayApi:
        """Refuse: there is no record to look at."""
        raise LookupError(f"nothing recorded in {operation_id!r}")

    def leave_replay(self) -> None:
        """Stay where we are."""


def _tried(function: Callable[[], T]) -> "asyncio.Future[T]":
    try:
        return _done(function())
    except Exception as error:
        failed: asyncio.Future[T] = asyncio.Future(loop=_AtOnce())  # type: ignore[arg-type]
        failed.set_exception(error)
        return failed


def _done(result: T) -> "asyncio.Future[T]":
    future: asyncio.Future[T] = asyncio.Future(loop=_AtOnce())  # type: ignore[arg-type]
    future.set_result(result)
    return future
