"""A line that bent once: where a tag heads since its course changed, and how sure that is.

A plain line through a tag's last minutes still holds the flat part when a rise begins, and says its
limit far too late. Here every moment of the window may be the one at which the line bent; each is
weighted by how well it explains the samples.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

_LEAST_PART = 6  # samples on either side of a bend
_EVERY = 2  # samples between two bends that are looked at
_LINE = 4.0  # parameters of a bent line: level, slope, bend and where
_MOST_CORRELATION = 0.98
_LEAST_FREEDOM = 2.0
_LOOKED = 1.5  # the variance of the best of many bends, against that of one
_LEAST_NOISE = 1e-12  # of the squares about a plain line: what rounding leaves
_HALVINGS = 20


class RecentSamples:
    """The last samples of every tag.

    Parameters
    ----------
    tags, samples : int
        How many tags, and how many samples of each are kept.
    """

    def __init__(self, tags: int, samples: int) -> None:
        self._t_s = np.zeros((tags, samples))
        self._value = np.zeros((tags, samples))
        self._count = np.zeros(tags, np.intp)

    def add(self, i: Places, at_s: Floats, value: Floats, fresh: Bools) -> None:
        """Add one sample to each of the tags `i`; where `fresh`, those before are forgotten."""
        self._count[i] = np.where(fresh, 0, self._count[i])
        place = self._count[i] % self._t_s.shape[1]
        self._t_s[i, place], self._value[i, place] = at_s, value
        self._count[i] += 1

    def of(self, i: Places, longest_s: float) -> tuple[Floats, Floats, Bools]:
        """Return times, values and whether there is a sample, shape (tags, samples).

        Oldest first; times [s] ≤ 0 count from each tag's last sample, none is over `longest_s` old.
        """
        samples = self._t_s.shape[1]
        order = (self._count[i][:, None] + np.arange(samples)) % samples
        t_s = np.take_along_axis(self._t_s[i], order, axis=1)
        value = np.take_along_axis(self._value[i], order, axis=1)
        known = np.arange(samples) >= samples - self._count[i][:, None]
        t_s = t_s - t_s[:, -1:]
        known &= t_s >= -longest_s
        return np.where(known, t_s, 0.0), np.where(known, value, 0.0), known


class BentLines(NamedTuple):
    """Lines through each tag's samples, shape (tags, lines): what each is worth and where it is.

    `chance` sums to 1; `level` and `slope` (per second) are at the last sample, followed by their
    variances and covariance.
    """

    chance: Floats
    level: Floats
    slope: Floats
    level_variance: Floats
    slope_variance: Floats
    covariance: Floats

    def mean(self) -> tuple[Floats, Floats]:
        """Return level and slope of all lines together, shape (tags,)."""
        return (self.chance * self.level).sum(axis=1), (self.chance * self.slope).sum(axis=1)


def bent_lines(t_s: Floats, value: Floats, known: Bools) -> BentLines:
    """Return the lines on which each tag may be now.

    Parameters
    ----------
    t_s, value, known : array, shape (tags, samples)
        As `RecentSamples.of` returns them; a dozen samples at least.

    Notes
    -----
    Continuous lines with one bend, level and both slopes free, for a bend at every second sample
    (least squares; the hinge is made orthogonal to the plain line, so that running sums suffice),
    and last the plain line. Each counts by its likelihood with the noise's size unknown,
    RSS^(-m/2), all bends together m^(-1/2) less (Schwarz); m is the number of independent samples,
    n (1 - ρ) / (1 + ρ) for residuals with the correlation ρ from one to the next. Fitting lowers
    ρ, by (1 + 4ρ) / n for a mean (Kendall); for the four parameters here (4 + 8ρ) / n is put back.
    Variances are widened by n / m, by half for the bends that are looked at (both fixed on
    simulated ramps, `docs/warnings.md`), as Student's t is wider than the normal distribution, and
    by what a bend between two of those looked at may give.

    References
    ----------
    D. V. Hinkley, Biometrika 56 (1969) 495-504 (bent lines); G. Schwarz, Ann. Stat. 6 (1978)
    461-464; M. G. Kendall, Biometrika 41 (1954) 403-404 (bias of the correlation).
    """
    n = known.sum(axis=1, dtype=np.float64)[:, None]
    mean_t, mean_y = t_s.sum(axis=1)[:, None] / n, value.sum(axis=1)[:, None] / n
    t, y = known * (t_s - mean_t), known * (value - mean_y)
    now = -mean_t
    stt, sty = (t * t).sum(axis=1)[:, None], (t * y).sum(axis=1)[:, None]
    plain = sty / stt
    line_squares = np.maximum((y * y).sum(axis=1)[:, None] - plain * sty, 0.0)
    # hinges max(0, t - bend): their sums with 1, t, themselves and y come from tail sums
    after, tail_t, tail_y, tail_tt, tail_ty = (_tails(part) for part in (known, t, y, t * t, t * y))
    at = t[:, ::-_EVERY]
    h, ht = tail_t - at * after, tail_tt - at * tail_t
    hh = tail_tt - 2 * at * tail_t + at * at * after - h * h / n - ht * ht / stt
    hy = tail_ty - at * tail_y - ht * plain
    may = known[:, ::-_EVERY] & (after > _LEAST_PART) & (n - after >= _LEAST_PART)
    may &= hh > 1e-9 * stt
    hh = np.where(may, hh, 1.0)
    bend = np.where(may, hy / hh, 0.0)
    squares = np.where(may, line_squares - bend * hy, np.inf)
    best = squares.argmin(axis=1)[:, None]
    least = np.minimum(np.take_along_axis(squares, best, axis=1), line_squares)
    least = np.maximum(least, np.maximum(_LEAST_NOISE * line_squares, 1e-300))
    at_best, h_best, ht_best, bend_best = (
        np.take_along_axis(part, best, axis=1) for part in (at, h, ht, bend)
    )
    hinge = np.maximum(t - at_best, 0.0) - h_best / n - t * ht_best / stt
    wide = _widening(known * (y - plain * t - bend_best * hinge), n)
    independent = n / wide
    odds = -0.5 * independent * np.log(np.maximum(squares / least, 1.0)) - 0.5 * np.log(independent)
    odds -= np.log(np.maximum(may.sum(axis=1)[:, None], 1))
    line_odds = -0.5 * independent * np.log(np.maximum(line_squares / least, 1.0))
    chance = np.exp(np.concatenate([odds, line_odds], axis=1))
    chance /= chance.sum(axis=1)[:, None]
    noise = least / np.maximum(n - _LINE, 1.0) * wide * _LOOKED * _student(independent - _LINE)
    # level and slope now of each line, and what the noise does to them
    none = np.zeros_like(n)
    bend = np.concatenate([bend, none], axis=1)
    pull = np.concatenate([1 - ht / stt, none], axis=1)
    lift = np.concatenate([(now - at) - h / n - now * ht / stt, none], axis=1)
    free = np.concatenate([1 / hh, none], axis=1)
    level, slope = mean_y + plain * now + bend * lift, plain + bend * pull
    off_level, off_slope = _between(level, may), _between(slope, may)
    return BentLines(
        chance,
        level,
        slope,
        noise * (1 / n + now * now / stt + lift * lift * free) + off_level * off_level,
        noise * (1 / stt + pull * pull * free) + off_slope * off_slope,
        noise * (now / stt + lift * pull * free) + off_level * off_slope,
    )


def _between(values: Floats, may: Bools) -> Floats:
    """Return the deviation of what a bend between two that are looked at may give."""
    steps = np.where(may[:, 1:] & may[:, :-1], np.diff(values[:, :-1], axis=1), 0.0)
    found = np.zeros_like(values)
    found[:, :-2] += 0.5 * steps
    found[:, 1:-1] += 0.5 * steps
    return np.asarray(found / np.sqrt(12.0))


def _tails(parts: Floats | Bools) -> Floats:
    """Return the sums from each bend's sample to the last, latest bend first."""
    return np.cumsum(parts[:, ::-1], axis=1, dtype=np.float64)[:, ::_EVERY]


def _widening(residual: Floats, n: Floats) -> Floats:
    """Return n / m: how much correlated residuals widen a variance, shape (tags, 1)."""
    products = (residual[:, 1:] * residual[:, :-1]).sum(axis=1)[:, None]
    rho = products / np.maximum((residual * residual).sum(axis=1)[:, None], 1e-300)
    rho = np.clip(rho + (4 + 8 * np.maximum(rho, 0.0)) / n, 0.0, _MOST_CORRELATION)
    return np.asarray((1 + rho) / (1 - rho))


def _student(freedom: Floats) -> Floats:
    """Return by how much Student's t is wider, as a variance, at 5 % on either side."""
    wide = special.stdtrit(np.maximum(freedom, _LEAST_FREEDOM), 0.95) / special.ndtri(0.95)
    return np.asarray(wide * wide)


def reached(lines: BentLines, limit: Floats, within_s: float, share: float) -> Floats:
    """Return the time [s] by which each tag's limit is reached with this chance.

    Parameters
    ----------
    lines : BentLines
        Where each tag may be.
    limit : array, shape (tags,)
        Each one's limit.
    within_s : float
        Beyond this it is infinite.
    share : float
        0 … 1.

    Notes
    -----
    By a time a line has reached its limit with the chance that it is beyond it then, level and
    slope normal (Fieller's band of a ratio); the lines count by their chances. Halved until it is
    known to a millionth of `within_s`.

    References
    ----------
    E. C. Fieller, J. R. Stat. Soc. B 16 (1954) 175-185.
    """
    way = np.sign(limit - lines.mean()[0])[:, None]
    rest = (limit[:, None] - lines.level) * way
    slope = lines.slope * way

    def chance(t_s: Floats) -> Floats:
        t = t_s[:, None]
        variance = lines.level_variance + 2 * t * lines.covariance + t * t * lines.slope_variance
        sure = (slope * t - rest) / np.sqrt(np.maximum(variance, 1e-300))
        return np.asarray((lines.chance * special.ndtr(sure)).sum(axis=1))

    low, high = np.zeros(len(limit)), np.full(len(limit), float(within_s))
    never = chance(high) < share
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        past = chance(middle) >= share
        low, high = np.where(past, low, middle), np.where(past, middle, high)
    return np.where(never, np.inf, 0.5 * (low + high))
