"""How well the alarm system served over a span: the figures of ISA-18.2, each defined here."""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from models.operation.events.alarm import AlarmRaised, AlarmReset, AlarmReturned
from models.operation.events.base import Event
from models.rules import load_rules
from models.times import SECOND_US

_HOUR_US = 3600 * SECOND_US


class Occurrence(NamedTuple):
    """One raising of an alarm; `returned_us` None while it stands."""

    alarm_id: str
    priority: int
    raised_us: int
    returned_us: int | None


class AlarmKpi(NamedTuple):
    """Figures of a span [`from_us`, `to_us`).

    Rates are per operator: all raisings over `operators`. `per_hour` and `per_window` are means in
    an hour and in ten minutes, `peak` the most in one of the ten-minute windows counted from the
    start. A flood begins with a window above ten and ends with the first one below five: `floods`
    counts them, `in_flood` is the share of windows.
    `frequent` are the ten alarms raised most, `frequent_share` their share of all raisings.
    `chattering` were raised three times within a minute, `stale` stood for more than 24 h,
    `standing` stand at the end. `shares` are raisings by priority.
    """

    from_us: int
    to_us: int
    operators: int
    raised: int
    per_hour: float
    per_window: float
    peak: float
    floods: int
    in_flood: float
    frequent: tuple[tuple[str, int], ...]
    frequent_share: float
    chattering: tuple[str, ...]
    stale: tuple[str, ...]
    standing: tuple[str, ...]
    shares: dict[int, float]


def occurrences(events: Iterable[Event]) -> list[Occurrence]:
    """Return the occurrences in a journal, by raising; a return closes its alarm's last one."""
    found: list[Occurrence] = []
    open_at: dict[str, int] = {}
    for event in events:
        match event.payload:
            case AlarmRaised() as raised:
                if event.subject in open_at:  # a latched one whose condition is back
                    i = open_at[event.subject]
                    found[i] = found[i]._replace(returned_us=event.event_time_us)
                open_at[event.subject] = len(found)
                found.append(Occurrence(event.subject, raised.priority, event.event_time_us, None))
            case AlarmReturned() | AlarmReset() if event.subject in open_at:
                i = open_at.pop(event.subject)
                found[i] = found[i]._replace(returned_us=event.event_time_us)
            case _:
                pass
    return found


def alarm_kpi(
    found: Sequence[Occurrence], from_us: int, to_us: int, operators: int = 1
) -> AlarmKpi:
    """Return the figures of a span.

    Parameters
    ----------
    found : sequence of Occurrence
        By raising; those that began before the span count only as standing or stale.
    from_us, to_us : int
        The span [µs UTC], from < to; ValueError otherwise.
    operators : int
        Among how many people the alarms were shared, ≥ 1; ValueError otherwise.
    """
    if to_us <= from_us:
        raise ValueError("the span is empty")
    if operators < 1:
        raise ValueError("somebody must have watched: operators < 1")
    rules = load_rules("alarm_kpi")
    window_us = rules["rate"]["window_s"] * SECOND_US
    inside = [one for one in found if from_us <= one.raised_us < to_us]
    counts = [0] * -(-(to_us - from_us) // window_us)
    for one in inside:
        counts[(one.raised_us - from_us) // window_us] += 1
    flooded = _flooded([count / operators for count in counts])
    frequent = Counter(one.alarm_id for one in inside).most_common(rules["frequent"]["bad_actors"])
    by_priority = Counter(one.priority for one in inside)
    total = max(len(inside), 1)
    stood = [one for one in found if one.raised_us < to_us and _end(one, to_us) > from_us]
    stale_us = rules["stale"]["after_s"] * SECOND_US
    return AlarmKpi(
        from_us=from_us,
        to_us=to_us,
        operators=operators,
        raised=len(inside),
        per_hour=len(inside) * _HOUR_US / (to_us - from_us) / operators,
        per_window=len(inside) * window_us / (to_us - from_us) / operators,
        peak=max(counts) / operators,
        floods=sum(
            now and not before for before, now in zip([False, *flooded], flooded, strict=False)
        ),
        in_flood=sum(flooded) / len(flooded),
        frequent=tuple(frequent),
        frequent_share=sum(count for _, count in frequent) / total,
        chattering=_chattering(inside),
        stale=_names(one for one in stood if _end(one, to_us) - one.raised_us > stale_us),
        standing=_names(one for one in stood if (one.returned_us or to_us) >= to_us),
        shares={priority: by_priority[priority] / total for priority in (1, 2, 3, 4)},
    )


def _end(one: Occurrence, to_us: int) -> int:
    return to_us if one.returned_us is None else min(one.returned_us, to_us)


def _names(some: Iterable[Occurrence]) -> tuple[str, ...]:
    return tuple(sorted({one.alarm_id for one in some}))


def _flooded(counts: Sequence[float]) -> list[bool]:
    rules = load_rules("situation_cards")["flood"]
    flood, out = False, []
    for count in counts:
        flood = count >= rules["ends_below"] if flood else count > rules["begins_above"]
        out.append(flood)
    return out


def _chattering(inside: Sequence[Occurrence]) -> tuple[str, ...]:
    rules = load_rules("alarm_kpi")["chattering"]
    recent: dict[str, deque[int]] = {}
    found = set()
    for one in sorted(inside, key=lambda one: one.raised_us):
        times = recent.setdefault(one.alarm_id, deque(maxlen=rules["times"]))
        times.append(one.raised_us)
        full = len(times) == rules["times"]
        if full and times[-1] - times[0] <= rules["within_s"] * SECOND_US:
            found.add(one.alarm_id)
    return tuple(sorted(found))
