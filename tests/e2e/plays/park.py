"""Situations 1, 6 and 2 of the acceptance list, on the demonstration park.

A gas alarm by night up to the first order; a team that doesn't answer; while its clock runs, a
fire by phone. It ends in the middle of the next call: the test kills the desk there.
"""

import argparse
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.commands.operation import PostponeInject
from models.libraries.kinds import Scenario
from models.operation.situation import Card, Situation
from models.times import SECOND_US
from tests.e2e.ear import Ear
from tests.e2e.officer import NotSeenError, Officer
from tests.e2e.plays.cards import card_texts
from tests.e2e.plays.orders import issue_order
from tests.e2e.plays.shift import take_shift

Facts = dict[str, Any]
SILENT_TEAM = "T-02"
PLACE, WHAT = "家合仓库三号", "冒白烟"
FIRE_PLACE = "B-140"
HALF_TYPED = {"caller": "老周（门卫）", "place": "东门外堆场", "happened": "刚才听到一声响，还没"}


async def play(officer: Officer, facts: Facts, args: argparse.Namespace) -> None:
    """Play it."""
    ear = Ear.put_on(officer.desk.screens.window.sound, officer.runtime.clock)
    facts["operation"] = officer.situation.operation_id
    facts["officer"] = await take_shift(officer)
    await bring_forward(officer, "release")
    await _gas_alarm(officer, facts, ear)
    await _silent_team(officer, facts)
    await _fire_by_phone(officer, facts)
    await _escalation(officer, facts, ear)
    await _half_typed(officer, facts)
    facts["typed"] = HALF_TYPED


async def bring_forward(officer: Officer, kind: str) -> None:
    """Let what the script has later happen now."""
    runtime = officer.runtime
    scenario = runtime.reference.get("scenarios", "OPENING")
    assert isinstance(scenario, Scenario)
    now_s = (runtime.clock.now_us() - runtime.situation.started_us) // SECOND_US
    for inject in scenario.injects:
        if inject.type == kind and (by_s := int(now_s) + 1 - inject.at_s) < 0:
            await runtime.execute(PostponeInject(inject_key=inject.key, by_s=by_s))


async def _gas_alarm(officer: Officer, facts: Facts, ear: Ear) -> None:
    """Situation 1: tone, card, verified, incident, first order: five keys."""
    window = officer.desk.screens.window
    await officer.until(lambda: window.sound.state.sounding and ear.heard, "a tone", 90.0)
    first = min(officer.situation.alarms.values(), key=lambda alarm: alarm.raised_us)
    tone_us = ear.heard[0][1]
    facts["tone_after_s"] = (tone_us - first.raised_us) / SECOND_US
    cards = officer.desk.screens.watch.cards
    await officer.until(lambda: _grave(officer.situation), "the chlorine card", 60.0)
    grave = _grave(officer.situation)
    assert grave is not None
    while cards.current_card is None or cards.current_card.id != grave.id:
        await officer.press(Qt.Key.Key_Tab)  # the next situation
    alarm = officer.situation.alarms[grave.first_alarm_id]
    officer.actions.clear()
    await officer.press(Qt.Key.Key_1)
    await _card_is(officer, grave.id, "verifying")
    facts["card_texts"] = await card_texts(officer, grave.id)
    card = officer.situation.cards[grave.id]
    facts["card"] = {
        "phone": card.verification_phone,
        "person": card.verification_person,
        "permits": list(card.permit_keys),
        "winds": [wind.source for wind in card.wind],
        "source": card.hazard_source_key,
    }
    await officer.press(Qt.Key.Key_1)
    await _card_is(officer, grave.id, "verified")
    await officer.press(Qt.Key.Key_Return)
    command = officer.desk.screens.command
    await officer.until(lambda: command.incident and command.tasks.current_task, "the plan runs")
    await officer.at_station("command")
    order = await issue_order(officer)
    facts["first_order"] = {
        "id": order.id,
        "actions": len(officer.actions),
        "after_s": (order.issued_us - alarm.raised_us) / SECOND_US,
    }
    officer.note("first order", team=order.team_key)


def _grave(situation: Situation) -> Card | None:
    """Return the open card with a toxic alarm."""
    for card in situation.cards.values():
        alarms = [situation.alarms.get(each) for each in card.alarm_ids]
        if card.state == "open" and any(a is not None and a.safety == "toxic" for a in alarms):
            return card
    return None


async def _card_is(officer: Officer, card_id: str, state: str) -> None:
    await officer.until(
        lambda: officer.situation.cards[card_id].state == state, f"the card is {state}"
    )


async def _silent_team(officer: Officer, facts: Facts) -> None:
    """Give the team that won't answer a task it can do."""
    command = officer.desk.screens.command
    incident = command.incident
    assert incident is not None
    tasks = sorted(
        (t for t in officer.situation.tasks.values() if t.incident_id == incident.id),
        key=lambda task: task.offset_s,
    )
    for task in tasks:
        if task.state != "waiting":
            continue
        await officer.click(command.tasks.row(task.id))
        await officer.until(lambda task=task: command.tasks.current_task == task, "it is chosen")
        try:
            await officer.until(_is_proposed(officer), "the team is proposed", 1.5)
        except NotSeenError:
            continue
        break
    else:
        raise NotSeenError(f"{SILENT_TEAM} is proposed for no task")
    await officer.click(command.dispatch.row(SILENT_TEAM))
    await officer.until(
        lambda: command.dispatch.current and command.dispatch.current.team_key == SILENT_TEAM,
        "the team is chosen",
    )
    order = await issue_order(officer)
    facts["silent_order"] = {
        "id": order.id,
        "team": order.team_key,
        "called": order.called.number,
        "due_us": order.receipt_due_us,
    }
    officer.note("order to the silent team", team=order.team_key)


def _is_proposed(officer: Officer) -> Callable[[], bool]:
    def proposed() -> bool:
        dispatch = officer.desk.screens.command.dispatch
        ranked = dispatch.proposal.teams.ranked if dispatch.proposal is not None else ()
        return not dispatch.awaits and any(each.team_key == SILENT_TEAM for each in ranked)

    return proposed


async def _fire_by_phone(officer: Officer, facts: Facts) -> None:
    """Situation 2: two fields filled, one key, an incident with its circle."""
    before = set(officer.situation.incidents)
    await officer.go_to(Qt.Key.Key_F1, "watch")
    await bring_forward(officer, "call")
    form = officer.desk.screens.watch.call
    await officer.until(lambda: form.call_id, "the telephone rings")
    facts["call"] = form.call_id
    await officer.type_into(officer.child(QLineEdit, "call-place"), PLACE)
    await officer.until(
        lambda: form.suggestions and form.suggestions[0].record.key == FIRE_PLACE,
        "the place that sounds alike is offered first",
    )
    await officer.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    await officer.until(lambda: form.chosen_place, "the place is taken")
    await officer.type_into(officer.child(QLineEdit, "call-kind"), WHAT)
    await officer.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await officer.until(lambda: set(officer.situation.incidents) - before, "the incident is open")
    (incident_id,) = set(officer.situation.incidents) - before
    facts["fire"] = incident_id
    await officer.until(
        lambda: any(z.incident_id == incident_id for z in officer.situation.zones.values()),
        "its circle stands",
    )
    officer.note("fire incident open")


async def _escalation(officer: Officer, facts: Facts, ear: Ear) -> None:
    """Situation 6: at the due second a tone, the next number, a replacement; then the answer."""
    order_id = facts["silent_order"]["id"]
    await officer.until(
        lambda: officer.situation.orders[order_id].step > 0, "the silent order escalates", 75.0
    )
    order = officer.situation.orders[order_id]
    due_us = facts["silent_order"]["due_us"]
    await officer.until(lambda: any(at >= due_us for _, at in ear.heard), "a tone at the due time")
    facts["chime_after_s"] = min(at - due_us for _, at in ear.heard if at >= due_us) / SECOND_US
    facts["escalated"] = {
        "called": order.called.number,
        "person": order.called.person,
        "numbers": [phone.number for phone in order.phones],
        "replacement": order.replacement_team_key,
    }
    officer.note("escalated", called=order.called.number)
    await officer.until(
        lambda: officer.situation.orders[order_id].received_us, "the late answer", 40.0
    )
    facts["late_answer_by"] = officer.situation.orders[order_id].received_by
    officer.note("late answer")


async def _half_typed(officer: Officer, facts: Facts) -> None:
    """Begin another record and stop in the middle of a sentence."""
    await officer.go_to(Qt.Key.Key_F1, "watch")
    form = officer.desk.screens.watch.call
    before = form.call_id
    await officer.press(Qt.Key.Key_N)
    await officer.until(lambda: form.call_id and form.call_id != before, "an empty form")
    for name, text in HALF_TYPED.items():
        await officer.type_into(officer.child(QLineEdit, f"call-{name}"), text)
    call_id = facts["half_typed_call"] = form.call_id

    def is_kept() -> bool:  # the form may show the call before it is on record
        call = officer.situation.calls.get(call_id)
        return call is not None and call.fields == HALF_TYPED

    await officer.until(is_kept, "the draft is kept")


__all__ = ["HALF_TYPED", "bring_forward", "play"]
