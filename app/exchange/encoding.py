"""Which encoding a text file has: UTF-8, UTF-16 with its mark, or GB18030, never in silence."""

import codecs
from dataclasses import dataclass, field

from app.exchange.findings import CodedFinding, finding

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HAN_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A file's text. `broken_as` is the encoding in which single bad cells would make sense."""

    text: str
    encoding: str
    broken_as: str = ""
    findings: tuple[CodedFinding, ...] = field(default=())


def decode_text(content: bytes) -> DecodedText:
    """Return the text of a file; bytes that don't fit stay in it as lone surrogates.

    Never fails: what can't be decoded is left to be reported cell by cell.

    Examples
    --------
    >>> decode_text("化工园区".encode("gb18030")).encoding
    'gb18030'
    >>> decode_text(b"a,b").encoding
    'utf-8'
    """
    if content.startswith(_UTF16_MARKS):
        note = finding("encoding_utf16", row=1, severity="info", value="utf-16")
        text = content.decode("utf-16", "replace")
        return DecodedText(text, "utf-16", findings=(note,))
    try:
        return DecodedText(content.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError:
        pass
    if _is_gb18030(content):
        note = finding("encoding_gb18030", row=1, severity="warning", value="gb18030")
        return DecodedText(content.decode("gb18030"), "gb18030", findings=(note,))
    bad_lines = b"\n".join(line for line in content.splitlines() if not _is_utf8(line))
    other = "gb18030" if _looks_chinese(bad_lines) else "cp1252"
    return DecodedText(content.decode("utf-8-sig", "surrogateescape"), "utf-8", broken_as=other)


def is_broken(text: str) -> bool:
    """Whether a cell holds bytes that didn't fit the file's encoding."""
    return any("\udc80" <= char <= "\udcff" for char in text)


def mended(text: str, encoding: str) -> str:
    """Return a broken cell read in another encoding."""
    content = text.encode("utf-8", "surrogateescape")
    return content.decode(encoding or "cp1252", "replace")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_gb18030(content: bytes) -> bool:
    """Whether the whole file is GB18030: most lines beyond ASCII fail as UTF-8 and read Chinese."""
    beyond = [line for line in content.splitlines() if not line.isascii()]
    broken = [line for line in beyond if not _is_utf8(line)]
    if 2 * len(broken) <= len(beyond):
        return False
    return _decodes(content) and _looks_chinese(b"\n".join(broken))


def _decodes(content: bytes) -> bool:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _looks_chinese(content: bytes) -> bool:
    """Whether most characters beyond ASCII are Han or Chinese punctuation when read as GB18030.

    Western accents misread as GB18030 swallow the ASCII letter after them, so both bytes of a
    real character lie above 0xA0 nearly always.
    """
    if not _decodes(content):
        return False
    beyond = [char for char in content.decode("gb18030") if ord(char) > 0x7F]
    han = sum(_is_gb2312(char) for char in beyond)
    return han >= _HAN_SHARE * len(beyond) > 0


def _is_gb2312(char: str) -> bool:
    pair = char.encode("gb18030")
    return len(pair) == 2 and pair[0] >= 0xA1 and pair[1] >= 0xA1
