"""A card's values: what isn't measured now says so, the gravest come first."""

from dataclasses import replace

import pytest
from immutables import Map

from app.desk import GatewayState, LiveValue
from models.telemetry.ports import Quality
from tests.unit.views.small_park import ALARM, CARD, open_card
from tests.unit.views.station_window import Stage
from views.watch.card_text import trend_text

TAG = ALARM.rpartition("/")[0]
FRESH = LiveValue(tag_key=TAG, value=0.0, quality=Quality.GOOD, source_us=1, arrival_us=1)


def _shown(stage: Stage) -> str:
    situation = stage.desk.situation
    return trend_text(situation.cards[CARD], situation, stage.kit)


@pytest.fixture
def card(stage: Stage) -> Stage:
    open_card(stage.desk)
    stage.desk.gateway = GatewayState(connected=True, detail="")
    stage.desk.latest[TAG] = FRESH
    return stage


def test_that_a_measured_value_stands_by_itself(card: Stage) -> None:
    assert f"{TAG} 0 ppm (" in _shown(card)


def test_that_a_dead_detector_s_zero_does_not_read_as_clear(card: Stage) -> None:
    for quality in (Quality.BAD, Quality.STALE):
        card.desk.latest[TAG] = replace(FRESH, quality=quality)
        assert f"{TAG} 0 ppm [stale]" in _shown(card)
    card.desk.latest[TAG] = FRESH
    card.desk.gateway = GatewayState(connected=False, detail="")
    assert "[stale]" in _shown(card)


def test_that_a_silent_tag_and_no_number_say_so(card: Stage) -> None:
    card.desk.situation = card.desk.situation.with_(stale_tags=Map({TAG: 1}))
    assert "[stale]" in _shown(card)
    card.desk.latest[TAG] = replace(FRESH, value=float("nan"), quality=Quality.BAD)
    assert "nan" not in _shown(card)
