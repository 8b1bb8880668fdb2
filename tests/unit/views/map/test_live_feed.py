"""What the map is told of values and vehicles, live, faulty, stale, and in a replay."""

from collections.abc import Iterator

import pytest
from immutables import Map

from app.desk import GatewayState, LiveValue, TrendData
from maps.moving import SENSORS, VEHICLES
from models.basics import LatLon, Name
from models.registry.kinds import HazardSource, Tag
from models.telemetry.ports import Quality
from tests.unit.maps.world import situation
from tests.unit.views.station_desk import Ended, StationDesk
from views.actions import ActionRegistry
from views.i18n import Translator
from views.kit import ViewKit
from views.map.live_feed import LiveFeed
from views.map.widget import MapWidget
from views.theme import Theme
from views.wording import Wording

HERE = LatLon(32.0, 118.0)
ROWS = {
    "tags": (
        Tag(key="GT-1", name=Name(en="Detector"), position=HERE, unit="ppm"),
        Tag(key="GT-2", name=Name(en="At the tank"), hazard_source_key="H1", unit="ppm"),
        Tag(key="V1/lat", name=Name(en="Engine 1"), quantity="latitude"),
        Tag(key="V1/lon", name=Name(en="Engine 1"), quantity="longitude"),
    ),
    "hazard-sources": (HazardSource(key="H1", name=Name(en="Tank"), position=HERE),),
}


class FeedDesk(StationDesk):
    """Answers for history with what the test put there."""

    curves: tuple[TrendData, ...] = ()

    def trend(self, tag_keys, from_us, to_us, points):  # type: ignore[no-untyped-def]
        self.asked = (tuple(tag_keys), from_us, to_us)
        return Ended(self.curves)


@pytest.fixture
def desk(qapp: object) -> FeedDesk:
    made = FeedDesk(situation(alarms=Map()), ROWS)
    made.gateway = GatewayState(connected=True, detail="")
    return made


@pytest.fixture
def feed(
    desk: FeedDesk, theme: Theme, translator: Translator, wording: Wording
) -> Iterator[LiveFeed]:
    kit = ViewKit(desk, theme, translator, wording, ActionRegistry())
    widget = MapWidget(plain=True)
    made = LiveFeed(kit, widget, 600.0)
    made._timer.stop()  # the test is the clock
    yield made
    widget.shut_down()
    widget.deleteLater()


def tell(feed: LiveFeed, desk: FeedDesk, *values: LiveValue) -> None:
    """Let a second pass in which these came."""
    desk.latest.update({value.tag_key: value for value in values})
    for _ in range(8):
        feed._on_period()


def held(feed: LiveFeed, topic: str) -> dict[str, dict[str, object]]:
    return dict(feed._map.content.outbox.held(topic))  # type: ignore[arg-type]


def value(
    key: str, number: float, quality: Quality = Quality.GOOD, at_us: int = 7_000_000
) -> LiveValue:
    return LiveValue(key, number, quality, at_us, at_us)


def test_that_a_value_stands_at_its_tag_or_at_its_hazard_source(
    feed: LiveFeed, desk: FeedDesk
) -> None:
    tell(feed, desk, value("GT-1", 21.4), value("GT-2", 3.0))
    found = held(feed, SENSORS)
    assert {key: item["text"] for key, item in found.items()} == {
        "tags/GT-1": "21.4 ppm", "tags/GT-2": "3 ppm",
    }  # fmt: skip
    assert found["tags/GT-2"]["lat"] == HERE.lat_deg


def test_that_a_stale_value_says_so_and_since_when(feed: LiveFeed, desk: FeedDesk) -> None:
    tell(feed, desk, value("GT-1", 21.4))
    desk.situation = desk.situation.with_(stale_tags=Map({"GT-1": 5_000_000}))
    tell(feed, desk)
    assert held(feed, SENSORS)["tags/GT-1"]["text"] == "21.4 ppm [stale]"
    assert held(feed, SENSORS)["tags/GT-1"]["stale_s"] == 5


def test_that_without_a_gateway_every_value_is_stale(feed: LiveFeed, desk: FeedDesk) -> None:
    tell(feed, desk, value("GT-1", 21.4))
    desk.gateway = GatewayState(connected=False, detail="gone")
    tell(feed, desk)
    assert held(feed, SENSORS)["tags/GT-1"]["stale_s"] == 7


def test_that_a_faulty_detector_is_heard_but_not_believed(feed: LiveFeed, desk: FeedDesk) -> None:
    tell(feed, desk, value("GT-1", 0.0, Quality.BAD))
    assert held(feed, SENSORS)["tags/GT-1"]["text"] == "0 ppm [faulty]"
    assert held(feed, SENSORS)["tags/GT-1"]["stale_s"] == 0


def test_that_two_tags_make_a_vehicle_with_its_name(feed: LiveFeed, desk: FeedDesk) -> None:
    tell(feed, desk, value("V1/lat", 32.1), value("V1/lon", 118.1))
    (item,) = held(feed, VEHICLES).values()
    assert (item["label"], item["lat"], item["lon"]) == ("Engine 1", 32.1, 118.1)


def test_that_a_vehicle_that_is_no_more_in_the_reference_leaves_the_map(
    feed: LiveFeed, desk: FeedDesk
) -> None:
    tell(feed, desk, value("V1/lat", 32.1), value("V1/lon", 118.1), value("GT-1", 1.0))
    desk.reference = StationDesk(situation(), {}).reference
    desk.reference_changed.emit(desk.reference)
    assert (held(feed, VEHICLES), held(feed, SENSORS)) == ({}, {})


def test_that_live_values_leave_the_map_in_a_replay_and_those_of_then_come(
    feed: LiveFeed, desk: FeedDesk
) -> None:
    tell(feed, desk, value("GT-1", 21.4), value("V1/lat", 32.1), value("V1/lon", 118.1))
    desk.replay = object()
    desk.replay_changed.emit(desk.replay)
    tell(feed, desk)
    assert (held(feed, VEHICLES), held(feed, SENSORS)) == ({}, {})
    feed._map.content.outbox.keep("view", {"lat": 32.0, "lon": 118.0, "zoom": 17.0})
    desk.curves = (
        TrendData("GT-1", [90_000_000, 99_000_000, 100_000_000], [1.0, 2.0, float("nan")], [0] * 3),
        TrendData("GT-2", [60_000_000], [5.0], [0]),
        TrendData("V1/lat", [99_000_000], [31.9], [0]),
        TrendData("V1/lon", [99_000_000], [118.2], [0]),
    )
    desk.ticked.emit(100_000_000)
    assert desk.asked[0] == ("V1/lat", "V1/lon", "GT-1", "GT-2")
    assert desk.asked[2] == 100_000_000
    texts = {key: item["text"] for key, item in held(feed, SENSORS).items()}
    assert texts == {"tags/GT-1": "2 ppm", "tags/GT-2": "5 ppm [stale]"}
    assert held(feed, VEHICLES)["vehicles/V1"]["lat"] == 31.9


def test_that_far_out_a_replay_asks_for_the_vehicles_alone(feed: LiveFeed, desk: FeedDesk) -> None:
    desk.replay = object()
    feed._map.content.outbox.keep("view", {"lat": 32.0, "lon": 118.0, "zoom": 12.0})
    desk.ticked.emit(100_000_000)
    assert desk.asked[0] == ("V1/lat", "V1/lon")


def test_that_the_map_follows_the_operations_clock(feed: LiveFeed, desk: FeedDesk) -> None:
    desk.ticked.emit(100_000_000)
    assert feed._map.content.outbox.held_value("clock") == {"now_s": 100, "trail_s": 600}
