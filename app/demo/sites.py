"""Enterprises and hazard sources of the park, with buildings on their plots."""

import math
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from app.demo.credit_code import fictitious_code
from app.demo.grid import Grid, chance, rectangle
from app.demo.layout import SOURCE, footprint_of, slots
from app.demo.tables import bilingual, load_table, phones
from models.basics import Name
from models.registry.kinds import Building, Enterprise, HazardSource, ReleaseScenario

_DISCHARGE = 0.62
_CHLOR_ALKALI = 1
_EXPOSED_WITHIN_M = 500.0
_PLACE_COLUMN = 7
_HOLES = (
    ("small", "小孔 5 mm", "Small hole 5 mm", 0.005),
    ("medium", "中孔 25 mm", "Medium hole 25 mm", 0.025),
    ("large", "大孔 50 mm", "Large hole 50 mm", 0.050),
    ("full_bore", "管道全断裂 100 mm", "Full bore 100 mm", 0.100),
)
# In which order a substance flows through a plant.
_FLOW = {
    "electrolyser": 0, "compressor": 1, "pressure_tank": 2, "tank": 2, "sphere": 2, "gasholder": 2,
    "vaporiser": 3, "pump": 3, "reactor": 4, "column": 5, "rack": 6, "loading": 7, "filling": 7,
}  # fmt: skip
_GRADES = ((100.0, "一级"), (50.0, "二级"), (10.0, "三级"), (0.0, "四级"))
_ALPHA = ((100, 2.0), (50, 1.5), (30, 1.2), (1, 1.0), (0, 0.5))


@dataclass(frozen=True, slots=True)
class Equipment:
    """A hazard source with what the generator still needs of it."""

    number: int
    enterprise: int
    type: str
    x_m: float
    y_m: float
    row: HazardSource
    substance: dict[str, Any]


def substances() -> dict[str, dict[str, Any]]:
    """Return the substance table by id, as named columns."""
    names: tuple[str, ...] = (
        "id",
        "zh",
        "en",
        "cas",
        "un",
        "q_t",
        "beta",
        "mw",
        "oel_mg_m3",
        "phase",
    )
    names += ("bar", "density", "airborne", "dont")
    rows = (dict(zip(names, row, strict=True)) for row in load_table("substances")["substance"])
    return {row["id"]: row for row in rows}


def equipment(grid: Grid, people: list[tuple[float, float, int]]) -> list[Equipment]:
    """Return the hazard sources, numbered from 101; the chlor-alkali plant from 201.

    `people` are (x m, y m, persons) permanently outside the park, for alpha of GB 18218.
    """
    plots = {row[0]: row[4] for row in load_table("enterprises")["enterprise"]}
    free = {number: _free_slots(cells) for number, cells in plots.items()}
    by_id = substances()
    found: list[Equipment] = []
    numbers = {True: iter(range(201, 300)), False: iter([*range(101, 200), *range(301, 400)])}
    for row in load_table("hazards")["hazard"]:
        owner, substance = row[0], by_id[row[5]]
        shown = next(numbers[owner == _CHLOR_ALKALI])
        x, y = row[7] if len(row) > 7 else free[owner].pop(0)
        record = _hazard_source(grid, row, shown, (x, y), substance, people)
        found.append(Equipment(shown, owner, row[2], x, y, record, substance))
    return [_with_downstream(item, found) for item in found]


def _with_downstream(item: Equipment, items: list[Equipment]) -> Equipment:
    """Name the equipment of the same plant and substance that this one feeds."""
    rank = _FLOW.get(item.type)
    fed = tuple(
        other.row.key
        for other in items
        if rank is not None
        and other.enterprise == item.enterprise
        and other.row.cas == item.row.cas
        and _FLOW.get(other.type, -1) > rank
    )
    return replace(item, row=msgspec.structs.replace(item.row, upstream_of=fed))


def _free_slots(cells: list[list[int]]) -> list[tuple[float, float]]:
    """Return slots for equipment: not the first of each cell (offices) and not the corners."""
    every = slots(cells)
    inner = [slot for k, slot in enumerate(every) if k % 12 not in (0, 3, 8, 11)]
    return inner[::2] + inner[1::2]


def _hazard_source(
    grid: Grid,
    row: list[Any],
    number: int,
    place: tuple[float, float],
    substance: dict[str, Any],
    people: list[tuple[float, float, int]],
) -> HazardSource:
    owner, letter, kind, zh, en, _, inventory = row[:7]
    cells = load_table("enterprises")["enterprise"][owner - 1][4]
    tag = f"{letter}-{number}"
    r_value = _r_value(inventory, substance, cells, people)
    return HazardSource(
        key=tag,
        name=Name(zh=f"{zh} {tag}", en=f"{en} {tag}"),
        position=grid.at(*place),
        enterprise_key=fictitious_code(owner),
        type=kind,
        substance=substance["en"].split(",")[0].lower(),
        cas=substance["cas"],
        un=substance["un"],
        inventory_t=float(inventory),
        grade=_grade(r_value),  # type: ignore[arg-type]
        r_value=r_value,
        scenarios=_scenarios(inventory, substance),
        dont=tuple(bilingual(load_table("substances")["dont"][key]) for key in substance["dont"]),
        footprint=grid.ring(footprint_of(kind, *place)),
        remarks=f"虚构 fictitious · {substance['zh']} {substance['en']}",
        source=SOURCE,
        fictitious=True,
    )


def _r_value(
    inventory_t: float,
    substance: dict[str, Any],
    cells: list[list[int]],
    people: list[tuple[float, float, int]],
) -> float | None:
    """Return R = alpha·beta·q/Q (GB 18218-2018), None below the critical quantity."""
    share = inventory_t / substance["q_t"]
    if share < 1:
        return None
    exposed = sum(n for x, y, n in people if _outside_m(cells, x, y) <= _EXPOSED_WITHIN_M)
    alpha = next(value for least, value in _ALPHA if exposed >= least)
    return float(round(alpha * substance["beta"] * share, 2))


def _outside_m(cells: list[list[int]], x_m: float, y_m: float) -> float:
    """Return the distance of a point from the fence of a plot [m]."""
    layout = load_table("layout")
    columns, rows = layout["columns"], layout["rows"]
    return min(
        math.hypot(
            max(columns[i] - x_m, 0.0, x_m - columns[i + 1]),
            max(rows[j] - y_m, 0.0, y_m - rows[j + 1]),
        )
        for i, j in cells
    )


def _grade(r_value: float | None) -> str:
    if r_value is None:
        return ""
    return next(grade for least, grade in _GRADES if r_value >= least)


def _scenarios(inventory_t: float, substance: dict[str, Any]) -> tuple[ReleaseScenario, ...]:
    """Return assumed releases: liquid or gas through a hole, and the whole content in 10 min."""
    if substance["airborne"] <= 0:
        return ()
    rows = []
    for key, zh, en, diameter in _HOLES:
        rate = _hole_rate(substance, diameter) * substance["airborne"]
        limit = inventory_t * 1000 * substance["airborne"]
        duration = max(10.0, min(1800.0, limit / rate))
        rows.append(
            ReleaseScenario(
                key=key,
                name=Name(zh=f"{zh}（假定）", en=f"{en} (assumed)"),
                release_kg_s=float(f"{min(rate, limit / duration):.3g}"),
                duration_s=round(duration),
            )
        )
    total = inventory_t * 1000 * substance["airborne"] / 600
    name = Name(
        zh="灾难性破裂，10 min 全部释放（假定）", en="Catastrophic, all in 10 min (assumed)"
    )
    whole = ReleaseScenario(
        key="catastrophic", name=name, release_kg_s=float(f"{total:.3g}"), duration_s=600
    )
    return (*rows, whole)


def _hole_rate(substance: dict[str, Any], diameter_m: float) -> float:
    """Return kg/s through a hole: Cd·A·sqrt(2·rho·dP) for liquids, choked flow for gases."""
    area = math.pi / 4 * diameter_m**2
    pressure = max(substance["bar"], 0.5) * 1e5
    if substance["phase"] == "gas":
        k, molar = 1.3, substance["mw"] / 1000
        factor = math.sqrt(k * molar / (8.314 * 293) * (2 / (k + 1)) ** ((k + 1) / (k - 1)))
        return float(_DISCHARGE * area * (pressure + 101_325) * factor)
    return float(_DISCHARGE * area * math.sqrt(2 * substance["density"] * pressure))


def enterprises(grid: Grid, items: list[Equipment]) -> tuple[Enterprise, ...]:
    """Return the enterprises with their control rooms."""
    rows = []
    for number, zh, en, industry, cells, people in load_table("enterprises")["enterprise"]:
        column, row = cells[0]
        own = [item for item in items if item.enterprise == number]
        base = f"100000{number:02d}"
        middle = slots(cells)[0]
        numbers = [[f"{base}01", "中控室", "中控室 control room"]]
        numbers.append([f"{base}02", "值班长", "值班长 shift leader"])
        rows.append(
            Enterprise(
                key=fictitious_code(number),
                name=Name(zh=zh, en=en),
                position=grid.at(middle[0] + 100, middle[1] + 80),
                address=f"云港化工园区（虚构）{column + 1}-{row + 1} 街区",
                industry=industry,
                region="990000",
                control_room=phones(numbers),
                chemicals=tuple(dict.fromkeys(item.substance["en"] for item in own)),
                remarks=f"虚构 fictitious · {people}",
                source=SOURCE,
                fictitious=True,
            )
        )
    return tuple(rows)


def buildings(seed: str, grid: Grid, items: list[Equipment]) -> tuple[Building, ...]:
    """Return offices, control rooms and halls on the plots, clear of the equipment."""
    rows: list[Building] = []
    taken = [(item.x_m, item.y_m) for item in items]
    taken += [(row[3], row[4]) for row in load_table("layout")["civic"]["building"]]
    for number, zh, en, _, cells, _ in load_table("enterprises")["enterprise"]:
        for k, (x, y) in enumerate(slots(cells)):
            if any(abs(x - tx) < 62 and abs(y - ty) < 52 for tx, ty in taken) or _drawn_over(x, y):
                continue
            office = k % 12 == 0
            if not office and chance(seed, "building", number, k) > 0.62:
                continue
            wide = 30 + 34 * chance(seed, "wide", number, k)
            deep = 22 + 22 * chance(seed, "deep", number, k)
            what = ("综合楼", "office") if office else (f"{k} 号厂房", f"hall {k}")
            rows.append(
                Building(
                    key=f"B-{number:02d}{k:02d}",
                    name=Name(zh=f"{zh}{what[0]}", en=f"{en} {what[1]}"),
                    type="office" if office else "hall",
                    ring=grid.ring(rectangle(x, y, wide, deep)),
                    position=grid.at(x, y),
                    source=SOURCE,
                    fictitious=True,
                )
            )
    return tuple(rows)


def _drawn_over(x_m: float, y_m: float) -> bool:
    """Return whether a pond or a bund lies there, with room for a building's half."""
    for _, kind, _, _, _, points in load_table("layout")["shape"]["feature"]:
        if kind not in {"pond", "bund"}:
            continue
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        if min(xs) - 34 < x_m < max(xs) + 34 and min(ys) - 26 < y_m < max(ys) + 26:
            return True
    return False
