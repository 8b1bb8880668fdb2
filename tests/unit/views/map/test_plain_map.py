"""The plain map, and the widget around it: the same API without WebEngine."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from maps.drawing import MapObject
from models.basics import LatLon
from models.dispatch.ports import Route
from tests.unit.maps.world import ORIGIN, near, park, published
from views.map.fallback import PlainMap
from views.map.widget import MapWidget
from views.theme import load_tokens


@pytest.fixture
def plain(qtbot: QtBot) -> Iterator[MapWidget]:
    widget = MapWidget(plain=True)
    qtbot.addWidget(widget)
    widget.resize(800, 500)
    with qtbot.waitSignal(widget.ready):
        widget.show()
    widget.set_theme(load_tokens("dark").color, "dark")
    widget.set_language("en")
    widget.set_reference(park(), "en")
    widget.show_situation(published())
    qtbot.waitUntil(lambda: widget.content.points is not None)
    widget.fly_to(ORIGIN, 15.0)
    yield widget
    widget.shut_down()


def surface(widget: MapWidget) -> PlainMap:
    assert isinstance(widget.backend, PlainMap)
    return widget.backend


def place(widget: MapWidget, position: LatLon) -> QPoint:
    return surface(widget).view.at(position.lat_deg, position.lon_deg).toPoint()


def test_that_it_says_that_it_is_the_plain_map(plain: MapWidget) -> None:
    banner = plain.findChild(QLabel, "mapBanner")
    assert isinstance(banner, QLabel)
    assert banner.text().startswith("PLAIN MAP")
    assert banner.isVisible()


def test_that_points_zones_and_roads_are_drawn(plain: MapWidget) -> None:
    plain.show_proposals(
        [Route(team_key="T9", eta_s=1.0, distance_m=1.0, line=(ORIGIN, near(500, 500)))]
    )
    plain.set_mode_watermark("DRILL")
    image = plain.grab_image()
    flat = np.frombuffer(image.constBits(), np.uint32)
    assert len(np.unique(flat)) > 50


def test_that_a_click_selects_what_lies_there(plain: MapWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plain.selected) as chosen:
        qtbot.mouseClick(surface(plain), Qt.MouseButton.LeftButton, pos=place(plain, near(-300, 0)))
    assert chosen.args == [MapObject("enterprises", "E1")]
    with qtbot.waitSignal(plain.selected) as chosen:
        qtbot.mouseClick(surface(plain), Qt.MouseButton.LeftButton, pos=place(plain, near(120, 0)))
    assert chosen.args == [MapObject("tags", "GT-1")]


def test_that_a_click_on_nothing_tells_where(plain: MapWidget, qtbot: QtBot) -> None:
    wanted = near(0, 500)
    with qtbot.waitSignal(plain.clicked_at) as clicked:
        qtbot.mouseClick(surface(plain), Qt.MouseButton.LeftButton, pos=place(plain, wanted))
    assert clicked.args[0].lat_deg == pytest.approx(wanted.lat_deg, abs=1e-4)


def test_that_dragging_moves_the_ground_with_the_pointer(plain: MapWidget, qtbot: QtBot) -> None:
    before = place(plain, ORIGIN)
    qtbot.mousePress(surface(plain), Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(surface(plain), QPoint(360, 230))
    qtbot.mouseRelease(surface(plain), Qt.MouseButton.LeftButton, pos=QPoint(360, 230))
    moved = place(plain, ORIGIN) - before
    assert (moved.x(), moved.y()) == pytest.approx((60, 30), abs=1)


def test_that_a_rectangle_is_shown_whole(plain: MapWidget) -> None:
    south_west, north_east = near(-5000, -3000), near(5000, 3000)
    plain.show_bounds(south_west, north_east)
    for corner in (south_west, north_east):
        assert surface(plain).rect().contains(place(plain, corner))


def test_that_a_selection_out_of_sight_is_revealed(plain: MapWidget) -> None:
    plain.fly_to(LatLon(10.0, 10.0), 14.0)
    plain.select("hazard-sources", "H1")
    assert surface(plain).rect().contains(place(plain, ORIGIN))


def test_that_differences_are_acknowledged(plain: MapWidget) -> None:
    outbox = plain.content.outbox
    assert outbox.sent > 0
    assert outbox.acknowledged == outbox.sent


def test_that_the_home_of_the_reference_data_is_shown_once(qtbot: QtBot) -> None:
    widget = MapWidget(plain=True)
    qtbot.addWidget(widget)
    with qtbot.waitSignal(widget.ready):
        widget.show()
    widget.set_reference(park(), "en")
    qtbot.waitUntil(widget.content.has_view)
    centre = surface(widget).view.centre()
    assert (centre.lat_deg, centre.lon_deg) == pytest.approx((32.0, 118.0), abs=0.01)
    widget.shut_down()
