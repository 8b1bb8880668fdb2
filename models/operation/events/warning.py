"""The four-colour warning (四色预警) of hazard sources. The subject is the hazard source."""

from typing import ClassVar, Literal

import msgspec

from models.operation.events.base import Payload, register

Colour = Literal["red", "orange", "yellow", "blue"]


class ColourPart(msgspec.Struct, frozen=True, kw_only=True):
    """What adds to an index: a row of `[points]` of the rules, how many items, their points."""

    what: str
    items: int
    points: float


@register
class WarningColourChanged(Payload, frozen=True, kw_only=True):
    """A hazard source's colour, its index (0 … 100) and all that made it.

    `grade` is the source's by GB 18218, it weighs; `least` names the rule that made the colour
    worse than the index alone, empty when none did.
    """

    KIND: ClassVar[str] = "warning.colour_changed"
    colour: Colour
    before: Colour
    index: float
    parts: tuple[ColourPart, ...] = ()
    grade: str = ""
    least: str = ""
    enterprise_key: str = ""
