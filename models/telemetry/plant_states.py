"""Plant states that suppress alarms by design: `TAG=READING` or `UNIT=STATE`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.registry.kinds import Limit, Tag
from models.telemetry.alarm_safety import is_protected


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; `reading` is None where an officer says what the unit `key` is doing."""

    key: str
    state: str
    reading: float | None = None

    @property
    def text(self) -> str:
        """As it stands in the table."""
        return f"{self.key}={self.state}"


def condition(text: str, tag_keys: Mapping[str, object]) -> Condition:
    """Return a condition; ValueError when it isn't `KEY=VALUE` or a tag's value is no number.

    Examples
    --------
    >>> condition("XS-101 = 0", {"XS-101": 0})
    Condition(key='XS-101', state='0', reading=0.0)
    >>> condition("V-101=shutdown", {}).reading is None
    True
    """
    key, equals, state = (part.strip() for part in text.partition("="))
    if not (key and equals and state):
        raise ValueError(f"not KEY=VALUE: {text!r}")
    return Condition(key, state, float(state) if key in tag_keys else None)


def conditions(tag: Tag, limit: Limit, tag_keys: Mapping[str, object]) -> tuple[Condition, ...]:
    """Return the conditions that suppress an alarm; none for one that may kill.

    A text that can't be read suppresses nothing; the import names it.
    """
    if is_protected(tag.safety, limit.kind):
        return ()
    found = []
    for text in limit.suppressed_when:
        try:
            found.append(condition(text, tag_keys))
        except ValueError:
            continue
    return tuple(found)


class PlantStates:
    """What is known of tags and units that suppress, and which alarms that suppresses.

    A tag that is silent, or says nothing but bad readings, tells nothing, hence suppresses nothing.
    """

    def __init__(self, rows: Iterable[tuple[Tag, Limit]], tag_keys: Mapping[str, object]) -> None:
        all_rows = (conditions(tag, limit, tag_keys) for tag, limit in rows)
        self._by_row = {k: found for k, found in enumerate(all_rows) if found}
        used = [each for found in self._by_row.values() for each in found]
        self.tag_keys = frozenset(each.key for each in used if each.reading is not None)
        self._readings: dict[str, float] = {}
        self._units: dict[str, str] = {}
        self.changed = bool(self._by_row)

    def look_at(self, k: int) -> None:
        """Look at a row that is suppressed, though its table may say so no more."""
        self._by_row.setdefault(k, ())
        self.changed = True

    def read(self, key: str, value: float) -> None:
        """Take a good reading of one of `tag_keys`."""
        self.changed = self.changed or self._readings.get(key) != value
        self._readings[key] = value

    def lose(self, key: str) -> None:
        """Note that a tag tells nothing now."""
        self.changed = self._readings.pop(key, None) is not None or self.changed

    def say(self, unit: str, state: str) -> None:
        """Take what an officer says of a unit; empty text ends it."""
        self.changed = self.changed or bool(self._by_row)
        self._units[unit] = state

    def said(self) -> dict[str, str]:
        """Return what officers said of units."""
        return dict(self._units)

    def known(self) -> dict[str, float]:
        """Return the readings of tags that aren't silent."""
        return dict(self._readings)

    def suppressing(self) -> dict[int, str]:
        """Return row → the condition that suppresses it now, or empty text; rows that have any."""
        self.changed = False
        return {
            k: next((each.text for each in found if self._holds(each)), "")
            for k, found in self._by_row.items()
        }

    def _holds(self, each: Condition) -> bool:
        if each.reading is None:
            return self._units.get(each.key) == each.state
        return self._readings.get(each.key) == each.reading
