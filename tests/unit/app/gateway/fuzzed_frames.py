"""Whole frames with odd contents, by decoder: right in form, whatever stands inside."""

import json

from hypothesis import strategies as st

from app.gateway.binary_batch import packed
from app.gateway.hj212.frame import encode
from tests.unit.app.gateway.sparkplug_build import metric, payload

_NOW_MS = 1_800_000_000_000
_KEYS = st.sampled_from(["A", "A", "B", "?", ""])
_VALUES = st.one_of(
    st.floats(), st.floats(-100, 100), st.integers(-(2**70), 2**70), st.booleans(), st.none()
)
_STAMPS = st.one_of(
    st.integers(_NOW_MS - 100_000, _NOW_MS), st.floats(), st.integers(),
    st.datetimes().map(lambda at: at.isoformat()), st.datetimes().map(lambda at: f"{at}Z"),
    st.text(max_size=5),
)  # fmt: skip
_SINGLES = st.fixed_dictionaries(
    {"v": _VALUES},
    optional={"ts": _STAMPS, "q": st.one_of(st.integers(), st.sampled_from(["good", "bad", "x"]))},
)


@st.composite
def _columns(draw):
    values = draw(st.lists(_VALUES, min_size=1, max_size=6))
    size = st.sampled_from([len(values)] * 9 + [1, 7])

    def column(of):
        n = draw(size)
        return draw(st.lists(of, min_size=n, max_size=n))

    made = {"tags": column(_KEYS), "values": values}
    for name, of in (("ts", _STAMPS), ("quality", st.integers(-1, 5))):
        if draw(st.booleans()):
            made[name] = column(of)
    if draw(st.booleans()):
        made["ts0"] = draw(_STAMPS)
        made["dt"] = draw(st.one_of(st.integers(-1000, 1000), st.floats()))
    return made


@st.composite
def _batches(draw):
    keys = draw(st.lists(_KEYS, min_size=1, max_size=4))
    n = draw(st.integers(1, 8))

    def column(of):
        return draw(st.lists(of, min_size=n, max_size=n))

    last = len(keys) - (draw(st.integers(0, 9)) > 0)  # now and then one place too many
    times = st.one_of(st.integers(_NOW_MS * 1000 - 10**6, _NOW_MS * 1000),
                      st.integers(-(2**63), 2**63 - 1))  # fmt: skip
    narrow = draw(st.booleans())
    return packed(
        keys, column(st.integers(0, last)), column(times),
        column(st.floats(width=32 if narrow else 64)),
        column(st.integers(0, 255)) if draw(st.booleans()) else None, narrow=narrow,
    )  # fmt: skip


_SPARKPLUG_VALUES = st.one_of(
    st.fixed_dictionaries({"int_value": st.integers(0, 2**32 - 1)}),
    st.fixed_dictionaries({"long_value": st.integers(0, 2**64 - 1)}),
    st.fixed_dictionaries({"float_value": st.floats(width=32)}),
    st.fixed_dictionaries({"double_value": st.floats()}),
    st.fixed_dictionaries({"boolean_value": st.booleans()}),
    st.fixed_dictionaries({"string_value": st.binary(max_size=6)}),
    st.just({}),
)
_METRICS = st.builds(
    lambda name, alias, at_ms, quality, value, kind: metric(
        name, alias, at_ms, quality, **value, **kind
    ),
    st.sampled_from(["A", "B", "bdSeq", "Node Control/Rebirth", ""]),
    st.one_of(st.none(), st.integers(0, 4)),
    st.one_of(st.none(), st.integers(_NOW_MS - 1000, _NOW_MS), st.integers(0, 2**64 - 1)),
    st.one_of(st.none(), st.sampled_from([0, 192, 500, 7])),
    _SPARKPLUG_VALUES,
    st.one_of(st.just({}), st.fixed_dictionaries({"datatype": st.integers(0, 40)})),
)
_WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)
_FIELDS = st.tuples(
    st.one_of(st.sampled_from(["DataTime", "a1-Rtd", "a1-Flag", "w1-Avg", "LA-Min"]), _WORDS),
    st.one_of(st.sampled_from(["20270115080000", "N", "D", "1.5", "-", ""]), _WORDS,
              st.floats().map(str)),
).map("=".join)  # fmt: skip
_SEGMENTS = st.tuples(
    st.sampled_from(["QN=20270115080000001", "QN=1", "QN=", "MN=A"]),
    st.sampled_from(["ST=31;CN=2011", "ST=22;CN=2051;PNUM=2;PNO=1", "CN=2061", "CN=x"]),
    st.one_of(st.sampled_from(["Flag=5", "Flag=8", "Flag=-1", "PW=1"]), _WORDS),
    st.lists(_FIELDS, max_size=5).map(lambda fields: f"CP=&&{';'.join(fields)}&&"),
).map(";".join)
_NUMBERS = st.one_of(
    st.integers(0, 255), st.integers(0, 9), st.none(), st.integers(0, 2**64 - 1)
)  # fmt: skip
WHOLE = {
    "hj212": _SEGMENTS.map(encode),
    "json": st.one_of(_VALUES, _SINGLES, _columns()).map(lambda made: json.dumps(made).encode()),
    "binary": _batches(),
    "sparkplug": st.builds(
        lambda seq, metrics, at_ms: payload(seq, *metrics, at_ms=at_ms),
        _NUMBERS, st.lists(_METRICS, max_size=4), st.one_of(_NUMBERS, st.just(_NOW_MS)),
    ),
}  # fmt: skip
