"""The four-colour warning on the map: hazard sources and enterprises that aren't blue."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from maps.catalogue import POINT_KINDS
from models.operation.situation import Situation
from models.operation.warned import WarningColour
from models.registry.kinds import Enterprise, HazardSource
from models.telemetry.warning_colour import COLOURS
from models.telemetry.whole_colours import enterprise_colours

if TYPE_CHECKING:
    from maps.scene import ReferenceRows, SceneWords

LAYER = "warnings"
_STYLES = {kind.kind: kind.style for kind in POINT_KINDS}
_RANKS = {HazardSource.KIND: 8, Enterprise.KIND: 9}  # a source lies over its enterprise


def warned_items(
    situation: Situation, rows: "ReferenceRows", words: "SceneWords"
) -> Iterable[dict[str, Any]]:
    """Return an item for each hazard source and each enterprise that isn't blue and has a place.

    `warned` is the severity 1…3 of its colour: the map draws a ring of the colour with the sign of
    the severity on it. They lie in a layer of their own, which nobody hides in silence.
    """
    warned = situation.warning_colours
    if not warned:
        return
    for each in warned.values():
        yield from _item(HazardSource.KIND, each.hazard_source_key, each, rows, words)
    for whole in enterprise_colours(warned.values(), rows.all(HazardSource.KIND)):
        yield from _item(Enterprise.KIND, whole.enterprise_key, whole.worst, rows, words)


def _item(
    kind: str, key: str, warned: WarningColour, rows: "ReferenceRows", words: "SceneWords"
) -> Iterable[dict[str, Any]]:
    row = rows.get(kind, key)
    if row is None or row.position is None:
        return
    colour = words.colours.get(warned.colour, warned.colour)
    yield {
        "id": f"{kind}/{key}",
        "lat": row.position.lat_deg,
        "lon": row.position.lon_deg,
        "style": _STYLES[kind](row),
        "layer": LAYER,
        "rank": _RANKS[kind],
        "label": "",
        "warned": COLOURS.index(warned.colour) + 1,
        "tip": f"{row.name.text(words.language)} · {colour} {warned.index:g}",
    }
