"""Drawings in the fold: revisions, steps to undo, official maps, and closed incidents."""

import pytest

from models.basics import LatLon, Name
from models.operation.drawings import (
    map_differences,
    official_map,
    pins,
    step_to_redo,
    step_to_undo,
    steps_key,
    working_drawings,
)
from models.operation.events import drawing as events
from models.operation.events.incident import (
    IncidentClosed,
    IncidentOpened,
    IncidentReopened,
    IncidentsMerged,
)
from models.operation.fold_drawing import KEPT_STEPS
from models.operation.sketch import Sketch
from tests.unit.models.operation.stories import Teller

POINT = Sketch(shape="point", points=(LatLon(32.0, 118.0),), label="a")
OTHER = Sketch(shape="point", points=(LatLon(32.0, 118.1),), label="b")
LI = "Li@desk-1"


@pytest.fixture
def teller() -> Teller:
    told = Teller()
    for key in ("I1", "I2"):
        told.tell(
            IncidentOpened(number=key, title=Name("", key), incident_kind="leak", place=Name()), key
        )
    return told


def add(teller: Teller, drawing: str = "D1", incident: str = "I1", **more: str) -> str:
    revision = int(more.pop("revision", "1"))
    payload = events.DrawingAdded(
        incident_id=incident, sketch=POINT, revision=revision, undoes=more.get("undoes", "")
    )
    return teller.tell(payload, drawing, actor=LI).id


def change_it(teller: Teller, **more: str) -> str:
    payload = events.DrawingChanged(before=POINT, sketch=OTHER, revision=2, **more)
    return teller.tell(payload, "D1", actor=LI).id


def remove(teller: Teller, **more: str) -> str:
    payload = events.DrawingRemoved(before=POINT, revision=2, **more)
    return teller.tell(payload, "D1", actor=LI).id


def publish(teller: Teller, incident: str = "I1", *, drawn: str = "D1", revision: int = 1) -> None:
    pinned = (events.PinnedDrawing(drawing_id=drawn, revision=revision),)
    teller.tell(
        events.SituationMapPublished(incident_id=incident, drawings=pinned, by="Wang", note="ok"),
        "M1",
    )


def test_that_a_drawing_stands_until_removed_and_keeps_who_drew_it(teller: Teller) -> None:
    add(teller)
    change_it(teller)
    drawing = teller.situation.drawings["D1"]
    assert (drawing.sketch, drawing.revision, drawing.added_by) == (OTHER, 2, LI)
    remove(teller)
    assert working_drawings(teller.situation, "I1") == ()
    assert teller.situation.drawings["D1"].removed_us == teller.now_us


def test_that_a_removed_drawing_comes_back_with_its_first_author(teller: Teller) -> None:
    add(teller)
    first_us = teller.now_us
    removed = remove(teller)
    add(teller, revision="3", undoes=removed)
    drawing = teller.situation.drawings["D1"]
    assert (drawing.added_us, drawing.revision, drawing.removed_us) == (first_us, 3, None)


def test_that_a_standing_drawing_is_not_added_twice(teller: Teller) -> None:
    add(teller)
    before = teller.situation.drawings
    add(teller, revision="7")
    assert teller.situation.drawings == before


def test_that_nothing_is_changed_or_removed_that_does_not_stand(teller: Teller) -> None:
    change_it(teller)
    remove(teller)
    assert not teller.situation.drawings
    add(teller)
    remove(teller)
    gone = teller.situation.drawings["D1"]
    change_it(teller)
    assert teller.situation.drawings["D1"] == gone


def test_that_steps_follow_undo_and_redo_and_end_with_a_new_step(teller: Teller) -> None:
    first = add(teller)
    second = change_it(teller)
    change_it(teller, undoes=second)
    situation = teller.situation
    undo, redo = step_to_undo(situation, "Li", "I1"), step_to_redo(situation, "Li", "I1")
    assert undo is not None
    assert redo is not None
    assert (undo.event_id, redo.event_id) == (first, second)
    change_it(teller, redoes=second)
    assert step_to_redo(teller.situation, "Li", "I1") is None
    change_it(teller, undoes=second)
    add(teller, "D2")
    assert step_to_redo(teller.situation, "Li", "I1") is None
    steps = teller.situation.drawing_steps[steps_key("Li", "I1")].steps
    assert [step.drawing_id for step in steps] == ["D1", "D2"]


def test_that_nobody_has_steps_who_drew_nothing(teller: Teller) -> None:
    assert step_to_undo(teller.situation, "Zhao", "I1") is None
    assert step_to_redo(teller.situation, "Zhao", "I1") is None


def test_that_only_the_last_steps_are_kept(teller: Teller) -> None:
    for number in range(KEPT_STEPS + 3):
        add(teller, f"D{number}")
    steps = teller.situation.drawing_steps[steps_key("Li", "I1")].steps
    assert len(steps) == KEPT_STEPS
    assert steps[0].drawing_id == "D3"


def test_that_a_published_map_keeps_its_drawings_as_they_were(teller: Teller) -> None:
    add(teller)
    publish(teller)
    change_it(teller)
    official = official_map(teller.situation, "I1")
    assert official is not None
    assert (official.number, official.by, official.note) == (1, "Wang", "ok")
    assert [drawing.sketch for drawing in official.drawings] == [POINT]
    publish(teller)  # revision 1 again: still held by the map before
    again = official_map(teller.situation, "I1")
    assert again is not None
    assert (again.number, again.drawings) == (2, official.drawings)


def test_that_a_pin_nobody_holds_is_left_out(teller: Teller) -> None:
    add(teller)
    publish(teller, revision=9)
    official = official_map(teller.situation, "I1")
    assert official is not None
    assert official.drawings == ()


def test_that_differences_name_what_publishing_would_change(teller: Teller) -> None:
    add(teller)
    add(teller, "D2")
    publish(teller)
    differences = map_differences(teller.situation, "I1")
    assert [drawing.id for drawing in differences.added] == ["D2"]
    assert [drawing.id for drawing in differences.same] == ["D1"]
    change_it(teller)
    differences = map_differences(teller.situation, "I1")
    assert [drawing.id for drawing in differences.changed] == ["D1"]
    remove(teller)
    assert [d.id for d in map_differences(teller.situation, "I1").removed] == ["D1"]
    assert not map_differences(Teller().situation, "I1")


def test_that_a_closed_incident_keeps_its_drawings_as_they_are(teller: Teller) -> None:
    add(teller)
    teller.tell(IncidentClosed(reason="over"), "I1")
    closed = teller.situation
    change_it(teller)
    remove(teller)
    add(teller, "D2")
    publish(teller)
    assert teller.situation.drawings == closed.drawings
    assert teller.situation.situation_maps == closed.situation_maps
    teller.tell(IncidentReopened(reason="again"), "I1")
    change_it(teller)
    assert teller.situation.drawings["D1"].sketch == OTHER


def test_that_an_archived_incident_takes_its_drawings_along_and_gets_no_new_ones(
    teller: Teller,
) -> None:
    add(teller)
    add(teller, "D2", "")
    publish(teller)
    teller.tell(IncidentClosed(reason="over"), "I1")
    teller.wait(26)
    add(teller, "D3")
    assert set(teller.situation.drawings) == {"D2"}
    assert not teller.situation.situation_maps
    assert set(teller.situation.drawing_steps) == {steps_key("Li", "")}


def test_that_a_removed_drawing_leaves_the_snapshot_after_a_day(teller: Teller) -> None:
    add(teller, "D1", "")
    remove(teller)
    assert "D1" in teller.wait(23).drawings
    assert "D1" not in teller.wait(2).drawings


def test_that_the_working_map_shows_what_was_drawn_for_a_merged_incident(teller: Teller) -> None:
    add(teller, "D1", "I1")
    add(teller, "D2", "I2")
    add(teller, "D3", "")
    teller.tell(IncidentsMerged(absorbed_incident_id="I2", reason="one cloud"), "I1")
    assert [drawing.id for drawing in working_drawings(teller.situation, "I1")] == ["D1", "D2"]
    assert [pin.drawing_id for pin in pins(working_drawings(teller.situation, ""))] == ["D3"]
