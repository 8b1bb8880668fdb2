"""Drawing in the real page: pointer and keys go in as events, sketches come out."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from maps.sketch_draft import Pen
from maps.sketch_geometry import offset
from maps.sketching import Act
from models.basics import LatLon
from models.operation.sketch import Shape, Sketch
from tests.integration.views.map.conftest import WAIT_MS, Ask
from tests.unit.maps.drawn import drawing, sketches
from tests.unit.maps.world import ORIGIN, near, park, published
from views.map.web_map import WebMap
from views.map.widget import MapWidget

Point = Callable[..., None]


@pytest.fixture
def acts(map_widget: MapWidget) -> list[Act]:
    found: list[Act] = []
    map_widget.sketched.connect(found.append)
    map_widget.set_reference(park(), "en")
    map_widget.show_situation(published())
    map_widget.fly_to(ORIGIN, 15.0)
    return found


@pytest.fixture
def point(map_widget: MapWidget, ask: Ask, qtbot: QtBot) -> Point:
    """Return a function that sends a pointer event to a place on the page."""

    def send(kind: str, place: LatLon) -> None:
        done = ask(f"""((at) => {{
            const box = map_muster.getContainer().getBoundingClientRect();
            const where = {{clientX: box.left + at.x, clientY: box.top + at.y, bubbles: true,
                            cancelable: true, view: window, button: 0}};
            document.querySelector('.leaflet-container')
                .dispatchEvent(new MouseEvent('{kind}', where));
            return true;
        }})(map_muster.latLngToContainerPoint([{place.lat_deg}, {place.lon_deg}]))""")
        assert done
        settled(map_widget, ask, qtbot)

    return send


def settled(map_widget: MapWidget, ask: Ask, qtbot: QtBot) -> None:
    """Wait until the page shows what the pencil holds."""

    def shown() -> bool:
        held = map_widget.content.outbox.held_value("sketch") or {}
        return bool(ask("Muster.parts.tools.state().n") == held.get("n"))

    qtbot.waitUntil(shown, timeout=WAIT_MS)


def press(map_widget: MapWidget, name: str, ask: Ask, qtbot: QtBot) -> None:
    ask(f"""window.dispatchEvent(new KeyboardEvent('keydown',
        {{key: {json.dumps(name)}, bubbles: true, cancelable: true}}))""")
    settled(map_widget, ask, qtbot)


def take(map_widget: MapWidget, ask: Ask, qtbot: QtBot, shape: Shape, **template: Any) -> None:
    pen = Pen(shape, Sketch(shape="point", points=(), **template))
    map_widget.content.pencil.sketching.take(pen)
    map_widget.show_pencil()
    qtbot.waitUntil(lambda: ask("Muster.parts.tools.state().tool") == shape, timeout=WAIT_MS)


def test_that_clicks_and_enter_draw_a_line(
    map_widget: MapWidget, acts: list[Act], point: Point, ask: Ask, qtbot: QtBot
) -> None:
    take(map_widget, ask, qtbot, "line", meaning="evacuation_route")
    for place in (near(0, 300), near(300, 300)):
        point("click", place)
    point("mousemove", near(300, 0))
    assert ask("Muster.parts.tools.state().legs.length") == 2
    press(map_widget, "Enter", ask, qtbot)
    qtbot.waitUntil(lambda: bool(acts), timeout=WAIT_MS)
    (act,) = acts
    assert act.sketch is not None
    assert act.sketch.meaning == "evacuation_route"
    for found, wanted in zip(act.sketch.points, (near(0, 300), near(300, 300)), strict=True):
        assert found.lat_deg == pytest.approx(wanted.lat_deg, abs=5e-5)
        assert found.lon_deg == pytest.approx(wanted.lon_deg, abs=5e-5)


def test_that_a_click_with_a_tool_selects_nothing(
    map_widget: MapWidget, acts: list[Act], point: Point, ask: Ask, qtbot: QtBot
) -> None:
    selected: list[object] = []
    map_widget.selected.connect(selected.append)
    take(map_widget, ask, qtbot, "point")
    point("click", ORIGIN)
    qtbot.waitUntil(lambda: bool(acts), timeout=WAIT_MS)
    assert selected == []


def test_that_keys_alone_draw_and_escape_puts_the_tool_away(
    map_widget: MapWidget, acts: list[Act], ask: Ask, qtbot: QtBot
) -> None:
    take(map_widget, ask, qtbot, "line")
    map_widget.activateWindow()
    map_widget.setFocus()
    assert isinstance(map_widget.backend, WebMap)
    target = map_widget.backend.view.focusProxy()
    assert target is not None
    qtbot.waitUntil(lambda: ask("document.hasFocus()"), timeout=WAIT_MS)
    for name in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Return):
        before = ask("Muster.parts.tools.state().n")
        QTest.keyClick(target, name)
        qtbot.waitUntil(lambda n=before: ask("Muster.parts.tools.state().n") > n, timeout=WAIT_MS)
    assert ask("document.querySelector('.muster-crosshair.shown') !== null")
    QTest.keyClick(target, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(acts), timeout=WAIT_MS)
    QTest.keyClick(target, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: ask("Muster.parts.tools.state().tool") == "", timeout=WAIT_MS)


def test_that_a_handle_is_dragged_and_the_drawing_is_not_doubled(
    map_widget: MapWidget, acts: list[Act], point: Point, ask: Ask, qtbot: QtBot
) -> None:
    circle = Sketch(shape="circle", points=(near(0, 200),), radius_m=200.0)
    state = published().situation
    held = drawing("D1", circle)
    map_widget.content.pencil.choice = "working"
    map_widget.show_situation(
        type(published())(
            situation=state.with_(drawings=state.drawings.set("D1", held)),
            changes=published().changes,
        )
    )
    map_widget.content.pencil.sketching.edit(held)
    map_widget.show_pencil()
    qtbot.waitUntil(lambda: ask("Muster.parts.tools.held()") == "D1", timeout=WAIT_MS)
    assert ask("Muster.parts.drawings.shown(15).length") == 0
    edge = offset(near(0, 200), 90.0, 200.0)
    point("mousedown", edge)
    point("mousemove", offset(near(0, 200), 90.0, 350.0))
    assert not ask("map_muster.dragging.enabled()")
    point("mouseup", edge)
    qtbot.waitUntil(lambda: bool(acts), timeout=WAIT_MS)
    assert acts[0].sketch is not None
    assert acts[0].sketch.radius_m == pytest.approx(350.0, abs=5.0)
    assert (acts[0].drawing_id, acts[0].revision) == ("D1", 1)
    assert ask("map_muster.dragging.enabled()")


def test_that_every_kind_is_drawn_over_the_plume_and_can_be_picked(
    map_widget: MapWidget, acts: list[Act], point: Point, ask: Ask, qtbot: QtBot
) -> None:
    state = published().situation
    drawn = {f"D{i}": drawing(f"D{i}", each) for i, each in enumerate(sketches())}
    for key, each in drawn.items():
        state = state.with_(drawings=state.drawings.set(key, each))
    map_widget.content.pencil.choice = "working"
    map_widget.show_situation(type(published())(situation=state, changes=published().changes))
    qtbot.waitUntil(lambda: ask("Muster.parts.drawings.items.size") == len(drawn), timeout=WAIT_MS)
    order = ask(
        "['bulk', 'plume', 'routes', 'drawings', 'live', 'labels', 'tools'].map("
        "n => Number(map_muster.getPane(n).style.zIndex))"
    )
    assert order == sorted(order)
    selected: list[Any] = []
    map_widget.selected.connect(selected.append)
    target = next(each for each in drawn.values() if each.sketch.meaning == "command_post")
    map_widget.fly_to(target.sketch.points[0], 17.0)
    qtbot.waitUntil(lambda: ask("map_muster.getZoom()") == 17, timeout=WAIT_MS)
    point("click", target.sketch.points[0])
    qtbot.waitUntil(lambda: bool(selected), timeout=WAIT_MS)
    assert (selected[0].kind, selected[0].key) == ("drawings", target.id)
