"""Priority by consequence and time to respond."""

from itertools import pairwise
from typing import get_args

import pytest

from models.registry.kinds import Consequence
from models.rules import load_rules
from models.telemetry.alarm_priority import rationalised_priority


@pytest.mark.parametrize(
    ("consequence", "respond_s", "priority"),
    [
        ("severe", 10.0, 1),
        ("severe", 86_400.0, 2),
        ("major", 600.0, 1),
        ("major", 601.0, 2),
        ("moderate", 180.0, 1),
        ("moderate", 181.0, 2),
        ("minor", 1800.0, 4),
        ("", 60.0, None),
        ("major", 0.0, None),
    ],
)
def test_that_the_grid_gives_the_priority(consequence, respond_s, priority):
    assert rationalised_priority(consequence, respond_s) == priority


def test_that_the_grid_is_whole_and_falls_with_time_and_severity():
    rules = load_rules("alarm_priority")
    bounds, grid = rules["respond"]["within_s"], rules["priority"]
    assert set(grid) == set(get_args(Consequence)) - {""}
    assert bounds == sorted(bounds)
    order = [grid[name] for name in ("severe", "major", "moderate", "minor")]
    for row in order:
        assert len(row) == len(bounds) + 1
        assert row == sorted(row)
        assert set(row) <= {1, 2, 3, 4}
    for graver, milder in pairwise(order):
        assert all(a <= b for a, b in zip(graver, milder, strict=True))
