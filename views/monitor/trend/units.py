"""One scale per unit: it holds the curves and the limits drawn, and stays while they fit well."""

import math
from collections.abc import Iterable, Mapping

from models.registry.kinds import Limit, Tag
from views.monitor.plot.painting import Scale

_MOST_AXES = 4
_WIDTH_PER_AXIS_PX = 170
_MARGIN = 0.12
_LOOSE = 2.0
_AGAINST_VALUE = frozenset({"LL", "L", "H", "HH"})


class UnitScales:
    """The scales by unit."""

    def __init__(self) -> None:
        self._scales: dict[str, Scale] = {}

    def __getitem__(self, unit: str) -> Scale:
        """Return a unit's scale."""
        return self._scales.get(unit, Scale(0.0, 1.0))

    def forget(self) -> None:
        """Begin anew."""
        self._scales = {}

    def fit(self, known: Mapping[str, Iterable[float]]) -> bool:
        """Let each unit's scale hold its values; return whether one of them is another now."""
        fitted = {unit: self._fitted(unit, values) for unit, values in known.items()}
        differs = fitted != self._scales
        self._scales = fitted
        return differs

    def _fitted(self, unit: str, values: Iterable[float]) -> Scale:
        finite = [value for value in values if math.isfinite(value)]
        low, high = (min(finite), max(finite)) if finite else (0.0, 1.0)
        if high <= low:
            low, high = low - 0.5, high + 0.5
        scale = self._scales.get(unit)
        fits = scale is not None and scale.low <= low and high <= scale.high
        if scale is not None and fits and scale.high - scale.low < _LOOSE * (high - low):
            return scale
        margin = _MARGIN * (high - low)
        return Scale(low - margin, high + margin)


def value_limits(tag: Tag) -> tuple[Limit, ...]:
    """Return the limits that the reading itself is compared with: those that have a place."""
    return tuple(limit for limit in tag.limits if limit.kind in _AGAINST_VALUE)


def shown_units(tags: Iterable[Tag], chosen: Tag | None, width: int) -> tuple[str, ...]:
    """Return the units that have an axis in a plot of a width [px], the chosen tag's first.

    There is room for some only: at least one, so that the curves keep most of it.
    """
    units = list(dict.fromkeys(tag.unit for tag in tags))
    if chosen is not None and chosen.unit in units:
        units.remove(chosen.unit)
        units.insert(0, chosen.unit)
    return tuple(units[: max(min(width // _WIDTH_PER_AXIS_PX, _MOST_AXES), 1)])
