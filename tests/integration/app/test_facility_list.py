"""A list of thousands of foreign facilities: every bad row is reported, undo is one step.

The list is made here; where the public list that it imitates lies beside the checkout, the same
tests run on that too.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.clock import ManualClock
from app.exchange.stage import stage_file
from app.exchange.staging import Staging
from app.journal import Journal
from app.reference import ReferenceService
from models.ids import SeededIds
from models.store import open_store

HEADING = (
    "EPA Facility ID,Facility Name,Facility Address,City,State,County,Zip,Facility DUNS,"
    "Latitude,Longitude,Chemical(s),NAICS Code(s)"
)
PUBLIC = (
    Path(__file__).parents[4]
    / "shared/data/geo/facilities/epa_rmp_facilities_all_states_2024-12.csv"
)
LISTS = ("made here", *((str(PUBLIC),) if PUBLIC.exists() else ()))


def row(key: int, state: str, lat: str, lon: str) -> str:
    return f'{key},"Plant, No {key}",Road {key},Town,{state},County,12345,,{lat},{lon},Chlorine,1'


def made_here() -> str:
    rows = [row(n, "IA", f"{41 + n % 90 / 100}", f"-{92 + n % 90 / 100}") for n in range(2_000)]
    rows[100] = row(100, "IA", "41.5", "92.5")
    rows[200] = row(200, "GU", "13.4", "144.7")
    rows[300] = row(300, "MN", "0", "0")
    rows[400] = row(7, "IA", "41.5", "-92.5")
    return "\n".join([HEADING, *rows, ""])


@pytest.fixture(params=LISTS)
def facilities(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param != "made here":
        return Path(request.param)
    path = tmp_path / "facilities.csv"
    path.write_text(made_here(), "utf-8")
    return path


@pytest.fixture
def service(store_url: str) -> Iterator[ReferenceService]:
    store = open_store(store_url)
    clock = ManualClock(1)
    yield ReferenceService(store, Journal(store, clock, SeededIds("a")), clock, SeededIds("b"))
    store.close()


def positive_longitudes(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(float(line["Longitude"]) > 0 for line in csv.DictReader(file))


def rows_with(staging: Staging, *codes: str) -> set[int]:
    return {found.row for found in staging.findings if found.code in codes}


def test_that_every_bad_row_is_reported_and_undo_is_one_step(
    facilities: Path, service: ReferenceService
) -> None:
    staging = stage_file("enterprises", facilities, service.view())
    counts = Counter(found.code for found in staging.findings)
    positive = rows_with(staging, "wrong_sign", "positive_longitude", "sign_confirmed", "swapped")
    assert len(positive) == positive_longitudes(facilities)
    assert counts["zero_position"] in {1, 4}
    assert counts["duplicate_row"] + counts["duplicate_key"] in {1, 2}
    errors = {found.row for found in staging.findings if found.severity == "error"}
    assert len(errors) == staging.rejected
    change = service.import_staged(staging, "test")
    assert change.diff.added == staging.accepted == len(service.view().all("enterprises"))
    undone = service.undo_last("test")
    assert undone.diff.removed == staging.accepted
    assert dict(service.view().all("enterprises")) == {}


def test_that_accepted_signs_lie_on_the_right_side_of_the_world(
    facilities: Path, service: ReferenceService
) -> None:
    silent = stage_file("enterprises", facilities, service.view())
    staging = stage_file("enterprises", facilities, service.view(), accept_proposals=True)
    assert staging.accepted > silent.accepted
    for record in staging.records["enterprises"]:
        assert record.position is not None
        assert record.position.lon_deg < 0 or record.position.lat_deg < 20
