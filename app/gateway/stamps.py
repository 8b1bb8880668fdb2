"""Times that devices give: taken when they can be right, else replaced and doubted."""

from models.telemetry.ports import Quality
from models.times import DAY_US

EARLIEST_US = 946_684_800_000_000  # 2000-01-01
LATEST_AHEAD_US = DAY_US


def is_plausible(source_us: int, arrival_us: int) -> bool:
    """Return whether a device's time can be right: since 2000, at most a day ahead of ours."""
    return EARLIEST_US <= source_us <= arrival_us + LATEST_AHEAD_US


def stamped(source_us: int | None, arrival_us: int) -> tuple[int, Quality]:
    """Return the time to use and the best quality that a value of that time may have.

    A wrong clock at the sender must not cost the alarm: the value is taken as of its arrival, and
    is uncertain.
    """
    if source_us is None or not is_plausible(source_us, arrival_us):
        return arrival_us, Quality.UNCERTAIN
    return source_us, Quality.GOOD
