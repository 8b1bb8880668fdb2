"""Folding the operation itself, the world around it, and what teams and depots report."""

from models.basics import Name
from models.operation.calling import next_phone
from models.operation.events import Event, operation, reference, resource
from models.operation.fold_state import Handler, Working, change
from models.operation.situation import Answer, Handover, Order, ShiftOnDuty, Task, TeamState

ANSWERED = "control_room_answer"
"""Type of the inject by which a scripted control room answers."""


def _started(working: Working, event: Event, payload: operation.OperationStarted) -> None:
    working.set("operation_id", event.operation_id)
    working.set("mode", payload.mode)
    working.set("name", payload.name)
    working.set("site", payload.site)
    working.set("seed", payload.seed)
    working.set("reference_revision", payload.reference_revision)
    working.set("started_us", event.recorded_time_us)


def _stopped(working: Working, event: Event, _payload: operation.OperationStopped) -> None:
    working.set("stopped_us", event.recorded_time_us)


def _nothing(_working: Working, _event: Event, _payload: object) -> None:
    """Leave the situation as it is: the event matters in the record only."""


def _pinned(working: Working, _event: Event, payload: operation.ReferencePinned) -> None:
    working.set("reference_revision", payload.revision)


def _clock_changed(working: Working, _event: Event, payload: operation.ClockChanged) -> None:
    working.set("clock_speed", payload.speed)


def _shift_taken(working: Working, event: Event, payload: operation.ShiftTaken) -> None:
    shift = ShiftOnDuty(
        person=payload.person,
        role=payload.role,
        shift=payload.shift,
        since_us=event.event_time_us,
        takeover_reason=payload.takeover_reason,
    )
    working.set("shift", shift)


def _handed_over(working: Working, event: Event, payload: operation.HandedOver) -> None:
    """Keep the document; every item is its owner's from now on, tasks included."""
    handover = Handover(
        event_id=event.id,
        at_us=event.event_time_us,
        outgoing=payload.outgoing,
        incoming=payload.incoming,
        item_count=len(payload.items),
        document=payload.document,
        sha256=payload.sha256,
        reason=payload.reason,
    )
    working.set("handover", handover)
    for key in list(working.owners):
        working.drop("owners", key)
    for item in payload.items:
        task: Task | None = working.tasks.get(item.id) if item.kind == "task" else None
        if task is not None:
            working.put("tasks", task.id, change(task, owner=item.owner))
        else:
            working.put("owners", f"{item.kind}/{item.id}", item.owner)


def _wind_observed(working: Working, _event: Event, payload: operation.WindObserved) -> None:
    working.set("masts", payload.masts)
    working.set("masts_disagree", payload.disagree)


def _function_failed(
    working: Working, _event: Event, payload: operation.SafetyFunctionFailed
) -> None:
    working.put("failures", payload.function, payload.detail)


def _function_restored(
    working: Working, _event: Event, payload: operation.SafetyFunctionRestored
) -> None:
    working.drop("failures", payload.function)


def _inject_fired(working: Working, event: Event, payload: operation.InjectFired) -> None:
    if payload.type == ANSWERED:
        _answered(working, event, payload)
    else:
        working.put("fired", payload.inject_key, event.event_time_us)


def _answered(working: Working, event: Event, payload: operation.InjectFired) -> None:
    """Keep the words for the card; which result they mean stays the officer's to say."""
    data = payload.data
    card_id = str(data.get("card_id", ""))
    if card_id in working.cards:
        words = Name(zh=str(data.get("zh", "")), en=str(data.get("en", "")))
        said_by = str(data.get("said_by", ""))
        answer = Answer(said_by=said_by, words=words, at_us=event.event_time_us)
        working.put("answers", card_id, answer)


def _inject_postponed(working: Working, _event: Event, payload: operation.InjectPostponed) -> None:
    """Add up the seconds by which an inject was put off."""
    by_s = working.postponed.get(payload.inject_key, 0) + payload.by_s
    working.put("postponed", payload.inject_key, by_s)


def _imported(working: Working, _event: Event, payload: reference.ReferenceImported) -> None:
    working.set("reference_revision", payload.revision)


def _undone(working: Working, _event: Event, payload: reference.ReferenceUndone) -> None:
    working.set("reference_revision", payload.revision)


def _row_changed(working: Working, _event: Event, payload: reference.ReferenceRowChanged) -> None:
    working.set("reference_revision", payload.revision)


def _team_status(working: Working, event: Event, payload: resource.TeamStatusChanged) -> None:
    found = working.teams.get(event.subject) or TeamState(team_key=event.subject, status="")
    changed = change(
        found,
        status=payload.status,
        incident_id=payload.incident_id,
        order_id=payload.order_id,
        since_us=event.event_time_us,
    )
    working.put("teams", event.subject, changed)


def _position(working: Working, event: Event, payload: resource.PositionReported) -> None:
    """Move a team or vehicle; a fix that is older than the one known changes nothing."""
    found = working.teams.get(event.subject) or TeamState(team_key=event.subject, status="")
    if found.position_us is not None and event.event_time_us < found.position_us:
        return
    changed = change(found, position=payload.position, position_us=event.event_time_us)
    working.put("teams", event.subject, changed)


def _marked_dead(working: Working, event: Event, payload: resource.NumberMarkedDead) -> None:
    """Strike a number; unsigned orders that were calling it call the next one at once."""
    working.put("dead_numbers", payload.number, event.subject)
    orders: list[Order] = list(working.orders.values())
    for order in orders:
        if order.state == "issued" and order.called.number == payload.number:
            called = next_phone(order.phones, order.called, working.dead_numbers)
            working.put("orders", order.id, change(order, called=called))


def _stock_moved(working: Working, event: Event, payload: resource.StockMoved) -> None:
    """Add up what left (negative) and came to a depot since the reference revision."""
    key = f"{event.subject}/{payload.material}"
    working.put("stock_moves", key, working.stock_moves.get(key, 0.0) + payload.quantity)


HANDLERS: dict[type, Handler] = {
    operation.OperationStarted: _started,
    operation.OperationStopped: _stopped,
    operation.SegmentBegan: _nothing,
    operation.ReferencePinned: _pinned,
    operation.ClockChanged: _clock_changed,
    operation.ShiftTaken: _shift_taken,
    operation.HandedOver: _handed_over,
    operation.NoteWritten: _nothing,
    operation.WindObserved: _wind_observed,
    operation.SafetyFunctionFailed: _function_failed,
    operation.SafetyFunctionRestored: _function_restored,
    operation.InjectFired: _inject_fired,
    operation.InjectPostponed: _inject_postponed,
    reference.ReferenceImported: _imported,
    reference.ReferenceUndone: _undone,
    reference.ReferenceRowChanged: _row_changed,
    resource.TeamStatusChanged: _team_status,
    resource.PositionReported: _position,
    resource.NumberMarkedDead: _marked_dead,
    resource.StockMoved: _stock_moved,
}
