"""Builds the fictitious park: every kind of reference row from one seed."""

from typing import Any

from app.demo import DEMO_SEED, layout, libraries, people, points, sites
from app.demo.grid import park_grid
from app.demo.tables import load_table
from models.registry.kinds import Record

PARK_VERSION = "1"
DEMO_START_US = 1_798_761_600_000_000

Park = dict[str, tuple[Record, ...]]


def build_park(seed: str = DEMO_SEED, start_us: int = DEMO_START_US) -> Park:
    """Return the rows of every kind; the same seed and start give the same rows.

    Parameters
    ----------
    seed : str
        Chance of small things: where detectors stand, which plots have which halls.
    start_us : int
        Start of the operation [µs UTC]: permits, shifts, plan expiry and the cameras' last
        pictures are relative to it.
    """
    grid = park_grid()
    items = sites.equipment(grid, people.outside_people())
    tags = points.tags(seed, grid, items)
    park: dict[str, tuple[Any, ...]] = {
        "enterprises": sites.enterprises(grid, items),
        "hazard-sources": tuple(item.row for item in items),
        "receptors": people.receptors(grid),
        "tags": tags,
        "cameras": people.cameras(grid, start_us),
        "permits": people.permits(grid, items, tags, start_us),
        "contractors": people.contractors(),
        "shifts": people.shifts(start_us),
        "people": people.persons(),
        "features": layout.features(grid),
        "roads": layout.roads(grid),
        "buildings": (
            *sites.buildings(seed, grid, items),
            *layout.settlement_buildings(seed, grid),
            *layout.civic_buildings(grid),
        ),
        "teams": libraries.teams(grid),
        "materials": libraries.depots(grid),
        "experts": libraries.experts(),
        "plans": libraries.plans(items, start_us),
        "scenarios": libraries.scenarios(items),
        "cases": libraries.cases(),
    }
    return park


def park_name() -> tuple[str, str]:
    """Return the park's name in Chinese and English."""
    zh, en = load_table("layout")["name"]
    return zh, en
