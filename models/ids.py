"""Identifiers: UUIDv7 text with one NewType per thing, random or derived from a seed."""

import hashlib
import secrets
import uuid
from typing import NewType, Protocol

OperationId = NewType("OperationId", str)
EventId = NewType("EventId", str)
AlarmId = NewType("AlarmId", str)
CardId = NewType("CardId", str)
CallId = NewType("CallId", str)
IncidentId = NewType("IncidentId", str)
ZoneId = NewType("ZoneId", str)
TaskId = NewType("TaskId", str)
OrderId = NewType("OrderId", str)
ReportId = NewType("ReportId", str)
TagId = NewType("TagId", str)


class IdSource(Protocol):
    """Makes identifiers."""

    def next(self, now_us: int) -> str:
        """Return a fresh UUIDv7 as text for the moment `now_us` [µs UTC]."""
        ...


def uuid7(now_us: int, random_80: bytes) -> str:
    """Return the UUIDv7 (RFC 9562 §5.7) of a time and ten bytes of randomness.

    Parameters
    ----------
    now_us : int
        Moment [µs since 1970-01-01 UTC], ≥ 0.
    random_80 : bytes
        Ten bytes; 74 of their bits are used.

    Raises
    ------
    ValueError
        When `random_80` isn't ten bytes or the time is negative.

    Examples
    --------
    >>> uuid7(1_700_000_000_000_000, bytes(10))
    '018bcfe5-6800-7000-8000-000000000000'
    """
    if len(random_80) != 10:
        raise ValueError(f"random_80: ten bytes wanted, {len(random_80)} given")
    if now_us < 0:
        raise ValueError(f"now_us: {now_us} lies before 1970")
    head = (now_us // 1000 & (1 << 48) - 1) << 80
    tail = int.from_bytes(random_80, "big")
    value = head | 0x7 << 76 | (tail >> 68) << 64 | 0b10 << 62 | (tail & (1 << 62) - 1)
    return str(uuid.UUID(int=value))


class RandomIds:
    """Identifiers of a live operation."""

    def next(self, now_us: int) -> str:
        """Return a fresh UUIDv7."""
        return uuid7(now_us, secrets.token_bytes(10))


class SeededIds:
    """Identifiers of a simulated operation: the same seed and order give the same ids."""

    def __init__(self, seed: str, counter: int = 0) -> None:
        self._seed = seed
        self._counter = counter

    def next(self, now_us: int) -> str:
        """Return the next id of this seed."""
        self._counter += 1
        digest = hashlib.blake2b(f"{self._seed}:{self._counter}".encode(), digest_size=10)
        return uuid7(now_us, digest.digest())
