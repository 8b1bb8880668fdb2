"""Drawing, undoing and publishing as two officers at two desks do it."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.commands import CommandRefusedError, Context, handle
from app.commands.drawing import (
    AddDrawing,
    ChangeDrawing,
    PublishSituationMap,
    RedoDrawing,
    RemoveDrawing,
    UndoDrawing,
)
from models.basics import LatLon, Name
from models.ids import SeededIds
from models.operation.drawings import map_differences, pins, working_drawings
from models.operation.events.drawing import PinnedDrawing
from models.operation.events.incident import IncidentClosed, IncidentOpened, IncidentsMerged
from models.operation.fold import empty_situation, fold_all
from models.operation.sketch import Sketch
from tests.unit.models.operation.stories import OPERATION, Teller

LI, ZHAO = "Li@desk-1", "Zhao@desk-2"


def sketch(number: int = 0, label: str = "") -> Sketch:
    return Sketch(shape="point", points=(LatLon(32.0, 118.0 + number / 1000),), label=label)


class NoReference:
    revision = 1

    def all(self, kind):
        del kind
        return {}

    def get(self, kind, key):
        del kind, key


class Hall:
    """Executes commands as the desk does: handler, append, fold."""

    def __init__(self):
        self.teller = Teller()
        self.ids = SeededIds("hall")
        for key in ("I1", "I2"):
            opened = IncidentOpened(
                number=f"N-{key}", title=Name("", key), incident_kind="leak", place=Name()
            )
            self.teller.tell(opened, key)

    @property
    def situation(self):
        return self.teller.situation

    def do(self, command, actor=LI):
        context = Context(
            situation=self.situation, reference=NoReference(), now_us=self.teller.now_us,
            actor=actor, ids=self.ids,
        )  # fmt: skip
        drafts = handle(command, context)
        return [
            self.teller.tell(d.payload, d.subject, actor=d.actor, caused_by=d.caused_by)
            for d in drafts
        ]

    def draw(self, number=0, incident="I1", actor=LI):
        (event,) = self.do(AddDrawing(incident, sketch(number)), actor)
        return event.subject

    def working(self, incident="I1"):
        return {d.id: d.sketch for d in working_drawings(self.situation, incident)}

    def revision(self, drawing_id):
        return self.situation.drawings[drawing_id].revision


@pytest.fixture
def hall():
    return Hall()


def refused(hall, command, code, actor=LI):
    with pytest.raises(CommandRefusedError) as caught:
        hall.do(command, actor)
    assert caught.value.code == code
    return caught.value.detail


def test_that_what_is_drawn_belongs_to_the_incident_and_names_its_cause(hall):
    (event,) = hall.do(AddDrawing("I1", sketch()))
    assert event.payload.incident_id == "I1"
    assert event.caused_by == hall.situation.incidents["I1"].event_id
    assert hall.working() == {event.subject: sketch()}


def test_that_the_operation_has_a_map_of_its_own(hall):
    drawing = hall.draw(incident="")
    assert hall.working("") == {drawing: sketch()}
    assert hall.working() == {}


def test_that_a_senseless_sketch_is_refused(hall):
    circle = Sketch(shape="circle", points=sketch().points)
    refused(hall, AddDrawing("I1", circle), "drawing_radius")


def test_that_nothing_is_drawn_for_a_closed_merged_or_unknown_incident(hall):
    drawing = hall.draw()
    refused(hall, AddDrawing("I9", sketch()), "unknown_incident")
    hall.teller.tell(IncidentsMerged(absorbed_incident_id="I2", reason="one"), "I1")
    refused(hall, AddDrawing("I2", sketch()), "incident_merged")
    hall.teller.tell(IncidentClosed(reason="over"), "I1")
    for command in (
        AddDrawing("I1", sketch()), ChangeDrawing(drawing, sketch(1), 1), RemoveDrawing(drawing, 1),
        UndoDrawing("I1"), PublishSituationMap("I1", (), "Wang"),
    ):  # fmt: skip
        assert refused(hall, command, "incident_closed") == "N-I1"


def test_that_another_desks_change_is_not_overwritten(hall):
    drawing = hall.draw()
    hall.do(ChangeDrawing(drawing, sketch(1), 1), ZHAO)
    stale = ChangeDrawing(drawing, sketch(2), 1)
    assert refused(hall, stale, "drawing_changed_meanwhile") == "Zhao"
    assert refused(hall, RemoveDrawing(drawing, 1), "drawing_changed_meanwhile") == "Zhao"
    hall.do(RemoveDrawing(drawing, 2), ZHAO)
    assert refused(hall, ChangeDrawing(drawing, sketch(2), 3), "drawing_removed") == "Zhao"
    refused(hall, ChangeDrawing("D9", sketch(2), 1), "unknown_drawing")


def test_that_a_change_to_the_same_is_refused(hall):
    drawing = hall.draw()
    refused(hall, ChangeDrawing(drawing, sketch(), 1), "nothing_changed")


def test_that_undo_and_redo_walk_back_and_forth_through_all_kinds_of_steps(hall):
    drawing = hall.draw()
    hall.do(ChangeDrawing(drawing, sketch(1), 1))
    hall.do(RemoveDrawing(drawing, 2))
    seen = [hall.working()]
    for _ in range(3):
        hall.do(UndoDrawing("I1"))
        seen.append(hall.working())
    assert seen == [{}, {drawing: sketch(1)}, {drawing: sketch()}, {}]
    refused(hall, UndoDrawing("I1"), "nothing_to_undo_drawn")
    for wanted in reversed(seen[:-1]):
        hall.do(RedoDrawing("I1"))
        assert hall.working() == wanted
    refused(hall, RedoDrawing("I1"), "nothing_to_redo_drawn")


def test_that_undo_is_one_more_event_that_names_what_it_takes_back(hall):
    (added,) = hall.do(AddDrawing("I1", sketch()))
    (removed,) = hall.do(UndoDrawing("I1"))
    assert (removed.payload.undoes, removed.payload.before) == (added.id, sketch())
    (again,) = hall.do(RedoDrawing("I1"))
    assert (again.payload.redoes, again.payload.revision) == (added.id, 3)


def test_that_undo_is_refused_when_another_desk_changed_the_drawing(hall):
    drawing = hall.draw()
    hall.do(ChangeDrawing(drawing, sketch(1), 1), ZHAO)
    assert refused(hall, UndoDrawing("I1"), "undo_changed_meanwhile") == "Zhao"
    hall.do(UndoDrawing("I1"), ZHAO)
    hall.do(UndoDrawing("I1"))
    assert hall.working() == {}
    assert refused(hall, RedoDrawing("I1"), "undo_changed_meanwhile", ZHAO) == "Li"


def test_that_each_person_undoes_their_own_steps_on_one_map(hall):
    mine, theirs = hall.draw(), hall.draw(1, actor=ZHAO)
    other = hall.draw(2, incident="I2")
    hall.do(UndoDrawing("I1"))
    assert hall.working() == {theirs: sketch(1)}
    assert hall.working("I2") == {other: sketch(2)}
    assert mine not in hall.working()


def test_that_a_removal_is_undone_after_the_drawing_left_the_snapshot(hall):
    drawing = hall.draw(incident="")
    hall.do(RemoveDrawing(drawing, 1))
    hall.teller.wait(26)
    assert drawing not in hall.situation.drawings
    assert refused(hall, RedoDrawing(""), "nothing_to_redo_drawn") == ""
    hall.do(UndoDrawing(""))
    assert (hall.working(""), hall.revision(drawing)) == ({drawing: sketch()}, 3)


def test_that_a_step_whose_drawing_is_gone_for_good_is_refused(hall):
    drawing = hall.draw(incident="")
    hall.do(RemoveDrawing(drawing, 1), ZHAO)
    hall.teller.wait(26)
    assert refused(hall, UndoDrawing(""), "undo_changed_meanwhile") == ""


def test_that_publishing_pins_what_the_signer_saw(hall):
    drawing = hall.draw()
    seen = pins(working_drawings(hall.situation, "I1"))
    (event,) = hall.do(PublishSituationMap("I1", seen, " Wang ", " first "))
    assert event.payload.drawings == (PinnedDrawing(drawing_id=drawing, revision=1),)
    assert (event.payload.by, event.payload.note) == ("Wang", "first")
    assert not map_differences(hall.situation, "I1")
    refused(hall, PublishSituationMap("I1", seen, "Wang"), "map_published_already")


def test_that_publishing_is_refused_unsigned_or_when_the_map_moved_on(hall):
    hall.draw()
    seen = pins(working_drawings(hall.situation, "I1"))
    refused(hall, PublishSituationMap("I1", seen, " "), "by_missing")
    hall.draw(1, actor=ZHAO)
    refused(hall, PublishSituationMap("I1", seen, "Wang"), "map_changed_meanwhile")


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("add", "change", "remove", "undo", "redo")),
        st.integers(0, 3), st.sampled_from((LI, ZHAO)),
    ),
    max_size=30,
)  # fmt: skip


def act(hall, kind, number, actor):
    """Do something by chance; what makes no sense is refused, as it would be."""
    standing = sorted(hall.working())
    chosen = standing[number % len(standing)] if standing else "D9"
    revision = hall.revision(chosen) if standing else 1
    command = {
        "add": AddDrawing("I1", sketch(number)),
        "change": ChangeDrawing(chosen, sketch(number + 10), revision),
        "remove": RemoveDrawing(chosen, revision),
        "undo": UndoDrawing("I1"),
        "redo": RedoDrawing("I1"),
    }[kind]
    try:
        return bool(hall.do(command, actor))
    except CommandRefusedError:
        return False


@settings(max_examples=40, deadline=None, derandomize=True)
@given(ACTS)
def test_that_undo_then_redo_gives_back_the_same_map(acts):
    hall = Hall()
    for kind, number, actor in acts:
        act(hall, kind, number, actor)
    for actor in (LI, ZHAO):
        before = hall.working()
        if act(hall, "undo", 0, actor):
            assert act(hall, "redo", 0, actor)
        assert hall.working() == before


@settings(max_examples=40, deadline=None, derandomize=True)
@given(ACTS)
def test_that_one_person_alone_can_go_back_to_the_empty_map(acts):
    hall = Hall()
    for kind, number, _ in acts:
        act(hall, kind, number, LI)
    steps = 0
    while act(hall, "undo", 0, LI):
        steps += 1
    assert hall.working() == {}
    after = [act(hall, "redo", 0, LI) for _ in range(steps)]
    assert all(after)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(ACTS)
def test_that_the_record_of_drawing_replays_to_the_same_situation(acts):
    hall = Hall()
    for kind, number, actor in acts:
        act(hall, kind, number, actor)
    again, _ = fold_all(empty_situation(OPERATION), hall.teller.events)
    assert dataclasses.asdict(again) == dataclasses.asdict(hall.situation)
