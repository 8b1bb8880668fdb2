"""What the names and descriptions in ALOHA's KML say: colour, level of concern, facts.

ALOHA 5.4 writes a folder "Aloha Threat Zones" with placemarks such as "Red Threat Zone 1100 ppm =
AEGL-3 (60 min)" and "Red Wind Direction Confidence Lines 1100 ppm = AEGL-3 (60 min)", and a folder
of points with the source. Older ones leave the colour out. The description is HTML: time, chemical,
wind, a line for each colour, the model. All of it is text to be shown, never to be run.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal

Severity = Literal[1, 2, 3]
MAX_TEXT = 4_000

_COLOURS: dict[str, Severity] = {
    "red": 3, "orange": 2, "yellow": 1, "红": 3, "橙": 2, "黄": 1,
}  # fmt: skip
_COLOUR = re.compile(r"\b(red|orange|yellow)\b|([红橙黄])", re.IGNORECASE)
_RANKED = re.compile(r"\b(?:AEGL|ERPG|PAC|TEEL)-([123])\b", re.IGNORECASE)
_CONFIDENCE = re.compile(r"confidence|置信", re.IGNORECASE)
_UNITS = {
    "ppm": ("ppm", 1.0), "ppb": ("ppm", 1e-3), "mg/(cum)": ("mg/m³", 1.0), "mg/m3": ("mg/m³", 1.0),
    "mg/m³": ("mg/m³", 1.0), "kw/(sqm)": ("kW/m²", 1.0), "kw/m2": ("kW/m²", 1.0),
    "kw/m²": ("kW/m²", 1.0), "psi": ("psi", 1.0),
}  # fmt: skip
_CONCERN = re.compile(
    r"(?P<value>\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?)\s*"
    r"(?P<unit>ppm|ppb|mg/\(cu m\)|mg/m[3³]|kW/\(sq m\)|kW/m[2²]|psi)"
    r"(?:\s*=\s*(?P<what>.+))?",
    re.IGNORECASE,
)
_LINE = re.compile(r"^(red|orange|yellow)\s*:\s*(.*?)\s*-{2,}\s*\((.*)\)\s*$", re.IGNORECASE)
_FACT = re.compile(r"^([A-Z][A-Za-z ]{2,24}):\s*(\S.*)$")
_BREAKS = {"br", "p", "div", "tr", "li", "td"}


@dataclass(frozen=True, slots=True)
class Concern:
    """A level of concern as the file states it; 0 and '' where it doesn't."""

    threshold: float = 0.0
    unit: str = ""
    text: str = ""

    @property
    def is_flammable(self) -> bool:
        """Whether it is a share of the lower explosive limit."""
        return bool(re.search(r"\bLEL\b", self.text, re.IGNORECASE))


def severity_of(name: str) -> Severity | None:
    """Return which level an outline's name tells: by its colour, else by the number of its level.

    Examples
    --------
    >>> severity_of("Red Threat Zone"), severity_of("ALOHA Threat Zone 2 ppm = AEGL-2 (60 min)")
    (3, 2)
    >>> severity_of("Evacuated area") is None
    True
    """
    colour = _COLOUR.search(name)
    if colour is not None:
        return _COLOURS[colour.group(0).lower()]
    ranked = _RANKED.search(name)
    ranks: dict[str, Severity] = {"1": 1, "2": 2, "3": 3}
    return ranks[ranked.group(1)] if ranked is not None else None


def is_confidence(name: str) -> bool:
    """Return whether an outline says how far the wind may turn the zone."""
    return _CONFIDENCE.search(name) is not None


def concern_of(text: str) -> Concern:
    """Return the level of concern that a text states.

    Examples
    --------
    >>> concern_of("Red Threat Zone 1,100 ppm = AEGL-3 (60 min)")
    Concern(threshold=1100.0, unit='ppm', text='AEGL-3 (60 min)')
    >>> concern_of("10.0 kW/(sq m) = potentially lethal within 60 sec").unit
    'kW/m²'
    >>> concern_of("Red Threat Zone")
    Concern(threshold=0.0, unit='', text='')
    """
    found = _CONCERN.search(text)
    if found is None:
        ranked = _RANKED.search(text)
        return Concern(text=ranked.group(0).upper() if ranked is not None else "")
    unit, factor = _UNITS[found["unit"].lower().replace(" ", "")]
    value = float(found["value"].replace(",", "")) * factor
    return Concern(value, unit, (found["what"] or "").strip())


def concerns_by_severity(description: str) -> dict[Severity, Concern]:
    """Return the levels that a description lists by colour.

    Examples
    --------
    >>> concerns_by_severity("Red   : 81 meters --- (10.0 kW/(sq m) = lethal)")[3].threshold
    10.0
    """
    found: dict[Severity, Concern] = {}
    for line in description.splitlines():
        listed = _LINE.match(line)
        if listed is not None:
            found.setdefault(_COLOURS[listed.group(1).lower()], concern_of(listed.group(3)))
    return found


def facts_of(descriptions: Iterable[str]) -> tuple[tuple[str, str], ...]:
    r"""Return the lines 'Name: text' of descriptions, each name once, colours left out.

    Examples
    --------
    >>> facts_of(["Chemical Name: AMMONIA\nRed : 1 km --- (2 ppm)\nWind: 3 m/s from N"])
    (('Chemical Name', 'AMMONIA'), ('Wind', '3 m/s from N'))
    """
    found: dict[str, str] = {}
    for line in (line for text in descriptions for line in text.splitlines()):
        fact = _FACT.match(line)
        if fact is not None and _COLOUR.fullmatch(fact.group(1).strip()) is None:
            found.setdefault(fact.group(1).strip(), fact.group(2).strip())
    return tuple(found.items())


def plain_text(html: str) -> str:
    r"""Return HTML as lines of plain text; what would be run or styled is dropped.

    Examples
    --------
    >>> plain_text("<b>Wind:</b>&nbsp;7 m/s<br><script>x()</script>&lt;b&gt;")
    'Wind: 7 m/s\n<b>'
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)[:MAX_TEXT]


class _Reader(HTMLParser):
    """Gathers text; tags that end a line become line ends."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in {"script", "style"}:
            self._silent = tag
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
