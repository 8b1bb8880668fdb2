"""A small world for the map's tests: rows, a situation with a plume, odd names."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from immutables import Map

from models.basics import LatLon, Name, Phone, Wind
from models.hazard.ports import Caution, ReceptorHit, ZoneLevel, ZoneResult
from models.libraries.kinds import Team
from models.operation.situation import (
    Alarm,
    Changes,
    Incident,
    Order,
    Published,
    Situation,
    TeamState,
    Zone,
)
from models.registry.kinds import (
    Building,
    Enterprise,
    Feature,
    HazardSource,
    Receptor,
    Record,
    Road,
    Tag,
)

ORIGIN = LatLon(32.0, 118.0)
EVIL = (
    "<img src=x onerror=\"document.title='owned'\">", "<script>document.title='owned'</script>",
    "'\"`${document.title='owned'}", "]]></script><!--", "x" * 10_000, "مصنع\u202eالكلور",
    "👩🏽\u200d🚒 消防", "", "\u0000\u001b[31m", "{{ 7*7 }}{% raw %}",
)  # fmt: skip


@dataclass
class Rows:
    """Reference data in memory."""

    kinds: dict[str, dict[str, Record]] = field(default_factory=dict)
    revision: int = 1

    def all(self, kind: str) -> Mapping[str, Record]:
        return self.kinds.get(kind, {})

    def get(self, kind: str, key: str) -> Record | None:
        return self.all(kind).get(key)

    def add(self, *rows: Record) -> "Rows":
        for row in rows:
            self.kinds.setdefault(row.KIND, {})[row.key] = row
        return self


def near(east_m: float, north_m: float) -> LatLon:
    scale = 111_320 * math.cos(math.radians(ORIGIN.lat_deg))
    return LatLon(ORIGIN.lat_deg + north_m / 111_320, ORIGIN.lon_deg + east_m / scale)


def park() -> Rows:
    rows = Rows()
    rows.add(
        Enterprise(key="E1", name=Name(zh="三江精细", en="Sanjiang"), position=near(-300, 0)),
        HazardSource(
            key="H1", name=Name(zh="液氯罐", en="Chlorine tank"), grade="一级", position=ORIGIN,
            footprint=(near(-30, -30), near(30, -30), near(30, 30), near(-30, 30)),
        ),
        Tag(key="GT-1", name=Name(en="Chlorine detector"), position=near(120, 0)),
        Receptor(
            key="R1", name=Name(zh="滨海小学", en="School"), type="school", people_day=412,
            position=near(900, 300),
        ),
        Team(key="T1", name=Name(zh="消防一站", en="Fire station 1"), position=near(-900, -500)),
        Road(
            key="W1", name=Name(zh="中央大道", en="Central Avenue"), road_class="primary",
            line=(near(-1500, -400), near(1500, -400)),
        ),
        Building(
            key="B1", name=Name(en="Hall"),
            ring=(near(200, 200), near(280, 200), near(280, 260)),
        ),
        Feature(
            key="F1", name=Name(zh="大江", en="River"), type="river", closed=True,
            line=(near(-2000, -900), near(2000, -900), near(2000, -1500), near(-2000, -1500)),
        ),
    )  # fmt: skip
    return rows


def sector(reach_m: float, toward_deg: float, half_deg: float = 18.0) -> tuple[LatLon, ...]:
    """Return a closed ring: a wedge from the origin."""
    ring = [ORIGIN]
    for step in range(13):
        angle = math.radians(toward_deg - half_deg + step * half_deg / 6)
        ring.append(near(reach_m * math.sin(angle), reach_m * math.cos(angle)))
    return (*ring, ORIGIN)


def zone(key: str = "Z1", toward_deg: float = 70.0, out_of_date: str = "") -> Zone:
    spec = (("AEGL-3", 3, 20.0, 600.0), ("AEGL-2", 2, 2.0, 1100.0), ("AEGL-1", 1, 0.5, 1700.0))
    levels = tuple(
        ZoneLevel(
            key=name, label=Name(zh=name, en=name), severity=severity, threshold=ppm, unit="ppm",
            rings=(sector(reach, toward_deg),), reach_m=reach,
        ) for name, severity, ppm, reach in spec
    )  # fmt: skip
    hit = ReceptorHit(
        receptor_key="R1", name=Name(en="School"), type="school", level_key="AEGL-2",
        distance_m=950.0, arrival_s=290.0, people=412,
    )  # fmt: skip
    result = ZoneResult(
        kind="model", model="Gaussian plume", model_version="1", origin=ORIGIN, levels=levels,
        receptors=(hit,), warnings=(Caution(code="x", text="Low wind: doubt it."),),
    )  # fmt: skip
    return Zone(
        id=key, incident_id="I1", result=result, drawn_us=1 if out_of_date else 2, event_id="e",
        out_of_date=out_of_date,
    )  # fmt: skip


def alarm(tag: str = "GT-1", state: str = "unacknowledged", priority: int = 1) -> Alarm:
    return Alarm(
        id=f"{tag}/HH", tag_key=tag, limit="HH", state=state, priority=priority, value=21.4,  # type: ignore[arg-type]
        limit_value=10.0, unit="ppm", safety="toxic", hazard_source_key="H1", enterprise_key="E1",
        raised_us=1, event_id="e",
    )  # fmt: skip


def order(state: str = "issued") -> Order:
    return Order(
        id="O1", incident_id="I1", team_key="T1",
        team_name=Name(zh="消防一站", en="Fire station 1"),
        text="go", phones=(), called=Phone(number="119"), issued_us=1, receipt_due_us=2,
        feedback_due_us=3, event_id="e", state=state, staging=near(-300, -200), eta_s=400.0,  # type: ignore[arg-type]
        route=(near(-900, -500), near(-300, -400), near(-300, -200)),
    )  # fmt: skip


def incident() -> Incident:
    return Incident(
        id="I1", number="I-2026-0007", title=Name(zh="液氯泄漏", en="Chlorine release"),
        incident_kind="toxic", place=Name(en="tank"), position=ORIGIN, hazard_source_key="H1",
        enterprise_key="E1", substance="chlorine", cas="", wind=(), opened_us=1, happened_us=None,
        event_id="e",
    )  # fmt: skip


def situation(**changes: object) -> Situation:
    base = Situation(
        operation_id="op",
        masts=(Wind(from_deg=247.0, speed_m_s=3.2, stability="F"),),
        alarms=Map({"GT-1/HH": alarm()}),
        incidents=Map({"I1": incident()}),
        zones=Map({"Z1": zone(), "Z0": zone("Z0", 110.0, "wind turned")}),
        orders=Map({"O1": order()}),
        teams=Map({"T1": TeamState(team_key="T1", status="under_way", position=near(-600, -450))}),
    )
    return base.with_(**changes)


def published(state: Situation | None = None) -> Published:
    return Published(state or situation(), Changes(full=True))
