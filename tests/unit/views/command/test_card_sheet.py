"""The chemical card of an incident: don'ts first, sources shown, ignorance said."""

import dataclasses

import msgspec
import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.basics import Language
from models.hazard.chemical_card import chemical_card
from models.operation.situation import Incident
from models.registry.kinds import HazardSource
from views.command.card_sheet import ChemicalCardSheet
from views.command.incident_acts import IncidentActs
from views.kit import ViewKit


def _shown(kit: ViewKit, qtbot: QtBot, substance: str, cas: str = "") -> ChemicalCardSheet:
    incident = next(iter(kit.desk.situation.incidents.values()))
    changed: Incident = msgspec.structs.replace(incident, substance=substance, cas=cas)
    sheet = ChemicalCardSheet(kit, changed)
    qtbot.addWidget(sheet)
    sheet.show()
    return sheet


def _texts(sheet: QWidget) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel) if not label.isHidden()]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_the_donts_come_first_with_their_sources(
    kit: ViewKit, qtbot: QtBot, language: Language
) -> None:
    kit.translator.choose(language)
    sheet = _shown(kit, qtbot, "", "7782-50-5")
    card = chemical_card("", "7782-50-5")
    assert card is not None
    texts = _texts(sheet)
    dont, measure = (
        texts.index(lines[0].text.text(language)) for lines in (card.dont, card.measures)
    )
    assert dont < measure
    words = {"en": "recalled, to be checked", "zh": "凭记忆，待核对"}
    stem = card.dont[0].source.removesuffix(", recalled, to be checked")
    assert f"{stem} · {words[language]}" in texts
    assert any("UN 1017" in text for text in texts)
    assert any(text in {"AEGL-3 (60 min)  20 ppm", "AEGL-3（60 分钟）  20 ppm"} for text in texts)


def test_that_borrowed_and_estimated_numbers_say_so(kit: ViewKit, qtbot: QtBot) -> None:
    texts = _texts(_shown(kit, qtbot, "", "68476-85-7"))
    assert "The numbers are those of Propane" in texts
    aluminium = _texts(_shown(kit, qtbot, "烷基铝"))
    assert any("Boiling point" in text for text in aluminium)
    chlorine = _texts(_shown(kit, qtbot, "", "7782-50-5"))
    assert any(text.startswith("ERPG-2  3 ppm · ") for text in chlorine)
    assert "IDLH  10 ppm" in chlorine


def test_that_no_card_is_said_in_words(kit: ViewKit, qtbot: QtBot) -> None:
    assert any("moon dust" in text for text in _texts(_shown(kit, qtbot, "moon dust")))
    assert any("substance is unknown" in text for text in _texts(_shown(kit, qtbot, "")))


def test_that_markup_in_a_name_stays_text(kit: ViewKit, qtbot: QtBot) -> None:
    sheet = _shown(kit, qtbot, "<b>bad</b>")
    assert any("<b>bad</b>" in text for text in _texts(sheet))


def test_that_ctrl_m_opens_it_for_the_chosen_incident(kit: ViewKit, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    chosen: list[Incident | None] = [None]
    acts = IncidentActs(kit, lambda: chosen[0], lambda: window)
    [(key, run)] = [(key, run) for name, _, key, run in acts.specs() if name == "card"]
    assert key == "Ctrl+M"
    run()
    assert window.findChildren(ChemicalCardSheet) == []
    chosen[0] = next(iter(kit.desk.situation.incidents.values()))
    window.show()
    run()
    [sheet] = window.findChildren(ChemicalCardSheet)
    assert sheet.isVisible()
    sheet.close()


def test_that_neighbours_that_react_are_named(kit: ViewKit, qtbot: QtBot) -> None:
    desk = kit.desk
    incident = next(iter(desk.situation.incidents.values()))
    rows = dict(desk.reference.all("hazard-sources"))
    base = next(row for row in rows.values() if isinstance(row, HazardSource))
    replace = msgspec.structs.replace
    own = replace(base, key="own", enterprise_key="E", substance="chlorine", cas="7782-50-5")
    near = replace(own, key="near", substance="ammonia", cas="7664-41-7")
    away = replace(near, key="away", enterprise_key="F", substance="acetylene", cas="74-86-2")
    reference = _Rows({row.key: row for row in (own, near, away)})
    told = dataclasses.replace(kit, desk=_Desk(desk, reference))  # type: ignore[arg-type]
    changed = replace(incident, substance="chlorine", cas="7782-50-5", hazard_source_key="own")
    sheet = ChemicalCardSheet(told, changed)
    qtbot.addWidget(sheet)
    texts = _texts(sheet)
    assert any(text.startswith("Ammonia: Explosive nitrogen trihalide") for text in texts)
    assert not any(text.startswith("Acetylene:") for text in texts)


class _Rows:
    """Hazard sources by their keys."""

    def __init__(self, rows: dict[str, HazardSource]) -> None:
        self._rows = rows

    def all(self, kind: str) -> dict[str, HazardSource]:
        return self._rows if kind == "hazard-sources" else {}


class _Desk:
    """A desk with other reference data."""

    def __init__(self, desk: object, reference: _Rows) -> None:
        self._desk = desk
        self.reference = reference

    def __getattr__(self, name: str) -> object:
        return getattr(self._desk, name)
