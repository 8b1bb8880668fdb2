"""Events about the operation itself: start, stop, shifts, clock, notes, safety functions."""

from typing import Any, ClassVar, Literal

import msgspec

from models.basics import Name, Wind
from models.operation.events.base import Payload, register

Mode = Literal["live", "drill", "demonstration", "replay"]


@register
class OperationStarted(Payload, frozen=True, kw_only=True):
    """The first event of every operation; `mode` is stored here and never inferred."""

    KIND: ClassVar[str] = "operation.started"
    mode: Mode
    name: str
    site: str
    software_version: str
    reference_revision: int
    seed: str = ""
    scenario_key: str = ""
    source_operation: str = ""


@register
class OperationStopped(Payload, frozen=True, kw_only=True):
    """The last event of an operation that ended in order."""

    KIND: ClassVar[str] = "operation.stopped"
    reason: str
    exit_status: int = 0


@register
class SegmentBegan(Payload, frozen=True, kw_only=True):
    """A new day of a live operation; a checkpoint stands at this event."""

    KIND: ClassVar[str] = "operation.segment_began"
    day: str


@register
class ReferencePinned(Payload, frozen=True, kw_only=True):
    """From here on the operation uses this revision of the reference data."""

    KIND: ClassVar[str] = "operation.reference_pinned"
    revision: int


@register
class ClockChanged(Payload, frozen=True, kw_only=True):
    """The speed of a paced clock changed; 0 is a freeze."""

    KIND: ClassVar[str] = "operation.clock_changed"
    speed: float


@register
class ShiftTaken(Payload, frozen=True, kw_only=True):
    """Somebody took the watch at a desk; a takeover without handover has a reason."""

    KIND: ClassVar[str] = "shift.taken"
    person: str
    role: str
    shift: str
    takeover_reason: str = ""


class HandedItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One open item of a handover: whose it was, and whose it is from now on."""

    kind: str
    id: str
    title: Name
    since_us: int
    owner_before: str = ""
    owner: str = ""


@register
class HandedOver(Payload, frozen=True, kw_only=True):
    """The watch changed hands: the document, its hash, and every open item with its owner.

    `outgoing` is '' when nobody had the watch. `sha256` is that of both texts in UTF-8, Chinese
    first; the chain's head that the document rests on is this event's `previous_hash`.
    """

    KIND: ClassVar[str] = "shift.handed_over"
    outgoing: str
    outgoing_role: str
    incoming: str
    incoming_role: str
    shift: str
    items: tuple[HandedItem, ...]
    document: Name
    sha256: str
    reason: str = ""


@register
class NoteWritten(Payload, frozen=True, kw_only=True):
    """A line of the log, typed by an officer."""

    KIND: ClassVar[str] = "note.written"
    text: str
    incident_id: str = ""


@register
class WindObserved(Payload, frozen=True, kw_only=True):
    """The wind of each mast, once a minute and when it turns; disagreement is kept."""

    KIND: ClassVar[str] = "wind.observed"
    masts: tuple[Wind, ...]
    disagree: bool = False


@register
class SafetyFunctionFailed(Payload, frozen=True, kw_only=True):
    """A function people rely on stopped: gateway, broker, siren, store."""

    KIND: ClassVar[str] = "safety_function.failed"
    function: str
    detail: str


@register
class SafetyFunctionRestored(Payload, frozen=True, kw_only=True):
    """A failed safety function works again."""

    KIND: ClassVar[str] = "safety_function.restored"
    function: str
    detail: str = ""


@register
class InjectFired(Payload, frozen=True, kw_only=True):
    """The scripted world did something."""

    KIND: ClassVar[str] = "inject.fired"
    inject_key: str
    type: str
    data: dict[str, Any] = msgspec.field(default_factory=dict)


@register
class InjectPostponed(Payload, frozen=True, kw_only=True):
    """A scripted inject was put off; others keep their times."""

    KIND: ClassVar[str] = "inject.postponed"
    inject_key: str
    by_s: int
