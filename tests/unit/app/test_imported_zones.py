"""A file's outlines as a zone: levels as told or chosen, who is inside, what is doubted."""

from pathlib import Path

import pytest
from immutables import Map
from msgspec.structs import replace

from app.dispatching import standing_zones
from app.exchange.aloha.reading import ZoneFile, read_zone_file
from app.given_zones import Surroundings
from app.imported_zones import imported_zone, told_by_file
from models.basics import LatLon, Name
from models.hazard.ground import circle, distance_m, to_positions
from models.hazard.ports import HazardInputError
from models.hazard.shelter import dangers_of
from models.operation.situation import Situation, Zone
from models.registry.kinds import Receptor
from tests.unit.app.commands.conftest import SmallReference
from tests.unit.app.exchange.aloha.files import HERE, document, line, polygon, usual, write
from tests.unit.app.test_zone_renewal import INCIDENT, NOW_US

AT_HOME = replace(INCIDENT, position=HERE, substance="ammonia", cas="7664-41-7")


def receptor(key: str, east_m: float, people: int | None) -> Receptor:
    place = to_positions(HERE, [east_m], [0.0], 270.0)[0]
    return Receptor(key=key, name=Name(key, key), position=place, people_day=people)


REFERENCE = SmallReference(
    {
        "receptors": {
            each.key: each
            for each in (
                receptor("near", 200, 10), receptor("mid", 1200, None), receptor("wide", 1800, 5),
                receptor("far", 9000, 99),
            )
        }
    }
)  # fmt: skip


def around(incident=AT_HOME) -> Surroundings:
    return Surroundings(incident, REFERENCE, NOW_US, 8.0)


@pytest.fixture
def file(tmp_path: Path) -> ZoneFile:
    return read_zone_file(write(tmp_path, usual()))


def of(folder: Path, text: str) -> ZoneFile:
    return read_zone_file(write(folder, text))


def test_that_the_zone_is_the_files_and_says_so(file: ZoneFile) -> None:
    result = imported_zone(file, told_by_file(file), around()).result
    assert (result.kind, result.model) == ("imported", "ALOHA")
    assert [(e.severity, e.threshold, e.unit) for e in result.levels] == [
        (3, 1100.0, "ppm"), (2, 160.0, "ppm"), (1, 30.0, "ppm"),
    ]  # fmt: skip
    assert result.levels[0].label == Name("红区 AEGL-3 (60 min)", "Red AEGL-3 (60 min)")
    assert [round(e.reach_m, -1) for e in result.levels] == [300, 700, 1500]
    assert distance_m(result.origin, HERE) < 0.1
    assert [w.code for w in result.warnings] == ["imported", "wind_not_followed", "no_arrival"]
    inputs = {each.name: each.value for each in result.inputs}
    assert (inputs["file"], inputs["file_sha256"]) == ("run 7.kml", file.sha256)
    assert inputs["said: Chemical Name"] == "AMMONIA"
    assert inputs["outline 3 red"] == "Red Threat Zone 1,100 ppm = AEGL-3 (60 min)"
    assert "AEGL-2 [60 min]" in str(inputs["text"])


def test_that_receptors_are_named_by_the_worst_level(file: ZoneFile) -> None:
    result = imported_zone(file, told_by_file(file), around()).result
    assert [(h.receptor_key, h.level_key, h.people) for h in result.receptors] == [
        ("near", "red", 10), ("mid", "yellow", None),
    ]  # fmt: skip


def test_that_confidence_lines_are_contours_that_nobody_drives_through(file: ZoneFile) -> None:
    made = imported_zone(file, told_by_file(file), around())
    assert made.contours is not None
    (outer,) = made.contours.levels
    assert (outer.probability, outer.key, round(outer.reach_m, -1)) == (0.05, "yellow", 2000)
    assert "wide" in {hit.receptor_key for hit in made.contours.receptors}
    zone = Zone(
        id="Z", incident_id="I1", result=made.result, drawn_us=1, event_id="e",
        contours=made.contours,
    )  # fmt: skip
    standing = standing_zones(Situation(operation_id="op", zones=Map({"Z": zone})))
    assert max(level.reach_m for each in standing for level in each.levels) > 1990


def test_that_the_officers_levels_hold_and_what_is_left_out_is_on_record(file: ZoneFile) -> None:
    made = imported_zone(file, {1: 3, 2: None, 3: 3, 4: None}, around())
    assert {each.severity for each in made.result.levels} == {3}
    assert made.contours is None
    inputs = {each.name: each for each in made.result.inputs}
    assert (inputs["outline 1 red"].source, inputs["outline 3 red"].source) == ("officer", "file")
    assert str(inputs["left_out"].value).count("·") == 1
    assert "left_out" in {each.code for each in made.result.warnings}


def test_that_without_an_outline_there_is_no_zone(file: ZoneFile) -> None:
    with pytest.raises(HazardInputError, match="no outline is taken"):
        imported_zone(file, dict.fromkeys((1, 2, 3), None) | {4: 1}, around())


def test_that_a_file_about_another_place_is_doubted_or_refused(tmp_path: Path) -> None:
    beside = of(tmp_path, usual(to_positions(HERE, [1500.0], [0.0], 270.0)[0]))
    result = imported_zone(beside, told_by_file(beside), around()).result
    (caution,) = [each for each in result.warnings if each.code == "source_elsewhere"]
    assert "1,500 m" in caution.text
    far = of(tmp_path, usual(LatLon(40.0, 118.9)))
    with pytest.raises(HazardInputError, match="km from the incident"):
        imported_zone(far, told_by_file(far), around())
    assert imported_zone(far, told_by_file(far), around(replace(AT_HOME, position=None)))


def test_that_a_file_without_a_source_takes_the_incidents_place_and_says_so(tmp_path: Path) -> None:
    bare = of(tmp_path, document(polygon("Red", circle(HERE, 300.0), text="")))
    here = imported_zone(bare, told_by_file(bare), around()).result
    assert here.origin == HERE
    assert "source_assumed" in {each.code for each in here.warnings}
    given = {each.name: each for each in here.inputs}
    assert (given["source"].source, given["source"].assumed) == ("incident", True)
    assert "text" not in given
    nowhere = imported_zone(bare, told_by_file(bare), around(replace(AT_HOME, position=None)))
    assert distance_m(nowhere.result.origin, HERE) < 1.0


def test_that_another_substance_is_noticed(file: ZoneFile) -> None:
    def codes(**more: str) -> set[str]:
        incident = replace(AT_HOME, **more)
        result = imported_zone(file, told_by_file(file), around(incident)).result
        return {each.code for each in result.warnings}

    assert "other_substance" in codes(substance="chlorine", cas="7782-50-5")
    assert "other_substance" not in codes()
    assert "other_substance" not in codes(substance="", cas="")


def test_that_lines_are_doubted(tmp_path: Path) -> None:
    fan = [LatLon(32.31, 118.89), HERE, LatLon(32.31, 118.91)]
    lined = of(tmp_path, document(polygon("Red", circle(HERE, 300.0)), line("Red Confidence", fan)))
    made = imported_zone(lined, told_by_file(lined), around())
    assert "lines_enclosed" in {each.code for each in made.result.warnings}


def test_that_only_a_toxic_concentration_of_a_file_leaves_a_building_its_use(
    tmp_path: Path,
) -> None:
    names = ("Red 9,000 ppm = 60% LEL = Flame Pockets", "Orange 160 ppm = AEGL-2", "Yellow 1 psi")
    mixed = of(tmp_path, document(*(polygon(name, circle(HERE, 300.0), text="") for name in names)))
    result = imported_zone(mixed, told_by_file(mixed), around()).result
    assert [each.key for each in result.levels] == ["lel_red", "orange", "yellow"]
    dangers = dangers_of([(result, "toxic_leak")], HERE, 270.0)
    assert [danger.shelters for danger in dangers] == [False, True, False]
