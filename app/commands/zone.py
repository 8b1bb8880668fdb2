"""Commands on threat zones. A zone grows by itself; it goes only by an officer's act."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import CommandRefusedError, Context, handles
from models.hazard.advice import ZoneAdvice
from models.hazard.fires import DominoTable, fire_case_key
from models.hazard.ports import GIVEN, ZoneResult
from models.operation.events.base import Draft
from models.operation.events.zone import (
    ContoursDrawn,
    DominoJudged,
    ZoneAdvised,
    ZoneDrawn,
    ZoneWithdrawn,
)
from models.operation.situation import Situation, Zone


@dataclass(frozen=True, slots=True)
class DrawZone:
    """Put a computed, drawn or imported zone on the record and the map.

    `only_if_none` is a model's act: it may follow a zone that stands for an incident that is part
    of another one by now, since its cloud goes on.
    """

    incident_id: str
    result: ZoneResult
    replaces_zone_id: str = ""
    only_if_none: bool = False
    contours: ZoneResult | None = None
    """What an imported zone says of its own sureness: it stands and goes with it."""


@dataclass(frozen=True, slots=True)
class WithdrawZone:
    """Take a zone off the map, with a reason."""

    zone_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordAdvice:
    """Put on record whether to shelter or to leave in a zone, with what that rests on."""

    zone_id: str
    advice: ZoneAdvice


@dataclass(frozen=True, slots=True)
class RecordDomino:
    """Put on record what an incident's neighbours receive; None takes it off the map again."""

    incident_id: str
    table: DominoTable | None


@dataclass(frozen=True, slots=True)
class DrawContours:
    """Draw beside a model's zone how probably it is reached; the zone itself stays."""

    zone_id: str
    result: ZoneResult
    only_if_none: bool = False


def current_zones(
    situation: Situation, incident_id: str, *, rule_of_thumb: bool = False
) -> tuple[Zone, ...]:
    """Return the incident's zones that stand and are not out of date.

    Those that a model or an officer drew or imported, or, with `rule_of_thumb`, those of the table.
    A fire's zone stands beside a cloud's: it is neither.
    """
    return tuple(
        zone
        for zone in situation.zones.values()
        if zone.incident_id == incident_id
        and zone.result.kind != "fire"
        and (zone.result.kind == "rule_of_thumb") == rule_of_thumb
        and zone.withdrawn_us is None
        and not zone.replaced_by
        and not zone.out_of_date
    )


def current_fires(situation: Situation, incident_id: str, case_key: str = "") -> tuple[Zone, ...]:
    """Return the incident's fires that stand and aren't out of date, of one case or of all."""
    return tuple(
        zone
        for zone in situation.zones.values()
        if zone.incident_id == incident_id
        and zone.result.kind == "fire"
        and zone.withdrawn_us is None
        and not zone.replaced_by
        and not zone.out_of_date
        and case_key in {"", fire_case_key(zone.result)}
    )


@handles(DrawZone)
def _draw(command: DrawZone, context: Context) -> Sequence[Draft]:
    if command.only_if_none and _follows(command, context.situation):
        incident = context.open_incident(command.incident_id)
    else:
        incident = context.leading_incident(command.incident_id)
    if command.replaces_zone_id and command.replaces_zone_id not in context.situation.zones:
        raise CommandRefusedError("unknown_zone", command.replaces_zone_id)
    computed = command.result.kind in {"rule_of_thumb", "model", "fire"}
    if computed and incident.position not in {None, command.result.origin}:
        raise CommandRefusedError("zone_of_old_place", incident.number)
    if command.result.kind == "fire":
        standing = current_fires(context.situation, incident.id, fire_case_key(command.result))
    else:
        thumb = command.result.kind == "rule_of_thumb"
        standing = current_zones(context.situation, incident.id, rule_of_thumb=thumb)
    if command.only_if_none and any(z.result.kind == command.result.kind for z in standing):
        raise CommandRefusedError("zone_drawn_already", incident.number)
    if command.result.kind in GIVEN:
        _check_given(command.result)
    payload = ZoneDrawn(
        incident_id=incident.id,
        result=command.result,
        replaces_zone_id=command.replaces_zone_id,
    )
    drawn = context.draft(context.new_id(), payload, caused_by=incident.event_id)
    if command.contours is None:
        return [drawn]
    beside = ContoursDrawn(result=command.contours)
    return [drawn, context.draft(drawn.subject, beside, caused_by=drawn.id)]


def _follows(command: DrawZone, situation: Situation) -> bool:
    """Return whether a zone of that kind stands for the incident, out of date or not."""
    return any(
        zone.incident_id == command.incident_id
        and zone.result.kind == command.result.kind
        and zone.withdrawn_us is None
        for zone in situation.zones.values()
    )


def _check_given(result: ZoneResult) -> None:
    """Refuse a zone without ground, and one drawn by hand that doesn't say what it rests on."""
    if not any(level.rings for level in result.levels):
        raise CommandRefusedError("zone_without_ground")
    said = next((str(each.value) for each in result.inputs if each.name == "basis"), "")
    if result.kind == "drawn" and not said.strip():
        raise CommandRefusedError("basis_missing")


@handles(WithdrawZone)
def _withdraw(command: WithdrawZone, context: Context) -> Sequence[Draft]:
    zone = context.situation.zones.get(command.zone_id)
    if zone is None or zone.withdrawn_us is not None:
        raise CommandRefusedError("unknown_zone", command.zone_id)
    context.open_incident(zone.incident_id)
    if not command.reason.strip():
        raise CommandRefusedError("reason_missing")
    return [context.draft(zone.id, ZoneWithdrawn(reason=command.reason))]


@handles(RecordAdvice)
def _advise(command: RecordAdvice, context: Context) -> Sequence[Draft]:
    zone = context.situation.zones.get(command.zone_id)
    if zone is None or zone.withdrawn_us is not None:
        raise CommandRefusedError("unknown_zone", command.zone_id)
    context.open_incident(zone.incident_id)
    payload = ZoneAdvised(advice=command.advice)
    return [context.draft(zone.id, payload, caused_by=zone.event_id)]


@handles(RecordDomino)
def _domino(command: RecordDomino, context: Context) -> Sequence[Draft]:
    incident = context.leading_incident(command.incident_id)
    if command.table is None and incident.domino is None:
        raise CommandRefusedError("no_domino", incident.number)
    return [
        context.draft(incident.id, DominoJudged(table=command.table), caused_by=incident.event_id)
    ]


@handles(DrawContours)
def _contours(command: DrawContours, context: Context) -> Sequence[Draft]:
    zone = context.situation.zones.get(command.zone_id)
    if zone is None or zone.withdrawn_us is not None or zone.result.kind != "model":
        raise CommandRefusedError("unknown_zone", command.zone_id)
    context.open_incident(zone.incident_id)
    if command.only_if_none and zone.contours is not None:
        raise CommandRefusedError("zone_drawn_already", command.zone_id)
    payload = ContoursDrawn(result=command.result)
    return [context.draft(zone.id, payload, caused_by=zone.event_id)]
