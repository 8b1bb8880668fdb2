import doctest

import numpy as np
import pytest

from models.basics import Name
from models.libraries.kinds import Signature
from models.telemetry import signature_pattern
from models.telemetry.signature_pattern import PatternError, parse_pattern
from models.telemetry.signatures import SignatureLibrary
from tests.unit.models.telemetry.build import SECOND, START

RISING = (50 + np.arange(60) * 0.1).tolist()
NOISE = np.random.default_rng(2).normal(50, 1, 60).tolist()


def _library(*patterns, **more):
    rows = [
        Signature(key=f"S{i}", name=Name(en="s"), pattern=p, explanation=Name(en=f"why {i}"))
        for i, p in enumerate(patterns)
    ]
    return SignatureLibrary(rows, **more)


def _holds(pattern, values):
    return bool(_library(pattern).match("V-1", {"T": values}, START))


def test_that_the_examples_hold():
    result = doctest.testmod(signature_pattern)
    assert result.failed == 0 < result.attempted


def test_that_a_level_that_rises_while_the_outlet_is_shut_matches_and_explains():
    library = _library("LI-1 rises 2 and XV-1 below 5", "LI-1 falls 2")
    shut = [80.0] * 20 + [0.0] * 40
    [match] = library.match("V-1", {"LI-1": RISING, "XV-1": shut}, START)
    assert (match.signature_key, match.tag_keys) == ("S0", ("LI-1", "XV-1"))
    assert match.since_us == START - 39 * SECOND
    assert match.explanation.en == "why 0"
    assert not library.match("V-1", {"LI-1": RISING, "XV-1": [80.0] * 60}, START)
    assert not library.match("V-1", {"LI-1": RISING}, START)


@pytest.mark.parametrize(
    ("pattern", "values", "holds"),
    [
        ("T rises", RISING, True), ("T falls", RISING, False), ("T falls", RISING[::-1], True),
        ("T rises", NOISE, False), ("T falls", NOISE, False), ("T rises", [5.0] * 9, False),
        ("T rises 5.8", RISING, True), ("T rises 6.1", RISING, False),
        ("T above 52", RISING, True), ("T above 54", RISING, False), ("T below 60", RISING, True),
        ("T between 50 56", RISING, True), ("T between 50 55", RISING, False),
        ("T steady 6", RISING, True), ("T steady 5", RISING, False),
        ("T above 1", [5.0, 5.0], False), ("T above 1", [5.0, float("nan"), 5.0], False),
        ('"T" above 1 AND T below 99', RISING, True),
    ],
)  # fmt: skip
def test_that_a_condition_holds_where_it_says(pattern, values, holds):
    assert _holds(pattern, values) is holds


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        ("", "a condition is"), ("T", "'T': a condition is"), ("T above 1 and", "a condition is"),
        ("T jumps 3", "isn't one of above"), ("T above x", "a number is expected"),
        ("T above", "takes 1…1"), ("T rises 1 2", "takes 0…1"), ("T above nan", "finite"),
    ],
)  # fmt: skip
def test_that_a_wrong_pattern_is_explained_and_stops_no_other(pattern, what):
    with pytest.raises(PatternError, match=what):
        parse_pattern(pattern)
    library = _library(pattern, "T above 1")
    assert what in library.unreadable["S0"]
    assert [m.signature_key for m in library.match("V-1", {"T": RISING}, START)] == ["S1"]


def test_that_the_period_of_the_trend_counts():
    library = _library("T above 1", period_s=60.0)
    assert library.match("V-1", {"T": [5.0] * 11}, START)[0].since_us == START - 600 * SECOND
