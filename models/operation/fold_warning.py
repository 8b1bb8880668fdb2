"""Folding warnings: the colour of each hazard source that isn't blue."""

from models.operation.events import Event, warning
from models.operation.fold_state import Handler, Working
from models.operation.warned import WarningColour


def _colour_changed(working: Working, event: Event, payload: warning.WarningColourChanged) -> None:
    """Keep what isn't blue; blue is what every other source has."""
    if payload.colour == "blue":
        working.drop("warning_colours", event.subject)
        return
    colour = WarningColour(
        hazard_source_key=event.subject,
        enterprise_key=payload.enterprise_key,
        colour=payload.colour,
        index=payload.index,
        parts=payload.parts,
        grade=payload.grade,
        least=payload.least,
        since_us=event.event_time_us,
        event_id=event.id,
    )
    working.put("warning_colours", event.subject, colour)


HANDLERS: dict[type, Handler] = {warning.WarningColourChanged: _colour_changed}
