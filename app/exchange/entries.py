"""Cells that hold several things: lists, phone numbers, stock, lines on the map."""

import re

import msgspec

from models.basics import LatLon, Name, Phone
from models.libraries.kinds import Stock

_SEPARATOR = re.compile(r"\s*[;；、\n|]\s*")
_NUMBER = re.compile(
    r"\+?\(?[0-9][0-9()\- ]{1,22}[0-9](?:(?:#|转|ext\.?|x)\s*[0-9]{1,6})?", re.IGNORECASE
)
_DEAD = re.compile(r"[(（]?(?:dead|停用|空号)[)）]?", re.IGNORECASE)
_STOCK = re.compile(
    r"(?:(?P<key>[\w.-]+)\s*[:：]\s*)?(?P<name>\S.*?)\s+(?P<quantity>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>\S+)"
)
_BRACES = re.compile(r"\s*\{[^{}]*\}\s*$")
_WKT = re.compile(
    r"\s*(LINESTRING|POLYGON|POINT)\s*(?:Z\s*)?\(+([^()]*)\).*", re.IGNORECASE | re.DOTALL
)
_HAN = re.compile("[\u3400-\u9fff]")


def read_list(text: str, style: str = "") -> tuple[tuple[str, ...], bool]:
    """Return the entries of a list, and whether it was clear where they end.

    `bracketed` lists are separated by commas outside brackets (chemical names hold commas
    inside); `bullets` by • with a figure in braces behind that is dropped.

    Examples
    --------
    >>> read_list("Chlorine, Isobutane  [Propane, 2-methyl]", "bracketed")
    (('Chlorine', 'Isobutane [Propane, 2-methyl]'), True)
    >>> read_list("Chlorine {8000} • Butane {31000}", "bullets")
    (('Chlorine', 'Butane'), True)
    >>> read_list("液氯；液氨")
    (('液氯', '液氨'), True)
    """
    text = _single_spaces(text)
    if text.startswith("["):
        listed = _json_list(text)
        if listed is not None:
            return listed, True
    if style == "bracketed":
        parts, clear = _outside_brackets(text)
    elif style == "bullets":
        parts, clear = [_BRACES.sub("", part) for part in text.split("•")], True
    else:
        parts, clear = _SEPARATOR.split(text), True
    entries = [re.sub(r"\s+", " ", part).strip() for part in parts]
    return tuple(dict.fromkeys(entry for entry in entries if entry)), clear


def _json_list(text: str) -> tuple[str, ...] | None:
    """Return the entries of a list written as JSON, as exports do where entries hold ; or |."""
    try:
        return msgspec.json.decode(text.encode("utf-8", "replace"), type=tuple[str, ...])
    except (msgspec.DecodeError, RecursionError):
        return None


def _single_spaces(text: str) -> str:
    return re.sub(r"[^\S\n]+", " ", text)


def _outside_brackets(text: str) -> tuple[list[str], bool]:
    parts: list[str] = []
    depth = start = 0
    for index, char in enumerate(text):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif depth == 0 and text.startswith(", ", index):
            parts.append(text[start:index])
            start = index + 2
    parts.append(text[start:])
    if depth:
        return [text], False
    joined: list[str] = []
    for part in parts:
        # "Iron, pentacarbonyl-" and "2-Butene, (E)-" are one name each
        if joined and re.match(r"[a-z]|\([EZ]\)-", part):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined, True


def read_phones(text: str) -> tuple[tuple[Phone, ...], str]:
    """Return the phone numbers of a cell, and the first part in which there is none.

    Each part is `person/role number`, all but the number may be missing; `(dead)` or 停用 marks
    a number that nobody answers.

    Examples
    --------
    >>> phones, _ = read_phones("王伟/班长 0519-1234567; 13800000000")
    >>> [(phone.person, phone.role, phone.number) for phone in phones]
    [('王伟', '班长', '0519-1234567'), ('', '', '13800000000')]
    >>> read_phones("ask the guard")[1]
    'ask the guard'
    """
    phones = []
    for part in _SEPARATOR.split(_single_spaces(text)):
        if not part:
            continue
        bare = _DEAD.sub("", part)
        match = _NUMBER.search(bare)
        if match is None:
            short_number = re.search(r"(?<!\d)\d{3,}(?!\d)", bare)
            if short_number is None:
                return (), part
            match = short_number
        rest = (bare[: match.start()] + " " + bare[match.end() :]).strip(" :：()（）,，")
        person, _, role = rest.partition("/")
        phones.append(
            Phone(
                number=match[0].strip(), person=person.strip(), role=role.strip(), dead=bare != part
            )
        )
    return tuple(phones), ""


def read_stock(text: str) -> tuple[tuple[Stock, ...], str]:
    """Return the stock of a cell, and the first part that can't be read.

    Each part is `name quantity unit` or `key: name quantity unit`.

    Examples
    --------
    >>> stock, _ = read_stock("foam: 泡沫液 500 L; 沙袋 200 袋")
    >>> [(item.material, item.name.zh, item.quantity, item.unit) for item in stock]
    [('foam', '泡沫液', 500.0, 'L'), ('沙袋', '沙袋', 200.0, '袋')]
    """
    stock = []
    for part in _SEPARATOR.split(_single_spaces(text)):
        if not part:
            continue
        match = _STOCK.fullmatch(part)
        if match is None:
            return (), part
        name = match["name"]
        stock.append(
            Stock(
                material=match["key"] or name,
                name=Name(zh=name) if _HAN.search(name) else Name(en=name),
                quantity=float(match["quantity"]),
                unit=match["unit"],
            )
        )
    return tuple(stock), ""


def read_line(text: str) -> tuple[LatLon, ...]:
    """Return the points of a WKT line string or of a polygon's outer ring.

    Raises
    ------
    ValueError
        When it is neither, or a point isn't one.

    Examples
    --------
    >>> read_line("LINESTRING (121.5 31.2, 121.6 31.2)")[0]
    LatLon(lat_deg=31.2, lon_deg=121.5)
    """
    match = _WKT.fullmatch(text)
    if match is None:
        raise ValueError("LINESTRING (lon lat, …) or POLYGON ((lon lat, …)) is expected")
    points = []
    for pair in match[2].split(","):
        numbers = pair.split()
        if len(numbers) < 2:
            raise ValueError(f"{pair.strip()!r} is no point")
        points.append(LatLon(float(numbers[1]), float(numbers[0])))
    return tuple(points)
