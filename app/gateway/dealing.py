"""Hands samples to the gateway that watches their tags, where the broker deals messages out.

A tag whose messages go to two gateways in turn must be judged by one of them alone, or delays,
rates and counts are seen from a part of its values. What a gateway is sent of another's tags it
puts into the operations store, which all gateways share whatever machines they run on; a message
is acknowledged after that. So a killed gateway loses nothing, and the first that lives takes what
was meant for a dead one.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from concurrent.futures import Executor
from typing import Protocol

import msgspec
import numpy as np

from app.clock import Clock
from app.gateway.shares import Shares
from models.ids import RandomIds
from models.store import StoreError
from models.store.posts import Post
from models.telemetry.alarm_state import KeptStateError, packed, unpacked
from models.telemetry.ports import SampleBatch
from models.telemetry.samples import concat, count, take
from models.telemetry.tags import TagTable
from models.times import SECOND_US

_LOG = logging.getLogger("muster.gateway.dealing")
BEHIND_US = SECOND_US
"""So far behind the clock it is judged: what was handed over has come by then."""
_COLLECT_S = 0.2
_PUT_S = 0.1
_MOST_POSTS = 200
Body = tuple[tuple[str, ...], tuple[bytes, ...]]


class PostsPort(Protocol):
    """Where what is handed over stands (`models.store.posts`)."""

    def put(self, posts: Sequence[Post]) -> None:
        """Store posts."""
        ...

    def waiting(self, receivers: Sequence[str], most: int) -> Sequence[Post]:
        """Return the oldest posts to these gateways."""
        ...

    def remove(self, ids: Sequence[str]) -> None:
        """Remove posts."""
        ...


class Dealing:
    """One gateway's side of it.

    Parameters
    ----------
    shares : Shares
        Who watches which tag now.
    posts : PostsPort
        Where samples wait for their gateway.
    clock : Clock
        The operation's clock; nothing arrives after its present.
    executor : Executor
        Where the store is asked.
    sources : collection of str
        The sources whose messages go to one gateway only. What another source gives of another's
        tags isn't handed over: that gateway reads it itself.
    """

    def __init__(
        self,
        shares: Shares,
        posts: PostsPort,
        clock: Clock,
        executor: Executor,
        sources: Collection[str],
    ) -> None:
        self.sources = frozenset(sources)
        self._shares = shares
        self._posts = posts
        self._clock = clock
        self._executor = executor
        self._ids = RandomIds()
        self._turn = asyncio.Lock()
        self._put_s = float("-inf")
        self._owners: tuple[TagTable, frozenset[str], list[str]] | None = None

    async def hand_over(self, batch: SampleBatch, tags: TagTable) -> None:
        """Store samples for the gateways that watch their tags.

        Raises
        ------
        StoreError
            When the store doesn't take them.
        """
        if not count(batch):
            return
        owners, now_us = self._owners_of(tags), self._clock.now_us()
        names = np.array([owners[i] for i in batch.tag.tolist()])
        posts = [
            Post(self._ids.next(now_us), name, _body(take(batch, names == name), tags))
            for name in sorted(set(names.tolist()))
        ]
        loop = asyncio.get_running_loop()
        async with self._turn:  # few larger transactions: desks write there too
            await asyncio.sleep(max(self._put_s + _PUT_S - loop.time(), 0.0))
            self._put_s = loop.time()
            await loop.run_in_executor(self._executor, self._posts.put, posts)

    def _owners_of(self, tags: TagTable) -> list[str]:
        lost, known = self._shares.lost, self._owners
        if known is None or known[0] is not tags or known[1] != lost:
            known = self._owners = tags, lost, [self._shares.owner(tag) for tag in tags.tags]
        return known[2]

    async def run(
        self, tags: Callable[[], TagTable], take_in: Callable[[SampleBatch], Awaitable[None]]
    ) -> None:
        """Give what the others handed over to `take_in`, until cancelled."""
        while True:
            try:
                await self._collect(tags, take_in)
            except StoreError as error:
                _LOG.debug("nothing is taken from the others: %s", error)
            await asyncio.sleep(_COLLECT_S)

    async def _collect(
        self, tags: Callable[[], TagTable], take_in: Callable[[SampleBatch], Awaitable[None]]
    ) -> None:
        loop = asyncio.get_running_loop()
        ask, boxes = self._posts.waiting, self._shares.boxes
        posts = await loop.run_in_executor(self._executor, ask, boxes, _MOST_POSTS)
        if not posts:
            return
        batch = concat([self._opened(post, tags()) for post in posts])
        await take_in(batch)
        ids = [post.id for post in posts]
        await loop.run_in_executor(self._executor, self._posts.remove, ids)

    def _opened(self, post: Post, tags: TagTable) -> SampleBatch:
        """Return a post's samples; tags that aren't known here drop out."""
        try:
            keys, columns = msgspec.msgpack.decode(post.body, type=Body)
            batch = unpacked(columns)
            places = np.array([tags.index.get(key, -1) for key in keys], np.int32)[batch.tag]
        except (msgspec.MsgspecError, KeptStateError, IndexError) as error:
            _LOG.error("what was handed over can't be read: %s", str(error))
            return concat([])
        known = places >= 0
        arrival_us = np.minimum(batch.arrival_us, self._clock.now_us())
        moved = msgspec.structs.replace(batch, tag=places, arrival_us=arrival_us)
        return take(moved, known)


def _body(batch: SampleBatch, tags: TagTable) -> bytes:
    used, places = np.unique(batch.tag, return_inverse=True)
    keys = tuple(tags.keys[i] for i in used)
    return msgspec.msgpack.encode(
        (
            keys,
            packed(
                SampleBatch(
                    tag=places.astype(np.int32),
                    source_us=batch.source_us,
                    arrival_us=batch.arrival_us,
                    value=batch.value,
                    quality=batch.quality,
                )
            ),
        )
    )
