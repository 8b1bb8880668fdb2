"""What the sources share: counts, faults, clocks of the devices, and a bounded queue."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable

import numpy as np

from app.clock import Clock
from models.telemetry.ports import DeviceClock, SampleBatch, SourceState
from models.telemetry.samples import count

_KEPT_FAULTS, _KEPT_CHARS = 20, 240
_MOST_SAMPLES = 200_000
_MOST_DEVICES = 500
_SKEWS = 15
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 5.0
Taken = Callable[[], None]


class Feed:
    """The state of one source and what it holds for the engine.

    When the engine falls behind, the oldest batches give way and are counted; one that gave way is
    never reported as taken, so a peer that waits for an acknowledgement sends it again.
    """

    def __init__(self, name: str, clock: Clock, *, most_samples: int = _MOST_SAMPLES) -> None:
        self.name = name
        self.clock = clock
        self._most = most_samples
        self._queue: deque[tuple[SampleBatch, Taken | None]] = deque()
        self._held = 0
        self._wake = asyncio.Event()
        self._connected = False
        self._since_us = clock.now_us()
        self._detail = ""
        self._clocks: dict[str, deque[float]] = {}
        self.messages = self.samples = self.malformed = self.dropped = 0
        self.faults: deque[str] = deque(maxlen=_KEPT_FAULTS)

    def say(self, detail: str, *, connected: bool) -> None:
        """Set whether the source works, and a word on it."""
        if connected != self._connected:
            self._since_us = self.clock.now_us()
        self._connected, self._detail = connected, detail

    @property
    def connected(self) -> bool:
        """Whether the source works."""
        return self._connected

    def fault(self, text: str) -> None:
        """Count a message that made no sense."""
        self.malformed += 1
        self.faults.append(text[:_KEPT_CHARS])

    def offer(self, batch: SampleBatch, *, device: str = "", taken: Taken | None = None) -> None:
        """Hold a batch for the engine; `taken` is called when the engine has stored it."""
        size = count(batch)
        self.note(batch, device)
        self._queue.append((batch, taken))
        self._held += size
        while self._held > self._most and len(self._queue) > 1:
            gone = count(self._queue.popleft()[0])
            self._held -= gone
            self.dropped += gone
        self._wake.set()

    def note(self, batch: SampleBatch, device: str = "") -> None:
        """Count a batch, and measure the clock of the device that it came from."""
        size = count(batch)
        self.samples += size
        if not size or not device:
            return
        self.tell_clock(device, float(np.min(batch.arrival_us - batch.source_us)) / 1e6)

    def tell_clock(self, device: str, behind_s: float) -> None:
        """Take one measurement of how far a device's clock is behind ours [s]."""
        if device in self._clocks or len(self._clocks) < _MOST_DEVICES:
            self._clocks.setdefault(device, deque(maxlen=_SKEWS)).append(behind_s)

    async def wait(self, timeout_s: float) -> bool:
        """Wait for a batch; return whether there is one."""
        if not self._queue:
            self._wake.clear()
            try:
                async with asyncio.timeout(timeout_s):
                    await self._wake.wait()
            except TimeoutError:
                return False
        return True

    async def held(self) -> AsyncIterator[SampleBatch]:
        """Yield what is held now; a batch counts as taken when the next one is asked for."""
        while self._queue:
            batch, taken = self._queue.popleft()
            self._held -= count(batch)
            yield batch
            if taken is not None:
                taken()

    def state(self) -> SourceState:
        """Return state and counts."""
        clocks = tuple(
            DeviceClock(device=device, behind_s=round(float(np.median(times)), 3))
            for device, times in sorted(self._clocks.items())
        )
        return SourceState(
            name=self.name,
            connected=self._connected,
            since_us=self._since_us,
            detail=self._detail,
            messages=self.messages,
            samples=self.samples,
            malformed=self.malformed,
            dropped=self.dropped,
            last_malformed=self.faults[-1] if self.faults else "",
            clocks=clocks,
        )


class Pause:
    """Growing pauses between attempts; after a success they begin anew."""

    def __init__(self) -> None:
        self._next_s = FIRST_PAUSE_S

    def reset(self) -> None:
        """Begin anew: the peer answered."""
        self._next_s = FIRST_PAUSE_S

    async def wait(self) -> None:
        """Wait; the longest pause lets a peer that is back be seen within ten seconds."""
        await asyncio.sleep(self._next_s)
        self._next_s = min(self._next_s * 2, LONGEST_PAUSE_S)
