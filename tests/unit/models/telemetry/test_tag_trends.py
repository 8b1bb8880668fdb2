import numpy as np
import pytest

from models.telemetry.tag_trends import TagTrends
from tests.unit.models.telemetry.build import SECOND, tag
from tests.unit.models.telemetry.ramps import RAMPS, looks

N = 100


def _run(values, tags, *, step_s=1.0, good=None):
    """Return what each row of values, shape (rows, tags), says."""
    trends = TagTrends(tags)
    rows, n = values.shape
    told = []
    for k in range(rows):
        at = np.full(n, round((k + 1) * step_s * SECOND), np.int64)
        believed = np.ones(n, bool) if good is None else good[k]
        told.append(trends.step(at, values[k], believed))
    return told


def _limited(n=1, high=5.0, low=-5.0):
    return [tag(str(i), ("HH", high + 3), ("H", high), ("L", low)) for i in range(n)]


def _noise(rows, n, correlation, seed=1):
    rng = np.random.default_rng(seed)
    x, found = np.zeros(n), []
    for _ in range(rows):
        x = correlation * x + rng.normal(0, np.sqrt(1 - correlation**2), n)
        found.append(x)
    return np.array(found)


@pytest.mark.parametrize("correlation", [0.0, 0.9, 0.98, 0.995])
def test_that_noise_heads_for_a_limit_in_less_than_one_of_two_thousand_seconds(correlation):
    told = _run(_noise(1800, N, correlation), _limited(N))
    flagged = sum(len(each) for each in told)
    assert flagged / (N * 1800) < 1 / 2000


def test_that_a_ramp_is_seen_minutes_before_its_limit_and_its_time_is_right():
    rng = np.random.default_rng(2)
    ramp = np.maximum(0.0, np.arange(2200) - 1200) * 0.005
    told = _run((ramp + rng.normal(0, 0.1, 2200))[:, None], _limited())
    first = next(k for k, each in enumerate(told) if each)
    assert 1200 < first < 1290
    for k in range(1400, 2100, 50):
        [crossing] = told[k]
        left_s = (5.0 - ramp[k]) / 0.005
        assert (crossing.limit, crossing.limit_value) == ("H", 5.0)
        assert crossing.earliest_s < crossing.time_s < crossing.latest_s
        assert crossing.time_s == pytest.approx(left_s, rel=0.15, abs=25)
    assert told[1500][0].slope_s == pytest.approx(0.005, rel=0.1)
    assert told[1500][0].start < told[1500][0].level


@pytest.mark.parametrize(
    ("correlation", "period_s"), [(0.0, 1.0), (0.6, 1.0), (0.9, 1.0), (0.0, 5.0)]
)
def test_that_the_band_holds_the_true_time_as_often_as_it_says(correlation, period_s):
    seen = [each for each in looks(RAMPS * 16, correlation, period_s, 3, 300) if each.age_s >= 60]
    early = [each for each in seen if each.age_s < 150]
    assert len(early) > 2000 / period_s
    assert np.mean([each.holds for each in seen]) >= 0.9
    assert np.mean([each.holds for each in early]) >= 0.88
    ratio = np.array([each.said.time_s / each.left_s for each in early])
    assert 0.9 <= np.median(ratio) <= 1.1


def test_that_a_fall_heads_for_the_low_limit():
    rng = np.random.default_rng(3)
    fall = -np.maximum(0.0, np.arange(1500) - 1000) * 0.008
    told = _run((fall + rng.normal(0, 0.1, 1500))[:, None], _limited())
    [crossing] = told[1400]
    assert crossing.limit == "L"
    assert crossing.score < 0


def test_that_beyond_the_first_limit_the_alarm_speaks():
    ramp = np.maximum(0.0, np.arange(2600) - 1200) * 0.005
    values = (ramp + np.random.default_rng(4).normal(0, 0.1, 2600))[:, None]
    told = _run(values, _limited())
    assert told[2150]
    assert not any(told[2300:])


@pytest.mark.parametrize("limits", [(), (("RISE", 1.0),)])
def test_that_a_tag_without_a_level_to_reach_never_heads_anywhere(limits):
    ramp = np.maximum(0.0, np.arange(1600) - 1000) * 0.05
    assert not any(_run(ramp[:, None], [tag("T", *limits)]))


def test_that_a_limit_more_than_an_hour_ahead_warns_of_nothing():
    rng = np.random.default_rng(5)
    ramp = np.maximum(0.0, np.arange(1600) - 1000) * 0.005
    told = _run((ramp + rng.normal(0, 0.01, 1600))[:, None], _limited(high=50.0))
    assert not any(told)


def test_that_what_always_rises_and_falls_is_usual():
    wave = 4.0 * np.sin(np.arange(4000) / 60)
    values = wave[:, None] + np.random.default_rng(6).normal(0, 0.05, (4000, 1))
    assert not any(_run(values, _limited()))


def test_that_bad_readings_and_silence_say_nothing():
    rng = np.random.default_rng(7)
    ramp = np.maximum(0.0, np.arange(1600) - 1000) * 0.005
    values = (ramp + rng.normal(0, 0.1, 1600))[:, None]
    good = np.ones((1600, 1), bool)
    good[1300:] = False
    values[1300:] = np.nan
    told = _run(values, _limited(), good=good)
    assert told[1290]
    assert not any(told[1300:])


def test_that_a_tag_begins_anew_after_a_gap():
    trends = TagTrends(_limited())
    at_us = 0
    for k in range(700):
        at_us += SECOND
        trends.step(np.array([at_us]), np.array([0.01 * (k % 7)]), np.array([True]))
    at_us += 900 * SECOND
    assert not trends.step(np.array([at_us]), np.array([4.9]), np.array([True]))
    assert trends._seen[0] == 1


def test_that_the_same_sample_counts_once():
    trends = TagTrends(_limited())
    for _ in range(50):
        trends.step(np.array([SECOND]), np.array([1.0]), np.array([True]))
    assert trends._seen[0] == 1
