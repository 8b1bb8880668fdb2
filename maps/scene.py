"""The situation as map items: alarms, incidents, teams, zones, routes, and words over them.

Everything here is a pure function of a situation, reference data and the words of a language;
the outbox finds out what changed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol

from maps.catalogue import POINT_KINDS
from maps.drawing import Rows
from maps.geometry import pairs
from maps.layers import layer_of
from maps.scene_domino import domino_items
from maps.scene_warned import warned_items
from maps.scene_wind import mast_items, wind_item
from models.basics import LatLon, Name
from models.dispatch.ports import Route
from models.hazard.ports import Caution, ReceptorHit, ZoneLevel, ZoneResult
from models.operation.situation import Alarm, Order, Situation, Zone
from models.registry.kinds import Record

Item = dict[str, Any]

_OPEN_ORDERS = frozenset({"issued", "received", "started"})
_STANDING = frozenset(
    {
        "unacknowledged", "acknowledged", "returned_unacknowledged", "latched_unacknowledged",
        "latched_acknowledged",
    }
)  # fmt: skip
_MAX_NOTES = 6
_STYLES = {kind.kind: kind.style for kind in POINT_KINDS}


class ReferenceRows(Rows, Protocol):
    """Reference data with single rows."""

    def get(self, kind: str, key: str) -> Record | None:
        """Return one row or None."""
        ...


@dataclass(frozen=True, slots=True)
class SceneWords:
    """Templates in the screen's language; `{…}` are filled here."""

    language: str = "en"
    people: str = "{n} people"
    people_unknown: str = "people to be verified"
    arrival: str = "{minutes} min"
    arrival_now: str = "< 1 min"
    eta: str = "ETA {minutes}:{seconds:02d}"
    inside: str = "{places} places, {people} people inside"
    inside_at_least: str = "{places} places inside, at least {people} people"
    inside_unknown: str = "{places} places inside, people to be verified"
    out_of_date: str = "OUT OF DATE"
    replaced: str = "replaced"
    rule_of_thumb: str = "rule of thumb"
    not_valid: str = "The model is not valid here."
    wind: str = "{speed:.1f} m/s from {direction:03.0f}° · stability {stability}"
    mast: str = "{speed:.1f} m/s · {direction:03.0f}°"
    no_wind: str = "no wind reading"
    masts_disagree: str = "masts disagree"
    wind_stale: str = "wind reading is old"
    unverified: str = "unverified"
    staging: str = "staging {team}"
    colours: Mapping[str, str] = field(default_factory=dict)
    domino: str = "domino: {received} of {threshold} {unit}"
    preview: str = "PREVIEW"
    source_region: str = "source {share}"
    source_note: str = "ESTIMATED SOURCE on the map: not on record"
    preview_note: str = "PREVIEW on the map: not on record"
    caution: Callable[[Caution], str] = field(default=lambda caution: caution.text)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a situation looks like, by topic of the outbox."""

    live: Mapping[str, Item]
    zones: Mapping[str, Item]
    routes: Mapping[str, Item]
    notes: Mapping[str, Any]
    wind: Mapping[str, Any]


class ZoneItems:
    """Keeps the items of zones: a replay comes back to the same ones with every moment."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[Zone, SceneWords, tuple[Item, ...]]] = {}

    def of(self, zones: Iterable[Zone], words: SceneWords) -> dict[str, Item]:
        """Return the zones' items by id, the same objects for zones that didn't change."""
        before, self._held = self._held, {}
        for zone in zones:
            held = before.get(zone.id)
            if held is None or held[1] is not words or held[0] != zone:
                held = (zone, words, (*contour_items(zone, words), zone_item(zone, words)))
            self._held[zone.id] = held
        return {item["id"]: item for _zone, _words, both in self._held.values() for item in both}


def build_scene(
    situation: Situation,
    rows: ReferenceRows,
    words: SceneWords,
    focus_incident: str = "",
    zone_items: ZoneItems | None = None,
) -> Scene:
    """Return the scene of a situation.

    Parameters
    ----------
    situation : Situation
        What is open.
    rows : ReferenceRows
        Where tags, teams and receptors are and what they are called.
    words : SceneWords
        Templates in the screen's language.
    focus_incident : str
        Id of the incident whose zone speaks over the map; empty takes the newest open one.
    zone_items : ZoneItems, optional
        Keeps the items of zones from one scene to the next.
    """
    live: dict[str, Item] = {}
    for item in (
        *warned_items(situation, rows, words),
        *_alarms(situation, rows, words), *_stale(situation, rows), *_hits(situation, rows, words),
        *_teams(situation, rows, words), *_staging(situation, words),
        *_incidents(situation, rows, words), *mast_items(situation, rows, words),
        *domino_items(situation, rows, words),
    ):  # fmt: skip
        held = live.get(item["id"], {})  # what is at risk keeps the colour it has
        live[item["id"]] = {**item, "warned": held["warned"]} if "warned" in held else item
    zones = (zone_items or ZoneItems()).of(standing_zones(situation), words)
    routes = {order.id: _order_route(order) for order in _with_route(situation)}
    notes = {"lines": _notes(situation, words, focus_incident)}
    return Scene(live, zones, routes, notes, wind_item(situation, words))


def zone_item(zone: Zone, words: SceneWords) -> Item:
    """Return one zone; its levels outermost first, drawn in that order."""
    return _item(zone.id, zone, zone.result, words)


def contour_items(zone: Zone, words: SceneWords) -> tuple[Item, ...]:
    """Return a zone's contours of probability: lines under it, none where it has none."""
    if zone.contours is None:
        return ()
    return (_item(f"{zone.id}/contours", zone, zone.contours, words),)


def _item(key: str, zone: Zone, result: ZoneResult, words: SceneWords) -> Item:
    levels = sorted(result.levels, key=lambda level: (level.severity, -level.reach_m))
    named = _largest_parts(levels)
    return {
        "id": key,
        "kind": result.kind,
        "origin": [result.origin.lat_deg, result.origin.lon_deg],
        "stale": bool(zone.out_of_date or zone.replaced_by),
        "stale_text": words.out_of_date if zone.out_of_date else words.replaced,
        "levels": [_level_item(level, result, words, named=level in named) for level in levels],
    }


def preview_items(results: Sequence[ZoneResult], words: SceneWords) -> dict[str, Item]:
    """Return zones that somebody asks about and that nobody drew: dashed, said to be previews."""
    found = {}
    for index, result in enumerate(results):
        key = f"preview/{index}"
        zone = Zone(id=key, incident_id="", result=result, drawn_us=0, event_id="")
        item = zone_item(zone, words)
        for level in item["levels"]:
            level["dashed"] = level["outline"] = True
            level["label"] = f"{words.preview} {level['label']}" if level["label"] else ""
        found[key] = item
    return found


def _largest_parts(levels: Sequence[ZoneLevel]) -> list[ZoneLevel]:
    """Return of each level and probability the largest part: one name on the map is enough."""
    largest: dict[tuple[str, float | None], ZoneLevel] = {}
    for level in levels:
        held = largest.get((level.key, level.probability))
        if held is None or _extent(level) > _extent(held):
            largest[level.key, level.probability] = level
    return list(largest.values())


def _extent(level: ZoneLevel) -> float:
    """Return a measure of a level's area that compares with its other parts'."""
    return sum(
        abs(sum(a.lon_deg * b.lat_deg - b.lon_deg * a.lat_deg for a, b in pairwise(ring)))
        for ring in level.rings[:1]
    )


def _level_item(level: ZoneLevel, result: ZoneResult, words: SceneWords, *, named: bool) -> Item:
    contour = level.probability is not None
    label = level_text(level, words, rule_of_thumb=result.kind == "rule_of_thumb")
    return {
        # the models count up to the worst, the screen's severities count down to it
        "severity": 4 - level.severity,
        "label": label if named else "",
        "layer": "contours" if contour else "zones",
        "dashed": contour or not result.valid,
        "outline": contour,
        "rings": [pairs(ring) for ring in level.rings],
    }


def level_text(level: ZoneLevel, words: SceneWords, *, rule_of_thumb: bool = False) -> str:
    r"""Return e.g. 'AEGL-3 20 ppm · 0.9 km'.

    Examples
    --------
    >>> level = ZoneLevel(key="a", label=Name(en="AEGL-3"), severity=3, threshold=20, unit="ppm",
    ...                   rings=(), reach_m=912.0)
    >>> level_text(level, SceneWords())
    'AEGL-3 20\xa0ppm · 0.9\xa0km'
    """
    parts = [level.label.text(words.language)]
    if level.probability is not None:  # its zone says the rest beside it
        return f"{parts[0]} {level.probability:.0%}"
    if level.unit != "m" and level.unit and level.threshold:  # a distance stands there once
        parts[0] += f" {level.threshold:g}\u00a0{level.unit}"
    parts.append(distance_text(level.reach_m))
    if rule_of_thumb:
        parts.append(words.rule_of_thumb)
    if level.unverified:
        parts.append(words.unverified)
    return " · ".join(part.strip() for part in parts)


def distance_text(distance_m: float) -> str:
    r"""Return a distance as people read it; a no-break space holds the unit to its number.

    Examples
    --------
    >>> distance_text(62.0), distance_text(912.0), distance_text(14_200.0)
    ('60\xa0m', '0.9\xa0km', '14\xa0km')
    """
    if distance_m < 500:
        return f"{round(distance_m, -1):.0f}\u00a0m"
    kilometres = distance_m / 1000
    return f"{kilometres:.1f}\u00a0km" if distance_m < 9_950 else f"{kilometres:.0f}\u00a0km"


def route_item(key: str, route: Route) -> Item:
    """Return a proposed route: dashed until it is ordered."""
    return {"id": key, "line": pairs(route.line), "dashed": True}


def _live(
    kind: str, key: str, position: LatLon, *, style: str, layer: str, rank: int, label: str = "",
    **more: object,
) -> Item:  # fmt: skip
    return {
        "id": f"{kind}/{key}", "lat": position.lat_deg, "lon": position.lon_deg, "style": style,
        "layer": layer, "rank": rank, "label": label, **more,
    }  # fmt: skip


def _alarms(situation: Situation, rows: ReferenceRows, words: SceneWords) -> Iterable[Item]:
    """One symbol for each tag: its worst standing alarm, else that it is shelved or out."""
    worst: dict[str, Alarm] = {}
    for alarm in situation.alarms.values():
        if alarm.state == "normal":
            continue
        held = worst.get(alarm.tag_key)
        if held is None or _urgency(alarm) < _urgency(held):
            worst[alarm.tag_key] = alarm
    for tag_key, alarm in worst.items():
        tag = rows.get("tags", tag_key)
        place = _place(rows, ("tags", tag_key), ("hazard-sources", alarm.hazard_source_key))
        if place is None:
            continue
        standing = alarm.state in _STANDING
        name = tag.name.text(words.language) if tag is not None else tag_key
        new = alarm.state == "unacknowledged"
        yield _live(
            "tags", tag_key, place, layer="alarms", rank=alarm.priority if standing else 7,
            style=f"alarm.{alarm.priority}" if standing else "alarm.off",
            label=tag_key if standing else "", tip=name,
            sub=f"{alarm.value:.3g} {alarm.unit}".strip() if standing else "",
            ring=f"severity.{alarm.priority}" if new else "",
        )  # fmt: skip


def _urgency(alarm: Alarm) -> tuple[bool, int, str]:
    return alarm.state not in _STANDING, alarm.priority, alarm.id


def _stale(situation: Situation, rows: ReferenceRows) -> Iterable[Item]:
    alarmed = {alarm.tag_key for alarm in situation.alarms.values() if alarm.state in _STANDING}
    for tag_key in situation.stale_tags:
        place = _place(rows, ("tags", tag_key))
        if place is not None and tag_key not in alarmed:
            yield _live("tags", tag_key, place, layer="alarms", rank=8, style="stale", tip=tag_key)


def _incidents(situation: Situation, rows: ReferenceRows, words: SceneWords) -> Iterable[Item]:
    for incident in situation.incidents.values():
        place = incident.position or _place(
            rows, ("hazard-sources", incident.hazard_source_key),
            ("enterprises", incident.enterprise_key),
        )  # fmt: skip
        if place is None or incident.closed_us is not None or incident.merged_into:
            continue
        yield _live(
            "incidents", incident.id, place, layer="incidents", style="incident", rank=0,
            label=incident.title.text(words.language) or incident.number, sub=incident.number,
        )  # fmt: skip


def _teams(situation: Situation, rows: ReferenceRows, words: SceneWords) -> Iterable[Item]:
    """Teams that do something or moved; the others are bulk points at their bases."""
    orders = {o.team_key: o for o in situation.orders.values() if o.state in _OPEN_ORDERS}
    for team in situation.teams.values():
        place = team.position or _place(rows, ("teams", team.team_key))
        if place is None or (team.status == "ready" and team.position is None):
            continue
        row = rows.get("teams", team.team_key)
        style = {"ready": "team.ready", "unavailable": "team.unavailable"}
        order = orders.get(team.team_key)
        yield _live(
            "teams", team.team_key, place, layer="teams", rank=3,
            style=style.get(team.status, "team.committed"), ink="map.own",
            label=row.name.text(words.language) if row is not None else team.team_key,
            sub=_eta(order, words),
        )  # fmt: skip


def _eta(order: Order | None, words: SceneWords) -> str:
    if order is None or order.eta_s is None:
        return ""
    minutes, seconds = divmod(round(order.eta_s), 60)
    return words.eta.format(minutes=minutes, seconds=seconds)


def _staging(situation: Situation, words: SceneWords) -> Iterable[Item]:
    for order in situation.orders.values():
        if order.staging is not None and order.state in _OPEN_ORDERS:
            team = order.team_name.text(words.language)
            yield _live(
                "orders", order.id, order.staging, layer="staging", style="staging", rank=4,
                label=words.staging.format(team=team), ink="map.own",
            )  # fmt: skip


def _hits(situation: Situation, rows: ReferenceRows, words: SceneWords) -> Iterable[Item]:
    """Receptors inside a zone that stands: who, how many, how soon; the worst level counts."""
    named: dict[str, int] = {}
    for hit, severity in _all_hits(standing_zones(situation)):
        row = rows.get("receptors", hit.receptor_key)
        if row is None or row.position is None:
            continue
        if named.get(hit.receptor_key, 9) <= severity:
            continue
        named[hit.receptor_key] = severity
        people = words.people_unknown
        if hit.people is not None:
            people = words.people.format(n=f"{hit.people:,}")
        probable = [] if hit.probability is None else [f"{hit.probability:.0%}"]
        parts = [people, *_arrival(hit.arrival_s, words), *probable]
        style = _STYLES["receptors"](row)
        yield _live(
            "receptors", hit.receptor_key, row.position, style=style, rank=severity,
            layer=layer_of("receptors", style), grow=1.15,
            label=row.name.text(words.language), sub=" · ".join(parts),
            sub_ink=f"zone_text.{severity}",
        )  # fmt: skip


def _all_hits(zones: Sequence[Zone]) -> Iterable[tuple[ReceptorHit, int]]:
    """Return who is inside with the screen's severity; what is only probable comes after it."""
    inside = {hit.receptor_key for zone in zones for hit in zone.result.receptors}
    for zone in zones:
        for result in (zone.result, zone.contours):
            if result is None:
                continue
            severities = {level.key: level.severity for level in result.levels}
            for hit in result.receptors:
                if hit.probability is None or hit.receptor_key not in inside:
                    yield hit, 4 - severities.get(hit.level_key, 1)


def _arrival(arrival_s: float | None, words: SceneWords) -> list[str]:
    if arrival_s is None:
        return []
    if arrival_s < 60:
        return [words.arrival_now]
    return [words.arrival.format(minutes=f"{arrival_s / 60:.0f}")]


def standing_zones(situation: Situation) -> list[Zone]:
    """Zones on the map: a zone goes only when an officer withdraws it or its incident closes."""
    standing = []
    for zone in situation.zones.values():
        incident = situation.incidents.get(zone.incident_id)
        closed = incident is not None and incident.closed_us is not None
        if zone.withdrawn_us is None and not closed:
            standing.append(zone)
    return sorted(standing, key=lambda zone: zone.drawn_us)


def _with_route(situation: Situation) -> list[Order]:
    orders = situation.orders.values()
    return [o for o in orders if o.state in _OPEN_ORDERS and len(o.route) > 1]


def _order_route(order: Order) -> Item:
    return {"id": order.id, "line": pairs(order.route), "dashed": order.state == "issued"}


def _notes(situation: Situation, words: SceneWords, focus_incident: str) -> list[Item]:
    """Words over the map: the newest zone's levels, who is inside, and what to doubt."""
    zones = [z for z in standing_zones(situation) if not z.replaced_by]
    focused = [z for z in zones if z.incident_id == focus_incident] if focus_incident else zones
    if not focused:
        return []
    zone = focused[-1]
    result = zone.result
    levels = sorted(result.levels, key=lambda level: (-level.severity, level.reach_m))
    rule = result.kind == "rule_of_thumb"
    shown = " · ".join(level_text(level, words).replace(" · ", " ") for level in levels)
    lines: list[Item] = [{"text": shown + (f" · {words.rule_of_thumb}" if rule else "")}]
    if result.receptors:
        lines.append({"text": _inside_text(result.receptors, words)})
    if zone.out_of_date:
        lines.append({"text": f"{words.out_of_date}: {zone.out_of_date}", "severity": 1})
    if not result.valid:
        lines.append({"text": words.not_valid, "severity": 1})
    lines += [{"text": words.caution(caution), "severity": 2} for caution in result.warnings]
    return lines[:_MAX_NOTES]


def _inside_text(hits: Sequence[ReceptorHit], words: SceneWords) -> str:
    """Return how many are inside; a number nobody knows is never counted as zero."""
    known = [hit.people for hit in hits if hit.people is not None]
    template = words.inside if len(known) == len(hits) else words.inside_at_least
    if not known:
        template = words.inside_unknown
    return template.format(places=len(hits), people=f"{sum(known):,}")


def _place(rows: ReferenceRows, *places: tuple[str, str]) -> LatLon | None:
    """Return the position of the first row that has one."""
    for kind, key in places:
        row = rows.get(kind, key) if key else None
        if row is not None and row.position is not None:
            return row.position
    return None


__all__ = [
    "Name", "Scene", "SceneWords", "ZoneItems", "build_scene", "distance_text", "level_text",
    "preview_items", "route_item", "wind_item", "zone_item",
]  # fmt: skip
