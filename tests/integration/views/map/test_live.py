"""Vehicles, values and tracks in the real page: patched, numbered, silent."""

import pytest
from pytestqt.qtbot import QtBot

from maps.moving import Fix, sensor_item
from models.basics import Name
from models.registry.kinds import Tag
from tests.integration.views.map.conftest import WAIT_MS, Ask
from tests.unit.maps.world import ORIGIN, near, park, published
from views.map.widget import MapWidget

SECOND_US = 1_000_000
TIMES = (
    "(line => Array.from(line.at.subarray(0, line.size)))"
    "(Muster.parts.trails.lines.get('vehicles/{}'))"
)


def drive(map_widget: MapWidget, second: int, count: int = 3) -> None:
    """Let vehicles go east, 20 m a second, and tell the time."""
    map_widget.show_vehicles(
        [
            (
                f"vehicles/V{n}", f"V{n}",
                Fix(second * SECOND_US, near(20.0 * second, 60.0 * n)), 5.0,
            )
            for n in range(count)
        ]
    )  # fmt: skip
    map_widget.show_clock(second * SECOND_US)


def acknowledged(map_widget: MapWidget, qtbot: QtBot) -> None:
    outbox = map_widget.content.outbox
    qtbot.waitUntil(lambda: outbox.acknowledged == outbox.sent, timeout=WAIT_MS)


def test_that_vehicles_move_by_patches_and_leave_a_trail(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    for second in range(0, 60, 10):
        drive(map_widget, second)
    acknowledged(map_widget, qtbot)
    assert ask("Muster.parts.vehicles.items.size") == 3
    item = ask("Muster.parts.vehicles.items.get('vehicles/V1')")
    assert (item["label"], item["heading_deg"]) == ("V1", 90)
    assert item["lon"] == pytest.approx(near(1000, 60).lon_deg, abs=1e-6)
    assert ask(TIMES.format("V1")) == [0, 10, 20, 30, 40, 50]


def test_that_a_trail_ends_where_its_length_does(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    map_widget.content.moving.tracks.length_s = 3.0
    for second in range(10):
        drive(map_widget, second, 1)
    acknowledged(map_widget, qtbot)
    assert ask(TIMES.format("V0")) == [6, 7, 8, 9]


def test_that_a_long_trail_is_thinned_and_keeps_its_ends(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    acknowledged(map_widget, qtbot)
    append = "n => Muster.parts.trails._append('vehicles/V0', [n, n], n)"
    ask(f"Array.from({{ length: 400 }}, (_, n) => n).forEach({append})")
    times = ask(TIMES.format("V0"))
    assert (times[0], times[-1]) == (0, 399)
    assert 180 < len(times) <= 360
    assert times == sorted(times)


def test_that_what_is_silent_says_since_when_by_the_operations_clock(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    drive(map_widget, 100, 1)
    silence = "Muster.parts.trails.silence(Muster.parts.vehicles.items.get('vehicles/V0'))"
    acknowledged(map_widget, qtbot)
    assert ask(silence) == ""
    map_widget.show_clock(230 * SECOND_US)
    qtbot.waitUntil(lambda: ask(silence) == "no report for 02:10", timeout=WAIT_MS)
    map_widget.show_clock((100 + 3_725) * SECOND_US)
    qtbot.waitUntil(lambda: ask(silence) == "no report for 1:02:05", timeout=WAIT_MS)


def test_that_an_alarmed_point_shows_its_live_value_and_its_silence(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    map_widget.set_reference(park(), "en")
    map_widget.show_situation(published())
    tag = Tag(key="GT-1", name=Name(en="Detector"), position=ORIGIN)
    sub = "Muster.parts.live.sub(Muster.parts.live.items.get('tags/GT-1'))"
    acknowledged(map_widget, qtbot)
    assert ask(sub) == "21.4 ppm"
    map_widget.show_sensors([sensor_item(tag, ORIGIN, "33.0 ppm", None)])
    acknowledged(map_widget, qtbot)
    assert ask(sub) == "33.0 ppm"
    map_widget.show_clock(90 * SECOND_US)
    map_widget.show_sensors([sensor_item(tag, ORIGIN, "33.0 ppm [stale]", 60 * SECOND_US)])
    acknowledged(map_widget, qtbot)
    assert ask(sub) == "33.0 ppm [stale] · no report for 00:30"


def test_that_values_are_written_where_there_is_room_for_them(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    tag = Tag(key="GT-9", name=Name(en="Detector"), position=ORIGIN)
    map_widget.show_sensors([sensor_item(tag, ORIGIN, "0.4 ppm", None)])
    wanted = "Muster.parts.sensors.labels(Muster.parts.labels.layer.frame).map(l => l.text)"
    for zoom, texts in ((15.0, []), (17.0, ["0.4 ppm"])):
        map_widget.fly_to(ORIGIN, zoom)
        qtbot.waitUntil(
            lambda zoom=zoom: ask("map_muster.getZoom()") == zoom,  # type: ignore[misc]
            timeout=WAIT_MS,
        )
        acknowledged(map_widget, qtbot)
        assert ask(wanted) == texts


@pytest.mark.expect_log("missed a message")
def test_that_a_lost_message_is_noticed_and_everything_is_told_again(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot
) -> None:
    drive(map_widget, 0)
    acknowledged(map_widget, qtbot)
    moving = map_widget.content.moving
    (lost,) = moving.vehicles([moving.vehicle("vehicles/W", "W", Fix(SECOND_US, ORIGIN), 5.0)])
    assert lost.seq is not None  # and nobody sends it
    drive(map_widget, 1)
    qtbot.waitUntil(
        lambda: ask("Muster.parts.vehicles.items.has('vehicles/W')") is True, timeout=WAIT_MS
    )
    acknowledged(map_widget, qtbot)
    assert ask("Muster.state.lost") == 1
    assert ask(TIMES.format("V0")) == [0, 1]
