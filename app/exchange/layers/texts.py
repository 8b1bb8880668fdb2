"""Texts of a .dbf: their encoding is told by a .cpg, guessed from all of them, never in silence."""

import codecs
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.exchange.encoding import decode_text

_CODE_PAGES = {"936": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030",
               "65001": "utf-8", "ansi 936": "gb18030", "system": ""}  # fmt: skip


def named_encoding(shape: Path) -> str:
    """Return the codec that the .cpg beside a Shapefile names; '' when there is none."""
    for suffix in (".cpg", ".CPG"):
        try:
            text = shape.with_suffix(suffix).read_text("ascii", "ignore").strip().lower()
        except OSError:
            continue
        if text.isdigit() and text not in _CODE_PAGES:
            text = f"cp{text}"
        name = _CODE_PAGES.get(text, text)
        try:
            return codecs.lookup(name).name if name else ""
        except LookupError:
            return ""
    return ""


def encoding_of(texts: Iterable[bytes], named: str) -> str:
    """Return the codec of many texts: the named one where it fits them all, else by their bytes."""
    everything = b"\n".join(dict.fromkeys(text for text in texts if not text.isascii()))
    if not everything:
        return named or "utf-8"
    if named and _fits(everything, named):
        return named
    return decode_text(everything).encoding if not _fits(everything, "utf-8") else "utf-8"


def decoded(texts: Sequence[str | None], encoding: str) -> tuple[list[str | None], list[int]]:
    """Return texts that were read byte by byte (Latin-1) in their encoding, and the broken ones."""
    made: list[str | None] = []
    broken: list[int] = []
    for place, text in enumerate(texts):
        if not isinstance(text, str) or text.isascii():
            made.append(text if isinstance(text, str) else None)
            continue
        content = text.encode("latin-1", "replace")
        try:
            made.append(content.decode(encoding))
        except UnicodeDecodeError:
            made.append(content.decode(encoding, "replace"))
            broken.append(place)
    return made, broken


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
