"""The normal course of a hazard source as a thing that is kept: trained, versioned, stored."""

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from models.rules import load_rules
from models.telemetry.codec import Columns
from models.telemetry.early_warning import SourceWatch
from models.telemetry.normal_course import Floats, NormalCourse
from models.telemetry.ports import Quality
from models.times import SECOND_US

FORMAT = 1
Times = npt.NDArray[np.int64]
Read = Callable[[str, int, int], Columns]


Fault = Literal["few_rows", "no_tag", "unsteady", "unreadable"]


class ModelError(ValueError):
    """A course can't be trained or read: `code` says why, `rows` how many normal ones there are."""

    def __init__(self, code: Fault, rows: int = 0) -> None:
        super().__init__(f"{code}: {rows} normal rows")
        self.code: Fault = code
        self.rows = rows


class Training(NamedTuple):
    """Normal rows of a source on the grid of its period, oldest first, and their moments."""

    keys: tuple[str, ...]
    at_us: Times
    rows: Floats


class SourceModel(NamedTuple):
    """A trained course. `begins_at` bounds the false alarms, `false_alarms` is their share.

    Both come from the last third of the training, judged by a course of the rest.
    """

    keys: tuple[str, ...]
    period_us: int
    version: int
    from_us: int
    to_us: int
    rows: int
    begins_at: float
    false_alarms: float
    state: Mapping[str, Floats]

    def watch(self) -> SourceWatch:
        """Return a watch that judges by this course."""
        none = np.zeros((0, len(self.keys)))
        course = NormalCourse(none, self.state)
        return SourceWatch(self.keys, none, course, self.begins_at)


def held(columns: Columns, grid_us: Times, patience_us: int) -> Floats:
    """Return the last good value at each moment; NaN where it is older than `patience_us`."""
    good = (columns.quality == Quality.GOOD) & np.isfinite(columns.value)
    at_us, value = columns.source_us[good], columns.value[good]
    if not at_us.size:
        return np.full(grid_us.size, np.nan)
    last = np.searchsorted(at_us, grid_us, side="right") - 1
    known = (last >= 0) & (grid_us - at_us[np.maximum(last, 0)] <= patience_us)
    return np.where(known, value[np.maximum(last, 0)], np.nan)


def normal_rows(
    read: Read,
    patience_us: Mapping[str, int],
    period_us: int,
    span_us: tuple[int, int],
    abnormal_us: Sequence[tuple[int, int]],
) -> Training:
    """Return the newest normal rows of a source out of its history.

    Parameters
    ----------
    read : callable
        Tag, from and to [µs UTC] → its samples.
    patience_us : mapping
        Tag → how long its value is held [µs].
    period_us : int
        Between two rows [µs] > 0.
    span_us : (int, int)
        From when to when [µs UTC].
    abnormal_us : sequence of (int, int)
        Spans that aren't normal: alarms of the source, warnings that were recorded.

    Notes
    -----
    Normal is a row without an alarm of the source, nor within `settle_s` after one, in which at
    least half of the tags have a good value. A tag that lacks one in over half of the normal rows
    is left out. At most `most_rows` are taken; history is read backwards, so many rows at a time,
    until there are enough.
    """
    most = int(load_rules("early_warning")["live"]["most_rows"])
    first, last = span_us[0] // period_us + 1, span_us[1] // period_us
    grids: list[Times] = []
    blocks: list[Floats] = []
    missing = most
    while last >= first and missing > 0:
        grid_us = np.arange(max(first, last - most + 1), last + 1) * period_us
        rows = np.full((grid_us.size, len(patience_us)), np.nan)
        for i, (key, patience) in enumerate(patience_us.items()):
            columns = read(key, int(grid_us[0]) - patience, int(grid_us[-1]) + 1)
            rows[:, i] = held(columns, grid_us, patience)
        normal = _normal(rows, grid_us, abnormal_us)
        grids.append(grid_us[normal][-missing:])
        blocks.append(rows[normal][-missing:])
        missing -= len(grids[-1])
        last -= grid_us.size
    if not blocks:
        return Training((), np.empty(0, np.int64), np.empty((0, 0)))
    at_us, rows = np.concatenate(grids[::-1]), np.concatenate(blocks[::-1])
    known = np.isfinite(rows).sum(axis=0) * 2 > len(rows)
    keys = tuple(key for key, good in zip(patience_us, known, strict=True) if good)
    return Training(keys, at_us, rows[:, known])


def _normal(
    rows: Floats, grid_us: Times, abnormal_us: Sequence[tuple[int, int]]
) -> npt.NDArray[np.bool_]:
    settle_us = int(load_rules("early_warning")["live"]["settle_s"]) * SECOND_US
    normal: npt.NDArray[np.bool_] = np.isfinite(rows).sum(axis=1) * 2 >= max(rows.shape[1], 1)
    for from_us, to_us in abnormal_us:
        normal &= (grid_us < from_us) | (grid_us > to_us + settle_us)
    return normal


def train(training: Training, period_us: int, version: int, least_rows: int) -> SourceModel:
    """Return the course of normal rows.

    Raises
    ------
    ModelError
        `few_rows`, `no_tag`, or `unsteady` where the rows of the last third are so unlike the
        others that a warning would say nothing.
    """
    rules = load_rules("early_warning")["live"]
    rows = training.rows
    if len(rows) < least_rows:
        raise ModelError("few_rows", len(rows))
    if not rows.shape[1]:
        raise ModelError("no_tag", len(rows))
    cut = max(2 * len(rows) // 3, load_rules("early_warning")["flag"]["train_least"])
    watch = SourceWatch(training.keys, rows[:cut])
    scores = []
    for row in rows[cut:]:
        watch.step(row)
        scores.append(watch.score)
    bound = float(np.quantile(scores, 1 - rules["false_alarms"])) if scores else 0.0
    if bound > rules["most_begins_at"]:
        raise ModelError("unsteady", len(rows))
    begins_at = max(float(load_rules("early_warning")["flag"]["begins_at"]), bound)
    false_alarms = float(np.mean(np.array(scores) >= begins_at)) if scores else 0.0
    state = NormalCourse(rows).state()
    return SourceModel(
        training.keys, period_us, version, int(training.at_us[0]), int(training.at_us[-1]),
        len(rows), begins_at, false_alarms, state,
    )  # fmt: skip


def encoded(model: SourceModel) -> bytes:
    """Return a model as the bytes of a file (NumPy's archive)."""
    target = io.BytesIO()
    facts = np.array([model.begins_at, model.false_alarms])
    counts = np.array(
        [FORMAT, model.period_us, model.version, model.from_us, model.to_us, model.rows], np.int64
    )
    arrays = {f"state_{name}": array for name, array in model.state.items()}
    np.savez_compressed(
        target, allow_pickle=False, keys=np.array(model.keys), facts=facts, counts=counts, **arrays
    )
    return target.getvalue()


def decoded(content: bytes) -> SourceModel:
    """Return the model in a file's bytes; ModelError when they are none that can be read."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            form, period_us, version, from_us, to_us, rows = (
                int(each) for each in archive["counts"]
            )
            begins_at, false_alarms = (float(each) for each in archive["facts"])
            names = [n for n in archive.files if n.startswith("state_")]
            model = SourceModel(
                keys=tuple(str(key) for key in archive["keys"]),
                period_us=period_us,
                version=version,
                from_us=from_us,
                to_us=to_us,
                rows=rows,
                begins_at=begins_at,
                false_alarms=false_alarms,
                state={name.removeprefix("state_"): archive[name] for name in names},
            )
            model.watch()
    except Exception as error:  # whatever a damaged archive raises
        raise ModelError("unreadable") from error
    if form != FORMAT:
        raise ModelError("unreadable")
    return model


def digest(content: bytes) -> str:
    """Return what a stored model is known by."""
    return hashlib.sha256(content).hexdigest()[:16]
