"""History in files and in PostgreSQL: the same samples, ages and failures."""

import math

import numpy as np
import psycopg
import pytest

from app.gateway.history import History
from app.gateway.history_places import history_places, keep
from app.gateway.history_ports import HistoryNewerError, HistoryUnreachableError, Keep
from app.history_settings import KeepSettings, RetentionSettings
from models.telemetry.codec import Summary
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable
from models.times import DAY_US
from tests.unit.models.telemetry.build import SECOND, START, tag

TAGS = TagTable([tag("A"), tag("B", wide=True)])
MORNING = START // DAY_US * DAY_US
LATER = MORNING + 31 * DAY_US


@pytest.fixture
def url(request, store_backend):
    if store_backend == "sqlite":
        yield ""
        return
    server = request.getfixturevalue("postgresql")
    made = server.create_empty()
    yield made
    server.start()
    server.drop(made)


@pytest.fixture
def make(tmp_path, url):
    open_ones = []

    def made(keep_of=lambda _: Keep(), tags=TAGS):
        history = History(tmp_path, tags, places=history_places(tmp_path, url, keep_of))
        history.recover()
        open_ones.append(history)
        return history

    yield made
    for history in open_ones:
        history.files.close()


@pytest.fixture
def tables(tmp_path, postgresql):
    url = postgresql.create_empty()
    history = History(tmp_path, TAGS, places=history_places(tmp_path, url))
    yield history, url.replace("+psycopg", "")
    history.files.close()


def _fill(history, values, start=MORNING, quality=0):
    for second, value in enumerate(values):
        at = start + second * SECOND
        history.append(make_batch([0, 1], at, at + 5, [value, -value], quality))
    history.close()
    return history


def _read(history, key="A", from_us=0, to_us=1 << 62):
    return history.columns(key, from_us, to_us)


def test_that_samples_come_back_as_they_were(make):
    history = make()
    history.append(make_batch([0, 1], START, START + 5, [math.nan, 123456789.123456], [2, 1]))
    _fill(history, [1.5, 2.5], START + SECOND)
    a, b = _read(history), _read(make(), "B")
    assert [a.source_us[0], a.arrival_us[0], a.quality.tolist()] == [START, START + 5, [2, 0, 0]]
    assert math.isnan(a.value[0])
    assert b.value.tolist() == [123456789.123456, -1.5, -2.5]
    assert _read(history, "C").value.size == 0
    assert _read(history, "A", START + SECOND, START + SECOND).value.tolist() == [1.5]
    [said] = history.files.summaries("A", START, START)
    assert said == Summary(START, START + 2 * SECOND, 3, 1.5, 2.5, 4.0, 2, 2)


def test_that_late_and_crossed_samples_land_right(make):
    history = make()
    for second in (5, -5, 1, 3):
        at = MORNING + second * SECOND
        history.append(make_batch(0, at, START, float(second)))
        history.roll()
        history.flush()
    assert _read(history).value.tolist() == [-5.0, 1.0, 3.0, 5.0]
    assert _read(history, "A", MORNING, MORNING + DAY_US).value.tolist() == [1.0, 3.0, 5.0]


def test_that_a_window_is_stored_once(make, tmp_path):
    history = make()
    history.append(make_batch([0, 1], START, START, [1.0, 2.0]))
    (path,) = tmp_path.glob("open-*")
    data = path.read_bytes()
    history.close()
    path.write_bytes(data)
    assert len(make().files.summaries("A", 0, 1 << 62)) == 1


def test_that_each_class_of_tag_has_its_age(make):
    keeps = {"A": Keep(30, 60), "B": Keep(90, 900)}
    history = _fill(make(keeps.__getitem__), [1.0, 2.0])
    assert not history.retention.run_once(LATER - 1)
    assert history.retention.run_once(LATER)
    assert not history.retention.run_once(LATER)
    assert (_read(history).value.size, _read(history, "B").value.size) == (0, 2)
    [minute] = history.retention.summaries("A", 0, LATER)
    assert (minute.samples, minute.total) == (2, 3.0)
    _fill(make(keeps.__getitem__), [5.0], MORNING + 120 * SECOND)  # late, of a day half gone
    assert history.retention.run_once(LATER)
    assert [s.total for s in history.retention.summaries("A", 0, LATER)] == [3.0, 5.0]
    later = MORNING + 91 * DAY_US
    assert history.retention.run_once(later)
    assert _read(history, "B").value.size == 0
    assert history.retention.summaries("A", 0, later) == []  # after 60 days
    assert len(history.retention.summaries("B", 0, later)) == 2
    drawn = history.curve("B", MORNING, later, 100, 5 * SECOND)
    assert (np.nanmin(drawn.values), np.nanmax(drawn.values)) == (-5.0, -1.0)
    assert np.isnan(drawn.values).sum() == 1  # the silent minute between the two


def test_that_old_days_go_one_at_a_time_the_oldest_first(make):
    history = _fill(make(), [1.0])
    _fill(make(), [2.0], MORNING + DAY_US)
    assert history.retention.run_once(LATER + DAY_US)
    assert _read(history).value.tolist() == [2.0]
    assert history.retention.run_once(LATER + DAY_US)
    assert not history.retention.run_once(LATER + DAY_US)


def test_what_class_a_tag_is_of():
    settings = RetentionSettings(
        safety=KeepSettings(raw_days=365, minutes_days=3650),
        quantities={"wind_speed": KeepSettings(raw_days=90)},
    )
    assert keep(tag("G", safety="toxic"), settings) == (365, 3650)
    assert keep(tag("W", quantity="wind_speed"), settings) == (90, 730)
    assert keep(tag("P", quantity="pressure"), settings) == keep(None, settings) == (30, 730)
    assert keep(tag("G", safety="toxic"), RetentionSettings()) == (30, 730)


def test_that_a_database_that_is_away_costs_nothing(tmp_path, postgresql, tables):
    history, _ = tables
    history.append(make_batch(0, START, START, 1.0))
    history.roll()
    history.flush()
    history.append(make_batch(0, START + 1, START, 2.0))
    history.roll()
    postgresql.stop()
    for act in (history.flush, lambda: _read(history)):
        with pytest.raises(HistoryUnreachableError):
            act()
    postgresql.start()
    history.flush()
    assert _read(history).value.tolist() == [1.0, 2.0]
    assert list(tmp_path.glob("open-*")) == []


@pytest.mark.expect_log("is kept")
def test_that_a_damaged_chunk_stops_no_other_day(tables):
    history, url = tables
    _fill(history, [1.0])
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE history_chunk SET data = 'x' WHERE tag_id = 1")
    _fill(history, [2.0], LATER)
    assert history.retention.run_once(LATER)
    assert not history.retention.run_once(LATER)
    assert history.retention.run_once(LATER + 31 * DAY_US)
    assert len(history.retention.summaries("A", 0, 1 << 62)) == 1
    assert len(history.retention.summaries("B", 0, 1 << 62)) == 2


def test_that_tables_of_a_newer_program_are_left_alone(tmp_path, tables):
    history, url = tables
    _fill(history, [1.0])
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE history_version SET version = 99")
    later, _ = history_places(tmp_path, url)
    with pytest.raises(HistoryNewerError):
        later.columns("A", 0, 1)
    later.close()
