"""`muster zone FILE`: the threat zone of one case, as the desk computes it."""

import argparse
from typing import Literal

import msgspec

from app.cli import BadInputError
from app.headless.jsonio import read_json, write_json
from models.basics import LatLon, Wind
from models.hazard.ensemble.spread import MeasuredWind, Spread, default_spread
from models.hazard.ensemble.zone import ensemble_zone
from models.hazard.isolation import isolation_zone
from models.hazard.ports import Exposed, HazardInputError, Release, ZoneResult
from models.hazard.registry import default_model


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


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    wind: Wind | None = None
    release: Release | None = None
    isolation: _Place | None = None
    receptors: tuple[Exposed, ...] = ()
    terrain: str = "rural"
    ensemble: _Ensemble | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", help="JSON with the case; '-' reads standard input")


def run(args: argparse.Namespace) -> int:
    """Print the zone as JSON."""
    request = read_json(args.file, _Request)
    try:
        result = _zone(request)
    except HazardInputError as error:
        raise BadInputError(f"{args.file}: {error.field}: {error.reason}") from error
    write_json(result)
    return 0


def _zone(request: _Request) -> ZoneResult:
    if (request.release is None) == (request.isolation is None):
        raise HazardInputError("release", "give either 'release' or 'isolation'")
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
