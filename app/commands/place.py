"""Where an incident is: set when it was opened without a place, corrected when it was wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.commands.base import CommandRefusedError, Context, handles
from app.commands.opening import Opening, circle_drafts, matched_plan_drafts, place_name
from models.basics import LatLon, Name
from models.hazard.ground import distance_m
from models.operation.events.base import Draft
from models.operation.events.incident import IncidentLocated
from models.operation.incident_kinds import kind_name
from models.operation.situation import Incident
from models.registry.kinds import HazardSource, Record


@dataclass(frozen=True, slots=True)
class LocateIncident:
    """Put an incident on a place of the registry, or on a point.

    A place of the registry brings its name, its enterprise and, for a hazard source, its
    substance. A point changes where the incident is and nothing that is known of its source;
    `place_text` is what the place is called, empty keeps the name.
    """

    incident_id: str
    place_kind: str = ""
    place_key: str = ""
    position: LatLon | None = None
    place_text: str = ""
    how: Literal["registry", "coordinates", "map", "estimate"] = "registry"
    reason: str = ""


@handles(LocateIncident)
def _locate(command: LocateIncident, context: Context) -> Sequence[Draft]:
    """Put it there; the circle and, where none runs, the matching plan come in the same batch."""
    incident = context.leading_incident(command.incident_id)
    if command.place_key:
        found = _at_record(command, context)
    else:
        found = _at_point(command, context, incident)
    if found.position == incident.position and found.place == incident.place:
        raise CommandRefusedError("nothing_changed")
    opening = Opening(
        incident_kind=incident.incident_kind,
        place=found.place,
        position=found.position,
        hazard_source=found.source,
        enterprise_key=found.enterprise_key,
        wind=context.situation.masts,
        happened_us=incident.happened_us,
    )
    located = context.draft(
        incident.id, _payload(command, incident, found), caused_by=incident.event_id
    )
    drafts = [located, *circle_drafts(context, incident.id, opening, located)]
    if not incident.plan_keys:
        drafts += matched_plan_drafts(context, incident.id, opening, located)
    return drafts


@dataclass(frozen=True, slots=True)
class _Found:
    """The new place and what holds there."""

    place: Name
    position: LatLon
    source: HazardSource | None
    enterprise_key: str
    source_key: str
    substance: str
    cas: str


def _at_record(command: LocateIncident, context: Context) -> _Found:
    record = context.reference.get(command.place_kind, command.place_key)
    if record is None:
        raise CommandRefusedError("unknown_place", command.place_key)
    source = record if isinstance(record, HazardSource) else None
    enterprise_key = _enterprise_key(command.place_kind, record)
    enterprise = context.reference.get("enterprises", enterprise_key)
    position = command.position or record.position or (enterprise and enterprise.position)
    if not position:
        raise CommandRefusedError("place_without_position", record.name.text("en"))
    place = record.name
    if enterprise is not None:
        place = place_name(enterprise, record if record is not enterprise else None)
    return _Found(
        place=place,
        position=position,
        source=source,
        enterprise_key=enterprise_key,
        source_key=source.key if source else "",
        substance=source.substance if source else "",
        cas=source.cas if source else "",
    )


def _enterprise_key(kind: str, record: Record) -> str:
    if kind == "enterprises":
        return record.key
    return str(getattr(record, "enterprise_key", ""))


def _at_point(command: LocateIncident, context: Context, incident: Incident) -> _Found:
    if command.position is None:
        raise CommandRefusedError("place_missing")
    text = command.place_text.strip()
    source = context.reference.get("hazard-sources", incident.hazard_source_key)
    return _Found(
        place=Name(zh=text, en=text) if text else incident.place,
        position=command.position,
        source=source if isinstance(source, HazardSource) else None,
        enterprise_key=incident.enterprise_key,
        source_key=incident.hazard_source_key,
        substance=incident.substance,
        cas=incident.cas,
    )


def _payload(command: LocateIncident, incident: Incident, found: _Found) -> IncidentLocated:
    kind, before = kind_name(incident.incident_kind), incident.position
    return IncidentLocated(
        title=Name(
            zh=f"{kind.text('zh')} · {found.place.text('zh')}",
            en=f"{kind.text('en')} · {found.place.text('en')}",
        ),
        place=found.place,
        position=found.position,
        how="registry" if command.place_key else command.how,
        reason=command.reason,
        hazard_source_key=found.source_key,
        enterprise_key=found.enterprise_key,
        substance=found.substance,
        cas=found.cas,
        moved_m=None if before is None else round(distance_m(before, found.position), 1),
    )
