"""The recorded four-colour warnings put together: of each enterprise, the worst first."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from models.operation.events.warning import Colour
from models.operation.warned import WarningColour
from models.registry.kinds import HazardSource, Record
from models.rules import load_rules
from models.telemetry.warning_colour import COLOURS


class EnterpriseColour(NamedTuple):
    """The colour of an enterprise that isn't blue: that of the first of its `sources`.

    `sources` are its hazard sources that aren't blue, the worst first, at least one. The key is
    empty for sources of which nobody knows whose they are.
    """

    enterprise_key: str
    sources: tuple[WarningColour, ...]

    @property
    def worst(self) -> WarningColour:
        """Its worst hazard source."""
        return self.sources[0]

    @property
    def colour(self) -> Colour:
        """The colour of that source."""
        return self.worst.colour


def worst_first(warned: Iterable[WarningColour]) -> tuple[WarningColour, ...]:
    """Return warnings of hazard sources by colour, then by index, then by key.

    The first has the region's colour; without any the region is blue.
    """
    return tuple(sorted(warned, key=_urgency))


def enterprise_colours(
    warned: Iterable[WarningColour], sources: Mapping[str, Record]
) -> tuple[EnterpriseColour, ...]:
    """Return the enterprises that aren't blue, the worst first.

    Parameters
    ----------
    warned : iterable of WarningColour
        The hazard sources that aren't blue, as the situation holds them.
    sources : mapping
        Rows of hazard sources by key: whose a source is. For one that the register doesn't give to
        anybody, what was recorded with its colour says so.
    """
    found: dict[str, list[WarningColour]] = {}
    for each in worst_first(warned):
        found.setdefault(owner_of(each, sources), []).append(each)
    return tuple(EnterpriseColour(key, tuple(own)) for key, own in found.items())


def owner_of(warned: WarningColour, sources: Mapping[str, Record]) -> str:
    """Return the key of the enterprise that a hazard source belongs to; '' when nobody knows."""
    row = sources.get(warned.hazard_source_key)
    owner = row.enterprise_key if isinstance(row, HazardSource) else ""
    return owner or warned.enterprise_key


def grade_factor(warned: WarningColour) -> float:
    """Return by how much the grade weighed in a recorded index.

    An index of 100 is cut off and tells no factor: then it is that of
    `resources/rules/warning_colours.toml`.
    """
    points = sum(part.points for part in warned.parts)
    if points > 0 and warned.index < 100:
        return round(warned.index / points, 2)
    return float(load_rules("warning_colours")["grade"].get(warned.grade, 1.0))


def _urgency(warned: WarningColour) -> tuple[int, float, str]:
    return (COLOURS.index(warned.colour), -warned.index, warned.hazard_source_key)
