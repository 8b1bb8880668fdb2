"""What officers note at a trend: a remark about tags, at a moment or over a span of time."""

from typing import ClassVar

from models.operation.events.base import Payload, register


@register
class TrendNoted(Payload, frozen=True, kw_only=True):
    """A remark about tags from `from_us` to `to_us` [µs UTC]; both are the same for a moment."""

    KIND: ClassVar[str] = "trend.noted"
    tag_keys: tuple[str, ...]
    hazard_source_key: str = ""
    from_us: int
    to_us: int
    text: str


@register
class TrendNoteWithdrawn(Payload, frozen=True, kw_only=True):
    """The remark of the subject doesn't hold; it stays on record and leaves the trends."""

    KIND: ClassVar[str] = "trend.note_withdrawn"
    tag_keys: tuple[str, ...]
    reason: str
