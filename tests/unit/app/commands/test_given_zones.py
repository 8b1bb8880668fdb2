"""Zones drawn by hand count like a model's: inside, on the road, in the record, in reports."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from immutables import Map
from msgspec.structs import replace

from app.commands import CommandRefusedError, handle
from app.commands.zone import DrawZone, WithdrawZone, current_zones
from app.given_zones import HandZone, Surroundings, given_zones, hand_zone
from app.point_courses import newest_case
from app.queries.reports import draft_sentences
from app.queries.timeline import Timeline
from app.shelter import advice_for
from app.zones import compute_zone, recorded_rate
from maps.scene import SceneWords, build_scene
from models.basics import LatLon, Name
from models.hazard.ground import to_positions
from models.hazard.ports import HazardInputError, ZoneResult
from models.ids import IncidentId
from models.operation.events.base import Draft
from models.operation.events.incident import IncidentOpened
from models.operation.events.zone import ZoneDrawn
from models.operation.situation import Situation
from models.operation.sketch import Sketch
from models.operation.zone_watch import ZoneWatch
from models.registry.kinds import Receptor
from tests.unit.app import test_zone_renewal
from tests.unit.app.commands.conftest import SmallReference
from tests.unit.app.given import drawing, square
from tests.unit.app.test_drawing_record import Start
from tests.unit.app.test_zone_renewal import (
    HERE,
    INCIDENT,
    NOW_US,
    OFFICER,
    RURAL,
    STORED,
    TURNED,
    WIND,
    _model,
    _thumb,
    _zone,
)
from tests.unit.models.operation.stories import OPERATION, START_US, started

build = test_zone_renewal.build
SCHOOL = Receptor(
    key="S", name=Name("小学", "School"), type="school", position=LatLon(30.002, 120.0),
    people_day=400, people_night=0,
)  # fmt: skip
FAR = replace(SCHOOL, key="F", position=LatLon(30.02, 120.0))
DOWNWIND = LatLon(30.0, 119.992)
REFERENCE_DOWNWIND = SmallReference({"receptors": {"S": replace(SCHOOL, position=DOWNWIND)}})
REFERENCE = SmallReference({"receptors": {"S": SCHOOL, "F": FAR}})


def around(hour_utc: int = 2) -> Surroundings:
    day_us = NOW_US - NOW_US % 86_400_000_000
    return Surroundings(INCIDENT, REFERENCE, day_us + hour_utc * 3_600_000_000, 8.0)


def by_hand(severity: int = 3, basis: str = "2 ppm at the gate", substance: str = "") -> ZoneResult:
    said = HandZone(drawing(HERE), severity, basis, substance, "Li")  # type: ignore[arg-type]
    return hand_zone(said, around())


def test_that_receptors_inside_are_counted_and_named_by_the_hour() -> None:
    (hit,) = by_hand().receptors
    assert (hit.receptor_key, hit.name.en, hit.people, hit.level_key) == (
        "S",
        "School",
        400,
        "hand3",
    )
    said = HandZone(drawing(HERE), 1, "x", "", "Li")
    (at_night,) = hand_zone(said, around(hour_utc=15)).receptors
    assert at_night.people == 0


def test_that_the_record_says_by_whom_on_what_and_of_which_drawing() -> None:
    result = by_hand(substance="chlorine")
    inputs = {each.name: (each.value, each.source) for each in result.inputs}
    assert inputs == {
        "basis": ("2 ppm at the gate", "Li"), "drawing": ("D1 · 2", "Li@desk-1"),
        "substance": ("chlorine", "Li"),
    }  # fmt: skip
    assert result.kind == "drawn"
    assert [each.code for each in result.warnings][:2] == ["drawn_by_hand", "wind_not_followed"]


def test_that_without_a_place_reaches_count_from_the_middle_of_the_area() -> None:
    said = HandZone(drawing(LatLon(30.1, 120.1)), 2, "x", "", "Li")
    nowhere = Surroundings(replace(INCIDENT, position=None), REFERENCE, NOW_US, 8.0)
    result = hand_zone(said, nowhere)
    assert (round(result.origin.lat_deg, 6), round(result.origin.lon_deg, 6)) == (30.1, 120.1)
    line = Sketch(shape="line", points=square(HERE))
    with pytest.raises(HazardInputError, match="no outline"):
        hand_zone(replace_drawing(said, line), around())


def replace_drawing(said: HandZone, sketch: Sketch) -> HandZone:
    return HandZone(drawing(HERE, sketch=sketch), said.severity, said.basis, "", said.officer)


def test_that_an_officers_zone_needs_a_basis_and_ground(context_for, situation) -> None:
    now = situation.with_(incidents=Map({"I1": INCIDENT}))
    (draft,) = handle(DrawZone(incident_id="I1", result=by_hand()), context_for(now))
    assert (draft.payload.result.kind, draft.actor) == ("drawn", "Wang Jianguo@desk-1")
    with pytest.raises(CommandRefusedError, match="basis_missing"):
        handle(DrawZone(incident_id="I1", result=by_hand(basis=" ")), context_for(now))
    with pytest.raises(CommandRefusedError, match="basis_missing"):
        handle(DrawZone("I1", replace(by_hand(), inputs=())), context_for(now))
    with pytest.raises(CommandRefusedError, match="zone_without_ground"):
        handle(DrawZone("I1", replace(by_hand(), levels=())), context_for(now))


def test_that_contours_of_a_file_are_stored_with_its_zone(context_for, situation) -> None:
    now = situation.with_(incidents=Map({"I1": INCIDENT}))
    imported = replace(by_hand(), kind="imported", inputs=())
    command = DrawZone(incident_id="I1", result=imported, contours=imported)
    drawn, beside = handle(command, context_for(now))
    assert drawn.subject == beside.subject
    assert (beside.payload.result, beside.caused_by) == (imported, drawn.id)


def test_that_it_is_current_until_an_officer_withdraws_it(context_for, situation) -> None:
    now = situation.with_(
        incidents=Map({"I1": INCIDENT}), zones=Map({"H": _zone("H", by_hand(), 5)})
    )
    assert [zone.id for zone in current_zones(now, "I1")] == ["H"]
    assert current_zones(now, "I1", rule_of_thumb=True) == ()
    assert [zone.id for zone in given_zones(now, "I1")] == ["H"]
    (gone,) = handle(WithdrawZone("H", "measured clear"), context_for(now))
    assert (gone.subject, gone.payload.reason) == ("H", "measured clear")
    with pytest.raises(CommandRefusedError, match="reason_missing"):
        handle(WithdrawZone("H", " "), context_for(now))
    withdrawn = replace(now.zones["H"], withdrawn_us=9)
    assert given_zones(now.with_(zones=Map({"H": withdrawn})), "I1") == ()


def test_that_the_newest_given_zone_comes_first() -> None:
    zones = {
        "A": _zone("A", by_hand(), 1),
        "B": _zone("B", by_hand(), 2),
        "M": _zone("M", _model(OFFICER), 3),
    }
    now = Situation(operation_id="op", zones=Map(zones))
    assert [zone.id for zone in given_zones(now, "I1")] == ["B", "A"]


def test_that_no_wind_puts_it_out_of_date() -> None:
    zones = Map({"H": _zone("H", by_hand()), "M": _zone("M", _model(OFFICER))})
    now = Situation(operation_id="op", zones=zones, masts=(TURNED,))
    watch = ZoneWatch()
    watch.due(now, NOW_US)
    assert [each.zone_id for each in watch.due(now, NOW_US + 61_000_000)] == ["M"]


def test_that_a_turned_wind_still_draws_the_models_zone_beside_it(build) -> None:
    old = _zone("M", _model(OFFICER), 1, out_of_date="turn:90")
    desk, _ = build(zones=(old, _zone("H", by_hand(), 2)))
    desk.publish(masts=(TURNED,))
    (command,) = desk.drawn
    assert (command.result.kind, command.result.wind.from_deg) == ("model", 180.0)
    assert command.replaces_zone_id == ""


def test_that_a_first_model_and_the_rule_of_thumb_are_drawn_beside_it(
    build, context_for, situation
) -> None:
    desk, _ = build(zones=(_zone("H", by_hand(), 2),))
    desk.publish(masts=(WIND,))
    (command,) = desk.drawn
    assert (command.result.kind, command.only_if_none) == ("model", True)
    now = situation.with_(
        incidents=Map({"I1": INCIDENT}), zones=Map({"H": _zone("H", by_hand(), 2)})
    )
    assert handle(command, context_for(now))
    fire = replace(INCIDENT, incident_kind="fire", substance="", cas="")
    desk, _ = build(fire, zones=(_zone("T", _thumb(), out_of_date="x"), _zone("H", by_hand(), 2)))
    desk.publish(masts=(TURNED,))
    assert [command.result.kind for command in desk.drawn] == ["rule_of_thumb"]


def test_that_nothing_is_computed_from_it_as_if_it_were_a_models() -> None:
    now = Situation(
        operation_id="op", incidents=Map({"I1": INCIDENT}), zones=Map({"H": _zone("H", by_hand())})
    )
    assert recorded_rate(now, "I1") is None
    with pytest.raises(HazardInputError, match="no model's zone"):
        newest_case(now, INCIDENT)
    with pytest.raises(HazardInputError, match="no model's zone"):
        advice_for(now, REFERENCE, INCIDENT, NOW_US)
    both = now.with_(zones=now.zones.set("M", _zone("M", _model(OFFICER))))
    assert newest_case(both, INCIDENT).zone.id == "M"
    assert recorded_rate(both, "I1") == OFFICER


@pytest.mark.parametrize(
    ("substance", "kind", "verdict"),
    [
        ("", "toxic_leak", "leave"),
        ("nobody knows", "toxic_leak", "leave"),
        ("chlorine", "fire", "leave"),
        ("chlorine", "toxic_leak", "shelter"),
    ],
)
def test_that_nobody_shelters_in_it_unless_it_is_known_to_be_toxic(
    substance: str, kind: str, verdict: str
) -> None:
    result = compute_zone(
        INCIDENT, STORED, WIND, REFERENCE_DOWNWIND, now_us=NOW_US, utc_offset_h=8.0, terrain=RURAL
    )
    incident = replace(INCIDENT, incident_kind=kind)
    said = HandZone(drawing(DOWNWIND), 1, "x", substance, "Li")
    drawn = hand_zone(said, Surroundings(incident, REFERENCE_DOWNWIND, NOW_US, 8.0))
    zones = Map({"M": _zone("M", result)})
    now = Situation(operation_id="op", incidents=Map({"I1": INCIDENT}), zones=zones)
    soon_us = INCIDENT.opened_us + 60_000_000
    _, alone = advice_for(now, REFERENCE_DOWNWIND, INCIDENT, soon_us)
    assert [each.verdict for each in alone.advices] == ["shelter"]
    both = now.with_(zones=zones.set("H", _zone("H", drawn)))
    _, beside = advice_for(both, REFERENCE_DOWNWIND, INCIDENT, soon_us)
    assert [each.verdict for each in beside.advices] == [verdict]


def test_that_the_map_shows_it_with_its_level_its_receptors_and_its_doubts() -> None:
    now = Situation(
        operation_id="op", incidents=Map({"I1": INCIDENT}), zones=Map({"H": _zone("H", by_hand())})
    )
    scene = build_scene(now, REFERENCE, SceneWords())
    (level,) = scene.zones["H"]["levels"]
    assert (level["severity"], level["dashed"]) == (1, False)
    assert level["label"].startswith("Red: life-threatening")
    assert scene.live["receptors/S"]["sub"] == "400 people"
    lines = [line["text"] for line in scene.notes["lines"]]
    assert "1 places, 400 people inside" in lines
    assert any("doesn't follow the wind" in line for line in lines)


def test_that_it_is_journalled_replays_at_its_time_and_stands_in_log_and_report(
    tmp_path: Path,
) -> None:
    first = Start(tmp_path / "operations.db", START_US)
    opened = IncidentOpened(
        number="I-1", title=Name("", "x"), incident_kind="toxic_leak", place=Name(), position=HERE
    )
    first.journal.append(
        OPERATION,
        [
            Draft(payload=started(), subject=OPERATION, actor="x"),
            Draft(payload=opened, subject="I1", actor="x"),
        ],
    )
    result = by_hand()
    (drawn,) = first.do(DrawZone(incident_id="I1", result=result))
    (gone,) = first.do(WithdrawZone(drawn.subject, "measured clear"))
    first.store.close()

    again = Start(tmp_path / "operations.db", START_US + 60_000_000)
    before = again.reader.at(OPERATION, drawn.recorded_time_us - 1)
    then = again.reader.at(OPERATION, gone.recorded_time_us - 1)
    after = again.reader.at(OPERATION, gone.recorded_time_us)
    assert (given_zones(before, "I1"), given_zones(after, "I1")) == ((), ())
    (zone,) = given_zones(then, "I1")
    assert zone.result == result
    log = Timeline(again.journal).of_incident(OPERATION, IncidentId("I1"))
    told = [each for each in log if isinstance(each.payload, ZoneDrawn)]
    assert [(each.id, each.actor) for each in told] == [(drawn.id, "Li@desk-1")]
    sentences, _, _ = draft_sentences(
        again.journal, again.now(), REFERENCE, "I1", "en", str(ZoneInfo("Asia/Shanghai"))
    )
    (sentence,) = [each for each in sentences if drawn.id in each.sources]
    assert "drawn by hand" in sentence.text
    assert "basis: 2 ppm at the gate" in sentence.text
    assert "1 receptors inside" in sentence.text
    assert not sentence.estimate
    again.store.close()


@pytest.mark.parametrize(
    ("substance", "east_m", "verdict", "reason"),
    [
        ("", 800.0, "leave", "no_shelter"),
        ("chlorine", 800.0, "undecided", "nothing_computed"),
        ("chlorine", -30_000.0, "undecided", "nothing_computed"),
    ],
)
def test_that_the_advice_names_those_inside_too_and_guesses_nothing_by_a_model_elsewhere(
    substance: str, east_m: float, verdict: str, reason: str
) -> None:
    """30 km downwind the model would call it harmless indoors; an officer's zone says otherwise."""
    place = to_positions(HERE, [east_m], [0.0], 270.0)[0]
    there = SmallReference({"receptors": {"S": replace(SCHOOL, position=place)}})
    model = compute_zone(
        INCIDENT, STORED, WIND, there, now_us=NOW_US, utc_offset_h=8.0, terrain=RURAL
    )
    assert model.receptors == ()
    said = HandZone(drawing(place), 3, "x", substance, "Li")
    drawn = hand_zone(said, Surroundings(INCIDENT, there, NOW_US, 8.0))
    zones = Map({"M": _zone("M", model), "H": _zone("H", drawn)})
    now = Situation(operation_id="op", incidents=Map({"I1": INCIDENT}), zones=zones)
    zone_id, advice = advice_for(now, there, INCIDENT, INCIDENT.opened_us + 60_000_000)
    assert zone_id == "M"
    assert [(each.verdict, each.reason) for each in advice.advices] == [(verdict, reason)]
