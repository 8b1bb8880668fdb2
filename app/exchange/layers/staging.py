"""A map file becomes checked layers in WGS 84, written beside; nothing is stored yet."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import msgspec
import shapely

from app.exchange.findings import CodedFinding, FileRefusedError, finding
from app.exchange.layers.flatgeobuf import write_flatgeobuf
from app.exchange.layers.mending import counted, drop_empty, drop_outside, mend
from app.exchange.layers.opening import Format, open_map_files
from app.exchange.layers.reading import read_layers
from app.exchange.layers.referencing import (
    WGS84,
    Choice,
    Question,
    choices_of,
    crs_of,
    known_datum,
    question_of,
    to_wgs84,
)
from app.exchange.layers.table import LayerTable, name_column
from app.exchange.osm_source import file_sha256
from maps.datum import Datum
from models.basics import LatLon

LayerStep = Literal["read", "mend", "write"]
Progress = Callable[[LayerStep, float], None]
MAX_LAYERS = 60
MAX_FINDINGS = 2_000


class LayerCancelledError(Exception):
    """The reading was stopped; nothing is kept."""


class StagedLayer(msgspec.Struct, frozen=True, kw_only=True):
    """One layer that can be taken: its shapes stand in `file`, in the order of the source."""

    title: str
    file: str
    sha256: str
    crs: str
    points: int
    lines: int
    areas: int
    columns: tuple[str, ...]
    name_column: str
    south_west: LatLon
    north_east: LatLon

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        return self.points + self.lines + self.areas


class LayerStaging(msgspec.Struct, frozen=True, kw_only=True):
    """What a map file holds, every fault of it, and what must be asked first.

    With a `question` nothing is staged: one of `choices` (or a CRS by name) answers it.
    """

    file_name: str
    file_sha256: str
    rows_total: int
    datum: str = "WGS84"
    layers: tuple[StagedLayer, ...] = ()
    findings: tuple[CodedFinding, ...] = ()
    question: Question = ""
    choices: tuple[Choice, ...] = ()
    refused: str = ""

    @property
    def accepted(self) -> int:
        """How many rows can be taken."""
        return sum(layer.rows for layer in self.layers)

    @property
    def rejected(self) -> int:
        """How many rows can't be taken."""
        return self.rows_total - self.accepted

    def plain(self) -> dict[str, Any]:
        """Return the fixed shape that `muster import --json` prints."""
        return {
            "rows": self.rows_total,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "findings": [found.plain() for found in self.findings],
        }


@dataclass(frozen=True, slots=True)
class LayerRequest:
    """A file and what its user says about it; '' is "I don't know".

    `near` is where the site is: it chooses the grids that are offered.
    """

    path: Path
    scratch: Path
    datum: str = ""
    crs: str = ""
    name: str = ""
    near: LatLon | None = None
    progress: Progress | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)

    def tell(self, step: LayerStep, share: float) -> None:
        """Say how far it is; stop where somebody wants it stopped."""
        self.stop_if_cancelled()
        if self.progress is not None:
            self.progress(step, share)

    def stop_if_cancelled(self) -> None:
        """Raise LayerCancelledError where somebody wants it stopped."""
        if self.cancelled.is_set():
            raise LayerCancelledError(self.path.name)


def stage_layers(request: LayerRequest) -> LayerStaging:
    """Return the layers of a file, mended and written into the scratch folder.

    Raises
    ------
    FileRefusedError
        When nothing of the file can be read; the text names file, place and reason.
    LayerCancelledError
        When it was stopped.
    """
    name = request.path.name
    if request.crs:
        crs_of(request.crs, name)
    if request.datum:
        known_datum(request.datum, name)
    request.tell("read", 0.0)
    files = open_map_files(request.path, request.scratch)
    tables: list[LayerTable] = []
    kind: Format = files[0].format
    for place, file in enumerate(files):
        for table in read_layers(file):
            tables.append(table)
            request.tell("read", place / len(files))
            if len(tables) > MAX_LAYERS:
                raise FileRefusedError(name, "", f"more than {MAX_LAYERS} layers")
    base = LayerStaging(
        file_name=name,
        file_sha256=file_sha256(request.path),
        rows_total=sum(len(table.shapes) for table in tables),
    )
    tables = [drop_empty(table) for table in tables]
    present = [table for table in tables if len(table.shapes)]
    question: Question = ""
    if not request.crs:
        question = question_of(present, kind)
        if question == "datum" and request.datum:
            question = ""
    if question:
        return _asked(base, request, tables, question)
    return _staged(base, request, tables)


def _asked(
    base: LayerStaging, request: LayerRequest, tables: list[LayerTable], question: Question
) -> LayerStaging:
    """Say what must be answered first, and where the data lie by each answer."""
    present = [table for table in tables if len(table.shapes)]
    choices = choices_of(present, question, request.near)
    asked = finding(f"layer_{question}_unknown", row=0, severity="error")
    return msgspec.structs.replace(
        base,
        question=question,
        choices=choices,
        findings=_findings(tables, asked),
        refused=asked.reason,
    )


def _staged(base: LayerStaging, request: LayerRequest, tables: list[LayerTable]) -> LayerStaging:
    datum: Datum = known_datum(request.datum, base.file_name) if request.datum else "WGS84"
    staged = []
    done: list[LayerTable] = []
    for place, table in enumerate(tables):
        crs = request.crs or table.crs or WGS84
        table.shapes = to_wgs84(table.shapes, crs, datum)
        request.tell("mend", place / len(tables))
        mended = mend(drop_outside(table))
        done.append(mended)
        request.tell("write", place / len(tables))
        if len(mended.shapes):
            mended.title = _title(request, table.title, len(tables))
            staged.append(_written(request.scratch, f"staged-{place}.fgb", mended, crs))
    request.tell("write", 1.0)
    empty = finding("layer_empty", row=0, severity="error")
    return msgspec.structs.replace(
        base,
        datum=datum,
        layers=tuple(staged),
        findings=_findings(done, *([] if staged else [empty])),
        refused="" if staged else empty.reason,
    )


def _title(request: LayerRequest, title: str, count: int) -> str:
    if not request.name:
        return title
    return request.name if count == 1 else f"{request.name}: {title}"


def _written(scratch: Path, file: str, table: LayerTable, crs: str) -> StagedLayer:
    path = scratch / file
    write_flatgeobuf(path, table)
    west, south, east, north = shapely.total_bounds(table.shapes).tolist()
    points, lines, areas = counted(table.shapes)
    return StagedLayer(
        title=table.title,
        file=file,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        crs=_short(crs),
        points=points,
        lines=lines,
        areas=areas,
        columns=tuple(table.columns),
        name_column=name_column(table),
        south_west=LatLon(max(south, -90.0), max(west, -180.0)),
        north_east=LatLon(min(north, 90.0), min(east, 180.0)),
    )


def _findings(tables: list[LayerTable], *more: CodedFinding) -> tuple[CodedFinding, ...]:
    """Return what was found, errors first kept where there are too many to list."""
    order = {"error": 0, "warning": 1, "info": 2}
    found = [*more, *(each for table in tables for each in table.findings)]
    if len(found) > MAX_FINDINGS:
        left = len(found) - MAX_FINDINGS
        found = sorted(found, key=lambda each: order[each.severity])[:MAX_FINDINGS]
        found.append(finding("layer_more_findings", row=0, severity="info", count=left))
    return tuple(sorted(found, key=lambda each: each.row))


def _short(crs: str) -> str:
    return crs if len(crs) < 40 else f"{crs[:39]}…"
