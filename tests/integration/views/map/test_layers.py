"""Layers on the real page: hidden, faint, in order, filtered, and all of it after a crash."""

import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from maps.filters import make_filter
from maps.layers import LayerSettings
from tests.integration.views.map.conftest import WAIT_MS, Ask
from tests.unit.maps.world import ORIGIN, near, park, published
from views.map.web_map import WebMap
from views.map.widget import MapWidget
from views.theme import load_tokens

COUNT = "Muster.parts.points.count"
_TICK = """([...document.querySelectorAll('.muster-legend-row')].find(
    (row) => row.innerText.includes('Threat zones')).querySelector('input').click(), 1)"""
_CLICK = """(map_muster.fire('click', {{latlng: L.latLng({lat}, {lon}),
    containerPoint: map_muster.latLngToContainerPoint([{lat}, {lon}])}}), 1)"""


@pytest.fixture
def drawn(map_widget: MapWidget, ask: Ask, qtbot: QtBot) -> MapWidget:
    map_widget.set_reference(park(), "en")
    map_widget.show_situation(published())
    map_widget.fly_to(ORIGIN, 15.0)
    qtbot.waitUntil(lambda: ask(COUNT) == 5, timeout=WAIT_MS)
    return map_widget


def test_that_the_page_obeys_what_is_hidden_faint_and_above(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    settings = (
        LayerSettings().with_shown("enterprises", shown=False).with_opacity("roads", 0.4)
        .with_order(("villages", "schools"))
    )  # fmt: skip
    drawn.set_layers(settings)
    qtbot.waitUntil(lambda: ask("Muster.layers.off('enterprises')"), timeout=WAIT_MS)
    assert ask("[Muster.layers.alpha('roads'), Muster.layers.alpha('zones')]") == [0.4, 1]
    assert ask("Muster.layers.below('schools', 'villages') < 0") is True
    assert ask("Muster.layers.shown('tags', 10)") is False
    assert ask("Muster.layers.shown('tags', 16)") is True


def test_that_symbols_reach_the_desk_as_pictures(drawn: MapWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(drawn.swatches, timeout=WAIT_MS) as told:
        drawn.set_theme(load_tokens("light").color, "light")
    pictures = told.args[0]
    assert len(pictures["alarms"]) == 4
    assert pictures["alarms"][0].startswith("data:image/png;base64,")


def test_that_a_box_of_the_legend_is_heard_and_said(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    ask("(Muster.parts.legend.toggle(), 1)")
    with qtbot.waitSignal(drawn.layers_changed, timeout=WAIT_MS):
        ask(_TICK)
    assert not drawn.content.settings.shown["zones"]
    notes = "document.querySelector('.muster-notes').innerText"
    qtbot.waitUntil(lambda: "HIDDEN on this map: Threat zones" in ask(notes), timeout=WAIT_MS)


def test_that_a_filter_leaves_its_points_and_the_rest_selectable(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    drawn.set_layers(
        LayerSettings(filters=(make_filter("receptors", "people", "at_least", "500"),))
    )
    qtbot.waitUntil(lambda: ask(COUNT) == 4, timeout=WAIT_MS)
    at = near(-300, 0)
    with qtbot.waitSignal(drawn.selected, timeout=WAIT_MS) as chosen:
        ask(_CLICK.format(lat=at.lat_deg, lon=at.lon_deg))
    assert chosen.args[0].key == "E1"


def test_that_a_typed_place_is_marked_and_focus_framed(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    drawn.mark(near(100, 100), "32.0, 118.0 · GCJ-02")
    drawn.show_focus(on=True)
    drawn.set_inset(40)
    qtbot.waitUntil(lambda: bool(ask("Muster.parts.mark.shown()")), timeout=WAIT_MS)
    assert ask("Muster.parts.mark.shown().label") == "32.0, 118.0 · GCJ-02"
    assert ask("map_muster.getContainer().classList.contains('focused')") is True
    assert ask("getComputedStyle(document.querySelector('.muster-notes')).top") == "52px"


def test_that_pan_and_zoom_by_key_move_the_page(drawn: MapWidget, ask: Ask, qtbot: QtBot) -> None:
    before = ask("map_muster.getCenter().lng")
    drawn.pan(120, 0)
    drawn.zoom(1.0)
    qtbot.waitUntil(lambda: ask("map_muster.getZoom()") == 16, timeout=WAIT_MS)
    assert ask("map_muster.getCenter().lng") > before


def test_that_a_dead_renderer_comes_back_with_its_layers_and_filter(
    drawn: MapWidget, ask: Ask, qtbot: QtBot, expect_log: object
) -> None:
    assert callable(expect_log)
    expect_log("renderer died")
    settings = LayerSettings(
        shown={"roads": False}, opacity={"enterprises": 0.5}, order=("villages", "schools"),
        filters=(make_filter("receptors", "people", "at_least", "500"),),
    )  # fmt: skip
    drawn.set_layers(settings)
    drawn.mark(near(100, 100), "typed")
    drawn.select("hazard-sources", "H1", reveal=False)
    qtbot.waitUntil(lambda: ask(COUNT) == 4, timeout=WAIT_MS)
    zoom = ask("map_muster.getZoom()")
    assert isinstance(drawn.backend, WebMap)
    with qtbot.waitSignal(drawn.ready, timeout=WAIT_MS):
        os.kill(drawn.backend.page.renderProcessPid(), signal.SIGKILL)
    qtbot.waitUntil(lambda: ask(COUNT) == 4, timeout=WAIT_MS)
    assert ask("Muster.layers.off('roads')") is True
    assert ask("Muster.layers.alpha('enterprises')") == 0.5
    assert ask("Muster.layers.below('schools', 'villages') < 0") is True
    assert ask("Muster.parts.mark.shown().label") == "typed"
    assert ask("Muster.parts.selection.chosen().label") == "Chlorine tank"
    assert ask("map_muster.getZoom()") == zoom
    notes = "document.querySelector('.muster-notes').innerText"
    qtbot.waitUntil(lambda: "FILTERED" in ask(notes), timeout=WAIT_MS)
