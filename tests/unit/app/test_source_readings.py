"""What a detector's sample is worth to the estimate of a source: never clean air."""

import math

import pytest
from immutables import Map

from app.desk import LiveValue
from app.source_readings import (
    Detector,
    Doubt,
    detectors_around,
    doubts_now,
    place_of,
    ppm_of_unit,
    reading_of,
    sources_around,
    substance_of,
)
from models.basics import LatLon, Name
from models.hazard.estimation.readings import evidence_of
from models.hazard.substances import find_substance
from models.operation.situation import Alarm, Card, Hold, Situation
from models.registry.kinds import HazardSource, Permit, Tag
from models.telemetry.ports import Quality
from tests.unit.app.commands.conftest import SmallReference
from tests.unit.app.test_zone_renewal import HERE, INCIDENT, NOW_US

CHLORINE, METHANE = find_substance("chlorine"), find_substance("propane")


def tag(key="GT-1", **more) -> Tag:
    values = {
        "key": key, "name": Name(en=key), "position": HERE, "quantity": "gas", "unit": "ppm",
        "high": 10.0, "safety": "toxic", "substance": "chlorine", "period_s": 1.0,
    }  # fmt: skip
    return Tag(**(values | more))


def sample(value, quality=Quality.GOOD, age_s=1.0) -> LiveValue:
    at_us = NOW_US - round(age_s * 1e6)
    return LiveValue("GT-1", value, int(quality), at_us, at_us)


def taken(value, quality=Quality.GOOD, age_s=1.0, *, of=None, **more):
    detector = Detector(of or tag(), HERE, 1.0)
    live = None if value is None else sample(value, quality, age_s)
    reading = reading_of(detector, live, now_us=NOW_US, **more)
    found = evidence_of(reading, now_us=NOW_US)
    return found.kind, found.why


@pytest.mark.parametrize(("value", "quality", "age_s", "kind", "why"), [
    (2.0, Quality.GOOD, 1, "value", ""),
    (2.0, Quality.UNCERTAIN, 1, "value", ""),
    (0.0, Quality.GOOD, 1, "below", ""),
    (-0.3, Quality.GOOD, 1, "below", ""),
    (-0.6, Quality.GOOD, 1, "nothing", "fault"),
    (10.0, Quality.UNCERTAIN, 1, "at_least", "over_range"),
    (12.0, Quality.GOOD, 1, "at_least", "over_range"),
    (2.0, Quality.BAD, 1, "nothing", "fault"),
    (math.nan, Quality.GOOD, 1, "nothing", "fault"),
    (2.0, Quality.STALE, 1, "nothing", "stale"),
    (0.0, Quality.GOOD, 6, "nothing", "stale"),
    (None, Quality.GOOD, 1, "nothing", "stale"),
])  # fmt: skip
def test_that_a_sample_counts_as_what_its_quality_leaves(value, quality, age_s, kind, why):
    assert taken(value, quality, age_s) == (kind, why)


def test_that_a_silent_a_serviced_and_a_permitted_detector_say_nothing():
    assert taken(0.0, silent=True) == ("nothing", "stale")
    assert taken(5.0, doubt=Doubt("calibrating", "permit:P")) == ("nothing", "calibrating")
    assert taken(10.0, doubt=Doubt("fault", "out_of_service")) == ("nothing", "fault")
    assert taken(5.0, age_s=9, doubt=Doubt("calibrating", "permit:P")) == ("nothing", "stale")


def test_that_a_bead_that_was_over_its_range_is_doubted_and_a_cell_is_not():
    bead = tag(unit="%LEL", high=100.0)
    assert taken(0.0, of=bead, was_over=True) == ("nothing", "poisoned")
    assert taken(40.0, of=bead, was_over=True) == ("at_least", "poisoned")
    assert taken(40.0, of=bead) == ("value", "")
    assert taken(0.0, was_over=True) == ("below", "")


def test_that_a_range_that_nobody_gave_bounds_nothing():
    reading = reading_of(Detector(tag(high=0.0), HERE, 1.0), sample(50.0), now_us=NOW_US)
    assert (reading.range_ppm, reading.state) == (None, "ok")


def test_that_units_become_ppm_of_the_gas():
    assert CHLORINE is not None
    assert METHANE is not None
    assert METHANE.lel_ppm is not None
    assert ppm_of_unit("% LEL", METHANE) == pytest.approx(METHANE.lel_ppm / 100)
    assert ppm_of_unit("ppb", CHLORINE) == 1e-3
    assert ppm_of_unit("%vol", CHLORINE) == 1e4
    assert ppm_of_unit("MPa", CHLORINE) is None
    assert ppm_of_unit("mg/m³", CHLORINE) == pytest.approx(24.465 / 70.91, rel=1e-3)
    assert ppm_of_unit("%LEL", CHLORINE) is None
    reading = reading_of(Detector(tag(unit="%vol", high=1.0), HERE, 1e4), sample(0.5),
                         now_us=NOW_US)  # fmt: skip
    assert (reading.value_ppm, reading.range_ppm) == (5000.0, 1e4)


def test_that_only_near_detectors_of_the_gas_count_the_nearest_first(monkeypatch):
    far, near = LatLon(30.01, 120.0), LatLon(30.001, 120.0)
    tags = {
        row.key: row
        for row in (
            tag("A", position=near), tag("B"), tag("C", position=far), tag("D", position=None),
            tag("E", substance="ammonia"), tag("F", substance=""), tag("G", unit="MPa"),
            tag("H", quantity="level", safety=""),
        )
    }  # fmt: skip
    reference = SmallReference({Tag.KIND: tags})
    found, left_out = detectors_around(reference, HERE, CHLORINE)
    assert ([each.tag.key for each in found], left_out) == (["B", "A"], 0)
    rules = {"around_m": 5000.0, "most_detectors": 2}
    monkeypatch.setattr("app.source_readings.load_rules", lambda _: rules)
    found, left_out = detectors_around(reference, HERE, CHLORINE)
    assert ([each.tag.key for each in found], left_out) == (["B", "A"], 1)


def test_that_candidates_hold_the_gas_and_stand_in_the_searched_area():
    rows = {
        row.key: row
        for row in (
            HazardSource(key="near", name=Name(), substance="chlorine", position=HERE),
            HazardSource(key="cas", name=Name(), cas="7782-50-5", position=LatLon(30.001, 120)),
            HazardSource(key="far", name=Name(), substance="chlorine", position=LatLon(30.1, 120)),
            HazardSource(key="other", name=Name(), substance="ammonia", position=HERE),
            HazardSource(key="nowhere", name=Name(), substance="chlorine"),
        )
    }
    detectors = [Detector(tag(), HERE, 1.0)]
    found = sources_around(SmallReference({HazardSource.KIND: rows}), detectors, CHLORINE)
    assert [row.key for row in found] == ["cas", "near"]


def alarm(tag_key="GT-1", state="unacknowledged", **more) -> Alarm:
    return Alarm(
        id=f"{tag_key}/HH", tag_key=tag_key, limit="HH", state=state, priority=1, value=1.0,
        limit_value=1.0, unit="ppm", safety="toxic", hazard_source_key="", enterprise_key="",
        raised_us=NOW_US, event_id="e", **more,
    )  # fmt: skip


def card(result="", alarms=("GT-1/HH",)) -> Card:
    return Card(
        id="K", title=Name(), priority=1, opened_us=NOW_US, first_alarm_id=alarms[0],
        alarm_ids=alarms, hazard_source_key="", enterprise_key="", wind=(), permit_keys=(),
        neighbour_keys=(), event_id="e", result=result,
    )  # fmt: skip


def situation(*alarms, cards=()) -> Situation:
    return Situation(
        operation_id="o",
        alarms=Map({each.id: each for each in alarms}),
        cards=Map({each.id: each for each in cards}),
    )


def permit(key="P", tags=("GT-1",), until_us=NOW_US + 1) -> Permit:
    return Permit(key=key, name=Name(), tags=tags, valid_from_us=0, valid_to_us=until_us)


def test_that_permits_holds_and_verifications_speak_against_a_detector():
    detectors = [Detector(tag(key), HERE, 1.0) for key in ("GT-1", "GT-2")]
    hold = Hold(state="out_of_service", reason="repair", by="x", since_us=0)
    shelf = Hold(state="shelved", reason="noise", by="x", since_us=0)

    def told(now, *permits):
        rows = SmallReference({Permit.KIND: {each.key: each for each in permits}})
        return doubts_now(now, rows, detectors, NOW_US)

    assert told(situation()) == {}
    assert told(situation(), permit()) == {"GT-1": Doubt("calibrating", "permit:P")}
    assert told(situation(), permit(until_us=NOW_US - 1), permit("Q", ("GT-9",))) == {}
    assert told(situation(alarm("GT-2", holds=(hold,)))) == {
        "GT-2": Doubt("fault", "out_of_service")
    }
    assert told(situation(alarm(holds=(shelf,)))) == {}
    verified = card("instrument", ("GT-1/HH", "GT-8/HH"))
    assert told(situation(alarm(), cards=[verified])) == {
        "GT-1": Doubt("fault", "verified:instrument")
    }
    assert told(situation(alarm(state="normal"), cards=[verified])) == {}
    assert told(situation(alarm(), cards=[card("real")])) == {}


def test_that_without_substance_or_place_the_first_detector_in_alarm_gives_them():
    unknown = SmallReference({Tag.KIND: {}})
    known = SmallReference({Tag.KIND: {"GT-1": tag()}})
    from msgspec.structs import replace

    bare = replace(INCIDENT, substance="", cas="", position=None, card_ids=("K", "gone"))
    now = situation(alarm(), cards=[card()])
    assert substance_of(now, known, INCIDENT) == CHLORINE
    assert substance_of(now, known, bare) == CHLORINE
    assert substance_of(now, unknown, bare) is None
    assert place_of(now, known, INCIDENT) == HERE
    assert place_of(now, known, bare) == HERE
    assert place_of(now, unknown, bare) is None
