"""The search behind Ctrl+K: Chinese, its pinyin and initials, English and keys.

Build it off the UI thread; one keystroke over 10,000 entries takes a few milliseconds because
all texts lie in one string and only hits are looked at.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from app.desk import Reference
from app.pinyin import syllables
from models.basics import Name
from models.registry.kinds import Record

Category = Literal["action", "incident", "place", "person", "team", "tag", "plan"]
KINDS: dict[str, Category] = {
    "enterprises": "place",
    "hazard-sources": "place",
    "receptors": "place",
    "features": "place",
    "cameras": "place",
    "materials": "place",
    "people": "person",
    "experts": "person",
    "teams": "team",
    "tags": "tag",
    "plans": "plan",
}
_RANK: dict[Category, int] = {
    "action": 0, "incident": 1, "place": 2, "tag": 3, "team": 4, "person": 5, "plan": 6,
}  # fmt: skip
_FIELD, _ENTRY = "\x1f", "\n"
_MOST_HITS = 4000
_NO_NAME = Name()


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found. `kind` is the reference kind, '' for actions.

    `also` is looked in too, but not shown: an address.
    """

    category: Category
    kind: str
    key: str
    name: Name
    detail: Name = _NO_NAME
    shortcut: str = ""
    also: str = ""

    @property
    def id(self) -> str:
        """Unique among all entries."""
        return f"{self.category}:{self.kind}:{self.key}"


class PaletteIndex:
    """An index over entries; immutable once built."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        hays = [_haystack(entry) for entry in self._entries]
        self._text = _ENTRY + _ENTRY.join(hays) + _ENTRY
        self._starts: list[int] = []
        position = 1
        for hay in hays:
            self._starts.append(position)
            position += len(hay) + 1

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, query: str, limit: int = 12) -> tuple[tuple[int, Entry], ...]:
        """Return the best entries with their rank (smaller is better), best first."""
        words = [word for word in _plain(query).split() if word]
        if not words:
            return ()
        first = max(words, key=len)
        ranked: dict[int, tuple[int, int, int, str]] = {}
        for weight, pattern in enumerate((_FIELD + first, first)):
            for number in self._hits(pattern):
                if number not in ranked and self._has_all(number, words):
                    entry = self._entries[number]
                    length = len(entry.name.zh) + len(entry.name.en)
                    ranked[number] = (weight, _RANK[entry.category], length, entry.key)
            if len(ranked) >= limit:
                break  # what only contains the word ranks behind all that begin with it
        best = sorted(ranked, key=lambda number: ranked[number])[:limit]
        return tuple((ranked[number][0], self._entries[number]) for number in best)

    def _hits(self, pattern: str) -> Iterable[int]:
        # One scan by `re`: a `str.find` per hit prepares its search anew every time.
        matches = islice(re.finditer(re.escape(pattern), self._text), _MOST_HITS)
        numbers = (bisect_right(self._starts, match.start()) - 1 for match in matches)
        return dict.fromkeys(number for number in numbers if number >= 0)

    def _has_all(self, number: int, words: list[str]) -> bool:
        if len(words) == 1:
            return True
        start = self._starts[number]
        end = self._text.find(_ENTRY, start)
        hay = self._text[start:end]
        return all(word in hay for word in words)


def reference_entries(reference: Reference) -> list[Entry]:
    """Return what can be found in the reference data."""
    found = []
    for kind, category in KINDS.items():
        for key, record in reference.all(kind).items():
            also = str(getattr(record, "address", ""))
            detail = _detail(record, reference)
            found.append(Entry(category, kind, key, record.name, detail, also=also))
    return found


def _detail(record: Record, reference: Reference) -> Name:
    owner_key = getattr(record, "enterprise_key", "")
    owner = reference.get("enterprises", owner_key) if owner_key else None
    return owner.name if owner is not None else Name(zh=record.key)


def _plain(text: str) -> str:
    return text.casefold().replace(_FIELD, " ").replace(_ENTRY, " ")


def _haystack(entry: Entry) -> str:
    zh, en, key = (_plain(text) for text in (entry.name.zh, entry.name.en, entry.key))
    sound, initials = _sound(zh) if not zh.isascii() else ("", "")
    fields = [zh, en, *en.split()[1:], key, sound, initials, _plain(entry.also)]
    return _FIELD + _FIELD.join(field for field in fields if field)


@lru_cache(maxsize=32_768)
def _sound(text: str) -> tuple[str, str]:
    """Return the pinyin without tones and the initials of it."""
    heard = syllables(text)
    return "".join(heard), "".join(each[0] for each in heard if each)
