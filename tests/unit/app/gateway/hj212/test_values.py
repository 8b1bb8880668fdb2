"""What a frame measures: times, factors, flags."""

import math

import pytest

from app.gateway.hj212.frame import decode, encode
from app.gateway.hj212.values import data_time_us, item, readings
from models.telemetry.ports import Quality


def frame(cn, content):
    return decode(encode(f"ST=31;CN={cn};MN=M1;Flag=4;CP=&&{content}&&"))


@pytest.mark.parametrize(
    ("text", "moment_us"),
    [
        ("20160801085857", 1_470_013_137_000_000),
        ("20160801085857250", 1_470_013_137_250_000),
        ("20160801", None),
        ("20161301085857", None),
        ("2016080108585x", None),
        ("20160801085857x", None),
        ("20160801085857xyz", None),
        ("٢٠١٦٠٨٠١٠٨٥٨٥٧", None),
        ("00000801085857", None),
        ("", None),
    ],
)
def test_that_times_are_beijing_time(text, moment_us):
    assert data_time_us(text) == moment_us


@pytest.mark.parametrize(
    ("flag", "quality"),
    [
        *zip("NSTFMDCB", (0, 1, 1, 2, 2, 2, 2, 2), strict=True),
        ("?", Quality.UNCERTAIN),
    ],
)
def test_that_a_flag_is_the_quality_of_its_factor(flag, quality):
    (reading, other) = readings(frame("2011", f"a1-Flag={flag},a1-Rtd=2.5;a2-Rtd=1").fields)
    assert (reading.code, reading.value, reading.quality) == ("a1", 2.5, quality)
    assert other.quality == Quality.GOOD


def test_that_a_value_that_is_no_number_is_bad():
    (reading,) = readings(frame("2011", "DataTime=20200101000000;a1-Rtd=--,a1-Flag=N").fields)
    assert math.isnan(reading.value)
    assert reading.quality == Quality.BAD


@pytest.mark.parametrize(
    ("cn", "content", "items"),
    [
        ("2011", "a1-Rtd=1,a1-ZsRtd=2,a1-Flag=N", ["a1", "a1/ZsRtd"]),
        ("2051", "a1-Avg=1,a1-Max=2", ["a1/minute/Avg", "a1/minute/Max"]),
        ("2061", "a1-Cou=1", ["a1/hour/Cou"]),
        ("2031", "a1-Min=1", ["a1/day/Min"]),
        ("2021", "SB1-RS=1", ["SB1/RS"]),
    ],
)
def test_that_summaries_have_addresses_of_their_own(cn, content, items):
    told = frame(cn, content)
    assert [item(told, reading) for reading in readings(told.fields)] == items
