import doctest
import importlib

import numpy as np
import pytest

from models.telemetry.early_warning import SourceWatch, review
from models.telemetry.normal_course import NormalCourse, independent

KEYS = ("LI-1", "PI-1", "TI-1")


def _calm(rows, seed=0):
    """Level and pressure go together; the temperature is by itself."""
    rng = np.random.default_rng(seed)
    level = rng.normal(0, 1, rows)
    pressure = 2 * level + rng.normal(0, 0.3, rows)
    return np.column_stack([50 + level, 8 + 0.1 * pressure, rng.normal(20, 0.5, rows)])


@pytest.mark.parametrize("name", ["early_warning", "normal_course"])
def test_that_the_examples_hold(name):
    result = doctest.testmod(importlib.import_module(f"models.telemetry.{name}"))
    assert result.failed == 0 < result.attempted


def test_that_normal_rows_are_hardly_flagged():
    seen = review(KEYS, _calm(3000), 400)
    assert seen.flags.mean() < 0.005
    assert not seen.flags[:400].any()


def test_that_a_step_is_flagged_at_once_and_explained_until_it_ends():
    values = _calm(900)
    values[600:700, 2] += 5.0
    [event] = review(KEYS, values, 400).events
    assert 600 <= event.start_row <= 603
    assert 699 <= event.end_row <= 715
    assert event.tags[0] == "TI-1"
    assert event.by == "tag"
    assert "TI-1 at 2" in event.why
    assert "above its own normal course 19.99" in event.why
    assert "since row 60" in event.why
    assert "rows 0–399" in event.why


def test_that_flags_are_exactly_the_rows_of_the_events():
    values = _calm(1500)
    values[600:700, 2] += 5.0
    values[1400:, 0] -= 9.0
    seen = review(KEYS, values, 400)
    rows = np.zeros(1500, int)
    for event in seen.events:
        rows[event.start_row : event.end_row + 1] = 1
    assert seen.flags.tolist() == rows.tolist()
    assert seen.events[-1].end_row == 1499


def test_that_tags_which_no_longer_go_together_are_named():
    values = _calm(1200)
    rng = np.random.default_rng(5)
    values[800:, 1] = 8 - 0.2 * (values[800:, 0] - 50) + rng.normal(0, 0.03, 400)
    events = review(KEYS, values, 400).events
    together = [event for event in events if event.start_row >= 800 and event.by == "Q"]
    assert together
    assert set(together[0].tags) <= {"LI-1", "PI-1"}
    assert "no longer go together" in together[0].why


def test_that_a_slow_drift_that_training_showed_is_normal():
    drift = 5 * np.sin(np.arange(4000) / 300)[:, None]
    values = drift + np.random.default_rng(1).normal(0, 0.1, (4000, 1))
    assert review(["TI"], values, 1500).flags.mean() < 0.05


def test_that_a_missing_reading_warns_of_nothing():
    values = _calm(1000)
    values[500:800, 1] = np.nan
    values[:, 2] = np.nan
    assert review(KEYS, values, 400).flags.mean() < 0.01


def test_that_a_tag_that_never_moved_may_twitch_but_not_jump():
    values = np.full((600, 1), 230.0)
    values[500] += 0.5
    assert not review(["EI"], values, 400).flags.any()
    values[520:] = 300.0
    assert review(["EI"], values, 400).flags[521:].all()


def test_that_the_verdict_depends_on_the_past_alone():
    values = _calm(900)
    values[600:, 0] += 6.0
    whole, half = review(KEYS, values, 400), review(KEYS, values[:650], 400)
    assert whole.flags[:650].tolist() == half.flags.tolist()


def test_that_an_event_under_way_can_be_asked():
    values = _calm(600)
    watch = SourceWatch(KEYS, values[:400])
    assert watch.so_far() is None
    assert watch.close() is None
    for row in values[400:450]:
        watch.step(row)
    for row in values[450:460] + np.array([0.0, 0.0, 9.0]):
        watch.step(row)
    event = watch.so_far()
    assert event is not None
    assert watch.flagged
    assert (event.start_row, event.end_row) == (450, 459)


@pytest.mark.parametrize(
    ("rows", "train", "what"), [(100, 39, "at least 40"), (50, 60, "60 rows to train on")]
)
def test_that_too_little_training_is_refused(rows, train, what):
    with pytest.raises(ValueError, match=what):
        review(KEYS, _calm(rows), train)


def test_that_a_series_without_a_tag_is_refused():
    with pytest.raises(ValueError, match="one tag"):
        NormalCourse(np.zeros((100, 0)))


def test_that_a_single_tag_has_the_whole_share():
    course = NormalCourse(_calm(100)[:, :1])
    assert course.shares(np.array([3.0])).tolist() == [1.0]
    assert (course.step(np.array([50.0])).t2, course.step(np.array([50.0])).q) == (0.0, 0.0)


def test_that_a_random_walk_is_worth_few_values():
    walk = np.cumsum(np.random.default_rng(3).normal(size=1000))
    noise = np.random.default_rng(3).normal(size=1000)
    assert independent(walk) < 20
    assert independent(noise) > 300
    assert independent(np.ones(50)) == 50
