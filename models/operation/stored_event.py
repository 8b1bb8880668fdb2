"""The canonical bytes of an event, their hash, and back: what is hashed is what is stored."""

import hashlib
import math
from collections.abc import Iterator
from typing import Any

import msgspec

from models.ids import EventId, OperationId
from models.operation.events import Event, Payload, payload_type, upcast_payload

GENESIS_HASH = bytes(32)
ENVELOPE_VERSION = 1

_encoder = msgspec.json.Encoder(order="deterministic")
_payload_decoders: dict[type[Payload], msgspec.json.Decoder[Payload]] = {}


class NonFiniteNumberError(ValueError):
    """A payload holds NaN or an infinity; `field` names it."""

    def __init__(self, field: str, value: float) -> None:
        super().__init__(f"{field}: {value} can't be stored, only finite numbers")
        self.field = field


class UnknownKindError(ValueError):
    """A stored event of a kind or version that this program doesn't know."""

    def __init__(self, kind: str, version: int) -> None:
        super().__init__(f"event kind {kind!r} version {version}: written by a newer Muster")
        self.kind = kind


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of an event but its hashes; the field order is the order of the bytes."""

    v: int = ENVELOPE_VERSION
    operation_id: OperationId
    seq: int
    id: EventId
    event_us: int
    recorded_us: int
    actor: str
    kind: str
    version: int
    subject: str
    caused_by: EventId | None
    payload: msgspec.Raw


_envelope_decoder = msgspec.json.Decoder(Envelope)


def encode_payload(payload: Payload) -> msgspec.Raw:
    """Return the canonical JSON of a payload.

    Raises
    ------
    NonFiniteNumberError
        When a number in it is NaN or infinite (JSON has no word for them).
    """
    for path, value in _floats(msgspec.to_builtins(payload), payload.KIND):
        if not math.isfinite(value):
            raise NonFiniteNumberError(path, value)
    return msgspec.Raw(_encoder.encode(payload))


def encode_body(envelope: Envelope) -> bytes:
    """Return the canonical bytes of an event: what the hash covers."""
    return _encoder.encode(envelope)


def decode_envelope(body: bytes) -> Envelope:
    """Return the envelope in the stored bytes.

    Raises
    ------
    msgspec.MsgspecError
        When the bytes are damaged.
    """
    return _envelope_decoder.decode(body)


def decode_event(body: bytes, previous_hash: bytes, hash_: bytes) -> Event:
    """Return the event in the stored bytes; payloads of older versions are upcast.

    Raises
    ------
    UnknownKindError
        When the kind or its version is newer than this program.
    msgspec.MsgspecError
        When the bytes are damaged.
    """
    envelope = _envelope_decoder.decode(body)
    return Event(
        operation_id=envelope.operation_id,
        seq=envelope.seq,
        id=envelope.id,
        event_time_us=envelope.event_us,
        recorded_time_us=envelope.recorded_us,
        actor=envelope.actor,
        subject=envelope.subject,
        payload=_decode_payload(envelope),
        caused_by=envelope.caused_by,
        previous_hash=previous_hash,
        hash=hash_,
    )


def chain_hash(previous_hash: bytes, body: bytes) -> bytes:
    """Return SHA-256(previous hash ‖ body), 32 bytes."""
    return hashlib.sha256(previous_hash + body).digest()


def _decode_payload(envelope: Envelope) -> Payload:
    try:
        cls = payload_type(envelope.kind)
    except KeyError:
        raise UnknownKindError(envelope.kind, envelope.version) from None
    if envelope.version == cls.VERSION:
        decoder = _payload_decoders.get(cls)
        if decoder is None:
            decoder = _payload_decoders[cls] = msgspec.json.Decoder(cls)
        return decoder.decode(envelope.payload)
    if envelope.version > cls.VERSION:
        raise UnknownKindError(envelope.kind, envelope.version)
    stored = msgspec.json.decode(envelope.payload, type=dict[str, Any])
    return upcast_payload(envelope.kind, envelope.version, stored)


def _floats(value: object, path: str) -> Iterator[tuple[str, float]]:
    if isinstance(value, float):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _floats(inner, f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from _floats(inner, f"{path}[{index}]")
