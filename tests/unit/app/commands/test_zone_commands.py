"""Zones drawn by the program: each once, whichever desk is first."""

import pytest
from immutables import Map
from msgspec.structs import replace

from app.commands import CommandRefusedError, handle
from app.commands.zone import DrawContours, DrawZone, RecordAdvice
from models.hazard.advice import ZoneAdvice
from tests.unit.app.test_zone_renewal import INCIDENT, _thumb, _zone


def test_that_two_desks_renew_a_rule_of_thumb_once(context_for, situation):
    zones = Map({"Z1": _zone("Z1", _thumb(), out_of_date="x"), "Z2": _zone("Z2", _thumb())})
    now = situation.with_(incidents=Map({"I1": INCIDENT}), zones=zones)
    command = DrawZone(incident_id="I1", result=_thumb(), only_if_none=True)
    with pytest.raises(CommandRefusedError, match="zone_drawn_already"):
        handle(command, context_for(now))
    assert handle(command, context_for(now.with_(zones=zones.delete("Z2"))))


def test_that_a_substance_no_model_knows_is_not_drawn_again_and_again(context_for, situation):
    """The model answers with the table's zone then, which doesn't count as a model's."""
    zones = Map({"Z1": _zone("Z1", _thumb("toxic_leak"))})
    now = situation.with_(incidents=Map({"I1": INCIDENT}), zones=zones)
    command = DrawZone(incident_id="I1", result=_thumb("toxic_leak"), only_if_none=True)
    with pytest.raises(CommandRefusedError, match="zone_drawn_already"):
        handle(command, context_for(now))


def test_that_an_advice_is_recorded_with_its_zone_and_folded(context_for, situation):
    advice = ZoneAdvice(now_s=60.0, exponent=2.0, probit_source="x", verified=False, advices=())
    now = situation.with_(incidents=Map({"I1": INCIDENT}), zones=Map({"Z1": _zone("Z1", _thumb())}))
    drafts = handle(RecordAdvice(zone_id="Z1", advice=advice), context_for(now))
    assert [(draft.subject, draft.payload.advice) for draft in drafts] == [("Z1", advice)]
    with pytest.raises(CommandRefusedError, match="unknown_zone"):
        handle(RecordAdvice(zone_id="Z9", advice=advice), context_for(now))


def test_that_contours_stand_beside_a_model_s_zone_only(context_for, situation):
    model = replace(_thumb(), kind="model")
    zones = Map({"Z1": _zone("Z1", _thumb()), "Z2": _zone("Z2", model)})
    now = situation.with_(incidents=Map({"I1": INCIDENT}), zones=zones)
    (draft,) = handle(DrawContours(zone_id="Z2", result=model), context_for(now))
    assert (draft.subject, draft.payload.result) == ("Z2", model)
    for zone_id in ("Z1", "Z9"):
        with pytest.raises(CommandRefusedError, match="unknown_zone"):
            handle(DrawContours(zone_id=zone_id, result=model), context_for(now))
    drawn = now.with_(zones=zones.set("Z2", replace(zones["Z2"], contours=model)))
    with pytest.raises(CommandRefusedError, match="zone_drawn_already"):
        handle(DrawContours("Z2", model, only_if_none=True), context_for(drawn))
    assert handle(DrawContours("Z2", model), context_for(drawn))
