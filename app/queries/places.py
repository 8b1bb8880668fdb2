"""Finds the place a caller means, misheard names included (by sound: pinyin)."""

import difflib
from dataclasses import dataclass

from app.desk import Reference
from models.registry.kinds import HazardSource, Record

_KINDS = ("hazard-sources", "enterprises", "receptors", "features")
_MIN_SCORE = 0.5
_SOUND_WORTH = 0.8
_SHORTEST = 2


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
    from pypinyin import Style, lazy_pinyin  # a quarter of a second that a start doesn't need

    return "".join(lazy_pinyin(text, style=Style.NORMAL)).casefold()


def _match(entry: _Entry, wanted: str, sound: str) -> PlaceMatch | None:
    best, by_sound = 0.0, False
    for text, heard in zip(entry.texts, entry.sounds, strict=True):
        score, alike = _fit(text, wanted), False
        if not score:
            score, alike = _SOUND_WORTH * max(_fit(heard, sound), _alike(sound, heard)), True
        if score > best:
            best, by_sound = score, alike
    return PlaceMatch(entry.kind, entry.record, best, by_sound) if best >= _MIN_SCORE else None


def _fit(name: str, wanted: str) -> float:
    """Return 0.75…1 when one holds the other, the more of it the better; else 0."""
    shorter, longer = sorted((wanted, name), key=len)
    if len(shorter) < _SHORTEST or shorter not in longer:
        return 0.0
    return 0.75 + 0.25 * len(shorter) / len(longer)


def _alike(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < _MIN_SCORE or matcher.quick_ratio() < _MIN_SCORE:
        return 0.0
    return matcher.ratio()
