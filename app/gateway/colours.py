"""The four-colour warning in the gateway: judged once a second, recorded when it changes."""

from collections.abc import Sequence

from app.desk import Reference
from models.operation.events.base import Draft
from models.operation.situation import Situation
from models.telemetry.colour_watch import ColourInputs, ColourWatch


class Colours:
    """Keeps the watch over the colours at the revision that the operation pins."""

    def __init__(self) -> None:
        self._reference: Reference | None = None
        self._watch = ColourWatch(ColourInputs(lambda _: ()))

    def due(self, situation: Situation, reference: Reference, now_us: int) -> Sequence[Draft]:
        """Return the changes of colour by `now_us` [µs UTC]."""
        if reference is not self._reference:
            self._reference = reference
            self._watch.use(ColourInputs(lambda kind: reference.all(kind).values()))
        return self._watch.due(situation, now_us)
