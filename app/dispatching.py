"""Proposes teams for an incident: capability, readiness, and time on roads that avoid the zone."""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.desk import Reference
from app.zones import live_wind
from models.basics import LatLon
from models.dispatch.ports import Route
from models.dispatch.proposal import TeamProposal, TeamProposals, propose_teams
from models.dispatch.staging import Staging, find_staging, outer_rings
from models.dispatch.travel import RoadTravelTimes
from models.hazard.ports import ZoneResult
from models.libraries.kinds import Team
from models.operation.situation import Order, Situation
from models.registry.kinds import Road


@dataclass(frozen=True, slots=True)
class DispatchProposal:
    """What the dispatch pane shows for one incident."""

    incident_id: str
    teams: TeamProposals
    staging: Staging | None


def standing_zones(situation: Situation) -> tuple[ZoneResult, ...]:
    """Return the zones that stand, of all incidents: nobody drives through any.

    With their contours of probability: what is 5 % likely is kept out of as well.
    """
    return tuple(
        result
        for zone in situation.zones.values()
        if zone.withdrawn_us is None and not zone.replaced_by
        for result in (zone.result, zone.contours)
        if result is not None
    )


class Dispatcher:
    """Keeps the road graph of a reference revision; call it off the UI thread."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._travel: RoadTravelTimes | None = None
        self._rows: object = None
        self._lock = threading.Lock()

    def travel_times(self, reference: Reference) -> RoadTravelTimes:
        """Return the road graph, built once for each set of road rows."""
        with self._lock:
            rows = reference.all("roads")
            if self._travel is None or self._rows is not rows:
                roads = [road for road in rows.values() if isinstance(road, Road)]
                self._travel = RoadTravelTimes.cached(self._cache, _hash(roads), lambda: roads)
                self._rows = rows
            return self._travel

    def propose(
        self, situation: Situation, reference: Reference, incident_id: str, needs: Sequence[str]
    ) -> DispatchProposal:
        """Return teams for an incident, ranked; routes lead to the staging point when there is one.

        Upwind is by the mast that the incident's zone is computed with.

        Raises
        ------
        ValueError
            When the incident isn't there or has no position.
        """
        incident = situation.incidents.get(incident_id)
        if incident is None or incident.position is None:
            raise ValueError(f"incident {incident_id} has no position")
        travel = self.travel_times(reference)
        zones = standing_zones(situation)
        teams = [t for t in reference.all("teams").values() if isinstance(t, Team)]
        starts = [
            (team.key, position, float(team.turnout_s))
            for team in teams
            if (position := _where(team, situation)) is not None
        ]
        wind = live_wind(situation, incident.wind[0].source if incident.wind else "")
        staging = find_staging(travel, incident.position, wind, starts, zones)
        if staging is not None:
            routes = staging.routes
        else:
            routes = travel.routes(starts, incident.position, outer_rings(zones))
        proposals = propose_teams(
            teams,
            routes,
            statuses={key: state.status for key, state in situation.teams.items()},
            dead_numbers=frozenset(situation.dead_numbers),
            needs=needs,
        )
        return DispatchProposal(incident_id, proposals, staging)

    def replacement(self, order: Order, situation: Situation, reference: Reference) -> Route | None:
        """Return the way of the next best team for a silent order, None when there is none."""
        needs = situation.tasks[order.task_id].needs if order.task_id in situation.tasks else ()
        try:
            proposal = self.propose(situation, reference, order.incident_id, needs)
        except ValueError:
            return None
        others = [each for each in proposal.teams.ranked if each.team_key != order.team_key]
        return others[0].route if others else None


def _where(team: Team, situation: Situation) -> LatLon | None:
    """Return where the team is now: its last report, else its base."""
    state = situation.teams.get(team.key)
    return state.position if state is not None and state.position is not None else team.position


def _hash(roads: Sequence[Road]) -> str:
    digest = hashlib.blake2b(digest_size=12)
    for road in roads:
        digest.update(f"{road.key}|{road.speed_km_h}|{road.oneway}|{len(road.line)}".encode())
        for point in road.line:
            digest.update(f"{point.lat_deg:.7f},{point.lon_deg:.7f}".encode())
    return digest.hexdigest()


__all__ = ["DispatchProposal", "Dispatcher", "TeamProposal", "standing_zones"]
