"""The operations store: mappings, repositories and migrations; the only SQL of Muster."""

from models.store.errors import (
    StoreBusyError,
    StoreConflictError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreNewerError,
    StoreReadOnlyError,
    StoreUnreachableError,
)
from models.store.opening import open_store
from models.store.store import Store

__all__ = [
    "Store",
    "StoreBusyError",
    "StoreConflictError",
    "StoreDamagedError",
    "StoreError",
    "StoreFullError",
    "StoreNewerError",
    "StoreReadOnlyError",
    "StoreUnreachableError",
    "open_store",
]
