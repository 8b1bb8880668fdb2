"""Commands on incidents: one keystroke opens one from a card or a call."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.commands.base import CommandRefusedError, Context, handles
from app.commands.opening import Opening, opening_drafts, opening_from_call, opening_from_card
from models.basics import LatLon
from models.operation.events.base import Draft
from models.operation.events.incident import (
    CasualtiesReported,
    IncidentClosed,
    IncidentKeptApart,
    IncidentReopened,
    IncidentsMerged,
    IncidentsSplit,
    IncidentUpdated,
    RollCallClosed,
    RollCallOpened,
)
from models.operation.merged import family


@dataclass(frozen=True, slots=True)
class OpenIncidentFromCard:
    """Turn a situation card into an incident."""

    card_id: str


@dataclass(frozen=True, slots=True)
class OpenIncidentFromCall:
    """Turn a call into an incident; place and kind are enough."""

    call_id: str
    place_kind: str = ""
    place_key: str = ""
    position: LatLon | None = None


@dataclass(frozen=True, slots=True)
class UpdateIncident:
    """Facts changed; the source says who said so."""

    incident_id: str
    source: str
    fields: dict[str, str] = field(default_factory=dict)
    position: LatLon | None = None


@dataclass(frozen=True, slots=True)
class ReportCasualties:
    """Counts from one source; None is 'to be verified'."""

    incident_id: str
    source: str
    deaths: int | None = None
    serious_injuries: int | None = None
    minor_injuries: int | None = None
    missing: int | None = None
    trapped: int | None = None


@dataclass(frozen=True, slots=True)
class OpenRollCall:
    """Count a group of people."""

    incident_id: str
    group: str
    expected: int


@dataclass(frozen=True, slots=True)
class CloseRollCall:
    """Everybody of the group is accounted for."""

    incident_id: str
    roll_call_id: str
    present: int


@dataclass(frozen=True, slots=True)
class MergeIncidents:
    """One incident after all."""

    incident_id: str
    absorbed_incident_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class SplitIncident:
    """Two incidents after all."""

    incident_id: str
    restored_incident_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeepApart:
    """These are other incidents, though place and time are the same."""

    incident_id: str
    other_incident_ids: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CloseIncident:
    """Stand down; refused while a roll call or an order is open."""

    incident_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReopenIncident:
    """Open a closed incident again."""

    incident_id: str
    reason: str


@handles(OpenIncidentFromCard)
def _open_from_card(command: OpenIncidentFromCard, context: Context) -> Sequence[Draft]:
    return opening_drafts(context, opening_from_card(context, command.card_id))


@handles(OpenIncidentFromCall)
def _open_from_call(command: OpenIncidentFromCall, context: Context) -> Sequence[Draft]:
    opening: Opening = opening_from_call(
        context, command.call_id, command.place_kind, command.place_key, command.position
    )
    return opening_drafts(context, opening)


@handles(UpdateIncident)
def _update(command: UpdateIncident, context: Context) -> Sequence[Draft]:
    incident = context.open_incident(command.incident_id)
    if not command.fields and command.position is None:
        raise CommandRefusedError("nothing_changed")
    payload = IncidentUpdated(
        fields=command.fields, source=command.source, position=command.position
    )
    return [context.draft(incident.id, payload)]


@handles(ReportCasualties)
def _casualties(command: ReportCasualties, context: Context) -> Sequence[Draft]:
    incident = context.any_incident(command.incident_id)
    if not command.source.strip():
        raise CommandRefusedError("source_missing")
    counts = {
        "deaths": command.deaths,
        "serious_injuries": command.serious_injuries,
        "minor_injuries": command.minor_injuries,
        "missing": command.missing,
        "trapped": command.trapped,
    }
    for name, count in counts.items():
        if count is not None and count < 0:
            raise CommandRefusedError("negative_count", name)
    payload = CasualtiesReported(
        source=command.source, supplementary=incident.closed_us is not None, **counts
    )
    return [context.draft(incident.id, payload)]


@handles(OpenRollCall)
def _open_roll_call(command: OpenRollCall, context: Context) -> Sequence[Draft]:
    incident = context.leading_incident(command.incident_id)
    if command.expected < 1 or not command.group.strip():
        raise CommandRefusedError("group_missing")
    payload = RollCallOpened(
        roll_call_id=context.new_id(), group=command.group, expected=command.expected
    )
    return [context.draft(incident.id, payload)]


@handles(CloseRollCall)
def _close_roll_call(command: CloseRollCall, context: Context) -> Sequence[Draft]:
    incident = context.open_incident(command.incident_id)
    roll_call = next((r for r in incident.roll_calls if r.id == command.roll_call_id), None)
    if roll_call is None:
        raise CommandRefusedError("unknown_roll_call", command.roll_call_id)
    if command.present < roll_call.expected:
        raise CommandRefusedError("people_missing", f"{command.present}/{roll_call.expected}")
    payload = RollCallClosed(roll_call_id=roll_call.id, present=command.present)
    return [context.draft(incident.id, payload)]


@handles(MergeIncidents)
def _merge(command: MergeIncidents, context: Context) -> Sequence[Draft]:
    incident = context.leading_incident(command.incident_id)
    absorbed = context.open_incident(command.absorbed_incident_id)
    if incident.id == absorbed.id or absorbed.merged_into:
        raise CommandRefusedError("cannot_merge", absorbed.number)
    payload = IncidentsMerged(absorbed_incident_id=absorbed.id, reason=command.reason)
    return [context.draft(incident.id, payload)]


@handles(SplitIncident)
def _split(command: SplitIncident, context: Context) -> Sequence[Draft]:
    incident = context.open_incident(command.incident_id)
    if command.restored_incident_id not in incident.absorbed:
        raise CommandRefusedError("not_merged", command.restored_incident_id)
    payload = IncidentsSplit(
        restored_incident_id=command.restored_incident_id, reason=command.reason
    )
    return [context.draft(incident.id, payload)]


@handles(KeepApart)
def _keep_apart(command: KeepApart, context: Context) -> Sequence[Draft]:
    incident = context.leading_incident(command.incident_id)
    others = tuple(
        key for key in command.other_incident_ids if context.any_incident(key).id != incident.id
    )
    if not others:
        raise CommandRefusedError("nothing_changed")
    payload = IncidentKeptApart(other_incident_ids=others, reason=command.reason)
    return [context.draft(incident.id, payload)]


@handles(CloseIncident)
def _close(command: CloseIncident, context: Context) -> Sequence[Draft]:
    incident = context.leading_incident(command.incident_id)
    if not command.reason.strip():
        raise CommandRefusedError("reason_missing")
    together = {each.id: each for each in family(context.situation, incident.id)}
    for each in together.values():
        if any(roll_call.present is None for roll_call in each.roll_calls):
            raise CommandRefusedError("roll_call_open", each.number)
    waiting = [
        order.team_name.en
        for order in context.situation.orders.values()
        if order.incident_id in together and order.state in {"issued", "received", "started"}
    ]
    if waiting:
        raise CommandRefusedError("orders_open", ", ".join(sorted(waiting)))
    return [context.draft(incident.id, IncidentClosed(reason=command.reason))]


@handles(ReopenIncident)
def _reopen(command: ReopenIncident, context: Context) -> Sequence[Draft]:
    incident = context.any_incident(command.incident_id)
    if incident.merged_into:
        raise CommandRefusedError("incident_merged", incident.number)
    if incident.closed_us is None:
        raise CommandRefusedError("incident_open", incident.number)
    if not command.reason.strip():
        raise CommandRefusedError("reason_missing")
    return [context.draft(incident.id, IncidentReopened(reason=command.reason))]
