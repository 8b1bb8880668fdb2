"""Situation 5 of the acceptance list: the wind turns 40° while an order is under way."""

import argparse
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from models.operation.situation import Situation, Zone
from models.operation.zone_watch import WindTolerance, departure_reason
from tests.e2e.ear import Ear
from tests.e2e.officer import Officer
from tests.e2e.plays.orders import model_zone_id
from tests.e2e.plays.park import _gas_alarm, bring_forward
from tests.e2e.plays.shift import take_shift
from tests.e2e.plays.thread import _shoot

Facts = dict[str, Any]
_WIND = "OPEN-WIND"


async def play(officer: Officer, facts: Facts, args: argparse.Namespace) -> None:
    """Play it."""
    facts["operation"] = officer.situation.operation_id
    await take_shift(officer)
    await bring_forward(officer, "release")
    ear = Ear.put_on(officer.desk.screens.window.sound, officer.runtime.clock)
    await _gas_alarm(officer, facts, ear)
    await officer.until(lambda: model_zone_id(officer.situation), "the model's zone", 60.0)
    first = officer.situation.zones[model_zone_id(officer.situation)]
    facts["first"] = _told(first)
    said: list[str] = []
    officer.runtime.notice.connect(lambda notice: said.append(f"{notice.code} {notice.detail}"))
    contours = await officer.until(
        lambda: officer.situation.zones[first.id].contours, "its contours, from a process", 60.0
    )
    facts["probabilities"] = sorted({level.probability for level in contours.levels})
    await bring_forward(officer, "wind")
    await officer.until(lambda: _WIND in officer.situation.fired, "the wind turns")
    await officer.until(lambda: _left(officer.situation, first), "the wind has left", 90.0)
    left_us = officer.runtime.clock.now_us()
    await officer.until(lambda: _stale(officer.situation), "OUT OF DATE", 150.0)
    stale_us = officer.runtime.clock.now_us()
    await officer.until(lambda: _fresh(officer.situation), "the new zone", 15.0)
    facts["left_us"], facts["stale_us"] = left_us, stale_us
    facts["new_after_s"] = (officer.runtime.clock.now_us() - stale_us) / 1e6
    await officer.go_to(Qt.Key.Key_F4, "command")
    await officer.until(lambda: _named(said), "what is newly inside is named")
    line = _named(said)[0].split(" · ")[1]

    def shown() -> list[str]:
        labels = officer.desk.screens.command.facts.findChildren(QLabel)
        return [each.text() for each in labels if each.isVisible()]

    await officer.until(lambda: any(line in text for text in shown()), "the station shows it")
    facts["shown"] = shown()
    models = {key for key, z in officer.situation.zones.items() if z.result.kind == "model"}
    outbox = officer.desk.screens.map.content.outbox
    await officer.until(lambda: models <= outbox.held("zones").keys(), "both zones are drawn")
    facts["drawn"] = {k: z.get("stale_text", "") for k, z in outbox.held("zones").items()}
    facts["zones"] = [_told(zone) for zone in officer.situation.zones.values()]
    facts["said"] = said
    await _shoot(officer, args, "wind")


def _named(said: list[str]) -> list[str]:
    return [text for text in said if text.startswith("newly_threatened")]


def _left(situation: Situation, zone: Zone) -> bool:
    """Whether the mast the zone was computed with shows a turn by more than its inputs allow."""
    wind = zone.result.wind
    assert wind is not None
    live = next((mast for mast in situation.masts if mast.source == wind.source), None)
    return live is not None and departure_reason(wind, live, WindTolerance()).startswith("turn")


def _stale(situation: Situation) -> str:
    zones = situation.zones.values()
    return next((z.id for z in zones if z.result.kind == "model" and z.out_of_date), "")


def _fresh(situation: Situation) -> str:
    zones = situation.zones.values()
    return next(
        (
            z.id for z in zones
            if z.result.kind == "model" and not z.out_of_date and z.withdrawn_us is None
        ),
        "",
    )  # fmt: skip


def _told(zone: Zone) -> dict[str, Any]:
    wind = zone.result.wind
    return {
        "id": zone.id, "kind": zone.result.kind, "out_of_date": zone.out_of_date,
        "withdrawn": zone.withdrawn_us is not None, "replaced_by": zone.replaced_by,
        "drawn_us": zone.drawn_us, "from_deg": wind.from_deg if wind else None,
        "receptors": [hit.receptor_key for hit in zone.result.receptors],
    }  # fmt: skip
