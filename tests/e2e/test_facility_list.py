"""A list of thousands of facilities into the running desk: reported, on the map, taken back.

The list is made here; where the public list that it imitates lies beside the checkout, the same
run is made with that too.
"""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.processes import DriverProcess
from tests.integration.app.test_facility_list import LISTS, made_here, positive_longitudes

WITHIN_S = 150
pytestmark = pytest.mark.timeout(WITHIN_S + 60)


@pytest.fixture(scope="module", params=LISTS)
def facilities(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param != "made here":
        return Path(request.param)
    path = tmp_path_factory.mktemp("list") / "facilities.csv"
    path.write_text(made_here(), "utf-8")
    return path


@pytest.fixture(scope="module")
def facts(facilities: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("facilities")
    site = folder / "site"
    site.mkdir()
    (site / "site.toml").write_text('mode = "live"\n', "utf-8")
    desk = DriverProcess(folder, "facilities", site, "--file", str(facilities))
    try:
        found: dict[str, Any] = desk.result(WITHIN_S)["facts"]
        assert desk.wait() == 0
    finally:
        desk.kill()
    return found


def rows_of(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def test_that_the_list_is_in_within_twenty_seconds(facts: dict[str, Any]) -> None:
    assert facts["checked_s"] + facts["stored_s"] <= 20


def test_that_every_bad_row_is_reported(facts: dict[str, Any], facilities: Path) -> None:
    assert facts["rows"] == rows_of(facilities)
    assert facts["accepted"] + facts["rejected"] == facts["rows"]
    assert facts["rejected"] == len(facts["bad_rows"])
    assert facts["rejected"] > 0
    assert facts["rejected"] <= positive_longitudes(facilities) + 4 + 2
    assert {"zero_position", "wrong_sign"} <= set(facts["codes"])


def test_that_the_map_of_the_running_desk_shows_them_at_once(facts: dict[str, Any]) -> None:
    assert facts["enterprises"] == facts["accepted"]
    assert facts["points"] == facts["points_before"] + facts["accepted"]
    assert facts["drawn_s"] <= 3


def test_that_one_step_takes_them_back(facts: dict[str, Any]) -> None:
    assert facts["enterprises_after"] == 0
    assert facts["points_after"] == facts["points_before"]
