"""The sheet that asks for a rate, and for the wind where no mast speaks."""

import msgspec
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox
from pytestqt.qtbot import QtBot

from app.commands.wind import EnterWind
from views.command.rate_sheet import RateSheet
from views.kit import ViewKit


def shown(kit: ViewKit, qtbot: QtBot) -> tuple[RateSheet, list[object], list[object]]:
    incident = next(iter(kit.desk.situation.incidents.values()))
    sheet = RateSheet(kit, incident)
    qtbot.addWidget(sheet)
    winds: list[object] = []
    rates: list[object] = []
    sheet.wind_entered.connect(winds.append)
    sheet.entered.connect(lambda _, rate: rates.append(rate))
    sheet.show()
    return sheet, winds, rates


def test_that_a_speaking_mast_needs_no_wind_by_hand(kit: ViewKit, qtbot: QtBot) -> None:
    desk = kit.desk
    fresh = tuple(
        msgspec.structs.replace(mast, observed_us=desk.clock.now_us())
        for mast in desk.live_situation.masts
    )
    desk.live_situation = desk.live_situation.with_(masts=fresh)
    sheet, winds, rates = shown(kit, qtbot)
    sheet.accept()
    assert winds == []
    assert len(rates) == 1


def test_that_the_wind_is_asked_for_where_no_mast_speaks(kit: ViewKit, qtbot: QtBot) -> None:
    kit.desk.live_situation = kit.desk.live_situation.with_(masts=())
    sheet, winds, rates = shown(kit, qtbot)
    spins = {name: sheet.findChild(QDoubleSpinBox, name) for name in ("wind-from", "wind-speed")}
    classes = sheet.findChild(QComboBox, "wind-stability")
    assert all(spin is not None and spin.isVisible() for spin in spins.values())
    spins["wind-from"].setValue(245)  # type: ignore[union-attr]
    spins["wind-speed"].setValue(4.5)  # type: ignore[union-attr]
    classes.setCurrentText("C")  # type: ignore[union-attr]
    sheet.accept()
    assert winds == [EnterWind(from_deg=245.0, speed_m_s=4.5, stability="C")]
    assert rates[0].assumed  # type: ignore[attr-defined]


def test_that_terrain_alone_changes_nothing_else_of_the_rate(kit: ViewKit, qtbot: QtBot) -> None:
    sheet, _, rates = shown(kit, qtbot)
    terrain = sheet.findChild(QComboBox, "rate-terrain")
    assert terrain is not None
    assert terrain.currentData() is None
    terrain.setCurrentIndex(terrain.findData("urban"))
    sheet.accept()
    (rate,) = rates
    assert rate.terrain == "urban"  # type: ignore[attr-defined]
    other, _, changed = shown(kit, qtbot)
    other.findChild(QDoubleSpinBox, "rate-kg-s").setValue(7.5)  # type: ignore[union-attr]
    other.accept()
    assert changed[0].terrain is None  # type: ignore[attr-defined]
    assert (changed[0].release_kg_s, changed[0].source) == (7.5, "officer")  # type: ignore[attr-defined]
