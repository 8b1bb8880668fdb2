"""Operation ports: what leaves the desk."""

from typing import Protocol

from models.operation.events.base import Event


class Sink(Protocol):
    """Siren, e-mail, webhook, CAP, CoT, upstream: attached by mode, recorded in drills."""

    name: str

    async def deliver(self, event: Event) -> None:
        """Deliver one event outside; may raise, the supervisor retries and reports."""
        ...
