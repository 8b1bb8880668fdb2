"""Sparkplug B as a `Source`: reads births and data of edge nodes over a broker."""

from collections.abc import AsyncIterator, Sequence

import aiomqtt
import msgspec

from app.clock import Clock
from app.gateway.broker import Broker
from app.gateway.feed import Feed
from app.gateway.sparkplug.frame import KINDS, PREFIX, SparkplugError, decode
from app.gateway.sparkplug.rebirth import Rebirths
from app.gateway.sparkplug.state import Reading, SparkplugState
from app.source_settings import SparkplugSettings
from models.telemetry.ports import SampleBatch, SourceState
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable

_KEPT_PLACES = 200_000
_CLOCK_EVERY_US = 1_000_000


class SparkplugSource:
    """The state of all nodes, and what they report."""

    def __init__(
        self, name: str, settings: SparkplugSettings, tags: TagTable, clock: Clock
    ) -> None:
        self.name = name
        self._settings = settings
        self._clock = clock
        self._feed = Feed(name, clock)
        self._feed.say("connecting", connected=False)
        topics = [
            f"{PREFIX}/{group}/{kind}/" + ("+/+" if kind[0] == "D" else "+")
            for group in settings.groups
            for kind in KINDS
        ]
        self._broker = Broker(settings.broker, topics, self._feed, client_id=f"muster-{name}")
        self._nodes = SparkplugState()
        self._rebirths = Rebirths()
        self._measured_us: dict[str, int] = {}
        self.set_tags(tags)

    def set_tags(self, tags: TagTable) -> None:
        """Give the indices of another table from here on."""
        self._index = tags.index
        self._topics = {tag.topic: i for i, tag in enumerate(tags.tags) if tag.topic}
        self._places: dict[tuple[str, str, str, str], int] = {}

    def state(self) -> SourceState:
        """Return state and counts."""
        state = self._feed.state()
        told = f": {self._nodes.alive} nodes live"
        if self._nodes.gaps:
            told += f", {self._nodes.gaps} gaps"
        if self._nodes.missing:
            told += f", {len(self._nodes.missing)} without a known birth"
        return msgspec.structs.replace(
            state,
            dropped=state.dropped + self._broker.dropped,
            detail=state.detail + told if state.connected else state.detail,
        )

    async def batches(self) -> AsyncIterator[SampleBatch]:
        """Yield what nodes report, until cancelled; reconnects by itself."""
        async for messages in self._broker.lots():
            readings = self._understood(messages)
            batch = self._batch(readings)
            if batch is not None:
                self._feed.note(batch)
                yield batch
            await self._ask_for_births()

    def _understood(self, messages: Sequence[aiomqtt.Message]) -> list[Reading]:
        arrival_us = self._clock.now_us()
        readings: list[Reading] = []
        for message in messages:
            topic = message.topic.value
            try:
                told = self._nodes.take(decode(topic, message.payload), arrival_us)
            except SparkplugError as error:
                self._feed.fault(f"{topic}: {error}")
                continue
            readings += told
            self._compare_clock(told, arrival_us)
        return readings

    def _compare_clock(self, told: Sequence[Reading], arrival_us: int) -> None:
        newest_us = max((reading.at_us for reading in told), default=arrival_us)
        if newest_us == arrival_us:
            return
        device = f"{told[0].group}/{told[0].node}"
        if arrival_us - self._measured_us.get(device, 0) >= _CLOCK_EVERY_US:
            self._measured_us[device] = arrival_us
            self._feed.tell_clock(device, (arrival_us - newest_us) / 1e6)

    def _batch(self, readings: Sequence[Reading]) -> SampleBatch | None:
        rows = [
            (place, reading.at_us, reading.value, reading.quality)
            for reading in readings
            if (place := self._place(reading)) >= 0
        ]
        if not rows:
            return None
        tag, source_us, value, quality = zip(*rows, strict=True)
        return make_batch(tag, source_us, self._clock.now_us(), value, quality)

    def _place(self, reading: Reading) -> int:
        """Return the index of the tag that a metric is, -1 for none."""
        key = (reading.group, reading.node, reading.device, reading.metric)
        place = self._places.get(key)
        if place is None:
            place = self._topics.get("/".join(("sparkplug", *(part for part in key if part))), -1)
            if place < 0 and self._settings.tag_key:
                group, node, device, metric = key
                named = self._settings.tag_key.format(
                    group=group, node=node, device=device, metric=metric
                )
                place = self._index.get(named, -1)
            if len(self._places) < _KEPT_PLACES:
                self._places[key] = place
        return place

    async def _ask_for_births(self) -> None:
        client = self._broker.client
        if not self._settings.rebirth or client is None:
            return
        now_us = self._clock.now_us()
        for node in self._rebirths.due(self._nodes.missing, now_us):
            await self._rebirths.ask(client, node, now_us)
