"""`muster grade FILE`: GB 18218 S, R and grade of units."""

import argparse

import msgspec

from app.cli import BadInputError
from app.headless.jsonio import read_json, write_json
from models.hazard.grading import Holding, UnitGrade, grade_unit
from models.hazard.ports import HazardInputError


class _Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    exposed_persons: int
    substances: tuple[Holding, ...]


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    units: tuple[_Unit, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="JSON with the units; '-' reads standard input"
    )


def run(args: argparse.Namespace) -> int:
    """Print the grades; a bad unit names its place and nothing is printed."""
    request = read_json(args.file, _Request)
    graded = []
    for index, unit in enumerate(request.units):
        try:
            graded.append(grade_unit(unit.name, unit.exposed_persons, unit.substances))
        except HazardInputError as error:
            place = f"units[{index}].{error.field}"
            raise BadInputError(f"{args.file}: {place}: {error.reason}") from error
    write_json({"units": [_as_json(unit) for unit in graded]})
    return 0


def _as_json(unit: UnitGrade) -> dict[str, object]:
    return {
        "name": unit.name,
        "S": unit.s,
        "major": unit.major,
        "alpha": unit.alpha,
        "R": unit.r,
        "grade": unit.grade,
        "working": [
            {
                "name": {"zh": line.name.zh, "en": line.name.en},
                "quantity_t": line.quantity_t,
                "Q_t": line.critical_t,
                "q/Q": line.ratio,
                "beta": line.beta,
                "source": line.source,
                "beta_verified": line.beta_verified,
            }
            for line in unit.working
        ],
    }
