"""Boxes, lassos, clusters and the keyboard in the real page."""

from pytestqt.qtbot import QtBot

from maps.drawing import MapObject, PointGroup
from maps.moving import Fix
from models.basics import LatLon, Name
from models.registry.kinds import Enterprise
from tests.integration.views.map.conftest import WAIT_MS, Ask
from tests.integration.views.map.test_endurance import many
from tests.unit.maps.world import ORIGIN, Rows, near, park, published
from views.map.widget import MapWidget

DRAG = """(() => {
    const box = map_muster.getContainer();
    const path = %s.map(([lat, lon]) => map_muster.latLngToContainerPoint([lat, lon]));
    const from = box.getBoundingClientRect();
    const fire = (target, type, at) => target.dispatchEvent(new MouseEvent(type, {
        bubbles: true, cancelable: true, button: 0, clientX: from.left + at.x,
        clientY: from.top + at.y, shiftKey: %s, ctrlKey: %s, altKey: %s,
    }));
    fire(box, "mousedown", path[0]);
    path.slice(1).forEach((at) => fire(document, "mousemove", at));
    fire(document, "mouseup", path[path.length - 1]);
    return map_muster.dragging.enabled();
})()"""


def drag(path: list[LatLon], *, box: bool = True, add: bool = False) -> str:
    def word(yes: bool) -> str:
        return str(yes).lower()

    places = [[at.lat_deg, at.lon_deg] for at in path]
    return DRAG % (places, word(box), word(not box), word(add))


def look(map_widget: MapWidget, ask: Ask, qtbot: QtBot, zoom: float) -> None:
    map_widget.fly_to(ORIGIN, zoom)
    qtbot.waitUntil(lambda: ask("map_muster.getZoom()") == zoom, timeout=WAIT_MS)


def shown_park(map_widget: MapWidget, ask: Ask, qtbot: QtBot) -> None:
    map_widget.set_reference(park(), "en")
    qtbot.waitUntil(lambda: ask("Muster.parts.points.count") == 5, timeout=WAIT_MS)
    look(map_widget, ask, qtbot, 15.0)


def test_that_a_box_picks_what_is_inside_and_says_how_many(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    map_widget.show_situation(published())
    map_widget.show_vehicles([("vehicles/V1", "V1", Fix(0, near(-100, 60)), 5.0)])
    shown_park(map_widget, ask, qtbot)
    with qtbot.waitSignal(map_widget.picked, timeout=WAIT_MS) as picked:
        assert ask(drag([near(-400, 150), near(60, -100)])) is True
    assert set(picked.args[0]) == {
        MapObject("enterprises", "E1"), MapObject("hazard-sources", "H1"),
        MapObject("incidents", "I1"), MapObject("vehicles", "V1"),
    }  # fmt: skip
    badge = "document.querySelector('.muster-picked').textContent"
    qtbot.waitUntil(lambda: ask(badge).startswith("4 picked"), timeout=WAIT_MS)
    ask("map_muster.getContainer().dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))")
    qtbot.waitUntil(lambda: ask(badge) == "", timeout=WAIT_MS)
    assert map_widget.content.picked.things == ()


def test_that_a_lasso_follows_its_line_and_adds_with_alt(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    shown_park(map_widget, ask, qtbot)
    around = [near(-400, 60), near(-200, 60), near(-200, -60), near(-400, -60)]
    with qtbot.waitSignal(map_widget.picked, timeout=WAIT_MS) as picked:
        ask(drag(around, box=False))
    assert picked.args[0] == (MapObject("enterprises", "E1"),)
    # a line that goes round the hazard source without taking it in
    hook = [near(-60, 90), near(60, 90), near(60, 40), near(-60, 40)]
    with qtbot.waitSignal(map_widget.picked, timeout=WAIT_MS) as picked:
        ask(drag(hook, box=False, add=True))
    assert picked.args[0] == (MapObject("enterprises", "E1"),)
    with qtbot.waitSignal(map_widget.picked, timeout=WAIT_MS) as picked:
        ask(drag([near(0, 0), near(0, 0)], box=False))
    assert picked.args[0] == (MapObject("enterprises", "E1"), MapObject("hazard-sources", "H1"))


def test_that_clusters_count_all_of_them_and_those_picked_in_them(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    points = many(5_000, 3)
    near_ones = PointGroup("enterprises", "enterprises", 0, 5_000, 0.0, 11.0, 30.0, 6)
    map_widget.set_points(
        type(points)(points.x, points.y, points.style, (near_ones,), points.objects, ())
    )
    qtbot.waitUntil(lambda: ask("Muster.parts.points.count") == 5_000, timeout=WAIT_MS)
    look(map_widget, ask, qtbot, 9.0)
    counted = "Muster.parts.points.clusters.list.reduce((n, c) => n + c.n, 0)"
    counted += " + Muster.parts.points.clusters.singles.length"
    assert ask(counted) == 5_000
    before = ask("Muster.parts.points.clusters.list.map(c => c.n).sort((a, b) => a - b)")
    ask("map_muster.panBy([64, 0], {animate: false}), 1")
    assert ask(counted) == 5_000
    assert ask("Muster.parts.points.clusters.list.map(c => c.n).sort((a, b) => a - b)") == before
    map_widget.pick(points.objects[:120])
    chosen = "Muster.parts.points.clusters.list.reduce((n, c) => n + c.chosen, 0)"
    chosen += " + Muster.parts.points.clusters.singles.filter(i => i < 120).length"
    qtbot.waitUntil(lambda: ask(chosen) == 120, timeout=WAIT_MS)


def test_that_what_is_selected_is_swallowed_by_no_cluster(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    rows = Rows()
    for n in range(60):
        rows.add(Enterprise(key=f"E{n}", name=Name(en=f"E{n}"), position=near(9.0 * n, 0)))
    map_widget.set_reference(rows, "en")
    qtbot.waitUntil(lambda: ask("Muster.parts.points.count") == 60, timeout=WAIT_MS)
    look(map_widget, ask, qtbot, 8.0)
    assert ask("Muster.parts.points.clusters.singles") == []
    map_widget.select("enterprises", "E7", reveal=False)
    alone = "Muster.parts.points.clusters.singles.map(i => Muster.parts.points.names[i])"
    qtbot.waitUntil(lambda: ask(alone) == ["E7"], timeout=WAIT_MS)
    assert ask("Muster.parts.points.clusters.list.reduce((n, c) => n + c.n, 0)") == 59
    tip = "Muster.parts.selection.at(L.point(...['x', 'y'].map(k => Muster.parts.points.map"
    tip += ".latLngToContainerPoint([32, 118.0028])[k] + (k === 'y' ? 13.5 : 0)))).sub"
    assert ask(tip) == "Enterprises 59"


def test_that_an_alarm_an_incident_and_a_vehicle_are_in_no_cluster(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    map_widget.set_reference(park(), "en")
    map_widget.show_situation(published())
    look(map_widget, ask, qtbot, 6.0)
    found = "Muster.parts.live.find(map_muster.latLngToContainerPoint([32, 118]), 12).id"
    qtbot.waitUntil(lambda: ask(found) == "incidents/I1", timeout=WAIT_MS)


def test_that_the_keyboard_goes_through_what_is_in_view(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    map_widget.show_situation(published())
    shown_park(map_widget, ask, qtbot)
    order = []
    for _ in range(3):
        with qtbot.waitSignals([map_widget.selected, map_widget.cycled], timeout=WAIT_MS):
            map_widget.cycle(1)
        order.append(map_widget.content.selected)
    assert order[0] == MapObject("incidents", "I1")
    assert len(set(order)) == 3
    with qtbot.waitSignals([map_widget.selected, map_widget.cycled], timeout=WAIT_MS):
        map_widget.cycle(-1)
    assert map_widget.content.selected == order[1]
