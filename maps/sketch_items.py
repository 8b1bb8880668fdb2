"""Drawings as items of the page: what is painted, in which colour, and in which words.

An item is `{id, layer, meaning, symbol, token, dash, width, fill, rings, line, arrow, at, label,
sub, sub_token, faded}`: rings and line as `[[lat, lon], …]`, `at` where symbol and label stand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from maps.geometry import pairs
from maps.sketch_geometry import anchor_of, line_of, rings_of
from maps.sketch_measure import metres_text
from maps.sketch_threats import ThreatWatch
from models.basics import LatLon
from models.operation.drawings import MapDifferences, map_differences, official_map
from models.operation.drawn import Drawing
from models.operation.situation import Incident, Situation, Zone
from models.operation.sketch import CORDONS, Ink, Meaning, Sketch

MapChoice = Literal["official", "working", "both"]
Item = dict[str, Any]
Mark = Literal["", "new", "changed", "gone", "old"]

_INKS: Mapping[Ink, str] = MappingProxyType({
    "neutral": "text", "own": "map.own", "danger": "severity.1", "caution": "severity.2",
    "safe": "map.safe",
})  # fmt: skip
_TOKENS: Mapping[Meaning, str] = MappingProxyType({
    "hot_line": "severity.1", "warm_line": "severity.2", "cold_line": "map.safe",
    "evacuation_route": "map.safe", "assembly": "map.safe", "casualty_collection": "severity.1",
    "road_block": "severity.2",
})  # fmt: skip
# lines that differ by more than colour: hot is firm, warm dashed, cold dotted
_DASHES: Mapping[Meaning, list[int]] = MappingProxyType({
    "warm_line": [12, 6], "cold_line": [3, 6], "evacuation_route": [16, 6],
})  # fmt: skip
_LAYERS: Mapping[Meaning, str] = MappingProxyType({
    **dict.fromkeys(CORDONS, "cordons"), "road_block": "cordons", "entry_point": "cordons",
    "evacuation_route": "evacuation", "assembly": "evacuation", "staging": "staging",
})  # fmt: skip
_FILL = 0.08


@dataclass(frozen=True, slots=True)
class DrawingWords:
    """Words of drawings in the screen's language; `meanings` names what has a meaning."""

    meanings: Mapping[str, str] = field(default_factory=dict)
    threatened: str = "▲ inside the threat zone"
    marks: Mapping[str, str] = field(default_factory=lambda: {
        "new": "not published", "changed": "changed, not published",
        "gone": "removed, still official", "old": "official until published",
    })  # fmt: skip


def token_of(sketch: Sketch) -> str:
    """Return the colour token of a sketch: by meaning, else by its ink."""
    if sketch.meaning == "plain":
        return _INKS[sketch.ink]
    return _TOKENS.get(sketch.meaning, "map.own")


def sketch_item(
    key: str, sketch: Sketch, words: DrawingWords, *, threatened: bool = False, mark: Mark = ""
) -> Item:
    """Return one drawing as the page paints it."""
    meaning = words.meanings.get(sketch.meaning, "") if sketch.meaning != "plain" else ""
    radius = metres_text(sketch.radius_m) if sketch.radius_m and meaning else ""
    subs = [words.threatened] if threatened else []
    subs += [words.marks[mark]] if mark else []
    return {
        "id": key,
        "layer": _LAYERS.get(sketch.meaning, "drawings"),
        "meaning": sketch.meaning,
        "symbol": _symbol(sketch),
        "token": token_of(sketch),
        "dash": _DASHES.get(sketch.meaning, []),
        "width": 3.0 if sketch.meaning in CORDONS else 2.2,
        "fill": _FILL if rings_of(sketch) else 0.0,
        "rings": [pairs(ring) for ring in rings_of(sketch)],
        "line": pairs(line_of(sketch)),
        "arrow": sketch.shape == "arrow" or sketch.meaning == "evacuation_route",
        "at": pairs((_label_place(sketch),))[0],
        "label": " · ".join(filter(None, (meaning, sketch.label, radius))),
        "sub": " · ".join(subs),
        "sub_token": "severity.1" if threatened else "map.label",
        "faded": mark in {"gone", "old"},
    }


def _label_place(sketch: Sketch) -> LatLon:
    """Return where symbol and label stand; areas around one place are named at their north."""
    rings = rings_of(sketch)
    if rings and not _symbol(sketch):
        return max(rings[0], key=lambda corner: corner.lat_deg)
    return anchor_of(sketch)


def _symbol(sketch: Sketch) -> str:
    if sketch.meaning in CORDONS or sketch.meaning == "evacuation_route":
        return ""
    if sketch.meaning != "plain":
        return sketch.meaning
    return "point" if sketch.shape == "point" else ""


class DrawingScene:
    """Turns a situation into items; what was painted before isn't computed again."""

    def __init__(self) -> None:
        self._threats = ThreatWatch()
        self.threatened: frozenset[str] = frozenset()
        self._made: dict[str, tuple[Sketch, tuple[object, ...], Item]] = {}

    def items(
        self, situation: Situation, zones: Iterable[Zone], choice: MapChoice, words: DrawingWords
    ) -> dict[str, Item]:
        """Return what stands on the map of every open incident and of the operation itself."""
        wanted = _standing(situation, choice)
        drawings = [drawing for _, drawing, _ in wanted]
        threatened = self.threatened = self._threats.threatened(drawings, zones)
        found: dict[str, Item] = {}
        kept: dict[str, tuple[Sketch, tuple[object, ...], Item]] = {}
        for key, drawing, mark in wanted:
            facts = (drawing.id in threatened, mark, words)
            held = self._made.get(key)
            if held is None or held[0] is not drawing.sketch or held[1] != facts:
                item = sketch_item(
                    key, drawing.sketch, words, threatened=drawing.id in threatened, mark=mark
                )
                held = (drawing.sketch, facts, item)
            kept[key] = held
            found[key] = held[2]
        self._made = kept
        return found


def _standing(situation: Situation, choice: MapChoice) -> list[tuple[str, Drawing, Mark]]:
    """Return the drawings of a choice of maps: key of the item, drawing, what sets it apart."""
    found: list[tuple[str, Drawing, Mark]] = []
    for key in ("", *_open_ids(situation.incidents.values())):
        differences = map_differences(situation, key)
        if choice == "official":
            official = official_map(situation, key)
            found += [(d.id, d, "") for d in (official.drawings if official else ())]
        elif choice == "working":
            standing = (*differences.same, *differences.changed, *differences.added)
            found += [(d.id, d, "") for d in standing]
        else:
            found += _compared(situation, key, differences)
    return found


def _compared(
    situation: Situation, incident_id: str, differences: MapDifferences
) -> Iterable[tuple[str, Drawing, Mark]]:
    official = official_map(situation, incident_id)
    before = {drawing.id: drawing for drawing in official.drawings} if official else {}
    yield from ((d.id, d, "") for d in differences.same)
    yield from ((f"{d.id}/official", d, "gone") for d in differences.removed)
    yield from ((f"{d.id}/official", before[d.id], "old") for d in differences.changed)
    yield from ((d.id, d, "changed") for d in differences.changed)
    yield from ((d.id, d, "new") for d in differences.added)


def _open_ids(incidents: Iterable[Incident]) -> list[str]:
    """Return the incidents with a map of their own: open and not part of another."""
    return [i.id for i in incidents if i.closed_us is None and not i.merged_into]
