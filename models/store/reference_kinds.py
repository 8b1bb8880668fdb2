"""Which kinds of reference data there are, and how one record becomes bytes and back."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from models.libraries import kinds as libraries
from models.registry import kinds as registry
from models.registry.kinds import Record

KINDS: Mapping[str, type[Record]] = {
    cls.KIND: cls
    for cls in (
        registry.Enterprise,
        registry.HazardSource,
        registry.Receptor,
        registry.Tag,
        registry.Camera,
        registry.Permit,
        registry.Contractor,
        registry.Shift,
        registry.Person,
        registry.Feature,
        registry.Road,
        registry.Building,
        registry.Layer,
        libraries.Plan,
        libraries.Expert,
        libraries.Team,
        libraries.Depot,
        libraries.Case,
        libraries.Scenario,
        libraries.Signature,
        libraries.Failure,
    )
}

_encoder = msgspec.msgpack.Encoder()


class UnknownKindError(LookupError):
    """There is no such kind of reference data; the text lists those there are."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"{kind!r} is no kind of reference data; there are: {', '.join(KINDS)}")
        self.kind = kind


def record_type(kind: str) -> type[Record]:
    """Return the struct class of a kind.

    Raises
    ------
    UnknownKindError
        When there is no such kind.
    """
    try:
        return KINDS[kind]
    except KeyError:
        raise UnknownKindError(kind) from None


@cache
def _decoder(kind: str) -> "msgspec.msgpack.Decoder[Any]":
    return msgspec.msgpack.Decoder(record_type(kind))


def encode_record(record: Record) -> bytes:
    """Return a record as MessagePack; fields at their defaults take no room.

    Fields are only ever added with a default, so that old rows stay readable as they are.
    """
    return _encoder.encode(record)


def decode_records(kind: str, payloads: Mapping[str, bytes]) -> dict[str, Record]:
    """Return the records of many payloads by key."""
    decode = _decoder(kind).decode
    return {key: decode(payload) for key, payload in payloads.items()}


def decode_record(kind: str, payload: bytes) -> Record:
    """Return the record of one payload."""
    record: Record = _decoder(kind).decode(payload)
    return record
