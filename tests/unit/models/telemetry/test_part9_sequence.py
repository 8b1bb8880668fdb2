"""OPC 10000-9 (UA Part 9, release 1.05.03), annex B.1.2, table B.1: one condition's states in turn.

The table is of a server that keeps the current state only, as we do. Its `Confirmed` is optional in
the standard and we have none: the two rows where only that changes are left out, and what it alone
retains (rows 3 and 7) is retained by nothing here.
"""

import pytest

from models.operation.events.alarm import AlarmAcknowledged
from tests.unit.models.telemetry.build import tag
from tests.unit.models.telemetry.test_alarms import Bench

ACTIVE = {"unacknowledged", "acknowledged"}
UNACKED = {"unacknowledged", "returned_unacknowledged"}

# the row of table B.1, what happens, Active, Acked, Retain for the sake of these two
TABLE = (
    (1, "active", True, False, True),
    (2, "acknowledge", True, True, True),
    (3, "inactive", False, True, False),
    (5, "active", True, False, True),
    (6, "inactive", False, False, True),
    (7, "acknowledge", False, True, False),
)


@pytest.mark.parametrize("kind", ["H", "L"])
def test_that_the_states_follow_table_b_1(kind: str) -> None:
    bench = Bench(tag("T", (kind, 50.0)))
    key = f"T/{kind}"
    beyond, within = (60.0, 40.0) if kind == "H" else (40.0, 60.0)
    bench.feed(within)
    assert bench.state(key) == "normal"  # the initial state, which no event reports
    for row, happens, active, acked, retain in TABLE:
        before = len(bench.record.events)
        match happens:
            case "active":
                bench.feed(beyond)
            case "inactive":
                bench.feed(within)
            case _:
                bench.record.add(key, AlarmAcknowledged(), bench.now)
        state = bench.state(key)
        assert len(bench.record.events) == before + 1, row  # each change is one event
        assert (state in ACTIVE, state not in UNACKED) == (active, acked), row
        assert (state != "normal") == retain, row
