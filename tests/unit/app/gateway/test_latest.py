"""The latest value of each tag, as a screen shows it."""

import numpy as np

from app.gateway.latest import Latest
from models.telemetry.alarms import AlarmLogic
from models.telemetry.ports import Quality
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import GRID, SECOND, START, tag


def _live(latest, logic, seconds, value, behind_s=0, since_s=0):
    """Let the tag `T` send a value a second by a clock that is behind."""
    for second in range(since_s + 1, since_s + seconds + 1):
        now_us = START + second * SECOND
        batch = make_batch(0, now_us - behind_s * SECOND, now_us, value)
        latest.update(batch)
        logic.judge(batch, now_us)


def test_that_a_device_whose_clock_is_set_back_shows_what_it_sends():
    latest, logic = Latest(("T",)), AlarmLogic(TagTable([tag("T")]), GRID, start_us=START)
    logic.on_present = latest.believe
    _live(latest, logic, 10, 20.0)
    _live(latest, logic, 4, 90.0, 3600, since_s=10)
    assert latest.value[0] == 20.0  # it may be a backlog
    _live(latest, logic, 6, 90.0, 3600, since_s=14)
    assert latest.value[0] == 90.0
    _live(latest, logic, 1, 95.0, 3600, since_s=20)
    assert latest.value[0] == 95.0


def test_that_what_is_believed_later_does_not_replace_what_came_after_it():
    latest = Latest(("T",))
    latest.update(make_batch(0, START + SECOND, START + SECOND, 2.0))
    reader = latest.reader()
    reader.take()
    latest.believe(make_batch([0, 0], START, [START, START + SECOND], [1.0, 3.0]))
    assert latest.value[0] == 2.0
    assert reader.take() is None


def test_that_another_table_keeps_the_values_of_tags_that_stay():
    latest = Latest(("A", "B", "C"))
    latest.update(make_batch([0, 1], START, START, [1.0, 2.0]))
    latest.mark_stale(("B",), {"B": 1})
    reader = latest.reader()
    reader.take()
    latest.set_keys(("0", "B", "C", "D"))
    assert reader.keys_changed()
    frame = reader.take()
    assert np.frombuffer(frame.tag, np.int32).tolist() == [1]
    assert np.frombuffer(frame.value, np.float64).tolist() == [2.0]
    assert latest.quality.tolist() == [Quality.STALE] * 4
    latest.set_keys(("X",))
    assert reader.keys_changed()
    assert reader.take() is None
