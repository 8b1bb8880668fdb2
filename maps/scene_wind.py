"""The wind of a situation: the panel in the corner, and an arrow at each mast."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from models.basics import Wind
from models.operation.situation import Situation

if TYPE_CHECKING:
    from maps.scene import ReferenceRows, SceneWords

_OLD_US = 300_000_000


def wind_item(situation: Situation, words: "SceneWords") -> dict[str, Any]:
    """Return the wind panel: one arrow, or one for each mast when they disagree."""
    masts = situation.masts if situation.masts_disagree else situation.masts[:1]
    lines: list[dict[str, Any]] = [
        {"text": wind_text(mast, words), "severity": 0} for mast in masts
    ]
    stale = any(_is_old(mast, situation) for mast in masts)
    if not masts:
        lines.append({"text": words.no_wind, "severity": 2})
    if stale:
        lines.append({"text": words.wind_stale, "severity": 2})
    if situation.masts_disagree:
        lines.append({"text": words.masts_disagree, "severity": 2})
    bad = 2 if stale or situation.masts_disagree else 0
    return {"from_deg": [mast.from_deg for mast in masts], "lines": lines, "severity": bad}


def mast_items(
    situation: Situation, rows: "ReferenceRows", words: "SceneWords"
) -> Iterable[dict[str, Any]]:
    """Yield an arrow for each mast with a place: it flies with the wind, and fades when it is old.

    A wind that was entered by hand has no mast, so it stands in the panel alone.
    """
    for mast in situation.masts:
        row = rows.get("features", mast.source) if mast.source else None
        if row is None or row.position is None:
            continue
        old = _is_old(mast, situation)
        yield {
            "id": f"features/{row.key}", "lat": row.position.lat_deg, "lon": row.position.lon_deg,
            "style": "wind", "layer": "wind", "rank": 6, "turned": True,
            "heading_deg": (mast.from_deg + 180.0) % 360.0, "faded": old,
            "label": words.mast.format(speed=mast.speed_m_s, direction=mast.from_deg),
            "sub": words.wind_stale if old else "",
            "tip": f"{row.name.text(words.language)}: {wind_text(mast, words)}",
        }  # fmt: skip


def wind_text(mast: Wind, words: "SceneWords") -> str:
    """Return a wind in words: speed, where it comes from, stability."""
    return words.wind.format(
        speed=mast.speed_m_s, direction=mast.from_deg, stability=mast.stability
    )


def _is_old(mast: Wind, situation: Situation) -> bool:
    return bool(mast.observed_us) and situation.recorded_us - mast.observed_us > _OLD_US
