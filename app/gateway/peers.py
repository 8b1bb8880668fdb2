"""The other gateways of the site: their heartbeats, and what they have measured."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Protocol

from app.clock import Clock
from app.desk import LiveValue
from app.gateway.client import GatewayClient, GatewayGoneError
from app.gateway.latest import Latest
from app.gateway.shares import PEER, Shares
from app.gateway.silence import Heard
from models.store import StoreError
from models.store.beats import Beat
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable

BEAT_S = 1.0
DEAD_S = 5.0
_NAMED = 8
_NEVER = Beat(0, "")


class BeatsPort(Protocol):
    """Where heartbeats stand (`models.store.beats`)."""

    def beat(self, name: str, number: int, process: str, heard: bytes = b"") -> None:
        """Say that a gateway lives."""
        ...

    def all(self) -> Mapping[str, Beat]:
        """Return name → beat of every gateway that ever beat."""
        ...


class Peers:
    """Beats once a second and watches the others.

    A gateway is dead when its beat hasn't changed for five seconds by our own clock, so that
    clocks of machines needn't agree. While the store can't be read, or doesn't answer, nothing is
    said of anybody.
    """

    def __init__(
        self, shares: Shares, beats: BeatsPort, clock: Clock, executor: Executor, process: str
    ) -> None:
        self.shares = shares
        self._beats = beats
        self._clock = clock
        self._executor = executor
        self._process = process
        self._number = 0
        self._seen: dict[str, Beat] = {}
        self.report: Callable[[], bytes] = bytes
        self._looked_s = clock.monotonic_s()
        self._changed_s = dict.fromkeys(shares.others, clock.monotonic_s())

    async def run(self) -> None:
        """Beat and look, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            self._number += 1
            try:
                seen = await loop.run_in_executor(self._executor, self._turn, self.report())
            except StoreError:
                seen = None
            self._note(seen)
            await asyncio.sleep(BEAT_S)

    def _turn(self, heard: bytes) -> Mapping[str, Beat]:
        self._beats.beat(self.shares.name, self._number, self._process, heard)
        return self._beats.all()

    def _note(self, seen: Mapping[str, Beat] | None) -> None:
        self._looked_s = now_s = self._clock.monotonic_s()
        for name in self.shares.others:
            if seen is None or seen.get(name) != self._seen.get(name):
                self._changed_s[name] = now_s
        self._seen = dict(seen or self._seen)

    def dead(self) -> list[str]:
        """Return the names of the gateways that give no sign of life."""
        looked_s = self._looked_s
        return [name for name, at_s in self._changed_s.items() if looked_s - at_s > DEAD_S]

    def heard(self) -> list[Heard]:
        """Return what each of the others said last of the tags it hears."""
        now_s, dead = self._clock.monotonic_s(), self.dead()
        return [
            Heard(self._seen.get(name, _NEVER).heard, now_s - at_s, is_dead=name in dead)
            for name, at_s in self._changed_s.items()
        ]

    def speaks(self) -> bool:
        """Return whether this is the first gateway that lives."""
        dead = self.dead()
        return next(n for n in self.shares.names if n not in dead) == self.shares.name

    def failures(self, tags: TagTable) -> dict[str, str]:
        """Return by function (`peer:NAME`) what is unwatched, "2: A, B"; empty for who lives."""
        dead = self.dead()
        return {
            PEER + name: _unwatched(self.shares.keys_of(name, tags)) if name in dead else ""
            for name in self.shares.others
        }


def _unwatched(keys: Sequence[str]) -> str:
    """Return number and first keys; the desk says it in its language."""
    more = ", …" if len(keys) > _NAMED else ""
    return f"{len(keys)}: {', '.join(keys[:_NAMED])}{more}"


class PeerValues:
    """Takes the live values of another gateway on this machine, so that a desk sees them all."""

    def __init__(
        self, info_file: Path, latest: Latest, index: Callable[[], Mapping[str, int]]
    ) -> None:
        self._info_file = info_file
        self._latest = latest
        self._index = index

    async def run(self) -> None:
        """Follow it until cancelled; one that is away is tried again."""
        while True:
            try:
                client = await GatewayClient.connect(self._info_file)
            except GatewayGoneError:
                await asyncio.sleep(BEAT_S)
                continue
            try:
                async for told in client.messages():
                    if isinstance(told, tuple):
                        self._take(told)
            finally:
                await client.close()

    def _take(self, values: Sequence[LiveValue]) -> None:
        index = self._index()
        known = [value for value in values if value.tag_key in index]
        if known:
            batch = make_batch(
                [index[value.tag_key] for value in known],
                [value.source_us for value in known],
                [value.arrival_us for value in known],
                [value.value for value in known],
                [value.quality for value in known],
            )
            self._latest.update(batch)
            self._latest.believe(batch)
