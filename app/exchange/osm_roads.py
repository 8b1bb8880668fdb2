"""Roads of an OpenStreetMap extract, with the speed tagged or the default of their class."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import shapely

from app.exchange.columns import exchange_table
from app.exchange.findings import CodedFinding, finding
from app.exchange.osm_source import OsmObject, read_layer
from models.basics import LatLon, Name
from models.registry.kinds import Road
from models.rules import load_rules

_SPEED = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)\s*(mph|km/h|kmh|kph|knots)?")
_FACTORS = {"mph": 1.609344, "knots": 1.852}
_HAN = re.compile("[\u3400-\u9fff]")
_LOWEST_KM_H = 5.0


def read_roads(path: Path) -> tuple[list[tuple[Road, int]], list[CodedFinding]]:
    """Return the roads that vehicles can use, each with its way's id, and what is to be said.

    Lines keep the coordinates of their nodes to 1e-7 degrees, so ways that share a node meet in
    exactly the same point.

    Raises
    ------
    FileRefusedError
        When the file can't be read.
    """
    rules = load_rules("road_speeds")
    source = exchange_table("osm")["source"]
    roads: list[tuple[Road, int]] = []
    findings: list[CodedFinding] = []
    defaulted = 0
    for item in read_layer(path, "lines", "highway IS NOT NULL"):
        default = rules["default_km_h"].get(item.tags["highway"])
        if default is None or item.tags.get("access") in rules["closed"]["access"]:
            continue
        speed = speed_km_h(item.tags.get("maxspeed"), rules)
        if speed is None:
            defaulted += 1
            if item.tags.get("maxspeed", "none") not in rules["no_figure"]["words"]:
                findings.append(_unreadable(item))
        line = _line(item)
        if len(line) < 2:
            findings.append(
                finding("polygon_short", row=item.id, column="line", severity="error", count=2)
            )
            continue
        road = Road(
            key=f"osm/{item.key}",
            name=_road_name(item.tags, rules),
            source=source,
            road_class=item.tags["highway"],
            speed_km_h=speed or float(default),
            oneway=_oneway(item.tags, rules),
            line=line,
        )
        roads.append((road, item.id))
    if defaulted:
        findings.append(
            finding("speed_default", row=0, column="maxspeed", severity="info", count=defaulted)
        )
    return roads, findings


def _line(item: OsmObject) -> tuple[LatLon, ...]:
    coordinates = shapely.get_coordinates(shapely.from_wkb(item.wkb)).round(7).tolist()
    return tuple(LatLon(lat, lon) for lon, lat in coordinates)


def speed_km_h(text: str | None, rules: dict[str, Any]) -> float | None:
    """Return a tagged speed limit [km/h]; None when there is none or it can't be read.

    Examples
    --------
    >>> rules = {"words_km_h": {"walk": 6}}
    >>> speed_km_h("50", rules), speed_km_h("25 mph", rules), speed_km_h("signals", rules)
    (50.0, 40.23, None)
    """
    first = (text or "").split(";")[0].strip()
    if first in rules["words_km_h"]:
        return float(rules["words_km_h"][first])
    match = _SPEED.fullmatch(first)
    if match is None:
        return None
    return max(_LOWEST_KM_H, round(float(match[1]) * _FACTORS.get(match[2] or "", 1.0), 2))


def _oneway(tags: Mapping[str, str], rules: dict[str, Any]) -> Literal["", "forward", "backward"]:
    tagged = tags.get("oneway")
    if tagged in {"yes", "true", "1"}:
        return "forward"
    if tagged in {"-1", "reverse"}:
        return "backward"
    if tagged in {"no", "false", "0"}:
        return ""
    implied = rules["implied_oneway"]
    if tags["highway"] in implied["classes"] or tags.get("junction") in implied["junctions"]:
        return "forward"
    return ""


def _road_name(tags: Mapping[str, str], rules: dict[str, Any]) -> Name:
    name = (tags.get("name") or tags.get("ref") or "").strip()
    english, chinese = tags.get("name:en", ""), tags.get("name:zh", "")
    if not name:
        return Name(zh=rules["unnamed"]["zh"], en=rules["unnamed"]["en"])
    if _HAN.search(name):
        return Name(zh=chinese or name, en=english)
    return Name(zh=chinese, en=english or name)


def _unreadable(item: OsmObject) -> CodedFinding:
    return finding(
        "speed_unreadable",
        row=item.id,
        column="maxspeed",
        severity="warning",
        value=item.tags["maxspeed"],
    )
