"""HJ 212-2017 as a `Source`: stations connect, report and are acknowledged; never commanded."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from hmac import compare_digest

from typing_extensions import override

from app.clock import Clock
from app.gateway.feed import Feed, Pause
from app.gateway.hj212.answers import answer
from app.gateway.hj212.frame import Frame, FrameError
from app.gateway.hj212.stream import FrameStream
from app.gateway.hj212.values import data_time_us, item, readings
from app.gateway.stamps import stamped
from app.source_settings import Hj212Settings
from models.telemetry.ports import Quality, SampleBatch, SourceState
from models.telemetry.samples import empty_batch, make_batch
from models.telemetry.tags import TagTable

_LOOK_EVERY_S = 1.0
_SPLIT_MESSAGES = 256
_REAL_TIME = "2011"


class Hj212Source:
    """Listens; an upload is acknowledged when its samples are stored, so none is lost."""

    def __init__(self, name: str, settings: Hj212Settings, tags: TagTable, clock: Clock) -> None:
        self.name = name
        self._settings = settings
        self._clock = clock
        self._feed = Feed(name, clock)
        self._where = f"{settings.host}:{settings.port}"
        self._connections: set[_Connection] = set()
        self._times: OrderedDict[tuple[str, str, str], str] = OrderedDict()
        self._places: dict[str, int] = {}
        self._heard_s = float("-inf")
        self.set_tags(tags)

    def set_tags(self, tags: TagTable) -> None:
        """Give the indices of another table from here on."""
        self._index = tags.index
        self._topics = {tag.topic: i for i, tag in enumerate(tags.tags) if tag.topic}
        self._places.clear()

    def state(self) -> SourceState:
        """Return state and counts."""
        return self._feed.state()

    async def batches(self) -> AsyncIterator[SampleBatch]:
        """Listen and yield what stations report, until cancelled."""
        server = await self._listening()
        try:
            while True:
                self._look()
                await self._feed.wait(_LOOK_EVERY_S)
                async for batch in self._feed.held():
                    yield batch
        finally:
            server.close()
            for connection in tuple(self._connections):
                connection.abort()

    async def _listening(self) -> asyncio.Server:
        """Return the server once its port can be had."""
        loop, pause = asyncio.get_running_loop(), Pause()
        host, port = self._settings.host, self._settings.port
        while True:
            try:
                return await loop.create_server(lambda: _Connection(self), host, port)
            except OSError as error:
                self._feed.say(f"{self._where}: {error.strerror or error}", connected=False)
                await pause.wait()

    def _look(self) -> None:
        """Say whether anybody reports."""
        stations = len(self._connections)
        silent_s = self._clock.monotonic_s() - self._heard_s
        works = stations > 0 or silent_s <= self._settings.silent_s
        self._feed.say(f"{self._where}: {stations} connected", connected=works)

    def connected(self, connection: "_Connection") -> bool:
        """Take a connection; False when there are too many."""
        if len(self._connections) >= self._settings.most_connections:
            self._feed.fault("too many connections")
            return False
        self._connections.add(connection)
        return True

    def gone(self, connection: "_Connection") -> None:
        """Forget a connection."""
        self._connections.discard(connection)

    def take(self, found: Frame | FrameError, connection: "_Connection") -> None:
        """Take a frame of a connection."""
        self._feed.messages += 1
        if isinstance(found, FrameError):
            self._feed.fault(f"{connection.peer}: {found}")
            return
        passwords = self._settings.passwords
        if passwords and not _same(found.pw, passwords.get(found.mn)):
            self._feed.fault(f"{connection.peer}: MN {found.mn[:40]!r}: unknown or wrong password")
            return
        self._heard_s = self._clock.monotonic_s()
        reply = answer(found)
        batch = self._samples(found)
        if not batch.tag.size:
            connection.send(reply)
            return
        device = found.mn if found.cn == _REAL_TIME else ""
        self._feed.offer(batch, device=device, taken=lambda: connection.send(reply))

    def _samples(self, frame: Frame) -> SampleBatch:
        arrival_us = self._clock.now_us()
        if frame.repeated:
            self._feed.fault(f"MN {frame.mn}: sent twice: {', '.join(frame.repeated)}")
        moment_us, least = stamped(data_time_us(self._time_of(frame)), arrival_us)
        tags, values, qualities, unknown = [], [], [], ""
        for reading in readings(frame.fields):
            # part of a split message: the flag may have come in another part
            no_flag = frame.packets > 1 and f"{reading.code}-Flag" not in frame.fields
            doubtful = no_flag or f"{reading.code}-{reading.field}" in frame.repeated
            place = self._place(frame.mn, item(frame, reading))
            if place < 0:
                unknown = unknown or item(frame, reading)
                continue
            tags.append(place)
            values.append(reading.value)
            qualities.append(
                max(reading.quality, least, Quality.UNCERTAIN if doubtful else Quality.GOOD)
            )
        if unknown and not tags:
            self._feed.fault(f"MN {frame.mn}: no tag for hj212/{frame.mn}/{unknown}")
        if not tags:
            return empty_batch()
        return make_batch(tags, moment_us, arrival_us, values, qualities)

    def _time_of(self, frame: Frame) -> str:
        """Return a frame's time: its own, that of an earlier part of its message, or its QN."""
        own = frame.fields.get("DataTime", "")
        if not frame.packets:
            return own or frame.qn
        message = (frame.mn, frame.qn, frame.cn)
        if own:
            self._times[message] = own
            while len(self._times) > _SPLIT_MESSAGES:
                self._times.popitem(last=False)
        return own or self._times.get(message, frame.qn)

    def _place(self, mn: str, name: str) -> int:
        """Return the tag's index, -1 when there is none: by topic, else by the key's template."""
        address = f"hj212/{mn}/{name}"
        known = self._places.get(address)
        if known is not None:
            return known
        place = self._topics.get(address, -1)
        if place < 0 and self._settings.tag_key:
            key = self._settings.tag_key.replace("{mn}", mn).replace("{item}", name)
            place = self._index.get(key, -1)
        if len(self._places) < 100_000:
            self._places[address] = place
        return place


def _same(given: str, wanted: str | None) -> bool:
    return wanted is not None and compare_digest(given.encode(), wanted.encode())


class _Connection(asyncio.Protocol):
    """One station."""

    def __init__(self, source: Hj212Source) -> None:
        self._source = source
        self._stream = FrameStream()
        self._transport: asyncio.Transport | None = None
        self.peer = ""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.peer = str((transport.get_extra_info("peername") or ("?",))[0])
        if not self._source.connected(self):
            transport.abort()

    @override
    def data_received(self, data: bytes) -> None:
        for found in self._stream.feed(data):
            self._source.take(found, self)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._source.gone(self)

    def send(self, reply: bytes | None) -> None:
        """Send an answer, where the station still listens."""
        if reply and self._transport is not None and not self._transport.is_closing():
            self._transport.write(reply)

    def abort(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()
