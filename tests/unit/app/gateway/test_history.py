"""History: windows, chunks, crashes, late samples, full disks."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from app.gateway.history import History
from app.gateway.history_files import ChunkFiles, HistoryNewerError
from app.gateway.open_window import DamagedWindowError, WindowFile, read_window
from models.telemetry.ports import Quality
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable
from models.times import DAY_US
from tests.unit.models.telemetry.build import SECOND, START, tag

TAGS = TagTable([tag("A"), tag("B", wide=True)])
END = START + 10 * DAY_US


def _batch(second, a=1.0, b=2.0):
    at = START + second * SECOND
    return make_batch([0, 1], at, at + 5, [a, b])


def _history(path, **more):
    history = History(path, TAGS, **more)
    history.recover()
    return history


def _values(history, key="A"):
    return history.columns(key, START - DAY_US, END).value.tolist()


def test_that_samples_are_read_from_memory_then_from_chunks(tmp_path):
    history = _history(tmp_path)
    for second in range(5):
        history.append(_batch(second, float(second)))
    before = _values(history)
    history.close()
    assert before == _values(history) == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert list(tmp_path.glob("open-*")) == []


def test_that_a_window_is_closed_when_it_is_old(tmp_path):
    history = _history(tmp_path, window_us=10 * SECOND)
    history.append(_batch(0))
    assert not history.tick(START + 9 * SECOND)
    assert history.tick(START + 11 * SECOND)
    history.append(_batch(12))
    history.store_ended()
    assert _values(history) == [1.0, 1.0]
    assert len(history.files.summaries("A", START, END)) == 1


def test_that_late_samples_land_in_their_own_day(tmp_path):
    history = _history(tmp_path)
    day = START // DAY_US * DAY_US
    history.append(make_batch([0, 0], [day + 10, day - 10], day + 20, [2.0, 1.0]))
    history.close()
    assert {path.name for path in tmp_path.iterdir() if path.suffix == ".db"} == {
        history.files.path(day).name, history.files.path(day - 1).name,
    }  # fmt: skip
    assert history.columns("A", day - 20, day + 20).value.tolist() == [1.0, 2.0]


def test_that_samples_out_of_order_over_windows_come_back_by_time(tmp_path):
    history = _history(tmp_path)
    for second in (5, 1, 3):
        history.append(_batch(second, float(second)))
        history.roll()
        history.flush()
    history.append(_batch(2, 2.0))
    assert _values(history) == [1.0, 2.0, 3.0, 5.0]


def test_that_wide_tags_keep_all_digits(tmp_path):
    history = _history(tmp_path)
    history.append(_batch(0, b=123456789.123456))
    history.close()
    assert _values(history, "B") == [123456789.123456]


@pytest.mark.expect_log("is damaged and was set aside")
def test_that_a_short_run_stores_what_a_dead_gateway_left(tmp_path):
    dead = _history(tmp_path)
    dead.append(_batch(1, 1.0))
    (tmp_path / "open-0123456789abcdef.log").write_bytes(b"garbage" * 1000)
    history = _history(tmp_path)
    history.append(_batch(2, 2.0))
    history.close()
    assert not list(tmp_path.glob("*.log"))
    assert len(list(tmp_path.glob("open-0123456789abcdef.log.damaged-*"))) == 1
    assert _values(_history(tmp_path)) == [1.0, 2.0]


CRASH = """
import os, sys
sys.path.insert(0, {root!r})
from tests.unit.app.gateway.test_history import TAGS, _batch
from app.gateway.history import History
from pathlib import Path
history = History(Path({folder!r}), TAGS)
history.recover()
for second in range({begin}, {begin} + 1000):
    history.append(_batch(second, float(second)))
    print(second, flush=True)
"""


def test_that_kill_9_loses_nothing_that_was_appended(tmp_path):
    root = str(Path(__file__).parents[4])
    total = 0
    for round_ in range(5):
        begin = round_ * 1000
        script = textwrap.dedent(CRASH.format(root=root, folder=str(tmp_path), begin=begin))
        process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        with process:
            assert process.stdout is not None
            appended = [int(process.stdout.readline()) for _ in range(40 + round_ * 100)]
            os.kill(process.pid, signal.SIGKILL)
        history = _history(tmp_path)
        stored = _values(history)
        assert stored[total : total + len(appended)] == [float(s) for s in appended]
        total = len(stored)
        assert list(tmp_path.glob("open-*")) == []


def test_that_what_a_dead_gateway_left_is_read_before_it_is_stored(tmp_path):
    _history(tmp_path).append(_batch(0, 5.0))
    history = History(tmp_path, TAGS)
    assert _values(history) == [5.0]
    history.recover()
    assert _values(history) == [5.0]


def test_that_a_torn_tail_costs_only_the_torn_record(tmp_path):
    file = WindowFile(tmp_path / "open-x.log")
    file.put_keys(TAGS.keys, TAGS.wide.tolist())
    for second in range(3):
        file.put(_batch(second, float(second)))
    file.sync()
    file.close()
    data = file.path.read_bytes()
    counts = []
    for cut in range(len(data)):
        file.path.write_bytes(data[:cut])
        counts.append(sum(1 for _ in read_window(file.path)))
    assert counts == sorted(counts)
    assert set(counts) == {0, 1, 2}
    file.path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert sum(1 for _ in read_window(file.path)) == 2


def test_that_a_window_stored_before_the_crash_is_not_doubled(tmp_path):
    history = _history(tmp_path)
    history.append(_batch(0))
    (path,) = tmp_path.glob("open-*")
    data = path.read_bytes()
    history.close()
    path.write_bytes(data)
    again = _history(tmp_path)
    assert len(again.files.summaries("A", START, END)) == 1


def test_that_a_tag_table_of_other_indices_is_kept_apart(tmp_path):
    history = _history(tmp_path)
    history.append(_batch(0, 1.0, 2.0))
    history.set_tags(TagTable([tag("0"), *TAGS.tags]))
    history.append(make_batch([1, 2], START + SECOND, START, [3.0, 4.0]))
    assert _values(history) == [1.0, 3.0]
    history.close()
    assert _values(history, "B") == [2.0, 4.0]


class _FullDisk:
    def __init__(self, monkeypatch):
        self.is_full = False
        real = os.write

        def write(descriptor, data):
            if self.is_full:
                if len(data) > 40:
                    return real(descriptor, data[:7])
                raise OSError(28, "No space left on device")
            return real(descriptor, data)

        monkeypatch.setattr("app.gateway.open_window.os.write", write)


@pytest.mark.expect_log("samples stay in memory")
def test_that_a_full_disk_is_said_and_nothing_is_lost(tmp_path, monkeypatch):
    disk = _FullDisk(monkeypatch)
    history = _history(tmp_path)
    history.append(_batch(0, 0.0))
    disk.is_full = True
    history.append(_batch(1, 1.0))
    history.append(_batch(2, 2.0))
    assert "No space left" in history.failing
    assert _values(history) == [0.0, 1.0, 2.0]
    disk.is_full = False
    history.tick(START)
    assert history.failing == ""
    (path,) = tmp_path.glob("open-*")
    assert [keyed.batch.value[0] for keyed in read_window(path)] == [0.0, 1.0, 2.0]


def test_that_windows_beyond_the_bound_are_counted_as_lost(tmp_path, monkeypatch):
    monkeypatch.setattr("app.gateway.history._MOST_IN_MEMORY", 3)
    history = _history(tmp_path)
    for second in range(3):
        history.append(_batch(second))
        history.roll()
    assert history.lost == 4


def test_that_curves_show_gaps_and_bad_quality(tmp_path):
    history = _history(tmp_path)
    for second in (0, 1, 30):
        history.append(_batch(second))
    at = START + 2 * SECOND
    history.append(make_batch(0, at, at, 7.0, Quality.BAD))
    drawn = history.curve("A", START, START + 60 * SECOND, 1000, 5 * SECOND)
    assert np.isnan(drawn.values).tolist() == [False, False, True, True, False]


def test_that_a_long_span_is_drawn_from_summaries_and_the_open_window(tmp_path, monkeypatch):
    monkeypatch.setattr("app.gateway.history._MOST_DECODED", 50)
    history = _history(tmp_path)
    for second in range(60):
        history.append(_batch(second, float(second)))
    history.roll()
    history.flush()
    history.append(_batch(61, 100.0))
    drawn = history.curve("A", START, START + 100 * SECOND, 10, 5 * SECOND)
    assert drawn.values.tolist() == [0.0, 59.0, 100.0]


def test_that_a_file_of_a_newer_program_is_left_alone(tmp_path):
    history = _history(tmp_path)
    history.append(_batch(0))
    history.close()
    path = history.files.path(START)
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(HistoryNewerError):
        ChunkFiles(tmp_path).columns("A", START, END)


@pytest.mark.expect_log("is damaged")
def test_that_a_damaged_day_file_is_skipped_and_set_aside_when_written(tmp_path):
    history = _history(tmp_path)
    day = history.files.path(START)
    day.write_bytes(b"garbage" * 1000)
    history.append(_batch(0))
    assert _values(history) == [1.0]  # what is in memory is still read
    history.close()
    assert _values(history) == [1.0]
    (aside,) = tmp_path.glob("*.damaged-*")
    assert aside.read_bytes() == b"garbage" * 1000


@pytest.mark.expect_log("is damaged")
def test_that_a_window_damaged_in_the_middle_is_kept_aside(tmp_path):
    history = _history(tmp_path)
    for second in range(3):
        history.append(_batch(second, float(second)))
    path = history._open.file.path
    raw = bytearray(path.read_bytes())
    raw[-100] ^= 0xFF  # within the last but one record
    path.write_bytes(raw)
    again = _history(tmp_path)
    assert _values(again) == [0.0]
    (aside,) = tmp_path.glob("open-*.damaged-1")
    assert aside.read_bytes() == bytes(raw)


def test_that_a_record_of_an_impossible_length_is_damage(tmp_path):
    path = tmp_path / "open-1.log"
    path.write_bytes(b"\xff" * 64)
    with pytest.raises(DamagedWindowError, match="4294967295"):
        list(read_window(path))
