"""History: writing, bytes per sample and one tag's day, against plain SQLite tables.

Written through `History` as the gateway does: a batch a second into the crash-safe open window,
chunks every ten minutes. The made data is 1,000 sensors at 1 Hz that drift slowly, with noise of
a few steps of their resolution, and one arrival time per batch.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt
import psycopg

from app.exchange.recorded_series import read_series
from app.gateway.history import History
from app.gateway.history_places import history_places
from models.basics import Name
from models.registry.kinds import Tag
from models.telemetry.codec import Columns, encode
from models.telemetry.ports import SampleBatch
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable
from models.times import DAY_US, SECOND_US
from tests.benchmarks.ratio import Row, best_speedup, seconds
from tests.servers.postgresql import PostgreSql

_TAGS = 1000
_WRITTEN_S = 1800
_PLAIN_S = 300
_ROUNDS = 3
_DAY_TAGS = 8
_DAY_S = 86_400
_CHUNK = 600
_START_US = 1_800_000_000 * SECOND_US // DAY_US * DAY_US
_LEAST_WRITES = 6.0
_MOST_BYTES = 4.0
_LEAST_READS = 15.0
_LEAST_TABLES = 15.0
_REAL = Path(__file__).parents[2].parent / "shared" / "data" / "telemetry"
_COLUMNS = "tag INTEGER, source_us INTEGER, arrival_us INTEGER, value REAL, quality INTEGER"


def rows() -> list[Row]:
    """Measure."""
    with tempfile.TemporaryDirectory(prefix="muster-bench-history-") as folder:
        found = [*_writes(Path(folder)), _tag_day(Path(folder)), _tables(Path(folder))]
    return [*found, *_real()]


def _writes(folder: Path) -> list[Row]:
    values = _sensors(_TAGS, _WRITTEN_S)
    best_rate = plain_rate = bytes_per_sample = 0.0
    for number in range(_ROUNDS):
        place = folder / f"written-{number}"
        history = History(place, _table(_TAGS))
        history.recover()
        took_s = seconds(lambda h=history: _write(h, values))  # type: ignore[misc]
        best_rate = max(best_rate, values.size / took_s)
        stored = sum(path.stat().st_size for path in place.iterdir())
        bytes_per_sample = stored / values.size
        plain_s = seconds(lambda p=folder / f"plain-{number}.db": _write_plain(p, values))  # type: ignore[misc]
        plain_rate = max(plain_rate, _TAGS * _PLAIN_S / plain_s)
    note = f"{best_rate / 1e6:.2f}M samples/s"
    return [
        Row(
            "history writes vs executemany",
            best_rate / plain_rate,
            _LEAST_WRITES,
            more_is_better=True,
            note=note,
        ),
        Row("history on disk", bytes_per_sample, _MOST_BYTES, "bytes/sample", note="made sensors"),
    ]


def _tables(folder: Path) -> Row:
    """Chunks in PostgreSQL against its fastest plain way, a binary COPY into an indexed table."""
    values, server = _sensors(_TAGS, _WRITTEN_S), PostgreSql()
    best = plain = 0.0
    try:
        server.start()
        for number in range(_ROUNDS):
            url = server.create_empty()
            places = history_places(folder, url)
            history = History(folder / f"tables-{number}", _table(_TAGS), places=places)
            history.recover()
            best = max(best, values.size / seconds(lambda h=history: _write(h, values)))  # type: ignore[misc]
            took_s = seconds(lambda u=url: _copy_plain(u, values))  # type: ignore[misc]
            plain = max(plain, _TAGS * _PLAIN_S / took_s)
    finally:
        server.remove()
    note = f"{best / 1e6:.2f}M against {plain / 1e3:.0f}k samples/s"
    name = "PostgreSQL chunks vs indexed COPY"
    return Row(name, best / plain, _LEAST_TABLES, more_is_better=True, note=note)


def _copy_plain(url: str, values: npt.NDArray[np.float64]) -> None:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute(
            "CREATE TABLE sample (tag int4, source_us int8, arrival_us int8, value float8,"
            " quality int2, PRIMARY KEY (tag, source_us))"
        )
        connection.commit()
        for batch in _batches(values[:, :_PLAIN_S]):
            copying = connection.cursor().copy("COPY sample FROM STDIN (FORMAT BINARY)")
            with connection.transaction(), copying as copy:
                copy.set_types(("int4", "int8", "int8", "float8", "int2"))
                for line in _lines(batch):
                    copy.write_row(line)


def _write(history: History, values: npt.NDArray[np.float64]) -> None:
    for batch in _batches(values):
        history.append(batch)
        if history.tick(int(batch.arrival_us[0])):
            history.flush()
    history.close()


def _write_plain(path: Path, values: npt.NDArray[np.float64]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"CREATE TABLE sample ({_COLUMNS})")
        for batch in _batches(values[:, :_PLAIN_S]):
            with connection:
                connection.executemany("INSERT INTO sample VALUES (?, ?, ?, ?, ?)", _lines(batch))


def _lines(batch: SampleBatch) -> Iterator[tuple[object, ...]]:
    return zip(
        batch.tag.tolist(),
        batch.source_us.tolist(),
        batch.arrival_us.tolist(),
        batch.value.tolist(),
        batch.quality.tolist(),
        strict=True,
    )


def _tag_day(folder: Path) -> Row:
    values = _sensors(_DAY_TAGS, _DAY_S)
    history = History(folder / "day", _table(_DAY_TAGS))
    history.recover()
    _write(history, values)
    end_us = _START_US + DAY_US - 1
    with closing(sqlite3.connect(folder / "day.db")) as connection:
        connection.execute(
            f"CREATE TABLE sample ({_COLUMNS}, PRIMARY KEY (tag, source_us)) WITHOUT ROWID"
        )
        with connection:
            for batch in _batches(values):
                connection.executemany("INSERT INTO sample VALUES (?, ?, ?, ?, ?)", _lines(batch))

        def plain() -> Columns:
            query = (
                "SELECT source_us, arrival_us, value, quality FROM sample"
                " WHERE tag = ? AND source_us BETWEEN ? AND ?"
            )
            found = connection.execute(query, [3, _START_US, end_us]).fetchall()
            source, arrival, value, quality = zip(*found, strict=True)
            return Columns(
                np.array(source, np.int64),
                np.array(arrival, np.int64),
                np.array(value, np.float64),
                np.array(quality, np.uint8),
            )

        def ours() -> Columns:
            return history.columns("T0003", _START_US, end_us)

        if [c.tolist() for c in ours()] != [c.tolist() for c in plain()]:
            raise AssertionError("the chunks and the table disagree")
        speedup = best_speedup(ours, plain, rounds=2 * _ROUNDS)
        note = f"{seconds(ours) * 1e3:.0f} ms for {_DAY_S} samples"
    return Row(
        "one tag's day vs WITHOUT ROWID", speedup, _LEAST_READS, more_is_better=True, note=note
    )


def _real() -> list[Row]:
    """Bytes per sample of open data in chunks of 300; said, not judged."""
    found = {
        "SKAB": [read_series(path.read_bytes()).values for path in _REAL.glob("skab/data/*/*.csv")],
        "TEP": [np.loadtxt(path) for path in (_REAL / "tep").glob("d??_te.dat")],
    }
    return [
        Row(f"chunks of {name}", _bytes_per_sample(series), 8.0, "bytes/sample", note="stated")
        for name, series in found.items()
        if series
    ]


def _bytes_per_sample(series: list[npt.NDArray[np.float64]]) -> float:
    stored = samples = 0
    for values in series:
        for column in values.T:
            for start in range(0, column.size, _CHUNK):
                part = column[start : start + _CHUNK]
                at_us = _START_US + np.arange(part.size) * SECOND_US
                quality = np.zeros(part.size, np.uint8)
                stored += len(encode(Columns(at_us, at_us + 5000, part, quality), wide=False))
                samples += part.size
    return stored / samples


def _table(tags: int) -> TagTable:
    return TagTable([Tag(key=f"T{i:04}", name=Name(en="t")) for i in range(tags)])


def _sensors(tags: int, length: int) -> npt.NDArray[np.float64]:
    """Return readings, shape (tags, length), rounded to a hundredth and to float32."""
    rng = np.random.default_rng(7)
    drift = rng.normal(0.0, 0.02, (tags, length)).cumsum(axis=1)
    readings = rng.uniform(10, 90, (tags, 1)) + drift + rng.normal(0.0, 0.03, (tags, length))
    return np.asarray(readings.round(2).astype(np.float32).astype(np.float64))


def _batches(values: npt.NDArray[np.float64]) -> Iterator[SampleBatch]:
    lags_ms = np.random.default_rng(8).integers(1, 20, (values.shape[1],))
    index = np.arange(values.shape[0])
    for second in range(values.shape[1]):
        at_us = _START_US + second * SECOND_US
        yield make_batch(index, at_us, at_us + 1000 * int(lags_ms[second]), values[:, second])
