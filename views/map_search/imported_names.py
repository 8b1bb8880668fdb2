"""The names of imported shapes, searched as one text: a layer of 500,000 rows answers at once."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from maps.drawing import MapObject
from maps.imported import IMPORTED
from models.basics import LatLon, Name
from views.map_search.finder import Found

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class _Layer:
    """All names of a layer, one a line, and where each line begins."""

    title: Name
    names: tuple[str, ...]
    shapes: Shapes
    text: str
    starts: npt.NDArray[np.intp]


class ImportedNames:
    """Finds imported shapes by a part of their name; build it off the UI thread.

    Parameters
    ----------
    titles : mapping of str to Name
        What each layer is called, by its key.
    names : mapping of str to sequence of str
        What each of its shapes is called; '' is never found.
    shapes : mapping of str to array of shapely geometries
        The shapes themselves [WGS 84 degrees], in the same order.
    """

    def __init__(
        self,
        titles: Mapping[str, Name],
        names: Mapping[str, tuple[str, ...]],
        shapes: Mapping[str, Shapes],
    ) -> None:
        self._layers = {
            key: _layer(titles[key], names[key], shapes[key])
            for key in shapes
            if key in titles and key in names
        }

    def find(self, text: str, limit: int) -> tuple[Found, ...]:
        """Return shapes whose name holds the text, those that begin with it first."""
        wanted = _plain(text)
        if not wanted:
            return ()
        begun: list[Found] = []
        held: list[Found] = []
        for key, layer in self._layers.items():
            begun += _found(key, layer, "\n" + wanted, limit - len(begun))
            held += _found(key, layer, wanted, limit - len(held))
        return tuple({each.id: each for each in (*begun, *held)}.values())[:limit]


def _layer(title: Name, names: tuple[str, ...], shapes: Shapes) -> _Layer:
    lines = ["\n" + _plain(name) for name in names]
    sizes = np.fromiter(map(len, lines), np.intp, len(lines))
    starts = np.concatenate((np.zeros(1, np.intp), np.cumsum(sizes, dtype=np.intp)))
    return _Layer(title, names, shapes, "".join(lines), starts)


def _found(key: str, layer: _Layer, wanted: str, limit: int) -> list[Found]:
    found: list[Found] = []
    at = layer.text.find(wanted)
    while at >= 0 and len(found) < limit:
        place = int(np.searchsorted(layer.starts, at, side="right")) - 1
        inner = shapely.point_on_surface(layer.shapes[place])
        name = layer.names[place]
        found.append(Found(
            LatLon(inner.y, inner.x), MapObject(IMPORTED, f"{key}/{place}"),
            Name(zh=name, en=name), layer.title,
        ))  # fmt: skip
        at = layer.text.find(wanted, int(layer.starts[place + 1]))
    return found


def _plain(name: str) -> str:
    """Return a name as it is compared: one line, no case."""
    return " ".join(name.casefold().split())
