"""Small builders for telemetry tests."""

import msgspec

from models.basics import Name
from models.ids import EventId, OperationId
from models.operation.events.base import Event
from models.operation.fold import empty_situation, fold
from models.registry.kinds import Limit, Tag

SECOND = 1_000_000
START = 1_800_000_000 * SECOND
GRID = 250_000


def tag(key="T", *limits, **fields):
    """Return a tag; limits are (kind, value) or (kind, value, {attributes})."""
    rows = []
    for kind, value, *rest in limits:
        more = {"priority": 2, **(rest[0] if rest else {})}
        rows.append(Limit(kind=kind, value=value, **more))
    return Tag(key=key, name=Name(en=key), limits=tuple(rows), **fields)


def event(seq, subject, payload, at_us=START, caused_by=None, event_id=None, actor="x"):
    return Event(
        operation_id=OperationId("op"), seq=seq, id=EventId(event_id or f"e{seq}"),
        event_time_us=at_us, recorded_time_us=at_us, actor=actor, subject=subject, payload=payload,
        caused_by=caused_by, previous_hash=b"", hash=b"",
    )  # fmt: skip


class Record:
    """A journal in small: gives drafts their seq, folds them, tells listeners."""

    def __init__(self, *listeners):
        self.listeners = listeners
        self.situation = empty_situation("op")
        self.events = []

    def add(
        self, subject, payload, at_us=START, caused_by=None, event_id=None, actor="x",
        happened_us=None,
    ):  # fmt: skip
        made = event(self.situation.seq + 1, subject, payload, at_us, caused_by, event_id, actor)
        if happened_us is not None:
            made = msgspec.structs.replace(made, event_time_us=happened_us)
        self.situation = fold(self.situation, made)
        self.events.append(made)
        for listener in self.listeners:
            listener.apply(made)
        return made

    def store(self, drafts):
        for draft in drafts:
            self.add(
                draft.subject, draft.payload, draft.event_time_us, draft.caused_by, draft.id,
                draft.actor,
            )  # fmt: skip


def kinds(drafts):
    return [(draft.payload.KIND, draft.subject) for draft in drafts]
