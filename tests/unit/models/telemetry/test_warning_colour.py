import doctest

import pytest

from models.basics import Name
from models.operation.events import alarm as events
from models.registry.kinds import HazardSource, Permit
from models.telemetry import warning_colour
from models.telemetry.warning_colour import Reason, warn_source, warnings_of
from tests.unit.models.telemetry.build import START, Record


def _raised(source="V-1", priority=2, limit="H", safety=""):
    return events.AlarmRaised(
        tag_key="T", limit=limit, priority=priority, value=1.0, limit_value=1.0, unit="",
        safety=safety, hazard_source_key=source,
    )  # fmt: skip


def _source(key="V-1", **fields):
    return HazardSource(key=key, name=Name(en=key), **fields)


def test_that_the_examples_hold():
    result = doctest.testmod(warning_colour)
    assert result.failed == 0 < result.attempted


@pytest.mark.parametrize(
    ("items", "colour", "index"),
    [
        ({}, "blue", 0),
        ({"alarm_3": 2}, "blue", 20),
        ({"alarm_2": 1}, "yellow", 25),
        ({"alarm_2": 2}, "orange", 50),
        ({"alarm_2": 3, "hidden_danger": 9}, "red", 80),
        ({"alarm_2": 30, "alarm_3": 30, "special_work": 30}, "red", 100),
    ],
)
def test_that_points_add_up_to_a_colour(items, colour, index):
    seen = warn_source("V-1", "", items)
    assert (seen.colour, seen.score, seen.least) == (colour, index, "")


def test_that_reasons_are_named_heaviest_first_and_none_without_items():
    seen = warn_source("V-1", "", {"special_work": 1, "alarm_2": 1, "stale": 0})
    assert seen.reasons == (Reason("alarm_2", 1, 25.0), Reason("special_work", 1, 8.0))


def test_that_the_grade_weighs():
    assert warn_source("V-1", "一级", {"alarm_1": 1}).score == pytest.approx(52)


def test_that_priority_one_and_what_may_kill_have_a_least_colour():
    first = warn_source("V-1", "", {"alarm_1": 1})
    assert (first.colour, first.least) == ("orange", "priority_1")
    kills = warn_source("V-1", "", {"alarm_1": 1}, life_safety=True)
    assert (kills.colour, kills.least) == ("red", "life_safety")


def test_that_an_unknown_item_is_refused():
    with pytest.raises(KeyError):
        warn_source("V-1", "", {"moon": 1})


def test_that_a_situation_is_counted():
    record = Record()
    record.add("T/H", _raised())
    record.add("T/HH", _raised(limit="HH", priority=1, safety="toxic"))
    record.add("U/H", _raised("V-2", priority=3))
    record.add("U/H", events.AlarmReturned(value=0.0))
    record.add("X/H", _raised("elsewhere"))
    record.add("T/L", events.AlarmShelved(reason="r", until_us=START + 1))
    record.add("tags", events.TagWentStale(tag_keys=("T", "Z"), since_us=START))
    permits = [
        Permit(key=str(i), name=Name(en="p"), hazard_source_key=key, valid_from_us=a, valid_to_us=b)
        for i, (key, a, b) in enumerate(
            [("V-1", START, START), ("V-1", START + 1, START + 2), ("V-9", START, START)]
        )
    ]
    seen = warnings_of(
        record.situation, [_source(), _source("V-2"), _source("V-3")], permits,
        {"V-2": {"bypassed_interlock": 1}}, source_of_tag={"T": "V-1"},
    )  # fmt: skip
    assert {reason.what: reason.items for reason in seen["V-1"].reasons} == {
        "alarm_1": 1, "alarm_2": 1, "special_work": 1, "stale": 1,
    }  # fmt: skip
    assert seen["V-1"].colour == "red"
    assert [reason.what for reason in seen["V-2"].reasons] == ["bypassed_interlock"]
    assert seen["V-3"].colour == "blue"


def test_that_a_held_alarm_counts_as_disabled():
    record = Record()
    record.add("T/H", _raised())
    record.add("T/H", events.AlarmTakenOutOfService(reason="calibration"))
    [seen] = warnings_of(record.situation, [_source()]).values()
    assert {reason.what for reason in seen.reasons} == {"alarm_2", "disabled"}
