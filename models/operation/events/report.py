"""Reports (初报, 续报, 终报) and their statutory clocks."""

from typing import ClassVar, Literal

from models.basics import Value
from models.operation.events.base import Payload, register


class Sentence(Value, frozen=True, kw_only=True):
    """One sentence of a report and the journal entries it rests on."""

    text: str
    sources: tuple[str, ...]
    estimate: bool = False


@register
class ReportClockStarted(Payload, frozen=True, kw_only=True):
    """A deadline runs: rule, addressee, limit and source come from the rule table."""

    KIND: ClassVar[str] = "report_clock.started"
    incident_id: str
    rule_key: str
    to: str
    due_us: int
    source: str


@register
class ReportClockMet(Payload, frozen=True, kw_only=True):
    """The deadline was met (or met late: the times say so)."""

    KIND: ClassVar[str] = "report_clock.met"
    report_id: str


@register
class ReportDrafted(Payload, frozen=True, kw_only=True):
    """A draft out of the record."""

    KIND: ClassVar[str] = "report.drafted"
    incident_id: str
    report_kind: Literal["first", "follow_up", "final", "supplementary"]
    number: int
    language: str
    sentences: tuple[Sentence, ...]
    head_seq: int
    head_hash: str


@register
class ReportSigned(Payload, frozen=True, kw_only=True):
    """Signed; nothing is released unsigned."""

    KIND: ClassVar[str] = "report.signed"
    by: str


@register
class ReportSent(Payload, frozen=True, kw_only=True):
    """Sent to whom, how."""

    KIND: ClassVar[str] = "report.sent"
    to: str
    channel: str
