"""A desk in memory that runs the real commands and folds the real events."""

from collections.abc import Mapping, Sequence
from typing import Any

from immutables import Map

from app.commands import CommandRefusedError, Context, handle
from app.commands.operation import TakeShift
from app.desk import Notice
from models.ids import EventId, OperationId, SeededIds
from models.operation.events.base import Draft, Event, Payload
from models.operation.events.operation import OperationStarted
from models.operation.events.report import Sentence
from models.operation.fold import empty_situation, fold_all
from models.operation.situation import Changes, Published, Situation
from models.registry.kinds import Record
from models.times import SECOND_US
from tests.unit.views.station_desk import Ended, StationDesk

START_US = 1_800_000_000_000_000
OPERATION = OperationId("told")


class FakeReplay:
    """A replay that does what it is told."""

    def __init__(self, desk: "ToldDesk") -> None:
        from PySide6.QtCore import QObject, Signal

        class _Signals(QObject):
            moment = Signal(object)
            span = Signal(object)

        self._signals = _Signals()
        self.moment, self.span = self._signals.moment, self._signals.span
        self.operation_id = str(OPERATION)
        self.start_us = START_US
        self.end_us = desk.clock.now_us()
        self.speed = 0.0
        self.sought: list[int] = []
        self._now_us = self.start_us

    def now_us(self) -> int:
        return self._now_us

    def set_speed(self, speed: float) -> None:
        self.speed = speed

    def seek(self, moment_us: int) -> None:
        self.sought.append(moment_us)
        self._now_us = moment_us


class ToldDesk(StationDesk):
    """Executes at once; `told` are the stored events, `executed` the commands."""

    def __init__(self, rows: Mapping[str, Sequence[Record]], mode: str = "demonstration") -> None:
        super().__init__(empty_situation(str(OPERATION)).with_(recorded_us=START_US), rows)
        self.told: list[Event] = []
        self.refused: list[str] = []
        self.role = ""
        self.sentences: tuple[Sentence, ...] = ()
        self._ids = SeededIds("told")
        self.say_event(
            OperationStarted(
                mode=mode,  # type: ignore[arg-type]
                name="Park",
                site="park",
                software_version="1",
                reference_revision=1,
            ),
            str(OPERATION),
        )

    def say_event(self, payload: Payload, subject: str, actor: str = "world") -> Event:
        """Store what somebody else recorded."""
        return self._store((Draft(payload=payload, subject=subject, actor=actor),))[0]

    def take_shift(self, person: str, role: str, shift: str, takeover_reason: str = "") -> Any:
        before = self.actor, self.role
        self.actor, self.role = f"{person}@{self.desk_id}", role
        done = self.execute(TakeShift(person, role, shift, takeover_reason))
        if done.exception() is not None:
            self.actor, self.role = before
        return done

    def execute(self, command: object) -> Any:
        self.executed.append(command)
        context = Context(
            situation=self.live_situation,
            reference=self.reference,
            now_us=self.clock.now_us(),
            actor=self.actor,
            ids=self._ids,
            role=self.role,
        )
        try:
            return Ended(self._store(handle(command, context)))
        except CommandRefusedError as error:
            self.refused.append(error.code)
            self.notice.emit(Notice(severity=2, code=error.code, detail=error.detail))
            return Ended(error=error)

    def in_worker(self, function: Any) -> Any:
        return self.in_reader(function)

    def timeline(self, incident_id: str) -> Any:
        del incident_id
        return Ended(tuple(self.told))

    def events(self, after_seq: int, limit: int) -> Any:
        return Ended(tuple(e for e in self.told if e.seq > after_seq)[:limit])

    def report_sentences(self, incident_id: str, language: str) -> Any:
        del incident_id, language
        return Ended((self.sentences, len(self.told), "ab" * 32))

    def enter_replay(self, operation_id: str = "") -> FakeReplay:
        del operation_id
        self.replay = FakeReplay(self)
        self.replay_changed.emit(self.replay)
        return self.replay

    def leave_replay(self) -> None:
        self.replay = None
        self.situation = self.live_situation
        self.replay_changed.emit(None)

    def _store(self, drafts: Sequence[Draft]) -> tuple[Event, ...]:
        now_us = self.clock.now_us()
        events = tuple(
            Event(
                operation_id=OPERATION,
                seq=len(self.told) + number,
                id=draft.id or EventId(self._ids.next(now_us)),
                event_time_us=draft.event_time_us or now_us,
                recorded_time_us=now_us,
                actor=draft.actor,
                subject=draft.subject,
                payload=draft.payload,
                caused_by=draft.caused_by,
                previous_hash=bytes(32),
                hash=bytes(32),
            )
            for number, draft in enumerate(drafts, 1)
        )
        self.told += events
        self.live_situation, changes = fold_all(self.live_situation, events)
        self._publish(self.live_situation, changes)
        return events

    def _publish(self, situation: Situation, changes: Changes) -> None:
        published = Published(situation=situation, changes=changes)
        self.live_published.emit(published)
        if self.replay is None:
            self.situation = situation
            self.published.emit(published)

    def publish_again(self, *names: str) -> None:
        """Publish the same situation once more, as if these fields had changed."""
        touched = Map({name: frozenset[str]() for name in names})
        self._publish(self.live_situation, Changes(touched=touched))

    def wait_s(self, seconds: int) -> None:
        """Let time pass, second by second."""
        for _ in range(seconds):
            self.tick(SECOND_US)
