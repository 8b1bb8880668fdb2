import random

import pytest

from models.basics import Name
from models.operation.events import alarm as events
from models.operation.events.early_warning import EarlyWarningCleared, EarlyWarningRaised
from models.registry.kinds import HazardSource, Permit, Tag
from models.registry.ports import HiddenDanger
from models.telemetry.colour_watch import ColourInputs, ColourWatch
from tests.unit.models.telemetry.build import SECOND, START, Record


class _Dangers:
    """Hidden dangers as another part of the program would tell them."""

    def __init__(self, count=0):
        self.count = count

    def open_at(self, hazard_source_key, at_us):
        one = HiddenDanger(key="h", hazard_source_key=hazard_source_key, name=Name(), grade="")
        return [one] * (self.count if hazard_source_key == "V-1" else 0)


def _inputs(dangers=None, permits=(), grade="", sources=("V-1", "V-2")):
    rows = {
        "hazard-sources": [
            HazardSource(key=key, name=Name(en=key), grade=grade, enterprise_key="E")
            for key in sources
        ],
        "permits": list(permits),
        "tags": [
            Tag(key="T", name=Name(), hazard_source_key="V-1"),
            Tag(key="BY", name=Name(), hazard_source_key="V-1", quantity="interlock_bypass"),
        ],
    }
    return ColourInputs(lambda kind: rows[kind], dangers)


class _Watched:
    """A journal, and a watch that is asked once a second."""

    def __init__(self, inputs=None):
        self.record = Record()
        self.inputs = inputs or _inputs()
        self.watch = ColourWatch(self.inputs)
        self.now_us = START
        self.told = []

    def raise_alarm(self, priority=2, tag="T", limit="H", safety=""):
        payload = events.AlarmRaised(
            tag_key=tag, limit=limit, priority=priority, value=1.0, limit_value=1.0, unit="",
            safety=safety, hazard_source_key="V-1", enterprise_key="E",
        )  # fmt: skip
        self.record.add(f"{tag}/{limit}", payload, self.now_us)

    def end_alarm(self, tag="T", limit="H"):
        self.record.add(f"{tag}/{limit}", events.AlarmReturned(value=0.0), self.now_us)

    def run(self, seconds):
        for _ in range(seconds):
            self.now_us += SECOND
            drafts = self.watch.due(self.record.situation, self.now_us)
            self.told += [(d.payload.before, d.payload.colour) for d in drafts]
            self.record.store(drafts)
        return self.told

    @property
    def colour(self):
        held = self.record.situation.warning_colours.get("V-1")
        return held.colour if held else "blue"


def test_that_a_worse_colour_is_said_at_once_with_all_that_made_it():
    watched = _Watched(_inputs(_Dangers(2), grade="一级"))
    watched.raise_alarm()
    watched.run(1)
    assert watched.told == [("blue", "yellow")]
    held = watched.record.situation.warning_colours["V-1"]
    assert (held.colour, held.enterprise_key, held.grade) == ("yellow", "E", "一级")
    assert held.index == pytest.approx(1.3 * (25 + 10))
    assert [(p.what, p.items, p.points) for p in held.parts] == [
        ("alarm_2", 1, 25.0), ("hidden_danger", 2, 10.0),
    ]  # fmt: skip
    assert held.since_us == watched.now_us
    assert watched.record.events[-1].actor == "system"


def test_that_a_better_colour_has_to_hold_for_a_minute():
    watched = _Watched()
    watched.raise_alarm()
    watched.run(1)
    watched.end_alarm()
    watched.run(60)
    assert watched.colour == "yellow"
    watched.run(1)
    assert watched.told[1:] == [("yellow", "blue")]
    assert not watched.record.situation.warning_colours


def test_that_an_index_hardly_below_keeps_the_colour():
    watched = _Watched(_inputs(_Dangers(2)))
    watched.raise_alarm(priority=3)
    watched.raise_alarm(priority=3, limit="L")
    watched.run(1)  # 2 × 10 + 2 × 5
    assert watched.told == [("blue", "yellow")]
    watched.watch.use(_inputs(_Dangers(1)))  # 25: yellow still
    watched.run(100)
    watched.watch.use(_inputs(_Dangers(0)))
    watched.end_alarm()
    watched.raise_alarm(priority=4, limit="HH")
    watched.raise_alarm(priority=4, limit="LL")
    watched.raise_alarm(priority=4, limit="DEV")
    watched.raise_alarm(priority=4, limit="RISE")
    watched.watch.use(_inputs(_Dangers(1)))
    watched.run(300)  # 10 + 9 + 5: below 25, by one point only
    assert watched.told == [("blue", "yellow")]
    watched.watch.use(_inputs(_Dangers(0)))
    watched.run(62)
    assert watched.colour == "blue"


def test_that_a_flapping_alarm_changes_the_colour_twice_a_minute_at_most():
    watched = _Watched()
    rng = random.Random(1)
    for _ in range(600):
        (watched.raise_alarm if rng.random() < 0.5 else watched.end_alarm)()
        watched.run(1)
    assert len(watched.told) <= 3
    assert watched.told[0] == ("blue", "yellow")


def test_that_two_changes_are_ten_seconds_apart_except_to_red():
    watched = _Watched()
    watched.raise_alarm()
    watched.run(1)
    watched.raise_alarm(limit="HH")
    watched.run(9)
    assert watched.told == [("blue", "yellow")]
    watched.run(1)
    assert watched.told[1:] == [("yellow", "orange")]
    watched.raise_alarm(priority=1, tag="G", limit="HH", safety="toxic")
    watched.run(1)
    assert watched.told[2:] == [("orange", "red")]


def test_that_a_permit_counts_from_its_beginning_without_any_event():
    work = [
        Permit(
            key=f"P{i}", name=Name(), hazard_source_key="V-1", valid_from_us=START + 30 * SECOND,
            valid_to_us=START + 100 * SECOND,
        )
        for i in range(3)
    ]  # fmt: skip
    watched = _Watched(_inputs(_Dangers(1), work))
    watched.run(29)
    assert watched.colour == "blue"
    watched.run(1)
    assert watched.colour == "yellow"  # 24 + 5
    watched.run(70)
    assert watched.colour == "yellow"
    watched.run(62)
    assert watched.colour == "blue"


def test_that_a_bypassed_interlock_is_no_alarm_but_counts_as_what_it_is():
    watched = _Watched()
    watched.raise_alarm(tag="BY", limit="STATE", priority=1)
    watched.run(1)
    seen = watched.inputs.warnings(watched.record.situation, watched.now_us, ["V-1"])
    assert list(seen) == ["V-1"]
    assert [(r.what, r.points) for r in seen["V-1"].reasons] == [("bypassed_interlock", 20.0)]
    assert watched.colour == "blue"


def test_that_early_warnings_that_go_on_count():
    watched = _Watched()
    for i in range(2):
        payload = EarlyWarningRaised(
            kind="trend", by="slope", hazard_source_key="V-1", since_us=START, tags=()
        )
        watched.record.add(f"trend/{i}", payload)
    elsewhere = EarlyWarningRaised(
        kind="trend", by="slope", hazard_source_key="V-9", since_us=START, tags=()
    )
    watched.record.add("trend/9", elsewhere)
    watched.run(1)
    assert watched.told == [("blue", "yellow")]
    [part] = watched.record.situation.warning_colours["V-1"].parts
    assert (part.what, part.items, part.points) == ("warning", 2, 30.0)
    watched.record.add("trend/0", EarlyWarningCleared(), watched.now_us)
    watched.run(62)
    assert watched.colour == "blue"


def test_that_a_source_that_is_gone_is_blue():
    watched = _Watched()
    watched.raise_alarm()
    watched.run(1)
    watched.watch.use(_inputs(sources=("V-2",)))
    watched.run(62)
    assert watched.told[1:] == [("yellow", "blue")]


def test_that_nothing_is_computed_while_nothing_changed(monkeypatch):
    watched = _Watched()
    watched.raise_alarm()
    watched.run(2)
    counted = []
    warnings = watched.inputs.warnings
    monkeypatch.setattr(
        watched.inputs, "warnings", lambda *a: counted.append(a) or warnings(*a), raising=True
    )
    watched.run(50)
    assert not counted
    watched.raise_alarm(limit="HH")
    watched.run(50)
    assert 1 <= len(counted) <= 3


def test_that_a_restarted_watch_goes_on_from_the_record():
    watched = _Watched()
    watched.raise_alarm()
    watched.run(5)
    watched.watch = ColourWatch(watched.inputs)
    watched.run(50)
    assert watched.told == [("blue", "yellow")]
