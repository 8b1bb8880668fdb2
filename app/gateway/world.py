"""The scripted world of a demonstration, seen as a source of samples."""

from collections.abc import AsyncIterator
from typing import Protocol

import numpy as np

from app.clock import Clock
from models.operation.events.base import Draft, Event
from models.telemetry.ports import SampleBatch, SourceState
from models.telemetry.samples import count, make_batch, take
from models.telemetry.tags import TagTable


class World(Protocol):
    """What the demonstration's world offers (`app.demo.world.DemoWorld`).

    It is told every event of the operation, from the first one on; what it did before a restart
    it knows from there. `tag_keys` says what its tag indices mean.
    """

    tag_keys: tuple[str, ...]

    def observe(self, event: Event) -> None:
        """Take the next event of the journal."""
        ...

    def resume(self, now_us: int) -> None:
        """Begin sampling at `now_us`."""
        ...

    def sample(self, now_us: int) -> SampleBatch:
        """Return the samples that became due since the last call."""
        ...

    def due(self, now_us: int) -> list[Draft]:
        """Return what happens by now; everything once."""
        ...


class WorldSource:
    """Polls the world for samples of those tags that the gateway's table has.

    The arrival time is that of the poll: a sample that is handed over late is judged late, as
    one from a broker would be.
    """

    def __init__(
        self, world: World, tags: TagTable, clock: Clock, *, period_us: int = 250_000
    ) -> None:
        self.name = "world"
        self._world = world
        self._clock = clock
        self._period_us = period_us
        self._since_us = clock.now_us()
        self._samples = self._polls = 0
        self.set_tags(tags)

    def set_tags(self, tags: TagTable) -> None:
        """Give the indices of another table from here on."""
        places = [tags.index.get(key, -1) for key in self._world.tag_keys]
        self._places = np.array(places, np.int32)

    async def batches(self) -> AsyncIterator[SampleBatch]:
        """Yield what the world measures, until cancelled."""
        while True:
            now_us = self._clock.now_us()
            sampled = self._world.sample(now_us)
            tag = self._places[sampled.tag]
            batch = take(sampled, tag >= 0)
            self._polls += 1
            if n := count(batch):
                self._samples += n
                yield make_batch(tag[tag >= 0], batch.source_us, now_us, batch.value, batch.quality)
            await self._clock.sleep_until(now_us + self._period_us)

    def state(self) -> SourceState:
        """Return the counts; a scripted world is always there."""
        return SourceState(
            name=self.name,
            connected=True,
            since_us=self._since_us,
            messages=self._polls,
            samples=self._samples,
        )
