"""The one catalogue of layers: what each is called by, shows, where it lies, and who may move it.

Layers are listed from the top of the map to its bottom. `LayerBook` adds the layers that a user
imported; `LayerSettings` is what one station chose of all of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from maps.conditions import Filter
from models.basics import Name

LAST_ZOOM = 24.0
LEAST_OPACITY = 0.1
LEAST_SAFETY_OPACITY = 0.35
SYMBOL, AREA, LINE, TEXT = "symbol", "area", "line", "text"

# from the top of the map to its bottom; layers can be reordered within their group
GROUPS = ("now", "zones", "people", "hazards", "means", "imported", "ground")
USER_GROUP = "imported"


@dataclass(frozen=True, slots=True)
class MapLayer:
    """One layer.

    `styles` are the symbols in its legend (see `resources/map/symbols.js`); a layer of areas or
    lines has the colour token `ink` instead. It is drawn at zooms from `from_zoom` up to, not
    including, `to_zoom`. A `safety` layer is never hidden without words over the map, and never
    made fainter than `LEAST_SAFETY_OPACITY`. `movable` layers change places within their group.
    `kind` is the reference kind whose rows it shows, '' for none. `title` is given for imported
    layers only: the others are named in the screen's language by the views.
    """

    id: str
    group: str
    styles: tuple[str, ...] = ()
    drawn: str = SYMBOL
    ink: str = ""
    from_zoom: float = 0.0
    to_zoom: float = LAST_ZOOM
    safety: bool = False
    movable: bool = False
    visible: bool = True
    opacity: float = 1.0
    kind: str = ""
    title: Name = field(default_factory=Name)

    @property
    def least_opacity(self) -> float:
        """The faintest this layer may be made, 0…1."""
        return LEAST_SAFETY_OPACITY if self.safety else LEAST_OPACITY


def _points(layer_id: str, group: str, kind: str, *styles: str, from_zoom: float = 0.0) -> MapLayer:
    return MapLayer(layer_id, group, styles, from_zoom=from_zoom, movable=True, kind=kind)


CATALOGUE: tuple[MapLayer, ...] = (
    MapLayer("incidents", "now", ("incident",), safety=True),
    MapLayer("alarms", "now", ("alarm.1", "alarm.2", "alarm.3", "alarm.4"), safety=True),
    MapLayer("warnings", "now", ("warned.1", "warned.2", "warned.3"), safety=True),
    MapLayer("vehicles", "now", ("vehicle",)),
    MapLayer("tracks", "now", drawn=LINE, ink="map.own"),
    MapLayer("teams", "now", ("team",), kind="teams"),
    MapLayer("zones", "zones", drawn=AREA, ink="zone.1", safety=True),
    MapLayer("contours", "zones", drawn=AREA, ink="zone.2", safety=True),
    MapLayer("sources", "zones", drawn=AREA, ink="map.source"),
    MapLayer("cordons", "zones", drawn=LINE, ink="severity.1", safety=True),
    MapLayer("evacuation", "zones", drawn=LINE, ink="map.safe"),
    MapLayer("routes", "zones", drawn=LINE, ink="map.own"),
    MapLayer("staging", "zones", ("staging",)),
    MapLayer("drawings", "zones", drawn=LINE, ink="text"),
    _points("schools", "people", "receptors", "receptor.school"),
    _points("hospitals", "people", "receptors", "receptor.hospital"),
    _points("villages", "people", "receptors", "receptor.village"),
    _points("intakes", "people", "receptors", "receptor.water"),
    _points("receptors", "people", "receptors", "receptor.other"),
    _points("hazard-1", "hazards", "hazard-sources", "hazard.1", from_zoom=12.0),
    _points("hazard-2", "hazards", "hazard-sources", "hazard.2", from_zoom=12.0),
    _points("hazard-3", "hazards", "hazard-sources", "hazard.3", from_zoom=12.0),
    _points("hazard-4", "hazards", "hazard-sources", "hazard.4", from_zoom=12.0),
    _points("hazard-0", "hazards", "hazard-sources", "hazard.0", from_zoom=12.0),
    _points("enterprises", "hazards", "enterprises", "enterprise"),
    _points("tags", "hazards", "tags", "tag", from_zoom=15.0),
    _points("cameras", "hazards", "cameras", "camera", from_zoom=15.5),
    _points("materials", "means", "materials", "depot", from_zoom=12.0),
    _points("shelters", "means", "features", "shelter", from_zoom=13.0),
    _points("hydrants", "means", "features", "hydrant", from_zoom=16.0),
    _points("features", "means", "features", "gate", "mast", "feature", from_zoom=14.0),
    MapLayer("labels", "ground", drawn=TEXT, ink="text"),
    MapLayer("wind", "ground", ("wind",), safety=True),
    MapLayer("roads", "ground", drawn=LINE, ink="map.road_text", from_zoom=7.0, kind="roads"),
    MapLayer("buildings", "ground", drawn=AREA, ink="map.unit_line", from_zoom=13.0),
    MapLayer("land", "ground", drawn=AREA, ink="map.plot_line"),
    MapLayer("base", "ground", drawn=AREA, ink="map.water"),
)  # fmt: skip

_BY_STYLE = {
    (layer.kind, style): layer.id for layer in CATALOGUE if layer.kind for style in layer.styles
}
_BY_ID = {layer.id: layer for layer in CATALOGUE}


def layer_of(kind: str, style: str) -> str:
    """Return the id of the layer that shows a reference row of a kind by a symbol.

    Raises
    ------
    KeyError
        When no layer of the catalogue shows such rows.

    Examples
    --------
    >>> layer_of("hazard-sources", "hazard.2"), layer_of("receptors", "receptor.school")
    ('hazard-2', 'schools')
    """
    return _BY_STYLE[kind, style]


def layer_named(layer_id: str) -> MapLayer:
    """Return a layer of the catalogue; KeyError when there is none of that name."""
    return _BY_ID[layer_id]


@dataclass(frozen=True, slots=True)
class LayerSettings:
    """What one station chose: by layer id, only what differs from the catalogue.

    `shown` tells visibility, `opacity` is 0…1, `order` names layers from the top; layers it
    doesn't name keep the catalogue's place among themselves, above those it does. `filters`
    aren't stored: a filter that nobody set today would hide things from who doesn't know of it.
    """

    shown: Mapping[str, bool] = field(default_factory=dict)
    opacity: Mapping[str, float] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()

    def is_shown(self, layer: MapLayer) -> bool:
        """Return whether a layer is switched on."""
        return self.shown.get(layer.id, layer.visible)

    def opacity_of(self, layer: MapLayer) -> float:
        """Return a layer's opacity, 0…1, never under what it may be made."""
        return max(layer.least_opacity, min(1.0, self.opacity.get(layer.id, layer.opacity)))

    def with_shown(self, layer_id: str, *, shown: bool) -> "LayerSettings":
        """Return settings with one layer on or off."""
        return replace(self, shown={**self.shown, layer_id: shown})

    def with_opacity(self, layer_id: str, opacity: float) -> "LayerSettings":
        """Return settings with one layer's opacity, 0…1."""
        return replace(self, opacity={**self.opacity, layer_id: opacity})

    def with_order(self, layer_ids: Iterable[str]) -> "LayerSettings":
        """Return settings with another order, from the top."""
        return replace(self, order=tuple(layer_ids))

    def with_filters(self, kind: str, filters: Iterable[Filter]) -> "LayerSettings":
        """Return settings with other filters of one reference kind."""
        others = tuple(each for each in self.filters if each.kind != kind)
        return replace(self, filters=(*others, *filters))

    def stored(self) -> dict[str, Any]:
        """Return the JSON that `settings_from` reads."""
        return {
            "shown": dict(self.shown), "opacity": dict(self.opacity), "order": list(self.order),
        }  # fmt: skip


def settings_from(raw: object) -> LayerSettings:
    """Return settings of a stored value; what can't be read of it is left at its default.

    Parameters
    ----------
    raw : object
        What `LayerSettings.stored` made and a file may have damaged.
    """
    if not isinstance(raw, dict):
        return LayerSettings()
    shown, opacity, order = raw.get("shown"), raw.get("opacity"), raw.get("order")
    return LayerSettings(
        shown={
            name: value for name, value in _entries(shown).items() if isinstance(value, bool)
        },
        opacity={
            name: float(value) for name, value in _entries(opacity).items()
            if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
        },
        order=tuple(dict.fromkeys(
            name for name in (order if isinstance(order, list) else ()) if isinstance(name, str)
        )),
    )  # fmt: skip


def _entries(raw: object) -> dict[str, object]:
    return {str(name): value for name, value in raw.items()} if isinstance(raw, dict) else {}


class LayerBook:
    """The layers there are now: those of the catalogue and those a user imported."""

    def __init__(self) -> None:
        self._user: dict[str, MapLayer] = {}

    def register(self, layer: MapLayer) -> None:
        """Enter an imported layer, or replace the one of its id.

        Raises
        ------
        ValueError
            When the catalogue has a layer of that id.
        """
        if layer.id in _BY_ID:
            raise ValueError(f"layer {layer.id!r} stands in the catalogue")
        self._user[layer.id] = replace(layer, group=USER_GROUP, movable=True, safety=False)

    def drop(self, layer_id: str) -> None:
        """Take an imported layer out; nothing happens when there is none."""
        self._user.pop(layer_id, None)

    def get(self, layer_id: str) -> MapLayer | None:
        """Return a layer, None when there is none of that id."""
        return _BY_ID.get(layer_id) or self._user.get(layer_id)

    def ordered(self, settings: LayerSettings) -> tuple[MapLayer, ...]:
        """Return all layers from the top of the map to its bottom, group after group."""
        place = {name: number for number, name in enumerate(settings.order)}
        found: list[MapLayer] = []
        layers = (*CATALOGUE, *self._user.values())
        for group in GROUPS:
            mine = [layer for layer in layers if layer.group == group]
            moved = sorted(
                (layer for layer in mine if layer.movable),
                key=lambda layer: place.get(layer.id, -1),
            )
            found += [layer for layer in mine if not layer.movable] + moved
        return tuple(found)

    def moved(self, settings: LayerSettings, layer_id: str, steps: int) -> LayerSettings:
        """Return settings with a layer `steps` places further down (negative: up) in its group.

        A layer that isn't movable, or would leave its group, stays where it is.
        """
        order = [layer for layer in self.ordered(settings) if layer.movable]
        ids = [layer.id for layer in order]
        if layer_id not in ids:
            return settings
        at = ids.index(layer_id)
        mine = [n for n, layer in enumerate(order) if layer.group == order[at].group]
        to = min(max(at + steps, mine[0]), mine[-1])
        ids.insert(to, ids.pop(at))
        return settings.with_order(ids)

    def message(self, settings: LayerSettings) -> dict[str, Any]:
        """Return what the page is told: hidden ids, opacities under 1, order and ranges of zoom."""
        layers = self.ordered(settings)
        opacity = {layer.id: settings.opacity_of(layer) for layer in layers}
        return {
            "hidden": sorted(layer.id for layer in layers if not settings.is_shown(layer)),
            "opacity": {name: value for name, value in opacity.items() if value < 1.0},
            "order": [layer.id for layer in layers],
            "ranges": {
                layer.id: [layer.from_zoom, layer.to_zoom] for layer in layers
                if layer.from_zoom > 0 or layer.to_zoom < LAST_ZOOM
            },
        }  # fmt: skip
