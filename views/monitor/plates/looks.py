"""What is painted of a tag or a title, as plain values: equal looks need no painting."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from models.registry.kinds import Tag

Family = Literal["level", "pressure", "temperature", "detector", "flow", "contact", "other"]
FAMILIES: tuple[Family, ...] = (
    "level", "pressure", "temperature", "flow", "detector", "contact", "other",
)  # fmt: skip
_MEASURED: tuple[Family, ...] = ("level", "pressure", "temperature", "flow")
_CONTACTS = frozenset({"fire", "call_point", "trip", "man_down"})
_DRAWN = ("LL", "L", "H", "HH")
_STEPS = 500


class LimitLook(msgspec.Struct, frozen=True):
    """A limit: its share of the range, its text, the priority while in alarm, else 0."""

    share: float | None
    text: str
    priority: int = 0


class TagLook(msgspec.Struct, frozen=True, kw_only=True):
    """A tag: `share` of its range (None: nothing to draw), `doubt` what is wrong with the value."""

    key: str
    name: str
    value: str
    share: float | None
    limits: tuple[LimitLook, ...] = ()
    range_text: str = ""
    arrow: str = ""
    severity: int = 0
    state: str = ""
    tone: str = ""
    doubt: str = ""
    chosen: bool = False


class HeadLook(msgspec.Struct, frozen=True, kw_only=True):
    """A title: of a hazard source (with its worst alarm), or of a family of tags."""

    name: str
    detail: str = ""
    severity: int = 0
    state: str = ""
    tone: str = ""
    doubt: str = ""
    chosen: bool = False


class MoreLook(msgspec.Struct, frozen=True):
    """The line under a plate: how many tags have no room, how many of them are in alarm."""

    text: str
    severity: int = 0


Look = TagLook | HeadLook | MoreLook


def family(tag: Tag) -> Family:
    """Return the family of a tag: by its quantity, else by what it guards.

    Examples
    --------
    >>> from models.basics import Name
    >>> family(Tag(key="T", name=Name(en="t"), quantity="batch_temperature"))
    'temperature'
    >>> family(Tag(key="T", name=Name(en="t"), quantity="gas", safety="toxic"))
    'detector'
    >>> family(Tag(key="T", name=Name(en="t"), quantity="trip", safety="trip"))
    'contact'
    """
    if tag.safety in _CONTACTS:
        return "contact"
    for each in _MEASURED:
        if tag.quantity == each or tag.quantity.endswith(f"_{each}"):
            return each
    if tag.quantity == "gas" or tag.safety in {"toxic", "combustible"}:
        return "detector"
    return "other"


def share_of(tag: Tag, value: float) -> float | None:
    """Return where a value stands in the tag's range, 0…1 in steps no finer than a screen shows.

    None where the range says nothing or the tag is a contact.
    """
    if tag.high <= tag.low or value != value or family(tag) == "contact":
        return None
    share = (value - tag.low) / (tag.high - tag.low)
    return round(min(max(share, 0.0), 1.0) * _STEPS) / _STEPS


def limit_looks(tag: Tag, alarmed: Iterable[tuple[str, int]]) -> tuple[LimitLook, ...]:
    """Return a tag's limits from low to high; `alarmed` are those in force with their priority."""
    priorities = dict(alarmed)
    found = []
    drawn = [limit for limit in tag.limits if limit.kind in _DRAWN]
    for limit in sorted(drawn, key=lambda limit: _DRAWN.index(limit.kind)):
        share = share_of(tag, limit.value)
        text = f"{limit.kind} {limit.value:g}"
        found.append(LimitLook(share, text, priorities.get(limit.kind, 0)))
    return tuple(found)
