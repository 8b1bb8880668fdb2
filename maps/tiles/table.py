"""What tiles are made of: geometries in fractions of the world with their class and names."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

Geometries = npt.NDArray[np.object_]
Kind = Literal["point", "line", "area"]


class Names(NamedTuple):
    """The names of a feature: as it is called there, in Chinese, in English."""

    local: str = ""
    zh: str = ""
    en: str = ""


NAMELESS = Names()


@dataclass(frozen=True, slots=True)
class TileClass:
    """One class of the base map: its number is its place in the order of drawing."""

    name: str
    number: int
    layer: str
    from_zoom: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Classes by name and the rules that sort tags into them."""

    classes: Mapping[str, TileClass]
    by_geometry: Mapping[str, Mapping[str, Mapping[str, str]]]
    guesses: Sequence[Mapping[str, Any]]

    @property
    def ordered(self) -> tuple[TileClass, ...]:
        """The classes in the order of drawing."""
        return tuple(self.classes.values())

    def keys(self, kind: Kind) -> tuple[str, ...]:
        """Return the tag keys that rules of a geometry look at."""
        return tuple(self.by_geometry[kind])

    def classify(self, kind: Kind, tags: Mapping[str, str | None]) -> str:
        """Return the class of an object with `tags`; '' when it isn't drawn.

        Examples
        --------
        >>> load_classes().classify("line", {"highway": "primary_link"})
        'road.secondary'
        """
        for key, values in self.by_geometry[kind].items():
            value = tags.get(key)
            if value:
                found = values.get(value)
                if found is None and value != "no":
                    found = values.get("*")
                if found:
                    return found
        return ""

    def guess(self, kind: Kind, layer: str) -> str:
        """Return the class that the name of a layer stands for; '' when it says nothing.

        Examples
        --------
        >>> load_classes().guess("area", "城区建筑物")
        'building'
        """
        low = layer.lower()
        for entry in self.guesses:
            if kind in entry and any(word in low for word in entry["words"]):
                return str(entry[kind])
        return ""


@cache
def load_classes() -> Rules:
    """Return the classes and rules of `resources/basemap/classes.toml`."""
    text = (files("resources") / "basemap" / "classes.toml").read_text("utf-8")
    table = tomllib.loads(text)
    classes = {
        name: TileClass(name, number, entry["layer"], entry["from_zoom"])
        for number, (name, entry) in enumerate(table["class"].items())
    }
    return Rules(classes, table["rule"], table["guess"])


@dataclass(slots=True)
class FeatureTable:
    """Features of one import; `missing` says in words (codes and counts) what couldn't be read."""

    geometries: list[Geometries] = field(default_factory=list)
    classes: list[npt.NDArray[np.int16]] = field(default_factory=list)
    names: list[Names] = field(default_factory=list)
    missing: dict[str, int] = field(default_factory=dict)

    def add(self, class_name: str, geometries: Geometries, names: Iterable[Names]) -> None:
        """Take geometries of one class, with a name for each."""
        number = load_classes().classes[class_name].number
        self.geometries.append(geometries)
        self.classes.append(np.full(len(geometries), number, dtype=np.int16))
        self.names.extend(names)

    def lacks(self, code: str, count: int = 1) -> None:
        """Note that something is missing."""
        if count:
            self.missing[code] = self.missing.get(code, 0) + count

    def joined(self) -> tuple[Geometries, npt.NDArray[np.int16], list[Names]]:
        """Return all features as one array each, without empty geometries."""
        if not self.geometries:
            return np.empty(0, dtype=object), np.empty(0, dtype=np.int16), []
        geometries = np.concatenate(self.geometries)
        classes = np.concatenate(self.classes)
        good = ~(shapely.is_empty(geometries) | shapely.is_missing(geometries))
        names = [name for name, kept in zip(self.names, good.tolist(), strict=True) if kept]
        return geometries[good], classes[good], names

    def __len__(self) -> int:
        return len(self.names)
