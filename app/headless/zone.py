"""`muster zone FILE`: the zone of one case, a place in it, typical releases, domino effects."""

import argparse
from typing import Literal

import msgspec

from app.cli import BadInputError
from app.headless.jsonio import read_json, write_json
from app.own_substances import load_own_substances
from app.site import Site, SiteError, site_path
from models.basics import LatLon, Wind
from models.hazard.chemical_card import chemical_card
from models.hazard.domino import DominoTarget, domino_hits
from models.hazard.ensemble.spread import MeasuredWind, Spread, default_spread
from models.hazard.ensemble.zone import ensemble_zone
from models.hazard.fires import DominoEvent, DominoHit
from models.hazard.isolation import isolation_zone
from models.hazard.point_course import PointCourse, point_course
from models.hazard.ports import Exposed, HazardInputError, Release, ZoneResult
from models.hazard.registry import default_model
from models.hazard.scenarios import ReleaseCase, Storage, release_scenarios


class _Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    position: LatLon
    substance: str = ""
    cas: str = ""
    incident_kind: str = ""
    spill: Literal["small", "large"] | None = None
    now_us: int | None = None


class _Ensemble(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    members: int | None = None
    seed: int | None = None
    inventory_kg: float | None = None
    measured: MeasuredWind | None = None
    spread: Spread | None = None


class _Held(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    storage: Storage
    substance: str = ""
    cas: str = ""


class _Domino(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    position: LatLon
    event: DominoEvent
    targets: tuple[DominoTarget, ...]


class _Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    position: LatLon
    until_s: float = 7200.0
    step_s: float = 15.0
    air_changes_h: float = 1.0


class _Scenarios(msgspec.Struct, frozen=True):
    scenarios: tuple[ReleaseCase, ...]


class _Hits(msgspec.Struct, frozen=True):
    hits: tuple[DominoHit, ...]


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    wind: Wind | None = None
    release: Release | None = None
    isolation: _Place | None = None
    scenarios: _Held | None = None
    domino: _Domino | None = None
    receptors: tuple[Exposed, ...] = ()
    terrain: str = "rural"
    ensemble: _Ensemble | None = None
    point: _Point | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", help="JSON with the case; '-' reads standard input")


def run(args: argparse.Namespace) -> int:
    """Print the zone as JSON."""
    request = read_json(args.file, _Request)
    try:
        load_own_substances(Site(site_path(args.site)))
        result = _answer(request)
    except HazardInputError as error:
        raise BadInputError(f"{args.file}: {error.field}: {error.reason}") from error
    except SiteError as error:
        raise BadInputError(str(error)) from error
    write_json(result)
    return 0


def _answer(request: _Request) -> ZoneResult | _Scenarios | _Hits | PointCourse:
    asked = (request.release, request.isolation, request.scenarios, request.domino)
    if sum(each is not None for each in asked) != 1:
        raise HazardInputError(
            "release", "give one of 'release', 'isolation', 'scenarios' and 'domino'"
        )
    if request.scenarios is not None:
        held = request.scenarios
        return _Scenarios(release_scenarios(_cas(held), held.storage))
    if request.domino is not None:
        domino = request.domino
        return _Hits(domino_hits(domino.event, domino.position, domino.targets, wind=request.wind))
    if request.point is not None:
        return _course(request, request.point)
    return _zone(request)


def _course(request: _Request, point: _Point) -> PointCourse:
    if request.release is None or request.wind is None or request.ensemble is not None:
        raise HazardInputError("point", "needs 'release' and 'wind', and no 'ensemble'")
    return point_course(
        request.release,
        request.wind,
        request.terrain,
        point.position,
        until_s=point.until_s,
        step_s=point.step_s,
        air_changes_h=point.air_changes_h,
    )


def _cas(held: _Held) -> str:
    if held.cas:
        return held.cas
    card = chemical_card(held.substance)
    if card is None:
        raise HazardInputError("substance", f"{held.substance!r} isn't on record: give its CAS")
    return card.cas


def _zone(request: _Request) -> ZoneResult:
    if request.isolation is not None:
        place = request.isolation
        return isolation_zone(
            position=place.position,
            substance=place.substance,
            cas=place.cas,
            incident_kind=place.incident_kind,
            wind=request.wind,
            now_us=place.now_us,
            spill=place.spill,
            receptors=request.receptors,
        )
    assert request.release is not None
    if request.wind is None:
        raise HazardInputError("wind", "a model needs a wind")
    if request.ensemble is not None:
        return _uncertain(request.release, request.wind, request, request.ensemble)
    return default_model().zone(request.release, request.wind, request.receptors, request.terrain)


def _uncertain(release: Release, wind: Wind, request: _Request, ensemble: _Ensemble) -> ZoneResult:
    spread = ensemble.spread or default_spread(
        wind,
        request.terrain,
        rate_assumed=release.rate_assumed,
        measured=ensemble.measured,
        inventory_kg=ensemble.inventory_kg,
    )
    return ensemble_zone(
        release,
        wind,
        request.receptors,
        request.terrain,
        spread,
        members=ensemble.members,
        seed=ensemble.seed,
    )
