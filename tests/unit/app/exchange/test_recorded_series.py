import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.recorded_series import SeriesError, read_series

ROWS = [[1.5, 20.0], [1.25, 21.0], [1.75, 19.5]]


def _table(separator=",", number=str, head=("time", "PI-1", "TI-1", "anomaly")):
    lines = [separator.join(head)] if head else []
    for i, row in enumerate(ROWS):
        lines.append(separator.join([f"2026-01-01 00:00:0{i}", *map(number, row), "0.0"]))
    return "\n".join(lines).encode()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_that_the_separator_is_found_and_time_and_labels_are_left_out(separator):
    series = read_series(_table(separator))
    assert series.keys == ("PI-1", "TI-1")
    assert series.values.tolist() == ROWS


def test_that_decimal_commas_are_read():
    series = read_series(_table(";", lambda v: str(v).replace(".", ",")))
    assert series.values.tolist() == ROWS


def test_that_a_table_of_blanks_without_header_is_read():
    series = read_series(b"  1.5   2.0\n 1.25e0  -3\n\n")
    assert series.keys == ("v1", "v2")
    assert series.values.tolist() == [[1.5, 2.0], [1.25, -3.0]]


def test_that_chinese_headers_in_gb18030_and_a_bom_are_read():
    text = "时间,压力,温度\n1,2.5,3\n2,2.6,3.5\n"
    for content in (text.encode("gb18030"), text.encode("utf-8-sig"), text.encode("utf-16")):
        assert read_series(content).keys == ("压力", "温度")


def test_that_missing_readings_and_words_among_numbers_are_nan():
    series = read_series(b"a,b\n1,2\n,Bad\n3,inf\n4,5\n")
    assert np.isnan(series.values[1]).all()
    assert np.isnan(series.values[2, 1])


def test_that_states_dates_and_running_numbers_are_no_measurements():
    series = read_series(b"n,when,x,state\n1,a,5,open\n2,b,5,shut\n3,c,6,open\n4,d,5,open\n")
    assert series.keys == ("x",)


def test_that_two_columns_of_one_name_are_told_apart():
    assert read_series(b"x,x\n1,2\n1,3\n").keys == ("x", "x (2)")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "nothing"),
        (b"a,b\n", "header without rows"),
        (b"a,b\n1,2\n1,2,3\n", "line 3: 3 cells"),
        (b"a,b\nx,y\n", "no column of numbers"),
    ],
)
def test_that_what_is_no_series_is_refused_with_its_place(content, what):
    with pytest.raises(SeriesError, match=what):
        read_series(content)


@given(st.binary(max_size=200))
def test_that_any_bytes_are_read_or_refused(content):
    try:
        series = read_series(content)
    except SeriesError:
        return
    assert series.values.shape[1] == len(series.keys)
