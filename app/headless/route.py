"""`muster route FILE`: ETAs and ways that avoid polygons; teams and materials proposed."""

import argparse

import msgspec

from app.cli import BadInputError
from app.headless.jsonio import read_json, write_json
from models.basics import LatLon, Wind
from models.dispatch.ports import Route
from models.dispatch.proposal import (
    Assignment,
    MaterialProposal,
    Need,
    TeamProposals,
    assign,
    propose_materials,
    propose_teams,
)
from models.dispatch.staging import Staging, find_staging, outer_rings
from models.dispatch.travel import RoadTravelTimes
from models.hazard.ports import ZoneResult
from models.libraries.kinds import Depot, Team
from models.registry.kinds import Road


class _Start(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    position: LatLon
    turnout_s: float = 0.0


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    destination: LatLon
    roads: tuple[Road, ...]
    starts: tuple[_Start, ...] = ()
    avoid: tuple[tuple[LatLon, ...], ...] = ()
    zones: tuple[ZoneResult, ...] = ()
    staging: bool = False
    wind: Wind | None = None
    teams: tuple[Team, ...] = ()
    statuses: dict[str, str] = {}
    dead_numbers: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    tasks: tuple[Need, ...] = ()
    depots: tuple[Depot, ...] = ()
    stock_moves: dict[str, float] = {}
    materials: dict[str, float] = {}


class _Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    routes: tuple[Route, ...]
    staging: Staging | None = None
    teams: TeamProposals | None = None
    assignments: tuple[Assignment, ...] = ()
    materials: MaterialProposal | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", help="JSON with the case; '-' reads standard input")


def run(args: argparse.Namespace) -> int:
    """Print ETAs, ways and proposals."""
    request = read_json(args.file, _Request)
    try:
        answer = _answer(request)
    except ValueError as error:
        raise BadInputError(f"{args.file}: {error}") from error
    write_json(answer)
    return 0


def _answer(request: _Request) -> _Answer:
    travel = RoadTravelTimes.build(request.roads)
    avoid = (*request.avoid, *outer_rings(request.zones))
    starts = [(start.key, start.position, start.turnout_s) for start in request.starts]
    starts += [(t.key, t.position, float(t.turnout_s)) for t in request.teams if t.position]
    routes = travel.routes(starts, request.destination, avoid)
    teams = None
    assignments: tuple[Assignment, ...] = ()
    if request.teams:
        teams = propose_teams(
            request.teams,
            routes,
            statuses=request.statuses,
            dead_numbers=request.dead_numbers,
            needs=request.needs,
        )
        assignments = assign(request.tasks, teams.ranked, request.teams)
    materials = None
    if request.materials:
        sites = [(d.key, d.position, 0.0) for d in request.depots if d.position]
        materials = propose_materials(
            request.materials,
            request.depots,
            travel.routes(sites, request.destination, avoid),
            stock_moves=request.stock_moves,
        )
    staging = None
    if request.staging:
        staging = find_staging(travel, request.destination, request.wind, starts, request.zones)
    return _Answer(routes, staging, teams, assignments, materials)
