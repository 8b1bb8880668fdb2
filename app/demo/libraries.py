"""The six libraries of the park: teams, materials, experts, plans, scenarios, cases."""

from typing import Any

from app.demo.credit_code import fictitious_code
from app.demo.grid import Grid
from app.demo.layout import SOURCE
from app.demo.sites import Equipment, substances
from app.demo.tables import bilingual, load_table, phones
from models.basics import Name, Phone
from models.libraries.kinds import (
    Case,
    Clause,
    Depot,
    Expert,
    Inject,
    Plan,
    ResponseLevel,
    Scenario,
    Stock,
    Team,
)
from models.times import DAY_US


def teams(grid: Grid) -> tuple[Team, ...]:
    """Return the rescue teams with their numbers in calling order."""
    return tuple(
        Team(
            key=row[0],
            name=Name(zh=row[1], en=row[2]),
            type=row[3],
            capabilities=tuple(row[4]),
            people=row[5],
            vehicles=row[6],
            position=grid.at(row[7], row[8]),
            turnout_s=row[9],
            mutual_aid=row[10],
            phones=phones(row[11]),
            source=SOURCE,
            fictitious=True,
        )
        for row in load_table("response")["team"]
    )


def depots(grid: Grid) -> tuple[Depot, ...]:
    """Return the depots and their stock; one of them is empty."""
    materials = load_table("response")["material"]
    rows = []
    for k, (zh, en, x, y, stock) in enumerate(load_table("response")["depot"]):
        held = tuple(
            Stock(
                material=materials[i][0],
                name=Name(zh=materials[i][1], en=materials[i][2]),
                quantity=float(quantity),
                unit=materials[i][3],
            )
            for i, quantity in stock
        )
        keeper = Phone(number=f"1000008300{k + 1:02d}", person="保管员 keeper")
        rows.append(
            Depot(
                key=f"D-{k + 1:02d}",
                name=Name(zh=zh, en=en),
                position=grid.at(x, y),
                stock=held,
                phones=(keeper,),
                source=SOURCE,
                fictitious=True,
            )
        )
    return tuple(rows)


def experts() -> tuple[Expert, ...]:
    """Return the experts on call."""
    fields = load_table("response")["expert_field"]
    return tuple(
        Expert(
            key=f"X-{k + 1:02d}",
            name=Name(zh=f"{zh}（虚构）", en=f"{en} (fictitious)"),
            fields=tuple(fields[field]),
            phones=(Phone(number=f"1000008400{k + 1:02d}", person=zh),),
            source=SOURCE,
            fictitious=True,
        )
        for k, (zh, en, field) in enumerate(load_table("response")["expert"])
    )


def plans(items: list[Equipment], start_us: int) -> tuple[Plan, ...]:
    """Return the plans; one of them expired 40 days before the start."""
    return tuple(_plan(row, items, start_us) for row in load_table("plans")["plan"])


def _plan(row: dict[str, Any], items: list[Equipment], start_us: int) -> Plan:
    by_id = substances()
    names = [by_id[key]["en"].split(",")[0].lower() for key in row.get("substances", [])]
    cas = [by_id[key]["cas"] for key in row.get("substances", [])]
    shared = [load_table("plans")["shared"][key] for key in row.get("shared", [])]
    cells = [*row["clauses"], *(clause for block in shared for clause in block)]
    sources = row.get("sources", [])
    return Plan(
        key=row["key"],
        name=bilingual(row["name"]),
        type=row["type"],
        version=row["version"],
        expires_us=start_us + row["expires_days"] * DAY_US,
        substances=(*names, *cas),
        incident_kinds=tuple(row["kinds"]),
        hazard_source_keys=tuple(i.row.key for i in items if _named(i, sources)),
        enterprise_keys=tuple(fictitious_code(n) for n in row.get("enterprises", [])),
        levels=tuple(_level(cells) for cells in row["levels"]),
        clauses=tuple(sorted(map(_clause, cells), key=lambda clause: clause.offset_s)),
        source=SOURCE,
        fictitious=True,
    )


def _named(item: Equipment, words: list[str]) -> bool:
    """Return whether `7R` (enterprise and letter) or `V-203` names this hazard source."""
    return item.row.key in words or f"{item.enterprise}{item.row.key[0]}" in words


def _level(cells: list[str]) -> ResponseLevel:
    return ResponseLevel(key=cells[0], name=bilingual(cells[1:3]), automatic_when=cells[3])


def _clause(cells: list[Any]) -> Clause:
    """Return a clause of [key, T+ s, due s, role, zh, en, deliverable zh, en, needs, flags]."""
    key, offset, due, role, zh, en, made_zh, made_en, needs, flags = cells
    return Clause(
        key=key,
        offset_s=offset,
        due_s=due,
        role=role,
        action=Name(zh=zh, en=en),
        deliverable=Name(zh=made_zh, en=made_en),
        needs=tuple(needs),
        first_order="first" in flags,
        preauthorised="preauthorised" in flags,
    )


def scenarios(items: list[Equipment]) -> tuple[Scenario, ...]:
    """Return the drill scenarios, the opening of the demonstration among them."""
    rows = []
    for row in load_table("scenarios")["scenario"]:
        source = next((i.row.key for i in items if _named(i, [row["source"]])), "")
        injects = tuple(_inject(cells, source) for cells in row["injects"])
        rows.append(
            Scenario(
                key=row["key"],
                name=bilingual(row["name"]),
                seed="2026",
                hazard_source_key=source,
                objectives=tuple(bilingual(pair) for pair in row["objectives"]),
                injects=injects,
                duration_s=row["duration_s"],
                source=SOURCE,
                fictitious=True,
            )
        )
    return tuple(rows)


def _inject(cells: list[Any], source: str) -> Inject:
    """Return an inject of [key, at s, type, zh, en, expected zh, en, objective, data]."""
    key, at_s, kind, zh, en, wanted_zh, wanted_en, objective, data = cells
    if kind in {"release", "call"}:
        data = {"hazard_source": source, **data}
    return Inject(
        key=key,
        at_s=at_s,
        type=kind,
        synopsis=Name(zh=zh, en=en),
        expected=Name(zh=wanted_zh, en=wanted_en),
        objective=objective,
        data=data,
    )


def cases() -> tuple[Case, ...]:
    """Return past accidents: public ones with plain facts, and invented ones marked so."""
    rows = []
    for k, cells in enumerate(load_table("cases")["case"]):
        when, zh, en, names, kind, text_zh, text_en, lesson_zh, lesson_en, deaths, hurt = cells
        real = bool(when)
        mark = Name(zh=zh if real else f"{zh}（虚构）", en=en if real else f"{en} (fictitious)")
        rows.append(
            Case(
                key=f"CASE-{k + 1:02d}",
                name=mark,
                happened=when,
                substances=tuple(names),
                incident_kind=kind,
                summary=Name(zh=text_zh, en=text_en),
                lessons=(Name(zh=lesson_zh, en=lesson_en),),
                deaths=deaths if deaths >= 0 else None,
                injuries=hurt if hurt >= 0 else None,
                source="public reports; counts to be verified" if real else SOURCE,
                fictitious=not real,
            )
        )
    return tuple(rows)
