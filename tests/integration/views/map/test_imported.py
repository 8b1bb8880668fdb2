"""Imported layers in the real page: whatever they are called and look like, nothing runs."""

import json

import numpy as np
import pytest
import shapely
from pytestqt.qtbot import QtBot

from maps.drawing import MapObject
from maps.imported import ImportedShapes, draw_shapes, imported_layer, layer_id
from models.basics import LatLon, Name
from models.registry.kinds import Layer
from tests.integration.views.map.conftest import WAIT_MS, Ask
from views.map.widget import MapWidget

HERE = LatLon(39.28, -76.6)
RUNS = (
    "<script>window.ran = 1</script>", "<img src=x onerror=\"window.ran = 1\">",
    "'; window.ran = 1; //", "${window.ran = 1}", "javascript:window.ran=1", "{{constructor}}",
)  # fmt: skip
STRANGE = (
    "\u202etxet ot\u202c",
    "👩‍🚒🔥",
    "مستشفى المدينة",
    "=1+1",
    "x" * 10_000,
    "a\nb",
    "\u2028",
    "",
)


def show(map_widget: MapWidget, shapes: list[object], names: list[str]) -> ImportedShapes:
    made = draw_shapes(np.array(shapes, dtype=object), names)
    record = Layer(key="L-1", name=Name(en=RUNS[0]), points=1)
    map_widget.register_layer(imported_layer(record))
    map_widget.show_imported({"L-1": made})
    return made


def drawn(map_widget: MapWidget, ask: Ask, qtbot: QtBot, count: int) -> None:
    held = f"((Muster.parts.imported.held.get('{layer_id('L-1')}') || {{}}).count || 0)"
    qtbot.waitUntil(lambda: ask(held) == count, timeout=WAIT_MS)
    ask("Muster.tell('redraw')")
    ask("window.pictures = 0, requestAnimationFrame("
        "() => requestAnimationFrame(() => { pictures = 2; }))")  # fmt: skip
    qtbot.waitUntil(lambda: ask("pictures") == 2, timeout=WAIT_MS)


def hover(ask: Ask) -> str:
    """Point at the middle of the map; return what the tip says."""
    ask(
        "(() => { const map = Muster.state.map; const at = map.getSize().divideBy(2);"
        "map.fire('mousemove', {containerPoint: at, latlng: map.containerPointToLatLng(at)}); })()"
    )
    text: str = ask("document.querySelector('.muster-tip').textContent")
    return text


@pytest.mark.parametrize("name", [*RUNS, *STRANGE[:5]])
def test_that_a_name_is_shown_as_text_and_never_run(
    name: str, map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    map_widget.fly_to(HERE, 15)
    show(map_widget, [shapely.Point(HERE.lon_deg, HERE.lat_deg)], [name])
    drawn(map_widget, ask, qtbot, 1)
    said = hover(ask)
    assert said[:20] == name[:20]
    assert len(said) <= 100
    assert ask("document.querySelectorAll('.muster-tip script, .muster-tip img').length") == 0
    assert ask("typeof window.ran") == "undefined"


def test_that_shapes_of_every_kind_are_drawn_without_an_error(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    angle = np.linspace(0, 40 * np.pi, 100_000)
    spiral = np.column_stack(
        (-76.6 + angle / 500 * np.cos(angle), 39.28 + angle / 900 * np.sin(angle))
    )
    shapes = [
        shapely.LineString(spiral), shapely.Polygon(spiral[::50]),
        shapely.box(-180, -90, 180, 90),
        shapely.MultiPoint([(0, 90), (0, -90), (180, 0), (-180, 0)]),
        shapely.Polygon([(-77, 39), (-76, 40), (-76, 39), (-77, 40)]),
        shapely.LineString([(179.9, 10), (180, 10)]), shapely.box(-76.6, 39.28, -76.6, 39.28),
        shapely.GeometryCollection([shapely.Point(-76.6, 39.2)]),
    ]  # fmt: skip
    show(map_widget, shapes, [*STRANGE])
    for zoom in (2, 9, 14, 20):
        map_widget.fly_to(HERE, zoom)
        drawn(map_widget, ask, qtbot, len(shapes))
        hover(ask)
    assert map_widget.is_ready


def test_that_a_click_selects_the_shape_and_a_hidden_layer_has_none(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    map_widget.fly_to(HERE, 15)
    show(map_widget, [shapely.box(-76.7, 39.2, -76.5, 39.3)], ["area"])
    drawn(map_widget, ask, qtbot, 1)
    click = (
        "(() => { const map = Muster.state.map; const at = map.getSize().divideBy(2);"
        "map.fire('click', {containerPoint: at, latlng: map.containerPointToLatLng(at)}); })()"
    )
    with qtbot.waitSignal(map_widget.selected, timeout=WAIT_MS) as chosen:
        ask(click)
    assert chosen.args == [MapObject("layers", "L-1/0")]
    map_widget.set_layers(map_widget.content.settings.with_shown(layer_id("L-1"), shown=False))
    with qtbot.waitSignal(map_widget.clicked_at, timeout=WAIT_MS):
        ask(click)


def test_that_a_dropped_layer_and_its_shapes_go(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    show(map_widget, [shapely.Point(-76.6, 39.28)], ["x"])
    drawn(map_widget, ask, qtbot, 1)
    map_widget.drop_layer(layer_id("L-1"))
    map_widget.show_imported({})
    qtbot.waitUntil(lambda: ask("Muster.parts.imported.held.size") == 0, timeout=WAIT_MS)


def test_that_the_ways_to_read_a_file_are_drawn_side_by_side_and_go(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    map_widget.fly_to(HERE, 15)
    places = [[39.28, -76.6], [39.281, -76.601]]
    map_widget.show_choices([
        {"name": name, "ink": f"map.imported.{n}", "places": places}
        for n, name in enumerate(("A", "<b>B</b>"), 1)
    ])  # fmt: skip
    qtbot.waitUntil(lambda: ask("Muster.parts.imported.choices.length") == 2, timeout=WAIT_MS)
    labels = ask(
        "Muster.parts.imported.labels(Muster.parts.imported.layer.frame).map((l) => l.text)"
    )
    assert json.dumps(labels) == json.dumps(["A", "<b>B</b>"])
    map_widget.show_choices([])
    qtbot.waitUntil(lambda: ask("Muster.parts.imported.choices.length") == 0, timeout=WAIT_MS)
