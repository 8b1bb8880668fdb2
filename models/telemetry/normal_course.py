"""What is normal for a hazard source: each tag's own recent course, and how its tags go together.

Trained on the source's own normal rows. All scores are normal scores: what a standard normal
deviate of the same rarity would be, so that tags, T² and Q are compared on one scale.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from models.rules import load_rules

Floats = npt.NDArray[np.float64]

_FARTHEST = 12.0  # standard deviations; beyond it a row counts as this far
_RAREST = 1e-200
_MOST_SCORE = 30.0
_SETTLING = 60
_FIRST_ROWS = 40
_UNCORRELATED = 0.05
_LEAST_INDEPENDENT = 2.0
_STILL_BELOW = 1e-9
_STANDS_STILL = 0.01  # of its level: the deviation of a tag that never moved in training


class Verdict(NamedTuple):
    """One row: normal scores of the tags (signed), of T² and of Q, and the course compared to.

    A tag without a reading scores 0.
    """

    tags: Floats
    t2: float
    q: float
    level: Floats
    course: Floats

    @property
    def score(self) -> float:
        """The worst of all."""
        return max(float(np.abs(self.tags).max(initial=0.0)), self.t2, self.q)


def independent(series: Floats) -> float:
    """Return how many independent values a series is worth, 1 … its length.

    n / (1 + 2 Σ ρ(k)), summed while the autocorrelation ρ exceeds 0.05.

    References
    ----------
    A. Sokal, "Monte Carlo Methods in Statistical Mechanics", 1989, § 3 (integrated time).

    Examples
    --------
    >>> independent(np.array([1.0, -1.0] * 50))
    100.0
    """
    n = series.size
    centred = series - series.mean()
    spectrum = np.fft.rfft(centred, 2 * n)
    covariance = np.fft.irfft(spectrum * spectrum.conj())[:n] / n
    if not covariance[0] > 0:
        return float(n)
    correlation = covariance[1 : n // 2] / covariance[0]
    ends = np.flatnonzero(correlation <= _UNCORRELATED)
    stop = int(ends[0]) if ends.size else correlation.size
    return float(n / (1 + 2 * correlation[:stop].sum()))


class TagCourses:
    """The smoothed value of every tag against its own slowly followed course.

    Parameters
    ----------
    training : array, shape (n, p)
        Normal rows; NaN where a tag has no reading. n ≥ 40.
    state : mapping, optional
        What `state` of another one gave, instead of a training; KeyError when it isn't whole.

    Notes
    -----
    The course follows slow drifts (a day's warming) and stands still while a tag is far off, so
    that a fault doesn't become the normal. How far a tag is off is judged by Student's t with
    as many degrees of freedom as its training has independent deviations: a tag that only
    drifted once while it was watched has to go much farther than one seen to come back often.
    """

    def __init__(self, training: Floats, state: Mapping[str, Floats] | None = None) -> None:
        rules = load_rules("early_warning")["course"]
        self._fast = 1.0 / rules["fast_rows"]
        self._slow = 1.0 / rules["slow_rows"]
        self._frozen = float(rules["frozen_above"])
        if state is not None:
            for name, attribute in _COURSE_STATE.items():
                setattr(self, attribute, state[name])
            return
        self._centre, self._scale = _centre_and_scale(training)
        n = len(training)
        first = self._scaled(training[: min(_FIRST_ROWS, n)])
        self._course = _means(first)
        self._level = self._course.copy()
        deviations, levels = np.zeros_like(training), np.zeros_like(training)
        for i, row in enumerate(self._scaled(training)):
            self._smooth(row)
            deviations[i], levels[i] = self._level - self._course, self._level
            # the first rows count as an average, so that the course isn't tied to how it began
            self._course = self._course + max(self._slow, 1 / (i + _FIRST_ROWS)) * deviations[i]
        settled = deviations[min(_SETTLING, n // 6) :]
        worth = np.array([independent(column) for column in settled.T])
        worth = np.maximum(worth, _LEAST_INDEPENDENT)
        deviation = settled.std(axis=0)
        # a tag that never moved in training is judged by its scale alone
        deviation = np.where(deviation < _STILL_BELOW, 1.0, deviation)
        self._spread = deviation * np.sqrt(1 + 1 / worth)
        self.freedom: Floats = worth - 0.5
        self.training_scores: Floats = self._scores(deviations)
        self._lowest, self._highest = levels.min(axis=0), levels.max(axis=0)

    def state(self) -> dict[str, Floats]:
        """Return arrays that make another one which judges as this does."""
        return {name: getattr(self, attribute) for name, attribute in _COURSE_STATE.items()}

    def begin(self, row: Floats) -> None:
        """Begin at what is measured now, after a silence: shape (p,), NaN without a reading.

        The course begins no farther than the training's levels went, so a fault that came in the
        silence doesn't become the normal.
        """
        measured = self._scaled(row)
        seen = np.isfinite(measured)
        self._level = np.where(seen, measured, self._level)
        within = np.clip(measured, self._lowest, self._highest)
        self._course = np.where(seen, within, self._course)

    def _scaled(self, rows: Floats) -> Floats:
        return np.clip((rows - self._centre) / self._scale, -_FARTHEST, _FARTHEST)

    def _smooth(self, row: Floats) -> None:
        seen = np.isfinite(row)
        step = np.where(seen, row, self._level) - self._level
        self._level = self._level + self._fast * step

    def _scores(self, deviation: Floats) -> Floats:
        t = deviation / self._spread
        rarity = np.maximum(special.stdtr(self.freedom, -np.abs(t)), _RAREST)
        return np.asarray(np.minimum(-special.ndtri(rarity), _MOST_SCORE) * np.sign(t))

    def step(self, row: Floats) -> tuple[Floats, Floats, Floats]:
        """Take one row, shape (p,); return scores, levels and courses in the tags' units.

        A tag without a reading has no score (NaN); its level and course wait for the next one.
        """
        self._smooth(self._scaled(row))
        deviation = self._level - self._course
        scores = np.where(np.isfinite(row), self._scores(deviation), np.nan)
        level = self._level * self._scale + self._centre
        course = self._course * self._scale + self._centre
        follows = np.abs(scores) < self._frozen  # NaN doesn't
        self._course = np.where(follows, self._course + self._slow * deviation, self._course)
        return scores, level, course


_COURSE_STATE = {
    "centre": "_centre", "scale": "_scale", "course": "_course", "level": "_level",
    "spread": "_spread", "freedom": "freedom", "lowest": "_lowest", "highest": "_highest",
}  # fmt: skip


def _means(rows: Floats) -> Floats:
    seen = np.isfinite(rows)
    counts = np.maximum(seen.sum(axis=0), 1)
    return np.asarray(np.where(seen, rows, 0.0).sum(axis=0) / counts)


def _centre_and_scale(training: Floats) -> tuple[Floats, Floats]:
    """Return median and standard deviation of each column, outermost 1 % cut to its edge."""
    p = training.shape[1]
    centre, scale = np.zeros(p), np.ones(p)
    for j in range(p):
        column = training[:, j][np.isfinite(training[:, j])]
        if not column.size:
            continue
        centre[j] = np.median(column)
        deviation = np.clip(column, *np.quantile(column, [0.01, 0.99])).std() or column.std()
        # rounding leaves a constant column a deviation of some ulps: it never moved either
        still = deviation <= 1e-12 * max(float(np.abs(column).max()), 1e-300)
        scale[j] = max(_STANDS_STILL * abs(centre[j]), 1e-6) if still else deviation
    return centre, scale


class Togetherness:
    """Hotelling's T² in the kept principal components, Q in the rest.

    Parameters
    ----------
    scores : array, shape (n, p)
        Tag scores of the training rows, p ≥ 2.
    freedom : float
        How many independent rows they are worth.
    state : mapping, optional
        What `state` of another one gave, instead of both; KeyError when it isn't whole.

    Notes
    -----
    Both are matched to g·χ²(h) by mean and variance over the training (Box 1954) and judged by
    F(h, freedom), since the mean comes from few independent rows.

    References
    ----------
    J. E. Jackson, G. S. Mudholkar, Technometrics 21 (1979) 341–349; G. E. P. Box, Ann. Math.
    Stat. 25 (1954) 290–302, theorem 3.1.
    """

    def __init__(
        self, scores: Floats, freedom: float, state: Mapping[str, Floats] | None = None
    ) -> None:
        if state is not None:
            self._main, self._rest = state["main"], state["rest"]
            self._correlation = state["correlation"]
            self._freedom, *moments = (float(number) for number in state["numbers"])
            self._t2, self._q = (moments[0], moments[1]), (moments[2], moments[3])
            return
        explained = load_rules("early_warning")["course"]["explained"]
        with np.errstate(invalid="ignore", divide="ignore"):
            correlation = np.nan_to_num(np.atleast_2d(np.corrcoef(scores.T)))
        np.fill_diagonal(correlation, 1.0)
        values, vectors = np.linalg.eigh(correlation)
        values, vectors = values[::-1], vectors[:, ::-1]
        kept = int(np.searchsorted(np.cumsum(values) / values.sum(), explained)) + 1
        kept = min(kept, values.size - 1)
        self._main = vectors[:, :kept] / np.sqrt(values[:kept])
        self._rest = vectors[:, kept:]
        self._correlation = correlation
        self._freedom = freedom
        t2 = ((scores @ self._main) ** 2).sum(axis=1)
        q = ((scores @ self._rest) ** 2).sum(axis=1)
        self._t2, self._q = _moments(t2), _moments(q)

    def state(self) -> dict[str, Floats]:
        """Return arrays that make another one which judges as this does."""
        numbers = np.array([self._freedom, *self._t2, *self._q])
        return {
            "main": self._main, "rest": self._rest, "correlation": self._correlation,
            "numbers": numbers,
        }  # fmt: skip

    def completed(self, scores: Floats) -> Floats:
        """Return scores where a missing one (NaN) is what the others let expect.

        References
        ----------
        P. R. C. Nelson et al., Chemom. Intell. Lab. Syst. 35 (1996) 45–65, conditional mean.
        """
        known = np.isfinite(scores)
        if known.all():
            return scores
        among = self._correlation[np.ix_(known, known)]
        across = self._correlation[np.ix_(~known, known)]
        full = scores.copy()
        full[~known] = across @ np.linalg.pinv(among, hermitian=True) @ scores[known]
        return full

    def judge(self, scores: Floats) -> tuple[float, float]:
        """Return the normal scores of T² and Q of one row of tag scores, shape (p,)."""
        t2 = float(((scores @ self._main) ** 2).sum())
        q = float(((scores @ self._rest) ** 2).sum())
        return self._rare(t2, self._t2), self._rare(q, self._q)

    def _rare(self, value: float, moments: tuple[float, float]) -> float:
        mean, freedom = moments
        rarity = min(max(float(special.fdtrc(freedom, self._freedom, value / mean)), _RAREST), 1.0)
        return float(np.clip(-special.ndtri(rarity), -_MOST_SCORE, _MOST_SCORE))

    def shares(self, scores: Floats) -> Floats:
        """Return each tag's share of T² and Q of one row together, shape (p,), sum 1."""
        # complete decomposition: U·R⁺U sums to T², the squared residual to Q
        main = scores * (self._main @ (scores @ self._main))
        rest = (self._rest @ (scores @ self._rest)) ** 2
        parts = np.abs(main) + rest
        return np.asarray(parts / max(float(parts.sum()), 1e-300))


def _moments(values: Floats) -> tuple[float, float]:
    """Return mean and the degrees of freedom h = 2·mean²/variance of a statistic."""
    mean = max(float(values.mean()), 1e-12)
    return mean, 2 * mean * mean / max(float(values.var()), 1e-24)


class NormalCourse:
    """A hazard source's tags, one by one and together.

    Parameters
    ----------
    training : array, shape (n, p)
        Normal rows of the source, oldest first; NaN where a tag has no reading.
    state : mapping, optional
        What `state` of another one gave, instead of a training.

    Raises
    ------
    KeyError
        When a state isn't whole.
    ValueError
        When there are fewer rows than can teach anything, or no tag.
    """

    def __init__(self, training: Floats, state: Mapping[str, Floats] | None = None) -> None:
        self._together: Togetherness | None = None
        if state is not None:
            self._courses = TagCourses(training, state)
            if "main" in state:
                self._together = Togetherness(training, 0.0, state)
            return
        least = load_rules("early_warning")["flag"]["train_least"]
        if training.ndim != 2 or len(training) < least or not training.shape[1]:
            raise ValueError(f"at least {least} rows of one tag or more are needed to train")
        self._courses = TagCourses(training)
        if training.shape[1] > 1:
            freedom = float(np.median(self._courses.freedom)) + 0.5
            self._together = Togetherness(self._courses.training_scores, freedom)

    def state(self) -> dict[str, Floats]:
        """Return arrays that make another one which judges as this does."""
        together = self._together.state() if self._together is not None else {}
        return self._courses.state() | together

    def begin(self, row: Floats) -> None:
        """Begin at what is measured now, after a silence; as `TagCourses.begin`."""
        self._courses.begin(row)

    def step(self, row: Floats) -> Verdict:
        """Judge the next row, shape (p,)."""
        scores, level, course = self._courses.step(row)
        t2, q = 0.0, 0.0
        if self._together is not None:
            t2, q = self._together.judge(self._together.completed(scores))
        return Verdict(np.nan_to_num(scores), t2, q, level, course)

    def shares(self, scores: Floats) -> Floats:
        """Return each tag's share of what T² and Q see in a row of scores, shape (p,)."""
        if self._together is None:
            return np.ones_like(scores)
        return self._together.shares(scores)
