"""The region's warning colour over the situations: counts, the worst by name, its place."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from models.operation.events.warning import Colour, ColourPart, WarningColourChanged
from tests.unit.views.small_park import PLACE
from tests.unit.views.station_window import Stage, settle
from views.watch.colour_strip import ColourStrip


def strip_of(stage: Stage) -> ColourStrip:
    strip = stage.watch.cards.findChild(ColourStrip)
    assert strip is not None
    return strip


def colour(stage: Stage, colour: Colour, key: str = "HS1", index: float = 62.5) -> None:
    payload = WarningColourChanged(
        colour=colour,
        before="blue",
        index=index,
        parts=(
            ColourPart(what="alarm_2", items=2, points=50.0),
            ColourPart(what="special_work", items=1, points=8.0),
        ),
    )
    stage.desk.say_event(payload, key, "system")


def test_that_a_calm_park_is_blue_in_one_quiet_line(stage: Stage) -> None:
    assert stage.texts(strip_of(stage)) == "Region: blue\nno hazard source above blue"


def test_that_the_worst_source_is_named_and_counted(stage: Stage) -> None:
    colour(stage, "yellow", "OLD", 30.0)
    colour(stage, "orange")
    assert stage.texts(strip_of(stage)).split("\n") == [
        "Region: orange",
        "1",
        "1",
        "Chlorine vaporiser",
    ]
    tip = strip_of(stage).toolTip().split("\n")
    assert tip[0] == (
        "orange 62.5 · Chlorine vaporiser · 2 alarms, high +50 · 1 special work permit in force +8"
    )
    assert tip[1].startswith("yellow 30 · OLD · ")
    colour(stage, "blue")
    assert "Region: yellow" in stage.texts(strip_of(stage))


def test_that_enter_and_a_click_lead_to_the_worst_source(stage: Stage) -> None:
    wanted: list[object] = []
    stage.watch.place_wanted.connect(wanted.append)
    strip = strip_of(stage)
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Return)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton)
    assert wanted == []
    colour(stage, "red")
    settle()
    QTest.keyClick(strip, Qt.Key.Key_Return)
    QTest.keyClick(strip, Qt.Key.Key_Space)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton)
    assert wanted == [PLACE, PLACE]


def test_that_it_speaks_chinese(stage: Stage) -> None:
    colour(stage, "red")
    stage.kit.translator.choose("zh")
    assert stage.texts(strip_of(stage)).split("\n") == ["全域：红色", "1", "液氯汽化器"]
    assert "2 条报警（高） +50" in strip_of(stage).toolTip()
