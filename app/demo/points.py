"""The 600 tags of the park."""

import math
from typing import Any, Literal, cast

from app.demo.credit_code import fictitious_code
from app.demo.grid import Grid, chance, polar
from app.demo.layout import SOURCE
from app.demo.sites import Equipment
from app.demo.tables import bilingual, load_table
from models.basics import Name
from models.registry.kinds import Limit, Tag

TAGS = 600
_AIR_MOLAR_VOLUME = 24.45
_FLAMMABLE_LIMITS = (25.0, 50.0)
_VERY_TOXIC_MG_M3 = 10.0
_PREVAILING_TO_DEG = 50.0
_SOURCE_GAS = "GB/T 50493-2019"
Safety = Literal["", "toxic", "combustible", "fire", "call_point", "trip", "man_down"]


def tags(seed: str, grid: Grid, items: list[Equipment]) -> tuple[Tag, ...]:
    """Return exactly 600 points: equipment, detectors, masts, utilities, call points."""
    rows: list[Tag] = []
    for item in items:
        rows += _equipment_points(grid, item)
        rows += _detectors(seed, grid, item)
    rows += _other_points(grid)
    rows += _fence(grid, items)
    rows += _mast_points(grid)
    rows += _call_points(grid, items, TAGS - len(rows))
    return tuple(rows)


def _equipment_points(grid: Grid, item: Equipment) -> list[Tag]:
    table = load_table("tags")
    pressure = table["pressure_mpa"].get(item.type, 0.3)
    if item.substance["phase"] == "liquefied":
        pressure = item.substance["bar"] / 10
    rows = []
    for k, row in enumerate(table["points"].get(item.type, [])):
        code, zh, en, quantity, unit = row[:5]
        scale = pressure if unit == "x" else 1.0
        numbers = [float(f"{cell * scale:.3g}") for cell in row[5:11]]
        key = f"{code}-{item.number}{1 + sum(r[0] == code for r in _before(item.type, k))}"
        safety = quantity if quantity in {"trip", "fire"} else ""
        rows.append(
            Tag(
                key=key,
                name=Name(zh=f"{item.row.name.zh} {zh}", en=f"{item.row.name.en} {en}"),
                position=grid.at(item.x_m + 4 * k - 6, item.y_m + 5),
                enterprise_key=item.row.enterprise_key,
                hazard_source_key=item.row.key,
                quantity=quantity,
                unit="MPa" if unit == "x" else unit,
                low=numbers[0],
                high=numbers[1],
                limits=_limits(numbers, row[12], row[13], safety or "process"),
                period_s=float(row[11]),
                safety=cast(Safety, safety),
                topic=f"yungang/{item.enterprise:02d}/{key}",
                substance=item.row.substance,
                source=SOURCE,
                fictitious=True,
            )
        )
    return rows


def _before(kind: str, k: int) -> list[list[Any]]:
    return cast(list[list[Any]], load_table("tags")["points"][kind][:k])


def _limits(
    numbers: list[float], inner: int, outer: int, guidance: str, source: str = ""
) -> tuple[Limit, ...]:
    """Return the limits of (low, high, LL, L, H, HH) numbers, with deadbands and delays."""
    low, high = numbers[:2]
    safety = guidance in {"fire", "trip", "call_point", "man_down"}
    rows = []
    for kind, value in zip(("LL", "L", "H", "HH"), numbers[2:], strict=True):
        if math.isnan(value):
            continue
        text = load_table("tags")["guidance"].get(f"{guidance}_{kind}")
        rows.append(
            Limit(
                kind=cast(Literal["HH", "H", "L", "LL"], kind),
                value=value,
                priority=cast(Literal[1, 2, 3, 4], outer if kind in {"HH", "LL"} else inner),
                deadband=0.0 if safety else float(f"{(high - low) * 0.01:.2g}"),
                on_delay_s=0.0 if safety else 2.0,
                off_delay_s=0.0 if safety else 5.0,
                guidance=bilingual(text) if text else Name(),
                source=source or "SOP（虚构 fictitious）",
            )
        )
    return tuple(rows)


def _gas_limits(item: Equipment) -> tuple[str, float, tuple[Limit, ...], Safety]:
    """Return unit, range, limits and safety class of a detector after GB/T 50493-2019.

    Toxic: 100 and 200 % of the OEL, converted to ppm at 25 °C. Combustible: 25 and 50 % LEL.
    """
    oel = item.substance["oel_mg_m3"]
    if oel:
        ppm = oel * _AIR_MOLAR_VOLUME / item.substance["mw"]
        first = math.floor(ppm * 100) / 100 if ppm < 10 else float(math.floor(ppm))
        values, unit, high, safety = (first, 2 * first), "ppm", _range_of(first), "toxic"
        priorities = (2, 1) if oel <= _VERY_TOXIC_MG_M3 else (3, 2)
    else:
        values, unit, high, safety = _FLAMMABLE_LIMITS, "%LEL", 100.0, "combustible"
        priorities = (3, 2)
    limits = tuple(
        Limit(
            kind=cast(Literal["H", "HH"], kind),
            value=value,
            priority=cast(Literal[1, 2, 3], priority),
            deadband=float(f"{values[0] * 0.1:.2g}"),
            on_delay_s=1.0,
            off_delay_s=5.0,
            guidance=bilingual(load_table("tags")["guidance"][f"{safety}_{kind}"]),
            source=_SOURCE_GAS,
        )
        for kind, value, priority in zip(("H", "HH"), values, priorities, strict=True)
    )
    return unit, high, limits, cast(Safety, safety)


def _range_of(first_ppm: float) -> float:
    """Return the usual full scale of a detector for its first limit [ppm]."""
    scales = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
    return next(scale for scale in scales if scale >= 20 * first_ppm or scale == scales[-1])


def _detectors(seed: str, grid: Grid, item: Equipment) -> list[Tag]:
    table = load_table("tags")
    rows = []
    count = table["detectors"].get(item.type, 0)
    for k in range(count):
        shift = 24 * chance(seed, "detector", item.number, k) - 12
        bearing = _PREVAILING_TO_DEG + 360 * k / count + shift
        place = polar(item.x_m, item.y_m, bearing, 14 + 8 * k)
        if item.type == "vaporiser":
            place = polar(item.x_m, item.y_m, *table["vaporiser"]["detector"][k])
        rows.append(_detector(grid, item, f"GT-{item.number}{k + 1}", k + 1, place))
    return rows


def _detector(
    grid: Grid, item: Equipment, key: str, number: int, place: tuple[float, float]
) -> Tag:
    unit, high, limits, safety = _gas_limits(item)
    gas = item.substance
    return Tag(
        key=key,
        name=Name(
            zh=f"{item.row.name.zh} {gas['zh']}探测器 {number}",
            en=f"{item.row.name.en} {gas['en'].lower()} detector {number}",
        ),
        position=grid.at(*place),
        enterprise_key=item.row.enterprise_key,
        hazard_source_key=item.row.key,
        quantity="gas",
        unit=unit,
        low=0.0,
        high=high,
        limits=limits,
        period_s=1.0,
        safety=safety,
        topic=f"yungang/{item.enterprise:02d}/{key}",
        substance=item.row.substance,
        source=SOURCE,
        fictitious=True,
    )


def _fence(grid: Grid, items: list[Equipment]) -> list[Tag]:
    vaporiser = next(item for item in items if item.type == "vaporiser")
    rows = []
    for key, zh, en, x, y in load_table("tags")["other"]["fence"]:
        unit, high, limits, safety = _gas_limits(vaporiser)
        rows.append(
            Tag(
                key=key,
                name=Name(zh=zh, en=en),
                position=grid.at(x, y),
                enterprise_key=vaporiser.row.enterprise_key,
                quantity="gas",
                unit=unit,
                high=high,
                limits=limits,
                safety=safety,
                topic=f"yungang/01/{key}",
                substance=vaporiser.row.substance,
                source=SOURCE,
                fictitious=True,
            )
        )
    return rows


def _other_points(grid: Grid) -> list[Tag]:
    rows = []
    for row in load_table("tags")["other"]["point"]:
        key, zh, en, quantity, unit = row[:5]
        period, inner, outer, safety, owner, x, y = row[11:]
        rows.append(
            Tag(
                key=key,
                name=Name(zh=zh, en=en),
                position=grid.at(x, y),
                enterprise_key=fictitious_code(owner),
                hazard_source_key="V-203" if key == "MD-2031" else "",
                quantity=quantity,
                unit=unit,
                low=float(row[5]),
                high=float(row[6]),
                limits=_limits([float(c) for c in row[5:11]], inner, outer, safety or "process"),
                period_s=float(period),
                safety=cast(Safety, safety),
                topic=f"yungang/{owner:02d}/{key}",
                source=SOURCE,
                fictitious=True,
            )
        )
    return rows


def _mast_points(grid: Grid) -> list[Tag]:
    table = load_table("tags")["other"]
    places = {row[0]: row for row in load_table("layout")["point"]["feature"]}
    rows = []
    for mast in table["mast"]:
        _, _, zh, en, x, y = places[mast]
        for code, what_zh, what_en, quantity, unit, low, high, period in table["mast_point"]:
            key = f"{mast}-{code}"
            rows.append(
                Tag(
                    key=key,
                    name=Name(zh=f"{zh} {what_zh}", en=f"{en} {what_en}"),
                    position=grid.at(x, y),
                    quantity=quantity,
                    unit=unit,
                    low=float(low),
                    high=float(high),
                    period_s=float(period),
                    topic=f"yungang/met/{key}",
                    remarks=f"mast={mast}",
                    source=SOURCE,
                    fictitious=True,
                )
            )
    return rows


def _call_points(grid: Grid, items: list[Equipment], count: int) -> list[Tag]:
    """Return `count` manual call points, one per enterprise in turn."""
    names = {row[0]: row for row in load_table("enterprises")["enterprise"]}
    rows = []
    for k in range(count):
        number = k % len(names) + 1
        own = [item for item in items if item.enterprise == number]
        x, y = (own[k // len(names)].x_m, own[k // len(names)].y_m) if own else (1960, 1200)
        key = f"CP-{number:02d}{k // len(names) + 1}"
        name = Name(zh=f"{names[number][1]} 手动报警按钮", en=f"{names[number][2]} call point")
        limits = _limits([0, 1, math.nan, math.nan, math.nan, 0.5], 4, 1, "call_point")
        rows.append(
            Tag(
                key=key,
                name=name,
                position=grid.at(x - 22, y - 16),
                enterprise_key=fictitious_code(number),
                quantity="call_point",
                high=1.0,
                limits=limits,
                safety="call_point",
                topic=f"yungang/{number:02d}/{key}",
                source=SOURCE,
                fictitious=True,
            )
        )
    return rows
