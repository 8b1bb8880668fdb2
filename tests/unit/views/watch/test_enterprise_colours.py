"""The enterprises that aren't blue on Watch: worst first, why, and one key to each."""

from typing import cast

import pytest
from immutables import Map
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.basics import LatLon, Name
from models.operation.events.warning import Colour, ColourPart, WarningColourChanged
from models.operation.situation import Changes, Published
from models.registry.kinds import Enterprise, HazardSource, Record
from tests.unit.views.small_park import PLACE
from tests.unit.views.station_window import Stage
from views.tools.preview_desk import FixedReference
from views.watch.enterprise_colours import EnterpriseColours
from views.watch.enterprise_row import EnterpriseRow

SANJIANG = LatLon(32.01, 118.01)
PARTS = tuple(
    ColourPart(what=what, items=items, points=points)
    for what, items, points in (
        ("alarm_2", 2, 50.0),
        ("special_work", 1, 8.0),
        ("stale", 1, 8.0),
        ("hidden_danger", 1, 5.0),
    )
)


@pytest.fixture
def enterprises(stage: Stage) -> EnterpriseColours:
    """Beside Huatai with its place: one without a place, and a source of nobody."""
    places = {"E1": PLACE, "E2": SANJIANG, "E3": None, "E4": SANJIANG, "E5": SANJIANG}
    names = {"E1": Name("华泰化工", "Huatai"), "E2": Name("三江", "Sanjiang")}
    rows: dict[str, dict[str, Record]] = {
        "enterprises": {
            key: Enterprise(key=key, name=names.get(key, Name(en=f"Works {key}")), position=place)
            for key, place in places.items()
        },
        "hazard-sources": {
            key: HazardSource(
                key=key, name=Name(en=f"Tank {key}"), position=PLACE, enterprise_key=owner
            )
            for key, owner in (
                ("A", "E1"), ("B", "E2"), ("C", "E3"), ("D", "E4"), ("E", "E5"), ("F", "E2"),
                ("N", ""),
            )
        },
    }  # fmt: skip
    stage.desk.set_reference(FixedReference(rows))
    stage.watch.cards.enterprises.set_room(1000)
    return stage.watch.cards.enterprises


def say(stage: Stage, key: str, colour: Colour, index: float, *parts: ColourPart) -> None:
    payload = WarningColourChanged(
        colour=colour, before="blue", index=index, parts=parts, least="" if parts else "priority_1"
    )
    stage.desk.say_event(payload, key, "system")


def texts(stage: Stage, row: EnterpriseRow) -> list[str]:
    return stage.texts(row).split("\n")


def keys(enterprises: EnterpriseColours) -> list[str]:
    return [row.key for row in enterprises.rows()]


def test_that_nothing_stands_there_while_all_are_blue(
    stage: Stage, enterprises: EnterpriseColours
) -> None:
    assert not enterprises.isVisible()
    say(stage, "A", "yellow", 30.0, PARTS[0])
    assert enterprises.isVisible()
    say(stage, "A", "blue", 0.0)
    assert not enterprises.isVisible()
    assert keys(enterprises) == []


def test_that_the_worst_stands_first_with_what_made_it(
    stage: Stage, enterprises: EnterpriseColours
) -> None:
    say(stage, "A", "yellow", 30.0)
    say(stage, "F", "yellow", 26.0, PARTS[1])
    say(stage, "B", "orange", 71.0, *PARTS)
    assert keys(enterprises) == ["E2", "E1"]
    first, second = enterprises.rows()
    assert texts(stage, first) == [
        "Sanjiang",
        "orange 71",
        "Tank B · 2 alarms, high +50 · 1 special work permit in force +8 · "
        "1 tag without data +8 · 1 more · 1 more source above blue",
    ]
    assert texts(stage, second) == [
        "Huatai",
        "yellow 30",
        "Tank A · orange at least because a critical alarm stands",
    ]
    tip = first.toolTip().split("\n")
    assert tip[0].endswith("1 tag without data +8 · 1 hidden danger open +5")
    assert tip[1] == "yellow 26 · Tank F · 1 special work permit in force +8"
    assert first.accessibleName() == "Sanjiang · orange 71"
    assert first.accessibleDescription() == first.toolTip()
    say(stage, "A", "red", 85.0, PARTS[0])
    assert keys(enterprises) == ["E1", "E2"]


def test_that_the_colour_is_a_sign_as_well(stage: Stage, enterprises: EnterpriseColours) -> None:
    for key, colour, severity in (("A", "red", 1), ("B", "orange", 2), ("D", "yellow", 3)):
        say(stage, key, cast("Colour", colour), 90.0)
        [row] = [each for each in enterprises.rows() if each._mark.severity == severity]
        assert row.property("severity") == str(severity)


def test_that_more_than_three_are_named_and_none_is_left_out(
    stage: Stage, enterprises: EnterpriseColours
) -> None:
    for key, index in (("A", 60.0), ("B", 59.0), ("C", 58.0), ("D", 57.0), ("N", 56.0)):
        say(stage, key, "orange", index, PARTS[0])
    assert keys(enterprises) == ["E1", "E2", "E3"]
    assert stage.shown("enterprises-more") == (
        "2 more enterprises above blue: Works E4 orange 57 · Of no enterprise orange 56"
    )
    for _ in range(4):
        enterprises.next()
    assert keys(enterprises) == ["E1", "E2", "E3", "E4"]
    assert "1 more enterprise above blue" in stage.shown("enterprises-more")


def test_that_enter_and_a_click_lead_to_the_enterprise(
    stage: Stage, enterprises: EnterpriseColours, qtbot: QtBot
) -> None:
    places: list[object] = []
    chosen: list[tuple[str, str]] = []
    stage.watch.place_wanted.connect(places.append)
    stage.watch.selected.connect(lambda kind, key: chosen.append((kind, key)))
    say(stage, "B", "orange", 60.0, PARTS[0])
    [row] = enterprises.rows()
    qtbot.waitUntil(row.isVisible)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    QTest.keyClick(row, Qt.Key.Key_Space)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert places == [SANJIANG, SANJIANG]
    assert chosen == [("enterprises", "E2")] * 2


def test_that_one_key_leads_from_the_worst_to_each(
    stage: Stage, enterprises: EnterpriseColours
) -> None:
    chosen: list[tuple[str, str]] = []
    records: list[tuple[str, str]] = []
    stage.watch.selected.connect(lambda kind, key: chosen.append((kind, key)))
    stage.watch.record_wanted.connect(lambda kind, key: records.append((kind, key)))
    stage.open("watch")
    action = stage.kit.actions.action("watch.enterprise")
    assert action.shortcut().toString() == "E"
    action.trigger()
    assert (chosen, records) == ([], [])
    for key, colour in (("A", "red"), ("C", "orange"), ("N", "yellow")):
        say(stage, key, cast("Colour", colour), 60.0, PARTS[0])
    action.trigger()
    assert chosen == [("enterprises", "E1")]
    assert [row.property("current") for row in enterprises.rows()] == [True, False, False]
    action.trigger()
    assert records == [("enterprises", "E3")]  # it has no place: the register tells of it
    action.trigger()
    assert chosen[1:] == [("hazard-sources", "N")]  # of nobody: its worst source
    action.trigger()
    assert chosen[2:] == [("enterprises", "E1")]


def test_that_it_follows_the_register_and_the_language(
    stage: Stage, enterprises: EnterpriseColours
) -> None:
    say(stage, "A", "orange", 60.0, PARTS[0])
    stage.kit.translator.choose("zh")
    [row] = enterprises.rows()
    assert texts(stage, row) == ["华泰化工", "橙色 60", "Tank A · 2 条报警（高） +50"]
    moved = HazardSource(key="A", name=Name("罐"), enterprise_key="E2")
    rows: dict[str, dict[str, Record]] = {"hazard-sources": {"A": moved}}
    stage.desk.set_reference(FixedReference(rows))
    [row] = enterprises.rows()
    assert texts(stage, row)[0] == "E2"  # not in this register: its key


def test_that_a_replay_shows_the_enterprises_of_its_moment(
    stage: Stage, enterprises: EnterpriseColours
) -> None:
    say(stage, "A", "orange", 60.0, PARTS[0])
    then = stage.desk.situation
    say(stage, "A", "blue", 0.0)
    say(stage, "B", "red", 90.0, PARTS[0])
    assert keys(enterprises) == ["E2"]
    stage.desk.enter_replay()
    stage.desk.situation = then
    stage.desk.published.emit(Published(situation=then, changes=Changes(touched=Map(), full=True)))
    assert keys(enterprises) == ["E1"]
    say(stage, "D", "red", 95.0, PARTS[0])  # what happens live meanwhile isn't of that moment
    assert keys(enterprises) == ["E1"]


def test_that_a_small_screen_explains_only_what_somebody_looks_at(
    stage: Stage, enterprises: EnterpriseColours, qtbot: QtBot
) -> None:
    for key, index in (("A", 90.0), ("B", 80.0), ("D", 70.0)):
        say(stage, key, "red", index, PARTS[0])
    enterprises.set_room(400)
    assert keys(enterprises) == ["E1", "E2"]
    assert stage.shown("enterprises-more") == "1 more enterprise above blue: Works E4 red 70"
    first, second = enterprises.rows()
    assert texts(stage, first) == ["Huatai", "red 90"]
    second.setFocus()
    qtbot.waitUntil(lambda: len(texts(stage, second)) == 3)
    second.clearFocus()
    qtbot.waitUntil(lambda: texts(stage, second) == ["Sanjiang", "red 80"])
    enterprises.next()
    assert texts(stage, first)[2] == "Tank A · 2 alarms, high +50"


def test_that_more_is_said_where_the_pane_is_higher(
    stage: Stage, enterprises: EnterpriseColours
) -> None:
    for key, index in (("A", 90.0), ("B", 80.0), ("D", 70.0)):
        say(stage, key, "red", index, PARTS[0])
    for height, explained in ((500, [True, False, False]), (700, [True, True, True])):
        enterprises.set_room(height)
        assert [len(texts(stage, row)) == 3 for row in enterprises.rows()] == explained


def test_that_the_pane_of_the_situations_says_how_much_room_there_is(
    stage: Stage, enterprises: EnterpriseColours, qtbot: QtBot
) -> None:
    for key, index in (("A", 90.0), ("B", 80.0), ("D", 70.0)):
        say(stage, key, "red", index, PARTS[0])
    stage.window.resize(1280, 800)
    qtbot.waitUntil(lambda: keys(enterprises) == ["E1", "E2"])
    stage.window.resize(1920, 2000)
    qtbot.waitUntil(lambda: keys(enterprises) == ["E1", "E2", "E4"])
