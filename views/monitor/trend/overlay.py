"""Another span of time under the one on screen: yesterday, or this source's last incident."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.desk import DeskApi
from models.operation.situation import Incident, Situation
from models.registry.kinds import Tag
from models.times import SECOND_US
from views.monitor.trend.samples import Samples, Wish

DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Then:
    """What lies under the trend: what happened `shift_s` > 0 [s] earlier; `incident` is why."""

    shift_s: float
    incident: Incident | None = None


class Overlay(QObject):
    """Holds the samples of then, moved to now. Its `samples` tell when they are others."""

    def __init__(self, desk: DeskApi, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.samples = Samples(desk, self)
        self._then: Then | None = None
        self._asked: Wish | None = None

    @property
    def then(self) -> Then | None:
        """Which span it is, None for none."""
        return self._then

    def show(self, then: Then | None, tags: tuple[Tag, ...]) -> None:
        """Put another span under these tags, or none."""
        self._then = then
        self.samples.shift_s = 0.0 if then is None else then.shift_s
        self.show_tags(tags)
        self.samples.forget()

    def show_tags(self, tags: tuple[Tag, ...]) -> None:
        """Hold these tags."""
        self._asked = None
        self.samples.show_tags(tags)

    def want(self, from_s: float, to_s: float) -> None:
        """Read what lies under a span [s], once: what failed isn't asked for with each redraw."""
        wish = Wish(from_s, to_s, live=False)
        if self._then is None or (self._asked is not None and self._asked.serves(wish)):
            return
        until_s = to_s + self._then.shift_s
        self._asked = wish.roomy(until_s)
        self.samples.want(wish, until_s)


def last_incident(situation: Situation, source_key: str, before_us: int) -> Incident | None:
    """Return the last incident of a hazard source that began before a moment [µs UTC]."""
    known = (*situation.incidents.values(), *situation.archived.values())
    found = [
        incident
        for incident in known
        if source_key
        and incident.hazard_source_key == source_key
        and began_us(incident) < before_us
    ]
    return max(found, key=began_us, default=None)


def began_us(incident: Incident) -> int:
    """Return when an incident happened, else when it was opened [µs UTC]."""
    return incident.opened_us if incident.happened_us is None else incident.happened_us


def then_of(incident: Incident, at_s: float) -> Then:
    """Return the overlay that puts an incident's begin under a moment [s]."""
    return Then(at_s - began_us(incident) / SECOND_US, incident)
