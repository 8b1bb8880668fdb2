"""Frames of HJ 212-2017 per second, against the check sum alone as annex A prints it."""

from app.gateway.hj212.frame import decode, encode
from app.gateway.hj212.values import readings
from tests.benchmarks.ratio import Row, best_speedup, seconds

_ROUNDS = 5
_FRAMES = 2_000
# A 330 byte frame has about 11 factors with value and flag, as monitors send them.
_FACTORS = 11
_LEAST_FRAMES_S = 50_000
_LEAST_SPEEDUP = 8


def rows() -> list[Row]:
    """Measure."""
    frames = [_frame(i) for i in range(_FRAMES)]

    def decoded() -> None:
        for raw in frames:
            decode(raw)

    def told() -> None:
        for raw in frames:
            readings(decode(raw).fields)

    def printed() -> None:
        for raw in frames:
            _by_the_annex(raw[6:-6])

    plain_s = min(seconds(decoded) for _ in range(_ROUNDS))
    whole_s = min(seconds(told) for _ in range(_ROUNDS))
    return [
        Row("HJ 212 frames decoded", _FRAMES / plain_s, _LEAST_FRAMES_S, "/s", more_is_better=True),
        Row(
            "HJ 212 frame decoded, annex A's loop is 1",
            best_speedup(decoded, printed),
            _LEAST_SPEEDUP,
            more_is_better=True,
        ),
        Row(
            "HJ 212 frames to readings",
            _FRAMES / whole_s,
            _LEAST_FRAMES_S * 0.6,
            "/s",
            more_is_better=True,
        ),
    ]


def _frame(number: int) -> bytes:
    factors = ";".join(
        f"a{21000 + i}-Rtd={number * 0.01 + i:.2f},a{21000 + i}-Flag=N" for i in range(_FACTORS)
    )
    return encode(
        f"QN=20240102030405{number % 1000:03d};ST=31;CN=2011;PW=123456;MN=88888880000001;Flag=5;"
        f"CP=&&DataTime=20240102030405;{factors}&&"
    )


def _by_the_annex(data: bytes) -> int:
    register = 0xFFFF
    for byte in data:
        register = (register >> 8) ^ byte
        for _ in range(8):
            low = register & 1
            register >>= 1
            if low:
                register ^= 0xA001
    return register
