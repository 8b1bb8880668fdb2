"""Where each tag is heading: level, slope and CUSUM of all tags at once, time to a limit."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.registry.kinds import Tag
from models.rules import load_rules
from models.telemetry.bent_line import RecentSamples, bent_lines, reached

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_MOST_CORRELATION = 0.98
_MISSED_OVER, _MOST_MISSED, _TURNED, _FORGETS = 10.0, 4.0, 1.0, 0.8
_FAR = 10.0  # times as far ahead as is told: a band that ends there has no end
_RISING, _FALLING = ("H", "HH"), ("L", "LL")


class Crossing(NamedTuple):
    """A tag that is heading for a limit: in how many seconds it is reached, and the band of that.

    `level` and `slope_s` (per second) are of the line that bent, `start` is the level that it left;
    `score` is the slope in its standard errors. `latest_s` is infinite where the band is open.
    """

    tag: int
    limit: str
    limit_value: float
    level: float
    start: float
    slope_s: float
    score: float
    time_s: float
    earliest_s: float
    latest_s: float


class TagTrends:
    """A line through the recent samples of every tag, older ones counting less and less.

    Parameters
    ----------
    tags : sequence of Tag
        In the order of the columns given to `step`.

    Notes
    -----
    Whether a tag heads for a limit: exponentially weighted least squares (memory `fast_s`); the
    error of the slope is that of independent noise, widened by (1 + ρ) / (1 - ρ) for the residuals'
    correlation from one sample to the next. A tag drifts where the CUSUM of its distance from the
    level it has left, in standard deviations of the residuals less the slack, exceeds the decision
    too; and its slope must be `usual_times` the one that it usually has, learnt for `learn_s` at
    least. So a tag that always wanders hardly ever counts (`test_tag_trends.py` bounds it).

    When the limit is reached: `bent_lines`, since the weighted line still holds minutes from before
    a rise began.

    References
    ----------
    E. S. Page, Biometrika 41 (1954) 100-115 (CUSUM); S. W. Roberts, Technometrics 1 (1959)
    239-250 (EWMA); variance of a mean of AR(1) values: Box, Jenkins, Time Series Analysis (1976).
    """

    def __init__(self, tags: Sequence[Tag]) -> None:
        rules = load_rules("early_warning")["trend"]
        self._memory_s, self._slow_s = float(rules["fast_s"]), float(rules["slow_s"])
        self._least = float(rules["least_samples"])
        self._ahead_s = float(rules["ahead_s"])
        self._confidence = float(rules["confidence"])
        self._bend_s = float(rules["bend_s"])
        self._slack, self._decision = float(rules["drift_k"]), float(rules["drift_h"])
        self._score = float(rules["slope_score"])
        self._learn_s, self._times = float(rules["learn_s"]), float(rules["usual_times"])
        n = len(tags)
        self._highs, self._lows = _limits(tags, _RISING), _limits(tags, _FALLING)
        # sums of w, w·t, w·t², w·y, w·t·y, w·y² with t ≤ 0 counted from the last sample, and of
        # w², w²·t, w²·t² for the errors
        self._sums = np.zeros((9, n))
        self._recent = RecentSamples(n, int(rules["bend_samples"]))
        self._at_us = np.zeros(n, np.int64)
        self._seen = np.zeros(n)
        self._left = np.full(n, np.nan)
        self._origin = np.full(n, np.nan)
        self._residual = np.zeros(n)
        self._products = np.zeros((2, n))
        self._up, self._down = np.zeros(n), np.zeros(n)
        self._usual = np.zeros(n)
        self._missed = np.zeros(n)
        self._learnt_s = np.zeros(n)

    def step(self, at_us: npt.NDArray[np.int64], value: Floats, good: Bools) -> Sequence[Crossing]:
        """Take each tag's newest sample; return which tags are heading for a limit now.

        Parameters
        ----------
        at_us : array of int64
            Time of each tag's newest sample [µs]; one that isn't newer than before is no sample.
        value, good : arrays
            Its value and whether it can be believed.
        """
        new = good & (at_us > self._at_us) & np.isfinite(value)
        if new.any():
            self._take(np.flatnonzero(new), at_us[new], value[new])
        return self._crossings(good)

    def judges(self, good: Bools) -> Bools:
        """Return of which tags the line tells something, where `good` is as in `step`."""
        return good & (self._seen >= self._least) & (self._learnt_s >= self._learn_s)

    def assume(self, tag: int, slope_s: float) -> None:
        """Take up that a tag was heading for a limit by a slope [per second] before a restart.

        Its usual slope, which isn't learnt yet, is taken as half of what that allows: else the
        tag would go unjudged, and its rise be learnt as usual.
        """
        self._learnt_s[tag] = max(self._learn_s, self._slow_s)
        self._usual[tag] = (slope_s / (2 * self._times)) ** 2

    def _take(self, i: npt.NDArray[np.intp], at_us: npt.NDArray[np.int64], value: Floats) -> None:
        first = self._seen[i] == 0
        passed_s = np.where(first, 0.0, (at_us - self._at_us[i]) / 1e6)
        lapsed = passed_s > self._memory_s  # after a gap the tag begins anew
        fresh = first | lapsed
        self._origin[i] = np.where(fresh, value, self._origin[i])
        self._left[i] = np.where(fresh, 0.0, self._left[i])
        for state in (self._seen, self._residual, self._up, self._down, self._missed):
            state[i] = np.where(fresh, 0.0, state[i])
        self._products[:, i] = np.where(fresh, 0.0, self._products[:, i])
        y = value - self._origin[i]  # small numbers keep their digits
        self._recent.add(i, at_us / 1e6, y, fresh)
        w, wt, wtt, wy, wty, wyy, v, vt, vtt = np.where(fresh, 0.0, self._sums[:, i])
        fade = np.exp(-np.where(fresh, 0.0, passed_s) / self._memory_s)
        fade = np.where(self._turned(i, y, passed_s), np.minimum(fade, _FORGETS), fade)
        twice = fade * fade
        self._sums[:, i] = (
            fade * w + 1.0,
            fade * (wt - passed_s * w),
            fade * (wtt - 2 * passed_s * wt + passed_s**2 * w),
            fade * wy + y,
            fade * (wty - passed_s * wy),
            fade * wyy + y * y,
            twice * v + 1.0,
            twice * (vt - passed_s * v),
            twice * (vtt - 2 * passed_s * vt + passed_s**2 * v),
        )
        self._seen[i] += 1
        self._at_us[i] = at_us
        level, slope, sigma, _error = (part[i] for part in self._lines())
        self._note_residual(i, y - level, fade)
        usable = self._seen[i] >= self._least
        pull = np.where(usable, 1 - np.exp(-passed_s / self._slow_s), 1.0)
        self._left[i] += pull * (level - self._left[i])
        self._learn(i, np.where(usable, slope, 0.0), np.where(usable, passed_s, 0.0))
        off = np.where(usable & (sigma > 0), (y - self._left[i]) / np.maximum(sigma, 1e-300), 0.0)
        most = 4 * self._decision
        self._up[i] = np.clip(self._up[i] + off - self._slack, 0.0, most)
        self._down[i] = np.clip(self._down[i] - off - self._slack, 0.0, most)

    def _turned(self, i: npt.NDArray[np.intp], y: Floats, passed_s: Floats) -> Bools:
        """Return where samples keep missing the line to one side: it is another line now."""
        level, slope, sigma, _error = (part[i] for part in self._lines())
        with np.errstate(divide="ignore", invalid="ignore"):
            missed = (y - level - slope * passed_s) / sigma
        known = (self._seen[i] >= self._least) & np.isfinite(missed)
        missed = np.where(known, np.clip(missed, -_MOST_MISSED, _MOST_MISSED), 0.0)
        self._missed[i] += (missed - self._missed[i]) / _MISSED_OVER
        return np.abs(self._missed[i]) > _TURNED

    def _note_residual(self, i: npt.NDArray[np.intp], residual: Floats, fade: Floats) -> None:
        self._products[0, i] = fade * self._products[0, i] + residual * self._residual[i]
        self._products[1, i] = fade * self._products[1, i] + residual * residual
        self._residual[i] = residual

    def _learn(self, i: npt.NDArray[np.intp], slope: Floats, passed_s: Floats) -> None:
        """Learn the mean square of the slope; what stands out of it is taken as little more."""
        passed_s = np.minimum(passed_s, self._memory_s)
        self._learnt_s[i] += passed_s
        knows = self._learnt_s[i] >= self._learn_s
        square = np.where(knows, np.minimum(slope**2, 4 * self._usual[i]), slope**2)
        memory_s = np.minimum(np.maximum(self._learnt_s[i], 1e-9), self._slow_s)
        self._usual[i] += np.minimum(passed_s / memory_s, 1.0) * (square - self._usual[i])

    def _lines(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Return level (from the origin), slope, residual deviation and the slope's error."""
        w, wt, wtt, wy, wty, wyy, v, vt, vtt = self._sums
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = wtt - wt * wt / w
            slope = np.where(spread > 0, (wty - wt * wy / w) / spread, 0.0)
            level = (wy - slope * wt) / w
            squares = np.maximum(wyy - level * wy - slope * wty, 0.0)
            # degrees of freedom of weighted samples, two taken by the line
            freedom = np.maximum(w - 2 * v / w, 1e-9)
            sigma = np.sqrt(squares / freedom)
            rho = self._products[0] / np.maximum(self._products[1], 1e-300)
            rho = np.clip(rho, 0.0, _MOST_CORRELATION)
            middle = wt / w
            weights = vtt - 2 * middle * vt + middle**2 * v
            error = sigma * np.sqrt(np.maximum(weights, 0.0) * (1 + rho) / (1 - rho)) / spread
        return level, slope, sigma, error

    def _crossings(self, good: Bools) -> Sequence[Crossing]:
        _level, slope, _sigma, error = self._lines()
        with np.errstate(divide="ignore", invalid="ignore"):
            score = np.where(error > 0, slope / error, 0.0)
        drift = np.where(slope > 0, self._up, self._down)
        heading = good & (self._seen >= self._least) & (np.abs(score) >= self._score)
        heading &= (drift >= self._decision) & (self._learnt_s >= self._learn_s)
        heading &= np.abs(slope) >= self._times * np.sqrt(self._usual)
        i = np.flatnonzero(heading)
        return self._reached(i, score)

    def _reached(self, heading: npt.NDArray[np.intp], score: Floats) -> Sequence[Crossing]:
        """Return when the line since the bend reaches the limit ahead, of tags that head for it."""
        if not heading.size:
            return []
        lines = bent_lines(*self._recent.of(heading, self._bend_s))
        level, slope = lines.mean()
        way = np.sign(score[heading])
        now = level + self._origin[heading]
        aims = [self._aim(*each) for each in zip(heading.tolist(), way, now, strict=True)]
        value = np.array([np.nan if aim is None else aim[1] for aim in aims])
        limit = value - self._origin[heading]
        tail = (1 - self._confidence) / 2
        earliest_s, time_s, latest_s = (
            reached(lines, limit, _FAR * self._ahead_s, share) for share in (tail, 0.5, 1 - tail)
        )
        # one that has turned back meanwhile isn't told
        told = (slope * way > 0) & (time_s <= self._ahead_s)
        return [
            Crossing(
                tag, aim[0], aim[1], float(now[k]), float(self._left[tag] + self._origin[tag]),
                float(slope[k]), float(score[tag]), float(time_s[k]),
                float(earliest_s[k]), float(latest_s[k]),
            )
            for k, (tag, aim) in enumerate(zip(heading.tolist(), aims, strict=True))
            if told[k] and aim is not None
        ]  # fmt: skip

    def _aim(self, tag: int, way: float, now: float) -> tuple[str, float] | None:
        """Return the first limit ahead; None beyond it, where the alarm speaks."""
        limits = self._highs[tag] if way > 0 else self._lows[tag]
        ahead = [each for each in limits if (each[1] - now) * way > 0]
        if not ahead or len(ahead) < len(limits):
            return None
        return min(ahead, key=lambda each: (each[1] - now) * way)


def _limits(tags: Sequence[Tag], kinds: Sequence[str]) -> list[list[tuple[str, float]]]:
    return [
        [(limit.kind, limit.value) for limit in tag.limits if limit.kind in kinds] for tag in tags
    ]
