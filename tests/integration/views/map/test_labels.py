"""Names in the real page: apart from each other and from symbols, whole, and where they stood."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from maps.catalogue import STYLES
from maps.drawing import MapObject, PointGroup, PointSet
from maps.geometry import to_world
from maps.moving import sensor_item
from models.basics import LatLon, Name
from models.libraries.kinds import Team
from models.registry.kinds import Enterprise, HazardSource, Tag
from tests.integration.views.map.conftest import WAIT_MS, Ask
from tests.unit.maps.world import ORIGIN, Rows, near, park, published
from views.map.widget import MapWidget

# what is written: text, spot, the box without what a value keeps free, and what it is a name of
SHOWN = """Muster.parts.labels.shown.filter(p => p.label.angle === undefined).map(p => ({
    text: p.label.text, spot: p.spot, key: p.label.key || "", strong: !!p.label.strong,
    x: p.x, y: p.y, w: p.label.width, h: p.label.height }))"""
Shown = dict[str, Any]


def written(ask: Ask) -> list[Shown]:
    """Draw and return what is written."""
    ask("Muster.parts.labels.layer._reset(), 1")
    found: list[Shown] = ask(SHOWN)
    return found


def look(map_widget: MapWidget, ask: Ask, qtbot: QtBot, place: LatLon, zoom: float) -> None:
    map_widget.fly_to(place, zoom)
    qtbot.waitUntil(lambda: ask("map_muster.getZoom()") == zoom, timeout=WAIT_MS)


def named(map_widget: MapWidget, ask: Ask, qtbot: QtBot, count: int) -> None:
    names = "(Muster.parts.points.names || []).length"
    qtbot.waitUntil(lambda: ask(names) == count, timeout=WAIT_MS)
    outbox = map_widget.content.outbox
    qtbot.waitUntil(lambda: outbox.acknowledged == outbox.sent, timeout=WAIT_MS)


def apart(one: Shown, other: Shown) -> bool:
    across = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
    return bool(across or one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"])


def dense() -> Rows:
    """Return a park whose centre has more to name than room for it."""
    rows = Rows()
    for n in range(140):
        place = near(47.0 * (n % 14) - 300, 61.0 * (n // 14) - 270)
        rows.add(
            HazardSource(
                key=f"H{n}", name=Name(en=f"Storage tank {n}"), position=place,
                grade="一级" if n % 35 == 0 else "四级",
            )
        )  # fmt: skip
        if n % 9 == 0:
            where = near(47.0 * (n % 14) - 290, 61.0 * (n // 14) - 255)
            rows.add(Enterprise(key=f"E{n}", name=Name(en=f"Enterprise {n}"), position=where))
    rows.add(Team(key="T", name=Name(en="Rescue team"), position=near(30, 4)))
    return rows


@pytest.mark.parametrize("zoom", [15.0, 16.0, 17.0])
def test_that_names_of_a_dense_park_lie_on_no_name_and_on_no_symbol(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot, zoom: float
) -> None:
    rows = dense()
    map_widget.set_reference(rows, "en")
    map_widget.show_situation(published())
    look(map_widget, ask, qtbot, ORIGIN, zoom)
    named(map_widget, ask, qtbot, sum(len(rows.all(kind)) for kind in rows.kinds))
    found = written(ask)
    assert len(found) > 12
    assert all(apart(one, other) for one, other in combinations(found, 2))
    size = ask("[Muster.parts.labels.layer.frame, map_muster.getSize()]"
               ".map(s => [s.width || s.x, s.height || s.y])")  # fmt: skip
    (width, height), (seen_x, seen_y) = size
    left, top = (width - seen_x) / 2, (height - seen_y) / 2
    for place in found:
        assert left <= place["x"] <= left + seen_x - place["w"]
        assert top <= place["y"] <= top + seen_y - place["h"]
    under = ask("""(() => {
        const frame = Muster.parts.labels.layer.frame;
        const {count, xs, ys} = Muster.parts.points;
        return Array.from({length: count}, (_, i) => [frame.x(xs[i]), frame.y(ys[i])]);
    })()""")
    plain = [place for place in found if place["key"].startswith("points/")]
    assert plain
    for place in plain:
        hit = [
            (x, y) for x, y in under
            if place["x"] < x < place["x"] + place["w"]
            and place["y"] + 2 < y < place["y"] + place["h"] - 2
        ]  # fmt: skip
        assert hit == [], place["text"]


def test_that_the_gravest_hazard_and_the_team_are_named_before_the_others(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    rows = dense()
    map_widget.set_reference(rows, "en")
    look(map_widget, ask, qtbot, ORIGIN, 16.0)
    named(map_widget, ask, qtbot, sum(len(rows.all(kind)) for kind in rows.kinds))
    found = {place["text"] for place in written(ask)}
    grave = {f"Storage tank {n}" for n in (0, 35, 70, 105)}
    assert grave <= found
    assert "Rescue team" in found
    assert sum(text.startswith("Storage tank") for text in found) < 140


def test_that_many_of_the_lesser_kind_leave_room_for_the_graver(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    count = 1_700
    lat = 32 + np.linspace(-0.01, 0.01, count)
    x, y = to_world(np.append(lat, 32.0), np.append(np.full(count, 118.0), 118.005))
    groups = (
        PointGroup("enterprises", "enterprises", 0, count, 0.0, 0.0, 13.5, 6.0),
        PointGroup("teams", "teams", count, count + 1, 0.0, 0.0, 13.5, 5.0),
    )
    style = np.full(count + 1, STYLES.index("enterprise"), dtype=np.uint8)
    objects = tuple(MapObject("enterprises", str(n)) for n in range(count + 1))
    names = (*(f"E{n}" for n in range(count)), "The team")
    map_widget.set_points(PointSet(x, y, style, groups, objects, names))
    look(map_widget, ask, qtbot, ORIGIN, 14.0)
    named(map_widget, ask, qtbot, count + 1)
    assert "The team" in [place["text"] for place in written(ask)]


def test_that_values_that_move_leave_every_name_where_it_is(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    rows = Rows()
    tags = [
        Tag(key=f"GT-{n}", name=Name(en="Detector"), position=near(85.0 * n - 170, 12.0))
        for n in range(5)
    ]
    rows.add(*tags)
    for n in range(12):
        place = near(85.0 * (n % 6) - 200, 44.0 - 60 * (n // 6))
        rows.add(HazardSource(key=f"H{n}", name=Name(en=f"Tank {n}"), position=place))
    map_widget.set_reference(rows, "en")
    look(map_widget, ask, qtbot, ORIGIN, 17.0)
    seen = []
    for value in ("0.4", "9.9", "10.2", "8.7"):
        items = [sensor_item(tag, tag.position or ORIGIN, f"{value} ppm", None) for tag in tags]
        map_widget.show_sensors(items)
        named(map_widget, ask, qtbot, sum(len(rows.all(kind)) for kind in rows.kinds))
        places = {p["key"]: p for p in written(ask) if p["key"]}
        seen.append({key: (p["spot"], p["x"], p["y"]) for key, p in places.items()})
        assert any(p["text"] == f"{value} ppm" for p in places.values())
    still = [{key: at for key, at in each.items() if "GT-" not in key} for each in seen]
    assert len(still[0]) > 5
    assert all(each == still[0] for each in still)
    spots = [{key: at[0] for key, at in each.items() if "GT-" in key} for each in seen]
    assert all(each == spots[0] for each in spots)


def test_that_a_zone_is_named_where_it_is_in_view(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    map_widget.set_reference(park(), "en")
    map_widget.show_situation(published())
    look(map_widget, ask, qtbot, near(600, 220), 16.5)
    named(map_widget, ask, qtbot, 5)
    end = near(1700 * 0.94, 1700 * 0.34)
    assert ask(f"map_muster.getBounds().contains([{end.lat_deg}, {end.lon_deg}])") is False
    assert any("AEGL-2" in place["text"] for place in written(ask))
