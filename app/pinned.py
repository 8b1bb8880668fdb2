"""Reference data as an operation pinned it: the limits and names of that day, for a replay."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable

from app.desk import Reference

_LOG = logging.getLogger("muster.replay")
_KEPT = 4

LoadReference = Callable[[int | None], Reference]
"""Reads the reference data of a revision into memory; None is the newest."""


class PinnedReferences:
    """Keeps the revisions looked at last; thread-safe, never on the UI thread."""

    def __init__(self, load: LoadReference) -> None:
        self._load = load
        self._views: OrderedDict[int, Reference] = OrderedDict()
        self._lock = threading.Lock()

    def at(self, revision: int, live: Reference) -> Reference:
        """Return the data at a revision.

        A revision that the store doesn't have (its journal was restored without it) gives
        today's; the view says its own revision, so the screens can tell.
        """
        if revision == live.revision:
            return live
        with self._lock:
            found = self._views.get(revision)
            if found is None:
                try:
                    found = self._load(revision)
                except LookupError as error:
                    _LOG.warning("no reference revision %d: %s", revision, error)
                    return live
                self._views[revision] = found
                while len(self._views) > _KEPT:
                    self._views.popitem(last=False)
            self._views.move_to_end(revision)
            return found
