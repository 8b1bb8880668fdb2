"""Datum conversion of 100,000 positions over China: time, and how far a round trip strays."""

import numpy as np

from maps.datum import Datum, Degrees, convert
from tests.benchmarks.ratio import Row, seconds

_POSITIONS = 100_000
_ROUNDS = 7
_FORWARD_S, _INVERSE_S = 0.1, 0.3
_METRES = 111_320.0
_STRAY_M: dict[Datum, float] = {"GCJ02": 0.001, "BD09": 0.2}


def rows() -> list[Row]:
    """Measure."""
    random = np.random.default_rng(1)
    lat = random.uniform(0.83, 55.82, _POSITIONS)
    lon = random.uniform(72.01, 137.83, _POSITIONS)
    return [row for datum in _STRAY_M for row in _rows(datum, lat, lon)]


def _rows(datum: Datum, lat: Degrees, lon: Degrees) -> list[Row]:
    there = convert(lat, lon, "WGS84", datum)
    back = convert(*there, datum, "WGS84")
    east = (back[1] - lon) * np.cos(np.radians(lat))
    stray_m = float(np.hypot(back[0] - lat, east).max() * _METRES)
    forward_s = min(seconds(lambda: convert(lat, lon, "WGS84", datum)) for _ in range(_ROUNDS))
    inverse_s = min(seconds(lambda: convert(*there, datum, "WGS84")) for _ in range(_ROUNDS))
    return [
        Row(f"WGS 84 to {datum}, 100,000", forward_s, _FORWARD_S, unit="s"),
        Row(f"{datum} to WGS 84, 100,000", inverse_s, _INVERSE_S, unit="s"),
        Row(f"{datum} round trip, worst", stray_m, _STRAY_M[datum], unit="m"),
    ]
