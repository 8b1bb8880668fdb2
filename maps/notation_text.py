"""Pieces of typed coordinates: the many ways to write a sign, a mark and a hemisphere made one."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from maps.notation_faults import NotationError

Kind = Literal["number", "mark", "axis", "gap", "dash", "other"]
Axis = Literal["lat", "lon"]

_ALIKE = str.maketrans({
    **dict.fromkeys("º˚∘⁰゜", "°"),
    **dict.fromkeys("′’‘ʹˊ´`＇‵ʼ", "'"),
    **dict.fromkeys("″”“ʺ〃＂〞‶˝", '"'),
    **dict.fromkeys("−–—‐‑‒―－﹣", "-"),
    **dict.fromkeys("、/|", ","),
    **dict.fromkeys("()[]{}（）【】", " "),
})  # fmt: skip
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_WIDE_POINT = re.compile(r"(?<=[0-9])。(?=[0-9])")
_AXES: dict[str, tuple[Axis, int]] = {
    "北纬": ("lat", 1), "南纬": ("lat", -1), "东经": ("lon", 1), "西经": ("lon", -1),
    "LATITUDE": ("lat", 0), "LONGITUDE": ("lon", 0), "LAT": ("lat", 0), "LONG": ("lon", 0),
    "LNG": ("lon", 0), "LON": ("lon", 0), "纬度": ("lat", 0), "经度": ("lon", 0),
    "NORTH": ("lat", 1), "SOUTH": ("lat", -1), "EAST": ("lon", 1), "WEST": ("lon", -1),
    "北": ("lat", 1), "南": ("lat", -1), "东": ("lon", 1), "西": ("lon", -1),
    "N": ("lat", 1), "S": ("lat", -1), "E": ("lon", 1), "W": ("lon", -1),
}  # fmt: skip
_MARKS = {
    "DEGREES": 0, "DEGREE": 0, "DEG": 0, "°": 0, "度": 0, "D": 0,
    "MINUTES": 1, "MINUTE": 1, "MIN": 1, "分": 1, "M": 1,
    "SECONDS": 2, "SECOND": 2, "SEC": 2, "秒": 2, "''": 2, '"': 2, "'": 1,
}  # fmt: skip


def _any(words: "dict[str, int] | dict[str, tuple[Axis, int]]") -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_TOKEN = re.compile(
    rf"(?P<number>(?:(?<![0-9.])[+-]\s?)?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))"
    rf"|(?P<mark>{_any(_MARKS)})(?![A-Z]{{2}})"
    rf"|(?P<axis>{_any(_AXES)})\s*[:=]?"
    r"|(?P<gap>[,;])|(?P<dash>-)|(?P<other>\S)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece: `value` is a number's magnitude or a mark's rank (0 degrees … 2 seconds).

    `sign` is what was written before a number (0: nothing), or a hemisphere's (0: a mere label).
    """

    kind: Kind
    text: str
    value: float = 0.0
    sign: int = 0
    axis: Axis = "lat"


def plain_text(text: str) -> str:
    """Return a text in capitals with one way to write each sign.

    Examples
    --------
    >>> plain_text("３９．２８Ｎ，７６．６Ｗ"), plain_text("39º17’ –5")
    ('39.28N,76.6W', "39°17' -5")
    """
    shown = _HIDDEN.sub("", text).translate(_ALIKE)
    shown = unicodedata.normalize("NFKC", shown).translate(_ALIKE).upper()
    shown = _WIDE_POINT.sub(".", shown).replace("。", " ")
    return " ".join(shown.split()).removeprefix("GEO:").strip(" ,;.")


def read_tokens(plain: str) -> list[Token]:
    """Return the pieces of a text that `plain_text` gave.

    Raises
    ------
    NotationError
        When a piece means nothing here.

    Examples
    --------
    >>> [(t.kind, t.value, t.sign) for t in read_tokens("39.5N -76")]
    [('number', 39.5, 0), ('axis', 0.0, 1), ('number', 76.0, -1)]
    """
    return [_token(match) for match in _TOKEN.finditer(plain)]


def _token(match: re.Match[str]) -> Token:
    text = match.group(0)
    if match["number"]:
        sign = {"-": -1, "+": 1}.get(text[0], 0)
        return Token("number", text, float(text.lstrip("+- ")), sign)
    if match["mark"]:
        return Token("mark", text, _MARKS[match["mark"]])
    if match["axis"]:
        axis, sign = _AXES[match["axis"]]
        return Token("axis", text, sign=sign, axis=axis)
    if match["other"]:
        raise NotationError("not_understood", match.string[match.start() :][:20])
    return Token("gap" if match["gap"] else "dash", text)
