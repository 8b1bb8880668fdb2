"""Folding threat zones, reports and their clocks."""

from models.operation.events import Event, report, zone
from models.operation.fold_state import Handler, Working, change
from models.operation.situation import Incident, Report, ReportClock, Zone


def _drawn(working: Working, event: Event, payload: zone.ZoneDrawn) -> None:
    """Put a zone on the map; the one it replaces stays there until an officer withdraws it."""
    working.put(
        "zones",
        event.subject,
        Zone(
            id=event.subject,
            incident_id=payload.incident_id,
            result=payload.result,
            drawn_us=event.event_time_us,
            event_id=event.id,
        ),
    )
    replaced: Zone | None = working.zones.get(payload.replaces_zone_id)
    if replaced is not None and replaced.id != event.subject:
        working.put("zones", replaced.id, change(replaced, replaced_by=event.subject))


def _out_of_date(working: Working, event: Event, payload: zone.ZoneWentOutOfDate) -> None:
    found: Zone | None = working.zones.get(event.subject)
    if found is not None:
        changed = change(found, out_of_date=payload.reason, live_wind=payload.wind)
        working.put("zones", found.id, changed)


def _withdrawn(working: Working, event: Event, _payload: zone.ZoneWithdrawn) -> None:
    found: Zone | None = working.zones.get(event.subject)
    if found is not None and found.withdrawn_us is None:
        working.put("zones", found.id, change(found, withdrawn_us=event.recorded_time_us))
        working.closes(event.recorded_time_us)


def _advised(working: Working, event: Event, payload: zone.ZoneAdvised) -> None:
    found: Zone | None = working.zones.get(event.subject)
    if found is not None:
        working.put("zones", found.id, change(found, advice=payload.advice))


def _domino(working: Working, event: Event, payload: zone.DominoJudged) -> None:
    found: Incident | None = working.incidents.get(event.subject)
    if found is not None and found.closed_us is None:
        working.put("incidents", found.id, change(found, domino=payload.table))


def _contours(working: Working, event: Event, payload: zone.ContoursDrawn) -> None:
    found: Zone | None = working.zones.get(event.subject)
    if found is not None:
        working.put("zones", found.id, change(found, contours=payload.result))


def _clock_started(working: Working, event: Event, payload: report.ReportClockStarted) -> None:
    working.put(
        "report_clocks",
        event.subject,
        ReportClock(
            id=event.subject,
            incident_id=payload.incident_id,
            rule_key=payload.rule_key,
            to=payload.to,
            started_us=event.event_time_us,
            due_us=payload.due_us,
            source=payload.source,
        ),
    )


def _clock_met(working: Working, event: Event, payload: report.ReportClockMet) -> None:
    found: ReportClock | None = working.report_clocks.get(event.subject)
    if found is not None and found.met_us is None:
        changed = change(found, met_us=event.recorded_time_us, report_id=payload.report_id)
        working.put("report_clocks", found.id, changed)
        working.closes(event.recorded_time_us)


def _drafted(working: Working, event: Event, payload: report.ReportDrafted) -> None:
    """Take a draft; a signed report is never drafted over."""
    found: Report | None = working.reports.get(event.subject)
    if found is not None and found.signed_us is not None:
        return
    working.put(
        "reports",
        event.subject,
        Report(
            id=event.subject,
            incident_id=payload.incident_id,
            report_kind=payload.report_kind,
            number=payload.number,
            language=payload.language,
            sentences=payload.sentences,
            head_seq=payload.head_seq,
            head_hash=payload.head_hash,
            drafted_us=event.event_time_us,
            event_id=event.id,
        ),
    )


def _signed(working: Working, event: Event, payload: report.ReportSigned) -> None:
    found: Report | None = working.reports.get(event.subject)
    if found is not None and found.signed_us is None:
        changed = change(found, signed_by=payload.by, signed_us=event.event_time_us)
        working.put("reports", found.id, changed)


def _sent(working: Working, event: Event, payload: report.ReportSent) -> None:
    found: Report | None = working.reports.get(event.subject)
    if found is not None:
        address = f"{payload.to} ({payload.channel})" if payload.channel else payload.to
        working.put("reports", found.id, change(found, sent=(*found.sent, address)))


HANDLERS: dict[type, Handler] = {
    zone.ZoneDrawn: _drawn,
    zone.ZoneWentOutOfDate: _out_of_date,
    zone.ZoneWithdrawn: _withdrawn,
    zone.ZoneAdvised: _advised,
    zone.ContoursDrawn: _contours,
    zone.DominoJudged: _domino,
    report.ReportClockStarted: _clock_started,
    report.ReportClockMet: _clock_met,
    report.ReportDrafted: _drafted,
    report.ReportSigned: _signed,
    report.ReportSent: _sent,
}
