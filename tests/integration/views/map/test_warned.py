"""The four-colour warning on the real page: a ring with a sign around source and enterprise."""

import pytest
from immutables import Map
from pytestqt.qtbot import QtBot

from maps.drawing import MapObject
from maps.layers import LayerSettings
from models.operation.events.warning import Colour
from models.operation.situation import Changes, Published, Situation
from models.operation.warned import WarningColour
from tests.integration.views.map.conftest import WAIT_MS, Ask
from tests.unit.maps.world import ORIGIN, near, park, published, situation
from views.map.widget import MapWidget
from views.theme import load_tokens

COUNT = "Muster.parts.points.count"
RING_PX, SIGN_PX = 12.6, 10.3  # from the middle: on the ring, and along each axis on the sign
_PIXELS = """(() => {
  const layer = Muster.parts.live.layer;
  const item = Muster.parts.live.items.get("enterprises/E1");
  if (!item || !layer.frame) { return []; }
  const ratio = layer.frame.ratio;
  const at = (dx, dy) => [...layer._context.getImageData(
    Math.round((layer.frame.x(item.x) + dx) * ratio),
    Math.round((layer.frame.y(item.y) + dy) * ratio), 1, 1).data].slice(0, 3);
  return [at(-%(ring)s, 0), at(%(sign)s, -%(sign)s)];
})()""" % {"ring": RING_PX, "sign": SIGN_PX}  # noqa: UP031 - braces are JavaScript's


def uneasy(colour: Colour) -> Situation:
    warned = WarningColour(
        hazard_source_key="H1", enterprise_key="E1", colour=colour, index=60.0, parts=(),
        grade="", least="", since_us=0, event_id="e",
    )  # fmt: skip
    return situation(warning_colours=Map({"H1": warned}))


def painted(ask: Ask, token: str, scheme: str) -> bool:
    """Whether ring and sign have the colour of a token."""
    hexes = load_tokens(scheme).color
    wanted = [int(hexes[token][at : at + 2], 16) for at in (1, 3, 5)]
    pixels = ask(_PIXELS)
    return len(pixels) == 2 and all(
        abs(had - want) <= 12 for pixel in pixels for had, want in zip(pixel, wanted, strict=True)
    )


@pytest.fixture
def drawn(map_widget: MapWidget, ask: Ask, qtbot: QtBot) -> MapWidget:
    map_widget.set_reference(park(), "en")
    map_widget.show_situation(published(uneasy("orange")))
    map_widget.fly_to(ORIGIN, 15.0)
    qtbot.waitUntil(lambda: ask(COUNT) == 5, timeout=WAIT_MS)
    return map_widget


def test_that_an_enterprise_wears_ring_and_sign_and_follows_the_situation(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: painted(ask, "alarm.high", "dark"), timeout=WAIT_MS)
    touched = Changes(touched=Map({"warning_colours": frozenset({"H1"})}))
    drawn.show_situation(Published(uneasy("red"), touched))
    qtbot.waitUntil(lambda: painted(ask, "alarm.critical", "dark"), timeout=WAIT_MS)
    drawn.set_theme(load_tokens("light").color, "light")
    qtbot.waitUntil(lambda: painted(ask, "alarm.critical", "light"), timeout=WAIT_MS)
    drawn.show_situation(Published(situation(), touched))
    qtbot.waitUntil(lambda: ask(_PIXELS) == [], timeout=WAIT_MS)


def test_that_a_click_on_it_selects_the_enterprise(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: painted(ask, "alarm.high", "dark"), timeout=WAIT_MS)
    place = near(-300, 0)
    at = f"[{place.lat_deg}, {place.lon_deg}]"
    with qtbot.waitSignal(drawn.selected, timeout=WAIT_MS) as chosen:
        ask(
            f"(map_muster.fire('click', {{latlng: L.latLng({at}), "
            f"containerPoint: map_muster.latLngToContainerPoint({at})}}), 1)"
        )
    assert chosen.args == [MapObject("enterprises", "E1")]


def test_that_hidden_warnings_are_named_over_the_map(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: painted(ask, "alarm.high", "dark"), timeout=WAIT_MS)
    drawn.set_layers(LayerSettings().with_shown("warnings", shown=False))
    qtbot.waitUntil(lambda: not painted(ask, "alarm.high", "dark"), timeout=WAIT_MS)
    notes = drawn.content.outbox.held_value("notes")
    assert notes is not None
    assert any("Warning colours" in line["text"] for line in notes["lines"])


def test_that_the_legend_shows_each_colour_with_its_sign(drawn: MapWidget, qtbot: QtBot) -> None:
    with qtbot.waitSignal(drawn.swatches, timeout=WAIT_MS) as told:
        drawn.set_theme(load_tokens("light").color, "light")
    assert len(set(told.args[0]["warnings"])) == 3


def test_that_the_selection_goes_around_the_ring_and_doesnt_cover_it(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    radius = """Math.round(document.querySelector('.leaflet-selected-pane path')
        ?.getBBox().width / 2 || 0)"""
    qtbot.waitUntil(lambda: painted(ask, "alarm.high", "dark"), timeout=WAIT_MS)
    drawn.select("enterprises", "E1", reveal=False)
    qtbot.waitUntil(lambda: ask(radius) == 20, timeout=WAIT_MS)
    drawn.show_situation(published(situation()))
    qtbot.waitUntil(lambda: ask(radius) == 13, timeout=WAIT_MS)
