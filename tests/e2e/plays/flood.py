"""Situation 3 of the acceptance list: a power cut raises 400 alarms in a minute, and gas comes out.

`--file` names the broker's port; the values are sent from here, so that one clock times all.
"""

import argparse
import asyncio
import time
from typing import Any

from paho.mqtt import client as paho
from PySide6.QtCore import Qt

from models.operation.situation import Card, Situation
from models.times import SECOND_US
from tests.e2e.ear import Ear
from tests.e2e.flooded_site import BUS, FLOODED, TANK, TOXIC
from tests.e2e.officer import Officer
from tests.e2e.plays.shift import take_shift
from tests.e2e.plays.thread import _shoot

Facts = dict[str, Any]
_FIRST, _BURST = 12, 8
_FLOOD_S = 50.0


async def play(officer: Officer, facts: Facts, args: argparse.Namespace) -> None:
    """Play it."""
    facts["operation"] = officer.situation.operation_id
    await take_shift(officer)
    await officer.go_to(Qt.Key.Key_F1, "watch")
    window = officer.desk.screens.window
    ear = Ear.put_on(window.sound, officer.runtime.clock)
    await officer.until(lambda: officer.runtime.gateway.connected, "the gateway is heard")
    client = paho.Client(paho.CallbackAPIVersion.VERSION2, client_id="flood-plant")
    client.connect("127.0.0.1", int(args.file))
    client.loop_start()
    try:
        await officer.until(lambda: officer.desk.screens.is_warm, "the desk is warm", 60.0)
        officer.desk.stalls.count_from_now()
        await _begin(officer, facts, client)
        await _go_on(officer, facts, client, ear)
    finally:
        client.disconnect()
        client.loop_stop()
    facts["stalls"] = [
        (round(s.seconds, 3), round(s.worked_s, 3), s.stack) for s in officer.desk.stalls.stalls
    ]
    await _shoot(officer, args, "flood")


async def _begin(officer: Officer, facts: Facts, client: paho.Client) -> None:
    """The power goes first, then a dozen at once: they are one card."""
    _send(client, BUS, 0.0)
    await officer.until(lambda: _open_cards(officer.situation), "the first card")
    began_s = time.monotonic()
    for key in FLOODED[:_FIRST]:
        _send(client, key, 60.0)
    await officer.until(
        lambda: [len(c.alarm_ids) for c in _open_cards(officer.situation)] == [_FIRST + 1],
        "one card holds all",
    )
    facts["one_card_after_s"] = time.monotonic() - began_s


async def _go_on(officer: Officer, facts: Facts, client: paho.Client, ear: Ear) -> None:
    rest = FLOODED[_FIRST:]
    bursts = [rest[i : i + _BURST] for i in range(0, len(rest), _BURST)]
    pause_s, most = _FLOOD_S / len(bursts), 0
    for number, keys in enumerate(bursts):
        for key in keys:
            _send(client, key, 60.0)
        if number == len(bursts) // 2:
            await _gas(officer, facts, client, ear)
        await asyncio.sleep(pause_s)
        most = max(most, len(_open_cards(officer.situation)))
    sent_s = time.monotonic()
    await officer.until(
        lambda: (
            len(officer.situation.alarms) == len(FLOODED) + 3
            and sum(len(c.alarm_ids) for c in _open_cards(officer.situation)) == len(FLOODED) + 3
        ),
        "all alarms are on a card",
    )
    facts["all_there_after_s"] = time.monotonic() - sent_s
    facts["cards"] = [
        {"source": c.hazard_source_key, "first": c.first_alarm_id, "members": len(c.alarm_ids),
         "priority": c.priority, "title": c.title.text("en")}
        for c in _open_cards(officer.situation)
    ]  # fmt: skip
    shown = officer.desk.screens.watch.cards
    order = sorted(shown._order, key=lambda card: shown.widget(card).y())
    facts["shown"] = [officer.situation.cards[card].hazard_source_key for card in order]
    facts["most_cards"] = most


async def _gas(officer: Officer, facts: Facts, client: paho.Client, ear: Ear) -> None:
    """Chlorine elsewhere: it sounds, and its card stands on top."""
    officer.desk.screens.window.sound.silence()
    await officer.until(lambda: not officer.desk.screens.window.sound.is_sounding(), "it is quiet")
    sent_us = officer.runtime.clock.now_us()
    _send(client, TOXIC, 9.0)
    heard = await officer.until(
        lambda: [at for priority, at in ear.heard if priority == 1 and at > sent_us], "its tone"
    )
    facts["tone_after_s"] = (heard[0] - sent_us) / SECOND_US
    shown = officer.desk.screens.watch.cards
    await officer.until(
        lambda: officer.situation.cards[shown._order[0]].hazard_source_key == TANK, "it is on top"
    )
    facts["on_top_after_s"] = (officer.runtime.clock.now_us() - sent_us) / SECOND_US
    began_s = time.monotonic()
    while shown.current_card is None or shown.current_card.hazard_source_key != TANK:
        await officer.press(Qt.Key.Key_Tab)  # the next situation
    facts["key_answered_after_s"] = time.monotonic() - began_s


def _open_cards(situation: Situation) -> list[Card]:
    return [card for card in situation.cards.values() if card.state != "closed"]


def _send(client: paho.Client, key: str, value: float) -> None:
    client.publish(f"muster/{key}", str(value).encode(), qos=1)
