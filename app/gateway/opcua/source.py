"""OPC UA as a `Source`: subscribed values, quiet ones read; nothing is written or called."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

from asyncua import ua

from app.clock import Clock
from app.gateway.feed import Feed, Pause
from app.gateway.opcua.session import Session
from app.gateway.opcua.values import code_of, confirmed, is_overflow, reported
from app.source_settings import OpcUaSettings
from models.telemetry.ports import SampleBatch, SourceState
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable

_LOG = logging.getLogger("muster.gateway.opcua")
_LOOK_EVERY_S = 0.5
# asyncua logs a lost connection as many errors with traces; the source's state says it once
logging.getLogger("asyncua").setLevel(logging.CRITICAL)


class OpcUaSource:
    """Keeps a subscription alive; after each loss with a new client."""

    def __init__(self, name: str, settings: OpcUaSettings, tags: TagTable, clock: Clock) -> None:
        self.name = name
        self._settings = settings
        self._clock = clock
        self._feed = Feed(name, clock)
        self._feed.say(f"{settings.url}: connecting", connected=False)
        self._keys = sorted(settings.nodes)
        self._refused: dict[int, str] = {}
        self.set_tags(tags)

    def set_tags(self, tags: TagTable) -> None:
        """Give the indices of another table from here on."""
        self._tag = [tags.index.get(key, -1) for key in self._keys]
        for key, tag in zip(self._keys, self._tag, strict=True):
            if tag < 0:
                self._feed.fault(f"nodes: no tag {key!r}")

    def state(self) -> SourceState:
        """Return state and counts."""
        return self._feed.state()

    async def batches(self) -> AsyncIterator[SampleBatch]:
        """Yield what is reported and read, until cancelled; reconnects by itself."""
        keeper = asyncio.create_task(self._keep(), name=f"opcua {self.name}")
        try:
            while True:
                await self._feed.wait(_LOOK_EVERY_S)
                async for batch in self._feed.held():
                    yield batch
                if keeper.done():
                    keeper.result()
        finally:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper

    async def _keep(self) -> None:
        pause = Pause()
        while True:
            session = Session(self._settings, self._clock, self)
            try:
                self._refused.clear()
                await session.open()
                self._feed.say(self._detail(), connected=True)
                pause.reset()
                await session.watch()
            except Exception as error:  # what a library meets at a foreign server is any error
                text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
                _LOG.info("%s: %s", self.name, text)
                self._feed.say(f"{self._settings.url}: {text}", connected=False)
            finally:
                await session.close()
            await pause.wait()

    def _detail(self) -> str:
        refused = [f"{self._keys[item]} ({why})" for item, why in sorted(self._refused.items())]
        more = f": refused {', '.join(refused[:3])}" if refused else ""
        return self._settings.url + more + (" …" if len(refused) > 3 else "")

    def on_reports(self, items: Sequence[tuple[int, ua.DataValue]]) -> None:
        """Take values that changed."""
        self._take(items, is_read=False)

    def on_readings(self, items: Sequence[tuple[int, ua.DataValue]]) -> None:
        """Take values that were read, since nothing was reported."""
        self._take(items, is_read=True)

    def on_refusal(self, item: int, why: str) -> None:
        """Learn that the server doesn't watch an item: it is read all the same."""
        self._refused[item] = why
        self._feed.fault(f"{self._keys[item]}: {self._settings.nodes[self._keys[item]]}: {why}")

    def on_clock(self, behind_s: float) -> None:
        """Learn how far the server's clock is behind ours."""
        self._feed.tell_clock(self._settings.url.partition("://")[2], behind_s)

    def _take(self, items: Sequence[tuple[int, ua.DataValue]], *, is_read: bool) -> None:
        self._feed.messages += 1
        arrival_us = self._clock.now_us()
        understand = confirmed if is_read else reported
        rows = []
        for item, data in items:
            if self._tag[item] >= 0:
                rows.append((self._tag[item], *understand(data, arrival_us)))
                self._feed.dropped += is_overflow(code_of(data))
        if rows:
            tag, source_us, value, quality = zip(*rows, strict=True)
            self._feed.offer(make_batch(tag, source_us, arrival_us, value, quality))
