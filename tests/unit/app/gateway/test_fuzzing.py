"""A few hundred fuzzed frames per decoder; `run.py soak fuzz` runs ten thousand."""

import pytest

from tests.unit.app.gateway.fuzzing import DECODERS, LEAST_UNDERSTOOD, fuzz

FRAMES = 300


@pytest.mark.parametrize("name", DECODERS)
def test_that_no_frame_crashes_a_decoder(name):
    counts = fuzz(name, FRAMES)
    assert counts.total() >= FRAMES
    assert counts["understood"] >= FRAMES * LEAST_UNDERSTOOD
