"""Brings live values and vehicles to the map, a few of them at a time, all within a second.

In a replay the live values would pass for those of then: they are taken off the map, and the
history answers with the values of the moment, for the places in view at the zooms that show them.
"""

import asyncio
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Slot

from app.desk import LiveValue, TrendData
from maps.moving import (
    SENSORS,
    VEHICLES,
    Item,
    VehicleTags,
    sensor_item,
    stale_after_s,
    vehicles_of,
)
from models.basics import LatLon
from models.registry.kinds import Tag
from models.telemetry.ports import Quality
from views.kit import ViewKit
from views.map.widget import MapWidget
from views.watch.card_text import is_sound

_SLICES = 8
_VEHICLE_SLICES = 4
_PERIOD_MS = 1000 // _SLICES
_REPLAY_BACK_US = 120_000_000
_REPLAY_POINTS = 240
_REPLAY_TAGS = 150
_VALUE_ZOOM = 16.0
_IN_VIEW_DEG = 0.02


@dataclass(frozen=True, slots=True)
class _Then:
    """A value of the replayed moment."""

    value: float
    arrival_us: int
    quality: int


class LiveFeed(QObject):
    """Follows the desk's values and tells the map; owned by the screens."""

    def __init__(self, kit: ViewKit, map_widget: MapWidget, trail_s: float) -> None:
        super().__init__(map_widget)
        self._kit = kit
        self._map = map_widget
        self._slice = 0
        self._asked = 0
        self._sensors: tuple[tuple[Tag, LatLon], ...] = ()
        self._vehicles: tuple[VehicleTags, ...] = ()
        map_widget.content.moving.tracks.length_s = trail_s
        desk = kit.desk
        desk.ticked.connect(self._on_ticked)
        desk.reference_changed.connect(self._on_reference_changed)
        desk.replay_changed.connect(self._on_replay_changed)
        self._timer = QTimer(self, interval=_PERIOD_MS)
        self._timer.timeout.connect(self._on_period)
        self._on_reference_changed(desk.reference)
        self._timer.start()

    def stop(self) -> None:
        """Tell nothing any more."""
        self._timer.stop()

    @Slot(object)
    def _on_reference_changed(self, _reference: object) -> None:
        reference = self._kit.desk.reference
        self._vehicles = vehicles_of(reference)
        self._sensors = tuple(
            (tag, place)
            for tag in reference.all(Tag.KIND).values()
            if isinstance(tag, Tag) and (place := self._place(tag)) is not None
        )
        sensors = {f"tags/{tag.key}" for tag, _ in self._sensors}
        vehicles = {f"{VEHICLES}/{vehicle.key}" for vehicle in self._vehicles}
        self._map.keep_moving(sensors, vehicles)

    def _place(self, tag: Tag) -> LatLon | None:
        if tag.position is not None:
            return tag.position
        source = self._kit.desk.reference.get("hazard-sources", tag.hazard_source_key)
        return None if source is None else source.position

    @Slot(object)
    def _on_replay_changed(self, _replay: object) -> None:
        self._asked += 1
        self._map.keep_moving((), ())

    @Slot(object)
    def _on_ticked(self, now_us: int) -> None:
        self._map.show_clock(now_us)
        if self._kit.desk.replay is not None:
            self._ask_history(now_us)

    @Slot()
    def _on_period(self) -> None:
        if self._kit.desk.replay is not None:
            return
        self._slice = (self._slice + 1) % _SLICES
        latest = self._kit.desk.latest
        sensors = []
        for tag, place in self._sensors[self._slice :: _SLICES]:
            live = latest.get(tag.key)
            if live is not None:
                sensors.append(self._sensor(tag, place, live))
        self._map.show_sensors(sensors)
        turn, rest = divmod(self._slice, _SLICES // _VEHICLE_SLICES)
        if not rest:
            self._show_vehicles(self._vehicles[turn::_VEHICLE_SLICES], latest)

    def _sensor(self, tag: Tag, place: LatLon, live: LiveValue) -> Item:
        situation = self._kit.desk.situation
        text = self._kit.wording.number(live.value, tag.unit)
        if is_sound(live, situation, self._kit):
            return sensor_item(tag, place, text, None)
        silent_us = situation.stale_tags.get(tag.key)
        heard = self._kit.desk.gateway.connected and silent_us is None
        if heard and live.quality != Quality.STALE:
            return sensor_item(tag, place, self.tr("{value} [faulty]").format(value=text), None)
        stale = self.tr("{value} [stale]").format(value=text)
        return sensor_item(tag, place, stale, silent_us or live.arrival_us)

    def _show_vehicles(
        self, vehicles: Sequence[VehicleTags], readings: Mapping[str, LiveValue | _Then]
    ) -> None:
        items = []
        for vehicle in vehicles:
            fix = vehicle.fix(readings)
            if fix is not None:
                name = vehicle.latitude.name.text(self._kit.language) or vehicle.key
                items.append((f"{VEHICLES}/{vehicle.key}", name, fix, vehicle.stale_after_s))
        self._map.show_vehicles(items)

    # The values of a replayed moment

    def _ask_history(self, now_us: int) -> None:
        tags = self._wanted_then()
        if not tags:
            return
        self._asked += 1
        asked = self._asked
        keys = [tag.key for tag in tags]
        future = self._kit.desk.trend(keys, now_us - _REPLAY_BACK_US, now_us, _REPLAY_POINTS)

        def take(done: "asyncio.Future[tuple[TrendData, ...]]") -> None:
            if not done.cancelled() and done.exception() is None and asked == self._asked:
                self._show_then(done.result(), now_us)

        future.add_done_callback(take)

    def _wanted_then(self) -> list[Tag]:
        """Return the tags in view, where values are shown, and those of the vehicles."""
        wanted: list[Tag] = []
        for vehicle in self._vehicles:
            parts = (vehicle.latitude, vehicle.longitude, vehicle.heading)
            wanted += [tag for tag in parts if tag is not None]
        view = self._map.content.outbox.held_value("view") or {}
        if view.get("zoom", 0.0) >= _VALUE_ZOOM and "lat" in view:
            lat, lon = view["lat"], view["lon"]
            wanted += [
                tag
                for tag, place in self._sensors
                if abs(place.lat_deg - lat) < _IN_VIEW_DEG
                and abs(place.lon_deg - lon) < _IN_VIEW_DEG
            ]
        return wanted[:_REPLAY_TAGS]

    def _show_then(self, curves: Sequence[TrendData], now_us: int) -> None:
        then = {curve.tag_key: found for curve in curves if (found := _last(curve)) is not None}
        sensors = []
        for tag, place in self._sensors:
            value = then.get(tag.key)
            if value is None:
                continue
            text = self._kit.wording.number(value.value, tag.unit)
            late = now_us - value.arrival_us > stale_after_s(tag.period_s) * 1e6
            since = value.arrival_us if late else None
            if late:
                text = self.tr("{value} [stale]").format(value=text)
            elif value.quality > Quality.UNCERTAIN:
                text = self.tr("{value} [faulty]").format(value=text)
            sensors.append(sensor_item(tag, place, text, since))
        kept = {item["id"] for item in sensors}
        gone = self._map.content.outbox.held(SENSORS)
        if any(key not in kept for key in gone):
            self._map.keep_moving(kept, None)
        self._map.show_sensors(sensors)
        self._show_vehicles(self._vehicles, then)


def _last(curve: TrendData) -> _Then | None:
    """Return the newest value of a curve that is one."""
    for time_us, value, quality in zip(
        reversed(curve.times_us), reversed(curve.values), reversed(curve.qualities), strict=True
    ):
        if math.isfinite(value):
            return _Then(value, time_us, quality)
    return None
