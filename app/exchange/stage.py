"""Staging: a file becomes checked records and findings; nothing is stored yet."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from app.desk import Reference
from app.exchange.build import RowBuilder
from app.exchange.columns import columns_of
from app.exchange.findings import CodedFinding, FileRefusedError, clipped, finding
from app.exchange.layout import layout_of
from app.exchange.osm import OSM_KINDS, is_osm, stage_osm
from app.exchange.raw import RawRow, RawTable, SourceFile, read_source
from app.exchange.read_csv import read_csv
from app.exchange.read_json import read_json
from app.exchange.read_xlsx import read_xlsx
from app.exchange.staging import Staging
from models.registry.kinds import Layer, Record, Tag
from models.store.reference_kinds import KINDS, UnknownKindError

IMPORT_KINDS = (*(kind for kind in KINDS if kind != Layer.KIND), "osm")
_ROUNDS = 3

_READERS: dict[str, Callable[[SourceFile], RawTable]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_csv,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".json": read_json,
    ".geojson": read_json,
}


def stage_file(
    kind: str,
    path: Path,
    reference: Reference,
    *,
    time_zone: dt.tzinfo = dt.UTC,
    accept_proposals: bool = False,
) -> Staging:
    """Return what a file holds for a kind, checked against itself and the stored rows.

    Parameters
    ----------
    kind : str
        A kind of reference data, or `osm` for all that an OpenStreetMap extract holds.
    path : Path
        CSV, XLSX, JSON, GeoJSON or OpenStreetMap file.
    reference : Reference
        What is stored now.
    time_zone : tzinfo
        Zone of times that don't name theirs.
    accept_proposals : bool
        Whether the user takes every proposed fix.

    Raises
    ------
    UnknownKindError
        When there is no such kind.
    FileRefusedError
        When nothing of the file can be read; the text names file, place and reason.
    """
    if kind not in IMPORT_KINDS:
        raise UnknownKindError(kind)
    if is_osm(path):
        if kind not in OSM_KINDS:
            kinds = ", ".join(OSM_KINDS)
            raise FileRefusedError(path.name, "", f"OpenStreetMap data hold {kinds}, not {kind}")
        return compared_with_store(stage_osm(kind, path), reference)
    reader = _READERS.get(path.suffix.lower())
    if reader is None or kind == "osm":
        known = "csv, xlsx, json, geojson, osm.pbf, osm or osm.gz"
        raise FileRefusedError(path.name, "", f"the format is told by the ending: {known}")
    source = read_source(path)
    return stage_table(
        kind,
        source,
        reader(source),
        reference,
        time_zone=time_zone,
        accept_proposals=accept_proposals,
    )


def stage_table(
    kind: str,
    source: SourceFile,
    table: RawTable,
    reference: Reference,
    *,
    time_zone: dt.tzinfo = dt.UTC,
    accept_proposals: bool = False,
) -> Staging:
    """Return what a table holds for a kind."""
    layout = layout_of(kind, table)
    findings = [*table.findings, *layout.findings, *layout.missing]
    if not table.headings and not table.rows:
        findings.append(finding("empty_file", row=0, severity="error"))
    fatal = [found for found in findings if found.severity == "error"]
    base = Staging(kind, source.name, source.sha256, len(table.rows))
    if fatal:
        refused = f"row {fatal[0].row}, {fatal[0].column or 'file'}: {fatal[0].reason}"
        return replace(base, findings=tuple(findings), refused=refused)
    builder = RowBuilder(layout, table, time_zone)
    taken: dict[str, tuple[int, Record]] = {}
    for row in table.rows:
        record, faults = _take(builder, row, accept=accept_proposals)
        findings += faults
        if record is None:
            continue
        if record.key in taken:
            findings.append(_double(row, record, *taken[record.key]))
        else:
            taken[record.key] = (row.number, record)
    staged = replace(
        base,
        records={kind: tuple(record for _, record in taken.values())},
        rows={kind: {key: number for key, (number, _) in taken.items()}},
        findings=tuple(findings),
    )
    return compared_with_store(staged, reference)


def compared_with_store(staging: Staging, reference: Reference) -> Staging:
    """Add what the stored rows say: which are replaced, which references lead nowhere."""
    findings = list(staging.findings)
    for kind, records in staging.records.items():
        rows = staging.rows[kind]
        stored = reference.all(kind)
        for record in records:
            before = stored.get(record.key)
            if before is not None and before != record:
                findings.append(
                    finding(
                        "updates_stored",
                        row=rows[record.key],
                        column="key",
                        severity="info",
                        value=record.key,
                    )
                )
        findings += _unknown_references(kind, records, rows, reference)
        findings += _unknown_compared(records, rows, reference)
    return replace(staging, findings=tuple(sorted(findings, key=lambda found: found.row)))


def _unknown_references(
    kind: str, records: Iterable[Record], rows: Mapping[str, int], reference: Reference
) -> Iterator[CodedFinding]:
    """Yield a warning for each key that names no stored row and none of the same file."""
    columns = {
        column.field: column.refers_to
        for column in columns_of(kind).by_heading.values()
        if column.refers_to
    }
    for field, other in columns.items():
        known = reference.all(other)
        for record in records:
            value = getattr(record, field)
            for key in (value,) if isinstance(value, str) else value:
                if key and key not in known and not (other == kind and key in rows):
                    yield finding(
                        "unknown_reference",
                        row=rows[record.key],
                        column=field,
                        severity="warning",
                        value=key,
                        kind=other,
                    )


def _unknown_compared(
    records: Iterable[Record], rows: Mapping[str, int], reference: Reference
) -> Iterator[CodedFinding]:
    """Yield a warning for each tag that a deviation is compared with and that nobody knows."""
    for tag in records:
        for limit in tag.limits if isinstance(tag, Tag) else ():
            if (
                limit.versus
                and limit.versus not in rows
                and not reference.get(tag.KIND, limit.versus)
            ):
                yield finding(
                    "unknown_reference",
                    row=rows[tag.key],
                    column=f"{limit.kind}_versus",
                    severity="warning",
                    value=limit.versus,
                    kind=tag.KIND,
                )


def _take(
    builder: RowBuilder, row: RawRow, *, accept: bool
) -> tuple[Record | None, list[CodedFinding]]:
    """Build a row; where the user takes the proposals, put them into its cells and try again."""
    record, faults = builder.build(row)
    applied: list[CodedFinding] = []
    rounds = _ROUNDS if accept else 0
    for _ in range(rounds):
        fixes = {
            found.column: found
            for found in faults
            if found.severity == "error" and found.proposal is not None
        }
        if not fixes:
            break
        applied += [fix.accepted() for fix in fixes.values()]
        row.cells.update({heading: fix.proposal for heading, fix in fixes.items()})
        row.findings = [found for found in row.findings if found.column not in fixes]
        record, faults = builder.build(row)
    if record is not None and applied:
        notes = [f"{fix.column} {fix.value!r} → {clipped(fix.proposal or '')!r}" for fix in applied]
        note = f"import, proposals accepted: {'; '.join(notes)}"
        remarks = f"{record.remarks}\n{note}" if record.remarks else note
        record = msgspec.structs.replace(record, remarks=remarks)
    return record, applied + faults


def _double(row: RawRow, record: Record, number: int, first: Record) -> CodedFinding:
    return finding(
        "duplicate_row" if record == first else "duplicate_key",
        row=row.number,
        column="key",
        severity="error",
        value=record.key,
        first=number,
    )
