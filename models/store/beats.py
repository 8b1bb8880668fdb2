"""Heartbeats of a site's gateways: one row for each, overwritten."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from models.store.store import Store
from models.store.tables import GatewayBeat


class Beat(NamedTuple):
    """A sign of life: its number, which process gives it, and what that one says it hears."""

    number: int
    process: str
    heard: bytes = b""


class Beats:
    """Writes and reads heartbeats; raises StoreError as the store does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def beat(self, name: str, number: int, process: str, heard: bytes = b"") -> None:
        """Say that a gateway lives; `number` is another each time."""
        row = {"name": name, "number": number, "process": process, "heard": heard}
        with self._store.writing() as session:
            session.execute(delete(GatewayBeat).where(GatewayBeat.name == name))
            session.execute(insert(GatewayBeat).values(**row))

    def all(self) -> Mapping[str, Beat]:
        """Return name → beat of every gateway that ever beat."""
        columns = (GatewayBeat.name, GatewayBeat.number, GatewayBeat.process, GatewayBeat.heard)
        with self._store.reading() as session:
            rows = session.execute(select(*columns)).all()
        return {name: Beat(number, process, heard or b"") for name, number, process, heard in rows}
