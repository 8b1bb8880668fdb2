"""Old days become minutes, older minutes go; a crash in between doubles nothing."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.gateway.history import History
from app.gateway.history_files import HistoryNewerError
from app.gateway.retention import Retention
from models.telemetry.codec import Columns
from models.telemetry.minutes import MINUTE_US, minutes_of, packed, unpacked
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable
from models.times import DAY_US
from tests.unit.models.telemetry.build import SECOND, START, tag

TAGS = TagTable([tag("A"), tag("B", wide=True)])
MORNING = START // DAY_US * DAY_US
LATER = MORNING + 31 * DAY_US


def _stored(folder, values, start=MORNING):
    history = History(folder, TAGS)
    history.recover()
    for second, value in enumerate(values):
        at = start + second * SECOND
        history.append(make_batch([0, 1], at, at + 5, [value, -value]))
    history.close()
    return history


def test_that_a_day_past_its_time_becomes_minutes_and_still_draws(tmp_path):
    history = _stored(tmp_path, [float(i) for i in range(150)])
    day = history.files.path(MORNING)
    assert not history.retention.run_once(LATER - 1)
    assert day.exists()
    assert history.retention.run_once(LATER)
    assert not history.retention.run_once(LATER)
    assert not day.exists()
    seen = history.retention.summaries("A", MORNING, MORNING + DAY_US)
    assert [(s.samples, s.minimum, s.maximum, s.total) for s in seen] == [
        (60, 0.0, 59.0, 1770.0), (60, 60.0, 119.0, 5370.0), (30, 120.0, 149.0, 4035.0),
    ]  # fmt: skip
    assert history.retention.summaries("B", MORNING + MINUTE_US, MORNING + MINUTE_US)[0].good == 60
    drawn = history.curve("A", MORNING, MORNING + DAY_US, 100, 5 * SECOND)
    assert (drawn.values.min(), drawn.values.max()) == (0.0, 149.0)


def test_that_the_gateway_ages_a_day_when_it_stores_a_window(tmp_path):
    history = _stored(tmp_path, [1.0])
    history.append(make_batch([0], LATER, LATER, [2.0]))
    history.tick(LATER + DAY_US)
    history.store_ended()
    assert not history.files.path(MORNING).exists()
    assert history.files.path(LATER).exists()


def test_that_late_samples_of_a_day_that_is_gone_are_added(tmp_path):
    _stored(tmp_path, [1.0]).retention.run_once(LATER)
    history = _stored(tmp_path, [5.0], MORNING + SECOND)
    assert history.retention.run_once(LATER)
    seen = history.retention.summaries("A", MORNING, MORNING + DAY_US)
    assert sorted(s.total for s in seen) == [1.0, 5.0]


def test_that_a_crash_before_the_file_went_doubles_nothing(tmp_path, monkeypatch):
    history = _stored(tmp_path, [1.0, 2.0])
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", _crash)
        with pytest.raises(OSError, match="crash"):
            history.retention.run_once(LATER)
    assert history.retention.run_once(LATER)
    [seen] = history.retention.summaries("A", MORNING, MORNING + DAY_US)
    assert (seen.samples, seen.total) == (2, 3.0)


def _crash(*args, **kwargs):
    raise OSError("crash")


def test_that_minutes_too_old_go(tmp_path):
    history = _stored(tmp_path, [1.0])
    history.retention.run_once(LATER)
    late = MORNING + 740 * DAY_US
    _stored(tmp_path, [1.0], MORNING + 100 * DAY_US).retention.run_once(late)
    assert history.retention.summaries("A", 0, late) == history.retention.summaries(
        "A", MORNING + 99 * DAY_US, late
    )
    assert len(history.retention.summaries("A", 0, late)) == 1


@pytest.mark.expect_log("is kept")
def test_that_a_day_with_a_damaged_chunk_is_kept_and_stops_no_other(tmp_path):
    _stored(tmp_path, [1.0])
    history = _stored(tmp_path, [1.0], MORNING + DAY_US)
    with sqlite3.connect(history.files.path(MORNING)) as connection:
        connection.execute("UPDATE chunk SET data = x'00'")
    connection.close()
    (tmp_path / "2026-99-99.db").write_bytes(b"")
    assert history.retention.run_once(LATER + DAY_US)
    assert history.files.path(MORNING).exists()
    assert not history.files.path(MORNING + DAY_US).exists()


def test_that_minutes_of_a_newer_program_are_left_alone(tmp_path):
    _stored(tmp_path, [1.0]).retention.run_once(LATER)
    with sqlite3.connect(tmp_path / "minutes.db") as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(HistoryNewerError):
        Retention(tmp_path).summaries("A", 0, LATER)


_values = st.floats(-1e6, 1e6, width=32) | st.sampled_from([float("nan"), float("inf")])
_samples = st.lists(st.tuples(st.integers(0, 600), _values, st.integers(0, 3)), max_size=40)


@given(_samples)
def test_that_minutes_say_what_a_plain_count_says(samples):
    samples.sort(key=lambda s: s[0])
    at, value, quality = (list(c) for c in zip(*samples, strict=True)) if samples else ([], [], [])
    at_us = np.array(at, np.int64) * SECOND
    columns = Columns(at_us, at_us, np.array(value, np.float64), np.array(quality, np.uint8))
    seen = unpacked(packed(minutes_of(columns))).summaries(0, 700 * SECOND)
    assert [s.start_us for s in seen] == sorted({t // 60 * MINUTE_US for t in at})
    for summary in seen:
        mine = [s for s in samples if s[0] // 60 * MINUTE_US == summary.start_us]
        good = [v for _, v, q in mine if q <= 1 and np.isfinite(v)]
        assert (summary.samples, summary.good) == (len(mine), len(good))
        assert (summary.minimum, summary.maximum) == (
            (min(good), max(good)) if good else (None, None)
        )
        assert summary.total == pytest.approx(sum(good), abs=1e-3)
        assert summary.worst == max(q for _, _, q in mine)


def test_that_two_parts_of_one_dark_minute_are_drawn(tmp_path):
    for quality in (2, 3):
        history = History(tmp_path, TAGS)
        history.append(make_batch([0], MORNING, MORNING, [1.0], quality))
        history.close()
        assert history.retention.run_once(LATER)
    drawn = history.curve("A", MORNING, MORNING + DAY_US, 10, SECOND)
    assert np.isnan(drawn.values).all()


@pytest.mark.parametrize("data", [b"", b"noise", b"\x28\xb5\x2f\xfd\x20\x01\x09\x00\x00x"])
def test_that_other_bytes_are_no_minutes(data):
    with pytest.raises(ValueError, match="not minute"):
        unpacked(data)
