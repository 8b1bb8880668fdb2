"""Commands on reports: draft, sign, send. Nothing is released unsigned."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.commands.base import CommandRefusedError, Context, handles
from models.operation.events.base import Draft
from models.operation.events.report import (
    ReportClockMet,
    ReportDrafted,
    ReportSent,
    ReportSigned,
    Sentence,
)
from models.operation.merged import family_ids
from models.operation.situation import Incident, Report


@dataclass(frozen=True, slots=True)
class DraftReport:
    """Store a draft; the sentences come from the record (`app.queries.reports`)."""

    incident_id: str
    report_kind: Literal["first", "follow_up", "final", "supplementary"]
    language: str
    sentences: tuple[Sentence, ...]
    head_seq: int
    head_hash: str


@dataclass(frozen=True, slots=True)
class SignReport:
    """Sign a draft."""

    report_id: str
    by: str


@dataclass(frozen=True, slots=True)
class SendReport:
    """Record that a signed report went out; it stops the clock it answers."""

    report_id: str
    to: str
    channel: str


def _report(context: Context, report_id: str) -> Report:
    report = context.situation.reports.get(report_id)
    if report is None:
        raise CommandRefusedError("unknown_report", report_id)
    return report


def _may_follow(report_kind: str, incident: Incident, context: Context) -> bool:
    """Return whether a closed incident still gets this report.

    The final and supplementary ones do, and the first one while its deadline runs.
    """
    if report_kind in {"final", "supplementary"}:
        return True
    clocks = context.situation.report_clocks.values()
    runs = any(c.incident_id == incident.id and c.met_us is None for c in clocks)
    return report_kind == "first" and runs


@handles(DraftReport)
def _draft(command: DraftReport, context: Context) -> Sequence[Draft]:
    incident = context.any_incident(command.incident_id)
    if incident.merged_into:
        raise CommandRefusedError("incident_merged", incident.number)
    if incident.closed_us is not None and not _may_follow(command.report_kind, incident, context):
        raise CommandRefusedError("incident_closed", incident.number)
    if not command.sentences:
        raise CommandRefusedError("report_empty")
    same = [
        report
        for report in context.situation.reports.values()
        if report.incident_id == incident.id and report.report_kind == command.report_kind
    ]
    payload = ReportDrafted(
        incident_id=incident.id,
        report_kind=command.report_kind,
        number=len(same) + 1,
        language=command.language,
        sentences=command.sentences,
        head_seq=command.head_seq,
        head_hash=command.head_hash,
    )
    return [context.draft(context.new_id(), payload, caused_by=incident.event_id)]


@handles(SignReport)
def _sign(command: SignReport, context: Context) -> Sequence[Draft]:
    report = _report(context, command.report_id)
    if report.signed_by:
        raise CommandRefusedError("report_signed", report.signed_by)
    if not command.by.strip():
        raise CommandRefusedError("by_missing")
    return [context.draft(report.id, ReportSigned(by=command.by), caused_by=report.event_id)]


@handles(SendReport)
def _send(command: SendReport, context: Context) -> Sequence[Draft]:
    report = _report(context, command.report_id)
    if not report.signed_by:
        raise CommandRefusedError("report_unsigned")
    sent = context.draft(
        report.id, ReportSent(to=command.to, channel=command.channel), caused_by=report.event_id
    )
    drafts = [sent]
    together = family_ids(context.situation, report.incident_id)
    for clock in context.situation.report_clocks.values():
        if clock.incident_id in together and clock.met_us is None:
            met = ReportClockMet(report_id=report.id)
            drafts.append(context.draft(clock.id, met, caused_by=sent.id))
    return drafts
