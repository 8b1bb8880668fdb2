"""The machine's clock stands an hour behind the record: as after it was set back."""

import time

import pytest

from app.clock import ManualClock, SystemClock
from app.journal import Journal
from models.ids import RandomIds
from models.operation.events.base import Draft
from models.operation.events.operation import NoteWritten, OperationStarted
from models.times import SECOND_US
from tests.integration.faults.bench import LiveSite

pytestmark = [
    pytest.mark.expect_log("Client is not connected"),
    pytest.mark.needs("mosquitto"),
]
_AHEAD_S = 3600


def test_that_time_runs_on_and_alarms_are_judged(tmp_path, mosquitto):
    live = LiveSite(tmp_path, mosquitto.port)
    try:
        ahead = ManualClock(SystemClock().now_us() + _AHEAD_S * SECOND_US)
        started = OperationStarted(
            mode="live", name="n", site="s", software_version="1", reference_revision=1
        )
        before = Journal(live.store, ahead, RandomIds())
        drafts = [started, NoteWritten(text="said before the clock was set back")]
        before.append("op", [Draft(payload=p, subject="op", actor="test") for p in drafts])
        desk = live.open_desk()
        told = desk.until(lambda s: "clock_set_back" in s["notices"])
        assert "Muster's time runs on" in told["notices"]["clock_set_back"]
        desk.until(lambda s: s["sources"]["mqtt"][0])
        mark, began_s = desk.mark, time.monotonic()
        mosquitto.publish("muster/T0", b"60")
        raised = desk.until(lambda s: s["alarms"].get("T0/H") == "unacknowledged", after=mark)
        assert raised["at_s"] - began_s < 3
        desk.until(lambda s: "T0" in s["stale"], after=mark)
        mark = desk.act("note", "after")
        desk.until(lambda s: "after: stored" in s["done"], after=mark)
        times = [event.recorded_time_us for event in live.events()]
        assert times == sorted(times)
        assert len(set(times)) > 3  # it ran on, it didn't stand
        passed_s = (times[-1] - times[0]) / SECOND_US
        assert passed_s < time.monotonic() - desk.began_s + 1
    finally:
        live.close()
