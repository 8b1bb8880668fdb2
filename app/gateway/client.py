"""The desk's end of the gateway's socket."""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from app.desk import GatewayState, LiveValue, TrendData
from app.gateway.protocol import (
    AnyMessage,
    Frame,
    Hello,
    Keys,
    PackedCurve,
    ProtocolError,
    Reply,
    Request,
    Status,
    Wake,
    Welcome,
    packed,
    read_message,
)

_LOG = logging.getLogger("muster.gateway.client")
_HELLO_S = 5.0
_SILENT_S = 10.0
GONE = "the gateway has gone"  # a screen says it in its own language


class GatewayGoneError(Exception):
    """There is no gateway at the address, it refused us, or it has gone."""


@dataclass(frozen=True, slots=True)
class Woken:
    """The journal has events up to `seq`."""

    seq: int


class _Info(msgspec.Struct):
    port: int
    token: str


class GatewayClient:
    """One connection to a gateway; made by `connect`, ended by `close` or the gateway's end."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, welcome: Welcome
    ) -> None:
        self._reader = reader
        self._writer = writer
        self.welcome = welcome
        self._keys: tuple[str, ...] = ()
        self._numbers = itertools.count(1)
        self._replies: dict[int, asyncio.Future[Reply]] = {}
        self._has_gone = False

    @classmethod
    async def connect(cls, info_file: Path) -> "GatewayClient":
        """Connect to the gateway whose private file this is.

        Raises
        ------
        GatewayGoneError
            When nobody answers there, or refuses.
        """
        try:
            info = _read_info(info_file)
            reader, writer = await asyncio.open_connection("127.0.0.1", info.port)
        except (OSError, msgspec.MsgspecError) as error:
            raise GatewayGoneError(f"no gateway: {error}") from error
        try:
            writer.write(packed(Hello(token=info.token)))
            async with asyncio.timeout(_HELLO_S):
                welcome = await read_message(reader)
        except (OSError, EOFError, TimeoutError, ProtocolError) as error:
            writer.close()
            raise GatewayGoneError(f"the gateway refused the connection: {error}") from error
        if not isinstance(welcome, Welcome):
            writer.close()
            raise GatewayGoneError("another program answers on the gateway's port")
        return cls(reader, writer, welcome)

    async def messages(self) -> AsyncIterator[tuple[LiveValue, ...] | GatewayState | Woken]:
        """Yield values, states and wakes until the gateway has gone or falls silent."""
        try:
            while True:
                async with asyncio.timeout(_SILENT_S):
                    message = await read_message(self._reader)
                told = self._told(message)
                if told is not None:
                    yield told
        except (OSError, EOFError, TimeoutError, ProtocolError) as error:
            _LOG.info("the gateway has gone: %r", error)
            self._end()

    def _end(self) -> None:
        """Answer whoever still waits: no reply will come."""
        self._has_gone = True
        for reply in self._replies.values():
            if not reply.done():
                reply.set_exception(GatewayGoneError(GONE))
        self._replies.clear()

    def _told(self, message: AnyMessage) -> tuple[LiveValue, ...] | GatewayState | Woken | None:
        match message:
            case Frame():
                return self._values(message)
            case Status():
                return _state(message)
            case Wake(seq=seq):
                return Woken(seq)
            case Keys(keys=keys):
                self._keys = keys
            case Reply(id=number):
                waiting = self._replies.pop(number, None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(message)
            case _:
                pass
        return None

    def _values(self, frame: Frame) -> tuple[LiveValue, ...]:
        columns = zip(
            np.frombuffer(frame.tag, np.int32).tolist(),
            np.frombuffer(frame.value, np.float64).tolist(),
            np.frombuffer(frame.quality, np.uint8).tolist(),
            np.frombuffer(frame.source_us, np.int64).tolist(),
            np.frombuffer(frame.arrival_us, np.int64).tolist(),
            strict=True,
        )
        return tuple(
            LiveValue(self._keys[tag], value, quality, source_us, arrival_us)
            for tag, value, quality, source_us, arrival_us in columns
        )

    async def history(
        self, tag_keys: Sequence[str], from_us: int, to_us: int, points: int
    ) -> tuple[TrendData, ...]:
        """Read curves; `messages` must be iterated meanwhile.

        Raises
        ------
        GatewayGoneError
            When the gateway has gone, or couldn't read them.
        """
        reply = await self._ask(
            Request(
                id=next(self._numbers),
                what="history",
                tag_keys=tuple(tag_keys),
                from_us=from_us,
                to_us=to_us,
                points=points,
            )
        )
        return tuple(_trend(curve) for curve in reply.curves)

    async def stop_gateway(self) -> None:
        """Ask the gateway to stop; returns when it has agreed or gone."""
        with suppress(GatewayGoneError):
            await self._ask(Request(id=next(self._numbers), what="stop"))

    async def _ask(self, request: Request) -> Reply:
        if self._has_gone or self._writer.is_closing():
            raise GatewayGoneError(GONE)
        waiting = asyncio.get_running_loop().create_future()
        self._replies[request.id] = waiting
        try:
            self._writer.write(packed(request))
            await self._writer.drain()
        except OSError as error:
            self._replies.pop(request.id, None)
            raise GatewayGoneError(str(error)) from error
        reply: Reply = await waiting
        if reply.error:
            raise GatewayGoneError(reply.error)
        return reply

    async def close(self) -> None:
        """Let go of the gateway; it runs on."""
        self._end()
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


def _read_info(path: Path) -> _Info:
    return msgspec.json.decode(path.read_bytes(), type=_Info)


def _state(status: Status) -> GatewayState:
    return GatewayState(
        connected=True,
        detail="; ".join(status.failing),
        sources=status.sources,
        dropped_frames=status.dropped_frames,
        scan_us=status.scan_us,
        failing=tuple((f, why) for f, _, why in (t.partition(": ") for t in status.failing)),
    )


def _trend(curve: PackedCurve) -> TrendData:
    return TrendData(
        tag_key=curve.tag_key,
        # views of the bytes: lists of long curves would hold the UI thread up
        times_us=memoryview(curve.times_us).cast("q"),
        values=memoryview(curve.values).cast("d"),
        qualities=memoryview(curve.qualities),
    )
