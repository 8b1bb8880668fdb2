"""How Chinese sounds, without pypinyin's big dictionary of phrases.

Loading that dictionary is one step of half a second in which no other thread runs: every clock on
the screen would stand still. The phrases that sound otherwise than their characters are few; they
are read from `resources/pinyin`.
"""

import os
from functools import cache
from importlib.resources import files

_WITHOUT_PHRASES = "PYPINYIN_NO_PHRASES"


def syllables(text: str) -> list[str]:
    """Return the syllables of a text without tones; what isn't Chinese stays as it is.

    Examples
    --------
    >>> syllables("重庆 V-203")
    ['chong', 'qing', ' V-203']
    """
    _load()
    from pypinyin import lazy_pinyin  # 80 ms of dictionaries that a start doesn't need

    return list(lazy_pinyin(text))


def phrases() -> dict[str, list[list[str]]]:
    """Return the phrases with the sound of each character."""
    text = (files("resources") / "pinyin" / "phrases.txt").read_text("utf-8")
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            phrase, *sounds = line.split(" ")
            found[phrase] = [[sound] for sound in sounds]
    return found


@cache
def _load() -> None:
    before = os.environ.get(_WITHOUT_PHRASES)
    os.environ[_WITHOUT_PHRASES] = "1"  # pypinyin has no other switch
    try:
        from pypinyin import load_phrases_dict
    finally:
        if before is None:
            del os.environ[_WITHOUT_PHRASES]
    load_phrases_dict(phrases())
