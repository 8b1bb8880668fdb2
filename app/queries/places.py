"""Finds the place a caller means, misheard names included (by sound: pinyin)."""

import difflib
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

from app.desk import Reference
from models.registry.kinds import HazardSource, Record

_KINDS = ("hazard-sources", "enterprises", "receptors", "features")
_MIN_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A candidate and how well it fits, 0…1; `by_sound` when only the sound is alike."""

    kind: str
    record: Record
    score: float
    by_sound: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    record: Record
    texts: tuple[str, ...]
    sounds: tuple[str, ...]


class PlaceFinder:
    """An index over one revision of the reference data; build it off the UI thread."""

    def __init__(self, reference: Reference) -> None:
        self._entries = [
            _entry(kind, record, reference)
            for kind in _KINDS
            for record in reference.all(kind).values()
            if record.position is not None
        ]

    def find(self, text: str, limit: int = 6) -> tuple[PlaceMatch, ...]:
        """Return the best candidates for what was heard, best first."""
        wanted = "".join(text.split()).casefold()
        if not wanted:
            return ()
        sound = _sound(wanted)
        matches = [match for entry in self._entries if (match := _match(entry, wanted, sound))]
        matches.sort(key=lambda m: (-m.score, m.by_sound, m.kind, m.record.key))
        return tuple(matches[:limit])


def _entry(kind: str, record: Record, reference: Reference) -> _Entry:
    names = [record.name.zh, record.name.en, record.key]
    if isinstance(record, HazardSource):
        owner = reference.get("enterprises", record.enterprise_key)
        if owner is not None:
            names += [owner.name.zh + record.name.zh, f"{owner.name.en} {record.name.en}"]
    texts = tuple("".join(name.split()).casefold() for name in names if name)
    return _Entry(kind, record, texts, tuple(_sound(text) for text in texts))


def _sound(text: str) -> str:
    return "".join(lazy_pinyin(text, style=Style.NORMAL)).casefold()


def _match(entry: _Entry, wanted: str, sound: str) -> PlaceMatch | None:
    best, by_sound = 0.0, False
    for text, heard in zip(entry.texts, entry.sounds, strict=True):
        if wanted in text or text in wanted:
            shorter, longer = sorted((len(wanted), len(text)))
            score = 0.75 + 0.25 * shorter / longer
            if score > best:
                best, by_sound = score, False
            continue
        if not best:
            ratio = _alike(sound, heard)
            if ratio > best:
                best, by_sound = ratio * 0.75, True
    return PlaceMatch(entry.kind, entry.record, best, by_sound) if best >= _MIN_SCORE else None


def _alike(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < _MIN_SCORE or matcher.quick_ratio() < _MIN_SCORE:
        return 0.0
    return matcher.ratio()
