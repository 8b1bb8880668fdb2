"""A broker of MQTT 3.1.1 or 5: a session that outlives us, messages in lots, late receipts."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Any

import aiomqtt
from aiomqtt.exceptions import MqttConnectError
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from typing_extensions import override

from app.gateway.feed import Feed, Pause
from app.source_settings import BrokerSettings

_LOG = logging.getLogger("muster.gateway.mqtt")
_SESSION_S = 7 * 86_400
# mosquitto deals on to members that are away: what is dealt to a dead gateway nobody judges
_SHARED_SESSION_S = 5
_AT_ONCE = 2_000
# a lot is gathered for 5 ms, and up to 50 ms while messages come densely; a broker that sends a few
# and waits for their receipts (mosquitto's default: 20) must not be kept waiting
_STEP_S, _STEPS, _DENSE = 0.005, 10, 30
_ANSWER_S = 4  # a broker that takes the connection and is silent is tried again soon
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


class Broker:
    """Keeps a subscription alive.

    Parameters
    ----------
    settings : BrokerSettings
        Where it is and how to reach it.
    topics : sequence of str
        MQTT filters; with a `share_group` the brokers' clients of that group share them.
    feed : Feed
        Is told the state and what was dropped.
    client_id : str
        By this the broker knows the session again; the settings' own goes before.
    queue : int
        Messages held while the engine is busy.
    """

    def __init__(
        self,
        settings: BrokerSettings,
        topics: Sequence[str],
        feed: Feed,
        *,
        client_id: str,
        queue: int = 20_000,
    ) -> None:
        self._settings = settings
        group = settings.share_group
        self._topics = [f"$share/{group}/{topic}" if group else topic for topic in topics]
        self._unshared = tuple(topics) if group else ()
        self._feed = feed
        self._client_id = settings.client_id or client_id
        self._queue_size = queue
        self._queue: BoundedQueue | None = None
        self._version5 = settings.version != "3.1.1"
        self.client: aiomqtt.Client | None = None

    async def lots(self) -> AsyncIterator[list[aiomqtt.Message]]:
        """Yield what has come, until cancelled; reconnects by itself.

        A lot is acknowledged when the next one is asked for: what a broker was told is stored is
        stored, and after a crash it sends the rest again (at least once).
        """
        pause = Pause()
        while True:
            try:
                async with self._made() as client:
                    for topic in self._unshared:  # of a session from before the group
                        await client.unsubscribe(topic)
                    for topic in self._topics:
                        await client.subscribe(topic, qos=1)
                    self.client = client
                    self._feed.say(self._where(), connected=True)
                    pause.reset()
                    async for messages in self._receive(client):
                        yield messages
            except MqttConnectError as error:
                if self._version5 and self._settings.version == "auto":
                    self._version5 = error.rc not in _NO_VERSION_5
                self._feed.say(f"{self._where()}: {error}", connected=False)
            except (aiomqtt.MqttError, OSError) as error:
                # as text: a record that is kept must not keep the frames, and so the socket
                _LOG.warning("broker: %s", str(error))
                self._feed.say(f"{self._where()}: {error}", connected=False)
            finally:
                self.client = None
                self._retire_queue()
            await pause.wait()

    def _where(self) -> str:
        return f"{self._settings.host}:{self._settings.port}"

    @property
    def dropped(self) -> int:
        """Messages that the present queue didn't hold."""
        return self._queue.dropped if self._queue else 0

    def _retire_queue(self) -> None:
        self._feed.dropped += self.dropped
        self._queue = None

    def _made(self) -> aiomqtt.Client:
        settings = self._settings
        options: dict[str, Any] = {"clean_session": bool(settings.share_group)}
        if self._version5:
            # the default of 20 unacknowledged messages would throttle acknowledging in batches
            properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
            properties.ReceiveMaximum = min(self._queue_size, 65_535)
            properties.SessionExpiryInterval = (
                _SHARED_SESSION_S if settings.share_group else _SESSION_S
            )
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
            timeout=_ANSWER_S,
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

    async def _receive(self, client: aiomqtt.Client) -> AsyncIterator[list[aiomqtt.Message]]:
        queue = self._queue
        assert queue is not None
        async for first in client.messages:
            messages = [first]
            await _pour(queue, messages)
            self._feed.messages += len(messages)
            yield messages
            for message in messages:
                if message.qos:
                    client._client.ack(message.mid, message.qos)  # noqa: SLF001


async def _pour(queue: BoundedQueue, messages: list[aiomqtt.Message]) -> None:
    """Add what comes close behind: what is taken together costs little more than one."""
    gathered = 0
    for _ in range(_STEPS):
        await asyncio.sleep(_STEP_S)
        with suppress(asyncio.QueueEmpty):
            while len(messages) < _AT_ONCE:
                messages.append(queue.get_nowait())
        if len(messages) - gathered < _DENSE or len(messages) >= _AT_ONCE:
            return
        gathered = len(messages)


def _tls_context(settings: BrokerSettings) -> ssl.SSLContext | None:
    if not (settings.tls or settings.ca_file or settings.cert_file):
        return None
    context = ssl.create_default_context(cafile=settings.ca_file or None)
    if settings.cert_file:
        context.load_cert_chain(
            settings.cert_file, settings.key_file or None, settings.key_password or None
        )
    return context
