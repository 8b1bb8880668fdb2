"""Stored samples, judged once more, give the events of the day, whatever the speed."""

import numpy as np
import pytest

from app.gateway.history import History
from models.operation.events import alarm as events
from models.telemetry.alarms import AlarmLogic
from models.telemetry.rejudging import rejudged
from models.telemetry.samples import cleaned, concat, make_batch
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import GRID, SECOND, START, Record, tag

LATER = {"deadband": 2.0, "on_delay_s": 1.0, "off_delay_s": 2.0}
TAGS = TagTable(
    [
        tag("A", ("H", 60.0, LATER), ("HH", 80.0)),
        tag("B", ("L", 20.0), safety="toxic"),
        tag("C", ("HH", 70.0, LATER), wide=True),
    ]
)
MINUTES = 3


def _arrivals(seed):
    """Yield per slot what arrives: noise, bursts, late samples, bad quality, silences."""
    rng = np.random.default_rng(seed)
    for slot in range(MINUTES * 60 * 4):
        n = 0 if slot // 60 % 4 == 3 else int(rng.integers(0, 4))
        at = START + slot * GRID + rng.integers(1, GRID + 1, n)
        source = at - rng.integers(0, 3 * SECOND, n)
        value = 50 + 40 * np.sin(slot / 30) + rng.normal(0, 8, n)
        quality = rng.choice([0, 0, 0, 1, 2], n)
        yield make_batch(rng.integers(0, 3, n), source, at, value, quality) if n else None


def _live(seed, history, slots_per_scan):
    """Judge as the gateway does, a scan every so many slots; return journal and drafts."""
    logic = AlarmLogic(TAGS, GRID, start_us=START)
    record, drafts, waiting = Record(logic), [], []
    for slot, batch in enumerate(_arrivals(seed), 1):
        if batch is not None:
            clean = cleaned(batch, TAGS.wide)
            history.append(clean)
            waiting.append(clean)
        if slot % 20 == 0 or slot % slots_per_scan == 0:
            fresh = logic.judge(concat(waiting), START + slot * GRID)
            waiting = []
            drafts += fresh
            for draft in fresh:
                record.add(draft.subject, draft.payload, START + slot * GRID + 1, None, None)
        if slot % 20 == 0:
            act = [
                events.AlarmAcknowledged(),
                events.AlarmShelved(reason="r", until_us=START + (slot + 90) * GRID),
                events.AlarmSuppressed(reason="start-up"),
                events.AlarmUnsuppressed(),
            ][slot // 20 % 4]
            record.add("A/H", act, START + slot * GRID + 2)
    return record.events, drafts


def _said(drafts):
    return [(draft.event_time_us, draft.subject, draft.payload) for draft in drafts]


@pytest.mark.parametrize("seed", range(5))
def test_that_history_judged_again_gives_the_events_of_the_day(tmp_path, seed):
    history = History(tmp_path, TAGS, window_us=30 * SECOND)
    history.recover()
    journal, drafts = _live(seed, history, 1)
    history.close()
    parts = []
    for i, key in enumerate(TAGS.keys):
        column = history.columns(key, START - 60 * SECOND, START + 600 * SECOND)
        parts.append(make_batch(np.full(column.value.size, i), *column))
    end_us = START + MINUTES * 60 * SECOND
    again = rejudged(TAGS, concat(parts), journal, start_us=START, end_us=end_us, grid_us=GRID)
    assert _said(again) == _said(drafts)
    assert {draft.payload.KIND for draft in again} >= {"alarm.raised", "tag.went_stale"}


def test_that_the_speed_changes_nothing(tmp_path):
    drafts = []
    for slots_per_scan in (1, 20):
        history = History(tmp_path / str(slots_per_scan), TAGS)
        history.recover()
        drafts.append(_live(1, history, slots_per_scan)[1])
        history.close()
    assert _said(drafts[0]) == _said(drafts[1])
