"""The plain map, and the widget around it: the same API without WebEngine."""

import struct
from collections.abc import Iterator

import numpy as np
import pytest
from immutables import Map
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from maps.colours import Scheme
from maps.drawing import MapObject
from maps.geometry import to_world
from maps.layers import CATALOGUE, LayerSettings, MapLayer
from maps.moving import Fix
from maps.protocol import Message
from models.basics import LatLon, Name
from models.dispatch.ports import Route
from models.operation.warned import WarningColour
from models.registry.kinds import Enterprise, Receptor
from tests.unit.maps.world import ORIGIN, Rows, near, park, published, situation
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


def test_that_vehicles_are_drawn_with_the_clock_and_values_cost_no_picture(
    plain: MapWidget, qtbot: QtBot
) -> None:
    before = plain.grab_image()
    counted = surface(plain)
    assert [counted._shows(topic) for topic in ("sensors", "clock", "live")] == [False, False, True]
    plain.show_vehicles([("vehicles/V1", "Engine 1", Fix(1_000_000, near(-300, 250)), 5.0)])
    plain.show_vehicles([("vehicles/V1", "Engine 1", Fix(2_000_000, near(-290, 250)), 5.0)])
    assert counted._shows("clock")
    assert plain.grab_image() != before


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


def pixel(widget: MapWidget, position: LatLon) -> str:
    at = place(widget, position)
    return widget.grab_image().pixelColor(at).name()


def test_that_a_faint_layer_lets_the_ground_through(plain: MapWidget) -> None:
    firm = pixel(plain, near(-300, 0))
    plain.set_layers(LayerSettings(opacity={"enterprises": 0.3}))
    faint = pixel(plain, near(-300, 0))
    plain.set_layers(LayerSettings().with_shown("enterprises", shown=False))
    bare = pixel(plain, near(-300, 0))
    assert len({firm, faint, bare}) == 3


def test_that_the_upper_of_two_layers_covers_the_lower(qtbot: QtBot, plain: MapWidget) -> None:
    rows = Rows().add(
        Enterprise(key="E", name=Name(en="E"), position=ORIGIN),
        Receptor(key="R", name=Name(en="R"), type="school", position=ORIGIN),
    )
    with qtbot.waitSignal(plain.shown):
        plain.set_reference(rows, "en")
    plain.show_situation(published(situation(incidents=Map(), zones=Map(), alarms=Map())))
    plain.set_layers(LayerSettings().with_shown("labels", shown=False))
    both = pixel(plain, ORIGIN)
    plain.set_layers(LayerSettings().with_shown("schools", shown=False))
    works = pixel(plain, ORIGIN)
    plain.set_layers(LayerSettings().with_shown("enterprises", shown=False))
    school = pixel(plain, ORIGIN)
    assert both == school != works


def test_that_a_hidden_zone_is_not_drawn_and_is_said(plain: MapWidget) -> None:
    inside = near(560, 190)  # in the wedge of AEGL-2, beside the labels
    shown = pixel(plain, inside)
    plain.set_layers(LayerSettings().with_shown("zones", shown=False))
    assert pixel(plain, inside) != shown
    notes = surface(plain)._values["notes"]["lines"]
    assert notes[0]["text"] == "HIDDEN on this map: Threat zones"


def test_that_drawings_and_a_typed_place_are_painted(plain: MapWidget) -> None:
    item = {
        "id": "D1", "layer": "drawings", "meaning": "plain", "symbol": "", "token": "severity.1",
        "dash": [], "width": 6.0, "fill": 0.0, "rings": [], "arrow": False,
        "at": [near(-200, 300).lat_deg, near(-200, 300).lon_deg],
        "line": [[near(-400, 300).lat_deg, near(-400, 300).lon_deg],
                 [near(-200, 300).lat_deg, near(-200, 300).lon_deg]],
        "label": "", "sub": "", "sub_token": "text", "faded": False,
    }  # fmt: skip
    ground = pixel(plain, near(-300, 300))
    surface(plain).send(Message("drawings", {"put": [item], "drop": []}, 1))
    assert pixel(plain, near(-300, 300)) == surface(plain).colour("severity.1").name() != ground
    plain.set_layers(LayerSettings().with_shown("drawings", shown=False))
    assert pixel(plain, near(-300, 300)) == ground
    there = near(-300, 350)
    arm = QPoint(8, 0)
    before = plain.grab_image().pixelColor(place(plain, there) + arm).name()
    plain.mark(there, "typed")
    assert plain.grab_image().pixelColor(place(plain, there) + arm).name() != before


def test_that_an_imported_area_is_painted_in_its_layer(plain: MapWidget) -> None:
    corners = [near(-400, 280), near(-200, 280), near(-200, 380), near(-400, 380)]
    x, y = to_world([c.lat_deg for c in corners], [c.lon_deg for c in corners])
    box = [x.min(), y.min(), x.max(), y.max()]
    body = struct.pack("<III", 1, 1, 4) + b"".join(
        np.array(part, dtype="<u4").tobytes() for part in ([0, 1], [0, 4], box, x, y)
    ) + bytes([2])  # fmt: skip
    url = surface(plain)._files.put_array("imported.a-1.bin", body)
    ground = pixel(plain, near(-300, 330))
    entry = {"id": "imported.a", "ink": "severity.1", "url": url, "names_url": ""}
    surface(plain).send(Message("imported", {"layers": [entry]}))
    assert pixel(plain, near(-300, 330)) != ground
    plain.register_layer(MapLayer("imported.a", "imported", drawn="area", ink="severity.1"))
    plain.set_layers(LayerSettings().with_shown("imported.a", shown=False))
    assert pixel(plain, near(-300, 330)) == ground


def test_that_the_list_of_layers_gets_pictures_of_its_symbols(
    plain: MapWidget, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(plain.swatches) as told:
        plain.set_theme(load_tokens("light").color, "light")
    pictures = told.args[0]
    assert set(pictures) == {layer.id for layer in CATALOGUE}
    for layer in CATALOGUE:
        assert len(pictures[layer.id]) == max(1, len(layer.styles))
        assert all(url.startswith("data:image/png;base64,") for url in pictures[layer.id])


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_that_a_four_colour_warning_is_a_ring_with_a_sign(plain: MapWidget, scheme: Scheme) -> None:
    plain.set_theme(load_tokens(scheme).color, scheme)
    enterprise = near(-300, 0)

    def ink(dx: float, dy: float) -> QColor:
        at = place(plain, enterprise)
        return plain.grab_image().pixelColor(round(at.x() + dx), round(at.y() + dy))

    ring, sign = (-11.0, 0.0), (8.1, -8.1)
    calm = ink(*ring)
    for colour, token in (("red", "alarm.critical"), ("yellow", "alarm.medium")):
        warned = WarningColour(
            hazard_source_key="H1", enterprise_key="E1", colour=colour, index=60.0, parts=(),
            grade="", least="", since_us=0, event_id="e",
        )  # fmt: skip
        plain.show_situation(published(situation(warning_colours=Map({"H1": warned}))))
        wanted = QColor(load_tokens(scheme).color[token])
        assert (near_to(ink(*ring), wanted), near_to(ink(*sign), wanted)) == (True, True)
    plain.set_layers(LayerSettings().with_shown("warnings", shown=False))
    assert ink(*ring) == calm


def near_to(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) <= 24 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))
