from pathlib import Path

import openpyxl
import pytest

from app.exchange.flat import flat_headings
from app.exchange.stage import stage_file
from app.exchange.write import UnknownFormatError, export_rows
from models.basics import LatLon, Name, Phone
from models.libraries.kinds import Clause, Depot, Plan, Stock, Team
from models.registry.kinds import Enterprise, HazardSource, Limit, Record, Road, Tag
from models.store.reference_kinds import KINDS
from tests.unit.app.exchange.conftest import reference_of

LINE = (LatLon(31.2, 121.5), LatLon(31.2000001, 121.6), LatLon(31.3, 121.6))
RECORDS: tuple[Record, ...] = (
    Enterprise(
        key="91350100M000100Y43",
        name=Name(zh="甲", en="=cmd|' /C calc'!A0"),
        position=LatLon(31.2, 121.5),
        chemicals=("1,3-Butadiene", "with; semicolon", "Isobutane [Propane, 2-methyl]"),
        control_room=(Phone(number="+86 519 1234567", person="王伟", role="班长", dead=True),),
        external_ids={"epa": "1"},
        remarks="two\nlines",
        fictitious=True,
    ),
    HazardSource(
        key="H", name=Name(en="Tank"), inventory_t=2.5, footprint=LINE, dont=(Name(zh="勿用水"),)
    ),
    Tag(
        key="GT-1",
        name=Name(zh="氯"),
        safety="toxic",
        limits=(Limit(kind="HH", value=3.0, priority=1, deadband=0.1),),
    ),
    Road(key="R", name=Name(en="-dash"), road_class="primary", oneway="backward", line=LINE),
    Team(
        key="T",
        name=Name(zh="一站", en="One"),
        phones=(Phone(number="119"), Phone(number="10000090011", role="站值班")),
        capabilities=("fire", "foam"),
        mutual_aid=True,
    ),
    Depot(
        key="D",
        name=Name(en="Depot"),
        stock=(Stock(material="foam", name=Name(zh="泡沫液"), quantity=0.0, unit="L"),),
    ),
    Plan(
        key="P",
        name=Name(zh="预案"),
        expires_us=1_700_000_000_000_000,
        clauses=(Clause(key="1", offset_s=0, role="r", action=Name(zh="停", en="stop")),),
    ),
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.KIND)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "geojson"])
def test_that_an_export_is_read_back_as_it_was(tmp_path: Path, ending: str, record: Record) -> None:
    path = tmp_path / f"rows.{ending}"
    assert export_rows(record.KIND, (record,), path) == 1
    staging = stage_file(record.KIND, path, reference_of(record))
    assert staging.records[record.KIND] == (record,), staging.findings
    assert [f.code for f in staging.findings if f.severity == "error"] == []


def test_that_no_exported_text_cell_starts_a_formula(tmp_path: Path) -> None:
    names = ("=1", "+1", "-1", "@x", "\tx", "plain")
    teams = tuple(Team(key=f"K{n}", name=Name(en=name)) for n, name in enumerate(names))
    export_rows("teams", teams, tmp_path / "t.csv")
    text = (tmp_path / "t.csv").read_text("utf-8-sig")
    cells = [line.split(",")[2].strip('"') for line in text.splitlines()[1:]]
    assert [cell[0] for cell in cells] == ["'", "'", "'", "'", "'", "p"]
    export_rows("teams", teams, tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert sheet is not None
    column = [row[2] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in column} == {"s"}
    assert [cell.value for cell in column] == list(names)


def test_that_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    team = Team(key="K", name=Name(en="x"), position=LatLon(-31.2, -76.5))
    export_rows("teams", (team,), tmp_path / "t.csv")
    assert ",-31.2,-76.5," in (tmp_path / "t.csv").read_text("utf-8-sig")


def test_that_an_unknown_ending_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match="csv"):
        export_rows("teams", (), tmp_path / "t.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "layers"])
def test_that_every_kind_has_columns_for_all_its_fields(kind: str) -> None:
    fields = {column.field for column in flat_headings(kind)} - {"lat", "lon"}
    assert fields == set(KINDS[kind].__struct_fields__) - {"position"}
