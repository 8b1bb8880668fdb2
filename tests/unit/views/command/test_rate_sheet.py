"""The sheet that asks for a rate, and for the wind where no mast speaks."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.commands.wind import EnterWind
from models.basics import Name
from models.registry.kinds import HazardSource
from tests.unit.views.small_park import open_card
from tests.unit.views.station_window import Stage
from views.command.rate_sheet import RateSheet
from views.command.release_choice import ReleaseChoice
from views.kit import ViewKit
from views.tools.preview_desk import FixedReference, PreviewDesk


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What the sheets stand over: an accepted one is deleted."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def shown(kit: ViewKit, window: QWidget) -> tuple[RateSheet, list[object], list[object]]:
    incident = next(iter(kit.desk.situation.incidents.values()))
    sheet = RateSheet(kit, incident, window)
    winds: list[object] = []
    rates: list[object] = []
    sheet.wind_entered.connect(winds.append)
    sheet.entered.connect(lambda _, rate: rates.append(rate))
    sheet.show()
    return sheet, winds, rates


def test_that_a_speaking_mast_needs_no_wind_by_hand(kit: ViewKit, window: QWidget) -> None:
    desk = kit.desk
    fresh = tuple(
        msgspec.structs.replace(mast, observed_us=desk.clock.now_us())
        for mast in desk.live_situation.masts
    )
    desk.live_situation = desk.live_situation.with_(masts=fresh)
    sheet, winds, rates = shown(kit, window)
    sheet.accept()
    assert winds == []
    assert sheet.wind_since_us == 0
    assert len(rates) == 1


def test_that_the_wind_is_asked_for_where_no_mast_speaks(kit: ViewKit, window: QWidget) -> None:
    kit.desk.live_situation = kit.desk.live_situation.with_(masts=())
    sheet, winds, rates = shown(kit, window)
    spins = {name: sheet.findChild(QDoubleSpinBox, name) for name in ("wind-from", "wind-speed")}
    classes = sheet.findChild(QComboBox, "wind-stability")
    assert all(spin is not None and spin.isVisible() for spin in spins.values())
    spins["wind-from"].setValue(245)  # type: ignore[union-attr]
    spins["wind-speed"].setValue(4.5)  # type: ignore[union-attr]
    classes.setCurrentText("C")  # type: ignore[union-attr]
    now_us = kit.desk.clock.now_us()
    told: list[int] = []
    sheet.wind_entered.connect(lambda _: told.append(sheet.wind_since_us))
    sheet.accept()
    assert winds == [EnterWind(from_deg=245.0, speed_m_s=4.5, stability="C")]
    assert told == [sheet.wind_since_us]  # before the wind is: it is observed later
    assert sheet.wind_since_us >= now_us
    assert rates[0].assumed  # type: ignore[attr-defined]


def test_that_terrain_alone_changes_nothing_else_of_the_rate(kit: ViewKit, window: QWidget) -> None:
    sheet, _, rates = shown(kit, window)
    terrain = sheet.findChild(QComboBox, "rate-terrain")
    assert terrain is not None
    assert terrain.currentData() is None
    terrain.setCurrentIndex(terrain.findData("urban"))
    sheet.accept()
    (rate,) = rates
    assert rate.terrain == "urban"  # type: ignore[attr-defined]
    other, _, changed = shown(kit, window)
    other.findChild(QDoubleSpinBox, "rate-kg-s").setValue(7.5)  # type: ignore[union-attr]
    other.accept()
    assert changed[0].terrain is None  # type: ignore[attr-defined]
    assert (changed[0].release_kg_s, changed[0].source) == (7.5, "officer")  # type: ignore[attr-defined]


def test_that_a_typical_release_fills_the_sheet_and_says_what_it_assumes(
    kit: ViewKit, window: QWidget
) -> None:
    incident = next(iter(kit.desk.situation.incidents.values()))
    held = HazardSource(
        key=incident.hazard_source_key, name=Name(en="Tank"), substance="chlorine", inventory_t=50
    )
    reference = FixedReference({"hazard-sources": {held.key: held}})
    assert isinstance(kit.desk, PreviewDesk)
    kit.desk.set_reference(reference)
    sheet, _, rates = shown(kit, window)
    choice, note = sheet.findChild(QComboBox, "rate-stored"), sheet.findChild(QLabel, "rate-note")
    assert choice is not None
    assert note is not None
    assert not note.isVisible()
    names = [choice.itemText(n) for n in range(choice.count())]
    place = next(n for n, name in enumerate(names) if name.startswith("Medium hole"))
    choice.setCurrentIndex(place)
    assert note.isVisible()
    assert "not verified" in note.text()
    rate = sheet.findChild(QDoubleSpinBox, "rate-kg-s")
    assert rate is not None
    assert f"{rate.value():.3g}" in names[place]
    sheet.accept()
    (entered,) = rates
    assert entered.source == "typical release medium"  # type: ignore[attr-defined]
    assert entered.assumed  # type: ignore[attr-defined]


def test_that_a_source_without_inventory_says_so(kit: ViewKit, window: QWidget) -> None:
    choice = ReleaseChoice(kit, HazardSource(key="X", name=Name(en="Tank")))
    choice.setParent(window)
    note, listed = choice.findChild(QLabel, "rate-note"), choice.findChild(QComboBox)
    assert note is not None
    assert listed is not None
    assert "no inventory" in note.text()
    assert listed.count() == 1


@pytest.mark.parametrize("speaks", [True, False])
def test_that_the_zone_waits_for_the_wind_entered_with_the_rate(stage: Stage, speaks: bool) -> None:
    open_card(stage.desk)
    stage.press(Qt.Key.Key_1)
    stage.desk.wait_s(8)
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_Return)
    desk = stage.desk
    (incident,) = desk.situation.incidents.values()
    now_us = desk.clock.now_us()
    heard_us = now_us if speaks else 0
    masts = tuple(msgspec.structs.replace(m, observed_us=heard_us) for m in desk.situation.masts)
    assert masts
    desk.live_situation = desk.live_situation.with_(masts=masts)
    stage.command.show_rate_sheet()
    sheet = stage.command._sheet
    assert isinstance(sheet, RateSheet)
    sheet.accept()
    ((entered, _),) = stage.zones.rates
    assert entered == incident.id
    assert (stage.zones.since_us[0] >= now_us) is not speaks
