"""Drawn, stored, read again by another start, undone, and replayed as of each moment."""

from pathlib import Path

from app.clock import ManualClock
from app.commands.drawing import AddDrawing, PublishSituationMap, UndoDrawing
from app.executor import CommandExecutor
from app.journal import Journal
from app.keeper import SituationKeeper
from app.queries.situations import SituationReader
from models.basics import LatLon, Name
from models.ids import SeededIds
from models.operation.drawings import official_map, pins, working_drawings
from models.operation.events.base import Draft
from models.operation.events.incident import IncidentOpened
from models.operation.sketch import Sketch
from models.store import open_store
from tests.unit.models.operation.stories import OPERATION, START_US, started

ACTOR = "Li@desk-1"
POINT = Sketch(shape="point", points=(LatLon(32.0, 118.0),), meaning="command_post")


class NoReference:
    """A desk without any library."""

    revision = 1

    def all(self, kind):
        del kind
        return {}

    def get(self, kind, key):
        del kind, key


class Start:
    """One start of a desk over a site's store."""

    def __init__(self, path: Path, now_us: int):
        self.store = open_store(f"sqlite:///{path.as_posix()}")
        self.clock = ManualClock(now_us)
        ids = SeededIds(str(now_us))
        self.journal = Journal(self.store, self.clock, ids)
        self.reader = SituationReader(self.journal)
        keeper = SituationKeeper(self.journal, self.reader.latest(OPERATION))
        self._executor = CommandExecutor(self.journal, keeper, NoReference, self.clock, ids)

    def do(self, command):
        self.clock.advance_to(self.clock.now_us() + 1_000_000)
        return self._executor.execute(command, ACTOR)

    def now(self):
        return self.reader.latest(OPERATION)


def test_that_a_drawing_outlives_a_restart_is_undone_and_replays_at_its_time(tmp_path):
    path = tmp_path / "operations.db"
    first = Start(path, START_US)
    opened = IncidentOpened(number="I-1", title=Name("", "x"), incident_kind="leak", place=Name())
    first.journal.append(
        OPERATION,
        [
            Draft(payload=started(), subject=OPERATION, actor="x"),
            Draft(payload=opened, subject="I1", actor="x"),
        ],
    )
    (added,) = first.do(AddDrawing("I1", POINT))
    seen = pins(working_drawings(first.now(), "I1"))
    (published,) = first.do(PublishSituationMap("I1", seen, "Wang", "first"))
    first.store.close()

    again = Start(path, START_US + 60_000_000)
    assert [d.sketch for d in working_drawings(again.now(), "I1")] == [POINT]
    (undone,) = again.do(UndoDrawing("I1"))
    assert working_drawings(again.now(), "I1") == ()

    before = again.reader.at(OPERATION, added.recorded_time_us - 1)
    assert working_drawings(before, "I1") == ()
    then = again.reader.at(OPERATION, undone.recorded_time_us - 1)
    assert [d.id for d in working_drawings(then, "I1")] == [added.subject]
    assert official_map(again.reader.at(OPERATION, published.recorded_time_us - 1), "I1") is None
    official = official_map(again.now(), "I1")
    assert official is not None
    assert [d.sketch for d in official.drawings] == [POINT]
    assert again.journal.verify(OPERATION).findings == []
    again.store.close()
