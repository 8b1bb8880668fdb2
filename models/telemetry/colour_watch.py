"""The four-colour warning as it goes on: what changed since the record, said at a steady pace."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from models.operation.events.base import Draft
from models.operation.events.warning import Colour, ColourPart, WarningColourChanged
from models.operation.situation import Situation
from models.registry.kinds import HazardSource, Permit, Record, Tag
from models.registry.ports import HiddenDangers
from models.rules import load_rules
from models.telemetry.warning_colour import BYPASS, COLOURS, Warned, in_force, warnings_of
from models.times import SECOND_US

ACTOR = "system"
_MAPS = 4


class ColourInputs:
    """The reference data that the colours depend on, at one revision.

    Parameters
    ----------
    rows : callable
        Kind of the registry → its rows.
    hidden_dangers : HiddenDangers, optional
        Where open hidden dangers (隐患) are known; without it none are counted.
    """

    def __init__(
        self,
        rows: Callable[[str], Iterable[Record]],
        hidden_dangers: HiddenDangers | None = None,
    ) -> None:
        tags = [row for row in rows(Tag.KIND) if isinstance(row, Tag)]
        found = [row for row in rows(HazardSource.KIND) if isinstance(row, HazardSource)]
        self.sources = {row.key: row for row in found}
        self.permits = [row for row in rows(Permit.KIND) if isinstance(row, Permit)]
        self.source_of_tag = {tag.key: tag.hazard_source_key for tag in tags}
        self.bypass_tags = frozenset(tag.key for tag in tags if tag.quantity == BYPASS)
        self._hidden_dangers = hidden_dangers

    def in_force(self, at_us: int) -> frozenset[str]:
        """Return the permits that are in force."""
        return frozenset(row.key for row in self.permits if in_force(row, at_us))

    def hidden_dangers(self, at_us: int) -> Mapping[str, int]:
        """Return hazard source → how many hidden dangers are open."""
        port = self._hidden_dangers
        if port is None:
            return {}
        return {key: len(port.open_at(key, at_us)) for key in self.sources}

    def warnings(
        self, situation: Situation, at_us: int, keys: Iterable[str] | None = None
    ) -> dict[str, Warned]:
        """Return what the index gives now: of all sources, or of some by key."""
        dangers = self.hidden_dangers(at_us)
        wanted = self.sources if keys is None else self.sources.keys() & set(keys)
        return warnings_of(
            situation,
            [self.sources[key] for key in wanted],
            self.permits,
            {key: {"hidden_danger": count} for key, count in dangers.items()},
            source_of_tag=self.source_of_tag,
            bypass_tags=self.bypass_tags,
            at_us=at_us,
        )


class ColourWatch:
    """Says when a hazard source's colour is another than the one on record.

    A worse colour is said at once, but no two changes of a source follow each other faster than
    `least_between_s`, except to red. A better one has to hold for `calm_s`
    with an index that is clearly below (`[pace]` of `resources/rules/warning_colours.toml`).
    Nothing is computed while nothing changed that the index depends on.
    """

    def __init__(self, inputs: ColourInputs) -> None:
        self._inputs = inputs
        self._changed_us: dict[str, int] = {}
        self._calm_since_us: dict[str, int] = {}
        self._seen: tuple[object, ...] = ()
        self._waits = True

    def use(self, inputs: ColourInputs) -> None:
        """Go on with another revision of the reference data."""
        self._inputs = inputs
        self._seen = ()

    def due(self, situation: Situation, now_us: int) -> Sequence[Draft]:
        """Return the changes of colour to be recorded by `now_us` [µs UTC]."""
        inputs = self._inputs
        seen = (
            situation.alarms,
            situation.stale_tags,
            situation.warning_colours,
            situation.early_warnings,
            inputs.in_force(now_us),
            inputs.hidden_dangers(now_us),
        )
        if not self._waits and len(seen) == len(self._seen):
            same = all(a is b for a, b in zip(seen[:_MAPS], self._seen[:_MAPS], strict=True))
            if same and seen[_MAPS:] == self._seen[_MAPS:]:
                return []
        self._seen, self._waits = seen, False
        warned = inputs.warnings(situation, now_us)
        for key in situation.warning_colours:
            if key not in warned:  # no such source any more
                warned[key] = Warned(key, "blue", 0.0, ())
        drafts = [self._consider(situation, each, now_us) for each in warned.values()]
        return [draft for draft in drafts if draft is not None]

    def _consider(self, situation: Situation, warned: Warned, now_us: int) -> Draft | None:
        held = situation.warning_colours.get(warned.key)
        before: Colour = "blue" if held is None else held.colour
        if warned.colour == before:
            self._calm_since_us.pop(warned.key, None)
            return None
        if not self._may_say(warned, before, now_us):
            self._waits = True
            return None
        self._calm_since_us.pop(warned.key, None)
        self._changed_us[warned.key] = now_us
        source = self._inputs.sources.get(warned.key)
        payload = WarningColourChanged(
            colour=warned.colour,
            before=before,
            index=round(warned.score, 1),
            parts=tuple(
                ColourPart(what=each.what, items=each.items, points=each.points)
                for each in warned.reasons
            ),
            grade=source.grade if source else "",
            least=warned.least,
            enterprise_key=source.enterprise_key if source else "",
        )
        return Draft(payload=payload, subject=warned.key, actor=ACTOR, event_time_us=now_us)

    def _may_say(self, warned: Warned, before: Colour, now_us: int) -> bool:
        rules = load_rules("warning_colours")
        pace, key = rules["pace"], warned.key
        gap_us = int(pace["least_between_s"]) * SECOND_US
        paced = key not in self._changed_us or now_us - self._changed_us[key] >= gap_us
        if COLOURS.index(warned.colour) < COLOURS.index(before):
            self._calm_since_us.pop(key, None)
            return paced or warned.colour == "red"
        if warned.score > rules["colours"][before] - pace["calm_points"]:
            self._calm_since_us.pop(key, None)
            return False
        calm_s = (now_us - self._calm_since_us.setdefault(key, now_us)) / SECOND_US
        return paced and calm_s >= float(pace["calm_s"])
