"""An incident's place: set later, corrected, and what follows it."""

import msgspec
import pytest
from immutables import Map

from app.commands import CommandRefusedError, handle
from app.commands.place import LocateIncident
from app.commands.zone import DrawZone
from models.basics import LatLon, Name
from models.operation.events.incident import IncidentLocated
from models.operation.events.plan import PlanStarted, TaskCreated
from models.operation.events.zone import ZoneDrawn
from models.operation.situation import Incident
from tests.unit.app.commands.conftest import PLACE
from tests.unit.app.test_zone_renewal import _thumb

THERE = LatLon(32.01, 118.0)


def _incident(**more):
    values = {
        "id": "I1", "number": "I-2026-0001", "title": Name("火灾 · 仓库", "Fire · 仓库"),
        "incident_kind": "toxic_leak", "place": Name("仓库", "仓库"), "position": None,
        "hazard_source_key": "", "enterprise_key": "", "substance": "", "cas": "", "wind": (),
        "opened_us": 1, "happened_us": None, "event_id": "e-i",
    }  # fmt: skip
    return Incident(**(values | more))


def _payloads(drafts, kind):
    return [draft.payload for draft in drafts if isinstance(draft.payload, kind)]


@pytest.fixture
def located(context_for, situation):
    def run(command, **incident):
        now = situation.with_(incidents=Map({"I1": _incident(**incident)}))
        return handle(command, context_for(now))

    return run


def test_that_a_place_of_the_registry_brings_source_substance_circle_and_plan(located):
    drafts = located(LocateIncident("I1", "hazard-sources", "HS1", reason="guard"))
    (placed,) = _payloads(drafts, IncidentLocated)
    assert (placed.position, placed.how, placed.moved_m) == (PLACE, "registry", None)
    assert (placed.hazard_source_key, placed.enterprise_key) == ("HS1", "E1")
    assert (placed.substance, placed.cas) == ("chlorine", "7782-50-5")
    assert placed.place == Name("华泰化工 液氯汽化器", "Chlorine vaporiser, Huatai Chemical")
    assert placed.title.en.endswith("· Chlorine vaporiser, Huatai Chemical")
    (circle,) = _payloads(drafts, ZoneDrawn)
    assert (circle.result.kind, circle.result.origin) == ("rule_of_thumb", PLACE)
    assert len(_payloads(drafts, PlanStarted)) == 1
    assert len(_payloads(drafts, TaskCreated)) == 2
    assert {draft.subject for draft in drafts[:1]} == {"I1"}


def test_that_an_enterprise_brings_no_substance_that_belonged_to_another_place(located):
    drafts = located(
        LocateIncident("I1", "enterprises", "E1"),
        hazard_source_key="HS9", substance="ammonia", cas="7664-41-7", plan_keys=("P1",),
    )  # fmt: skip
    (placed,) = _payloads(drafts, IncidentLocated)
    assert (placed.hazard_source_key, placed.substance, placed.enterprise_key) == ("", "", "E1")
    assert placed.place == Name("华泰化工", "Huatai Chemical")
    assert not _payloads(drafts, PlanStarted), "a plan runs already"


def test_that_a_point_keeps_what_is_known_of_the_source(located):
    command = LocateIncident("I1", position=THERE, how="map")
    drafts = located(
        command, position=PLACE, hazard_source_key="HS1", enterprise_key="E1",
        substance="chlorine", cas="7782-50-5", place=Name("东门", "East gate"), plan_keys=("P1",),
    )  # fmt: skip
    (placed,) = _payloads(drafts, IncidentLocated)
    assert (placed.how, placed.substance, placed.place.en) == ("map", "chlorine", "East gate")
    assert placed.moved_m == pytest.approx(1109, abs=3)
    (circle,) = _payloads(drafts, ZoneDrawn)
    assert circle.result.origin == THERE
    assert not any(caution.code == "unknown_substance" for caution in circle.result.warnings)


def test_that_words_name_a_point(located):
    command = LocateIncident("I1", position=THERE, place_text=" 东门外 ", how="coordinates")
    (placed,) = _payloads(located(command), IncidentLocated)
    assert (placed.place, placed.how) == (Name("东门外", "东门外"), "coordinates")


def test_that_a_place_is_needed_and_one_that_exists(located):
    for command, code in (
        (LocateIncident("I1"), "place_missing"),
        (LocateIncident("I1", "hazard-sources", "HS9"), "unknown_place"),
        (LocateIncident("I1", "materials", "D1"), "place_without_position"),
        (LocateIncident("I2", position=THERE), "unknown_incident"),
    ):
        with pytest.raises(CommandRefusedError, match=code):
            located(command)
    with pytest.raises(CommandRefusedError, match="nothing_changed"):
        located(LocateIncident("I1", position=THERE), position=THERE)
    with pytest.raises(CommandRefusedError, match="incident_closed"):
        located(LocateIncident("I1", position=THERE), closed_us=5)


def test_that_a_zone_computed_for_the_old_place_is_not_drawn_any_more(context_for, situation):
    result = _thumb()
    here = _incident(position=result.origin)
    now = situation.with_(incidents=Map({"I1": here}))
    assert handle(DrawZone(incident_id="I1", result=result), context_for(now))
    moved = msgspec.structs.replace(here, position=THERE)
    now = situation.with_(incidents=Map({"I1": moved}))
    with pytest.raises(CommandRefusedError, match="zone_of_old_place"):
        handle(DrawZone(incident_id="I1", result=result), context_for(now))
