"""The event envelope, the draft of one, and the registry of payload kinds."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import msgspec

from models.ids import EventId, OperationId


class Payload(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all event payloads; `KIND` is past tense, `VERSION` counts schema changes."""

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An event before the journal has given it its place.

    `event_time_us` None means "now" by the operation's clock; `id` may be chosen beforehand so
    that other drafts of the batch can name it in `caused_by`.
    """

    payload: Payload
    subject: str
    actor: str
    event_time_us: int | None = None
    caused_by: EventId | None = None
    id: EventId | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A stored event. Times are µs UTC; `recorded_time_us` never decreases with `seq`."""

    operation_id: OperationId
    seq: int
    id: EventId
    event_time_us: int
    recorded_time_us: int
    actor: str
    subject: str
    payload: Payload
    caused_by: EventId | None
    previous_hash: bytes
    hash: bytes

    @property
    def kind(self) -> str:
        """The past-tense kind of the payload."""
        return self.payload.KIND


P = TypeVar("P", bound=type[Payload])

_REGISTRY: dict[str, type[Payload]] = {}
_UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}


def register(cls: P) -> P:
    """Enter a payload class under its KIND (class decorator)."""
    if not cls.KIND or cls.KIND in _REGISTRY:
        raise ValueError(f"event kind {cls.KIND!r} is empty or taken")
    _REGISTRY[cls.KIND] = cls
    return cls


def register_upcast(
    kind: str, from_version: int, upcast: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Enter the function that lifts stored builtins of `kind` to `from_version` + 1."""
    _UPCASTERS[kind, from_version] = upcast


def payload_type(kind: str) -> type[Payload]:
    """Return the payload class of `kind`; KeyError when there is none."""
    return _REGISTRY[kind]


def registered_kinds() -> tuple[str, ...]:
    """Return all kinds, sorted."""
    return tuple(sorted(_REGISTRY))


def upcast_payload(kind: str, version: int, builtins: dict[str, Any]) -> Payload:
    """Decode a payload stored at an older `version`; stored bytes are never rewritten."""
    cls = _REGISTRY[kind]
    while version < cls.VERSION:
        builtins = _UPCASTERS[kind, version](builtins)
        version += 1
    return msgspec.convert(builtins, cls)
