"""The fold's working copy of a situation: handlers write into it, snapshots come out of it."""

from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import msgspec
from immutables import Map

from models.operation.events import Event
from models.operation.situation import Changes, Situation
from models.times import DAY_US, MINUTE_US

KEPT_US = DAY_US
SWEEP_EVERY_US = MINUTE_US

_FIELDS = tuple(field.name for field in fields(Situation))
change = msgspec.structs.replace


class Working:
    """A mutable twin of `Situation` (same attribute names) that notes what was touched.

    It lives only inside one call of the fold; its maps are the persistent maps of the snapshot,
    so nothing that a reader holds ever changes.
    """

    __slots__ = (*_FIELDS, "touched")

    def __init__(self, situation: Situation) -> None:
        for name in _FIELDS:
            setattr(self, name, getattr(situation, name))
        self.touched: dict[str, set[str]] = {}

    if TYPE_CHECKING:
        seq: int
        recorded_us: int
        next_sweep_us: int

        def __getattr__(self, name: str) -> Any: ...  # noqa: ANN401 - the field decides

    def put(self, field: str, key: str, value: object) -> None:
        """Set an entry of a map."""
        setattr(self, field, getattr(self, field).set(key, value))
        self.touch(field, key)

    def drop(self, field: str, key: str) -> None:
        """Remove an entry of a map when it is there."""
        entries: Map[str, object] = getattr(self, field)
        if key in entries:
            setattr(self, field, entries.delete(key))
            self.touch(field, key)

    def set(self, field: str, value: object) -> None:
        """Set a plain field."""
        setattr(self, field, value)
        self.touch(field, "")

    def touch(self, field: str, key: str) -> None:
        """Note that an entry changed."""
        keys = self.touched.get(field)
        if keys is None:
            keys = self.touched[field] = set()
        keys.add(key)

    def closes(self, at_us: int) -> None:
        """Note that something closed at this recorded time and will have to be dropped."""
        self.next_sweep_us = min(self.next_sweep_us, at_us + KEPT_US)

    def freeze(self) -> Situation:
        """Return the snapshot."""
        return Situation(*[getattr(self, name) for name in _FIELDS])

    def changes(self, first_seq: int) -> Changes:
        """Return what was touched since the working copy was made."""
        touched = Map({name: frozenset(keys) for name, keys in self.touched.items()})
        return Changes(touched=touched, first_seq=first_seq, last_seq=self.seq)


Handler = Callable[[Working, Event, Any], None]
