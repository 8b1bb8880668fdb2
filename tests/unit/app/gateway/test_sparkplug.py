"""Sparkplug: births, aliases, sequence numbers, deaths, types and qualities."""

import asyncio
import math

import pytest

from app.gateway.sparkplug.frame import SparkplugError, decode, number
from app.gateway.sparkplug.rebirth import Rebirths
from app.gateway.sparkplug.state import SparkplugState
from tests.unit.app.gateway.sparkplug_build import metric, payload
from tests.unit.models.telemetry.build import SECOND, START

NODE = "spBv1.0/G/{}/N"
DEVICE = "spBv1.0/G/{}/N/D"
BIRTH = payload(
    0, metric("bdSeq", long_value=4), metric("level", 1, double_value=2.5), at_ms=START // 1000
)
DEVICE_BIRTH = payload(1, metric("gas", 2, float_value=1.5), metric("count", 3, int_value=7))


class Told(SparkplugState):
    def say(self, topic, kind, body):
        return [
            (r.device, r.metric, r.value, r.quality)
            for r in self.take(decode(topic.format(kind), body), START)
        ]


def born():
    state = Told()
    state.say(NODE, "NBIRTH", BIRTH)
    state.say(DEVICE, "DBIRTH", DEVICE_BIRTH)
    return state


def test_that_births_give_values_and_aliases_name_later_ones():
    state = Told()
    assert state.say(NODE, "NBIRTH", BIRTH) == [("", "level", 2.5, 0)]
    assert state.say(DEVICE, "DBIRTH", DEVICE_BIRTH) == [
        ("D", "gas", 1.5, 0), ("D", "count", 7.0, 0),
    ]  # fmt: skip
    assert state.say(NODE, "NDATA", payload(2, metric(alias=1, double_value=3.0))) == [
        ("", "level", 3.0, 0)
    ]
    data = payload(3, metric(alias=2, float_value=9.5), metric("count", int_value=8))
    assert state.say(DEVICE, "DDATA", data) == [("D", "gas", 9.5, 0), ("D", "count", 8.0, 0)]
    assert (state.alive, state.gaps, state.missing) == (1, 0, set())


def test_that_the_sequence_wraps():
    state = born()
    for seq in [*range(2, 256), 0, 1]:
        state.say(NODE, "NDATA", payload(seq, metric(alias=1, double_value=1.0)))
    assert state.gaps == 0


def test_that_after_a_gap_aliases_are_uncertain_until_the_next_birth():
    state = born()
    lost = payload(3, metric(alias=1, double_value=3.0), metric("level", double_value=4.0))
    assert state.say(NODE, "NDATA", lost) == [("", "level", 3.0, 1), ("", "level", 4.0, 0)]
    assert (state.gaps, state.missing) == (1, {("G", "N")})
    state.say(NODE, "NBIRTH", BIRTH)
    after = payload(1, metric(alias=1, double_value=3.0))
    assert state.say(NODE, "NDATA", after) == [("", "level", 3.0, 0)]
    assert state.missing == set()


def test_that_a_birth_gives_aliases_anew():
    state = born()
    state.say(NODE, "NBIRTH", payload(0, metric("other", 1, double_value=1.0)))
    assert state.say(NODE, "NDATA", payload(1, metric(alias=1, double_value=5.0))) == [
        ("", "other", 5.0, 0)
    ]
    # the device's birth hasn't come yet: its old alias means nothing now
    assert state.say(DEVICE, "DDATA", payload(2, metric(alias=2, float_value=5.0))) == []
    assert state.missing == {("G", "N")}


def test_that_an_alias_of_another_device_is_not_taken():
    state = born()
    assert state.say(DEVICE, "DDATA", payload(2, metric(alias=1, double_value=5.0))) == []


def test_that_a_device_s_second_birth_forgets_its_first():
    state = born()
    state.say(DEVICE, "DBIRTH", payload(2, metric("new", 9, double_value=1.0)))
    assert state.say(DEVICE, "DDATA", payload(3, metric(alias=2, float_value=5.0))) == []
    assert state._metrics == 3  # bdSeq, level, new


def test_that_a_death_makes_the_last_values_stale():
    state = born()
    assert state.say(DEVICE, "DDEATH", payload(2)) == [("D", "gas", 1.5, 3), ("D", "count", 7.0, 3)]
    earlier = payload(None, metric("bdSeq", long_value=3))
    assert state.say(NODE, "NDEATH", earlier) == []
    assert state.alive == 1
    died = state.say(NODE, "NDEATH", payload(None, metric("bdSeq", long_value=4)))
    assert died == [("", "level", 2.5, 3), ("D", "gas", 1.5, 3), ("D", "count", 7.0, 3)]
    assert state.alive == 0
    assert state.say(NODE, "NDEATH", payload(None)) == []
    with pytest.raises(SparkplugError, match="birth isn't known"):
        state.say(NODE, "NDATA", payload(3, metric(alias=1, double_value=5.0)))


def test_that_data_before_a_birth_is_refused_and_the_birth_missed():
    state = Told()
    with pytest.raises(SparkplugError, match="birth isn't known"):
        state.say(NODE, "NDATA", payload(5, metric("level", double_value=1.0)))
    assert state.missing == {("G", "N")}
    assert state.say(NODE, "NDEATH", payload(None)) == []


@pytest.mark.parametrize(
    ("value", "datatype", "expected"),
    [
        (255.0, 1, -1.0), (127.0, 1, 127.0), (2.0**32 - 1, 1, -1.0), (65535.0, 2, -1.0),
        (2.0**32 - 5, 3, -5.0), (2.0**31, 7, 2.0**31), (1.5, 9, 1.5), (1.0, 11, 1.0),
        (7.0, 0, 7.0), (1.0, 12, math.nan), (math.inf, 10, math.nan),
    ],
)  # fmt: skip
def test_that_numbers_are_what_their_type_means(value, datatype, expected):
    assert number(value, datatype) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("code", "quality"), [(192, 0), (500, 3), (0, 2), (64, 1), (216, 0), (128, 2), (None, 0)]
)
def test_that_the_quality_property_counts(code, quality):
    body = payload(0, metric("x", quality=code, double_value=1.0))
    assert Told().say(NODE, "NBIRTH", body) == [("", "x", 1.0, quality)]


def test_that_null_text_and_wrong_times_are_told():
    body = payload(
        0, metric("a", is_null=True, datatype=10), metric("b", string_value=b"x\xff"),
        metric("c", at_ms=1, double_value=1.0), metric("d", at_ms=2**63, double_value=1.0),
        metric("e", double_value=1.0), at_ms=START // 1000 - 2000,
    )  # fmt: skip
    readings = Told().take(decode(NODE.format("NBIRTH"), body), START)
    assert [r.quality for r in readings] == [2, 2, 1, 1, 0]
    assert math.isnan(readings[0].value)
    assert math.isnan(readings[1].value)
    assert [r.at_us for r in readings[2:]] == [START, START, START - 2 * SECOND]


@pytest.mark.parametrize(
    ("topic", "body", "why"),
    [
        ("spBv1.0/G/NBIRTH/N", b"\xff\xff", "no payload"),
        ("spBv1.0/G/NBIRTH/N", payload(None), "without a sequence number"),
        ("spBv1.0/G/NDATA/N", payload(256), "over 255"),
        ("spBv1.0/G/NBIRTH/N/D", BIRTH, "number of levels"),
        ("spBv1.0/G/DDATA/N", BIRTH, "number of levels"),
        ("spBv1.0/G/NCMD/N", BIRTH, "no topic"),
        ("spAv1.0/G/NBIRTH/N", BIRTH, "no topic"),
        ("spBv1.0//NBIRTH/N", BIRTH, "no topic"),
        ("spBv1.0", b"", "no topic"),
        ("spBv1.0/G/NBIRTH/N", payload(0, metric(alias=1, double_value=1.0)), "without a name"),
    ],
)
def test_that_what_makes_no_sense_is_refused_with_its_reason(topic, body, why):
    with pytest.raises(SparkplugError, match=why):
        Told().take(decode(topic, body), START)


def test_that_memory_is_bounded(monkeypatch):
    monkeypatch.setattr("app.gateway.sparkplug.state._MOST_NODES", 1)
    monkeypatch.setattr("app.gateway.sparkplug.state._MOST_METRICS", 4)
    state = born()
    with pytest.raises(SparkplugError, match="more than 1 nodes"):
        state.say("spBv1.0/G/{}/M", "NBIRTH", BIRTH)
    state.say(NODE, "NBIRTH", BIRTH)
    many = payload(1, *(metric(f"m{i}", double_value=1.0) for i in range(9)))
    with pytest.raises(SparkplugError, match="more than 4 metrics"):
        state.say(DEVICE, "DBIRTH", many)


def test_that_a_node_is_asked_at_most_twice_a_minute():
    sent = []

    class Client:
        async def publish(self, topic, body, qos):
            sent.append((topic, body, qos))

    rebirths, nodes = Rebirths(), {("G", "N")}
    assert rebirths.due(nodes, START) == [("G", "N")]
    asyncio.run(rebirths.ask(Client(), ("G", "N"), START))
    assert rebirths.due(nodes, START + 29 * SECOND) == []
    assert rebirths.due(nodes, START + 30 * SECOND) == [("G", "N")]
    ((topic, body, _),) = sent
    assert topic == "spBv1.0/G/NCMD/N"
    assert b"Node Control/Rebirth" in body
