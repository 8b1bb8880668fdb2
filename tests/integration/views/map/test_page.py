"""The page in the real WebEngine: no error, no violation, everything drawn."""

import numpy as np
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from maps.drawing import MapObject
from maps.page import PARTS
from models.basics import LatLon, Name
from models.registry.kinds import Enterprise
from tests.integration.views.map.conftest import WAIT_MS, Ask
from tests.unit.maps.world import EVIL, ORIGIN, Rows, near, park, published, situation
from views.map.web_map import WebMap
from views.map.widget import MapWidget
from views.theme import load_tokens


def pixels(image: QImage) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    rgb = image.convertToFormat(QImage.Format.Format_RGBA8888)
    flat = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return flat[:, : rgb.width() * 4].reshape(rgb.height(), rgb.width(), 4).astype(np.int16)


def colours(image: QImage) -> int:
    return len(np.unique(pixels(image).reshape(-1, 4), axis=0))


def settled(map_widget: MapWidget, ask: Ask, qtbot: QtBot, count: int) -> None:
    """Wait until the page holds so many points with their names, and has drawn twice since."""
    expression = "Muster.parts.points.count + (Muster.parts.points.names || []).length"
    qtbot.waitUntil(lambda: ask(expression) == 2 * count, timeout=WAIT_MS)
    outbox = map_widget.content.outbox
    qtbot.waitUntil(lambda: outbox.acknowledged == outbox.sent, timeout=WAIT_MS)
    ask(
        "window.pictures = 0, requestAnimationFrame("
        "() => requestAnimationFrame(() => { pictures = 2; }))"
    )
    qtbot.waitUntil(lambda: ask("pictures") == 2, timeout=WAIT_MS)


@pytest.fixture
def drawn(map_widget: MapWidget, ask: Ask, qtbot: QtBot) -> MapWidget:
    """Return a map of the small park with a running incident."""
    map_widget.set_reference(park(), "en")
    map_widget.show_situation(published())
    map_widget.fly_to(ORIGIN, 14.5)
    settled(map_widget, ask, qtbot, 5)
    return map_widget


def test_that_every_part_is_installed_without_an_error(map_widget: MapWidget, ask: Ask) -> None:
    assert ask("Object.keys(Muster.parts)") == [part.name for part in PARTS]


def test_that_the_page_refuses_inline_and_evaluated_code(map_widget: MapWidget, ask: Ask) -> None:
    assert isinstance(map_widget.backend, WebMap)
    tried = """(() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = 1';
        document.head.appendChild(script);
        try { new Function('window.ran = 2')(); } catch { window.refused = 1; }
        return [window.ran === undefined, window.refused === 1];
    })()"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("views.map.web_map.log.warning", lambda *_: None)
        patch.setattr("views.map.widget.log.error", lambda *_: None)
        refused = ask(tried)
        heard = ask("1")
    map_widget.backend.page.console.clear()
    assert (refused, heard) == ([True, True], 1)


def test_that_a_plume_lies_over_points_and_under_live_things(drawn: MapWidget, ask: Ask) -> None:
    order = ask(
        "['base','tiles','site','bulk','plume','routes','live','labels','selected'].map("
        "n => Number(map_muster.getPane(n).style.zIndex))"
    )
    assert order == sorted(order)
    assert len(set(order)) == len(order)


def test_that_zones_alarms_and_routes_reach_the_screen(drawn: MapWidget, ask: Ask) -> None:
    assert ask("[...Muster.parts.zones.zones.keys()].sort()") == ["Z0", "Z1"]
    assert ask("[...Muster.parts.live.items.keys()].sort()") == [
        "incidents/I1", "orders/O1", "receptors/R1", "tags/GT-1", "teams/T1",
    ]  # fmt: skip
    assert ask("Muster.parts.routes.routes.size") == 1
    assert ask("Muster.parts.labels.placed") > 8
    assert colours(drawn.grab_image()) > 200


def test_that_the_warning_stands_over_the_map_in_words(drawn: MapWidget, ask: Ask) -> None:
    assert "Low wind: doubt it." in ask("document.querySelector('.muster-notes').innerText")


def test_that_themes_change_colours_without_a_reload(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    ask("window.sameness = 'kept'")
    dark = drawn.grab_image()
    drawn.set_theme(load_tokens("light").color, "light")
    settled(drawn, ask, qtbot, 5)
    assert ask("sameness") == "kept"
    light = drawn.grab_image()
    assert pixels(light)[..., :3].mean() > 150 > 80 > pixels(dark)[..., :3].mean()


def test_that_names_follow_the_language_without_a_reload(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    drawn.set_language("zh")
    qtbot.waitUntil(lambda: "三江精细" in (ask("Muster.parts.points.names") or []), timeout=WAIT_MS)
    assert ask("Muster.parts.vectors.names.includes('中央大道')")


def test_that_a_click_on_a_point_selects_its_object(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(drawn.selected, timeout=WAIT_MS) as chosen:
        ask(_click(near(-300, 0)))
    assert chosen.args == [MapObject("enterprises", "E1")]


def test_that_a_click_on_empty_ground_tells_where(drawn: MapWidget, ask: Ask, qtbot: QtBot) -> None:
    place = near(-1200, 900)
    with qtbot.waitSignal(drawn.clicked_at, timeout=WAIT_MS) as clicked:
        ask(_click(place))
    assert clicked.args[0].lat_deg == pytest.approx(place.lat_deg, abs=1e-5)


def test_that_a_selection_from_a_table_is_marked_and_revealed(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    drawn.fly_to(LatLon(31.0, 117.0), 14.0)
    drawn.select("hazard-sources", "H1")
    qtbot.waitUntil(lambda: bool(ask("Muster.parts.selection.chosen()")), timeout=WAIT_MS)
    assert ask("Muster.parts.selection.chosen().label") == "Chlorine tank"
    assert ask("map_muster.getBounds().contains([32.0, 118.0])") is True


def test_that_only_differences_cross_and_are_acknowledged(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    outbox = drawn.content.outbox
    before = outbox.sent
    drawn.show_situation(published())
    assert outbox.sent == before
    drawn.show_situation(published(situation(zones=situation().zones.delete("Z0"))))
    assert outbox.sent == before + 1
    qtbot.waitUntil(lambda: outbox.acknowledged == outbox.sent, timeout=WAIT_MS)
    assert ask("[...Muster.parts.zones.zones.keys()]") == ["Z1"]


def test_that_hostile_names_are_only_ever_text(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    rows = Rows()
    for number, text in enumerate(EVIL):
        rows.add(
            Enterprise(
                key=f"{text[:20]}{number}", name=Name(zh=text), position=near(150.0 * number, 0)
            )
        )
    map_widget.set_reference(rows, "zh")
    map_widget.fly_to(near(600, 0), 15.0)
    settled(map_widget, ask, qtbot, len(EVIL))
    for row in rows.all("enterprises").values():
        map_widget.select("enterprises", row.key)
    map_widget.set_mode_watermark(EVIL[0])
    ask("map_muster.fire('mousemove', {latlng: L.latLng(32, 118), containerPoint:"
        " map_muster.latLngToContainerPoint([32, 118])}), 1")  # fmt: skip
    assert ask("document.title") != "owned"
    assert ask("document.querySelectorAll('img, script:not([src])').length") == 0
    assert ask("document.querySelector('.muster-tip').textContent").startswith("<img src=x")


def test_that_remote_addresses_are_blocked_and_counted(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot, expect_log: object
) -> None:
    assert isinstance(map_widget.backend, WebMap)
    assert callable(expect_log)
    expect_log("kept from http")
    expect_log("map page")
    blocker = map_widget.backend.blocker
    map_widget.backend.view.load(QUrl("http://192.0.2.1/tile.png"))
    map_widget.backend.page.download(QUrl("http://192.0.2.1/tile.png"))
    qtbot.waitUntil(lambda: blocker.blocked_count > 0, timeout=WAIT_MS)
    assert set(blocker.blocked) == {"http://192.0.2.1"}
    assert ask("location.href") == "muster-map://map/index.html"
    blocker.blocked.clear()
    map_widget.backend.page.console.clear()


def _click(place: LatLon) -> str:
    at = f"[{place.lat_deg}, {place.lon_deg}]"
    return (
        f"(map_muster.fire('click', {{latlng: L.latLng({at}),"
        f" containerPoint: map_muster.latLngToContainerPoint({at})}}), 1)"
    )


def test_that_the_place_under_the_pointer_is_written_by_the_desk(
    drawn: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    drawn.set_place_text(lambda place: f"<b>{place.lat_deg:.2f}</b>")
    ask(
        "map_muster.fire('mousemove', {latlng: L.latLng(32, 118), "
        "containerPoint: L.point(300, 200)}) && 1"
    )
    shown = "document.querySelector('.muster-place').textContent"
    qtbot.waitUntil(lambda: ask(shown) == "<b>32.00</b>", timeout=WAIT_MS)
