"""The fold: situation × event → situation, pure and complete for every kind of event."""

from collections.abc import Iterable

from models.operation import (
    fold_alarm,
    fold_card,
    fold_drawing,
    fold_early_warning,
    fold_incident,
    fold_operation,
    fold_order,
    fold_trend,
    fold_warning,
    fold_zone,
)
from models.operation.events import Event
from models.operation.fold_state import Handler, Working
from models.operation.fold_sweep import sweep
from models.operation.situation import Changes, Situation

HANDLERS: dict[type, Handler] = {
    **fold_operation.HANDLERS,
    **fold_alarm.HANDLERS,
    **fold_card.HANDLERS,
    **fold_incident.HANDLERS,
    **fold_order.HANDLERS,
    **fold_zone.HANDLERS,
    **fold_drawing.HANDLERS,
    **fold_warning.HANDLERS,
    **fold_early_warning.HANDLERS,
    **fold_trend.HANDLERS,
}


class FoldOrderError(ValueError):
    """An event that doesn't follow the situation: a gap, a repetition or another operation."""


def empty_situation(operation_id: str) -> Situation:
    """Return the situation before the first event."""
    return Situation(operation_id=operation_id)


def fold(situation: Situation, event: Event) -> Situation:
    """Return the situation after one more event; the one given is left as it is.

    Raises
    ------
    FoldOrderError
        When the event isn't the next one of this operation.
    """
    return fold_all(situation, (event,))[0]


def fold_all(situation: Situation, events: Iterable[Event]) -> tuple[Situation, Changes]:
    """Return the situation after several events, and which entries they touched.

    Gives the same situation as folding one by one; only faster.

    Raises
    ------
    FoldOrderError
        When an event isn't the next one of this operation.
    """
    working = Working(situation)
    for event in events:
        if event.seq != working.seq + 1 or event.operation_id != working.operation_id:
            raise FoldOrderError(
                f"event {event.operation_id} {event.seq} doesn't follow"
                f" {working.operation_id} {working.seq}"
            )
        working.seq = event.seq
        working.recorded_us = event.recorded_time_us
        if event.recorded_time_us >= working.next_sweep_us:
            sweep(working, event.recorded_time_us)
        HANDLERS[type(event.payload)](working, event, event.payload)
    return working.freeze(), working.changes(situation.seq + 1)
