"""MQTT as a `Source`: single values and batches, acknowledged only after they are stored."""

from collections.abc import AsyncIterator, Sequence

import aiomqtt
import msgspec

from app.clock import Clock
from app.gateway.broker import Broker
from app.gateway.feed import Feed
from app.gateway.payloads import PayloadDecoder, TopicTemplate
from app.settings import MqttSettings
from models.telemetry.ports import SampleBatch, SourceState
from models.telemetry.samples import concat, count

_KEPT_BYTES = 120
_CLOCK_EVERY_US = 1_000_000


class MqttSource:
    """Samples from a broker; at least once: history drops exact repetitions."""

    def __init__(
        self,
        settings: MqttSettings,
        decoder: PayloadDecoder,
        clock: Clock,
        *,
        client_id: str = "muster-gateway",
        queue: int = 20_000,
    ) -> None:
        self.name = "mqtt"
        self.decoder = decoder
        self._clock = clock
        self._feed = Feed(self.name, clock)
        self._feed.say("connecting", connected=False)
        topics = [template.subscription for template in topic_templates(settings.topics)]
        self._broker = Broker(settings, topics, self._feed, client_id=client_id, queue=queue)
        self._measured_us: dict[str, int] = {}

    @property
    def faults(self) -> Sequence[str]:
        """The latest messages that made no sense."""
        return self._feed.faults

    def state(self) -> SourceState:
        """Return connection and counts."""
        state = self._feed.state()
        return msgspec.structs.replace(state, dropped=state.dropped + self._broker.dropped)

    async def batches(self) -> AsyncIterator[SampleBatch]:
        """Yield batches until cancelled; reconnects with growing pauses."""
        async for messages in self._broker.lots():
            batch = self._decoded(messages)
            if count(batch):
                yield batch

    def _decoded(self, messages: Sequence[aiomqtt.Message]) -> SampleBatch:
        arrival_us = self._clock.now_us()
        lot = self.decoder.lot(arrival_us)
        for message in messages:
            payload = message.payload
            if why := lot.take(message.topic.value, payload):
                raw = payload[:_KEPT_BYTES].decode("utf-8", "backslashreplace")
                self._feed.fault(f"{message.topic.value}: {why[:_KEPT_BYTES]}: {raw}")
        batch = concat(lot.batches())
        self._feed.note(batch)
        for device, behind_us in lot.clocks(self._measured_us, _CLOCK_EVERY_US).items():
            self._feed.tell_clock(device, behind_us / 1e6)
        return batch


def topic_templates(templates: Sequence[str]) -> tuple[TopicTemplate, ...]:
    """Return the templates as objects; ValueError for one that makes no sense."""
    return tuple(TopicTemplate(template) for template in templates)
