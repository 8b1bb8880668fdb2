"""In which order screens list alarms."""

from models.operation.situation import Alarm

STATE_RANK = {
    "unacknowledged": 0, "latched_unacknowledged": 1, "returned_unacknowledged": 2,
    "acknowledged": 3, "latched_acknowledged": 4, "shelved": 5, "suppressed": 6,
    "out_of_service": 7, "normal": 8,
}  # fmt: skip
_HELD = STATE_RANK["shelved"]


def urgency(alarm: Alarm) -> tuple[int, int, int]:
    """Return the sort key of places: alarms in force first, then by priority and state."""
    rank = STATE_RANK[alarm.state]
    return (0 if rank < _HELD else 1, alarm.priority, rank)


def list_order(alarm: Alarm) -> tuple[int, int, int, str]:
    """Return the sort key of lists: what waits for somebody first, by priority, newest first."""
    return (STATE_RANK[alarm.state], alarm.priority, -alarm.raised_us, alarm.id)


def waits(alarm: Alarm) -> bool:
    """Return whether the alarm waits for an acknowledgement."""
    return "unacknowledged" in alarm.state
