"""The search box: names, pinyin, codes, addresses, coordinates in every datum."""

from collections.abc import Iterator

import numpy as np
import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from maps.datum import convert
from maps.drawing import MapObject
from models.basics import Name
from models.registry.kinds import Enterprise
from tests.unit.maps.world import EVIL, ORIGIN, Rows, near, park
from tests.unit.views.map.plain_stage import kit_of, plain_map
from views.i18n import Translator
from views.kit import ViewKit
from views.map.fallback import PlainMap
from views.map.widget import MapWidget
from views.map_search.box import MapSearch
from views.map_search.finder import PlaceFinder, place_of, reading_entries, readings
from views.map_search.imported_names import ImportedNames
from views.theme import Theme
from views.wording import Wording


@pytest.fixture
def kit(theme: Theme, translator: Translator, wording: Wording) -> ViewKit:
    return kit_of(theme, translator, wording)


@pytest.fixture
def plain(qtbot: QtBot) -> Iterator[MapWidget]:
    with plain_map(qtbot) as widget:
        yield widget


@pytest.fixture
def box(kit: ViewKit, plain: MapWidget) -> MapSearch:
    made = MapSearch(kit, plain)
    made.show_station("map")
    return made


def typed(box: MapSearch, text: str) -> list[str]:
    box.open()
    line(box).setText(text)
    box.search()
    return [found.id for found in box.results()]


def line(box: MapSearch) -> QLineEdit:
    found = box.findChild(QLineEdit, "mapSearch")
    assert isinstance(found, QLineEdit)
    return found


def surface(plain: MapWidget) -> PlainMap:
    assert isinstance(plain.backend, PlainMap)
    return plain.backend


@pytest.mark.parametrize("text", ["三江", "sanjiang", "sjjx", "Sanjiang", "E1"])
def test_that_a_thing_is_found_by_name_pinyin_initials_and_code(box: MapSearch, text: str) -> None:
    assert "enterprises/E1" in typed(box, text)


def test_that_an_address_is_found() -> None:
    rows = Rows().add(
        Enterprise(key="E9", name=Name(zh="某厂"), address="化工大道 88 号", position=ORIGIN)
    )
    assert [found.id for found in PlaceFinder(rows).find("大道 88")] == ["enterprises/E9"]  # type: ignore[arg-type]


def test_that_what_has_no_place_is_not_offered() -> None:
    rows = Rows().add(Enterprise(key="E9", name=Name(zh="某厂")))
    assert PlaceFinder(rows).find("某厂") == ()  # type: ignore[arg-type]


def test_that_enter_goes_there_and_selects_it(
    box: MapSearch, plain: MapWidget, qtbot: QtBot
) -> None:
    typed(box, "Fire station")
    with qtbot.waitSignal(plain.selected) as chosen:
        qtbot.keyClick(line(box), Qt.Key.Key_Return)
    assert chosen.args == [MapObject("teams", "T1")]
    centre = surface(plain).view.centre()
    base = near(-900, -500)
    assert centre.lat_deg == pytest.approx(base.lat_deg, abs=1e-4)
    assert box.results() == ()


def test_that_arrows_choose_among_the_answers(
    box: MapSearch, plain: MapWidget, qtbot: QtBot
) -> None:
    ids = typed(box, "c")
    assert len(ids) > 1
    qtbot.keyClick(line(box), Qt.Key.Key_Down)
    with qtbot.waitSignal(box.went) as went:
        qtbot.keyClick(line(box), Qt.Key.Key_Return)
    assert went.args[0].id == ids[1]


@pytest.mark.parametrize(
    "text", ["32.01, 118.02", "32°00'36\"N 118°01'12\"E", "北纬32.01 东经118.02"]
)
def test_that_coordinates_are_read_in_several_notations(text: str) -> None:
    found = readings(text)[0]
    assert found.place.lat_deg == pytest.approx(32.01, abs=1e-6)
    assert found.place.lon_deg == pytest.approx(118.02, abs=1e-6)


def test_that_each_datum_is_offered_and_lies_where_it_belongs() -> None:
    found = {each.coordinates.datum: each for each in readings("32.0 118.0") if each.coordinates}
    assert set(found) == {"WGS84", "GCJ02", "BD09"}
    lat, lon = convert([32.0], [118.0], "GCJ02", "WGS84")
    assert found["GCJ02"].place.lat_deg == pytest.approx(float(lat[0]))
    assert found["GCJ02"].place.lon_deg == pytest.approx(float(lon[0]))


def test_that_a_datum_that_moves_nothing_is_offered_once() -> None:
    assert [each.coordinates.datum for each in readings("50.0, 5.0 ") if each.coordinates][:2] == [
        "WGS84",
        "WGS84",
    ]  # latitude first and longitude first


def test_that_typed_coordinates_are_marked_with_their_datum(
    box: MapSearch, plain: MapWidget, qtbot: QtBot
) -> None:
    typed(box, "32.01, 118.02")
    qtbot.keyClick(line(box), Qt.Key.Key_Return)
    mark = plain.content.outbox.held_value("mark")
    assert mark is not None
    assert mark["label"] == "32.010000, 118.020000 · WGS 84"
    assert surface(plain).view.centre().lon_deg == pytest.approx(118.02, abs=1e-5)
    box.open()
    qtbot.keyClick(line(box), Qt.Key.Key_Escape)
    assert plain.content.outbox.held_value("mark") == {}


def test_that_nothing_found_is_said(box: MapSearch) -> None:
    assert typed(box, "nowhere at all") == []
    assert box._none.isVisibleTo(box)


@pytest.mark.parametrize("text", [text for text in EVIL if "\x00" not in text])
def test_that_hostile_texts_find_nothing_and_break_nothing(text: str) -> None:
    assert isinstance(PlaceFinder(park()).find(text), tuple)  # type: ignore[arg-type]


def test_that_escape_leads_back_to_the_line_that_was_written(
    box: MapSearch, plain: MapWidget, qtbot: QtBot
) -> None:
    written = QLineEdit(plain)
    written.show()
    plain.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is plain.window())
    box.show_station("watch")
    written.setFocus()
    box.open()
    qtbot.waitUntil(line(box).hasFocus)
    qtbot.keyClick(line(box), Qt.Key.Key_Escape)
    assert box.isHidden()
    assert written.hasFocus()
    typed(box, "三江")
    qtbot.keyClick(line(box), Qt.Key.Key_Return)
    assert surface(plain).hasFocus()


def test_that_the_box_stays_on_the_map_station_alone(box: MapSearch, plain: MapWidget) -> None:
    box.show_station("watch")
    assert not box.isVisible()
    assert plain.content.outbox.held_value("inset") == {"top": 0}
    box.open()
    assert box.isVisible()
    assert plain.content.outbox.held_value("inset") == {"top": 40}


def test_that_the_palette_takes_coordinates_too() -> None:
    entries = reading_entries("32.01, 118.02")
    assert [entry.detail.en for entry in entries] == ["WGS 84", "GCJ-02", "BD-09"]
    assert [place_of(entry) for entry in entries] == [
        found.place for found in readings("32.01, 118.02")
    ]
    assert reading_entries("fire station") == []


def test_that_imported_shapes_are_found_by_a_part_of_their_name_those_that_begin_first() -> None:
    lines = [shapely.LineString([(118.0, at), (118.2, at)]) for at in (32.0, 32.1, 32.2)]
    names = ("East Harbour Road", "", "Harbour  Street")
    shapes = np.array(lines, dtype=object)
    index = ImportedNames({"roads": Name(en="Roads")}, {"roads": names}, {"roads": shapes})
    found = index.find("harbour", 12)
    assert [each.id for each in found] == ["layers/roads/2", "layers/roads/0"]
    assert found[0].place.lat_deg == pytest.approx(32.2)
    assert found[0].detail == Name(en="Roads")
    assert [each.id for each in index.find("HARBOUR street", 12)] == ["layers/roads/2"]
    assert len(index.find("harbour", 1)) == 1
    assert index.find(" ", 12) == ()
