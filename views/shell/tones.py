"""Alarm tones as 16-bit PCM, made by formula: one pattern per priority, and a chime."""

import math
from dataclasses import dataclass

import numpy as np

RATE_HZ = 44_100
_EDGE_S = 0.008
_LOUDNESS = 0.55
CHIME = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """Beeps of (frequency [Hz], length [s]) with pauses [s]; the cycle is filled with quiet."""

    beeps: tuple[tuple[float, float], ...]
    pause_s: float
    cycle_s: float


# Higher, faster, closer together the more urgent (after IEC 60601-1-8's idea of urgency).
PATTERNS: dict[int, Pattern] = {
    1: Pattern(((988.0, 0.14), (784.0, 0.14), (988.0, 0.14), (784.0, 0.14)), 0.04, 1.2),
    2: Pattern(((784.0, 0.18), (784.0, 0.18), (784.0, 0.18)), 0.10, 2.4),
    3: Pattern(((587.0, 0.22), (587.0, 0.22)), 0.18, 5.0),
    4: Pattern(((440.0, 0.25),), 0.0, 15.0),
    CHIME: Pattern(((659.0, 0.16), (880.0, 0.28)), 0.05, 0.8),
}


def pcm(priority: int) -> bytes:
    """Return one cycle of a priority's tone: mono, 16-bit little-endian, 44.1 kHz.

    Raises
    ------
    KeyError
        When there is no such priority.
    """
    pattern = PATTERNS[priority]
    wave = np.zeros(round(pattern.cycle_s * RATE_HZ))
    start = 0
    for frequency_hz, length_s in pattern.beeps:
        count = round(length_s * RATE_HZ)
        time_s = np.arange(count) / RATE_HZ
        edge = np.minimum(1.0, np.minimum(time_s, time_s[::-1]) / _EDGE_S)
        tone = np.sin(2 * math.pi * frequency_hz * time_s)
        tone += 0.25 * np.sin(6 * math.pi * frequency_hz * time_s)
        wave[start : start + count] = tone * edge * _LOUDNESS / 1.25
        start += count + round(pattern.pause_s * RATE_HZ)
    return (wave * 32_767).astype("<i2").tobytes()
