"""From samples to a warning on record: history, training, judging, restart; on a clock of its own.

The series is like SKAB's: a water circuit whose valve is closed by and by.
"""

import asyncio
from concurrent.futures import Future

import numpy as np
import pytest

from app.commands import Context, handle
from app.commands.warning import AskTraining
from app.gateway.course_files import CourseFiles
from app.gateway.early_warnings import EarlyWarnings, Sources
from models.ids import RandomIds
from models.operation.events import alarm as alarms
from models.operation.events import early_warning as events
from models.store.reference import Origin
from models.telemetry.samples import make_batch
from tests.unit.app.gateway.test_engine import _Bench, _run
from tests.unit.models.telemetry.build import SECOND, START, tag

KEYS = ("ACC1", "CURRENT", "FLOW", "PRESSURE", "TEMP", "VOLTAGE")
TAGS = tuple(
    tag(key, *([("H", 3.0)] if key == "PRESSURE" else []), hazard_source_key="S") for key in KEYS
)


class _Inline:
    """An executor that is done at once."""

    def submit(self, function, *arguments):
        future = Future()
        try:
            future.set_result(function(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


class _Circuit(_Bench):
    def __init__(self, folder):
        self.clock_rows = 0
        super().__init__(folder)
        self.rng = np.random.default_rng(1)

    def import_tags(self, *_):
        super().import_tags(*TAGS)

    def gateway(self):
        super().gateway()
        sources = Sources(self.latest, self.history, self.journal, self.folder / "courses")
        self.parts.early_warnings = EarlyWarnings(sources, _Inline())

    async def rows(self, n, closed=lambda _: 0.0):
        """Feed a row a second; `closed` is how far the valve is shut, 0 … 1."""
        for k in range(n):
            shut, noise = closed(k), self.rng.normal(size=6)
            load = 0.3 * noise[5]
            row = [
                0.2 + 0.01 * noise[0], 1.1 + 0.05 * load + 0.6 * shut + 0.02 * noise[1],
                32.0 + load - 9.0 * shut + 0.1 * noise[2], 0.5 + 0.9 * shut + 0.02 * noise[3],
                75.0 + 0.05 * noise[4], 230.0 + 0.5 * noise[5],
            ]  # fmt: skip
            self.clock.advance_to(self.clock.now_us() + SECOND)
            now_us = self.clock.now_us()
            self.engine.take(make_batch(np.arange(6), now_us - 1000, now_us - 500, row))
            await self.engine._scan()

    async def ask(self):
        context = Context(
            situation=self.situation,
            reference=self.reference.view(),
            now_us=self.clock.now_us(),
            actor="officer",
            ids=RandomIds(),
        )
        self.journal.append(self.operation, handle(AskTraining("S"), context))

    def told(self, kind):
        events = self.journal.read(self.operation, 0, 5000)
        return [event for event in events if isinstance(event.payload, kind)]


@pytest.fixture
def circuit(tmp_path):
    made = _Circuit(tmp_path)
    yield made
    made.executor.shutdown()
    made.store.close()


def test_that_a_closing_valve_is_warned_of_by_name_before_any_alarm(circuit):
    async def scenario():
        await circuit.rows(500)
        await circuit.ask()
        await circuit.rows(30)
        await circuit.rows(90, lambda k: min(0.5, k / 90))
        warned = circuit.situation.early_warnings["course/S"]
        assert warned.cleared_us is None
        await circuit.rows(300)

    _run(scenario)
    [trained] = circuit.told(events.CourseTrained)
    assert (trained.payload.version, trained.payload.tag_keys) == (1, KEYS)
    assert trained.payload.rows >= 490
    raised = circuit.told(events.EarlyWarningRaised)
    assert [each.subject for each in raised] == ["course/S"]
    said = raised[0].payload
    assert {cause.tag_key for cause in said.tags} & {"FLOW", "PRESSURE", "CURRENT"}
    assert not {cause.tag_key for cause in said.tags} & {"ACC1", "TEMP"}
    began_us = START + 530 * SECOND
    assert began_us - 5 * SECOND <= said.since_us <= raised[0].event_time_us
    assert raised[0].event_time_us <= began_us + 60 * SECOND
    assert said.compared == events.NormalCourseRef(
        version=1, from_us=trained.payload.from_us, to_us=trained.payload.to_us,
        rows=trained.payload.rows,
    )  # fmt: skip
    assert not circuit.told(alarms.AlarmRaised)
    assert len(circuit.told(events.EarlyWarningCleared)) == 1


def test_that_a_restarted_gateway_judges_by_the_stored_course(circuit):
    async def scenario():
        await circuit.rows(450)
        await circuit.ask()
        await circuit.rows(3)
        await circuit.engine._close_history()
        circuit.executor.shutdown()
        circuit.gateway()
        await circuit.rows(20)
        assert circuit.parts.early_warnings._worker._logic.has_model("S")
        await circuit.rows(60, lambda _: 0.6)

    _run(scenario)
    assert circuit.situation.early_warnings["course/S"].what.compared.version == 1


def test_that_a_second_training_is_another_version_and_a_lost_file_is_no_course(circuit):
    async def scenario():
        await circuit.rows(420)
        await circuit.ask()
        await circuit.rows(3)
        await circuit.ask()
        await circuit.rows(3)

    _run(scenario)
    trained = circuit.told(events.CourseTrained)
    assert [each.payload.version for each in trained] == [1, 2]
    files = CourseFiles(circuit.folder / "courses", "live")
    assert files.load("S", trained[1].payload.digest).version == 2
    assert files.load("S", trained[0].payload.digest) is None
    assert files.load("ELSE", trained[0].payload.digest) is None
    assert CourseFiles(circuit.folder / "courses", "drill").load("S", "x") is None


def test_that_too_few_normal_rows_are_said_to_who_asked(circuit):
    async def scenario():
        await circuit.rows(420, lambda k: 3.0 if k > 200 else 0.0)  # an alarm stands from then on
        await circuit.ask()
        await circuit.rows(3)

    _run(scenario)
    assert circuit.told(alarms.AlarmRaised)
    [refused] = circuit.told(events.CourseNotTrained)
    assert (refused.subject, refused.payload.reason) == ("S", "few_rows")
    assert 150 < refused.payload.rows <= 202
    known = circuit.situation.warning_courses["S"]
    assert known.asked_us is None
    assert known.failed.rows == refused.payload.rows


def test_that_a_first_course_is_trained_unasked_after_enough_rows(circuit, monkeypatch):
    from models.rules import load_rules

    monkeypatch.setitem(load_rules("early_warning")["live"], "auto_rows", 450)

    async def scenario():
        await circuit.rows(440)
        assert not circuit.told(events.CourseTrained)
        await circuit.rows(30)

    _run(scenario)
    assert len(circuit.told(events.CourseTrained)) == 1


def test_that_an_unasked_training_that_fails_is_nobodys_business(circuit, monkeypatch):
    from models.rules import load_rules

    monkeypatch.setitem(load_rules("early_warning")["live"], "auto_rows", 120)
    monkeypatch.setitem(load_rules("early_warning")["live"], "most_rows", 100)

    async def scenario():
        await circuit.rows(140)

    _run(scenario)
    assert not circuit.told(events.CourseNotTrained)


@pytest.mark.expect_log("the normal course of S")
def test_that_a_full_disk_is_told_and_the_judging_goes_on(circuit, monkeypatch):
    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr(CourseFiles, "store", full)

    async def scenario():
        await circuit.rows(420)
        await circuit.ask()
        await circuit.rows(5)

    _run(scenario)
    [failed] = circuit.told(events.CourseNotTrained)
    assert (failed.payload.reason, failed.payload.detail) == ("failed", "OSError: disk full")
    assert "early_warning" not in str(circuit.situation.failures)


@pytest.mark.expect_log("the normal course of S")
def test_that_a_damaged_course_is_none(circuit):
    async def scenario():
        await circuit.rows(420)
        await circuit.ask()
        await circuit.rows(3)

    _run(scenario)
    [path] = (circuit.folder / "courses" / "live").iterdir()
    path.write_bytes(b"nonsense")
    from models.telemetry.source_model import digest

    assert CourseFiles(circuit.folder / "courses", "live").load("S", digest(b"nonsense")) is None


def test_that_another_revision_with_the_same_tags_forgets_nothing(circuit):
    async def scenario():
        await circuit.rows(420)
        await circuit.ask()
        await circuit.rows(3)
        logic = circuit.parts.early_warnings._worker._logic
        origin = Origin(kind="tags", at_us=START, actor="t")
        circuit.reference.commit({"tags": TAGS}, origin)
        await circuit.rows(12)
        assert circuit.situation.reference_revision == 2
        assert circuit.parts.early_warnings._worker._logic is logic
        circuit.reference.commit({"tags": (tag("NEW"),)}, origin)
        await circuit.rows(12)
        assert circuit.parts.early_warnings._worker._logic is not logic
        assert circuit.parts.early_warnings._worker._logic.has_model("S")

    _run(scenario)


def test_that_a_busy_thread_is_not_waited_for(circuit):
    class _Busy:
        asked = 0

        def submit(self, *_):
            self.asked += 1
            return Future()

    busy = _Busy()
    circuit.parts.early_warnings._executor = busy

    async def scenario():
        await circuit.rows(10)
        await asyncio.sleep(0)

    _run(scenario)
    assert busy.asked == 1
