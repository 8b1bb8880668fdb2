"""Binary batches: what is packed comes back, what is cut or wrong is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.gateway.binary_batch import packed
from app.gateway.payloads import MalformedError, PayloadDecoder, TopicTemplate
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import SECOND, START, tag

DECODER = PayloadDecoder(TagTable([tag("A"), tag("温度")]), [TopicTemplate("m/{tag}")])


def decode(payload):
    return DECODER.decode("any", payload, START)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2), st.integers(-10 * SECOND, SECOND), st.floats(width=32),
            st.integers(0, 255),
        ),
        min_size=1, max_size=30,
    ),
    st.booleans(), st.booleans(),
)  # fmt: skip
def test_that_what_is_packed_comes_back(rows, narrow, with_quality):
    place, ago, value, quality = (np.array(column) for column in zip(*rows, strict=True))
    payload = packed(
        ["A", "温度", "nobody"], place, START + ago, value, quality if with_quality else None,
        narrow=narrow,
    )  # fmt: skip
    known = place < 2
    if not known.any():
        with pytest.raises(MalformedError, match="none of the tags"):
            decode(payload)
        return
    batch = decode(payload)
    assert batch.tag.tolist() == place[known].tolist()
    assert batch.source_us.tolist() == (START + ago)[known].tolist()
    np.testing.assert_array_equal(batch.value, value[known])
    expected = np.where(quality > 3, 2, quality)[known] if with_quality else 0
    assert (batch.quality == expected).all()
    assert (batch.arrival_us == START).all()


def test_that_wrong_times_are_the_arrival_and_uncertain():
    batch = decode(packed(["A"], [0, 0], [1, START], [1.0, 2.0]))
    assert batch.source_us.tolist() == [START, START]
    assert batch.quality.tolist() == [1, 0]


def test_that_every_cut_is_refused():
    payload = packed(["A", "温度"], [0, 1], [START, START], [1.0, 2.0], [0, 0])
    for end in range(4, len(payload)):
        with pytest.raises(MalformedError):
            decode(payload[:end])
    with pytest.raises(MalformedError, match="bytes behind the keys"):
        decode(payload + b"x")


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (packed(["A"], [1], [START], [1.0]), "tag 1 of 1"),
        (packed(["A"], [], [], []), "no values"),
        (packed([], [], [], []), "no values"),
        (packed(["A"], [0], [START], [1.0])[:4] + b"\x08" + b"\x00" * 6, "unknown flags 0x8"),
        (b"MSB1\x00\x01\x00\x02\x00\xff\xfe\x00\x00\x00\x00", "utf-8"),
    ],
)
def test_that_what_makes_no_sense_is_refused_with_its_reason(payload, why):
    with pytest.raises(MalformedError, match=why):
        decode(payload)
