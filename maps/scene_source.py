"""Where a leak probably comes from, as areas of the map: on record, or only looked at."""

from collections.abc import Mapping
from typing import Any

from maps.geometry import pairs
from models.hazard.estimation.ports import SourceEstimate
from models.operation.situation import Situation

Item = dict[str, Any]
LAYER, INK = "sources", "map.source"
_FILL_BY_SHARE = {0.5: 2, 0.9: 3}
"""By probability the strength of the fill, as a severity of zones."""


def source_items(
    situation: Situation | None,
    looked_at: Mapping[str, SourceEstimate],
    region_words: str,
    preview_words: str,
) -> dict[str, Item]:
    """Return the areas that hold a source with 90 and 50 %, by id.

    Parameters
    ----------
    situation : Situation or None
        Its open incidents' estimates that an officer took.
    looked_at : mapping of incident id to SourceEstimate
        Those that nobody took yet; they stand in place of what is on record.
    region_words : str
        Template of a name; `{share}` is filled.
    preview_words : str
        Put before the names of what is only looked at.
    """
    found: dict[str, Item] = {}
    incidents = situation.incidents if situation is not None else {}
    for incident in incidents.values():
        adopted = incident.source_estimate
        if adopted is not None and incident.closed_us is None and incident.id not in looked_at:
            _put(found, incident.id, adopted.estimate, region_words)
    for incident_id, estimate in looked_at.items():
        _put(found, incident_id, estimate, f"{preview_words} {region_words}")
    return found


def _put(found: dict[str, Item], incident_id: str, made: SourceEstimate, words: str) -> None:
    """Enter an estimate; one that can't tell has no area that anybody may rely on."""
    estimate = made.estimate
    if estimate.verdict == "cannot_tell" or estimate.position is None:
        return
    regions = sorted(estimate.regions, key=lambda region: -region.probability)
    key = f"source/{incident_id}"
    found[key] = {
        "id": key,
        "kind": "source",
        "origin": [estimate.position.lat_deg, estimate.position.lon_deg],
        "stale": False,
        "stale_text": "",
        "levels": [
            {
                "severity": _FILL_BY_SHARE.get(region.probability, 3),
                "ink": INK,
                "label": words.format(share=f"{region.probability:.0%}"),
                "layer": LAYER,
                "dashed": True,
                "outline": False,
                "rings": [pairs(ring) for ring in region.rings],
            }
            for region in regions
        ],
    }
