"""Reads a site's journal with other eyes than the desk's."""

from app.clock import SystemClock
from app.journal import Journal
from app.site import Site
from models.ids import OperationId, RandomIds
from models.operation.events.base import Event
from models.store import open_store


def events_of(site: Site, operation: str) -> tuple[Event, ...]:
    """Return all events of an operation."""
    store = open_store(site.store_url())
    try:
        journal = Journal(store, SystemClock(), RandomIds())
        return tuple(journal.read(OperationId(operation), 0, 10_000))
    finally:
        store.close()
