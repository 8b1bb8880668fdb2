"""Reference data at one revision, as the screens see it."""

from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from types import MappingProxyType

from models.registry.kinds import Record
from models.store.reference_kinds import KINDS, record_type


class ReferenceView:
    """All rows at one revision; a kind is read when it is first asked for, then kept.

    Safe to share between threads. Reading touches the store, so whoever hands a view to the UI
    thread calls `preload` elsewhere first.
    """

    def __init__(
        self,
        revision: int,
        load: Callable[[str, int], dict[str, Record]],
        shared: Mapping[str, Mapping[str, Record]] | None = None,
    ) -> None:
        self.revision = revision
        self._load = load
        self._lock = Lock()
        self._kinds: dict[str, Mapping[str, Record]] = dict(shared or {})

    def all(self, kind: str) -> Mapping[str, Record]:
        """Return all rows of a kind by key, in the order of their keys.

        Raises
        ------
        UnknownKindError
            When there is no such kind.
        """
        rows = self._kinds.get(kind)
        if rows is None:
            record_type(kind)
            with self._lock:
                rows = self._kinds.get(kind)
                if rows is None:
                    rows = MappingProxyType(self._load(kind, self.revision))
                    self._kinds[kind] = rows
        return rows

    def get(self, kind: str, key: str) -> Record | None:
        """Return one row, or None."""
        return self.all(kind).get(key)

    def preload(self, kinds: Iterable[str] = tuple(KINDS)) -> "ReferenceView":
        """Read these kinds now; return this view."""
        for kind in kinds:
            self.all(kind)
        return self

    def loaded_except(self, changed: Iterable[str]) -> Mapping[str, Mapping[str, Record]]:
        """Return the kinds held in memory but `changed`: a later revision may share them."""
        gone = set(changed)
        with self._lock:
            return {kind: rows for kind, rows in self._kinds.items() if kind not in gone}
