"""The whole thread on a live site: alarm → … → closed incident → replay (design.md §1)."""

import argparse
import asyncio
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QLineEdit, QPushButton, QSlider

from models.times import SECOND_US
from tests.e2e.officer import NotSeenError, Officer
from tests.e2e.plays.cards import card_texts
from tests.e2e.plays.orders import (
    choose_order,
    issue_order,
    model_zone_id,
    open_incident_id,
    proposed_teams,
    sign_and_report,
    state_of,
)
from tests.e2e.plays.shift import take_shift
from tests.e2e.snapshots import LiveRecorder, fingerprint

Facts = dict[str, Any]
MOMENTS = 20


async def play(officer: Officer, facts: Facts, args: argparse.Namespace) -> None:
    """Play it from the first alarm to the replay."""
    live = LiveRecorder(officer.runtime.live_published)
    facts["operation"] = officer.situation.operation_id
    facts["officer"] = await take_shift(officer)
    _may_begin(Path(args.file))
    card_id = await _alarm(officer, facts)
    await _verify_and_open(officer, facts, card_id)
    first = await issue_order(officer)
    facts["first_order"] = {"id": first.id, "actions": len(officer.actions)}
    officer.note("first order", team=first.team_key)
    await _zone_by_rate(officer, facts, args.rate)
    second = await issue_order(officer)
    facts["silent_order"] = {"id": second.id, "team": second.team_key}
    officer.note("second order", team=second.team_key)
    await choose_order(officer, first.id)
    await sign_and_report(officer, first.id, "已停工撤人，清点完毕")
    officer.note("first order reported")
    await _shoot(officer, args, "command")
    await _left_unanswered(officer, facts, second.id)
    await _report(officer, facts)
    await _close(officer, facts)
    await _replay(officer, facts, live, args)


def _may_begin(go: Path) -> None:
    """Tell whoever publishes the series."""
    go.write_text("go", "utf-8")


async def _alarm(officer: Officer, facts: Facts) -> str:
    """Wait for the tone and the card, and look at what the card says."""
    sound = officer.desk.screens.window.sound
    await officer.until(lambda: sound.state.sounding, "a tone sounds", 60.0)
    alarm = next(iter(officer.situation.alarms.values()))
    facts["tone_after_s"] = (officer.runtime.clock.now_us() - alarm.raised_us) / 1e6
    cards = officer.desk.screens.watch.cards
    await officer.until(lambda: cards.current_card, "a card shows")
    card = cards.current_card
    assert card is not None
    officer.note("card", first_alarm=card.first_alarm_id)
    await officer.until(lambda: officer.situation.masts, "the wind is known")
    facts["card"] = {"id": card.id, "permits": list(card.permit_keys), "first": card.first_alarm_id}
    facts["alarm_us"] = alarm.raised_us
    return card.id


async def _verify_and_open(officer: Officer, facts: Facts, card_id: str) -> None:
    """Key 1 shows the number, key 1 says "real", Enter opens the incident."""
    officer.actions.clear()
    await officer.press(Qt.Key.Key_1)
    await officer.until(
        lambda: officer.situation.cards[card_id].state == "verifying", "the verification runs"
    )
    card = officer.situation.cards[card_id]
    facts["card_texts"] = await card_texts(officer, card_id)
    facts["called"] = {"phone": card.verification_phone, "person": card.verification_person}
    if not card.verification_person:  # nobody known there: who said it is typed, Enter ends that
        widget = officer.desk.screens.watch.cards.widget(card_id)
        await officer.type_into(officer.child(QLineEdit, "card-said-by", widget), "值班工")
        await officer.press(Qt.Key.Key_Return)
    await officer.press(Qt.Key.Key_1)
    await officer.until(
        lambda: officer.situation.cards[card_id].state == "verified", "the answer is on record"
    )
    await officer.press(Qt.Key.Key_Return)
    incident_id = await officer.until(
        lambda: open_incident_id(officer.situation), "an incident is open"
    )
    command = officer.desk.screens.command
    await officer.until(
        lambda: command.incident is not None and command.incident.id == incident_id,
        "the command station shows it",
    )
    await officer.at_station("command")
    await officer.until(lambda: command.tasks.current_task, "the plan's tasks show")
    facts["incident"] = incident_id
    facts["teams_before_zone"] = proposed_teams(officer)
    officer.note("incident open")


async def _zone_by_rate(officer: Officer, facts: Facts, rate_kg_s: float) -> None:
    """No rate is known: the officer enters one; the model's zone follows, and the teams' ways."""
    if model_zone_id(officer.situation):
        raise NotSeenError("a model's zone stands though no rate is known")
    await officer.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    sheet = await officer.sheet("rate-sheet")
    officer.child(QDoubleSpinBox, "rate-kg-s", sheet).setValue(rate_kg_s)
    before_s = time.monotonic()
    await officer.press(Qt.Key.Key_Return)
    zone_id = await officer.until(lambda: model_zone_id(officer.situation), "the model's zone")
    facts["zone_after_s"] = time.monotonic() - before_s
    zone = officer.situation.zones[zone_id].result
    facts["zone"] = {
        "inputs": [(i.name, i.value, i.unit, i.assumed) for i in zone.inputs],
        "receptors": [(hit.name.zh, hit.people, hit.level_key) for hit in zone.receptors],
        "reach_m": [round(level.reach_m) for level in zone.levels],
        "warnings": [each.code for each in zone.warnings],
    }
    officer.note("zone drawn", receptors=len(zone.receptors))
    command = officer.desk.screens.command
    known = command.dispatch.proposal
    await officer.until(lambda: command.dispatch.proposal is not known, "teams proposed anew")
    facts["teams"] = proposed_teams(officer)


async def _left_unanswered(officer: Officer, facts: Facts, order_id: str) -> None:
    """Nobody signs: the order escalates when it is due; then a late answer comes."""
    await officer.until(
        lambda: officer.situation.orders[order_id].step > 0, "the silent order escalates", 75.0
    )
    order = officer.situation.orders[order_id]
    facts["escalated"] = {
        "step": order.step,
        "called": order.called.number,
        "numbers": [phone.number for phone in order.phones],
        "replacement": order.replacement_team_key,
        "replacement_eta_s": order.replacement_eta_s,
    }
    officer.note("escalated", called=order.called.number)
    await choose_order(officer, order_id)
    await sign_and_report(officer, order_id, "水幕已出水")
    await state_of(officer, order_id, "reported")
    officer.note("late answer")


async def _report(officer: Officer, facts: Facts) -> None:
    """Draft a first report out of the record, sign it, mark it as sent."""
    await officer.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    sheet = await officer.sheet("report-sheet")
    for name, done in (
        ("report-keep", lambda report: True),
        ("report-sign", lambda report: report.signed_by),
        ("report-send", lambda report: report.sent),
    ):
        button = officer.child(QPushButton, name, sheet)
        await officer.until(button.isEnabled, f"{name} can be pressed")
        await officer.click(button)
        await officer.until(
            lambda done=done: any(done(r) for r in officer.situation.reports.values()), name
        )
    report = next(iter(officer.situation.reports.values()))
    facts["report"] = {
        "kind": report.report_kind,
        "sentences": [(s.text, list(s.sources)) for s in report.sentences],
        "signed_by": report.signed_by,
        "sent": list(report.sent),
    }
    await officer.press(Qt.Key.Key_Escape)
    window = officer.desk.screens.window
    await officer.until(
        lambda: not any(d.isVisible() for d in window.findChildren(QDialog, "report-sheet")),
        "the sheet is put away",
    )
    officer.note("first report sent")


async def _close(officer: Officer, facts: Facts) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    await officer.press(Qt.Key.Key_K, keys)
    await officer.answer("泄漏已切断，人员全部清点")
    incident_id = facts["incident"]
    await officer.until(
        lambda: officer.situation.incidents[incident_id].closed_us, "the incident is closed"
    )
    officer.note("incident closed")


async def _replay(
    officer: Officer, facts: Facts, live: LiveRecorder, args: argparse.Namespace
) -> None:
    """Scrub the operation: what the slider shows is what was seen live."""
    await officer.go_to(Qt.Key.Key_F7, "review")
    await officer.press(Qt.Key.Key_Space)
    replay = await officer.until(lambda: officer.runtime.replay, "a replay runs")
    await officer.until(lambda: replay.end_us > replay.start_us, "its span is known")
    slider = officer.child(QSlider, "replay-slider")
    await officer.until(lambda: slider.isEnabled() and slider.maximum() > 1, "the slider lives")
    known = dict(live.by_seq)
    compared: dict[int, bool] = {}
    before_s = time.monotonic()
    for value in range(slider.maximum() + 1):
        slider.setValue(value)
        await _compare(officer, live, known, replay.start_us + value * SECOND_US, compared)
    facts["scrubbed_s"] = time.monotonic() - before_s
    for seq in live.moments(MOMENTS):
        replay.seek(live.recorded_us[seq])  # what a double click in the timeline does
        await _compare(officer, live, known, live.recorded_us[seq], compared)
    facts["replayed"] = [{"seq": seq, "same": same} for seq, same in compared.items()]
    facts["live_seqs"] = len(known)
    slider.setValue(slider.maximum() * 7 // 10)
    officer.note("replayed", moments=len(compared))
    await _compare(officer, live, known, replay.now_us(), compared)
    await _shoot(officer, args, "review")
    keys = Qt.KeyboardModifier.ControlModifier
    await officer.press(Qt.Key.Key_Home, keys)
    await officer.until(lambda: officer.runtime.replay is None, "back to now")
    await officer.go_to(Qt.Key.Key_F1, "watch")


async def _compare(
    officer: Officer,
    live: LiveRecorder,
    known: dict[int, str],
    moment_us: int,
    compared: dict[int, bool],
) -> None:
    """Wait until a moment shows; hold it against the snapshot of that `seq`, where there is one."""
    shown = max((s for s, at in live.recorded_us.items() if at <= moment_us), default=0)
    last = min((s for s, at in live.recorded_us.items() if at > moment_us), default=1 << 60)
    await officer.until(
        lambda: officer.situation.mode == "replay" and shown <= officer.situation.seq < last,
        f"the replay shows seq {shown}",
        10.0,
    )
    seq = officer.situation.seq
    if seq in known:
        compared[seq] = compared.get(seq, True) and fingerprint(officer.situation) == known[seq]


async def _shoot(officer: Officer, args: argparse.Namespace, name: str) -> None:
    """Take a picture when one is wanted; only then the page is given time to follow."""
    if args.shots:
        await asyncio.sleep(1.2)
        shot = officer.desk.screens.window.grab()
        _keep(shot, Path(args.shots), name)


def _keep(shot: QPixmap, folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shot.save(str(folder / f"{name}.png"))
