"""Neighbouring hazard sources at risk of a domino effect, as an officer took it into the log."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from maps.catalogue import POINT_KINDS
from models.hazard.fires import DominoHit
from models.operation.situation import Situation
from models.registry.kinds import HazardSource

if TYPE_CHECKING:
    from maps.scene import ReferenceRows, SceneWords

_STYLES = {kind.kind: kind.style for kind in POINT_KINDS}


def domino_items(
    situation: Situation, rows: "ReferenceRows", words: "SceneWords"
) -> Iterable[dict[str, Any]]:
    """Return an item for each source that receives its threshold or more; the worst hit counts.

    They lie in the layer of alarms: nobody hides them with the other hazard sources.
    """
    for key, hit in _worst(situation).items():
        row = rows.get(HazardSource.KIND, key)
        if row is None or row.position is None:
            continue
        severity = 1 if hit.verdict == "may_fail" else 2
        yield {
            "id": f"{HazardSource.KIND}/{key}",
            "lat": row.position.lat_deg,
            "lon": row.position.lon_deg,
            "style": _STYLES[HazardSource.KIND](row),
            "layer": "alarms",
            "rank": severity,
            "grow": 1.15,
            "ring": f"severity.{severity}",
            "label": row.name.text(words.language),
            "sub": words.domino.format(
                received=f"{hit.received / 1e3:.0f}",
                threshold=f"{hit.threshold / 1e3:.0f}",
                unit="kPa" if hit.effect == "overpressure" else "kW/m²",
            ),
            "sub_ink": f"zone_text.{severity}",
        }


def _worst(situation: Situation) -> dict[str, DominoHit]:
    worst: dict[str, DominoHit] = {}
    for incident in situation.incidents.values():
        if incident.domino is None or incident.closed_us is not None:
            continue
        for hit in incident.domino.at_risk:
            held = worst.get(hit.key)
            if held is None or held.ratio < hit.ratio:
                worst[hit.key] = hit
    return worst
