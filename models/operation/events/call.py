"""Phone calls: the draft is kept while typed, so that nothing typed is lost."""

from typing import ClassVar

from models.operation.events.base import Payload, register


@register
class CallRang(Payload, frozen=True, kw_only=True):
    """A call comes in (the exchange or the scripted world says so)."""

    KIND: ClassVar[str] = "call.rang"
    number: str
    caller: str = ""
    script: str = ""


@register
class CallDraftKept(Payload, frozen=True, kw_only=True):
    """The form as typed so far; each one replaces the one before."""

    KIND: ClassVar[str] = "call.draft_kept"
    fields: dict[str, str]


@register
class CallRecorded(Payload, frozen=True, kw_only=True):
    """The finished phone record."""

    KIND: ClassVar[str] = "call.recorded"
    fields: dict[str, str]


@register
class CallDropped(Payload, frozen=True, kw_only=True):
    """The draft was thrown away by the officer, with a reason."""

    KIND: ClassVar[str] = "call.dropped"
    reason: str
