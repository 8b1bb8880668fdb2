"""A call without a place, a second call about the same thing, and the shift changes in the middle.

Situation 7 of the acceptance list, the joining half of situation 4, and a replay that shows the
names of its day.
"""

import argparse
import time
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from app.commands.incident import SplitIncident
from models.basics import Name
from models.operation.handover import open_items
from models.operation.situation import Incident
from tests.e2e.officer import Officer
from tests.e2e.plays.shift import take_shift
from tests.e2e.plays.thread import _shoot

Facts = dict[str, Any]
SOURCE, RENAMED = "V-203", "换了名字的汽化器"
NEXT = "接班人赵"
CTRL = Qt.KeyboardModifier.ControlModifier


async def play(officer: Officer, facts: Facts, args: argparse.Namespace) -> None:
    """Play it."""
    facts["operation"] = officer.situation.operation_id
    facts["outgoing"] = await take_shift(officer)
    first = await _incident_by_phone(officer, "厂区西边", "氯气泄漏，味道很大")
    facts["first"] = first.id
    facts["before"] = {"position": first.position, "zones": _zones(officer, first.id)}
    await _locate(officer, facts, first.id)
    await _shoot(officer, args, "located")
    await _join(officer, facts, first.id)
    await _hand_over(officer, facts, args)
    await _replay(officer, facts, args)


async def _incident_by_phone(officer: Officer, place: str, what: str) -> Incident:
    """Record a call by hand and open an incident from it; no place is chosen."""
    before = set(officer.situation.incidents)
    await officer.go_to(Qt.Key.Key_F1, "watch")
    form = officer.desk.screens.watch.call
    await officer.press(Qt.Key.Key_N)
    await officer.until(lambda: form.call_id, "an empty form")
    await officer.type_into(officer.child(QLineEdit, "call-place"), place)
    await officer.type_into(officer.child(QLineEdit, "call-kind"), what)
    await officer.press(Qt.Key.Key_Return, CTRL)
    await officer.until(lambda: set(officer.situation.incidents) - before, "the incident is open")
    (incident_id,) = set(officer.situation.incidents) - before
    command = officer.desk.screens.command
    await officer.until(
        lambda: command.incident is not None and command.incident.id == incident_id,
        "its command shows",
    )
    await officer.at_station("command")
    return officer.situation.incidents[incident_id]


def _zones(officer: Officer, incident_id: str) -> int:
    return sum(z.incident_id == incident_id for z in officer.situation.zones.values())


async def _locate(officer: Officer, facts: Facts, incident_id: str) -> None:
    """P, the code of the place, Enter: position, circle, plan, teams."""
    await officer.press(Qt.Key.Key_P)
    sheet = await officer.sheet("place-sheet")
    await officer.type_into(officer.child(QLineEdit, "field-query", sheet), SOURCE)
    button = officer.child(QPushButton, "place-set", sheet)
    await officer.until(button.isEnabled, "a place is found")
    facts["offered"] = officer.child(QPushButton, "place-0", sheet).text()
    began_s = time.monotonic()
    await officer.press(Qt.Key.Key_Return)
    await officer.until(lambda: _zones(officer, incident_id), "its circle stands")
    facts["circle_after_s"] = time.monotonic() - began_s
    incident = officer.situation.incidents[incident_id]
    facts["located"] = {
        "source": incident.hazard_source_key,
        "substance": incident.substance,
        "plans": list(incident.plan_keys),
    }
    dispatch = officer.desk.screens.command.dispatch
    await officer.until(
        lambda: dispatch.proposal is not None and dispatch.proposal.teams.ranked,
        "teams are proposed",
    )
    facts["teams"] = len(dispatch.proposal.teams.ranked) if dispatch.proposal else 0
    officer.note("located")


async def _join(officer: Officer, facts: Facts, first_id: str) -> None:
    """A second call about the same place: offered, joined by J, split again, nothing lost."""
    second = await _incident_by_phone(officer, "罐区旁", "闻到氯气味")
    await officer.press(Qt.Key.Key_P)
    sheet = await officer.sheet("place-sheet")
    await officer.type_into(officer.child(QLineEdit, "field-query", sheet), SOURCE)
    await officer.until(officer.child(QPushButton, "place-set", sheet).isEnabled, "it is found")
    await officer.press(Qt.Key.Key_Return)
    facts_pane = officer.desk.screens.command.facts
    number = officer.situation.incidents[first_id].number
    await officer.until(
        lambda: any(number in w.text() for w in facts_pane.findChildren(QLabel) if w.isVisible()),
        "joining is offered",
    )
    facts["joined_by_itself"] = officer.situation.incidents[second.id].merged_into
    await officer.press(Qt.Key.Key_J)
    choice = await officer.sheet("choice-sheet")
    combo = officer.child(QComboBox, "field-choice", choice)
    facts["preselected"] = combo.currentData()
    combo.setCurrentIndex(combo.findData(first_id))
    await officer.press(Qt.Key.Key_Return)
    await officer.until(
        lambda: officer.situation.incidents[second.id].merged_into == first_id, "they are joined"
    )
    command = officer.desk.screens.command
    await officer.until(
        lambda: command.incident is not None and command.incident.id == first_id, "shown as one"
    )
    tasks = dict(officer.situation.tasks)
    await officer.runtime.execute(SplitIncident(first_id, second.id, "两起"))
    await officer.until(
        lambda: not officer.situation.incidents[second.id].merged_into, "they are split"
    )
    facts["split_lost"] = sorted(set(tasks) - set(officer.situation.tasks))
    officer.note("joined and split")


async def _hand_over(officer: Officer, facts: Facts, args: argparse.Namespace) -> None:
    """Somebody else takes the watch with a reason, in the middle of it."""
    facts["unowned"] = sum(item.falls for item in open_items(officer.situation))
    facts["clocks"] = len(officer.situation.report_clocks)
    keeping = officer.desk.screens.shift
    await officer.press(Qt.Key.Key_G, CTRL)
    await officer.until(lambda: keeping.sheet, "the sheet shows")
    person = officer.child(QComboBox, "shift-person")
    person.setEditText(NEXT)
    await officer.until(lambda: officer.child(QLineEdit, "shift-reason"), "a reason is asked for")
    officer.child(QLineEdit, "shift-reason").setText("突发疾病")
    began_s = time.monotonic()
    await officer.click(officer.child(QPushButton, "shift-take"))
    await officer.until(
        lambda: officer.situation.handover and officer.situation.handover.incoming == NEXT,
        "the handover is on record",
    )
    facts["handover_after_s"] = time.monotonic() - began_s
    handover = officer.situation.handover
    assert handover is not None
    facts["handover"] = {
        "outgoing": handover.outgoing,
        "incoming": handover.incoming,
        "items": handover.item_count,
        "sha256": handover.sha256,
    }
    facts["owners"] = sorted({item.owner for item in open_items(officer.situation)})
    facts["clocks_after"] = len(officer.situation.report_clocks)
    await officer.press(Qt.Key.Key_H, CTRL)
    sheet: QDialog = await officer.sheet("handover-document")
    officer.child(QComboBox, "handover-which", sheet).setCurrentIndex(1)
    facts["document"] = officer.child(QPlainTextEdit, "handover-text", sheet).toPlainText()
    await officer.until(sheet.isActiveWindow, "the sheet is in front")
    if args.shots:
        sheet.adjustSize()
        sheet.grab().save(f"{args.shots}/handover-sheet.png")
    await officer.press(Qt.Key.Key_Escape)
    officer.note("handed over")


async def _replay(officer: Officer, facts: Facts, args: argparse.Namespace) -> None:
    """The source gets another name; the replay of before shows the old one, the present the new."""
    runtime, screens = officer.runtime, officer.desk.screens
    old = runtime.reference.get("hazard-sources", SOURCE)
    assert old is not None
    before_us = runtime.situation.recorded_us
    references = screens._services.references
    renamed = replace(old, name=Name(zh=RENAMED, en="Renamed vaporiser"))
    change = partial(references.change_row, "hazard-sources", SOURCE, renamed, "officer")
    _, changed = await runtime.in_reader(change)
    view = await runtime.in_reader(lambda: references.view(changed.revision).preload())
    runtime.set_reference(view)
    await officer.until(
        lambda: runtime.live_situation.reference_revision == changed.revision,
        "the gateway pins the new revision",
        40.0,
    )
    await officer.go_to(Qt.Key.Key_F7, "review")
    await officer.press(Qt.Key.Key_Space)
    replay = await officer.until(lambda: runtime.replay, "a replay runs")
    await officer.until(lambda: replay.end_us > replay.start_us, "its span is known")
    replay.set_speed(0.0)
    replay.seek(before_us)
    names = {}
    for key, moment_us in (("then", before_us), ("now", replay.end_us)):
        replay.seek(moment_us)
        wanted = runtime.live_situation.reference_revision if key == "now" else None
        await officer.until(
            lambda wanted=wanted: (
                runtime.situation.mode == "replay"
                and (runtime.situation.reference_revision == wanted) == (wanted is not None)
            ),
            f"the replay shows {key}",
        )
        row = runtime.reference.get("hazard-sources", SOURCE)
        assert row is not None
        names[key] = row.name.zh
    await officer.press(Qt.Key.Key_Home, CTRL)
    await officer.until(lambda: runtime.replay is None, "back to now")
    present = runtime.reference.get("hazard-sources", SOURCE)
    assert present is not None
    facts["names"] = names | {"old": old.name.zh, "live": present.name.zh}
    officer.note("replayed")
