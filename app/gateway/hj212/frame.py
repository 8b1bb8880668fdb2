"""Frames of HJ 212-2017: decode, encode. Pure functions.

A frame is `##`, four digits of length, the data segment, four hexadecimal digits of check sum and
CR LF (6.3.1); the segment is `QN=…;ST=…;CN=…;PW=…;MN=…;Flag=…;PNUM=…;PNO=…;CP=&&…&&` (6.3.2). In CP
groups are separated by `;` and the fields of one by `,`.
"""

from collections.abc import Mapping

import msgspec

from app.gateway.hj212.crc import crc

MOST_DATA_BYTES = 9999  # what four digits can say; the standard allows 1024
_HEAD, _SUM = 6, 4
_SHOWN = 40


class FrameError(ValueError):
    """Bytes that are no frame; the text says what is wrong with them."""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A frame whose check sum is right.

    `fields` holds the CP by name (`a21005-Rtd`) in the order sent, `repeated` the names that came
    more than once (the last one counts). `flag` is -1 where the frame has none. `packets` and
    `packet` (PNUM, PNO) are 0 in a frame that isn't part of a split message.
    """

    qn: str
    st: str
    cn: str
    pw: str
    mn: str
    flag: int
    packets: int
    packet: int
    crc: int
    fields: Mapping[str, str]
    repeated: tuple[str, ...] = ()

    @property
    def wants_answer(self) -> bool:
        """Whether the sender waits for an answer (bit A of Flag)."""
        return self.flag >= 0 and bool(self.flag & 1)


def decode(raw: bytes) -> Frame:
    r"""Return the frame that `raw` holds, with or without the CR LF at its end.

    Raises
    ------
    FrameError
        When it doesn't begin with `##` and a length, is shorter or longer than announced, has a
        wrong check sum, or its segment isn't built of fields.

    Examples
    --------
    >>> decode(b"##0043ST=91;CN=9014;PW=1;MN=A;Flag=4;CP=&&&&&&C181\r\n")
    Traceback (most recent call last):
    ...
    app.gateway.hj212.frame.FrameError: length: 0043 announced, 38 found
    """
    if raw[-2:] == b"\r\n":
        raw = raw[:-2]
    data = raw[_HEAD:-_SUM]
    digits = raw[2:_HEAD]
    if raw[:2] != b"##" or not digits.isdigit() or len(raw) < _HEAD + _SUM:
        raise FrameError(f"no frame: it begins with {_shown(raw)}, not with ## and four digits")
    if int(digits) != len(data):
        raise FrameError(f"length: {digits.decode()} announced, {len(data)} found")
    given, computed = raw[-_SUM:], crc(data)
    if _number(given) != computed:
        raise FrameError(f"CRC: {_shown(given)} given, {computed:04X} computed")
    return _parsed(data, computed)


def _parsed(data: bytes, check_sum: int) -> Frame:
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    head, found, content = text.partition("CP=&&")
    if not found or content[-2:] != "&&":
        raise FrameError("the data segment has no CP=&&…&&")
    try:
        header = dict([pair.split("=", 1) for pair in head.split(";") if pair])
        pairs = [pair.split("=", 1) for pair in content[:-2].replace(";", ",").split(",") if pair]
        fields: dict[str, str] = dict(pairs)
    except ValueError as error:
        raise FrameError("a field has no '='") from error
    get = header.get
    return Frame(
        qn=get("QN", ""),
        st=get("ST", ""),
        cn=get("CN", ""),
        pw=get("PW", ""),
        mn=get("MN", ""),
        flag=_whole(header, "Flag", -1),
        packets=_whole(header, "PNUM", 0),
        packet=_whole(header, "PNO", 0),
        crc=check_sum,
        fields=fields,
        repeated=() if len(fields) == len(pairs) else _repeated(pairs),
    )


def _whole(header: Mapping[str, str], name: str, missing: int) -> int:
    text = header.get(name)
    if not text:
        return missing
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise FrameError(f"{name}: {text[:_SHOWN]!r} is no number")
    return int(text)


def _repeated(pairs: list[list[str]]) -> tuple[str, ...]:
    seen: set[str] = set()
    twice = {name: None for name, _ in pairs if name in seen or seen.add(name)}  # type: ignore[func-returns-value]
    return tuple(twice)


def _number(digits: bytes) -> int:
    return int(digits, 16) if digits.isalnum() and _is_hexadecimal(digits) else -1


def _is_hexadecimal(digits: bytes) -> bool:
    return not digits.strip(b"0123456789abcdefABCDEF")


def _shown(raw: bytes) -> str:
    return repr(raw[:_SHOWN].decode("ascii", "backslashreplace"))


def encode(data: str) -> bytes:
    r"""Return a data segment as a frame.

    Raises
    ------
    ValueError
        When it is longer than four digits can say or isn't ASCII.

    Examples
    --------
    >>> encode("QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;"
    ...        "Flag=5;CP=&&RtdInterval=30&&")[-6:]
    b'1C80\r\n'
    """
    raw = data.encode("ascii")
    if len(raw) > MOST_DATA_BYTES:
        raise ValueError(f"{len(raw)} bytes, {MOST_DATA_BYTES} at most")
    return b"##%04d%s%04X\r\n" % (len(raw), raw, crc(raw))
