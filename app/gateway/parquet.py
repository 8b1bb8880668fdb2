"""Samples as Parquet: history that is exported, recordings that are played.

Import this only where it is wanted: pyarrow takes long to load.
"""

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from models.telemetry.codec import Columns
from models.telemetry.ports import Quality

_AT_ONCE = 65_536
_MOMENT = pa.timestamp("us", tz="UTC")
_WORD = pa.dictionary(pa.int32(), pa.string())
_SCHEMA = pa.schema(
    [
        ("time", _MOMENT),
        ("tag", _WORD),
        ("value", pa.float64()),
        ("quality", _WORD),
        ("arrival", _MOMENT),
    ]
)
_QUALITIES = [quality.name.lower() for quality in Quality]
Cells = tuple[list[str], list[Any]]


class ParquetError(ValueError):
    """A file that holds no samples as we know them; the text says why."""


def write_samples(path: Path, parts: Iterable[tuple[str, Columns]]) -> int:
    """Write samples (tag key, columns) and return their number; OSError when that fails."""
    count = 0
    with parquet.ParquetWriter(path, _SCHEMA, compression="zstd") as writer:
        for key, columns in parts:
            n = columns.value.size
            count += n
            words = pa.array(columns.quality.clip(0, Quality.STALE), pa.int32())
            table = pa.table(
                [
                    pa.array(columns.source_us).cast(_MOMENT),
                    pa.DictionaryArray.from_arrays(pa.array([0] * n, pa.int32()), [key]),
                    pa.array(columns.value),
                    pa.DictionaryArray.from_arrays(words, _QUALITIES),
                    pa.array(columns.arrival_us).cast(_MOMENT),
                ],
                schema=_SCHEMA,
            )
            writer.write_table(table)
    return count


def read_cells(path: Path) -> Iterator[Cells]:
    """Yield (column names, cells) of each row: time in µs since 1970, numbers, text, None.

    Raises
    ------
    ParquetError
        When it is no Parquet file, or its times have no zone.
    OSError
        When it can't be read.
    """
    try:
        with parquet.ParquetFile(path) as file:
            schema = file.schema_arrow
            if "time" in schema.names:
                _check_time(schema.field("time").type)
            for batch in file.iter_batches(_AT_ONCE):
                names, columns = batch.schema.names, [_plain(c) for c in batch.columns]
                for cells in zip(*columns, strict=True):
                    yield names, list(cells)
    except pa.ArrowException as error:
        raise ParquetError(str(error).partition("\n")[0]) from error


def _check_time(kind: pa.DataType) -> None:
    if pa.types.is_timestamp(kind) and kind.tz is None:
        raise ParquetError("the times have no zone")
    if not (pa.types.is_timestamp(kind) or pa.types.is_integer(kind)):
        raise ParquetError(f"time is {kind}, neither a timestamp nor whole µs")


def _plain(column: pa.Array) -> list[Any]:
    """Return a column's cells; what is no number is NaN where numbers are."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(_MOMENT, safe=False).cast(pa.int64())
    elif pa.types.is_floating(column.type) or pa.types.is_boolean(column.type):
        column = column.cast(pa.float64())
    cells: list[Any] = column.to_pylist()
    return [None if isinstance(c, float) and math.isnan(c) else c for c in cells]
