"""Asks a source for batches, as the engine does."""

import asyncio
from contextlib import suppress

WITHIN_S = 20


class Pulled:
    """`async with Pulled(source) as pulled`: batches are taken until the block ends."""

    def __init__(self, source):
        self.source = source
        self.batches = []

    @property
    def rows(self):
        """All samples as (tag, value, quality)."""
        return [
            row
            for b in self.batches
            for row in zip(b.tag.tolist(), b.value.tolist(), b.quality.tolist(), strict=True)
        ]

    async def __aenter__(self):
        self._task = asyncio.create_task(self._pull())
        return self

    async def _pull(self):
        generator = self.source.batches()
        try:
            async for batch in generator:
                self.batches.append(batch)
        finally:
            await generator.aclose()

    async def __aexit__(self, *_):
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task


async def wait_for(fact, within_s=WITHIN_S):
    """Wait until a fact holds."""
    async with asyncio.timeout(within_s):
        while not fact():
            await asyncio.sleep(0.02)
