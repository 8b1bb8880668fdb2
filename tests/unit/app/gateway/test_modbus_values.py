"""Registers to values: types, byte orders, scaling; requests as few as possible."""

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.gateway.modbus import blocks, value_of, width
from app.source_settings import Register

ORDERS = ("ABCD", "CDAB", "BADC", "DCBA")


def sent(data, order):
    """Return the registers by the meaning of the letters: where each byte of a value goes."""
    placed = bytes(data["ABCD".index(letter)] for letter in order)
    return list(struct.unpack(">HH", placed))


@pytest.mark.parametrize("order", ORDERS)
@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_that_every_byte_order_gives_the_float(order, value):
    words = sent(struct.pack(">f", value), order)
    assert value_of(words, Register(address=0, type="float32", order=order)) == value


@pytest.mark.parametrize("order", ORDERS)
@given(st.integers(-(2**31), 2**31 - 1))
def test_that_every_byte_order_gives_the_whole_number(order, value):
    words = sent(struct.pack(">i", value), order)
    assert value_of(words, Register(address=0, type="int32", order=order)) == value


@pytest.mark.parametrize(
    ("words", "register", "value"),
    [
        ([0xFFFE], Register(address=0, type="int16"), -2),
        ([0x1234], Register(address=0, order="BADC"), 0x3412),
        ([1000], Register(address=0, scale=0.1, offset=-40), 60),
        ([0b100], Register(address=0, bit=2), 1),
        ([0b100], Register(address=0, type="bool", bit=3), 0),
        ([True], Register(address=0, table="coil"), 1),
        ([0, 0, 0, 5], Register(address=0, type="uint64"), 5),
        ([5, 0, 0, 0], Register(address=0, type="int64", order="CDAB"), 5),
        ([0x4009, 0x21FB, 0x5444, 0x2D18], Register(address=0, type="float64"), math.pi),
    ],
)
def test_that_types_are_read(words, register, value):
    assert len(words) == width(register)
    assert value_of(words, register) == pytest.approx(value, rel=1e-15)


def test_that_no_number_is_nan():
    assert math.isnan(value_of([0x7FC0, 0], Register(address=0, type="float32")))


def test_that_neighbours_are_read_at_once():
    asked = blocks(
        {
            "a": Register(address=0),
            "b": Register(address=1, type="float32"),
            "c": Register(address=10),
            "far": Register(address=200),
            "coil": Register(address=0, table="coil"),
            **{f"n{i}": Register(address=1000 + i) for i in range(126)},
        }
    )
    assert [(b.table, b.address, b.size) for b in asked] == [
        ("coil", 0, 1),
        ("holding", 0, 11),
        ("holding", 200, 1),
        ("holding", 1000, 125),
        ("holding", 1125, 1),
    ]
    assert sum(len(b.members) for b in asked) == 131
