import gzip
import shutil
from pathlib import Path

import pytest

from app.exchange.findings import FileRefusedError
from app.exchange.osm_roads import speed_km_h
from app.exchange.stage import stage_file
from app.exchange.staging import Staging
from models.libraries.kinds import Team
from models.registry.kinds import Building, Receptor, Road
from models.rules import load_rules
from tests.unit.app.exchange.conftest import reference_of

CITY = Path(__file__).with_name("small_city.osm")


@pytest.fixture(scope="module")
def city() -> Staging:
    return stage_file("osm", CITY, reference_of())


def road(staging: Staging, way: int) -> Road:
    found = next(r for r in staging.records["roads"] if r.key == f"osm/way/{way}")
    assert isinstance(found, Road)
    return found


def test_that_roads_carry_speed_class_and_direction(city: Staging) -> None:
    assert [r.key for r in city.records["roads"]] == [f"osm/way/{n}" for n in (101, 102, 105)]
    long_street = road(city, 101)
    assert (long_street.road_class, long_street.speed_km_h) == ("primary", 40.23)
    assert long_street.oneway == "backward"
    assert long_street.name.en == "Long <b>Street"
    defaults = load_rules("road_speeds")["default_km_h"]
    assert road(city, 102).speed_km_h == defaults["residential"]
    assert road(city, 105).speed_km_h == defaults["motorway"]
    assert (road(city, 105).oneway, road(city, 102).oneway) == ("forward", "")
    assert (road(city, 105).name.en, road(city, 102).name.en) == ("G15", "Unnamed road")


def test_that_ways_that_share_a_node_meet_in_exactly_one_point(city: Staging) -> None:
    assert road(city, 101).line[1] == road(city, 102).line[1]
    assert road(city, 101).line[1].lat_deg == 31.2000001


def test_that_fire_stations_are_teams_with_only_the_numbers_tagged(city: Staging) -> None:
    (team,) = city.records["teams"]
    assert isinstance(team, Team)
    assert team.name.zh == "东站"
    assert [phone.number for phone in team.phones] == ["+86 519 1234567", "119"]
    assert (team.people, team.type) == (0, "fire")


def test_that_schools_and_hospitals_are_receptors_and_unknown_numbers_stay_unknown(
    city: Staging,
) -> None:
    people = {}
    for receptor in city.records["receptors"]:
        assert isinstance(receptor, Receptor)
        people[receptor.key] = (receptor.type, receptor.people_day, receptor.people_night)
    assert people == {
        "osm/way/201": ("school", None, None),
        "osm/node/7": ("school", 300, None),
        "osm/node/8": ("hospital", None, None),
    }


def test_that_buildings_are_closed_rings(city: Staging) -> None:
    (building,) = city.records["buildings"]
    assert isinstance(building, Building)
    assert building.ring[0] == building.ring[-1]
    assert len(building.ring) == 4
    assert building.type == "school"


def test_that_what_was_assumed_is_said(city: Staging) -> None:
    said = {(found.row, found.code) for found in city.findings}
    assert (102, "speed_unreadable") in said
    assert (0, "speed_default") in said
    assert (0, "people_unknown") in said
    assert 105 not in {row for row, _ in said}
    assert city.rejected == 0


def test_that_each_part_can_be_imported_alone_and_a_second_time(city: Staging) -> None:
    stored = [record for records in city.records.values() for record in records]
    for kind in ("roads", "buildings", "teams", "receptors"):
        staging = stage_file(kind, CITY, reference_of(*stored))
        assert staging.records == {kind: city.records[kind]}
        assert "updates_stored" not in {found.code for found in staging.findings}


def test_that_a_packed_extract_reads_the_same(city: Staging, tmp_path: Path) -> None:
    packed = tmp_path / "city.osm.gz"
    with CITY.open("rb") as plain, gzip.open(packed, "wb") as target:
        shutil.copyfileobj(plain, target)
    assert stage_file("osm", packed, reference_of()).records == city.records


def test_that_an_extract_holds_no_plans() -> None:
    with pytest.raises(FileRefusedError, match="roads"):
        stage_file("plans", CITY, reference_of())


@pytest.mark.parametrize("content", [b"", b"not osm at all", b"<osm version='0.6'><node id="])
def test_that_what_is_no_extract_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.osm.pbf"
    path.write_bytes(content)
    with pytest.raises(FileRefusedError, match=r"broken\.osm\.pbf"):
        stage_file("roads", path, reference_of())


@pytest.mark.parametrize(
    ("text", "speed"),
    [("50", 50.0), ("30 mph", 48.28), ("walk", 6.0), ("RO:urban", None), ("", None), ("1", 5.0)],
)
def test_that_speed_limits_read_in_km_h(text: str, speed: float | None) -> None:
    assert speed_km_h(text, load_rules("road_speeds")) == speed
