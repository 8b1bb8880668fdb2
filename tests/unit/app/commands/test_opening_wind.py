"""A mast that reads nonsense doesn't stand between an alarm and its incident."""

import msgspec
from immutables import Map

from app.commands import handle
from app.commands.incident import OpenIncidentFromCard
from models.basics import Wind
from models.operation.events.zone import ZoneDrawn


def test_that_a_nonsense_wind_gives_the_circle_all_around(context_for, situation):
    broken = Wind(from_deg=90.0, speed_m_s=99.9, stability="D", source="M1")
    card = msgspec.structs.replace(situation.cards["C1"], wind=(broken,))
    situation = situation.with_(cards=Map({"C1": card}))
    drafts = handle(OpenIncidentFromCard(card_id="C1"), context_for(situation))
    (zone,) = [d.payload.result for d in drafts if isinstance(d.payload, ZoneDrawn)]
    assert zone.wind is None
    assert "no_wind" in {caution.code for caution in zone.warnings}
