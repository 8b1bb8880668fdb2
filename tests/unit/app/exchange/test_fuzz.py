"""Whatever bytes come in: a staging or the one typed error, never anything else."""

import contextlib
import io
import zipfile
from pathlib import Path

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.exchange.entries import read_line, read_list, read_phones, read_stock
from app.exchange.findings import FileRefusedError
from app.exchange.quantities import decimal_degrees, plain_number, readable_number, split_unit
from app.exchange.raw import SourceFile
from app.exchange.read_csv import read_csv
from app.exchange.read_json import read_json
from app.exchange.read_xlsx import read_xlsx
from app.exchange.stage import stage_file, stage_table
from tests.unit.app.exchange.conftest import reference_of

FRESH = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
CELLS = st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.none())
JSON = st.recursive(
    CELLS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
FIELDS = st.sampled_from(["key", "name", "lat", "lon", "people", "phones", "position", "limits"])


def stages(kind: str, name: str, content: bytes, folder: Path) -> None:
    path = folder / name
    path.write_bytes(content)
    for accept in (False, True):
        with contextlib.suppress(FileRefusedError):
            staging = stage_file(kind, path, reference_of(), accept_proposals=accept)
            assert 0 <= staging.accepted <= staging.rows_total
            msgspec.json.encode(staging.plain())


@FRESH
@given(content=st.binary(max_size=400))
@example(content=b"key,name\n\x00,\xff\n")
@example(content=b'"' * 7)
@example(content=b"\xff\xfe\x00")
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.geojson", "a.xlsx"])
def test_that_any_bytes_are_read_or_refused(tmp_path: Path, name: str, content: bytes) -> None:
    stages("teams", name, content, tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(content=st.binary(max_size=300))
@example(content=b"<osm version='0.6'><node id='1' lat='x'/></osm>")
@example(content=b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\x7f")
@pytest.mark.parametrize("name", ["a.osm", "a.osm.pbf", "a.osm.gz", "a.osm.bz2"])
def test_that_any_bytes_as_openstreetmap_are_read_or_refused(
    tmp_path: Path, name: str, content: bytes
) -> None:
    stages("osm", name, content, tmp_path)


@FRESH
@given(rows=st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6))
def test_that_any_cells_under_known_headings_are_read(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    lines = ["key,name,people,lat,lon,phones", *(",".join(row) for row in rows)]
    stages("teams", "a.csv", "\n".join(lines).encode("utf-8", "replace"), tmp_path)


@FRESH
@given(rows=st.lists(st.dictionaries(FIELDS, JSON, max_size=6), max_size=4))
def test_that_any_json_under_known_fields_is_read(rows: list[dict[str, object]]) -> None:
    content = msgspec.json.encode(rows)
    source = SourceFile("a.json", content)
    for kind in ("teams", "tags"):
        staging = stage_table(kind, source, read_json(source), reference_of())
        msgspec.json.encode(staging.plain())


@FRESH
@given(coordinates=JSON, type_=st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon"]))
def test_that_any_geometry_is_read(coordinates: object, type_: str) -> None:
    feature = {
        "type": "Feature",
        "properties": {"key": "a", "name": "b"},
        "geometry": {"type": type_, "coordinates": coordinates},
    }
    source = SourceFile("a.geojson", msgspec.json.encode(feature))
    staging = stage_table("roads", source, read_json(source), reference_of())
    assert staging.rows_total == 1


def test_that_a_deeply_nested_json_is_refused() -> None:
    with pytest.raises(FileRefusedError):
        read_json(SourceFile("a.json", b"[" * 100_000))


def test_that_a_workbook_that_unpacks_to_more_than_we_read_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.exchange.read_xlsx._MAX_UNPACKED", 1_000_000)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/1.xml", bytes(1_000_001))
    with pytest.raises(FileRefusedError, match="unpacks"):
        read_xlsx(SourceFile("bomb.xlsx", content.getvalue()))


def test_that_a_csv_cell_beyond_all_measure_is_refused_with_its_line() -> None:
    content = b"key,name\nA,x\nB," + b"y" * (17 * 1024 * 1024) + b"\n"
    with pytest.raises(FileRefusedError, match="line 3"):
        read_csv(SourceFile("a.csv", content))


def test_that_formulas_of_a_workbook_stay_text_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["key", "name", "people"], ["A", "=1+1", 3], [], ["B", "Beta", "many"]):
        sheet.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    staging = stage_file("teams", path, reference_of())
    assert [(f.row, f.code) for f in staging.findings] == [(2, "formula"), (4, "not_a_number")]
    assert staging.records["teams"][0].name.en == "=1+1"


@given(st.text(max_size=200))
@example(" " * 20_000 + "x")
@example("[" * 2_000)
@example("1" * 5_000)
def test_that_cell_readers_never_raise(text: str) -> None:
    for style in ("", "bracketed", "bullets"):
        entries, _ = read_list(text, style)
        assert all(entries)
    read_phones(text)
    read_stock(text)
    plain_number(text)
    readable_number(text)
    split_unit(text)
    decimal_degrees(text)
    with contextlib.suppress(ValueError):
        read_line(text)
