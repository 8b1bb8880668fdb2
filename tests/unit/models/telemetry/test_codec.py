"""The chunk codec and the reduction for plots."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from models.telemetry.codec import (
    ChunkError,
    Columns,
    Summary,
    decode,
    decode_all,
    decode_joined,
    encode,
    sealed,
    summarise,
)
from models.telemetry.ports import Quality
from models.telemetry.reduction import Curve, curve, curve_of_summaries, joined, merged, reduced
from tests.unit.models.telemetry.build import SECOND, START

_n = st.integers(1, 200)


@st.composite
def _columns(draw, wide):
    n = draw(_n)
    times = hnp.arrays(np.int64, n, elements=st.integers(-(2**60), 2**60))
    width = 64 if wide else 32
    value = draw(
        hnp.arrays(
            np.float64 if wide else np.float32,
            n,
            elements=st.floats(width=width, allow_nan=True, allow_infinity=True),
        )
    )
    quality = draw(hnp.arrays(np.uint8, n, elements=st.integers(0, 3)))
    return Columns(draw(times), draw(times), value.astype(np.float64), quality)


def _same(one, other):
    return all(
        np.array_equal(a.view(np.uint8), b.view(np.uint8)) for a, b in zip(one, other, strict=True)
    )


@given(_columns(wide=True))
def test_that_wide_chunks_come_back_bit_by_bit(columns):
    assert _same(decode(encode(columns, wide=True)), columns)


@given(_columns(wide=False))
def test_that_float32_chunks_come_back(columns):
    back = decode(encode(columns, wide=False))
    assert np.array_equal(back.value, columns.value, equal_nan=True)
    assert _same(back._replace(value=columns.value), columns)


def _series(n=300):
    t = START + np.arange(n, dtype=np.int64) * SECOND
    value = np.float32(20 + np.sin(np.arange(n) / 40)).astype(np.float64)
    return Columns(
        t, t + 3000, np.round(value, 2).astype(np.float32).astype(np.float64), np.zeros(n, np.uint8)
    )


def test_that_a_regular_series_takes_few_bytes():
    assert len(encode(_series(), wide=False)) / 300 < 1.5


@given(st.binary(max_size=300))
def test_that_noise_is_refused(data):
    with pytest.raises(ChunkError):
        decode(data)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_that_any_damaged_byte_is_refused(position, change):
    data = bytearray(encode(_series(), wide=False))
    data[position % len(data)] ^= change
    with pytest.raises(ChunkError):
        decode(bytes(data))


@pytest.mark.parametrize(
    ("position", "fresh", "reason"),
    [(0, b"XX", "version 1"), (4, struct.pack("<I", 3_000_000), "instead of"),
     (40, b"\x09", "width"), (42, b"\x00" * 8, "damaged"), (99_999, b"more", "damaged"),
     (3, b"\x0e", "flags"), (3, b"\x03", "flags")],
)  # fmt: skip
def test_that_a_chunk_of_another_writer_is_refused_before_memory_is_taken(position, fresh, reason):
    data = bytearray(encode(_series(), wide=False)[:-4])
    data[position : position + len(fresh)] = fresh
    with pytest.raises(ChunkError, match=reason):
        decode(sealed(bytes(data)))


@given(
    hnp.arrays(np.int64, st.integers(1, 50), elements=st.integers(-(2**30), 2**30)),
    st.integers(0, 5),
)
def test_that_decimals_come_back_bit_by_bit(scaled, decimals):
    value = (scaled / 10**decimals).astype(np.float32).astype(np.float64)
    columns = _series(value.size)._replace(value=value)
    assert _same(decode(encode(columns, wide=False)), columns)


def test_that_chunks_of_both_versions_are_read_together():
    decimals, bits = _series(40), _series(40)._replace(value=np.float32(np.pi) * np.ones(40))
    parts = [(decimals, False), (bits, False), (_series(7), True), (decimals, False)]
    chunks = [encode(columns, wide=wide) for columns, wide in parts]
    assert [chunk[2] for chunk in chunks] == [2, 1, 1, 2]
    back = decode_all(chunks)
    assert all(_same(one, columns) for one, (columns, _) in zip(back, parts, strict=True))
    joined = Columns(*(np.concatenate(column) for column in zip(*back, strict=True)))
    assert _same(decode_joined(chunks), joined)


def test_that_joined_chunks_of_many_lengths_stand_in_their_order():
    lengths = [600, 601, 600, 1, 13_000, 600, 2, 601] * 12
    chunks = [encode(_series(n), wide=False) for n in lengths]
    joined = Columns(*(np.concatenate(c) for c in zip(*map(decode, chunks), strict=True)))
    assert _same(decode_joined(chunks), joined)
    assert joined.value.size == sum(lengths)
    with pytest.raises(ChunkError):
        decode_joined([*chunks, chunks[0][:-1]])


def test_that_minus_zero_stays_minus_zero():
    columns = _series(2)._replace(value=np.array([1.5, -0.0]))
    assert np.signbit(decode(encode(columns, wide=False)).value).tolist() == [False, True]


def test_that_columns_of_unequal_length_or_none_are_refused():
    columns = _series(3)
    with pytest.raises(ValueError, match="equal columns"):
        encode(columns._replace(value=columns.value[:2]), wide=False)
    with pytest.raises(ValueError, match="equal columns"):
        encode(Columns(*(column[:0] for column in columns)), wide=False)


def test_that_summaries_leave_bad_readings_out():
    columns = _series(4)._replace(
        value=np.array([1.0, 99.0, 3.0, np.nan]), quality=np.array([0, 2, 1, 0], np.uint8)
    )
    summary = summarise(columns)
    assert (summary.minimum, summary.maximum, summary.total, summary.good) == (1.0, 3.0, 4.0, 2)
    assert (summary.samples, summary.worst) == (4, 2)
    dark = summarise(columns._replace(quality=np.full(4, 2, np.uint8)))
    assert (dark.minimum, dark.maximum) == (None, None)


def test_that_late_and_repeated_samples_land_once_and_in_order():
    whole = _series(10)
    late = Columns(*(column[3:6] for column in whole))
    back = merged([whole, late], START, START + 60 * SECOND)
    assert _same(back, whole)
    assert merged([], 0, 1).value.size == 0


def test_that_a_silence_is_a_gap_and_bad_quality_is_unknown():
    columns = Columns(*(np.delete(column, slice(3, 20)) for column in _series(30)))
    quality = columns.quality.copy()
    quality[1] = Quality.BAD
    drawn = curve(columns._replace(quality=quality), 5 * SECOND)
    unknown = np.flatnonzero(np.isnan(drawn.values))
    assert unknown.tolist() == [1, 3]
    assert drawn.qualities[unknown].tolist() == [Quality.BAD, Quality.STALE]


@given(
    hnp.arrays(
        np.float64, st.integers(1, 500), elements=st.sampled_from([np.nan, 0.0, 1.0, 5.0, -3.0])
    ),
    st.integers(1, 60),
)
def test_that_reduction_keeps_extremes_and_unknowns(values, buckets):
    times = START + np.arange(values.size, dtype=np.int64) * SECOND
    points = Curve(times, values, np.zeros(values.size, np.uint8))
    fewer = reduced(points, START, START + int(values.size) * SECOND, buckets)
    assert fewer.times_us.size <= max(4 * buckets, 2 * buckets)
    assert np.all(np.diff(fewer.times_us) > 0)
    assert np.isnan(fewer.values).any() == np.isnan(values).any()
    if np.isfinite(values).any():
        assert np.nanmin(fewer.values) == np.nanmin(values)
        assert np.nanmax(fewer.values) == np.nanmax(values)


def test_that_summaries_draw_minimum_and_maximum():
    drawn = curve_of_summaries([summarise(_series())], SECOND)
    assert drawn.values.tolist() == [_series().value.min(), _series().value.max()]
    assert curve_of_summaries([], SECOND).values.size == 0


def _summary(start_s, end_s):
    return Summary(START + start_s * SECOND, START + end_s * SECOND, 9, 1.0, 2.0, 9.0, 9, 0)


def test_that_a_silence_between_summaries_is_a_gap():
    pieces = [_summary(0, 600), _summary(100, 200), _summary(601, 900), _summary(2000, 2100)]
    drawn = curve_of_summaries(pieces, 5 * SECOND)
    (gap,) = np.flatnonzero(np.isnan(drawn.values))
    assert drawn.times_us[gap] == START + 905 * SECOND
    assert drawn.qualities[gap] == Quality.STALE


@pytest.mark.parametrize(("begins_s", "gaps"), [(903, 0), (905, 0), (906, 1), (4000, 1)])
def test_that_a_silence_between_two_curves_is_a_gap(begins_s, gaps):
    before = curve_of_summaries([_summary(0, 900)], 5 * SECOND)
    after = curve_of_summaries([_summary(begins_s, begins_s + 9)], 5 * SECOND)
    whole = joined(before, after, 5 * SECOND)
    assert np.isnan(whole.values).sum() == gaps
    assert np.all(np.diff(whole.times_us) > 0)
    nothing = curve_of_summaries([], SECOND)
    assert joined(nothing, after, SECOND).times_us.size == after.times_us.size
