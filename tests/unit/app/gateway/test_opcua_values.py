"""What a DataValue of OPC UA becomes."""

import math
import time
from datetime import UTC, datetime, timedelta

import pytest
from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import struct_from_binary, struct_to_binary
from asyncua.ua.uaerrors import UaError
from hypothesis import given
from hypothesis import strategies as st

from app.gateway.opcua.lengths import bound_arrays
from app.gateway.opcua.values import (
    code_of,
    confirmed,
    is_overflow,
    moment_us,
    number_of,
    quality_of,
    reported,
)
from models.telemetry.ports import Quality
from tests.unit.models.telemetry.build import SECOND, START

NOW = datetime.fromtimestamp(START / 1e6, UTC)


def data(value=1.0, code=0, source=None, server=None):
    return ua.DataValue(
        ua.Variant(value), ua.StatusCode(code), SourceTimestamp=source, ServerTimestamp=server
    )


@pytest.mark.parametrize(
    ("code", "quality"),
    [
        (ua.StatusCodes.Good, Quality.GOOD),
        (ua.StatusCodes.GoodLocalOverride, Quality.GOOD),
        (ua.StatusCodes.UncertainSensorNotAccurate, Quality.UNCERTAIN),
        (ua.StatusCodes.UncertainLastUsableValue, Quality.STALE),
        (ua.StatusCodes.BadSensorFailure, Quality.BAD),
        (ua.StatusCodes.BadNodeIdUnknown, Quality.BAD),
        (0xC0000000, Quality.BAD),
    ],
)
def test_that_the_severity_is_the_quality(code, quality):
    assert quality_of(code) == quality
    assert reported(data(2.5, code), START) == (START, 2.5, quality)


@given(st.integers(0, 2**32 - 1))
def test_that_every_status_code_has_a_quality(code):
    assert (quality_of(code) == Quality.GOOD) == (code < 0x40000000)


@pytest.mark.parametrize(
    ("value", "number"), [(True, 1.0), (7, 7.0), (1.5, 1.5), ("7", math.nan), ([1.0], math.nan)]
)
def test_that_numbers_are_taken_and_the_rest_is_bad(value, number):
    assert number_of(data(value)) == pytest.approx(number, nan_ok=True)
    if math.isnan(number):
        assert reported(data(value), START)[2] == Quality.BAD


@pytest.mark.parametrize("value", [math.inf, math.nan])
def test_that_no_number_is_bad(value):
    assert reported(data(value), START)[2] == Quality.BAD


def test_that_no_value_no_status_and_no_time_are_understood():
    nothing = ua.DataValue(None, None)
    at_us, number, quality = reported(nothing, START)
    assert at_us == START
    assert math.isnan(number)
    assert quality == Quality.BAD
    assert code_of(nothing) == 0
    assert moment_us(None) is None
    assert moment_us(datetime(2027, 1, 15, 8, 0)) == START  # noqa: DTZ001 - without a zone it is UTC


def test_that_the_source_s_time_goes_before_the_server_s():
    source, server = NOW - timedelta(seconds=5), NOW - timedelta(seconds=1)
    assert reported(data(source=source, server=server), START)[0] == START - 5 * SECOND
    assert reported(data(server=server), START)[0] == START - SECOND


def test_that_an_impossible_time_is_the_arrival_and_uncertain():
    for wrong in (NOW + timedelta(days=3), datetime(1601, 1, 1, tzinfo=UTC)):
        assert reported(data(source=wrong), START) == (START, 1.0, Quality.UNCERTAIN)
    assert confirmed(data(source=NOW, server=NOW + timedelta(days=3)), START)[2] == 1


def test_that_a_reading_holds_as_of_the_reading():
    changed, read = NOW - timedelta(hours=5), NOW - timedelta(seconds=1)
    assert confirmed(data(source=changed, server=read), START) == (START - SECOND, 1.0, 0)
    # a server that gives the time of the change for both
    assert confirmed(data(source=changed, server=changed), START) == (START, 1.0, 0)
    assert confirmed(data(source=changed), START) == (START, 1.0, 0)


def test_that_an_overflow_of_the_server_s_queue_is_seen():
    assert is_overflow(0x0480)
    assert not is_overflow(0)
    assert not is_overflow(0x0400)


def test_that_an_array_longer_than_its_message_is_refused_at_once():
    """Fifty million nothings in twenty bytes, as the fuzzing found them."""
    bound_arrays()
    frame = bytes.fromhex("03c000000003c00000000000f83f0000000000")
    began_s = time.thread_time()
    with pytest.raises(UaError, match="50331648 elements"):
        struct_from_binary(ua.DataValue, Buffer(frame))
    assert time.thread_time() - began_s < 0.5
    whole = ua.DataValue(ua.Variant([1.5, 2.5, 3.5]))
    assert struct_from_binary(ua.DataValue, Buffer(struct_to_binary(whole))).Value.Value == [
        1.5, 2.5, 3.5
    ]  # fmt: skip
