"""MQTT as a `Source`: persistent session, QoS 1, acknowledged only after the samples are stored."""

import asyncio
import logging
import ssl
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Any

import aiomqtt
from aiomqtt.exceptions import MqttConnectError
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from typing_extensions import override

from app.clock import Clock
from app.gateway.payloads import MalformedError, PayloadDecoder, TopicTemplate
from app.settings import MqttSettings
from models.telemetry.ports import SampleBatch, SourceState
from models.telemetry.samples import concat, count

_LOG = logging.getLogger("muster.gateway.mqtt")
_SESSION_S = 7 * 86_400
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 15.0
_KEPT_FAULTS, _KEPT_BYTES = 20, 120
_AT_ONCE = 2_000
_NO_VERSION_5 = (1, 132)  # CONNACK: unacceptable / unsupported protocol version


class BoundedQueue(asyncio.Queue[aiomqtt.Message]):
    """aiomqtt's queue with a bound that counts what it drops instead of growing."""

    dropped = 0

    @override
    def put_nowait(self, item: aiomqtt.Message) -> None:
        """Take a message, or count it as dropped; an unacknowledged one comes again."""
        if self.full():
            self.dropped += 1
        else:
            super().put_nowait(item)


class MqttSource:
    """Samples from a broker.

    A batch counts as taken when the next one is asked for; only then its messages are
    acknowledged. So what a broker was told is stored is stored, and after a crash it sends the
    rest again (at least once: history drops exact repetitions).
    """

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
        self._settings = settings
        self._client_id = settings.client_id or client_id
        self._queue_size = queue
        self._version5 = True
        self._topics = topic_templates(settings.topics)
        self.decoder = decoder
        self._clock = clock
        self._connected = False
        self._since_us = clock.now_us()
        self._detail = "connecting"
        self._messages = self._samples = self._malformed = self._dropped = 0
        self._queue: BoundedQueue | None = None
        self.faults: deque[str] = deque(maxlen=_KEPT_FAULTS)

    def state(self) -> SourceState:
        """Return connection and counts."""
        queued = self._queue.dropped if self._queue else 0
        return SourceState(
            name=self.name,
            connected=self._connected,
            since_us=self._since_us,
            detail=self._detail,
            messages=self._messages,
            samples=self._samples,
            malformed=self._malformed,
            dropped=self._dropped + queued,
            last_malformed=self.faults[-1] if self.faults else "",
        )

    async def batches(self) -> AsyncIterator[SampleBatch]:
        """Yield batches until cancelled; reconnects with growing pauses."""
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                async with self._client() as client:
                    for topic in self._topics:
                        await client.subscribe(topic.subscription, qos=1)
                    self._say(f"{self._settings.host}:{self._settings.port}", connected=True)
                    pause_s = _FIRST_PAUSE_S
                    async for batch in self._receive(client):
                        yield batch
            except MqttConnectError as error:
                if self._version5 and error.rc in _NO_VERSION_5:
                    self._version5 = False
                self._say(str(error), connected=False)
            except (aiomqtt.MqttError, OSError) as error:
                _LOG.warning("broker: %s; again in %.1f s", error, pause_s)
                self._say(str(error), connected=False)
            finally:
                self._retire_queue()
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    def _say(self, detail: str, *, connected: bool) -> None:
        if connected != self._connected:
            self._since_us = self._clock.now_us()
        self._connected, self._detail = connected, detail

    def _retire_queue(self) -> None:
        if self._queue is not None:
            self._dropped += self._queue.dropped
            self._queue = None
        self._connected = False

    def _client(self) -> aiomqtt.Client:
        settings = self._settings
        options: dict[str, Any] = {"clean_session": False}
        if self._version5:
            # the default of 20 unacknowledged messages would throttle acknowledging in batches
            properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
            properties.ReceiveMaximum = min(self._queue_size, 65_535)
            properties.SessionExpiryInterval = _SESSION_S
            options = {"properties": properties, "clean_start": False}
        client = aiomqtt.Client(
            settings.host,
            settings.port,
            username=settings.username or None,
            password=settings.password or None,
            identifier=self._client_id,
            protocol=aiomqtt.ProtocolVersion.V5 if self._version5 else aiomqtt.ProtocolVersion.V311,
            queue_type=BoundedQueue,
            max_queued_incoming_messages=self._queue_size,
            keepalive=settings.keep_alive_s,
            timeout=10,
            tls_context=_tls_context(settings),
            logger=_LOG,
            **options,
        )
        # WORKAROUND aiomqtt has no manual acknowledgement: paho under it has
        client._client.manual_ack_set(True)  # noqa: SLF001
        queue = client._queue  # noqa: SLF001 - its iterator makes a task per message
        assert isinstance(queue, BoundedQueue)
        self._queue = queue
        return client

    async def _receive(self, client: aiomqtt.Client) -> AsyncIterator[SampleBatch]:
        queue = self._queue
        assert queue is not None
        async for first in client.messages:
            messages = [first]
            with suppress(asyncio.QueueEmpty):
                while len(messages) < _AT_ONCE:
                    messages.append(queue.get_nowait())
            batches = self._decode(messages)
            if batches:
                yield concat(batches)
            for message in messages:
                if message.qos:
                    client._client.ack(message.mid, message.qos)  # noqa: SLF001

    def _decode(self, messages: Sequence[aiomqtt.Message]) -> list[SampleBatch]:
        arrival_us = self._clock.now_us()
        batches = []
        for message in messages:
            payload = message.payload if isinstance(message.payload, bytes) else b""
            self._messages += 1
            try:
                batch = self.decoder.decode(str(message.topic), payload, arrival_us)
            except MalformedError as error:
                self._malformed += 1
                raw = payload[:_KEPT_BYTES].decode("utf-8", "backslashreplace")
                self.faults.append(f"{message.topic}: {str(error)[:_KEPT_BYTES]}: {raw}")
            else:
                self._samples += count(batch)
                batches.append(batch)
        return batches


def topic_templates(templates: Sequence[str]) -> tuple[TopicTemplate, ...]:
    """Return the templates as objects; ValueError for one that makes no sense."""
    return tuple(TopicTemplate(template) for template in templates)


def _tls_context(settings: MqttSettings) -> ssl.SSLContext | None:
    if not (settings.tls or settings.ca_file):
        return None
    return ssl.create_default_context(cafile=settings.ca_file or None)
