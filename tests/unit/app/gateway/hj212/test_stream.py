"""A stream of bytes cut into frames, whatever pieces it comes in and whatever stands between."""

from hypothesis import given
from hypothesis import strategies as st

from app.gateway.hj212.frame import Frame, FrameError, encode
from app.gateway.hj212.stream import FrameStream

FRAMES = [encode(f"CN=2011;MN=M{i};CP=&&a1-Rtd={i}&&") for i in range(5)]
WRONG = FRAMES[0].replace(b"a1", b"a2")
TOO_LONG = FRAMES[0].replace(b"##00", b"##99")
TOO_SHORT = FRAMES[0].replace(b"##0029", b"##0009")


def mns(found):
    return [one.mn for one in found if isinstance(one, Frame)]


@given(st.lists(st.integers(1, 60), max_size=60))
def test_that_pieces_of_any_size_give_the_same_frames(sizes):
    stream, data, found = FrameStream(), b"".join(FRAMES), []
    for size in sizes:
        found += stream.feed(data[:size])
        data = data[size:]
    assert mns(found + stream.feed(data)) == ["M0", "M1", "M2", "M3", "M4"]


@given(
    st.lists(
        st.sampled_from([WRONG, TOO_LONG, TOO_SHORT, b"junk", b"##", b"####x", b"\r\n", b"##12"])
    )
)
def test_that_good_frames_survive_what_stands_between(broken):
    data = b"".join(bad + good for bad, good in zip([*broken, *[b""] * 5], FRAMES, strict=False))
    stream = FrameStream()
    found = stream.feed(data) + stream.feed(b"\r\n")
    assert mns(found) == ["M0", "M1", "M2", "M3", "M4"]


def test_that_broken_pieces_are_told():
    stream = FrameStream()
    found = stream.feed(b"noise" + WRONG + TOO_LONG + FRAMES[1])
    told = [str(one) for one in found if isinstance(one, FrameError)]
    assert ["bytes between" in told[0], "CRC" in told[1], "length" in told[2]] == [True] * 3


def test_that_a_missing_line_end_costs_nothing():
    found = FrameStream().feed(FRAMES[0][:-2] + FRAMES[1][:-2])
    assert mns(found) == ["M0", "M1"]


@given(st.binary(max_size=300))
def test_that_noise_is_not_held(noise):
    stream = FrameStream()
    stream.feed(noise.replace(b"#", b"."))
    assert len(stream._buffer) == 0
