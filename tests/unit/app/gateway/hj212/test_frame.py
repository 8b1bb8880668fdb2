"""Frames of HJ 212-2017: check sum, length, segment."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.gateway.hj212.crc import crc
from app.gateway.hj212.frame import FrameError, decode, encode

# HJ 212-2017, annex C
EXAMPLE = (
    b"##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;"
    b"CP=&&RtdInterval=30&&1C80\r\n"
)
DATA = "QN=20240102030405006;ST=31;CN=2011;PW=1;MN=M1;Flag=5;CP=&&"


def by_the_annex(data):
    """Annex A as printed: shift the register, XOR the byte, eight steps."""
    register = 0xFFFF
    for byte in data:
        register = (register >> 8) ^ byte
        for _ in range(8):
            low = register & 1
            register >>= 1
            if low:
                register ^= 0xA001
    return register


@given(st.binary(max_size=1200))
@example(b"")
@example(bytes(1024))
@example(b"\xff" * 9999)
def test_that_the_sum_is_that_of_the_annex(data):
    assert crc(data) == by_the_annex(data)


def test_that_the_standards_example_decodes():
    frame = decode(EXAMPLE)
    assert frame.crc == 0x1C80
    assert (frame.cn, frame.st, frame.mn) == ("1062", "32", "010000A8900016F000169DC0")
    assert frame.wants_answer
    assert frame.fields == {"RtdInterval": "30"}


def test_that_the_sum_may_be_in_small_letters_and_the_line_end_missing():
    assert decode(EXAMPLE[:-6] + b"1c80") == decode(EXAMPLE)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (EXAMPLE.replace(b"1C80", b"1C08"), "CRC: '1C08' given, 1C80 computed"),
        (EXAMPLE.replace(b"1C80", b"0x1C"), "CRC: '0x1C' given"),
        (EXAMPLE.replace(b"1C80", b"+1C8"), "CRC: '+1C8' given"),
        (EXAMPLE.replace(b"0101", b"0100"), "length: 0100 announced, 101 found"),
        (EXAMPLE.replace(b"##", b"#!"), "no frame"),
        (b"##00001", "no frame"),
        (b"", "no frame"),
        (b"##\xb2\xb2\xb2\xb2FFFF", "no frame"),
        (encode("ST=31;CN=2011"), "no CP"),
        (encode("CP=&&a=1"), "no CP"),
        (encode(DATA + "DataTime&&"), "no '='"),
        (encode("Flag=x;CP=&&&&"), "Flag: 'x' is no number"),
        (encode("PNO=99999;CP=&&&&"), "PNO: '99999' is no number"),
    ],
)
def test_that_a_bad_frame_is_refused_with_its_reason(raw, reason):
    with pytest.raises(FrameError, match=reason.replace("+", r"\+")):
        decode(raw)


def test_that_parts_of_a_split_message_say_so():
    frame = decode(encode("CN=2011;MN=M1;Flag=7;PNUM=3;PNO=2;CP=&&a=1&&"))
    assert (frame.packets, frame.packet, frame.flag) == (3, 2, 7)
    assert decode(encode("MN=M1;CP=&&&&")).flag == -1


def test_that_a_name_sent_twice_is_told():
    frame = decode(encode(DATA + "a1-Rtd=1;a2-Rtd=2;a1-Rtd=3;a1-Rtd=4&&"))
    assert frame.repeated == ("a1-Rtd",)
    assert frame.fields["a1-Rtd"] == "4"


def test_that_chinese_text_is_read_as_the_monitors_write_it():
    data = "CN=3020;CP=&&i1-Info=正常&&".encode("gb18030")
    raw = b"##%04d%s%04X" % (len(data), data, by_the_annex(data))
    assert decode(raw).fields == {"i1-Info": "正常"}


def test_that_too_long_a_segment_is_not_sent():
    with pytest.raises(ValueError, match="9999 at most"):
        encode("a" * 10_000)


@given(st.binary(max_size=60))
def test_that_any_bytes_are_decoded_or_refused(raw):
    for candidate in (raw, b"##%04d%s%04X" % (len(raw), raw, crc(raw))):
        with suppress(FrameError):
            assert decode(candidate).crc == crc(candidate[6:].removesuffix(b"\r\n")[:-4])
