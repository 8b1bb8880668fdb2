"""What ALOHA's files hold; whatever is broken refuses the whole file by placemark and reason."""

import doctest
import hashlib
import zipfile
from pathlib import Path

import pytest

from app.exchange.aloha import reading, words
from app.exchange.aloha.reading import ZoneFile, read_zone_file
from app.exchange.aloha.words import Concern, concern_of, plain_text, severity_of
from app.exchange.findings import FileRefusedError
from models.basics import LatLon
from models.hazard.ground import circle, distance_m
from tests.unit.app.exchange.aloha.files import (
    HERE,
    TEXT,
    document,
    line,
    point,
    polygon,
    usual,
    write,
)

RING = circle(HERE, 300.0)


def read(folder: Path, text: str, name: str = "run 7.kml") -> ZoneFile:
    return read_zone_file(write(folder, text, name))


def refusal(path: Path) -> str:
    with pytest.raises(FileRefusedError) as refused:
        read_zone_file(path)
    return str(refused.value)


def test_that_the_examples_hold() -> None:
    assert doctest.testmod(words).failed == 0


def test_that_levels_confidence_and_source_are_told_apart(tmp_path: Path) -> None:
    file = read(tmp_path, usual())
    assert [(o.severity, o.is_confidence) for o in file.outlines] == [
        (1, False), (2, False), (3, False), (1, True),
    ]  # fmt: skip
    assert [o.number for o in file.outlines] == [1, 2, 3, 4]
    red = file.outlines[2]
    assert red.concern == Concern(1100.0, "ppm", "AEGL-3 (60 min)")
    assert len(red.rings[0]) == 73
    assert file.source is not None
    assert distance_m(file.source, HERE) < 0.1
    assert file.program == "ALOHA"


def test_that_the_file_is_named_and_hashed_and_what_it_says_is_kept_as_text(tmp_path: Path) -> None:
    path = write(tmp_path, usual())
    file = read_zone_file(path)
    assert file.file_name == "run 7.kml"
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    said = dict(file.facts)
    assert said["Chemical Name"] == "AMMONIA"
    assert said["Wind"] == "3 meters/second from NNE at 3 meters"
    assert said["Model"] == "ALOHA Heavy Gas"
    assert "Red" not in said
    assert "<" not in file.text
    assert "Orange: 700 meters --- (160 ppm = AEGL-2 [60 min])" in file.text


def test_that_a_kmz_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "run.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("doc.kml", usual())
        archive.writestr("icon.png", b"x")
    plain = read(tmp_path, usual())
    assert read_zone_file(path).outlines == plain.outlines


def test_that_older_names_and_bare_names_find_their_level(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        document(
            polygon("ALOHA Threat Zone 2 ppm = AEGL-2 (60 min)", RING, text=""),
            polygon("Red Threat Zone", RING),
            polygon("Evacuated", RING, text=""),
        ),
    )
    assert [o.severity for o in file.outlines] == [2, 3, None]
    assert file.outlines[1].concern == Concern(1100.0, "ppm", "AEGL-3 [60 min]")
    assert file.outlines[2].concern == Concern()


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        (
            "Red 9,000 ppm = 60% LEL = Flame Pockets",
            Concern(9000.0, "ppm", "60% LEL = Flame Pockets"),
        ),
        (
            "Orange Threat Zone 5.0 kW/(sq m) = 2nd degree burns",
            Concern(5.0, "kW/m²", "2nd degree burns"),
        ),
        ("3.5 psi = serious injury likely", Concern(3.5, "psi", "serious injury likely")),
        ("Yellow 500 ppb", Concern(0.5, "ppm", "")),
        ("Red 12 mg/(cu m) = PAC-3", Concern(12.0, "mg/m³", "PAC-3")),
        ("Red zone AEGL-3", Concern(0.0, "", "AEGL-3")),
    ],
)
def test_that_units_are_those_of_the_zones(text: str, concern: Concern) -> None:
    assert concern_of(text) == concern


def test_that_what_is_inflammable_is_told_by_its_limit() -> None:
    assert concern_of("5000 ppm = 10% LEL").is_flammable
    assert not concern_of("20 ppm = AEGL-3").is_flammable
    assert severity_of("红区") == 3
    assert severity_of("Redwood forest") is None


def test_that_text_is_data(tmp_path: Path) -> None:
    name = "Red &lt;script&gt;alert(1)&lt;/script&gt;"
    file = read(
        tmp_path, document(polygon(name, RING, text="<style>x</style>a<script>b</script>c"))
    )
    assert file.outlines[0].name == "Red <script>alert(1)</script>"
    assert file.text == "ac"
    assert plain_text("<p>one<p>two &amp; three</p>") == "one\ntwo & three"


def test_that_long_names_and_texts_are_cut(tmp_path: Path) -> None:
    file = read(tmp_path, document(polygon("Red " + "x" * 900, RING, text="y" * 9000)))
    assert len(file.outlines[0].name) == 200
    assert len(file.text) == 4000


def test_that_lines_count_with_all_they_enclose(tmp_path: Path) -> None:
    fan = [LatLon(32.31, 118.89), HERE, LatLon(32.31, 118.91)]
    file = read(tmp_path, document(polygon("Red", RING), line("Red Confidence Lines", fan)))
    confidence = file.outlines[1]
    assert (confidence.from_lines, confidence.is_confidence) == (True, True)
    assert set(confidence.rings[0]) == set(fan)


def test_that_the_source_is_called_so_or_is_the_only_point(tmp_path: Path) -> None:
    zone, away = polygon("Red", RING), LatLon(32.4, 118.9)
    both = point("Threat at point", away) + point("Source Point", HERE)
    assert read(tmp_path, document(zone, points=both)).source == HERE
    assert read(tmp_path, document(zone, points=point("x", away))).source == away
    several = point("a", away) + point("b", HERE)
    assert read(tmp_path, document(zone, points=several)).source is None
    assert read(tmp_path, document(zone)).source is None


def test_that_another_programs_kml_is_not_called_aloha(tmp_path: Path) -> None:
    plain = document(polygon("Red", RING, text=""), folder="Zones")
    file = read(tmp_path, plain.replace("Aloha Points", "p"))
    assert file.program == "KML"


@pytest.mark.parametrize(
    ("zones", "place", "reason"),
    [
        (
            polygon("Red", "118.9,32.3 abc,def 118.9,32.4"),
            "placemark 1 “Red”",
            "“abc,def” is no position",
        ),
        (
            polygon("Red", "118.9,32.3 118.9 118.9,32.4"),
            "placemark 1 “Red”",
            "“118.9” is no position",
        ),
        (
            polygon("Red", "118.9,32.3 nan,1 118.9,32.4"),
            "placemark 1 “Red”",
            "“nan,1” is no position",
        ),
        (
            polygon("Red", "118.9,92.3 118.91,32 118.9,32.4"),
            "placemark 1 “Red”",
            "“118.9,92.3” is no position",
        ),
        (polygon("Red", "1,2 3,4 1,2"), "placemark 1 “Red”", "2 different positions, 3 are needed"),
        (polygon("Red", ""), "placemark 1 “Red”", "0 different positions"),
        (
            polygon("Red", RING) + line("", [HERE, HERE]),
            "placemark 2:",
            "1 different positions, 2 are needed",
        ),
        (line("Red", [HERE, LatLon(32.4, 118.9)]), "placemark 1 “Red”", "enclose no area"),
        (
            "<Placemark><name>Red</name><Polygon/></Placemark>",
            "placemark 1 “Red”",
            "outer boundary",
        ),
        (point("x", HERE), "", "no placemark has an outline"),
    ],
)
def test_that_a_broken_outline_refuses_the_file_by_placemark_and_reason(
    tmp_path: Path, zones: str, place: str, reason: str
) -> None:
    said = refusal(write(tmp_path, document(zones)))
    assert said.startswith("run 7.kml: ")
    assert place in said
    assert reason in said


def test_that_a_broken_file_is_refused_with_its_line(tmp_path: Path) -> None:
    assert "line 2" in refusal(write(tmp_path, usual()[:-30]))
    assert "is no kml file" in refusal(write(tmp_path, "<html/>"))
    assert "ending must be" in refusal(write(tmp_path, usual(), "run.txt"))
    assert "can't be read" in refusal(tmp_path / "missing.kml")
    assert "can't be unpacked" in refusal(write(tmp_path, "no archive", "x.kmz"))


def test_that_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    head, rest = usual().split("\n", 1)
    for text in (f"{head}\n{bomb}{rest}", f"{bomb}{rest}"):
        assert refusal(write(tmp_path, text))
    kml = rest.replace("<kml ", "<!-- x --><kml ", 1)
    assert read(tmp_path, f"{head}\n{kml}").outlines


def test_that_there_are_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    several = document(*(polygon("Red", RING) for _ in range(61)))
    assert "more than 60 outlines" in refusal(write(tmp_path, several))
    wide = document(polygon("Red", circle(HERE, 300.0, 5_001)))
    assert "more than 5,000 corners" in refusal(write(tmp_path, wide))
    marks = document(*(point("x", HERE) for _ in range(2_001)))
    assert "more than 2,000 placemarks" in refusal(write(tmp_path, marks))
    monkeypatch.setattr(reading, "MAX_BYTES", 100)
    assert "at most 100 are read" in refusal(write(tmp_path, usual()))
    archive = tmp_path / "small.kmz"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("doc.kml", "<kml>" + " " * 20_000 + "</kml>")
    monkeypatch.setattr(reading, "MAX_BYTES", 10_000)
    assert "at most 10,000 are read" in refusal(archive)


def test_that_one_kml_is_read_and_no_other_map(tmp_path: Path) -> None:
    archive = tmp_path / "two.kmz"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.kml", usual())
        made.writestr("b.kml", usual())
    assert "holds 2 map files" in refusal(archive)
    assert TEXT
