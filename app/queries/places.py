"""Finds the place a caller means: by name, code, pinyin, initials, and by a misheard sound."""

import difflib
import re
from dataclasses import dataclass
from functools import cache

from app.desk import Reference
from app.pinyin import syllables
from models.registry.kinds import HazardSource, Record

PLACE_KINDS = ("hazard-sources", "enterprises", "receptors", "features")
_MIN_SCORE = 0.5
_SOUND_WORTH = 0.8
_PARTS_WORTH = 0.9
_INITIALS_WORTH = 0.95
_GAP_COSTS = 0.04
_SHORTEST = 2
_DIGITS = str.maketrans("〇零一二两三四五六七八九０１２３４５６７８９", "0012234567890123456789")
# a Chinese character, a digit, or a run of letters is one part
_PART = re.compile(r"[^\W\d_\u3400-\U0003ffff]+|\d|[\u3400-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A candidate and how well it fits, 0…1; `by_sound` when only the sound is alike."""

    kind: str
    record: Record
    score: float
    by_sound: bool


Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """One name of a place: as written, as letters of its sound, both in parts, its initials."""

    written: str
    sound: str
    characters: Tokens
    syllables: Tokens
    initials: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    record: Record
    texts: tuple[_Text, ...]


class PlaceFinder:
    """An index over one revision of the reference data; build it off the UI thread."""

    def __init__(self, reference: Reference) -> None:
        self._entries = [
            _entry(kind, record, reference)
            for kind in PLACE_KINDS
            for record in reference.all(kind).values()
            if record.position is not None
        ]

    def find(self, text: str, limit: int = 6) -> tuple[PlaceMatch, ...]:
        """Return the best candidates for what was heard, best first."""
        wanted = _text(text)
        if not wanted.written:
            return ()
        matches = [match for entry in self._entries if (match := _match(entry, wanted))]
        matches.sort(key=lambda m: (-m.score, m.by_sound, m.kind, m.record.key))
        return tuple(matches[:limit])


def _entry(kind: str, record: Record, reference: Reference) -> _Entry:
    names = [record.name.zh, record.name.en, record.key]
    if isinstance(record, HazardSource):
        owner = reference.get("enterprises", record.enterprise_key)
        if owner is not None:
            names += [owner.name.zh + record.name.zh, f"{owner.name.en} {record.name.en}"]
    return _Entry(kind, record, tuple(_text(name) for name in names if name))


def _text(name: str) -> _Text:
    """Take a name apart; digits count the same however they are written."""
    characters = tuple(_PART.findall(name.casefold().translate(_DIGITS)))
    syllables = tuple(_syllable(each) for each in characters)
    initials = "".join(each[0] for each in syllables)
    return _Text("".join(characters), "".join(syllables), characters, syllables, initials)


@cache
def _syllable(part: str) -> str:
    """Return a Chinese character's sound; anything else sounds as it is written."""
    if part < "\u3400":
        return part
    return "".join(syllables(part)).casefold()


def _match(entry: _Entry, wanted: _Text) -> PlaceMatch | None:
    best, by_sound = 0.0, False
    for text in entry.texts:
        score = max(
            _fit(text.written, wanted.written),
            _PARTS_WORTH * _covered(wanted.characters, text.characters),
            _INITIALS_WORTH * _begins(wanted, text),
        )
        heard = _SOUND_WORTH * max(
            _fit(text.sound, wanted.sound),
            _alike(wanted.sound, text.sound),
            _covered(wanted.syllables, text.syllables),
        )
        if max(score, heard) > best:
            best, by_sound = max(score, heard), heard > score
    return PlaceMatch(entry.kind, entry.record, best, by_sound) if best >= _MIN_SCORE else None


def _begins(wanted: _Text, name: _Text) -> float:
    """Return 0.75…1 when letters are the first initials of a name of several parts; else 0."""
    letters = wanted.written
    if len(letters) < _SHORTEST or not letters.isascii():
        return 0.0
    if len(name.characters) < _SHORTEST or not name.initials.startswith(letters):
        return 0.0
    return 0.75 + 0.25 * len(letters) / len(name.initials)


def _covered(wanted: Tokens, name: Tokens) -> float:
    """Return how much of what was heard the name holds in its order, 0…1; gaps cost a little."""
    if len(wanted) < _SHORTEST or len(set(wanted) & set(name)) < _MIN_SCORE * len(set(wanted)):
        return 0.0
    matcher = difflib.SequenceMatcher(None, name, wanted, autojunk=False)
    blocks = [block.size for block in matcher.get_matching_blocks() if block.size]
    return max(0.0, sum(blocks) / len(wanted) - _GAP_COSTS * (len(blocks) - 1))


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
