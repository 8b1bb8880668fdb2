"""Recordings: what is read, what is refused, and when samples are due."""

import asyncio
import math

import pyarrow as pa
import pytest
from pyarrow import parquet

from app.clock import SystemClock
from app.gateway.replay import RecordingError, ReplaySource, read_recording
from app.source_settings import ReplaySettings
from models.telemetry.tags import TagTable
from tests.integration.gateway.pulling import Pulled, wait_for
from tests.unit.models.telemetry.build import SECOND, START, tag

LONG = """time,tag,value,quality,arrival
2027-01-15T08:00:00+00:00,A,1.5,good,x
2027-01-15T08:00:00.300Z,A,,good,x
2027-01-15T16:00:00.100+08:00,B,2,uncertain,x
"""
WIDE = f"time,A,B\n{START},1,\n{START + SECOND},2,3\n\n"


def written(tmp_path, text):
    file = tmp_path / "recording.csv"
    file.write_text(text)
    return file


def test_that_exported_history_is_read_and_put_in_order(tmp_path):
    recording = read_recording(written(tmp_path, LONG))
    assert [recording.keys[i] for i in recording.key] == ["A", "B", "A"]
    assert (recording.at_us - START).tolist() == [0, 100_000, 300_000]
    assert recording.value.tolist()[:2] == [1.5, 2.0]
    assert math.isnan(recording.value[2])
    assert recording.quality.tolist() == [0, 1, 2]


def test_that_a_column_per_tag_is_read(tmp_path):
    recording = read_recording(written(tmp_path, WIDE))
    assert [recording.keys[i] for i in recording.key] == ["A", "A", "B"]
    assert recording.value.tolist() == [1.0, 2.0, 3.0]


def parquet_file(tmp_path, columns):
    file = tmp_path / "recording.parquet"
    parquet.write_table(pa.table(columns), file)
    return file


def test_that_parquet_with_a_column_per_tag_is_read(tmp_path):
    moments = pa.array(
        [START // 1000, START // 1000 + 1000], pa.timestamp("ms", tz="Asia/Shanghai")
    )
    columns = {"time": moments, "A": [1.0, 2.0], "B": [None, 3], "C": [None, True]}
    recording = read_recording(parquet_file(tmp_path, columns))
    assert [recording.keys[i] for i in recording.key] == ["A", "A", "B", "C"]
    assert (recording.at_us - START).tolist() == [0, SECOND, SECOND, SECOND]
    assert recording.value.tolist() == [1.0, 2.0, 3.0, 1.0]


def test_that_an_empty_value_in_parquet_is_a_bad_one(tmp_path):
    columns = {"time": [START, START + 1], "tag": ["A", "A"], "value": [math.nan, 2.0]}
    recording = read_recording(parquet_file(tmp_path, columns))
    assert recording.quality.tolist() == [2, 0]
    assert math.isnan(recording.value[0])


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"when": [1], "A": [2]}, "first column"),
        ({"time": [1.5], "A": [2]}, "time is double"),
        ({"time": pa.array([1], pa.timestamp("us")), "A": [2]}, "have no zone"),
        ({"time": [1], "A": ["x"]}, "row 1: could not convert"),
        ({"time": pa.array([None], pa.int64()), "A": [2]}, "row 1"),
        ({"time": [1], "tag": ["A"], "value": [1], "quality": ["odd"]}, "row 1: quality 'odd'"),
        ({"time": pa.array([], pa.int64()), "A": pa.array([], pa.int64())}, "no samples"),
    ],
)
def test_that_parquet_that_makes_no_sense_is_named(tmp_path, columns, why):
    with pytest.raises(RecordingError, match=why):
        read_recording(parquet_file(tmp_path, columns))


@pytest.mark.parametrize("content", [b"", b"PAR1 and noise PAR1", b"time,A\n1,2\n"])
def test_that_another_file_called_parquet_is_refused(tmp_path, content):
    file = tmp_path / "recording.parquet"
    file.write_bytes(content)
    with pytest.raises(RecordingError, match=r"recording\.parquet"):
        read_recording(file)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "first column"),
        ("when,A\n1,2", "first column"),
        ("time,A\n", "no samples"),
        ("time,A\n1,x", "line 2: could not convert"),
        ("time,A\n1,2\n2,3,4", "line 3: 3 cells"),
        ("time,A\nnoon,2", "line 2: Invalid isoformat"),
        ("time,A\n2027-01-15T08:00:00,2", "line 2"),
        ("time,tag,value,quality\n1,A,2,odd", "line 2: quality 'odd'"),
        ("time,tag,value\n1,A", "line 2"),
    ],
)
def test_that_what_makes_no_sense_is_named(tmp_path, text, why):
    with pytest.raises(RecordingError, match=why) as refused:
        read_recording(written(tmp_path, text))
    assert "recording.csv" in str(refused.value)


def _source(file, *, is_live=False, **more):
    tags = TagTable([tag("A"), tag("B")])
    settings = ReplaySettings(file=str(file), **more)
    return ReplaySource("exercise", settings, tags, SystemClock(), is_live=is_live)


def test_that_samples_come_when_due_and_as_of_now(tmp_path):
    async def scenario():
        began_us = SystemClock().now_us()
        async with Pulled(_source(written(tmp_path, LONG))) as pulled:
            await wait_for(lambda: len(pulled.rows) == 3)
            await wait_for(lambda: "played to its end" in pulled.source.state().detail)
        took_us = SystemClock().now_us() - began_us
        assert took_us >= 300_000
        sources = [int(us) for batch in pulled.batches for us in batch.source_us]
        assert sources[1] - sources[0] == 100_000
        assert sources[2] - sources[0] == 300_000
        assert 0 <= sources[0] - began_us < 5 * SECOND
        for batch in pulled.batches:
            assert (batch.arrival_us >= batch.source_us).all()

    asyncio.run(scenario())


def test_that_it_plays_faster_and_again(tmp_path):
    async def scenario():
        file = written(tmp_path, WIDE + f"{START + 2 * SECOND},9,\n")
        async with Pulled(_source(file, speed=20, loop=True)) as pulled:
            await wait_for(lambda: len(pulled.rows) >= 12)
        assert [row[1] for row in pulled.rows[:8]] == [1, 2, 3, 9, 1, 2, 3, 9]

    asyncio.run(scenario())


def test_that_nothing_is_played_in_a_live_operation(tmp_path):
    async def scenario():
        async with Pulled(_source(written(tmp_path, WIDE), is_live=True)) as pulled:
            await wait_for(lambda: "live operation" in pulled.source.state().detail)
            await asyncio.sleep(0.2)
        assert pulled.rows == []
        assert not pulled.source.state().connected

    asyncio.run(scenario())


@pytest.mark.parametrize("text", [None, "time,A\n1,x"])
def test_that_a_bad_file_is_a_state_and_an_unknown_tag_a_fault(tmp_path, text):
    async def scenario():
        file = tmp_path / "none.csv" if text is None else written(tmp_path, text)
        async with Pulled(_source(file)) as pulled:
            await wait_for(lambda: "reading" not in pulled.source.state().detail)
            assert not pulled.source.state().connected
        other = written(tmp_path, "time,A,?\n1,1,2\n")
        async with Pulled(_source(other)) as pulled:
            await wait_for(lambda: pulled.rows == [(0, 1.0, 0)])
            assert "no tag '?'" in pulled.source.state().last_malformed

    asyncio.run(scenario())
