"""Makes events for tests of the fold: told one by one, or drawn from a seed for all kinds."""

import random
import types
import typing
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from models.ids import EventId, OperationId
from models.operation.events import Draft, Event, Payload, payload_type, registered_kinds
from models.operation.events.operation import OperationStarted, OperationStopped
from models.operation.fold import empty_situation, fold
from models.operation.situation import Situation
from models.times import HOUR_US, SECOND_US

START_US = 1_800_000_000_000_000
OPERATION = OperationId("op")

# few ids, so that drawn events meet
_SUBJECTS = {
    "alarm": ("T1/HH", "T1/H", "T2/HH"),
    "card": ("C1", "C2"),
    "call": ("P1", "P2"),
    "incident": ("I1", "I2", "I3"),
    "zone": ("Z1", "Z2"),
    "order": ("O1", "O2"),
    "task": ("K1", "K2"),
    "report": ("R1", "R2"),
    "report_clock": ("RC1", "RC2"),
    "team": ("TEAM1", "TEAM2"),
    "position": ("TEAM1", "TEAM2"),
    "stock": ("DEPOT1",),
    "drawing": ("D1", "D2"),
    "trend": ("N1", "N2"),
}
_FIELDS = {
    "alarm_id": "alarm",
    "first_alarm_id": "alarm",
    "incident_id": "incident",
    "absorbed_incident_id": "incident",
    "restored_incident_id": "incident",
    "replaces_zone_id": "zone",
    "replaces_order_id": "order",
    "order_id": "order",
    "task_id": "task",
    "team_key": "team",
    "replacement_team_key": "team",
    "report_id": "report",
    "drawing_id": "drawing",
}
_LISTS = {
    "other_incident_ids": "incident",
    "alarm_ids": "alarm",
    "card_ids": "card",
    "call_ids": "call",
}
_BOUNDED = {"lat_deg": 90.0, "lon_deg": 180.0}


def started(mode: str = "drill", **more: Any) -> OperationStarted:
    """Return the payload that starts an operation."""
    values: dict[str, Any] = {
        "mode": mode, "name": "Park", "site": "demo", "software_version": "1",
        "reference_revision": 1, "seed": "s",
    }  # fmt: skip
    return OperationStarted(**(values | more))


class Teller:
    """Tells events to a situation as time goes on."""

    def __init__(self) -> None:
        self.now_us = START_US
        self.events: list[Event] = []
        self.situation = empty_situation(OPERATION)
        self.tell(started(), OPERATION)

    def tell(
        self, payload: Payload, subject: str, *, after_s: float = 1, actor: str = "officer",
        caused_by: str | None = None, event_time_us: int | None = None,
    ) -> Event:  # fmt: skip
        """Fold one more event and return it."""
        self.now_us += int(after_s * SECOND_US)
        seq = len(self.events) + 1
        event = Event(
            operation_id=OPERATION, seq=seq, id=EventId(f"e{seq}"),
            event_time_us=self.now_us if event_time_us is None else event_time_us,
            recorded_time_us=self.now_us, actor=actor, subject=subject, payload=payload,
            caused_by=None if caused_by is None else EventId(caused_by),
            previous_hash=bytes(32), hash=bytes(32),
        )  # fmt: skip
        self.events.append(event)
        self.situation = fold(self.situation, event)
        return event

    def wait(self, hours: float) -> Situation:
        """Let time pass, then fold an event that says nothing by itself."""
        from models.operation.events.operation import NoteWritten

        self.now_us += int(hours * HOUR_US)
        self.tell(NoteWritten(text="time passed"), OPERATION, after_s=0)
        return self.situation


def draw(seed: int, length: int) -> list[Event]:
    """Return a drawn story: any kinds in any order, about few things."""
    return [event for event, _ in _told(random.Random(seed), length)]


def draw_drafts(seed: int, length: int) -> list[Draft]:
    """Return a drawn story as drafts, beginning with the operation's start."""
    return [
        Draft(payload=e.payload, subject=e.subject, actor=e.actor, caused_by=e.caused_by)
        for e in draw(seed, length)
    ]


def _told(rng: random.Random, length: int) -> typing.Iterator[tuple[Event, Situation]]:
    teller = Teller()
    yield teller.events[0], teller.situation
    excluded = {OperationStarted.KIND, OperationStopped.KIND}
    kinds = [kind for kind in registered_kinds() if kind not in excluded]
    for _ in range(length):
        kind = rng.choice(kinds)
        subject = rng.choice(_SUBJECTS.get(kind.partition(".")[0], ("S1",)))
        after_s = rng.choice((0, 0.25, 30, 3600, 6 * 3600))
        event_us = teller.now_us - 10 * SECOND_US if rng.random() < 0.1 else None
        cause = f"e{rng.randint(1, len(teller.events))}" if rng.random() < 0.2 else None
        payload = _value(rng, payload_type(kind), "")
        teller.tell(payload, subject, after_s=after_s, event_time_us=event_us, caused_by=cause)
        yield teller.events[-1], teller.situation


def _value(rng: random.Random, wanted: Any, name: str) -> Any:
    if name in _FIELDS:
        return rng.choice(_SUBJECTS[_FIELDS[name]])
    if name in _LISTS:
        return tuple(rng.sample(_SUBJECTS[_LISTS[name]], rng.randint(0, 2)))
    if isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        hints = typing.get_type_hints(wanted)
        return wanted(
            **{field.name: _value(rng, hints[field.name], field.name)
               for field in msgspec.structs.fields(wanted)}
        )  # fmt: skip
    if get_origin(wanted) in {Union, types.UnionType}:
        return _value(rng, rng.choice(get_args(wanted)), name)
    if get_origin(wanted) is Literal:
        return rng.choice(get_args(wanted))
    if get_origin(wanted) is tuple and get_args(wanted)[-1] is not ...:
        return tuple(_value(rng, each, "") for each in get_args(wanted))
    if get_origin(wanted) is tuple:
        return tuple(_value(rng, get_args(wanted)[0], "") for _ in range(rng.randint(0, 2)))
    if get_origin(wanted) is dict:
        return {"place": "gate" + str(rng.randint(0, 3))}
    return _scalar(rng, wanted, name)


def _scalar(rng: random.Random, wanted: Any, name: str) -> Any:
    if wanted is bool:
        return rng.random() < 0.5
    if wanted is int:
        return (
            START_US + rng.randint(0, 90_000_000_000) if name.endswith("_us") else rng.randint(1, 4)
        )
    if wanted is float:
        return round(rng.uniform(-1, 1) * _BOUNDED.get(name, 100.0), 6)
    if wanted is str:
        return rng.choice(("", "泄漏", "gate 3", "I1", "T1"))
    if wanted is type(None):
        return None
    raise TypeError(f"{name}: {wanted}")


__all__ = ["OPERATION", "START_US", "Teller", "draw", "draw_drafts", "started"]
