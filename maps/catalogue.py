"""What the map shows of each reference kind: layer, symbol, scales, order of drawing."""

from collections.abc import Callable
from dataclasses import dataclass

from maps.layers import layer_named, layer_of
from models.libraries.kinds import Depot, Team
from models.registry.kinds import (
    Camera,
    Enterprise,
    Feature,
    HazardSource,
    Receptor,
    Record,
    Tag,
)

_GRADES = {"一级": "hazard.1", "二级": "hazard.2", "三级": "hazard.3", "四级": "hazard.4"}
_RECEPTORS = {
    "school": "receptor.school", "kindergarten": "receptor.school", "university": "receptor.school",
    "college": "receptor.school", "hospital": "receptor.hospital", "clinic": "receptor.hospital",
    "village": "receptor.village", "residential": "receptor.village", "town": "receptor.village",
    "water_intake": "receptor.water", "intake": "receptor.water",
}  # fmt: skip
_FEATURES = {
    "gate": "gate", "river_gate": "gate", "entrance": "gate", "mast": "mast",
    "weather_station": "mast", "hydrant": "hydrant", "shelter": "shelter",
}  # fmt: skip


def _hazard_style(row: Record) -> str:
    return _GRADES.get(row.grade, "hazard.0") if isinstance(row, HazardSource) else "hazard.0"


def _receptor_style(row: Record) -> str:
    kind = row.type if isinstance(row, Receptor) else ""
    return _RECEPTORS.get(kind, "receptor.other")


def _feature_style(row: Record) -> str:
    return _FEATURES.get(row.type, "feature") if isinstance(row, Feature) else "feature"


def _always(style: str) -> Callable[[Record], str]:
    def chosen(row: Record) -> str:
        del row
        return style

    return chosen


@dataclass(frozen=True, slots=True)
class PointKind:
    """How the rows of one reference kind with one of `styles` are drawn as points of a layer.

    `cluster_below` is the zoom under which it is gathered (with other layers of its kind),
    `name_zoom` the first zoom with names; names of low `rank` are placed first, so the two
    graver grades of hazard sources, then people and teams, then the other grades, then enterprises,
    then the rest. What is going on (0…4: an incident, zones, alarms) comes before all of them.
    """

    kind: str
    style: Callable[[Record], str]
    styles: tuple[str, ...]
    cluster_below: float
    name_zoom: float
    rank: float

    @property
    def layer(self) -> str:
        """The layer of the catalogue that shows these rows."""
        return layer_of(self.kind, self.styles[0])

    @property
    def from_zoom(self) -> float:
        """The first zoom that shows it."""
        return layer_named(self.layer).from_zoom


def _each(
    kind: str, style: Callable[[Record], str], styles: tuple[str, ...], *zooms_and_ranks: float
) -> tuple[PointKind, ...]:
    """Return one kind of points for each style: each is a layer of its own.

    After the two zooms comes one rank for all styles, or one for each.
    """
    cluster_below, name_zoom, *ranks = zooms_and_ranks
    each = ranks if len(ranks) == len(styles) else ranks * len(styles)
    return tuple(
        PointKind(kind, style, (one,), cluster_below, name_zoom, rank)
        for one, rank in zip(styles, each, strict=True)
    )


# in the order of drawing: later kinds lie over earlier ones
POINT_KINDS = (
    PointKind(Feature.KIND, _feature_style, ("hydrant",), 0.0, 18.0, 9),
    PointKind(Feature.KIND, _feature_style, ("feature", "gate", "mast"), 0.0, 15.5, 8),
    PointKind(Feature.KIND, _feature_style, ("shelter",), 0.0, 15.0, 7),
    PointKind(Camera.KIND, _always("camera"), ("camera",), 0.0, 17.0, 8),
    PointKind(Tag.KIND, _always("tag"), ("tag",), 0.0, 17.5, 9),
    PointKind(Enterprise.KIND, _always("enterprise"), ("enterprise",), 11.0, 13.5, 6),
    PointKind(Depot.KIND, _always("depot"), ("depot",), 0.0, 15.0, 7),
    *_each(
        HazardSource.KIND, _hazard_style,
        ("hazard.0", "hazard.4", "hazard.3", "hazard.2", "hazard.1"),
        0.0, 15.0, 5.8, 5.4, 5.3, 4.2, 4.1,
    ),
    *_each(
        Receptor.KIND, _receptor_style,
        ("receptor.other", "receptor.water", "receptor.village", "receptor.hospital",
         "receptor.school"), 11.0, 13.0, 5,
    ),
    PointKind(Team.KIND, _always("team"), ("team",), 11.0, 14.0, 5),
)  # fmt: skip

STYLES = tuple(style for kind in POINT_KINDS for style in kind.styles)

_ROADS = {
    "motorway": "motorway", "motorway_link": "primary", "trunk": "trunk", "trunk_link": "primary",
    "primary": "primary", "primary_link": "secondary", "secondary": "secondary",
    "secondary_link": "tertiary", "tertiary": "tertiary", "tertiary_link": "minor",
    "residential": "minor", "unclassified": "minor", "living_street": "minor", "road": "minor",
    "service": "service", "track": "track", "path": "track", "footway": "track",
}  # fmt: skip
_WATER = {"river", "pond", "lake", "water", "basin", "dock", "reservoir", "sea", "canal", "stream"}
_GREEN = {"park", "green", "forest", "wood", "grass"}
_RACKS = {"rack", "pipe_rack", "pipeline", "pipe"}

# in the order of drawing; the page knows how each class is painted
VECTOR_CLASSES = (
    "green", "plot", "water", "river", "unit", "building", "line", "road.track", "road.service",
    "road.minor", "road.tertiary", "road.secondary", "road.primary", "road.trunk",
    "road.motorway", "rail", "rack",
)  # fmt: skip


def road_class(road: str) -> str:
    """Return the vector class of a road class as OSM or a file names it.

    Examples
    --------
    >>> road_class("trunk_link"), road_class("something else")
    ('road.primary', 'road.minor')
    """
    return "road." + _ROADS.get(road, "minor")


def feature_class(feature: Feature) -> str:
    """Return the vector class of a feature that has a line."""
    kind = feature.type
    if kind in _WATER:
        return "water" if feature.closed else "river"
    if kind in _GREEN:
        return "green"
    if kind in _RACKS:
        return "rack"
    if kind in {"rail", "railway"}:
        return "rail"
    return "plot" if feature.closed else "line"
