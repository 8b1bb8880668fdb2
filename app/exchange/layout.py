"""What the headings of one file mean: a profile known as a whole, or heading by heading."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.exchange.columns import Column, column_rules, columns_of, normalised
from app.exchange.findings import CodedFinding, finding
from app.exchange.raw import RawTable


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column stands under which heading, and what else the file is known to hold."""

    kind: str
    columns: Mapping[str, Column]
    findings: tuple[CodedFinding, ...] = ()
    missing: tuple[CodedFinding, ...] = ()
    source: str = ""
    joins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    external_ids: Mapping[str, str] = field(default_factory=dict)
    state_heading: str = ""
    list_style: str = ""

    def heading_of(self, type_: str) -> str:
        """Return the heading of the column of a type ('lat', 'lon'); '' when there is none."""
        return next((name for name, column in self.columns.items() if column.type == type_), "")


def layout_of(kind: str, table: RawTable) -> Layout:
    """Return what the headings of a table mean for a kind."""
    profile = _profile(kind, table.headings)
    fields: Mapping[str, str] = profile.get("fields", {})
    used = {*fields, *profile.get("external_ids", {}).values(), profile.get("state", "")}
    used.update(name for names in profile.get("joins", {}).values() for name in names)
    known = columns_of(kind)
    columns: dict[str, Column] = {}
    findings: list[CodedFinding] = []
    taken: set[tuple[str, str]] = set()
    for heading in table.headings:
        name = fields.get(heading, "" if profile else heading)
        column = known.by_heading.get(normalised(name)) if name.strip() else None
        if column is None:
            if heading not in used:
                findings.append(_unused(table, heading, kind))
            continue
        target = (f"{column.limit_kind}.{column.field}", column.language)
        if target in taken:
            findings.append(_twice(table, heading, column))
            continue
        taken.add(target)
        columns[heading] = column
    return Layout(
        kind=kind,
        columns=columns,
        findings=tuple(findings),
        missing=_missing(kind, table, columns),
        source=profile.get("source", ""),
        joins={name: tuple(parts) for name, parts in profile.get("joins", {}).items()},
        external_ids=profile.get("external_ids", {}),
        state_heading=profile.get("state", ""),
        list_style=profile.get("list_style", ""),
    )


def _profile(kind: str, headings: list[str]) -> dict[str, Any]:
    for profile in column_rules()["profile"]:
        if profile["kind"] == kind and set(profile["recognised_by"]) <= set(headings):
            found: dict[str, Any] = profile
            return found
    return {}


def _unused(table: RawTable, heading: str, kind: str) -> CodedFinding:
    code = "column_not_used" if heading else "column_without_name"
    return finding(code, row=table.heading_row, column=heading, severity="info", kind=kind)


def _twice(table: RawTable, heading: str, column: Column) -> CodedFinding:
    return finding(
        "duplicate_column",
        row=table.heading_row,
        column=heading,
        severity="warning",
        field=column.heading,
    )


def _missing(kind: str, table: RawTable, columns: Mapping[str, Column]) -> tuple[CodedFinding, ...]:
    known = columns_of(kind)
    there = {column.field for column in columns.values() if not column.limit_kind}
    if any(row.line or any(f.column == "geometry" for f in row.findings) for row in table.rows):
        there.add(known.geometry_field)
    return tuple(
        finding(
            "missing_column",
            row=table.heading_row,
            column=name,
            severity="error",
            field=name,
            aliases=", ".join(aliases) or name,
        )
        for name, aliases in known.required.items()
        if name not in there
    )
