"""Folding early warnings and the normal courses that they compare with."""

from models.operation.events import Event
from models.operation.events import early_warning as events
from models.operation.fold_state import Handler, Working, change
from models.operation.warned import EarlyWarning, WarningCourse


def _raised(working: Working, event: Event, payload: events.EarlyWarningRaised) -> None:
    """Begin a warning, or tell one that goes on anew."""
    before: EarlyWarning | None = working.early_warnings.get(event.subject)
    goes_on = before is not None and before.cleared_us is None
    warned = EarlyWarning(
        id=event.subject,
        what=payload,
        raised_us=before.raised_us if before and goes_on else event.event_time_us,
        told_us=event.event_time_us,
        event_id=event.id,
    )
    working.put("early_warnings", event.subject, warned)


def _cleared(working: Working, event: Event, _payload: events.EarlyWarningCleared) -> None:
    found: EarlyWarning | None = working.early_warnings.get(event.subject)
    if found is not None and found.cleared_us is None:
        cleared = change(found, cleared_us=event.recorded_time_us)
        working.put("early_warnings", found.id, cleared)
        working.closes(event.recorded_time_us)


def _course(working: Working, event: Event) -> WarningCourse:
    found: WarningCourse | None = working.warning_courses.get(event.subject)
    return found or WarningCourse(hazard_source_key=event.subject)


def _asked(working: Working, event: Event, _payload: events.CourseTrainingAsked) -> None:
    asked = change(_course(working, event), asked_us=event.event_time_us, asked_by=event.actor)
    working.put("warning_courses", event.subject, asked)


def _trained(working: Working, event: Event, payload: events.CourseTrained) -> None:
    trained = WarningCourse(
        hazard_source_key=event.subject, trained=payload, trained_us=event.event_time_us
    )
    working.put("warning_courses", event.subject, trained)


def _not_trained(working: Working, event: Event, payload: events.CourseNotTrained) -> None:
    """Keep the course there is, and say why there is no newer one."""
    known = change(_course(working, event), asked_us=None, asked_by="", failed=payload)
    working.put("warning_courses", event.subject, known)


HANDLERS: dict[type, Handler] = {
    events.EarlyWarningRaised: _raised,
    events.EarlyWarningCleared: _cleared,
    events.CourseTrainingAsked: _asked,
    events.CourseTrained: _trained,
    events.CourseNotTrained: _not_trained,
}
