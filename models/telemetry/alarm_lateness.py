"""Which samples speak of the present: a device's backlog is history, not an alarm of now."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from models.telemetry.alarm_state import Keeps
from models.telemetry.ports import SampleBatch
from models.telemetry.samples import concat, make_batch, take
from models.telemetry.tags import TagTable
from models.times import SECOND_US

_LEAST_ALLOWED_US = 60 * SECOND_US
SETTLE_US = 5 * SECOND_US
_NEVER = -(1 << 62)
Tags = npt.NDArray[np.intp]


class Lateness(Keeps):
    """Sifts the samples of each slot.

    Parameters
    ----------
    tags : TagTable
        The tags; how late a sample may come follows from their period.

    Notes
    -----
    A sample is of the present when it isn't older than one of its tag that was judged, and comes
    at most max(3 periods, 60 s) later than its tag's samples mostly do. How late they mostly come
    is learnt, so that a device whose clock is wrong is judged like any other. A source time after
    the arrival counts as the arrival.

    Late samples are not judged; of each tag the newest is held. When none of the present comes for
    five seconds and the late ones don't catch up with the clock (a source time that runs at least
    half as fast again), the held one is the best that is known and is judged: a value that hasn't
    changed since, or a device whose clock was set back. One that is older than what was judged is
    taken so only when others followed it for those five seconds.
    """

    KEPT = (
        "_newest_us", "_behind_us", "_since_us", "_lag_us", "_source_us", "_came_us", "_value",
        "_quality",
    )  # fmt: skip

    def __init__(self, tags: TagTable) -> None:
        n = len(tags)
        self._allowed_us = np.maximum(tags.patience_us, _LEAST_ALLOWED_US)
        self._newest_us = np.full(n, _NEVER, np.int64)
        self._behind_us = np.zeros(n, np.int64)
        self._since_us = np.full(n, _NEVER, np.int64)  # when the first of the late ones came
        self._lag_us = np.zeros(n, np.int64)  # how old the held one was then
        self._source_us, self._came_us = np.zeros((2, n), np.int64)
        self._value, self._quality = np.zeros(n), np.zeros(n, np.uint8)
        self._holds = False

    def take_up(self, kept: Mapping[str, bytes]) -> None:
        """Fill the arrays; see `Keeps.take_up`."""
        super().take_up(kept)
        self._holds = bool((self._since_us != _NEVER).any())

    def sift(self, at_us: int, samples: SampleBatch) -> SampleBatch:
        """Return what of a slot's samples is to be judged, and what was held long enough.

        Parameters
        ----------
        at_us : int
            The slot's end [µs UTC].
        samples : SampleBatch
            The slot's samples by tag, then source time.
        """
        if samples.tag.size:
            source_us = np.minimum(samples.source_us, samples.arrival_us)
            lag_us = samples.arrival_us - source_us
            most_us = (self._behind_us + self._allowed_us)[samples.tag]
            present = (source_us >= self._newest_us[samples.tag]) & (lag_us <= most_us)
            if not present.all():
                self._hold(at_us, take(samples, ~present), source_us[~present])
                samples = take(samples, present)
                source_us, lag_us = source_us[present], lag_us[present]
            np.maximum.at(self._newest_us, samples.tag, source_us)
            np.minimum.at(self._behind_us, samples.tag, lag_us)
            self._since_us[samples.tag] = _NEVER
        if not self._holds:
            return samples
        released = self._released(at_us)
        if not released.tag.size:
            return samples
        both = concat([samples, released])
        return take(both, np.argsort(both.tag, kind="stable"))

    def _hold(self, at_us: int, late: SampleBatch, source_us: npt.NDArray[np.int64]) -> None:
        last = np.flatnonzero(np.diff(late.tag, append=-1))
        tag, source_us = late.tag[last], source_us[last]
        fresh = self._since_us[tag] == _NEVER
        self._since_us[tag[fresh]] = at_us
        self._lag_us[tag[fresh]] = at_us - source_us[fresh]
        newer = fresh | (source_us > self._source_us[tag])
        tag, last = tag[newer], last[newer]
        self._source_us[tag] = source_us[newer]
        self._came_us[tag] = at_us
        self._value[tag], self._quality[tag] = late.value[last], late.quality[last]
        self._holds = True

    def _released(self, at_us: int) -> SampleBatch:
        """Return the held ones that are the best that is known, as of this slot."""
        held = np.flatnonzero(self._since_us != _NEVER)
        self._holds = bool(held.size)
        tag = held[at_us - self._since_us[held] >= SETTLE_US]
        lag_us, elapsed_us = at_us - self._source_us[tag], at_us - self._since_us[tag]
        catches_up = self._lag_us[tag] - lag_us > elapsed_us // 2
        followed = self._came_us[tag] - self._since_us[tag] >= SETTLE_US
        best = tag[~catches_up & (self._is_ahead(tag) | followed)]
        self._newest_us[best] = self._source_us[best]
        self._behind_us[best] = self._came_us[best] - self._source_us[best]
        self._since_us[best] = _NEVER
        self._since_us[tag[catches_up]] = at_us
        self._lag_us[tag[catches_up]] = lag_us[catches_up]
        return self._as_batch(best, at_us)

    def _is_ahead(self, tag: Tags) -> npt.NDArray[np.bool_]:
        return np.asarray(self._source_us[tag] >= self._newest_us[tag])

    def _as_batch(self, tag: Tags, arrival_us: npt.ArrayLike) -> SampleBatch:
        source_us, value = self._source_us[tag], self._value[tag]
        return make_batch(tag, source_us, arrival_us, value, self._quality[tag])

    def dues_us(self) -> npt.NDArray[np.int64]:
        """Return when something held falls due without another sample [µs UTC]."""
        if not self._holds:
            return np.empty(0, np.int64)
        held = np.flatnonzero(self._since_us != _NEVER)
        return self._since_us[held[self._is_ahead(held)]] + SETTLE_US

    def carry(self, tags: Tags, old: "Lateness", old_tags: Tags) -> None:
        """Take over what is known and held of another table's tags `old_tags` as `tags`."""
        for name in self.KEPT:
            getattr(self, name)[tags] = getattr(old, name)[old_tags]
        self._holds = bool((self._since_us != _NEVER).any())
