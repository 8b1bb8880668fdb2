"""Many things picked at once: what the page found, added to or taken from what was picked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maps.drawing import MapObject, PointSet

_HOW = {"add", "toggle", "replace", "none"}


class Picked:
    """The things that are picked, in the order in which they were."""

    def __init__(self) -> None:
        self._things: dict[MapObject, None] = {}
        self._index: dict[MapObject, int] = {}
        self._indexed: PointSet | None = None

    @property
    def things(self) -> tuple[MapObject, ...]:
        """What is picked now."""
        return tuple(self._things)

    def set(self, things: Iterable[MapObject]) -> None:
        """Pick exactly these."""
        self._things = dict.fromkeys(things)

    def take(self, payload: Mapping[str, Any], points: PointSet | None) -> None:
        """Take what the page found: `points` are indices, `items` ids of live things.

        `how` is 'replace', 'add', 'toggle' or 'none'. What the page can't know is left out.
        """
        how = payload.get("how")
        if how not in _HOW:
            return
        found = dict.fromkeys([
            *_points(payload.get("points", ()), points), *_items(payload.get("items", ())),
        ])  # fmt: skip
        if how == "add":
            self._things |= found
        elif how == "toggle":
            kept = {thing: None for thing in self._things if thing not in found}
            self._things = kept | {t: None for t in found if t not in self._things}
        else:
            self._things = found if how == "replace" else {}

    def message(self, points: PointSet | None) -> dict[str, list[Any]]:
        """Return what the page marks: indices of bulk points, ids of all others."""
        places = self._places(points) if self._things else {}
        indices, items = [], []
        for thing in self._things:
            index = places.get(thing)
            if index is None:
                items.append(f"{thing.kind}/{thing.key}")
            else:
                indices.append(index)
        return {"points": indices, "items": items}

    def _places(self, points: PointSet | None) -> dict[MapObject, int]:
        if points is None:
            return {}
        if self._indexed is None or self._indexed.objects is not points.objects:
            self._index = {thing: index for index, thing in enumerate(points.objects)}
            self._indexed = points
        return self._index


def _points(indices: Sequence[Any], points: PointSet | None) -> list[MapObject]:
    objects = points.objects if points is not None else ()
    return [objects[i] for i in indices if isinstance(i, int) and 0 <= i < len(objects)]


def _items(ids: Sequence[Any]) -> list[MapObject]:
    split = (str(each).partition("/") for each in ids)
    return [MapObject(kind, key) for kind, _, key in split if key]
