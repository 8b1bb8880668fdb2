from dataclasses import dataclass, field

import pytest

from app.demo.park import DEMO_START_US, Park, build_park
from app.demo.world import DemoWorld
from models.ids import EventId, OperationId
from models.operation.events.base import Draft, Event

START_US = DEMO_START_US


@pytest.fixture(scope="session")
def park() -> Park:
    return build_park("2026", START_US)


@dataclass
class FakeJournal:
    """Gives drafts their place; enough of a journal for the world."""

    events: list[Event] = field(default_factory=list)

    def append(self, draft: Draft, now_us: int) -> Event:
        seq = len(self.events) + 1
        event = Event(
            operation_id=OperationId("op"),
            seq=seq,
            id=EventId(f"e{seq}"),
            event_time_us=now_us if draft.event_time_us is None else draft.event_time_us,
            recorded_time_us=now_us,
            actor=draft.actor,
            subject=draft.subject,
            payload=draft.payload,
            caused_by=None,
            previous_hash=b"",
            hash=b"",
        )
        self.events.append(event)
        return event


@dataclass
class Stage:
    """A world with a journal and a clock that a test moves."""

    world: DemoWorld
    journal: FakeJournal = field(default_factory=FakeJournal)
    now_us: int = START_US

    def run_to(self, seconds: float, step_s: float = 1.0) -> None:
        end_us = START_US + int(seconds * 1e6)
        while self.now_us < end_us:
            self.now_us = min(end_us, self.now_us + int(step_s * 1e6))
            for draft in self.world.due(self.now_us):
                self.world.observe(self.journal.append(draft, self.now_us))

    def say(self, draft: Draft) -> Event:
        event = self.journal.append(draft, self.now_us)
        self.world.observe(event)
        return event

    def kinds(self, subject: str) -> list[str]:
        return [e.kind for e in self.journal.events if e.subject == subject]


@pytest.fixture
def stage(park: Park) -> Stage:
    return Stage(DemoWorld(park, "2026", START_US))
