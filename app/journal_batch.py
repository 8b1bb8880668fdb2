"""A batch on its way into the journal: checked, encoded, chained; no store is touched here."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from app.journal_errors import (
    InvalidPayloadError,
    OperationReplayError,
    OperationStartedError,
    OperationStoppedError,
    OperationUnknownError,
)
from models.ids import EventId, IdSource, OperationId
from models.operation.events import Draft, Event
from models.operation.events.operation import OperationStarted, OperationStopped
from models.operation.stored_event import (
    GENESIS_HASH,
    Envelope,
    NonFiniteNumberError,
    chain_hash,
    decode_event,
    encode_body,
    encode_payload,
)
from models.store.events import StoredEvent, StoredOperation


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft with its id and its payload's bytes, before it has a place."""

    draft: Draft
    id: EventId
    payload: msgspec.Raw


def prepare(draft: Draft, ids: IdSource, now_us: int) -> Prepared:
    """Give a draft its id and encode its payload.

    Raises
    ------
    InvalidPayloadError
        Naming the field that can't be stored.
    """
    try:
        payload = encode_payload(draft.payload)
    except NonFiniteNumberError as error:
        raise InvalidPayloadError(str(error)) from error
    return Prepared(draft, draft.id or EventId(ids.next(now_us)), payload)


def check_batch(
    operation_id: OperationId, stored: StoredOperation | None, prepared: Sequence[Prepared]
) -> None:
    """Refuse a batch that makes no sense at this head.

    Raises
    ------
    JournalRefusedError
        Its subclass says why.
    """
    payloads = [item.draft.payload for item in prepared]
    starts = [isinstance(payload, OperationStarted) for payload in payloads]
    if stored is None and not starts[0]:
        raise OperationUnknownError(f"operation {operation_id!r} has not started")
    if any(starts[1:]) or (stored is not None and starts[0]):
        raise OperationStartedError(f"operation {operation_id!r} has started already")
    if stored is not None and stored.stopped_us is not None:
        raise OperationStoppedError(f"operation {operation_id!r} has stopped")
    first = payloads[0]
    is_replay = first.mode == "replay" if isinstance(first, OperationStarted) else False
    if stored is not None:
        is_replay = stored.mode == "replay"
        allowed = 0
    else:
        allowed = 1
    if is_replay and len(payloads) > allowed:
        raise OperationReplayError(f"operation {operation_id!r} is a replay: nothing is written")
    if any(isinstance(payload, OperationStopped) for payload in payloads[:-1]):
        raise OperationStoppedError(f"operation {operation_id!r}: events after its stop")


def new_operation(operation_id: OperationId, draft: Draft, now_us: int) -> StoredOperation:
    """Return the row of an operation that begins with this draft."""
    payload = draft.payload
    assert isinstance(payload, OperationStarted)
    return StoredOperation(
        id=operation_id,
        mode=payload.mode,
        name=payload.name,
        site=payload.site,
        seed=payload.seed,
        started_us=now_us,
        stopped_us=None,
        head_seq=0,
        head_hash=GENESIS_HASH,
        head_recorded_us=now_us,
    )


def chain(
    stored: StoredOperation, prepared: Sequence[Prepared], recorded_us: int, wall_us: int
) -> tuple[list[StoredEvent], list[Event]]:
    """Return the rows of a batch behind the head, and its events as they will be read back."""
    previous = stored.head_hash
    rows, events = [], []
    for seq, item in enumerate(prepared, stored.head_seq + 1):
        draft = item.draft
        event_us = recorded_us if draft.event_time_us is None else draft.event_time_us
        envelope = Envelope(
            operation_id=OperationId(stored.id),
            seq=seq,
            id=item.id,
            event_us=event_us,
            recorded_us=recorded_us,
            actor=draft.actor,
            kind=draft.payload.KIND,
            version=draft.payload.VERSION,
            subject=draft.subject,
            caused_by=draft.caused_by,
            payload=item.payload,
        )
        body = encode_body(envelope)
        hash_ = chain_hash(previous, body)
        rows.append(
            StoredEvent(
                operation_id=stored.id,
                seq=seq,
                id=item.id,
                event_us=event_us,
                recorded_us=recorded_us,
                actor=draft.actor,
                kind=envelope.kind,
                subject=draft.subject,
                body=body,
                previous_hash=previous,
                hash=hash_,
                wall_us=wall_us,
            )
        )
        events.append(decode_event(body, previous, hash_))
        previous = hash_
    return rows, events


def is_same(event: Event, operation_id: OperationId, draft: Draft) -> bool:
    """Return whether a stored event is what a draft of the same id says."""
    return (
        event.operation_id == operation_id
        and event.payload == draft.payload
        and event.subject == draft.subject
        and event.actor == draft.actor
    )
