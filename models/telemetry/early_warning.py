"""Early warning over a hazard source: rows flagged, and events that explain themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from models.rules import load_rules
from models.telemetry.normal_course import Floats, NormalCourse, Verdict

_ONSET_SCORE = 2.0
_LEAST_SHARE = 0.2
_MOST_TAGS = 5

By = Literal["tag", "T2", "Q"]


class TagReason(NamedTuple):
    """How far one tag went: its level and the course it is compared with, in its own unit."""

    key: str
    score: float
    level: float
    course: float
    since_row: int

    @property
    def text(self) -> str:
        """Say it in English."""
        direction = "above" if self.score > 0 else "below"
        return (
            f"{self.key} at {self.level:.6g}, {direction} its own normal course {self.course:.6g}"
            f" since row {self.since_row} (normal score {abs(self.score):.1f})"
        )


class WarningEvent(NamedTuple):
    """Rows `start_row` … `end_row` (both counted in, from 0) that aren't normal.

    `by` says what stood out most: a tag, all of them together (T2), or how they go together (Q).
    """

    start_row: int
    end_row: int
    tags: tuple[str, ...]
    by: By
    score: float
    reasons: tuple[TagReason, ...]
    trained_rows: int

    @property
    def why(self) -> str:
        """Say which tags, since when, compared to what."""
        named = "; ".join(reason.text for reason in self.reasons)
        together = {
            "tag": "",
            "T2": f"; together they are farther from normal than each alone (T² {self.score:.1f})",
            "Q": f"; they no longer go together as they did (Q {self.score:.1f})",
        }[self.by]
        return f"{named}{together}; normal is rows 0–{self.trained_rows - 1}"


class Review(NamedTuple):
    """A reviewed series: one flag per row, and the events."""

    flags: npt.NDArray[np.int8]
    events: tuple[WarningEvent, ...]


@dataclass(slots=True)
class _Running:
    """The event that goes on: where it began, its worst row."""

    start_row: int
    worst: Verdict
    onset: list[int]
    tags: dict[int, tuple[float, TagReason]] = field(default_factory=dict)


class SourceWatch:
    """Follows one hazard source row by row and remembers the event that goes on.

    Parameters
    ----------
    keys : sequence of str, length p
        The tags.
    training : array, shape (n, p)
        Normal rows, oldest first; NaN without a reading. ValueError as `NormalCourse`.
    course : NormalCourse, optional
        What was trained before; then the training is only counted.
    begins_at : float
        Raises the score at which an event begins where the rules' is lower; where it ends rises
        with it.

    Notes
    -----
    An event begins where the worst score reaches `begins_at` and ends where it falls below
    `ends_below` of `resources/rules/early_warning.toml`.
    """

    def __init__(
        self,
        keys: Sequence[str],
        training: Floats,
        course: NormalCourse | None = None,
        begins_at: float = 0.0,
    ) -> None:
        rules = load_rules("early_warning")["flag"]
        self._begins = max(float(rules["begins_at"]), begins_at)
        self._ends = float(rules["ends_below"]) * self._begins / float(rules["begins_at"])
        self._keys = tuple(keys)
        self._course = course or NormalCourse(training)
        self._trained = len(training)
        self._row = self._trained - 1
        self._off_since = [-1] * len(self._keys)
        self._running: _Running | None = None
        self.score = 0.0

    def begin(self, row: Floats) -> None:
        """Begin at what is measured now, after a silence; what went on is forgotten."""
        self._course.begin(row)
        self._off_since = [-1] * len(self._keys)
        self._running = None

    @property
    def row(self) -> int:
        """Return the number of the last row taken."""
        return self._row

    @property
    def flagged(self) -> bool:
        """Return whether an event goes on."""
        return self._running is not None

    def step(self, row: Floats) -> WarningEvent | None:
        """Take the next row, shape (p,); return the event that it ended."""
        verdict = self._course.step(row)
        self.score = verdict.score
        self._row += 1
        self._note_onsets(verdict.tags)
        score = verdict.score
        if self._running is None:
            if score < self._begins:
                return None
            self._running = _Running(self._row, verdict, list(self._off_since))
        elif score < self._ends:
            return self.close(self._row - 1)
        self._follow(self._running, verdict)
        return None

    def _note_onsets(self, scores: Floats) -> None:
        for i, off in enumerate(np.abs(scores) >= _ONSET_SCORE):
            if not off:
                self._off_since[i] = -1
            elif self._off_since[i] < 0:
                self._off_since[i] = self._row

    def _follow(self, running: _Running, verdict: Verdict) -> None:
        if verdict.score >= running.worst.score:
            running.worst = verdict
        named = np.abs(verdict.tags) >= self._ends
        if not named.any():
            shares = self._course.shares(verdict.tags)
            named = (shares >= _LEAST_SHARE) | (shares == shares.max())
        for i in np.flatnonzero(named).tolist():
            weight = abs(float(verdict.tags[i]))
            if i not in running.tags or weight > running.tags[i][0]:
                running.tags[i] = weight, self._reason(i, verdict)

    def _reason(self, i: int, verdict: Verdict) -> TagReason:
        since = self._off_since[i] if self._off_since[i] >= 0 else self._row
        return TagReason(
            self._keys[i],
            float(verdict.tags[i]),
            float(verdict.level[i]),
            float(verdict.course[i]),
            since,
        )

    def so_far(self) -> WarningEvent | None:
        """Return the event that goes on, as it stands; None when there is none."""
        running = self._running
        if running is None:
            return None
        reasons = [reason for _, reason in running.tags.values()]
        reasons.sort(key=lambda reason: -abs(reason.score))
        worst = running.worst
        tag_score = float(np.abs(worst.tags).max(initial=0.0))
        by: By = "tag" if tag_score >= worst.score else "T2" if worst.t2 >= worst.q else "Q"
        return WarningEvent(
            running.start_row,
            self._row,
            tuple(reason.key for reason in reasons[:_MOST_TAGS]),
            by,
            worst.score,
            tuple(reasons[:_MOST_TAGS]),
            self._trained,
        )

    def close(self, end_row: int | None = None) -> WarningEvent | None:
        """End the event that goes on and return it; None when there is none."""
        event = self.so_far()
        self._running = None
        return event._replace(end_row=end_row) if event and end_row is not None else event


def review(keys: Sequence[str], values: Floats, train: int) -> Review:
    """Return flags and events of a recorded series.

    Parameters
    ----------
    keys : sequence of str, length p
        The tags.
    values : array, shape (rows, p)
        One row per sample; NaN without a reading.
    train : int
        The first so many rows are normal; they are never flagged. `train_least` … rows.

    Raises
    ------
    ValueError
        When there are too few rows to train on, or none, or `train` is negative.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> calm = rng.normal(5.0, 0.1, (300, 1))
    >>> calm[250:] += 2.0
    >>> seen = review(["TI-1"], calm, 200)
    >>> seen.events[0].start_row, seen.events[0].tags
    (250, ('TI-1',))
    """
    if not 0 <= train <= len(values):
        raise ValueError(f"{train} rows to train on, but the series has {len(values)}")
    watch = SourceWatch(keys, values[:train])
    flags = np.zeros(len(values), np.int8)
    events = []
    for i in range(train, len(values)):
        ended = watch.step(values[i])
        flags[i] = watch.flagged
        if ended is not None:
            events.append(ended)
    last = watch.close()
    return Review(flags, tuple(events) + ((last,) if last is not None else ()))
