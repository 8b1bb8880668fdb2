"""A live site that a power cut floods: forty units behind one power supply, a tank apart."""

from pathlib import Path
from typing import Any

from app.site import Site
from models.basics import LatLon, Name
from models.registry.kinds import HazardSource, Limit, Tag
from models.store import open_store
from models.store.reference import Origin, ReferenceStore

POWER, TANK, UNITS, PER_UNIT = "MCC-1", "V-900", 40, 10
BUS, TOXIC = "EI-1", "GT-901"
LATER = tuple(f"L-{i}" for i in range(3))  # of the first unit, quiet during the flood
FLOODED = tuple(f"F-{u:02d}-{i}" for u in range(UNITS) for i in range(PER_UNIT))
_LAT, _LON = 31.2, 121.4


def unit(number: int) -> str:
    """Return the key of a unit."""
    return f"U-{number:02d}"


def make_site(folder: Path, port: int) -> Site:
    """Return a site whose gateway listens to a broker on this port."""
    site = Site(folder / "site")
    settings: dict[str, Any] = {"mode": "live", "mqtt.enabled": True, "mqtt.port": port}
    site.create({**settings, "mqtt.client_id": "flood"})
    keys = [unit(number) for number in range(UNITS)]
    sources = [_source(POWER, 0, tuple(keys)), _source(TANK, 50)]
    sources += [_source(key, place) for place, key in enumerate(keys, 1)]
    tags = [_tag(BUS, POWER, "L", 300.0, 1)]
    tags += [_tag(key, unit(int(key[2:4])), "H", 50.0, 2 + int(key[-1]) % 2) for key in FLOODED]
    tags += [_tag(key, unit(0), "H", 50.0, 2) for key in LATER]
    limits = (Limit(kind="H", value=1.0, priority=2), Limit(kind="HH", value=2.0, priority=1))
    tags.append(
        Tag(
            key=TOXIC, name=Name(zh="氯气", en="Chlorine"), unit="ppm", safety="toxic",
            hazard_source_key=TANK, limits=limits, period_s=600.0,
        )
    )  # fmt: skip
    store = open_store(site.store_url())
    try:
        origin = Origin(kind="tags", at_us=1, actor="test")
        ReferenceStore(store).commit({"hazard-sources": sources, "tags": tags}, origin)
    finally:
        store.close()
    return site


def _source(key: str, place: int, upstream_of: tuple[str, ...] = ()) -> HazardSource:
    at = LatLon(_LAT + place // 10 * 0.002, _LON + place % 10 * 0.002)
    return HazardSource(
        key=key, name=Name(zh=f"{key}装置", en=f"Unit {key}"), position=at, upstream_of=upstream_of
    )


def _tag(key: str, source: str, kind: Any, value: float, priority: Any) -> Tag:
    return Tag(
        key=key, name=Name(zh=key, en=key), hazard_source_key=source, period_s=600.0,
        limits=(Limit(kind=kind, value=value, priority=priority),),
    )  # fmt: skip
