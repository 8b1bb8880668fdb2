"""The map by keys, and what it says of the selected thing."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from maps.drawing import MapObject
from models.basics import LatLon
from tests.unit.maps.world import ORIGIN
from tests.unit.views.map.plain_stage import kit_of, plain_map
from views.i18n import Translator
from views.kit import ViewKit
from views.map.fallback import PlainMap
from views.map.keyboard import MapKeyboard
from views.map.widget import MapWidget
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
def window(plain: MapWidget, kit: ViewKit, qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made).addWidget(plain)
    qtbot.addWidget(made)
    kit.actions.set_window(made)
    made.resize(800, 500)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    return made


@pytest.fixture
def keyboard(window: QWidget, plain: MapWidget, kit: ViewKit, qtbot: QtBot) -> MapKeyboard:
    made = MapKeyboard(kit, plain)
    surface(plain).setFocus()
    qtbot.waitUntil(surface(plain).hasFocus)
    return made


def surface(plain: MapWidget) -> PlainMap:
    assert isinstance(plain.backend, PlainMap)
    return plain.backend


def centre(plain: MapWidget) -> LatLon:
    return surface(plain).view.centre()


@pytest.mark.parametrize(
    ("key", "east", "north"),
    [
        (Qt.Key.Key_Left, -1, 0), (Qt.Key.Key_Right, 1, 0), (Qt.Key.Key_Up, 0, 1),
        (Qt.Key.Key_Down, 0, -1),
    ],
)  # fmt: skip
def test_that_arrows_move_the_view(
    keyboard: MapKeyboard, plain: MapWidget, qtbot: QtBot, key: Qt.Key, east: int, north: int
) -> None:
    before = centre(plain)
    qtbot.keyClick(surface(plain), key)
    after = centre(plain)
    assert (after.lon_deg - before.lon_deg) * east >= 0
    assert (after.lat_deg - before.lat_deg) * north >= 0
    assert (after.lon_deg != pytest.approx(before.lon_deg, abs=1e-6)) == bool(east)
    assert (after.lat_deg != pytest.approx(before.lat_deg, abs=1e-6)) == bool(north)


def test_that_plus_and_minus_zoom_about_the_middle(
    keyboard: MapKeyboard, plain: MapWidget, qtbot: QtBot
) -> None:
    before = centre(plain)
    qtbot.keyClick(surface(plain), Qt.Key.Key_Plus)
    assert surface(plain).view.zoom == 16.0
    qtbot.keyClick(surface(plain), Qt.Key.Key_Minus)
    qtbot.keyClick(surface(plain), Qt.Key.Key_Minus)
    assert surface(plain).view.zoom == 14.0
    assert centre(plain).lat_deg == pytest.approx(before.lat_deg, abs=1e-6)


def test_that_home_shows_the_site_again(
    keyboard: MapKeyboard, plain: MapWidget, qtbot: QtBot
) -> None:
    plain.fly_to(LatLon(10.0, 10.0), 9.0)
    qtbot.keyClick(surface(plain), Qt.Key.Key_Home)
    assert centre(plain).lat_deg == pytest.approx(ORIGIN.lat_deg, abs=0.01)


def test_that_stepping_starts_with_the_worst_and_comes_back(
    keyboard: MapKeyboard, plain: MapWidget, qtbot: QtBot
) -> None:
    chosen: list[MapObject] = []
    plain.selected.connect(chosen.append)
    for key in (Qt.Key.Key_Period, Qt.Key.Key_Period, Qt.Key.Key_Comma):
        qtbot.keyClick(surface(plain), key)
    assert chosen == [
        MapObject("incidents", "I1"), MapObject("tags", "GT-1"), MapObject("incidents", "I1"),
    ]  # fmt: skip


def test_that_the_selected_thing_is_read_out_with_its_place(
    keyboard: MapKeyboard, plain: MapWidget
) -> None:
    plain.selected.emit(MapObject("hazard-sources", "H1"))
    assert keyboard.said.startswith("Chlorine tank, Hazard sources, ")
    assert "一级" in keyboard.said
    plain.selected.emit(MapObject("enterprises", "E1"))
    assert keyboard.said == (
        "Sanjiang, Enterprises, 300\u00a0m at 270° (west) from the middle of the map"
    )
    assert plain.accessibleDescription() == keyboard.said
    assert plain.accessibleName() == "Map"


def test_that_an_alarm_is_read_out_with_its_priority_and_value(
    keyboard: MapKeyboard, plain: MapWidget
) -> None:
    plain.select("tags", "GT-1", reveal=False)
    keyboard.read_out()
    assert keyboard.said.startswith("Chlorine detector, Measuring points, ")
    assert "21.4 ppm" in keyboard.said
    assert "120\u00a0m at 090° (east)" in keyboard.said


def test_that_empty_ground_and_no_selection_are_said(
    keyboard: MapKeyboard, plain: MapWidget
) -> None:
    keyboard.read_out()
    assert keyboard.said == "Nothing is selected."
    plain.fly_to(LatLon(10.0, 10.0), 15.0)
    keyboard.select_next()
    assert keyboard.said == "Nothing is in view."


def test_that_focus_is_framed_while_keys_act(
    keyboard: MapKeyboard, plain: MapWidget, window: QWidget, qtbot: QtBot
) -> None:
    framed = plain.grab_image().pixelColor(0, 250)
    surface(plain).clearFocus()
    qtbot.waitUntil(lambda: plain.grab_image().pixelColor(0, 250) != framed)


def test_that_no_key_of_the_map_acts_outside_it_or_without_return(
    keyboard: MapKeyboard, kit: ViewKit, plain: MapWidget
) -> None:
    specs = [spec for spec in kit.actions.specs() if spec.id.startswith("map.")]
    assert len(specs) == 10
    for spec in specs:
        assert spec.scope is plain
        assert spec.shortcut
        assert not spec.irreversible


def test_that_a_drawing_tool_in_hand_keeps_all_keys(
    keyboard: MapKeyboard, plain: MapWidget, qtbot: QtBot
) -> None:
    before = centre(plain)
    plain.content.outbox.value("sketch", {"tool": "line"})
    qtbot.keyClick(surface(plain), Qt.Key.Key_Left)
    assert centre(plain) == before
    plain.content.outbox.value("sketch", {"tool": ""})
    qtbot.keyClick(surface(plain), Qt.Key.Key_Left)
    assert centre(plain) != before
