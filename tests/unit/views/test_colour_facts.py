"""The colour among an enterprise's facts: in the register, and of what the map has selected."""

from collections.abc import Iterator

import pytest
from immutables import Map
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from maps.drawing import MapObject
from models.basics import Name
from models.operation.events.warning import Colour, ColourPart
from models.operation.situation import Changes, Published, Situation
from models.operation.warned import WarningColour
from models.registry.kinds import Enterprise, HazardSource, Receptor, Record
from models.times import MINUTE_US
from tests.unit.views.station_desk import StationDesk
from tests.unit.views.station_window import settle
from views.actions import ActionRegistry
from views.colour_facts import ColourFact, ColourFacts
from views.i18n import Translator
from views.kit import ViewKit
from views.libraries.detail_pane import DetailPane
from views.libraries.words import LibraryWords
from views.map.widget import MapWidget
from views.map_panes import ObjectPane
from views.theme import Theme
from views.wording import Wording

NOW_US = 1_800_000_000_000_000
HUATAI = Enterprise(key="E1", name=Name("华泰化工", "Huatai"))
SANJIANG = Enterprise(key="E2", name=Name("三江", "Sanjiang"))
VAPORISER = HazardSource(
    key="HS1", name=Name("液氯汽化器", "Chlorine vaporiser"), enterprise_key="E1", grade="一级"
)
TANK = HazardSource(key="HS2", name=Name("苯储罐", "Benzene tank"), enterprise_key="E1")
SCHOOL = Receptor(key="R1", name=Name("小学", "School"))
ROWS: dict[str, list[Record]] = {
    "enterprises": [HUATAI, SANJIANG],
    "hazard-sources": [VAPORISER, TANK],
    "receptors": [SCHOOL],
}


def warned(key: str, colour: Colour, index: float, grade: str, *parts: ColourPart) -> WarningColour:
    return WarningColour(
        hazard_source_key=key, enterprise_key="E1", colour=colour, index=index, parts=parts,
        grade=grade, least="", since_us=NOW_US - MINUTE_US, event_id="e",
    )  # fmt: skip


WARNED = Map(
    {
        "HS1": warned(
            "HS1", "orange", 65.0, "一级", ColourPart(what="alarm_2", items=2, points=50.0)
        ),
        "HS2": warned("HS2", "yellow", 25.0, "", ColourPart(what="alarm_2", items=1, points=25.0)),
    }
)
CALM = Situation(operation_id="o", mode="live", recorded_us=NOW_US)
UNEASY = CALM.with_(warning_colours=WARNED)


@pytest.fixture
def desk() -> StationDesk:
    return StationDesk(UNEASY, ROWS)


@pytest.fixture
def kit(desk: StationDesk, theme: Theme, translator: Translator, wording: Wording) -> ViewKit:
    return ViewKit(desk, theme, translator, wording, ActionRegistry())


def texts(widget: QWidget) -> str:
    settle()
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def test_that_an_enterprise_has_its_colour_then_the_sources_that_make_it(kit: ViewKit) -> None:
    assert ColourFacts(kit).of(HUATAI) == (
        ColourFact("", "orange 65", "2", "that of the worst of 2 hazard sources above blue"),
        ColourFact(
            "Chlorine vaporiser",
            "orange 65 since 15:59:00",
            "2",
            "2 alarms, high +50 · grade 一级 × 1.3",
        ),
        ColourFact("Benzene tank", "yellow 25 since 15:59:00", "3", "1 alarm, high +25"),
    )


def test_that_a_calm_enterprise_says_that_it_is_blue(kit: ViewKit) -> None:
    assert ColourFacts(kit).of(SANJIANG) == (
        ColourFact("", "blue", "", "no hazard source of it above blue"),
    )


def test_that_a_hazard_source_has_its_own_and_a_school_none(
    kit: ViewKit, desk: StationDesk
) -> None:
    facts = ColourFacts(kit)
    assert facts.of(TANK) == (ColourFact("", "yellow 25 since 15:59:00", "3", "1 alarm, high +25"),)
    desk.show(CALM)
    assert facts.of(TANK) == (ColourFact("", "blue", "", ""),)
    assert facts.of(SCHOOL) == ()


def test_that_a_source_the_register_lost_is_named_by_its_key(kit: ViewKit) -> None:
    kit.desk.situation = CALM.with_(warning_colours=Map({"GONE": warned("GONE", "red", 90.0, "")}))
    own, gone = ColourFacts(kit).of(HUATAI)
    assert (own.text, own.why) == ("red 90", "that of one hazard source above blue")
    assert (gone.source, gone.why) == ("GONE", "")


@pytest.fixture
def register(kit: ViewKit, qtbot: QtBot) -> DetailPane:
    pane = DetailPane(kit, LibraryWords(kit))
    qtbot.addWidget(pane)
    pane.resize(420, 600)
    pane.show()
    return pane


def test_that_the_register_tells_it_and_follows_the_situation(
    register: DetailPane, desk: StationDesk
) -> None:
    register.show_record("enterprises", HUATAI)
    shown = texts(register)
    assert "Warning colour\norange 65\nthat of the worst of 2 hazard sources above blue" in shown
    assert "Hazard sources above blue  2" in shown
    assert "Chlorine vaporiser · orange 65 since 15:59:00" in shown
    desk.show(UNEASY.with_(warning_colours=Map()), warning_colours=frozenset({"HS1", "HS2"}))
    shown = texts(register)
    assert "Warning colour\nblue\nno hazard source of it above blue" in shown
    assert "Hazard sources above blue" not in shown


def test_that_the_register_speaks_chinese(register: DetailPane, kit: ViewKit, qtbot: QtBot) -> None:
    register.show_record("enterprises", HUATAI)
    kit.translator.choose("zh")
    qtbot.waitUntil(lambda: "由 2 处预警危险源中最严重者决定" in texts(register))
    assert "液氯汽化器 · 橙色 65，自 15:59:00 起" in texts(register)


@pytest.fixture
def selected(kit: ViewKit, qtbot: QtBot) -> Iterator[tuple[ObjectPane, MapWidget]]:
    map_widget = MapWidget(plain=True)
    qtbot.addWidget(map_widget)
    pane = ObjectPane(kit, map_widget)
    qtbot.addWidget(pane)
    pane.resize(420, 600)
    pane.show()
    yield pane, map_widget
    map_widget.shut_down()


def test_that_the_selected_enterprise_tells_it_and_follows_the_situation(
    selected: tuple[ObjectPane, MapWidget], desk: StationDesk
) -> None:
    pane, map_widget = selected
    map_widget.selected.emit(MapObject("enterprises", "E1"))
    assert (
        "Warning colour\n"
        "▲ orange 65 · that of the worst of 2 hazard sources above blue\n"
        "▲ Chlorine vaporiser · orange 65 since 15:59:00 · 2 alarms, high +50 · grade 一级 × 1.3\n"
        "● Benzene tank · yellow 25 since 15:59:00 · 1 alarm, high +25"
    ) in texts(pane)
    body = pane.findChildren(QLabel)
    desk.show(UNEASY, warning_colours=frozenset({"HS1"}))
    assert pane.findChildren(QLabel) == body  # nothing of it changed: nothing is made anew
    desk.show(CALM, alarms=frozenset({"a"}))
    assert "▲ orange 65" in texts(pane)
    desk.show(CALM, warning_colours=frozenset({"HS1", "HS2"}))
    assert "Warning colour\nblue · no hazard source of it above blue" in texts(pane)


def test_that_a_replay_tells_the_colour_of_its_moment(
    selected: tuple[ObjectPane, MapWidget], desk: StationDesk
) -> None:
    pane, map_widget = selected
    map_widget.selected.emit(MapObject("hazard-sources", "HS2"))
    assert "● yellow 25" in texts(pane)
    then = Published(situation=CALM, changes=Changes(touched=Map(), full=True))
    desk.situation = CALM
    desk.published.emit(then)
    assert "Warning colour\nblue" in texts(pane)


def test_that_what_has_no_colour_has_no_line(
    selected: tuple[ObjectPane, MapWidget], desk: StationDesk
) -> None:
    pane, map_widget = selected
    desk.show(CALM)  # nothing is selected yet
    map_widget.selected.emit(MapObject("receptors", "R1"))
    desk.show(UNEASY)
    assert "Warning colour" not in texts(pane)


def test_that_the_kind_is_named_in_the_language_of_the_screen(
    selected: tuple[ObjectPane, MapWidget], kit: ViewKit, qtbot: QtBot
) -> None:
    pane, map_widget = selected
    map_widget.selected.emit(MapObject("enterprises", "E1"))
    assert "Kind\nEnterprises" in texts(pane)
    kit.translator.choose("zh")
    qtbot.waitUntil(lambda: "类型\n企业" in texts(pane))


def test_that_long_reasons_are_scrolled_not_squeezed(
    selected: tuple[ObjectPane, MapWidget], qtbot: QtBot
) -> None:
    pane, map_widget = selected
    pane.resize(320, 140)
    map_widget.selected.emit(MapObject("enterprises", "E1"))

    def whole() -> bool:
        labels = [each for each in pane.findChildren(QLabel) if each.isVisible()]
        wrapped = [each for each in labels if each.wordWrap()]
        return bool(wrapped) and all(
            each.height() >= each.heightForWidth(each.width()) for each in wrapped
        )

    qtbot.waitUntil(whole)
    [scroll] = pane.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 0)
