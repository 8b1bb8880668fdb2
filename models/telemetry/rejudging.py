"""Judging stored samples once more, by the code that judged them live."""

from collections.abc import Sequence

from models.operation.events.base import Draft, Event
from models.telemetry.alarm_resuming import gaps_of, judge_over
from models.telemetry.alarms import DEFAULT_GRID_US, AlarmLogic
from models.telemetry.ports import SampleBatch
from models.telemetry.tags import TagTable


def rejudged(
    tags: TagTable,
    samples: SampleBatch,
    events: Sequence[Event],
    *,
    start_us: int,
    end_us: int,
    grid_us: int = DEFAULT_GRID_US,
) -> list[Draft]:
    """Return the alarm drafts that samples and a journal give.

    Parameters
    ----------
    tags : TagTable
        The tags at the revision that the operation pinned.
    samples : SampleBatch
        What arrived in the span, in any order, as the history gives it back.
    events : sequence of Event
        The journal of the span by `seq`. Only what people and plant states did, and when no
        gateway listened, is told to the logic besides the raisings, whose places say which
        acknowledgement means which.
    start_us, end_us : int
        The span [µs UTC]; alarms are normal at its start.
    grid_us : int
        Width of an arrival slot [µs], as it was live.

    Notes
    -----
    What the gateway's own events say of suppression by design is judged anew, not taken from
    them. When an event counts, `judge_over` says.
    """
    logic = AlarmLogic(tags, grid_us, start_us=start_us)
    return judge_over(
        logic,
        samples,
        events,
        start_us=start_us,
        end_us=end_us,
        grid_us=grid_us,
        gaps=gaps_of(events),
    )
