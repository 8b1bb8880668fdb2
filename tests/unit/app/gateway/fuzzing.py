"""Fuzzed frames for every decoder: random bytes, and good frames, odd inside or changed."""

import time
from collections import Counter

from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import struct_from_binary, struct_to_binary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.gateway.binary_batch import packed
from app.gateway.hj212.frame import FrameError, decode, encode
from app.gateway.hj212.stream import FrameStream
from app.gateway.hj212.values import data_time_us, readings
from app.gateway.modbus import value_of, width
from app.gateway.opcua.lengths import bound_arrays
from app.gateway.opcua.values import confirmed, reported
from app.gateway.payloads import MalformedError, PayloadDecoder, TopicTemplate
from app.gateway.sparkplug import frame as sparkplug
from app.gateway.sparkplug.state import SparkplugState
from app.source_settings import Register
from models.telemetry.samples import cleaned
from models.telemetry.tags import TagTable
from tests.unit.app.gateway.fuzzed_frames import WHOLE
from tests.unit.app.gateway.sparkplug_build import metric, payload
from tests.unit.models.telemetry.build import START, tag

LEAST_UNDERSTOOD = 0.2  # of the frames: what is refused at the door tries little of a decoder
SLOW_S = 1.0  # of the processor: a loaded machine is no hang
bound_arrays()  # as a session does
TAGS = TagTable([tag("A"), tag("B")])
_SEEDS = {
    "hj212": [
        encode("QN=1;ST=31;CN=2011;MN=M;Flag=5;CP=&&DataTime=20270115080000;a1-Rtd=1.5,a1-Flag=N&&"),
        encode("QN=1;CN=2051;MN=M;Flag=9;PNUM=2;PNO=1;CP=&&DataTime=20270115080000;a1-Avg=1&&"),
    ],
    "json": [
        b"12.5", b'{"v": 1.5, "ts": 1799999999000, "q": "bad"}',
        b'{"tags": ["A", "B"], "values": [1, 2.5], "ts0": 1799999999000, "quality": [0, 1]}',
        b'{"tags": ["A"], "values": [1, null, 3], "ts0": "2027-01-15T07:59:59Z", "dt": 100}',
    ],
    "binary": [packed(["A", "B", "?"], [0, 1, 2], [START] * 3, [1.0, 2.0, 3.0], [0, 1, 9])],
    "sparkplug": [
        payload(0, metric("bdSeq", long_value=1), metric("A", 1, double_value=1.5, quality=192)),
        payload(1, metric(alias=1, int_value=7), metric("B", string_value=b"x"), at_ms=1),
    ],
    "opcua": [
        struct_to_binary(ua.DataValue(ua.Variant(1.5), ua.StatusCode(0))),
        struct_to_binary(ua.DataValue(ua.Variant([1, 2]), ua.StatusCode(0x80000000))),
    ],
    "modbus": [b"\x41\xc8\x00\x00\x00\x00\x00\x00"],
}  # fmt: skip
DECODERS = tuple(_SEEDS)
_REGISTERS = [
    Register(address=0, type=kind, order=order)
    for kind in ("int16", "uint32", "int64", "uint64", "float32", "float64")
    for order in ("ABCD", "CDAB", "BADC", "DCBA")
]
_TOPICS = ["/".join(("spBv1.0", "G", kind, "N")) + "/D" * (kind[0] == "D")
           for kind in sparkplug.KINDS]  # fmt: skip


def frames(name):
    """Return a strategy of frames: anything, a whole one, or one with bytes changed or cut."""
    edits = st.lists(
        st.tuples(st.integers(0, 2**16), st.integers(0, 255), st.sampled_from("sdix")), max_size=6
    )
    changed = st.tuples(st.sampled_from(_SEEDS[name]), edits).map(_changed)
    if name == "hj212":  # with a right length and check sum what stands inside is looked at
        few = changed.map(lambda raw: encode(bytes(b & 0x7F for b in raw[6:-6]).decode()))
        return st.one_of(st.binary(max_size=200), changed, few, WHOLE[name])
    if name in WHOLE:
        few = st.tuples(WHOLE[name], edits.map(lambda made: made[:1])).map(_changed)
        return st.one_of(st.binary(max_size=200), changed, few, WHOLE[name])
    return st.one_of(st.binary(max_size=200), changed)


def _changed(drawn):
    seed, edits = drawn
    data = bytearray(seed)
    for place, byte, how in edits:
        at = place % (len(data) + 1)
        if how == "s":
            data[at : at + 1] = bytes([byte])
        elif how == "d":
            del data[at : at + 1 + byte % 8]
        elif how == "i":
            data[at:at] = bytes([byte]) * (1 + byte % 4)
        else:
            data[at:at] = data[:at]
    return bytes(data[:4096])


class Decoders:
    """One of each; what they say of a frame is True (understood) or False (refused)."""

    def __init__(self):
        self.payloads = PayloadDecoder(TAGS, [TopicTemplate("#")])
        self.number = 0

    def take(self, name, data):
        self.number += 1
        return getattr(self, f"_{name}")(data)

    def _hj212(self, data):
        stream = FrameStream()
        list(stream.feed(data[: self.number % 40]))
        list(stream.feed(data[self.number % 40 :]))
        try:
            frame = decode(data)
        except FrameError:
            return False
        readings(frame.fields)
        data_time_us(frame.fields.get("DataTime", ""))
        return True

    def _json(self, data):
        try:
            cleaned(self.payloads.decode("A", data, START), TAGS.wide)
        except MalformedError:
            return False
        return True

    _binary = _json

    def _sparkplug(self, data):
        topic = _TOPICS[self.number % len(_TOPICS)]
        nodes = SparkplugState()
        for birth in _TOPICS[0::3]:
            nodes.take(sparkplug.decode(birth, _SEEDS["sparkplug"][0]), START)
        try:
            nodes.take(sparkplug.decode(topic, data), START)
        except sparkplug.SparkplugError:
            return False
        return True

    def _opcua(self, data):
        try:
            value = struct_from_binary(ua.DataValue, Buffer(data))
        except Exception:
            return False
        reported(value, START)
        confirmed(value, START)
        return True

    def _modbus(self, data):
        register = _REGISTERS[self.number % len(_REGISTERS)]
        padded = data.ljust(8, b"\0")
        words = [padded[i] << 8 | padded[i + 1] for i in range(0, 2 * width(register), 2)]
        value_of(words, register)
        return True


def fuzz(name, frames_wanted):
    """Decode so many frames; return how many were understood and refused. Raises on a crash."""
    counts = Counter()
    decoders = Decoders()

    @settings(
        max_examples=frames_wanted, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(frames(name))
    def run(data):
        began_s = time.thread_time()
        understood = decoders.take(name, data)
        took_s = time.thread_time() - began_s
        assert took_s < SLOW_S, f"{name}: {took_s:.1f} s for {data!r}"
        counts["understood" if understood else "refused"] += 1

    run()
    return counts
