"""Taking an estimate of where a leak comes from: an officer's act, with all it rests on."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from app.commands.base import CommandRefusedError, Context, handle, handles
from app.commands.place import LocateIncident
from models.basics import LatLon
from models.hazard.estimation.ports import SourceEstimate
from models.operation.events.base import Draft
from models.operation.events.incident import IncidentLocated, SourceEstimated
from models.operation.situation import Incident
from models.registry.kinds import HazardSource

_LOWEST_KG_S, _HIGHEST_KG_S = 1e-6, 10_000.0


@dataclass(frozen=True, slots=True)
class AdoptEstimate:
    """Put an incident where an estimate says, with its rate.

    `source_key` is one of the estimate's candidates, or '' for the place it points at, which is
    called `place_text` then.
    """

    incident_id: str
    estimate: SourceEstimate
    release_kg_s: float
    source_key: str = ""
    place_text: str = ""


@handles(AdoptEstimate)
def _adopt(command: AdoptEstimate, context: Context) -> Sequence[Draft]:
    """Locate the incident where it isn't there yet, and keep the estimate with its inputs."""
    incident = context.leading_incident(command.incident_id)
    found = command.estimate.estimate
    if found.verdict == "cannot_tell" or found.position is None:
        raise CommandRefusedError("estimate_cannot_tell")
    rate = command.release_kg_s
    if not (math.isfinite(rate) and _LOWEST_KG_S <= rate <= _HIGHEST_KG_S):
        raise CommandRefusedError("rate_senseless", f"{rate:g} kg/s")
    position, drafts = _place(command, context, incident, found.position)
    payload = SourceEstimated(
        estimate=command.estimate,
        release_kg_s=rate,
        position=position,
        source_key=command.source_key,
    )
    estimated = context.draft(incident.id, payload, caused_by=incident.event_id)
    return [*drafts, estimated]


def _place(
    command: AdoptEstimate, context: Context, incident: Incident, pointed_at: LatLon
) -> tuple[LatLon, Sequence[Draft]]:
    """Return the place taken, and what puts the incident there when it isn't."""
    if not command.source_key:
        move = LocateIncident(
            incident.id, position=pointed_at, place_text=command.place_text, how="estimate"
        )
        return pointed_at, _with_gas(handle(move, context), command.estimate)
    named = {each.key for each in command.estimate.estimate.candidates if each.key}
    row = context.reference.get(HazardSource.KIND, command.source_key)
    if command.source_key not in named or row is None or row.position is None:
        raise CommandRefusedError("unknown_place", command.source_key)
    if incident.hazard_source_key == row.key and incident.position == row.position:
        return row.position, ()
    move = LocateIncident(incident.id, place_kind=HazardSource.KIND, place_key=row.key)
    return row.position, handle(move, context)


def _with_gas(drafts: Sequence[Draft], estimate: SourceEstimate) -> Sequence[Draft]:
    """Name the gas that the detectors measure where the incident's was unknown."""
    named = []
    for draft in drafts:
        payload = draft.payload
        if isinstance(payload, IncidentLocated) and not payload.substance:
            gas = replace(payload, substance=estimate.substance, cas=estimate.cas)
            draft = replace(draft, payload=gas)
        named.append(draft)
    return named
