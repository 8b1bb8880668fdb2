"""Commands: a frozen dataclass, one handler, drafts of events. Handlers are pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from app.desk import Reference
from models.ids import EventId, IdSource
from models.operation.events.base import Draft, Payload
from models.operation.situation import Incident, Situation


class CommandRefusedError(Exception):
    """A command that makes no sense now; `code` is translated on screen."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Context:
    """What a handler may look at."""

    situation: Situation
    reference: Reference
    now_us: int
    actor: str
    ids: IdSource
    role: str = ""

    def new_id(self) -> str:
        """Return a fresh id."""
        return self.ids.next(self.now_us)

    def draft(
        self,
        subject: str,
        payload: Payload,
        *,
        caused_by: str | None = None,
        event_time_us: int | None = None,
    ) -> Draft:
        """Return a draft by this actor with its id already chosen."""
        return Draft(
            payload=payload,
            subject=subject,
            actor=self.actor,
            event_time_us=event_time_us,
            caused_by=EventId(caused_by) if caused_by else None,
            id=EventId(self.new_id()),
        )

    def open_incident(self, incident_id: str) -> Incident:
        """Return an incident that may be written to, else refuse."""
        incident = self.situation.incidents.get(incident_id)
        if incident is None:
            raise CommandRefusedError("unknown_incident", incident_id)
        if incident.closed_us is not None:
            raise CommandRefusedError("incident_closed", incident.number)
        return incident

    def leading_incident(self, incident_id: str) -> Incident:
        """Return an incident that may get new things: open, and not part of another one."""
        incident = self.open_incident(incident_id)
        if incident.merged_into:
            raise CommandRefusedError("incident_merged", incident.number)
        return incident

    def any_incident(self, incident_id: str) -> Incident:
        """Return an incident, also one that closed days ago and left the snapshot."""
        situation = self.situation
        incident = situation.incidents.get(incident_id) or situation.archived.get(incident_id)
        if incident is None:
            raise CommandRefusedError("unknown_incident", incident_id)
        return incident


Handler = Callable[[Any, Context], Sequence[Draft]]
_HANDLERS: dict[type, Handler] = {}
C = TypeVar("C")


def handles(
    command_type: type[C],
) -> Callable[[Callable[[C, Context], Sequence[Draft]]], Callable[[C, Context], Sequence[Draft]]]:
    """Enter the one handler of a command type (decorator)."""

    def enter(
        handler: Callable[[C, Context], Sequence[Draft]],
    ) -> Callable[[C, Context], Sequence[Draft]]:
        if command_type in _HANDLERS:
            raise ValueError(f"{command_type.__name__} has a handler already")
        _HANDLERS[command_type] = handler
        return handler

    return enter


def handle(command: object, context: Context) -> Sequence[Draft]:
    """Return the drafts of a command.

    Raises
    ------
    CommandRefusedError
        When the command makes no sense in this situation.
    """
    handler = _HANDLERS.get(type(command))
    if handler is None:
        raise CommandRefusedError("unknown_command", type(command).__name__)
    return handler(command, context)
