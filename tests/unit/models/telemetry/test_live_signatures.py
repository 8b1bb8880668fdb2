import numpy as np
import pytest

from models.basics import Name
from models.libraries.kinds import Signature
from models.registry.kinds import HazardSource
from models.telemetry.live_signatures import LiveSignatures
from tests.unit.models.telemetry.build import SECOND, START, tag

SOURCES = {"V-1": HazardSource(key="V-1", name=Name(en="Tank"), enterprise_key="E")}
TAGS = (
    tag("LI-1", hazard_source_key="V-1", unit="%"),
    tag("XV-1", hazard_source_key="V-1"),
    tag("FI-9"),
)
OVERFILL = Signature(
    key="S-1", name=Name(en="Overfill"), pattern="LI-1 rises 2 and XV-1 below 5",
    explanation=Name("液位上升而出口阀关闭", "The level rises while the outlet is shut"),
)  # fmt: skip


def _run(live, level, valve, seconds=400, first_us=START):
    """Feed a second a row; return what matched at the end."""
    matches = {}
    for k in range(seconds):
        row = np.array([level(k), valve(k), 1.0])
        matches = live.step(row, first_us + (k + 1) * SECOND)
    return matches


def test_that_a_level_that_rises_while_the_valve_is_shut_matches_and_says_so():
    live = LiveSignatures([OVERFILL], TAGS, SOURCES)
    matches = _run(live, lambda k: 50 + 0.01 * k, lambda _: 0.0)
    assert matches.keys() == {"signature/S-1"}
    said = matches["signature/S-1"]
    assert (said.kind, said.by, said.hazard_source_key) == ("signature", "S-1", "V-1")
    assert said.enterprise_key == "E"
    assert [cause.tag_key for cause in said.tags] == ["LI-1", "XV-1"]
    assert said.tags[0].value > said.tags[0].normal
    assert said.tags[0].unit == "%"
    assert START <= said.since_us < START + 120 * SECOND
    assert said.explanation.en == "The level rises while the outlet is shut"


@pytest.mark.parametrize(
    ("level", "valve"),
    [
        (lambda k: 50 + 0.01 * k, lambda _: 90.0),
        (lambda _: 50.0, lambda _: 0.0),
        (lambda k: np.nan if 380 < k < 388 else 50 + 0.01 * k, lambda _: 0.0),
    ],
)
def test_that_an_open_valve_a_still_level_or_a_gap_match_nothing(level, valve):
    assert not _run(LiveSignatures([OVERFILL], TAGS, SOURCES), level, valve, seconds=391)


def test_that_nothing_matches_before_the_window_is_full():
    live = LiveSignatures([OVERFILL], TAGS, SOURCES)
    assert not _run(live, lambda k: 50 + 0.05 * k, lambda _: 0.0, seconds=280)


def test_that_between_two_steps_the_last_answer_stands():
    live = LiveSignatures([OVERFILL], TAGS, SOURCES)
    before = _run(live, lambda k: 50 + 0.01 * k, lambda _: 0.0)
    assert live.step(np.full(3, np.nan), START + 401 * SECOND) is before


def test_that_what_cannot_be_read_or_names_no_tag_is_left_alone():
    broken = Signature(key="S-2", name=Name(en="?"), pattern="LI-1 dances")
    unknown = Signature(key="S-3", name=Name(en="?"), pattern="ZZ-1 above 1")
    live = LiveSignatures([broken, unknown], TAGS, SOURCES)
    assert live.unreadable.keys() == {"S-2"}
    assert not _run(live, lambda _: 1.0, lambda _: 0.0)


def test_that_a_tag_at_no_source_matches_for_none():
    free = Signature(key="S-4", name=Name(en="Flow"), pattern="FI-9 above 0.5")
    said = _run(LiveSignatures([free], TAGS, SOURCES), lambda _: 1.0, lambda _: 0.0)
    assert said["signature/S-4"].hazard_source_key == ""
    assert said["signature/S-4"].enterprise_key == ""


def test_that_nobody_can_tell_of_a_signature_whose_trend_has_a_gap():
    gone = Signature(key="S-2", name=Name(en="Gone"), pattern="XX-1 above 5")
    live = LiveSignatures([OVERFILL, gone], TAGS, SOURCES)
    assert live.unknown == {"signature/S-1"}
    _run(live, lambda k: 50 + 0.01 * k, lambda _: 0.0)
    assert live.unknown == set()
    _run(live, lambda _: np.nan, lambda _: 0.0, seconds=10, first_us=START + 400 * SECOND)
    assert live.unknown == {"signature/S-1"}
