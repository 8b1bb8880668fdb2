"""The gateway's socket for desks: loopback only, a token, and nobody can slow the engine down."""

import asyncio
import hmac
import json
import logging
import os
import secrets
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path

import numpy as np

from app.gateway.latest import Latest, Reader
from app.gateway.protocol import (
    MOST_BYTES_BEFORE_HELLO,
    PROTOCOL,
    Hello,
    Keys,
    Message,
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
from models.telemetry.reduction import Curve

_LOG = logging.getLogger("muster.gateway.server")
_FRAME_S = 0.25
_HELLO_S = 3.0
_FULL_BYTES = 512 * 1024
_MOST_CLIENTS = 32

ReadCurve = Callable[[str, int, int, int], Curve]


class _Client:
    """One desk. What it hasn't taken yet waits in its socket, up to a bound; then frames drop."""

    def __init__(self, writer: asyncio.StreamWriter, reader: Reader) -> None:
        self.writer = writer
        self.latest = reader
        self.dropped = 0

    @property
    def is_slow(self) -> bool:
        return self.writer.transport.get_write_buffer_size() > _FULL_BYTES

    def send(self, message: Message) -> None:
        if not self.writer.is_closing():
            self.writer.write(packed(message))


class GatewayServer:
    """Serves latest values, status and history to desks.

    Parameters
    ----------
    info_file : Path
        Where port and token are written for the user's own desks (mode 0600).
    latest : Latest
        The latest value of every tag.
    read_curve : callable
        Reads history for a plot: (tag key, from_us, to_us, points) → Curve.
    executor : Executor
        Where history is read.
    stop : callable
        Called when a desk asks the gateway to stop.
    """

    def __init__(
        self,
        info_file: Path,
        latest: Latest,
        read_curve: ReadCurve,
        executor: Executor,
        stop: Callable[[], None],
    ) -> None:
        self._info_file = info_file
        self._latest = latest
        self._read_curve = read_curve
        self._executor = executor
        self._stop = stop
        self._token = secrets.token_hex(32)
        self._clients: set[_Client] = set()
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._server: asyncio.Server | None = None
        self._info = ""
        self.operation_id = ""

    async def start(self) -> None:
        """Listen on a free loopback port and write the private file."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        info = {"port": port, "token": self._token, "process_id": os.getpid(), "protocol": PROTOCOL}
        self._info = json.dumps(info)
        write_private(self._info_file, self._info)

    def keep_info_file(self) -> None:
        """Write the private file again when somebody damaged or removed it."""
        try:
            if self._info_file.read_bytes() == self._info.encode():
                return
        except OSError as error:
            _LOG.debug("%s: %s", self._info_file, error)
        with suppress(OSError):  # a full disk: tried again
            write_private(self._info_file, self._info)

    async def close(self) -> None:
        """Stop listening, let the desks go, remove the private file."""
        if self._server is None:
            return
        self._server.close()
        with suppress(OSError):
            self._info_file.unlink(missing_ok=True)
        for writer in self._connections.values():
            writer.transport.abort()
        if self._connections:
            await asyncio.wait(list(self._connections))
        await self._server.wait_closed()

    @property
    def dropped_frames(self) -> int:
        """Frames that slow desks didn't get, summed over those connected."""
        return sum(client.dropped for client in self._clients)

    def wake(self, seq: int) -> None:
        """Tell all desks that the journal has grown."""
        for client in self._clients:
            if not client.is_slow:
                client.send(Wake(seq=seq))

    def tell(self, status: Status) -> None:
        """Send the status; a slow desk misses it, a later one comes."""
        for client in self._clients:
            if not client.is_slow:
                client.send(status)

    async def send_frames(self) -> None:
        """Send changed values to every desk four times a second, until cancelled."""
        while True:
            await asyncio.sleep(_FRAME_S)
            for client in self._clients:
                if client.is_slow:
                    client.dropped += 1
                    continue
                if client.latest.keys_changed():
                    client.send(Keys(keys=self._latest.keys))
                frame = client.latest.take()
                if frame is not None:
                    client.send(frame)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections[task] = writer
        try:
            if not await self._is_ours(reader) or len(self._clients) >= _MOST_CLIENTS:
                return
            client = _Client(writer, self._latest.reader())
            client.send(Welcome(operation_id=self.operation_id, process_id=os.getpid()))
            self._clients.add(client)
            try:
                while True:
                    message = await read_message(reader)
                    if isinstance(message, Request):
                        client.send(await self._answer(message))
                        await writer.drain()
            finally:
                self._clients.discard(client)
        except (ProtocolError, OSError, asyncio.IncompleteReadError) as error:
            _LOG.debug("a desk has gone: %s", error)
        finally:
            del self._connections[task]
            writer.close()

    async def _is_ours(self, reader: asyncio.StreamReader) -> bool:
        try:
            async with asyncio.timeout(_HELLO_S):
                hello = await read_message(reader, MOST_BYTES_BEFORE_HELLO)
        except TimeoutError:
            return False
        if not isinstance(hello, Hello) or hello.protocol != PROTOCOL:
            return False
        known = hmac.compare_digest(hello.token.encode(), self._token.encode())
        if not known:
            _LOG.warning("a connection without the right token was refused")
        return known

    async def _answer(self, request: Request) -> Reply:
        if request.what == "stop":
            self._stop()
            return Reply(id=request.id)
        if request.what != "history":
            return Reply(id=request.id, error="unknown_request")
        if not (request.from_us < request.to_us and 1 <= request.points <= 100_000):
            return Reply(id=request.id, error="bad_span")
        try:
            loop = asyncio.get_running_loop()
            curves = await loop.run_in_executor(self._executor, self._curves, request)
        except Exception as error:  # a damaged file must not end the connection
            _LOG.exception("history was not read")
            return Reply(id=request.id, error=f"history_failed: {error}")
        return Reply(id=request.id, curves=curves)

    def _curves(self, request: Request) -> tuple[PackedCurve, ...]:
        packed_curves = []
        for key in request.tag_keys:
            curve = self._read_curve(key, request.from_us, request.to_us, request.points)
            packed_curves.append(
                PackedCurve(
                    tag_key=key,
                    times_us=curve.times_us.astype(np.int64).tobytes(),
                    values=curve.values.astype(np.float64).tobytes(),
                    qualities=curve.qualities.astype(np.uint8).tobytes(),
                )
            )
        return tuple(packed_curves)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its user may read; readers see the old or the new one, whole."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)
