"""Facts about layers: how many things each has, in view and in all, and what must be said."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from maps.drawing import PointSet
from maps.filters import Kept
from maps.geometry import to_world
from maps.layers import LayerSettings, MapLayer

Item = Mapping[str, Any]
_WORLD_SCALE = 559_082_264.0  # of zoom 0 at the equator, for pixels of 0.28 mm (OGC WMTS 1.0, E)


@dataclass(frozen=True, slots=True)
class ViewBox:
    """What is in view: corners [degrees] and zoom."""

    south_deg: float
    west_deg: float
    north_deg: float
    east_deg: float
    zoom: float

    def holds(self, lat_deg: float, lon_deg: float) -> bool:
        """Return whether a place is in view."""
        return (
            self.south_deg <= lat_deg <= self.north_deg
            and self.west_deg <= lon_deg <= self.east_deg
        )


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of a layer are in view, and how many there are."""

    in_view: int
    total: int


def view_box(fact: Mapping[str, Any]) -> ViewBox | None:
    """Return the rectangle of a 'view' fact, None when it tells none."""
    box = fact.get("box")
    numbers = box if isinstance(box, list) else []
    if len(numbers) != 4 or not all(isinstance(n, int | float) for n in numbers):
        return None
    south, west, north, east = map(float, numbers)
    return ViewBox(south, west, north, east, float(fact.get("zoom", 0.0)))


def scale_of(zoom: float, lat_deg: float) -> int:
    """Return the denominator of the map's scale, to two figures.

    Parameters
    ----------
    zoom : float
        Web Mercator zoom of tiles of 256 px.
    lat_deg : float
        Latitude [degrees], between −85 and 85.

    References
    ----------
    OGC 07-057r7, Web Map Tile Service, annex E.4: pixels of 0.28 mm.

    Examples
    --------
    >>> scale_of(15.0, 32.0), scale_of(0.0, 0.0)
    (14000, 560000000)
    """
    exact = _WORLD_SCALE * math.cos(math.radians(lat_deg)) / 2.0**zoom
    figures = math.pow(10.0, math.floor(math.log10(exact)) - 1)
    return int(round(exact / figures) * figures + 0.5)


def count_layers(
    points: PointSet | None, items: Iterable[Item], zones: Collection[Item], box: ViewBox | None
) -> dict[str, Count]:
    """Return the counts of the layers that have anything.

    Parameters
    ----------
    points : PointSet or None
        Bulk points as they are on the map.
    items : iterable of mapping
        Live things with `layer`, `lat`, `lon`.
    zones : collection of mapping
        Threat zones with `origin`.
    box : ViewBox or None
        What is in view; None counts everything as in view.
    """
    seen: Counter[str] = Counter()
    total: Counter[str] = Counter()
    if points is not None:
        _count_points(points, box, seen, total)
    bulk = {group.layer for group in points.groups} if points is not None else set()
    for item in items:
        if item["layer"] in bulk:
            continue  # a mark on something that is among the points already
        total[item["layer"]] += 1
        seen[item["layer"]] += box is None or box.holds(item["lat"], item["lon"])
    for zone in zones:
        for layer in {str(level["layer"]) for level in zone["levels"]}:
            total[layer] += 1
            seen[layer] += box is None or box.holds(*zone["origin"])
    return {layer: Count(seen[layer], count) for layer, count in total.items()}


def _count_points(
    points: PointSet, box: ViewBox | None, seen: Counter[str], total: Counter[str]
) -> None:
    inside = np.ones(len(points.x), dtype=np.bool_)
    if box is not None:
        x, y = to_world([box.south_deg, box.north_deg], [box.west_deg, box.east_deg])
        inside = (points.x >= x[0]) & (points.x <= x[1]) & (points.y >= y[1]) & (points.y <= y[0])
    for group in points.groups:
        total[group.layer] += group.end - group.start
        seen[group.layer] += int(np.count_nonzero(inside[group.start : group.end]))


@dataclass(frozen=True, slots=True)
class LayerWords:
    """Templates of what is said over the map about layers; `{…}` are filled here."""

    hidden: str = "HIDDEN: {layers}"
    filtered: str = "FILTERED: {layers}"
    part: str = "{title} {shown} of {total}"
    part_unknown: str = "{title} {shown} of {total} ({unknown} unknown left out)"
    kinds: Mapping[str, str] = field(default_factory=dict)


def layer_notes(
    layers: Iterable[MapLayer],
    settings: LayerSettings,
    kept: Mapping[str, Kept],
    titles: Mapping[str, str],
    words: LayerWords,
) -> list[dict[str, Any]]:
    """Return the lines over the map: safety layers that are hidden, and layers that are filtered.

    A hidden threat zone is never silent: the line stands as long as its layer is off.
    """
    ordered = tuple(layers)
    lines: list[dict[str, Any]] = []
    hidden = [each for each in ordered if each.safety and not settings.is_shown(each)]
    if hidden:
        names = ", ".join(titles.get(each.id, each.id) for each in hidden)
        lines.append({"text": words.hidden.format(layers=names), "severity": 2})
    parts = []
    for title, found in _by_kind(ordered, kept, titles, words).items():
        if found.total:
            template = words.part_unknown if found.unknown else words.part
            parts.append(template.format(
                title=title, shown=found.shown, total=found.total, unknown=found.unknown
            ))  # fmt: skip
    if parts:
        lines.append({"text": words.filtered.format(layers=" · ".join(parts)), "severity": 4})
    return lines


def _by_kind(
    layers: Iterable[MapLayer],
    kept: Mapping[str, Kept],
    titles: Mapping[str, str],
    words: LayerWords,
) -> dict[str, Kept]:
    """Return what filters leave, the layers of one kind together: a filter is of a kind."""
    found: dict[str, Kept] = {}
    for layer in layers:
        one = kept.get(layer.id)
        if one is not None:
            title = words.kinds.get(layer.kind) or titles.get(layer.id, layer.id)
            sum_ = found.get(title, Kept(0, 0, 0))
            found[title] = Kept(
                sum_.shown + one.shown, sum_.total + one.total, sum_.unknown + one.unknown
            )
    return found
