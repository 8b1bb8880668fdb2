"""One readable line for each event of the journal, in the screen's language."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.desk import DeskApi
from models.basics import Name
from models.hazard.fires import is_burning
from models.operation.events import (
    alarm,
    call,
    card,
    drawing,
    early_warning,
    incident,
    operation,
    order,
    plan,
    report,
    resource,
    trend,
    warning,
    zone,
)
from models.operation.events.base import Event
from models.operation.fold_operation import ANSWERED
from models.operation.sketch import Sketch
from views.early_warning_words import EarlyWarningWords
from views.map.sketch_words import SketchWords
from views.warning_words import WarningWords
from views.wording import Wording

Line = Callable[[Event, Any], str]


class EventLines(QObject):
    """Words for events; an event kind without words of its own shows its kind."""

    def __init__(self, desk: DeskApi, wording: Wording) -> None:
        super().__init__()
        self._desk = desk
        self._wording = wording
        self._sketches = SketchWords(self)
        self._warnings = WarningWords(wording)
        self._early = EarlyWarningWords(wording)
        self._lines: dict[type, Line] = {
            operation.NoteWritten: lambda _, p: p.text,
            trend.TrendNoted: lambda _, p: self.tr("Note at the trend of {0}: {1}").format(
                _some(p.tag_keys), p.text
            ),
            trend.TrendNoteWithdrawn: lambda _, p: self.tr(
                "Note at the trend of {0} withdrawn: {1}"
            ).format(_some(p.tag_keys), p.reason),
            operation.ShiftTaken: self._shift,
            operation.HandedOver: self._handed,
            operation.OperationStarted: lambda _, p: self.tr("Operation started: {0}").format(
                p.name
            ),
            operation.OperationStopped: lambda _, p: self.tr("Operation ended: {0}").format(
                p.reason
            ),
            operation.WindObserved: self._wind,
            operation.SafetyFunctionFailed: self._failed,
            operation.SafetyFunctionRestored: self._restored,
            operation.InjectFired: self._fired,
            operation.InjectPostponed: self._postponed,
            alarm.AlarmRaised: self._raised,
            alarm.AlarmReturned: lambda e, _: self.tr("Alarm {0} returned").format(e.subject),
            alarm.AlarmAcknowledged: lambda e, _: self.tr("Alarm {0} acknowledged").format(
                e.subject
            ),
            alarm.AlarmShelved: lambda e, p: self.tr("Alarm {0} shelved: {1}").format(
                e.subject, p.reason
            ),
            alarm.AlarmUnshelved: lambda e, p: self.tr("Alarm {0} off the shelf: {1}").format(
                e.subject, p.reason
            ),
            alarm.AlarmLatched: lambda e, _: self.tr("Alarm {0} over, waits for its reset").format(
                e.subject
            ),
            alarm.AlarmReset: lambda e, _: self.tr("Alarm {0} reset").format(e.subject),
            alarm.AlarmAnnouncedAgain: self._announced_again,
            alarm.AlarmSuppressed: lambda e, p: self.tr(
                "Alarm {0} suppressed by design: {1}"
            ).format(e.subject, p.reason),
            alarm.AlarmUnsuppressed: lambda e, _: self.tr("Alarm {0} no longer suppressed").format(
                e.subject
            ),
            alarm.AlarmTakenOutOfService: lambda e, p: self.tr(
                "Alarm {0} out of service: {1}"
            ).format(e.subject, p.reason),
            alarm.AlarmReturnedToService: lambda e, _: self.tr("Alarm {0} in service again").format(
                e.subject
            ),
            alarm.PlantStateSet: self._plant_state,
            alarm.AlarmsSilenced: lambda _, p: self.tr("%n tone(s) silenced", "", len(p.alarm_ids)),
            alarm.TagWentStale: lambda _, p: self.tr("No data from {0}").format(_some(p.tag_keys)),
            alarm.TagCameBack: lambda _, p: self.tr("Data again from {0}").format(
                _some(p.tag_keys)
            ),
            warning.WarningColourChanged: self._coloured,
            alarm.JudgingResumed: lambda e, p: self.tr(
                "Alarms are judged again; for {0} no gateway listened"
            ).format(self._wording.duration(e.event_time_us - p.since_us)),
            card.CardOpened: lambda _, p: self.tr("Situation: {0}").format(self._name(p.title)),
            card.CardJoined: lambda _, p: self.tr("{0} joins the situation").format(p.alarm_id),
            card.CardVerificationStarted: self._verifying,
            card.CardVerified: self._verified,
            card.CardIncidentProposed: lambda _, p: self.tr("Incident proposed: {0}").format(
                self._proposal(p.reason)
            ),
            card.CardClosed: lambda _, __: self.tr("Situation settled"),
            call.CallRang: lambda _, p: self.tr("Call from {0}").format(p.number),
            call.CallRecorded: lambda _, p: self.tr("Call recorded: {0}").format(
                " · ".join(p.fields.values())
            ),
            call.CallDropped: lambda _, p: self.tr("Call dropped: {0}").format(p.reason),
        }
        self._lines |= self._of_incidents() | self._of_orders() | self._of_drawings()
        self._lines |= self._of_early_warnings()

    def line(self, event: Event) -> str:
        """Return the line of an event."""
        words = self._lines.get(type(event.payload))
        return words(event, event.payload) if words else event.kind

    def is_worth_a_line(self, event: Event) -> bool:
        """Return whether a log shows it: drafts, winds and positions would bury the rest."""
        quiet = (call.CallDraftKept, operation.WindObserved, resource.PositionReported)
        return not isinstance(event.payload, quiet)

    def spoils(self, event: Event) -> bool:
        """Return whether a line tells what only the script knows: for Drill and Review alone."""
        payload = event.payload
        return isinstance(payload, operation.InjectFired) and payload.type != ANSWERED

    def _of_incidents(self) -> dict[type, Line]:
        return {
            incident.IncidentOpened: lambda _, p: self.tr("Incident {0} opened: {1}").format(
                p.number, self._name(p.title)
            ),
            incident.IncidentUpdated: lambda _, p: self.tr("Changed ({0}): {1}").format(
                p.source, " · ".join(f"{k} {v}" for k, v in p.fields.items())
            ),
            incident.IncidentLocated: self._located,
            incident.SourceEstimated: self._estimated,
            incident.CasualtiesReported: lambda _, p: self.tr("Casualties reported by {0}").format(
                p.source
            ),
            incident.RollCallOpened: lambda _, p: self.tr("Roll call of {0}: {1} expected").format(
                p.group, p.expected
            ),
            incident.RollCallClosed: lambda _, p: self.tr("Roll call closed: {0} present").format(
                p.present
            ),
            incident.IncidentsMerged: lambda _, p: self.tr("Incidents merged: {0}").format(
                p.reason
            ),
            incident.IncidentsSplit: lambda _, p: self.tr("Incident split off: {0}").format(
                p.reason
            ),
            incident.IncidentKeptApart: lambda _, p: self.tr("Kept apart: {0}").format(p.reason),
            incident.ResponseLevelSet: lambda _, p: self.tr("Response level {0}").format(
                self._name(p.level_name)
            ),
            incident.IncidentClosed: lambda _, p: self.tr("Incident closed: {0}").format(p.reason),
            incident.IncidentReopened: lambda _, p: self.tr("Incident reopened: {0}").format(
                p.reason
            ),
            zone.ZoneDrawn: self._zone,
            zone.ZoneWentOutOfDate: lambda _, p: self.tr("Zone OUT OF DATE, wind now {0}").format(
                self._wording.wind(p.wind)
            ),
            zone.ZoneWithdrawn: lambda _, p: self.tr("Zone withdrawn: {0}").format(p.reason),
            zone.ZoneAdvised: self._advised,
            zone.DominoJudged: self._domino,
            zone.ContoursDrawn: self._contours,
            plan.PlanStarted: lambda _, p: self.tr("Plan started: {0}").format(
                self._name(p.plan_name)
            ),
            plan.TaskCreated: lambda _, p: self.tr("Task: {0}").format(self._name(p.action)),
            plan.TaskAssigned: lambda _, p: self.tr("Task taken by {0}").format(p.owner),
            plan.TaskFinished: lambda _, p: self.tr("Task done {0}").format(p.result),
            plan.TaskDropped: lambda _, p: self.tr("Task dropped: {0}").format(p.reason),
            report.ReportClockStarted: lambda _, p: self.tr("Report due: {0}").format(p.to),
            report.ReportClockMet: lambda _, __: self.tr("Report deadline met"),
            report.ReportDrafted: lambda _, p: self.tr("{0} drafted").format(
                self._wording.report_kind(p.report_kind)
            ),
            report.ReportSigned: lambda _, p: self.tr("Report signed by {0}").format(p.by),
            report.ReportSent: lambda _, p: self.tr("Report sent to {0}").format(p.to),
        }

    def _of_orders(self) -> dict[type, Line]:
        return {
            order.OrderIssued: lambda _, p: self.tr("Order to {0}: {1}").format(
                self._name(p.team_name), p.text
            ),
            order.OrderReceived: lambda e, p: self.tr("{0} signed ({1})").format(
                self._team(e.subject), p.by
            ),
            order.OrderStarted: lambda e, _: self.tr("{0} carries its order out").format(
                self._team(e.subject)
            ),
            order.OrderReported: lambda e, p: self.tr("{0} reports: {1}").format(
                self._team(e.subject), p.text
            ),
            order.OrderEscalated: lambda e, p: self.tr("{0} has not signed; calling {1}").format(
                self._team(e.subject), p.to.person or p.to.role or p.to.number
            ),
            order.OrderCancelled: lambda e, p: self.tr("Order to {0} cancelled: {1}").format(
                self._team(e.subject), p.reason
            ),
            resource.TeamStatusChanged: lambda e, p: self.tr("State of {0}: {1}").format(
                self._row("teams", e.subject), self._wording.team_status(p.status).text
            ),
            resource.NumberMarkedDead: lambda _, p: self.tr("Number {0} marked dead").format(
                p.number
            ),
            resource.StockMoved: lambda e, p: self.tr("{0}: {1} {2} of {3}").format(
                self._row("materials", e.subject), f"{p.quantity:+g}", p.unit, p.material
            ),
        }

    def _of_drawings(self) -> dict[type, Line]:
        return {
            drawing.DrawingAdded: lambda _, p: self._drawn(p, self.tr("Drawn: {0}"), p.sketch),
            drawing.DrawingChanged: lambda _, p: self._drawn(
                p, self.tr("Drawing changed: {0}"), p.sketch
            ),
            drawing.DrawingRemoved: lambda _, p: self._drawn(
                p, self.tr("Drawing removed: {0}"), p.before
            ),
            drawing.SituationMapPublished: lambda _, p: self.tr(
                "Official map published by {0}: {1}"
            ).format(p.by, self.tr("%n drawing(s)", "", len(p.drawings))),
        }

    def _of_early_warnings(self) -> dict[type, Line]:
        return {
            early_warning.EarlyWarningRaised: self._early.raised,
            early_warning.EarlyWarningCleared: self._early.cleared,
            early_warning.CourseTrainingAsked: lambda e, _: self.tr(
                "Training of the normal course of {0} asked for"
            ).format(self._row("hazard-sources", e.subject)),
            early_warning.CourseTrained: lambda e, p: self._early.trained(
                self._row("hazard-sources", e.subject), p
            ),
            early_warning.CourseNotTrained: lambda e, p: self.tr(
                "Normal course of {0} not trained: {1}"
            ).format(self._row("hazard-sources", e.subject), self._early.why_not(p)),
        }

    def _drawn(
        self,
        payload: drawing.DrawingAdded | drawing.DrawingChanged | drawing.DrawingRemoved,
        words: str,
        sketch: Sketch,
    ) -> str:
        text = words.format(self._sketches.name(sketch))
        if payload.undoes:
            return self.tr("{0} (undone)").format(text)
        return self.tr("{0} (done again)").format(text) if payload.redoes else text

    def _name(self, name: Name) -> str:
        return name.text(self._wording.language)

    def _row(self, kind: str, key: str) -> str:
        row = self._desk.reference.get(kind, key)
        return row.name.text(self._wording.language) if row else key

    def _team(self, order_id: str) -> str:
        found = self._desk.situation.orders.get(order_id)
        return self._name(found.team_name) if found else self.tr("Team")

    def _fired(self, _: Event, payload: operation.InjectFired) -> str:
        if payload.type != ANSWERED:
            return self.tr("Script: {0}").format(self._inject(payload.inject_key))
        data = payload.data
        words = Name(zh=str(data.get("zh", "")), en=str(data.get("en", "")))
        return f"☎ {data.get('said_by', '')}: {self._name(words)}"

    def _shift(self, _: Event, payload: operation.ShiftTaken) -> str:
        text = self.tr("{0} takes the watch ({1})").format(payload.person, payload.shift)
        return f"{text}: {payload.takeover_reason}" if payload.takeover_reason else text

    def _handed(self, _: Event, payload: operation.HandedOver) -> str:
        return self.tr("Handover {0} → {1}: {2} open items (document {3})").format(
            payload.outgoing or "—", payload.incoming, len(payload.items), payload.sha256[:12]
        )

    def _wind(self, _: Event, payload: operation.WindObserved) -> str:
        return " / ".join(f"{m.source} {self._wording.wind(m)}" for m in payload.masts)

    def _failed(self, _: Event, payload: operation.SafetyFunctionFailed) -> str:
        return self.tr("FAILED: {0} — {1}").format(payload.function, payload.detail)

    def _restored(self, _: Event, payload: operation.SafetyFunctionRestored) -> str:
        return self.tr("Works again: {0}").format(payload.function)

    def _postponed(self, _: Event, payload: operation.InjectPostponed) -> str:
        minutes = f"{payload.by_s / 60:+g}"
        return self.tr("Script moved by {1} min: {0}").format(
            self._inject(payload.inject_key), minutes
        )

    def _inject(self, key: str) -> str:
        """Return what an inject of any script says happens."""
        for scenario in self._desk.reference.all("scenarios").values():
            for inject in getattr(scenario, "injects", ()):
                if inject.key == key:
                    return self._name(inject.synopsis)
        return key

    def _raised(self, event: Event, payload: alarm.AlarmRaised) -> str:
        value = self._wording.number(payload.value, payload.unit)
        limit = self._wording.number(payload.limit_value, payload.unit)
        return self.tr("Alarm {0}: {1} (limit {2})").format(event.subject, value, limit)

    def _coloured(self, event: Event, payload: warning.WarningColourChanged) -> str:
        text = self.tr("Warning colour of {0}: {1} → {2}, index {3}").format(
            self._row("hazard-sources", event.subject),
            self._warnings.colour(payload.before).text,
            self._warnings.colour(payload.colour).text,
            f"{payload.index:g}",
        )
        parts = " · ".join(self._warnings.part(p.what, p.items, p.points) for p in payload.parts)
        return f"{text} ({parts})" if parts else text

    def _announced_again(self, event: Event, payload: alarm.AlarmAnnouncedAgain) -> str:
        if payload.reason == "unacknowledged":
            return self.tr("Alarm {0} sounds again: nobody acknowledged it").format(event.subject)
        return self.tr("Alarm {0} sounds again: its acknowledgement ran out").format(event.subject)

    def _plant_state(self, event: Event, payload: alarm.PlantStateSet) -> str:
        if not payload.state:
            return self.tr("Unit {0}: normal operation").format(event.subject)
        return self.tr("Unit {0}: {1}").format(event.subject, payload.state)

    def _verifying(self, _: Event, payload: card.CardVerificationStarted) -> str:
        who = " ".join(part for part in (payload.phone, payload.person) if part)
        return self.tr("Verification started: {0}").format(who)

    def _verified(self, _: Event, payload: card.CardVerified) -> str:
        word = self._wording.verification(payload.result).text
        return self.tr("Verified: {0} {1}").format(word, payload.said_by)

    def _proposal(self, reason: str) -> str:
        words = {
            "no_answer": self.tr("no answer"),
            "second_detector": self.tr("a second detector"),
            "call_point": self.tr("a manual call point"),
        }
        return words.get(reason, reason)

    def _located(self, _: Event, payload: incident.IncidentLocated) -> str:
        place = self._name(payload.place)
        if payload.moved_m is None:
            return self.tr("Place set: {0}").format(place)
        moved = self._wording.distance(payload.moved_m)
        return self.tr("Place corrected by {0}: {1}").format(moved, place)

    def _estimated(self, _: Event, payload: incident.SourceEstimated) -> str:
        found = payload.estimate.estimate
        if payload.source_key:
            share = next(
                (s.probability for s in found.candidates if s.key == payload.source_key), 0.0
            )
            name = self._row("hazard-sources", payload.source_key)
            where = self.tr("{name} ({share} likely)").format(
                name=name, share=self._wording.probability(share)
            )
        else:
            where = self.tr("a place that no hazard source stands at")
        return self.tr("Source taken from the detectors: {where}, {rate} kg/s, ESTIMATED").format(
            where=where, rate=f"{payload.release_kg_s:.2g}"
        )

    def _contours(self, _: Event, payload: zone.ContoursDrawn) -> str:
        outer = [lv.reach_m for lv in payload.result.levels if lv.probability is not None]
        count = self.tr("%n receptor(s) inside", "", len(payload.result.receptors))
        return self.tr("Contours of probability drawn: 5 % as far as {0}, {1}").format(
            self._wording.distance(max(outer, default=0.0)), count
        )

    def _advised(self, _: Event, payload: zone.ZoneAdvised) -> str:
        verdicts = [each.verdict for each in payload.advice.advices]
        return self.tr(
            "Advice by a model: shelter {shelter}, leave {leave}, come out {out}, undecided {open}"
        ).format(
            shelter=verdicts.count("shelter"),
            leave=verdicts.count("leave"),
            out=verdicts.count("ventilate"),
            open=verdicts.count("undecided"),
        )

    def _domino(self, _: Event, payload: zone.DominoJudged) -> str:
        table = payload.table
        if table is None:
            return self.tr("Domino: no neighbour is counted on any more")
        count = len(table.at_risk)
        if table.burning:
            text = self.tr("Domino ({case}): %n neighbour(s) beyond their threshold", "", count)
        else:
            text = self.tr("IF IT IGNITES ({case}): %n neighbour(s) beyond theirs", "", count)
        fails = self.tr("{n} may fail").format(n=len(table.may_fail)) if table.at_risk else ""
        names = tuple(self._name(hit.name) for hit in table.at_risk)
        return " · ".join(
            part
            for part in (text.format(case=self._name(table.case.name)), fails, _some(names))
            if part
        )

    def _zone(self, _: Event, payload: zone.ZoneDrawn) -> str:
        result = payload.result
        reach = max((level.reach_m for level in result.levels), default=0.0)
        kind = self._wording.model(result.kind, result.model)
        if result.kind == "fire" and not is_burning(result):
            kind = self.tr("if it ignites, {model}").format(model=kind)
        count = self.tr("%n receptor(s) inside", "", len(result.receptors))
        text = self.tr("Zone drawn ({0}): {1}, {2}").format(
            kind, self._wording.distance(reach), count
        )
        rests_on = [str(i.value) for i in result.inputs if i.name in {"basis", "file"}]
        return " · ".join((text, *rests_on))


def _some(keys: tuple[str, ...]) -> str:
    shown = ", ".join(keys[:3])
    return shown if len(keys) <= 3 else f"{shown} +{len(keys) - 3}"
