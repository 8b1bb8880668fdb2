"""When each inject of a scenario happens: data, postponements and what the journal says fired."""

from dataclasses import dataclass

from models.libraries.kinds import Inject, Scenario
from models.operation.events.base import Draft, Event
from models.operation.events.operation import InjectFired, InjectPostponed
from models.times import SECOND_US

ACTOR = "world"


@dataclass(slots=True)
class Cue:
    """An inject, when it happens, and whether the journal has it."""

    inject: Inject
    at_us: int
    fired: bool = False
    offered: bool = False


class Script:
    """The cues of one scenario. A postponement moves its own inject and no other."""

    def __init__(self, scenario: Scenario, start_us: int) -> None:
        self._cues = {
            inject.key: Cue(inject, start_us + inject.at_s * SECOND_US)
            for inject in scenario.injects
        }

    def observe(self, event: Event) -> bool:
        """Take a journal event; return whether a cue moved. A fired one can't be postponed."""
        payload = event.payload
        if not isinstance(payload, InjectFired | InjectPostponed):
            return False
        cue = self._cues.get(payload.inject_key)
        if cue is None:
            return False
        before = cue.at_us
        if isinstance(payload, InjectFired):
            cue.fired, cue.at_us = True, event.event_time_us
        elif not cue.fired:
            # brought forward: not before the moment when that was decided
            wanted_us = cue.at_us + payload.by_s * SECOND_US
            cue.at_us = max(wanted_us, min(cue.at_us, event.recorded_time_us))
            cue.offered = False
        return cue.at_us != before

    def due(self, now_us: int) -> list[Cue]:
        """Return the cues that fall due, earliest first; each is given once."""
        found = [c for c in self._cues.values() if not (c.fired or c.offered) and c.at_us <= now_us]
        for cue in found:
            cue.offered = True
        return sorted(found, key=lambda c: (c.at_us, c.inject.key))

    def of_type(self, *kinds: str) -> list[Cue]:
        """Return the cues of some types, fired or to come."""
        return [cue for cue in self._cues.values() if cue.inject.type in kinds]


def fired(cue: Cue) -> Draft:
    """Return the event that says an inject happened."""
    inject = cue.inject
    data = {**inject.data, "zh": inject.synopsis.zh, "en": inject.synopsis.en}
    payload = InjectFired(inject_key=inject.key, type=inject.type, data=data)
    return Draft(payload=payload, subject=inject.key, actor=ACTOR, event_time_us=cue.at_us)
