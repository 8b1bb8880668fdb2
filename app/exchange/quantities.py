"""Numbers, units and degrees as people write them into cells."""

import math
import re
import unicodedata

from app.exchange.columns import column_rules

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_COMMA = re.compile(r"[+-]?\d+,\d+")
_WITH_UNIT = re.compile(rf"({_NUMBER.pattern})\s*([^\d\s.,+-].*)")
_DEGREES = re.compile(
    r"(?P<minus>-?)(?P<before>[NSEW北南东西]?[纬经]?)\s*(?P<d>\d+(?:\.\d+)?)\s*[°度º]?\s*"
    r"(?:(?P<m>\d+(?:\.\d+)?)\s*['′’分]\s*)?(?:(?P<s>\d+(?:\.\d+)?)\s*[\"″”秒]\s*)?"
    r"(?P<after>[NSEW北南东西]?)",
    re.IGNORECASE,
)


def plain_number(text: str) -> float | None:
    """Return the number that a cell plainly is, else None.

    Examples
    --------
    >>> plain_number("１２.5"), plain_number("-066.9"), plain_number("1,200"), plain_number("nan")
    (12.5, -66.9, None, None)
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        text = unicodedata.normalize("NFKC", text)
        match = _NUMBER.fullmatch(text)
    if match is None or not text.isascii():
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def readable_number(text: str) -> str | None:
    """Return what a cell with thousands or a decimal comma probably means, else None.

    Examples
    --------
    >>> readable_number("1,200.5"), readable_number("31,25"), readable_number("many")
    ('1200.5', '31.25', None)
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if _GROUPED.fullmatch(text):
        return text.replace(",", "")
    if _COMMA.fullmatch(text):
        return text.replace(",", ".")
    return None


def split_unit(text: str) -> tuple[float, str] | None:
    """Return (number, unit) of a cell such as `25 kg`, else None."""
    match = _WITH_UNIT.fullmatch(text.strip())
    if match is None:
        return None
    value = float(match[1])
    return (value, match[5].strip()) if math.isfinite(value) else None


def unit_factor(unit: str, wanted: str) -> float | None:
    """Return the factor from `unit` to `wanted`; None when there is none."""
    factor = column_rules()["units"].get(wanted, {}).get(unit.casefold())
    return None if factor is None else float(factor)


def decimal_degrees(text: str) -> str | None:
    r"""Return degrees, minutes and seconds, or degrees with a letter, as decimal degrees.

    Examples
    --------
    >>> decimal_degrees("31°12'36\"N"), decimal_degrees("东经121.5"), decimal_degrees("76.5 W")
    ('31.21', '121.5', '-76.5')
    >>> decimal_degrees("somewhere") is None
    True
    """
    match = _DEGREES.fullmatch(unicodedata.normalize("NFC", text.strip()))
    if match is None:
        return None
    value = float(match["d"]) + float(match["m"] or 0) / 60 + float(match["s"] or 0) / 3600
    letters = (match["before"] + match["after"]).upper()
    negative = bool(match["minus"]) != any(letter in letters for letter in "SW南西")
    return short(-value if negative else value)


def short(value: float) -> str:
    """Return a number without needless digits, to 1e-7 at most.

    Examples
    --------
    >>> short(-88.0211110), short(1200.0)
    ('-88.021111', '1200')
    """
    text = f"{value:.7f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
