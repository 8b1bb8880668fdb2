"""Heartbeats of a site's gateways: one row for each, overwritten."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from models.store.store import Store
from models.store.tables import GatewayBeat


class Beats:
    """Writes and reads heartbeats; raises StoreError as the store does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def beat(self, name: str, number: int, process: str) -> None:
        """Say that a gateway lives; `number` is another each time."""
        with self._store.writing() as session:
            session.execute(delete(GatewayBeat).where(GatewayBeat.name == name))
            session.execute(insert(GatewayBeat).values(name=name, number=number, process=process))

    def all(self) -> Mapping[str, tuple[int, str]]:
        """Return name → (number, process) of every gateway that ever beat."""
        with self._store.reading() as session:
            rows = session.execute(
                select(GatewayBeat.name, GatewayBeat.number, GatewayBeat.process)
            ).all()
        return {name: (number, process) for name, number, process in rows}
