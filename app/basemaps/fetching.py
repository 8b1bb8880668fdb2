"""A tile server as a source: asked by worker threads, never waited for longer than its time-out.

The address of a tile may hold the user's key: it goes into no log and no error text.
"""

import http.client
import logging
import threading
from collections.abc import Callable
from typing import IO, Literal
from urllib import error as failures
from urllib import request as web
from urllib.parse import urlsplit

from app.basemaps.cache import Cached, TileCache
from app.basemaps.servers import ServerSpec
from app.clock import Clock
from maps.tiles.grid import TileId
from maps.tiles.source import TileInfo, format_of

log = logging.getLogger(__name__)

ServerState = Literal["good", "silent", "refused", "garbage"]
_LARGEST = 8 * 2**20
_BLOCK = 2**16
_FIRST_PAUSE_S = 2.0
_LONGEST_PAUSE_S = 120.0


class ServerSilentError(Exception):
    """The server gave no tile and none is held; the text is the state."""


class _SameHost(web.HTTPRedirectHandler):
    """Follows a server to itself alone: the address of a tile may hold a key."""

    def redirect_request(
        self,
        req: web.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> web.Request | None:
        """Return the new request, None to leave it."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if new.hostname != old.hostname or new.scheme not in {"https", old.scheme}:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class ServerSource:
    """Gives tiles of one server: fresh ones of the cache, else asked for, else old ones."""

    def __init__(
        self,
        spec: ServerSpec,
        cache: TileCache,
        clock: Clock,
        *,
        timeout_s: float,
        told: Callable[[str, ServerState], None],
    ) -> None:
        """Say by `told(id, state)`, from a worker thread, when the server's state changes."""
        self.spec = spec
        self.info: TileInfo = spec.info
        self.state: ServerState = "good"
        self._cache = cache
        self._clock = clock
        self._timeout_s = timeout_s
        self._told = told
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._failures = 0
        self._again_s = 0.0
        handlers: list[web.BaseHandler] = [_SameHost()]
        if spec.host in {"127.0.0.1", "localhost", "::1"}:
            handlers.append(web.ProxyHandler({}))
        self._opener = web.build_opener(*handlers)

    def tile(self, tile: TileId) -> bytes | None:
        """Return a tile, None where the server has none.

        Raises
        ------
        ServerSilentError
            When the server gives none and none is held.
        """
        if not tile.exists or not self.info.min_zoom <= tile.z <= self.info.max_zoom:
            return None
        held = self._cache.get(self.spec.id, tile)
        if held is not None and held.is_fresh:
            return held.body or None
        if self._clock.monotonic_s() < self._again_s or self._closing.is_set():
            return self._old(held)
        try:
            body = self._asked(tile)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._failed(error)
            return self._old(held)
        self._cache.put(self.spec.id, tile, body)
        self._note("good")
        return body or None

    def retry(self) -> None:
        """Ask again at once, whatever failed before."""
        with self._lock:
            self._failures = 0
            self._again_s = 0.0

    def close(self) -> None:
        """Ask nothing any more."""
        self._closing.set()

    def _old(self, held: Cached | None) -> bytes | None:
        if held is None:
            raise ServerSilentError(self.state)
        return held.body or None

    def _asked(self, tile: TileId) -> bytes:
        """Return what the server says; b'' when it says that there is nothing."""
        ends_s = self._clock.monotonic_s() + self._timeout_s
        asked = web.Request(self.spec.url(tile), headers={"User-Agent": "Muster"})  # noqa: S310
        try:
            with self._opener.open(asked, timeout=self._timeout_s) as answer:
                if answer.status == 204:
                    return b""
                body = bytearray()
                # read1 comes back with what is there: a server that drips can't hold the thread
                while block := answer.read1(_BLOCK):
                    body += block
                    if len(body) > _LARGEST:
                        raise ValueError("too large")
                    if self._clock.monotonic_s() > ends_s or self._closing.is_set():
                        raise TimeoutError
        except failures.HTTPError as error:
            error.close()
            if error.code in {404, 410}:
                return b""
            raise
        if format_of(bytes(body)) == "mvt":
            raise ValueError("no picture")
        return bytes(body)

    def _failed(self, error: Exception) -> None:
        state: ServerState = "silent"
        if isinstance(error, failures.HTTPError) and error.code in {401, 403}:
            state = "refused"
        elif isinstance(error, ValueError):
            state = "garbage"
        with self._lock:
            self._failures += 1
            pause_s = min(_FIRST_PAUSE_S * 2 ** (self._failures - 1), _LONGEST_PAUSE_S)
            self._again_s = self._clock.monotonic_s() + pause_s
        self._note(state, type(error).__name__)

    def _note(self, state: ServerState, why: str = "") -> None:
        with self._lock:
            if state == "good":
                self._failures = 0
                self._again_s = 0.0
            changed = state != self.state
            self.state = state
        if changed:
            if state == "good":
                log.info("map server %s answers again", self.spec.host)
            else:
                log.warning("map server %s: %s (%s)", self.spec.host, state, why)
            self._told(self.spec.id, state)
