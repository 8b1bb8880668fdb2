"""Trend pages that somebody saved for a hazard source: kept with the station's sizes."""

from dataclasses import dataclass

from views.monitor.trend.span import LEAST_S, MOST_S
from views.shell.layout_store import LayoutStore

_CHOICE = "monitor.trend_pages"
_MOST_TAGS, _MOST_CHARS = 64, 80


@dataclass(frozen=True, slots=True)
class SavedPage:
    """Tags and length of a trend [s] under a name; `source_key` '' is for no hazard source."""

    source_key: str
    name: str
    tag_keys: tuple[str, ...]
    window_s: float


class SavedPages:
    """Reads and writes the pages; what can't be understood in the file is left out."""

    def __init__(self, store: LayoutStore | None = None) -> None:
        self._store = store or LayoutStore(None)

    def of(self, source_key: str) -> tuple[SavedPage, ...]:
        """Return the pages of a hazard source by name."""
        mine = [page for page in self._all() if page.source_key == source_key]
        return tuple(sorted(mine, key=lambda page: page.name))

    def save(self, page: SavedPage) -> None:
        """Keep a page; one of the same name is replaced."""
        self._put([*self._without(page.source_key, page.name), page])

    def remove(self, page: SavedPage) -> None:
        """Forget a page."""
        self._put(self._without(page.source_key, page.name))

    def _without(self, source_key: str, name: str) -> list[SavedPage]:
        return [page for page in self._all() if (page.source_key, page.name) != (source_key, name)]

    def _put(self, pages: list[SavedPage]) -> None:
        rows = [[p.source_key, p.name, list(p.tag_keys), p.window_s] for p in pages]
        self._store.put_choice(_CHOICE, rows or None)
        self._store.save()

    def _all(self) -> list[SavedPage]:
        raw = self._store.choice(_CHOICE)
        found = [_page(each) for each in raw] if isinstance(raw, list) else []
        return [page for page in found if page is not None]


def _page(raw: object) -> SavedPage | None:
    match raw:
        case [str(source), str(name), [*raw_keys], int() | float() as window_s]:
            keys = tuple(key for key in raw_keys if isinstance(key, str))
            named = bool(name.strip()) and len(name) <= _MOST_CHARS
            whole = len(keys) == len(raw_keys) and 0 < len(keys) <= _MOST_TAGS
            if named and whole and LEAST_S <= window_s <= MOST_S:
                return SavedPage(source, name, keys, float(window_s))
    return None
