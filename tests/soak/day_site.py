"""The site of the day: a thousand tags on twenty hazard sources, and what they show each second.

Every five minutes another tag stands beyond its limit for a minute; every two hours a unit's tags
all do, which is a flood.
"""

import math
from typing import Any

from app.site import Site
from models.basics import LatLon, Name
from models.registry.kinds import HazardSource, Limit, Tag
from models.store import open_store
from models.store.reference import Origin, ReferenceStore

TAGS, SOURCES = 1_000, 20
LIMIT = 50.0
_EVERY_S, _STANDS_S = 300, 60
_FLOOD_EVERY_S, _FLOOD_AT_S = 7_200, 3_600
_LAT, _LON = 31.2, 121.4


def key(number: int) -> str:
    """Return the key of a tag."""
    return f"D{number:04d}"


def values(second: int) -> list[float]:
    """Return what all tags show in a second of the day."""
    phase = second / 600
    found = [round(25 + 10 * math.sin(phase + n) + (second * 7 + n) % 13 / 10, 1)
             for n in range(TAGS)]  # fmt: skip
    turn, since_s = divmod(second, _EVERY_S)
    if since_s < _STANDS_S:
        found[turn * 37 % TAGS] = 60.0
    if (second - _FLOOD_AT_S) % _FLOOD_EVERY_S < _STANDS_S and second >= _FLOOD_AT_S:
        found[: TAGS // SOURCES] = [60.0] * (TAGS // SOURCES)
    return found


def make_site(site: Site, port: int) -> None:
    """Make the site; its gateway listens to a broker on this port."""
    settings: dict[str, Any] = {"mode": "live", "mqtt.enabled": True, "mqtt.port": port}
    site.create({**settings, "mqtt.client_id": "day"})
    places = [LatLon(_LAT + n // 5 * 0.003, _LON + n % 5 * 0.003) for n in range(SOURCES)]
    sources = [
        HazardSource(key=f"S-{n:02d}", name=Name(zh=f"{n}号装置", en=f"Unit {n}"), position=place)
        for n, place in enumerate(places)
    ]
    limits = (Limit(kind="H", value=LIMIT, priority=2, deadband=2.0, on_delay_s=2.0),)
    tags = [
        Tag(
            key=key(n), name=Name(zh=key(n), en=key(n)), unit="kPa", limits=limits, period_s=60.0,
            hazard_source_key=f"S-{n * SOURCES // TAGS:02d}",
            position=LatLon(
                places[n * SOURCES // TAGS].lat_deg + n % 7 * 0.0002,
                places[n * SOURCES // TAGS].lon_deg + n % 11 * 0.0002,
            ),
        )
        for n in range(TAGS)
    ]  # fmt: skip
    store = open_store(site.store_url())
    try:
        origin = Origin(kind="tags", at_us=1, actor="soak")
        ReferenceStore(store).commit({"hazard-sources": sources, "tags": tags}, origin)
    finally:
        store.close()
