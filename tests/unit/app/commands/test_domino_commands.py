"""Fires' zones stand beside clouds', and a domino judgement is taken into the log and back."""

import pytest
from immutables import Map
from msgspec.structs import replace

from app.commands import CommandRefusedError, handle
from app.commands.zone import DrawZone, RecordDomino, current_fires, current_zones
from models.basics import LatLon, Name
from models.hazard.fires import DominoEvent, DominoTable, FireCase
from models.hazard.ports import Input
from tests.unit.app.test_zone_renewal import INCIDENT, _thumb, _zone

CASE = FireCase(
    key="vce", name=Name(en="VCE"), event=DominoEvent(kind="blast", tnt_kg=9.0), how="x"
)
TABLE = DominoTable(
    case=CASE, source_key="Q-1", source_name=Name(en="Q"), position=LatLon(30.0, 120.0),
    burning=False, hits=(),
)  # fmt: skip


def test_that_a_fire_s_zone_keeps_no_cloud_from_being_drawn(context_for, situation):
    fire, model = replace(_thumb(), kind="fire"), replace(_thumb(), kind="model")
    now = situation.with_(incidents=Map({"I1": INCIDENT}), zones=Map({"F1": _zone("F1", fire)}))
    assert current_zones(now, "I1") == ()
    assert current_zones(now, "I1", rule_of_thumb=True) == ()
    assert handle(DrawZone(incident_id="I1", result=model, only_if_none=True), context_for(now))


def test_that_a_case_that_burns_is_drawn_once_by_itself_and_again_by_an_officer(
    context_for, situation
):
    named = Input(name="fire_case", value="fireball")
    ball = replace(_thumb(), kind="fire", inputs=(named,))
    pool = replace(ball, inputs=(replace(named, value="pool_fire:large"),))
    now = situation.with_(incidents=Map({"I1": INCIDENT}), zones=Map({"F1": _zone("F1", ball)}))
    with pytest.raises(CommandRefusedError, match="zone_drawn_already"):
        handle(DrawZone("I1", ball, only_if_none=True), context_for(now))
    assert handle(DrawZone("I1", pool, only_if_none=True), context_for(now))
    assert handle(DrawZone("I1", ball), context_for(now))
    assert current_fires(now, "I1", "fireball")
    assert current_fires(now, "I1", "vce") == ()


def test_that_a_fire_of_an_old_place_is_refused(context_for, situation):
    fire = replace(_thumb(), kind="fire", origin=LatLon(31.0, 121.0))
    now = situation.with_(incidents=Map({"I1": INCIDENT}))
    with pytest.raises(CommandRefusedError, match="zone_of_old_place"):
        handle(DrawZone(incident_id="I1", result=fire), context_for(now))


def test_that_a_judgement_is_recorded_of_the_incident_and_taken_back(context_for, situation):
    now = situation.with_(incidents=Map({"I1": INCIDENT}))
    (draft,) = handle(RecordDomino("I1", TABLE), context_for(now))
    assert (draft.subject, draft.payload.table, draft.caused_by) == (
        "I1", TABLE, INCIDENT.event_id,
    )  # fmt: skip
    with pytest.raises(CommandRefusedError, match="no_domino"):
        handle(RecordDomino("I1", None), context_for(now))
    judged = now.with_(incidents=Map({"I1": replace(INCIDENT, domino=TABLE)}))
    (draft,) = handle(RecordDomino("I1", None), context_for(judged))
    assert draft.payload.table is None


def test_that_a_closed_incident_takes_no_judgement(context_for, situation):
    closed = situation.with_(incidents=Map({"I1": replace(INCIDENT, closed_us=1)}))
    with pytest.raises(CommandRefusedError, match="incident_closed"):
        handle(RecordDomino("I1", TABLE), context_for(closed))
