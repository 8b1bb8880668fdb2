"""One connection to an OPC UA server: subscribes to values and reads the quiet ones."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from asyncua import ua
from asyncua.client.client import Client
from asyncua.crypto import security_policies
from asyncua.ua.attribute_ids import AttributeIds
from cryptography import x509

from app.clock import Clock
from app.gateway.opcua.lengths import bound_arrays
from app.gateway.opcua.values import moment_us
from app.source_settings import OpcUaSettings

bound_arrays()
_AT_ONCE = 500  # items in one request; servers limit them (OperationLimits)
_QUEUE = 50
_KEEP_ALIVE_S = 2.0
_LIVES = 30  # keep-alive counts after which the server drops the subscription
_NAMESPACES, _CURRENT_TIME = "i=2255", "i=2258"
_POLICIES: dict[str, type[security_policies.SecurityPolicy]] = {
    "Basic256Sha256": security_policies.SecurityPolicyBasic256Sha256,
    "Aes128Sha256RsaOaep": security_policies.SecurityPolicyAes128Sha256RsaOaep,
    "Aes256Sha256RsaPss": security_policies.SecurityPolicyAes256Sha256RsaPss,
}


class Listener(Protocol):
    """Who is told what the server says; items go by their place in `nodes`."""

    def on_reports(self, items: Sequence[tuple[int, ua.DataValue]]) -> None:
        """Take values that changed."""
        ...

    def on_readings(self, items: Sequence[tuple[int, ua.DataValue]]) -> None:
        """Take values that were read, since nothing was reported."""
        ...

    def on_refusal(self, item: int, why: str) -> None:
        """Learn that the server doesn't watch an item."""
        ...

    def on_clock(self, behind_s: float) -> None:
        """Learn how far the server's clock is behind ours."""
        ...


class Session:
    """One client, used once: after a loss another one is made.

    asyncua's own reconnecting isn't used (its issue 1660: it may hang).
    """

    def __init__(self, settings: OpcUaSettings, clock: Clock, listener: Listener) -> None:
        self._settings = settings
        self._clock = clock
        self._listener = listener
        self._client = Client(
            settings.url,
            timeout=settings.timeout_s,
            watchdog_intervall=settings.timeout_s,
            auto_reconnect=False,
        )
        self._client.name = self._client.description = "Muster"
        self._ids: list[ua.NodeId] = []
        self._heard_s: list[float] = []
        self._published_s = 0.0
        self._gone = ""

    async def open(self) -> None:
        """Connect and subscribe to all nodes; raises whatever goes wrong."""
        settings, client = self._settings, self._client
        if settings.username:
            client.set_user(settings.username)
            client.set_password(settings.password)
        if settings.security_policy != "None":
            client.application_uri = application_uri(Path(settings.certificate))
            await client.set_security(
                _POLICIES[settings.security_policy],
                certificate=settings.certificate,
                private_key=settings.private_key,
                private_key_password=settings.private_key_password or None,
                server_certificate=settings.server_certificate,
                mode=ua.MessageSecurityMode[settings.security_mode],
            )
        await client.connect()
        self._ids = await self._resolved([settings.nodes[key] for key in sorted(settings.nodes)])
        self._heard_s = [float("-inf")] * len(self._ids)
        await self._subscribe()

    async def close(self) -> None:
        """Leave in order if that can still be; nothing is raised."""
        with suppress(Exception):  # the connection may be broken in any way
            async with asyncio.timeout(self._settings.timeout_s):
                await self._client.disconnect()
        self._client.disconnect_socket()

    async def watch(self) -> None:
        """Read what is quiet until the connection is lost, which is raised as ConnectionError."""
        quiet_s = self._settings.quiet_s
        while True:
            await self._read_quiet(self._clock.monotonic_s() - quiet_s)
            await asyncio.sleep(quiet_s / 2)
            now_s = self._clock.monotonic_s()
            if now_s - self._published_s > 3 * _KEEP_ALIVE_S + self._settings.timeout_s:
                raise ConnectionError("the subscription gives no sign of life")
            if self._gone:
                raise ConnectionError(f"the subscription has ended: {self._gone}")

    async def _resolved(self, texts: Sequence[str]) -> list[ua.NodeId]:
        """Return node ids; `nsu=` is looked up anew, since indices may change with a restart."""
        namespaces: list[str] = []
        if any(text.startswith("nsu=") for text in texts):
            (data,) = await self._read([ua.NodeId.from_string(_NAMESPACES)])
            namespaces = list(data.Value.Value or []) if data.Value is not None else []
        ids = []
        for text in texts:
            plain = text
            if text.startswith("nsu="):
                uri, _, rest = text.removeprefix("nsu=").partition(";")
                if uri not in namespaces:
                    raise ConnectionError(f"the server has no namespace {uri!r}")
                plain = f"ns={namespaces.index(uri)};{rest}"
            ids.append(ua.NodeId.from_string(plain))
        return ids

    async def _subscribe(self) -> None:
        settings, session = self._settings, self._client.uaclient.session
        wanted = ua.CreateSubscriptionParameters()
        wanted.RequestedPublishingInterval = settings.period_s * 1000
        keep_alive = max(1, round(_KEEP_ALIVE_S / settings.period_s))
        wanted.RequestedMaxKeepAliveCount = keep_alive
        wanted.RequestedLifetimeCount = keep_alive * _LIVES
        self._published_s = self._clock.monotonic_s()
        created = await session.create_subscription(wanted, self._on_publish)
        sampling_s = settings.sampling_s or settings.period_s
        for places in _parts(range(len(self._ids))):
            items = ua.CreateMonitoredItemsParameters()
            items.SubscriptionId = created.SubscriptionId
            items.TimestampsToReturn = ua.TimestampsToReturn.Both
            items.ItemsToCreate = [self._item(place, sampling_s) for place in places]
            results = await session.create_monitored_items(items)
            for place, result in zip(places, results, strict=True):
                if not result.StatusCode.is_good():
                    self._listener.on_refusal(place, result.StatusCode.name)

    def _item(self, place: int, sampling_s: float) -> ua.MonitoredItemCreateRequest:
        request = ua.MonitoredItemCreateRequest()
        request.ItemToMonitor = _value_of(self._ids[place])
        request.MonitoringMode = ua.MonitoringMode.Reporting
        parameters = ua.MonitoringParameters()
        parameters.ClientHandle = place
        parameters.SamplingInterval = sampling_s * 1000
        parameters.QueueSize = _QUEUE
        parameters.DiscardOldest = True
        request.RequestedParameters = parameters
        return request

    async def _on_publish(self, result: ua.PublishResult) -> None:
        """Take a notification; without data it is a keep-alive."""
        now_s = self._published_s = self._clock.monotonic_s()
        for notification in result.NotificationMessage.NotificationData or []:
            if isinstance(notification, ua.StatusChangeNotification):
                self._gone = notification.Status.name
            elif isinstance(notification, ua.DataChangeNotification):
                items = [
                    (int(item.ClientHandle), item.Value)
                    for item in notification.MonitoredItems
                    if 0 <= item.ClientHandle < len(self._heard_s)
                ]
                for place, _ in items:
                    self._heard_s[place] = now_s
                self._listener.on_reports(items)

    async def _read_quiet(self, before_s: float) -> None:
        """Ask the server for its time and for every value not heard since."""
        (now,) = await self._read([ua.NodeId.from_string(_CURRENT_TIME)])
        server_us = moment_us(now.Value.Value) if now.Value is not None else None
        if server_us is not None:
            self._listener.on_clock((self._clock.now_us() - server_us) / 1e6)
        quiet = [place for place, heard_s in enumerate(self._heard_s) if heard_s <= before_s]
        for places in _parts(quiet):
            asked_s = self._clock.monotonic_s()
            values = await self._read([self._ids[place] for place in places])
            # a report that came meanwhile is newer than what was read
            still = [
                (place, data)
                for place, data in zip(places, values, strict=True)
                if self._heard_s[place] <= asked_s
            ]
            for place, _ in still:
                self._heard_s[place] = asked_s
            self._listener.on_readings(still)

    async def _read(self, ids: Sequence[ua.NodeId]) -> list[ua.DataValue]:
        wanted = ua.ReadParameters()
        wanted.MaxAge = 0
        wanted.TimestampsToReturn = ua.TimestampsToReturn.Both
        wanted.NodesToRead = [_value_of(node) for node in ids]
        values = await self._client.uaclient.session.read(wanted)
        if len(values) != len(ids):
            raise ConnectionError(f"{len(values)} values for {len(ids)} asked for")
        return values


def application_uri(certificate: Path) -> str:
    """Return the application URI that our certificate names; servers compare the two.

    Raises
    ------
    ValueError
        When the file is no certificate or names none.
    """
    content = certificate.read_bytes()
    is_pem = content.lstrip().startswith(b"-----")
    load = x509.load_pem_x509_certificate if is_pem else x509.load_der_x509_certificate
    try:
        names = load(content).extensions.get_extension_for_class(x509.SubjectAlternativeName)
        return names.value.get_values_for_type(x509.UniformResourceIdentifier)[0]
    except (x509.ExtensionNotFound, IndexError) as error:
        raise ValueError(f"{certificate}: the certificate names no application URI") from error


def _value_of(node: ua.NodeId) -> ua.ReadValueId:
    wanted = ua.ReadValueId()
    wanted.NodeId = node
    wanted.AttributeId = AttributeIds.Value
    return wanted


def _parts(places: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(places), _AT_ONCE):
        yield places[start : start + _AT_ONCE]
