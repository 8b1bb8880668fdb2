import numpy as np
import pytest

from models.rules import load_rules
from models.telemetry.codec import Columns
from models.telemetry.early_warning import SourceWatch
from models.telemetry.normal_course import NormalCourse
from models.telemetry.reduction import merged
from models.telemetry.source_model import (
    ModelError,
    Training,
    decoded,
    digest,
    encoded,
    held,
    normal_rows,
    train,
)
from tests.unit.models.telemetry.build import SECOND, START


def _calm(rows, seed=0):
    rng = np.random.default_rng(seed)
    level = rng.normal(0, 1, rows)
    return np.column_stack([50 + level, 8 + 0.2 * level + rng.normal(0, 0.03, rows)])


def _columns(values, first_us=START, step_us=SECOND, quality=None):
    n = len(values)
    at_us = first_us + np.arange(n, dtype=np.int64) * step_us
    worst = np.zeros(n, np.uint8) if quality is None else np.array(quality, np.uint8)
    return Columns(at_us, at_us, np.array(values, np.float64), worst)


def _reader(tags):
    """Read from columns in memory; note the longest span that was asked for."""

    def read(key, from_us, to_us):
        read.longest_us = max(read.longest_us, to_us - from_us)
        return merged([tags[key]], from_us, to_us)

    read.longest_us = 0
    return read


def _training(values):
    at_us = START + np.arange(len(values), dtype=np.int64) * SECOND
    return Training(("LI-1", "PI-1"), at_us, values)


def test_that_a_value_is_held_while_it_is_believed():
    columns = _columns([1.0, 2.0, np.nan, 3.0], step_us=10 * SECOND, quality=[0, 2, 0, 0])
    grid = START + np.array([-1, 0, 5, 12, 20, 31, 36]) * SECOND
    assert held(columns, grid, 12 * SECOND).tolist() == pytest.approx(
        [np.nan, 1.0, 1.0, 1.0, np.nan, 3.0, 3.0], nan_ok=True
    )
    assert np.isnan(held(_columns([]), grid, SECOND)).all()


def test_that_normal_rows_leave_alarms_and_what_follows_them_out():
    read = _reader({"A": _columns(np.arange(2000.0))})
    alarm = (START + 500 * SECOND, START + 600 * SECOND)
    span = (START, START + 1999 * SECOND)
    training = normal_rows(read, {"A": 5 * SECOND}, SECOND, span, [alarm])
    seen = (training.at_us - START) // SECOND
    assert training.keys == ("A",)
    assert not ((seen >= 500) & (seen <= 900)).any()
    assert {499, 901, 1999} <= set(seen.tolist())
    assert training.rows[:, 0].tolist() == seen.tolist()


def test_that_the_newest_rows_are_taken_and_silent_tags_left_out():
    zeros = _columns(np.zeros(9000))
    read = _reader({"A": zeros, "B": zeros, "SILENT": _columns([])})
    patience = dict.fromkeys(("A", "B", "SILENT"), 5 * SECOND)
    training = normal_rows(read, patience, SECOND, (START, START + 8999 * SECOND), [])
    assert training.keys == ("A", "B")
    assert training.rows.shape == (7200, 2)
    assert training.at_us[-1] == START + 8999 * SECOND
    assert normal_rows(read, {}, SECOND, (START, START + 9 * SECOND), []).rows.shape[1] == 0
    assert normal_rows(read, patience, SECOND, (START, START - SECOND), []).rows.shape == (0, 0)


def test_that_rows_before_a_long_alarm_are_read_and_never_more_at_once_than_are_taken():
    values = np.arange(20_000.0)
    read = _reader({"A": _columns(values)})
    alarm = (START + 8000 * SECOND, START + 18_000 * SECOND)
    span = (START, START + 19_999 * SECOND)
    training = normal_rows(read, {"A": 5 * SECOND}, SECOND, span, [alarm])
    seen = (training.at_us - START) // SECOND
    settle = int(load_rules("early_warning")["live"]["settle_s"])
    newest = np.concatenate((np.arange(8000), np.arange(18_001 + settle, 20_000)))[-7200:]
    assert seen.tolist() == newest.tolist()
    assert training.rows[:, 0].tolist() == newest.tolist()
    assert read.longest_us <= 7210 * SECOND


def test_that_a_stored_course_judges_as_the_trained_one():
    rows = _calm(900)
    model = train(_training(rows), SECOND, 3, 400)
    assert (model.version, model.rows) == (3, 900)
    assert model.to_us - model.from_us == 899 * SECOND
    read = decoded(encoded(model))
    assert read._replace(state={}) == model._replace(state={})
    later = _calm(200, seed=9)
    later[100:, 0] += 8.0
    direct = SourceWatch(model.keys, rows)
    stored = read.watch()
    for row in later:
        direct.step(row)
        stored.step(row)
        assert stored.score == pytest.approx(direct.score, rel=1e-9)
        assert stored.flagged == direct.flagged
    assert stored.so_far().tags == direct.so_far().tags
    assert stored.so_far().start_row + 900 == direct.so_far().start_row
    assert digest(encoded(model)) != digest(encoded(model._replace(version=4)))


def test_that_a_single_tag_is_stored_too():
    rows = _calm(600)[:, :1]
    model = train(Training(("LI-1",), START + np.arange(600) * SECOND, rows), SECOND, 1, 400)
    watch = decoded(encoded(model)).watch()
    for row in rows[:50] + 9.0:
        watch.step(row)
    assert watch.flagged


def test_that_normal_rows_kept_apart_bound_the_false_alarms():
    rows = _calm(3000)
    wave = 1.2 * np.sin(np.arange(1000) / 40)  # the last third is less steady
    rows[2000:] += np.column_stack([wave, 0.2 * wave])
    model = train(_training(rows), SECOND, 1, 400)
    assert model.begins_at > 4.7
    assert model.false_alarms <= 0.011
    calm = train(_training(_calm(3000)), SECOND, 1, 400)
    assert calm.begins_at == pytest.approx(4.6)
    assert calm.false_alarms < 0.005


@pytest.mark.parametrize(
    ("rows", "code"),
    [(_calm(399), "few_rows"), (np.zeros((500, 0)), "no_tag")],
)
def test_that_too_little_is_refused(rows, code):
    with pytest.raises(ModelError, match=code):
        train(_training(rows), SECOND, 1, 400)


def test_that_a_source_that_is_elsewhere_now_is_called_unsteady():
    rows = _calm(900)
    rows[620:, 0] += 40.0
    with pytest.raises(ModelError) as refused:
        train(_training(rows), SECOND, 1, 400)
    assert (refused.value.code, refused.value.rows) == ("unsteady", 900)


@pytest.mark.parametrize("damage", [b"", b"nonsense", "half", "other"])
def test_that_a_damaged_file_is_refused(damage):
    content = encoded(train(_training(_calm(450)), SECOND, 1, 400))
    if damage == "half":
        content = content[: len(content) // 2]
    elif damage == "other":
        model = train(_training(_calm(450)), SECOND, 1, 400)
        content = encoded(model._replace(state={"centre": np.zeros(2)}))
    else:
        content = damage
    with pytest.raises(ModelError, match="unreadable"):
        decoded(content)


def test_that_another_format_is_refused(monkeypatch):
    model = train(_training(_calm(450)), SECOND, 1, 400)
    monkeypatch.setattr("models.telemetry.source_model.FORMAT", 99)
    content = encoded(model)
    monkeypatch.undo()
    with pytest.raises(ModelError, match="unreadable"):
        decoded(content)


def test_that_a_course_begins_no_farther_than_its_training_went():
    rows = _calm(900)
    near, far = (NormalCourse(rows) for _ in range(2))
    near.begin(np.array([50.2, np.nan]))
    assert abs(near.step(np.array([50.2, 8.0])).tags[0]) < 2
    far.begin(np.array([80.0, 14.0]))
    assert far.step(np.array([80.0, 14.0])).score > 4.6
