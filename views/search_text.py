"""Text that a filter line looks in: names in both languages, keys, pinyin and its initials."""

from collections.abc import Iterable
from functools import lru_cache

from app.pinyin import syllables

_FIELD = "\x1f"


def hay(*texts: str) -> str:
    """Return texts joined so that no search runs across two of them.

    Examples
    --------
    >>> hay("V-203", "") == hay("v-203")
    True
    """
    return _FIELD.join(text.casefold() for text in texts if text)


def sounds(name: str) -> str:
    """Return pinyin without tones and its initials as a hay; '' for a name without Chinese."""
    return "" if name.isascii() else _sounds(name)


@lru_cache(maxsize=65_536)
def _sounds(name: str) -> str:
    heard = [each for each in syllables(name) if each.strip()]
    return hay("".join(heard), "".join(each[0] for each in heard))


def words_of(text: str) -> tuple[str, ...]:
    """Return what was typed as the words that must all be found."""
    return tuple(text.casefold().split())


def has_all(words: Iterable[str], *hays: str) -> bool:
    """Tell whether each word stands in one of the hays."""
    return all(any(word in text for text in hays) for word in words)
