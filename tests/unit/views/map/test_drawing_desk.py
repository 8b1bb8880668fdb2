"""Drawing on a plain map with the real commands: what is drawn, undone, published and replayed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from app.desk import Notice
from maps.drawing import MapObject
from maps.sketch_geometry import offset
from maps.sketching import Act
from models.basics import Name
from models.operation.events.drawing import DrawingAdded, DrawingChanged
from models.operation.events.incident import IncidentClosed, IncidentOpened
from models.operation.events.zone import ZoneDrawn
from models.operation.sketch import MEANINGS, Sketch
from tests.unit.maps.world import ORIGIN, park, published
from tests.unit.views.told_desk import ToldDesk
from views.actions import ActionRegistry
from views.event_lines import EventLines
from views.i18n import Translator
from views.kit import ViewKit
from views.map.drawing_face import DrawingFace
from views.map.drawings_pane import DrawingsPane
from views.map.publish_sheet import PublishSheet
from views.map.widget import MapWidget
from views.theme import Theme, load_tokens
from views.wording import Wording


@pytest.fixture
def kit(told_desk: ToldDesk, theme: Theme, translator: Translator, wording: Wording) -> ViewKit:
    told_desk.say_event(
        IncidentOpened(number="I-1", title=Name("", "Leak"), incident_kind="leak", place=Name()),
        "I1",
    )
    told_desk.actor = "Li@desk-1"
    return ViewKit(told_desk, theme, translator, wording, ActionRegistry())


@pytest.fixture
def plain(kit: ViewKit, qtbot: QtBot) -> Iterator[MapWidget]:
    widget = MapWidget(plain=True)
    qtbot.addWidget(widget)
    widget.resize(900, 500)
    with qtbot.waitSignal(widget.ready):
        widget.show()
    widget.set_theme(load_tokens("dark").color, "dark")
    widget.set_language("en")
    with qtbot.waitSignal(widget.shown):
        widget.set_reference(park(), "en")
    kit.desk.published.connect(widget.show_situation)
    widget.show_situation(replace(published(), situation=kit.desk.situation))
    widget.fly_to(ORIGIN, 15.0)
    yield widget
    widget.shut_down()


@pytest.fixture
def face(kit: ViewKit, plain: MapWidget) -> DrawingFace:
    made = DrawingFace(kit, plain)
    made.show_on("map")
    return made


@pytest.fixture
def pane(kit: ViewKit, face: DrawingFace, qtbot: QtBot) -> DrawingsPane:
    made = DrawingsPane(kit, face.desk)
    qtbot.addWidget(made)
    made.resize(420, 600)
    made.show()
    return made


def typed(face: DrawingFace, text: str) -> None:
    entry = face.strip.findChild(QLineEdit, "draw-entry")
    entry.setText(text)
    QTest.keyClick(entry, Qt.Key.Key_Return)


def place(metres: float) -> str:
    at = offset(ORIGIN, 90.0, metres)
    return f"{at.lat_deg:.6f}, {at.lon_deg:.6f}"


def labels(face: DrawingFace) -> list[str]:
    return [drawing.sketch.label for drawing in face.desk.drawings()]


def shown(plain: MapWidget) -> set[str]:
    return {item["token"] for item in plain.content.outbox.held("drawings").values()}


def test_that_typed_coordinates_and_a_radius_draw_a_cordon(
    told_desk: ToldDesk, face: DrawingFace, plain: MapWidget
) -> None:
    face.desk.take_meaning("hot_line")
    assert face.desk.choice == "working"
    typed(face, place(0))
    typed(face, "1.5 km")
    (drawing,) = face.desk.drawings()
    assert (drawing.sketch.shape, drawing.sketch.radius_m) == ("circle", 1500.0)
    assert drawing.incident_id == "I1"
    assert shown(plain) == {"severity.1"}
    assert plain.content.pencil.sketching.message()["items"] == []
    assert isinstance(told_desk.told[-1].payload, DrawingAdded)
    typed(face, place(0))
    assert len(plain.content.pencil.sketching.message()["handles"]) == 1  # a polygon's pen again


def test_that_nonsense_typed_is_said_and_kept_to_be_mended(
    told_desk: ToldDesk, face: DrawingFace
) -> None:
    codes: list[str] = []
    told_desk.notice.connect(lambda notice: codes.append(notice.code))
    face.desk.take("point")
    typed(face, "gate three")
    assert codes == ["typed_not_understood"]
    assert face.strip.findChild(QLineEdit, "draw-entry").text() == "gate three"
    assert face.desk.drawings() == ()


def test_that_a_click_and_keys_on_the_plain_map_draw(face: DrawingFace, plain: MapWidget) -> None:
    face.desk.take("line")
    middle = plain.backend.rect().center()
    QTest.mouseClick(plain.backend, Qt.MouseButton.LeftButton, pos=middle)
    QTest.keyClick(plain.backend, Qt.Key.Key_Right)
    QTest.keyClick(plain.backend, Qt.Key.Key_Return)
    QTest.keyClick(plain.backend, Qt.Key.Key_Return)
    (drawing,) = face.desk.drawings()
    assert len(drawing.sketch.points) == 2
    QTest.keyClick(plain.backend, Qt.Key.Key_Escape)
    assert face.desk.tool == ""


def test_that_a_digit_on_the_map_goes_on_in_the_line(
    face: DrawingFace, plain: MapWidget, qtbot: QtBot
) -> None:
    face.desk.take("circle")
    typed(face, place(0))
    QTest.keyClick(plain.backend, Qt.Key.Key_3)
    entry = face.strip.findChild(QLineEdit, "draw-entry")
    assert entry.text() == "3"
    typed(face, "300")
    assert face.desk.drawings()[0].sketch.radius_m == 300.0


def test_that_a_text_asks_for_its_words(face: DrawingFace) -> None:
    face.desk.take("text")
    typed(face, place(0))
    assert face.desk.needs_text
    typed(face, "wind gap")
    assert labels(face) == ["wind gap"]


def test_that_a_refused_drawing_does_not_look_stored(
    told_desk: ToldDesk, face: DrawingFace, plain: MapWidget
) -> None:
    face.desk._on_sketched(Act(Sketch(shape="circle", points=(ORIGIN,))))
    assert told_desk.refused == ["drawing_radius"]
    assert face.desk.drawings() == ()
    assert plain.content.pencil.sketching.message()["items"] == []


def test_that_a_closed_incident_leaves_the_operations_own_map(
    told_desk: ToldDesk, face: DrawingFace
) -> None:
    told_desk.say_event(IncidentClosed(reason="over"), "I1")
    face.desk.take("point")
    typed(face, place(0))
    assert [d.incident_id for d in face.desk.drawings()] == [""]


def test_that_undo_and_redo_have_keys_and_a_list(
    kit: ViewKit, face: DrawingFace, told_desk: ToldDesk
) -> None:
    assert not kit.actions.run("draw.undo")
    face.desk.take("point")
    typed(face, place(0))
    assert kit.actions.action("draw.undo").shortcut().toString() == "Ctrl+Z"
    kit.actions.action("draw.undo").trigger()
    assert face.desk.drawings() == ()
    menu = face.strip.findChild(QToolButton, "draw-steps").menu()
    menu.aboutToShow.emit()
    (entry,) = menu.actions()
    assert "Point: drawn, undone" in entry.text()
    assert not entry.isEnabled()
    kit.actions.action("draw.redo").trigger()
    assert len(face.desk.drawings()) == 1
    lines = EventLines(told_desk, kit.wording)
    said = [lines.line(event) for event in told_desk.told[-3:]]
    assert said == [
        "Drawn: Point", "Drawing removed: Point (undone)", "Drawn: Point (done again)",
    ]  # fmt: skip


def test_that_another_desks_change_is_not_undone(
    kit: ViewKit, face: DrawingFace, told_desk: ToldDesk
) -> None:
    face.desk.take("point")
    typed(face, place(0))
    (drawing,) = face.desk.drawings()
    other = Sketch(shape="point", points=(ORIGIN,), label="theirs")
    told_desk.say_event(
        DrawingChanged(before=drawing.sketch, sketch=other, revision=2), drawing.id, "Zhao@desk-2"
    )
    kit.actions.run("draw.undo")
    assert told_desk.refused == ["undo_changed_meanwhile"]
    assert labels(face) == ["theirs"]


def test_that_the_list_says_what_is_not_published_and_publishing_takes_a_signature(
    kit: ViewKit, face: DrawingFace, pane: DrawingsPane, plain: MapWidget
) -> None:
    QAbstractItemModelTester(pane._view.model())
    face.desk.take_meaning("command_post")
    typed(face, place(700))
    row = pane._model.row(0)
    assert (row.state, row.threatened) == ("new", False)
    assert plain.content.outbox.held_value("mapname") == {
        "text": "WORKING MAP · 1 change not published", "warns": True,
    }  # fmt: skip
    assert kit.actions.run("draw.publish")
    sheet = pane._sheet
    assert isinstance(sheet, PublishSheet)
    assert sheet.command().by == "Li"
    assert "new: Command post" in sheet._list.item(0).text()
    sheet.accept()
    assert pane._model.row(0).state == ""
    face.desk.show_map("official")
    name = plain.content.outbox.held_value("mapname")
    assert name is not None
    assert str(name["text"]).startswith("OFFICIAL MAP · No. 1 · ")
    assert not name["warns"]


def test_that_the_official_map_is_shown_by_default_and_both_show_the_difference(
    face: DrawingFace, plain: MapWidget
) -> None:
    assert face.desk.choice == "official"
    face.desk.take("point")
    typed(face, place(0))
    face.desk.show_map("official")
    assert shown(plain) == set()
    face.desk.next_map()
    face.desk.next_map()
    assert face.desk.choice == "both"
    (item,) = plain.content.outbox.held("drawings").values()
    assert item["sub"] == "not published"


def test_that_label_meaning_and_colour_are_changed_in_the_list(
    face: DrawingFace, pane: DrawingsPane, told_desk: ToldDesk
) -> None:
    face.desk.take("point")
    typed(face, place(0))
    label = pane._details.field("label")
    assert isinstance(label, QLineEdit)
    label.setText("North gate")
    label.editingFinished.emit()
    meaning = pane._details.field("meaning")
    assert isinstance(meaning, QComboBox)
    found = [meaning.itemData(i) for i in range(meaning.count())]
    assert "road_block" in found
    assert "hot_line" not in found
    meaning.setCurrentIndex(meaning.findData("road_block"))
    meaning.activated.emit(meaning.currentIndex())
    (drawing,) = face.desk.drawings()
    assert (drawing.sketch.label, drawing.sketch.meaning) == ("North gate", "road_block")
    assert drawing.revision == 3


def test_that_measures_are_copied_and_stored_nowhere(
    kit: ViewKit, face: DrawingFace, told_desk: ToldDesk
) -> None:
    before = len(told_desk.told)
    kit.actions.run("draw.distance")
    typed(face, place(0))
    typed(face, place(1000))
    typed(face, "")
    assert kit.actions.run("draw.copy")
    assert QApplication.clipboard().text() == "Σ 1.00 km · 090°"
    assert len(told_desk.told) == before


def test_that_a_replay_is_read_only_and_has_its_time_under_the_map(
    kit: ViewKit, face: DrawingFace, told_desk: ToldDesk
) -> None:
    codes: list[str] = []
    told_desk.notice.connect(lambda notice: codes.append(notice.code))
    replay = told_desk.enter_replay()
    assert face.time.isVisibleTo(face.time.parentWidget())
    face.desk.take("point")
    assert face.desk.tool == ""
    assert codes == ["replay_is_read_only"]
    replay.span.emit((replay.start_us, replay.start_us + 60_000_000))
    face.time._slider.setValue(30)
    assert replay.sought == [replay.start_us + 30_000_000]
    told_desk.leave_replay()
    assert not face.time.isVisibleTo(face.time.parentWidget())


def test_that_the_tools_stand_on_map_and_command_alone(kit: ViewKit, face: DrawingFace) -> None:
    for station, wanted in (("watch", False), ("command", True), ("review", False), ("map", True)):
        face.show_on(station)
        assert face.strip.isVisibleTo(face.strip.parentWidget()) == wanted
        assert kit.actions.run("draw.point") == wanted
    face.show_on("watch")
    assert face.desk.tool == ""


def test_that_every_tool_has_an_icon_words_and_a_key(kit: ViewKit, face: DrawingFace) -> None:
    for button in face.strip.findChildren(QToolButton):
        assert button.accessibleName()
        assert button.toolTip()
        assert not button.icon().isNull() or button.text()
    menu = face.strip.findChild(QToolButton, "draw-symbols").menu()
    menu.aboutToShow.emit()
    assert len(menu.actions()) == len(MEANINGS) - 1
    assert all("\tShift+" in action.text() for action in menu.actions())
    menu.actions()[3].trigger()
    assert face.desk.tool == "staging"
    drawn = [spec for spec in kit.actions.specs() if spec.id.startswith("draw.")]
    assert all(spec.shortcut for spec in drawn)
    assert len({spec.shortcut for spec in drawn}) == len(drawn)


def test_that_the_chosen_drawing_is_edited_and_removed(
    face: DrawingFace, pane: DrawingsPane, told_desk: ToldDesk
) -> None:
    codes: list[str] = []
    told_desk.notice.connect(lambda notice: codes.append(notice.code))
    face.desk.edit()
    face.desk.remove()
    assert codes == ["drawing_needed", "drawing_needed"]
    face.desk.take("circle")
    typed(face, place(0))
    typed(face, "100")
    face.desk.put_down()
    pane._view.opened.emit(pane._model.row(0))
    assert face.desk.tool == "edit"
    typed(face, "250")
    assert face.desk.drawings()[0].sketch.radius_m == 250.0
    face.desk.remove()
    assert face.desk.drawings() == ()
    assert face.desk.tool == ""


def test_that_the_plain_map_paints_everything(face: DrawingFace, plain: MapWidget) -> None:
    face.desk.show_map("working")
    empty = plain.grab_image()
    face.desk.take("sector")
    typed(face, place(0))
    typed(face, "800 67 40")
    face.desk.take("line", "evacuation_route")
    typed(face, place(-300))
    typed(face, place(400))
    QTest.mouseMove(plain.backend, QPointF(300, 200).toPoint())
    assert plain.grab_image() != empty


def test_that_what_lies_inside_is_counted_sorted_filtered_and_exported(
    kit: ViewKit, face: DrawingFace, plain: MapWidget, told_desk: ToldDesk, tmp_path: Path
) -> None:
    codes: list[str] = []
    told_desk.notice.connect(lambda notice: codes.append(notice.code))
    told_desk.set_reference(park())
    kit.actions.run("draw.inside")
    assert codes == ["area_needed"]
    face.desk.take("circle")
    typed(face, place(0))
    typed(face, "5 km")
    (drawing,) = face.desk.drawings()
    plain.selected.emit(MapObject("drawings", drawing.id))
    kit.actions.run("draw.inside")
    sheet = face.inside.sheet
    assert sheet is not None
    everything = sheet.rows
    assert {row.thing.key for row in everything} >= {"R1", "GT-1"}
    header = sheet._view.horizontalHeader()
    header.sectionClicked.emit(3)
    assert sheet.rows[0].thing.key == "R1"
    header.sectionClicked.emit(3)
    assert sheet.rows[-1].thing.key == "R1"
    sheet._filter.setText("R1")
    assert [row.thing.key for row in sheet.rows] == ["R1"]
    assert "people" in sheet._head.text()
    for ending in ("csv", "gpkg"):
        target = tmp_path / f"inside.{ending}"
        assert sheet.export_to(target).result() == 1
        assert target.stat().st_size > 0
    places: list[object] = []
    sheet.place_wanted.connect(places.append)
    sheet._view.opened.emit(sheet.rows[0])
    assert places == [MapObject("receptors", "R1")]
    sheet.reject()


def test_that_every_message_to_the_map_is_sent(
    face: DrawingFace, plain: MapWidget, translator: Translator
) -> None:
    face.desk.take("point")
    typed(face, place(0))
    for choice in ("official", "both", "working"):
        face.desk.show_map(choice)  # type: ignore[arg-type]
    translator.choose("zh")
    (item,) = plain.content.outbox.held("drawings").values()
    outbox = plain.content.outbox
    assert outbox.acknowledged == outbox.sent
    face.desk.show_map("both")
    (item,) = plain.content.outbox.held("drawings").values()
    assert item["sub"] == "未发布"


def test_that_what_lies_over_the_map_makes_room_for_the_tools(
    face: DrawingFace, plain: MapWidget, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: plain.banner_height >= face.strip.height() > 0)
    face.show_on("watch")
    qtbot.waitUntil(lambda: plain.backend.y() == 0)


def test_that_a_staging_point_in_the_zone_is_warned_of_and_stored(
    face: DrawingFace, pane: DrawingsPane, plain: MapWidget, told_desk: ToldDesk
) -> None:
    said: list[Notice] = []
    told_desk.notice.connect(said.append)
    (first, *_) = published().situation.zones.values()
    told_desk.say_event(ZoneDrawn(incident_id="I1", result=first.result), "Z1")
    far = f"{ORIGIN.lat_deg - 0.2:.6f}, {ORIGIN.lon_deg - 0.2:.6f}"
    face.desk.take_meaning("staging")
    typed(face, far)
    assert said == []
    typed(face, f"{ORIGIN.lat_deg:.6f}, {ORIGIN.lon_deg:.6f}")
    assert [(notice.code, notice.detail) for notice in said] == [
        ("drawing_threatened", "Staging area")
    ]
    assert [row.threatened for row in pane._model.rows()] == [False, True]
    subs = {item["sub"] for item in plain.content.outbox.held("drawings").values()}
    assert subs == {"", "▲ inside the threat zone"}
