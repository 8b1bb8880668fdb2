"""MQTT payloads: what is taken, what is refused, and that nothing raises."""

import math

import msgspec
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.gateway.payloads import MalformedError, PayloadDecoder, TopicTemplate
from models.telemetry.samples import concat
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import SECOND, START, tag

TAGS = TagTable([tag("A"), tag("B"), tag("C", topic="plant/x")])
NOW = START


def _decoder(*templates):
    return PayloadDecoder(TAGS, [TopicTemplate(t) for t in templates or ("muster/{tag}",)])


def _one(payload, topic="muster/A"):
    batch = _decoder().decode(topic, payload, NOW)
    return (
        int(batch.tag[0]), int(batch.source_us[0]), float(batch.value[0]), int(batch.quality[0]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (b"12.5", (0, NOW, 12.5, 0)),
        (b" 7 ", (0, NOW, 7.0, 0)),
        (b"true", (0, NOW, 1.0, 0)),
        (b'{"v": 3}', (0, NOW, 3.0, 0)),
        (b'{"ts": 1799999999000, "v": 3.5}', (0, NOW - SECOND, 3.5, 0)),
        (b'{"ts": "2027-01-15T07:59:59Z", "v": 1, "q": 1}', (0, NOW - SECOND, 1.0, 1)),
        (b'{"ts": "2027-01-15T15:59:59+08:00", "v": 1}', (0, NOW - SECOND, 1.0, 0)),
        (b'{"v": 1, "q": "bad"}', (0, NOW, 1.0, 2)),
        (b'{"v": 1, "q": "odd"}', (0, NOW, 1.0, 2)),
        (b'{"v": 1, "q": 77}', (0, NOW, 1.0, 2)),
        (b'{"v": false}', (0, NOW, 0.0, 0)),
    ],
)
def test_that_single_values_are_taken(payload, expected):
    assert _one(payload) == expected


@pytest.mark.parametrize(
    "stamp", ["1", "99999999999999999999", '"2027-01-15T07:59:59"', '"noon"', "-5"]
)
def test_that_a_wrong_clock_costs_no_alarm(stamp):
    payload = f'{{"ts": {stamp}, "v": 9}}'.encode()
    assert _one(payload) == (0, NOW, 9.0, 1)


def test_that_a_null_is_a_reading_without_value():
    assert math.isnan(_one(b'{"v": null}')[2])


@pytest.mark.parametrize(
    "payload",
    [b"", b"abc", b"nan", b"{", b"[1]", b'{"x": 1}', b'{"v": "1"}', b"\xff\xfe", b'"5"', b"null"],
)
def test_that_what_is_no_value_is_refused(payload):
    with pytest.raises(MalformedError):
        _one(payload)


def test_that_a_tag_s_own_topic_goes_first():
    assert _one(b"1", "plant/x")[0] == 2
    with pytest.raises(MalformedError, match="no tag"):
        _one(b"1", "muster/unknown")


def _columns(**fields):
    return _decoder().decode("any/topic", msgspec.json.encode(fields), NOW)


def test_that_column_batches_are_taken():
    batch = _columns(
        ts0=1_799_999_999_000, dt=10, tags=["A", "?", "B"], values=[1, 2, None], quality=[0, 0, 9]
    )
    assert batch.tag.tolist() == [0, 1]
    assert batch.source_us.tolist() == [NOW - SECOND, NOW - SECOND + 20_000]
    assert batch.quality.tolist() == [0, 2]
    assert math.isnan(batch.value[1])


def test_that_one_tag_may_bring_many_values_with_their_times():
    batch = _columns(tags=["B"], values=[1, 2], ts=[1_799_999_998_000, "2027-01-15T07:59:59Z"])
    assert batch.tag.tolist() == [1, 1]
    assert batch.source_us.tolist() == [NOW - 2 * SECOND, NOW - SECOND]


def test_that_columns_without_a_time_are_of_now_and_a_wrong_one_is_doubtful():
    assert _columns(tags=["A"], values=[1]).source_us.tolist() == [NOW]
    batch = _columns(tags=["A"], values=[1], ts0="nonsense")
    assert (batch.source_us.tolist(), batch.quality.tolist()) == ([NOW], [1])


@pytest.mark.parametrize(
    "fields",
    [
        {"tags": ["A", "B"], "values": [1]},
        {"tags": ["A"], "values": [1], "ts": [1, 2]},
        {"tags": ["A"], "values": [1], "quality": []},
        {"tags": ["?"], "values": [1]},
        {"tags": [], "values": []},
        {"tags": ["A"], "values": [1], "dt": 1e300},
        {"tags": "A", "values": [1]},
    ],
)
def test_that_columns_that_make_no_sense_are_refused(fields):
    with pytest.raises(MalformedError):
        _columns(**fields)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["v", "ts", "q", "tags", "values", "ts0", "dt", "quality"]), inner
        )
    ),
    max_leaves=12,
)
_columns_like = st.fixed_dictionaries(
    {
        "tags": st.lists(st.sampled_from(["A", "B", "?"]), max_size=4),
        "values": st.lists(_json, max_size=4),
    },
    optional={"ts0": _json, "dt": _json, "ts": st.lists(_json, max_size=4), "quality": _json},
)


@settings(max_examples=1500)
@given(st.binary(max_size=80) | (_json | _columns_like).map(msgspec.json.encode))
@example(b'{"tags":["A"],"values":[1],"ts0":1e14,"dt":0.1}')
@example(b'{"tags":["A"],"values":[1],"quality":[99999999999999999999]}')
@example(b"1e999")
@example(b'{"v": 1, "ts": 1' + b"0" * 400 + b"}")
@example(b'{"v": 1' + b"0" * 400 + b"}")
@example(b'{"tags":["A"],"values":[1],"quality":[-9223372036854775808]}')
def test_that_no_payload_raises_anything_but_malformed(payload):
    for topic in ("muster/A", "plant/x"):
        try:
            batch = _decoder().decode(topic, payload, NOW)
        except MalformedError:
            continue
        assert batch.tag.size == batch.value.size == batch.quality.size == batch.source_us.size


@pytest.mark.parametrize(
    ("template", "subscription", "topic", "key"),
    [
        ("muster/{tag}", "muster/+", "muster/A", "A"),
        ("park/{plant}/{tag}/pv", "park/+/+/pv", "park/7/A/pv", "A"),
        ("park/{plant}/{tag}/pv", "park/+/+/pv", "park/7/A/sp", None),
        ("muster/#", "muster/#", "muster/x/y/A", "A"),
        ("muster/#", "muster/#", "other/A", None),
        ("a.b/+", "a.b/+", "axb/A", None),
        ("#", "#", "x/A", "A"),
    ],
)
def test_that_templates_name_the_tag(template, subscription, topic, key):
    made = TopicTemplate(template)
    assert made.subscription == subscription
    assert made.tag_key(topic) == key


@pytest.mark.parametrize("template", ["a/x{tag}", "a+/b", "a/#/b", "a/{}"])
def test_that_templates_that_make_no_sense_are_refused(template):
    with pytest.raises(ValueError, match="template"):
        TopicTemplate(template)


_STAMPS = st.one_of(
    st.none(), st.floats(), st.integers(-(2**70), 2**70), st.text(max_size=8),
    st.integers(START // 1000 - 10**6, START // 1000 + 1000),
)  # fmt: skip
_MESSAGES = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {
                "tags": st.lists(st.sampled_from(["A", "B", "C", "?"]), max_size=3),
                "values": st.lists(st.one_of(st.floats(-1e9, 1e9), st.none()), max_size=3),
            },
            optional={
                "ts0": _STAMPS, "dt": st.sampled_from([0, 1, -2.5, 1e9]),
                "quality": st.lists(st.integers(-2, 300), max_size=3),
                "ts": st.lists(_STAMPS.filter(lambda s: s is not None), max_size=3),
            },
        ),
        st.floats(-1e6, 1e6),
    ),
    max_size=6,
)  # fmt: skip


@given(_MESSAGES)
def test_that_a_lot_is_what_its_messages_are_one_by_one(messages):
    payloads = [msgspec.json.encode(message) for message in messages]
    lot, apart, refused = _decoder().lot(NOW), [], []
    taken = [lot.take("muster/A", payload) for payload in payloads]
    for payload in payloads:
        try:
            apart.append(_decoder().decode("muster/A", payload, NOW))
            refused.append("")
        except MalformedError as error:
            refused.append(str(error))
    assert taken == refused
    together, each = concat(lot.batches()), concat(apart)
    for name in ("tag", "source_us", "arrival_us", "value", "quality"):
        np.testing.assert_array_equal(getattr(together, name), getattr(each, name))


def test_that_equal_steps_and_one_tag_for_all_make_times():
    lot = _decoder().lot(NOW)
    first = START // 1000 - 60_000
    for tags, values, dt in ((["A"], [1, 2, 3], 500), (["A", "B"], [4, 5], 0)):
        body = {"ts0": first, "dt": dt, "tags": tags, "values": values, "quality": [0, 1, 2]}
        body["quality"] = body["quality"][: len(values)]
        assert lot.take("muster/x", msgspec.json.encode(body)) == ""
    (batch,) = lot.batches()
    at = [START - 60 * SECOND + i for i in (0, 500_000, 1_000_000, 0, 0)]
    assert batch.source_us.tolist() == at
    assert batch.tag.tolist() == [0, 0, 0, 0, 1]
    assert batch.quality.tolist() == [0, 1, 2, 0, 1]
    assert lot.clocks({}, SECOND) == {"muster": 59 * SECOND}
    assert lot.clocks({"muster": NOW - SECOND + 1}, SECOND) == {}
