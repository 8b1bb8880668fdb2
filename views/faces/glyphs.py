"""Characters that the bundled font lacks: another machine would draw them in another face."""

import unicodedata
from functools import lru_cache

from PySide6.QtGui import QFont, QRawFont

from views.fonts import FAMILY

_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"}


def missing(text: str) -> str:
    """Return the characters of a text that the bundled font can't draw, each once."""
    return "".join(sorted(each for each in set(text) if _is_missing(each)))


@lru_cache(maxsize=8192)
def _is_missing(character: str) -> bool:
    if unicodedata.category(character) in _UNSEEN:
        return False
    return any(not _indexes(bold=bold, character=character) for bold in (False, True))


def _indexes(*, bold: bool, character: str) -> bool:
    return all(_face(bold=bold).glyphIndexesForString(character))


@lru_cache(maxsize=2)
def _face(*, bold: bool) -> QRawFont:
    font = QFont(FAMILY)
    font.setPixelSize(16)
    font.setBold(bold)
    return QRawFont.fromFont(font)
