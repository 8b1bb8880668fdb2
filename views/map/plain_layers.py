"""What the desk chose of the layers, for the plain map (the page has layers.js)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


class PlainLayers:
    """Reads the 'layers' message."""

    def __init__(self) -> None:
        self.hidden: frozenset[str] = frozenset()
        self.opacity: Mapping[str, float] = {}
        self.order: Sequence[str] = ()
        self._ranges: Mapping[str, Sequence[float]] = {}
        self._places: Mapping[str, int] = {}

    def take(self, payload: Mapping[str, Any]) -> None:
        """Take the message."""
        self.hidden = frozenset(payload.get("hidden", ()))
        self.opacity = payload.get("opacity", {})
        self.order = payload.get("order", ())
        self._ranges = payload.get("ranges", {})
        self._places = {name: place for place, name in enumerate(self.order)}

    def shown(self, layer_id: str, zoom: float) -> bool:
        """Return whether a layer is drawn at a zoom."""
        low, high = self._ranges.get(layer_id, (0.0, float("inf")))
        return layer_id not in self.hidden and low <= zoom < high

    def alpha(self, layer_id: str) -> float:
        """Return a layer's opacity, 0…1."""
        return self.opacity.get(layer_id, 1.0)

    def lowest_first(self, things: Iterable[T], layer_of: Callable[[T], str]) -> list[T]:
        """Return things in the order of drawing."""
        return sorted(things, key=lambda thing: -self._places.get(layer_of(thing), -1))
