"""Layers are taken whole or not at all, can be taken back, and go out as they came."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pyogrio
import pytest
import shapely

from app.cli import main
from app.clock import SystemClock
from app.exchange.layers.storing import layer_key, read_stored, take_layers
from app.exchange.layers.writing import export_layers, table_of_rows
from app.exchange.write import UnknownFormatError
from app.journal import Journal
from app.reference import ReferenceService
from models.basics import LatLon, Name
from models.ids import RandomIds
from models.registry.kinds import Layer, Receptor, Record
from models.store import open_store
from tests.unit.app.exchange.map_layers.layer_files import (
    BALTIMORE,
    NANJING,
    around,
    square,
    staged,
    write,
)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ReferenceService]:
    store = open_store(f"sqlite:///{tmp_path / 'ops.db'}")
    yield ReferenceService(store, Journal(store, SystemClock(), RandomIds()), SystemClock(),
                           RandomIds())  # fmt: skip
    store.close()


def take(service: ReferenceService, path: Path, tmp_path: Path) -> None:
    take_layers(service, tmp_path / "layers", tmp_path / "scratch",
        staged(path, tmp_path), "test",
    )  # fmt: skip


def layer(service: ReferenceService, title: str) -> Layer:
    record = service.view().get(Layer.KIND, layer_key(title))
    assert isinstance(record, Layer)
    return record


def test_that_a_taken_layer_is_journalled_and_read_back(
    service: ReferenceService, tmp_path: Path
) -> None:
    take(service, write(tmp_path / "消火栓.geojson", around(BALTIMORE)), tmp_path)
    record = layer(service, "消火栓")
    assert (record.points, record.datum, record.crs) == (3, "WGS84", "EPSG:4326")
    assert record.name == Name(zh="消火栓")
    table = read_stored(tmp_path / "layers", record)
    assert table.columns["name"] == ["N0", "N1", "N2"]


def test_that_a_layer_of_the_same_name_is_replaced_and_both_can_be_taken_back(
    service: ReferenceService, tmp_path: Path
) -> None:
    path = tmp_path / "gates.geojson"
    take(service, write(path, around(BALTIMORE, 3)), tmp_path)
    path.unlink()
    take(service, write(path, around(BALTIMORE, 5)), tmp_path)
    assert layer(service, "gates").points == 5
    service.undo_last("test")
    assert layer(service, "gates").points == 3
    assert len(read_stored(tmp_path / "layers", layer(service, "gates")).shapes) == 3
    service.undo_last("test")
    assert service.view().all(Layer.KIND) == {}


class FailingService(ReferenceService):
    def import_records(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        raise OSError("disk full")


def test_that_nothing_stays_of_a_layer_that_could_not_be_stored(
    service: ReferenceService, tmp_path: Path
) -> None:
    service.__class__ = FailingService
    with pytest.raises(OSError, match="disk full"):
        take(service, write(tmp_path / "a.geojson", around(BALTIMORE)), tmp_path)
    assert list((tmp_path / "layers").iterdir()) == []
    service.__class__ = ReferenceService
    assert service.view().all(Layer.KIND) == {}


def test_that_an_unanswered_question_is_not_taken(
    service: ReferenceService, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="datum"):
        take(service, write(tmp_path / "a.geojson", around(NANJING)), tmp_path)


def test_that_a_row_that_points_elsewhere_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.fgb").write_bytes(b"fgb")
    record = Layer(key="L", name=Name(en="L"), file="../secret.fgb")
    with pytest.raises(FileNotFoundError):
        read_stored(tmp_path / "layers", record)


def test_that_the_command_line_takes_shows_and_gives_a_layer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = ["--site", str(tmp_path / "site")]
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    path = write(tmp_path / "zones.geojson", [bow, square(BALTIMORE)])
    assert main([*site, "import", "layers", str(path), "--dry-run", "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert (plain["rows"], plain["accepted"], plain["rejected"]) == (2, 2, 0)
    assert plain["findings"][0]["severity"] == "warning"
    assert not (tmp_path / "site").exists()
    assert main([*site, "import", "layers", str(path), "--name", "区域"]) == 0
    out = tmp_path / "out.gpkg"
    assert main([*site, "export", "layers", str(out), "--layer", "区域"]) == 0
    assert pyogrio.read_info(out)["features"] == 2
    assert main([*site, "export", "layers", str(out), "--layer", "none"]) == 2


def test_that_the_command_line_asks_for_a_datum_by_its_exit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "a.geojson", around(NANJING))
    site = ["--site", str(tmp_path / "site")]
    assert main([*site, "import", "layers", str(path)]) == 2
    assert "--datum" in capsys.readouterr().err
    assert main([*site, "import", "layers", str(path), "--datum", "GCJ02"]) == 0


class Rows:
    def __init__(self, *records: Record) -> None:
        self._rows = {(record.KIND, record.key): record for record in records}

    def get(self, kind: str, key: str) -> Record | None:
        return self._rows.get((kind, key))


EVIL = '=HYPERLINK("http://x")'


def selection() -> tuple[Rows, list[tuple[str, str]]]:
    place = LatLon(32.06, 118.8)
    rows = Rows(
        Receptor(key="R-1", name=Name(zh=EVIL, en="<b>x</b>"), position=place, people_day=120),
        Receptor(key="R-2", name=Name(zh="学校"), position=place, remarks="<script>"),
        Receptor(key="R-3", name=Name(zh="无位置")),
    )
    return rows, [("receptors", f"R-{n}") for n in (1, 2, 3, 4)]


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".kml"])
def test_that_a_selection_goes_out_and_comes_back(suffix: str, tmp_path: Path) -> None:
    rows, things = selection()
    path = tmp_path / f"out{suffix}"
    assert export_layers([table_of_rows("选择", things, rows)], path) == 2
    meta, _, wkbs, values = pyogrio.raw.read(path)
    columns = dict(zip(meta["fields"].tolist(), values, strict=True))
    assert columns["Name" if suffix == ".kml" else "name"].tolist() == [EVIL, "学校"]
    assert shapely.get_coordinates(shapely.from_wkb(wkbs))[0].tolist() == [118.8, 32.06]
    assert columns["people_day"].tolist()[0] == 120
    assert list(tmp_path.iterdir()) == [path]


def test_that_no_cell_of_a_table_is_a_formula(tmp_path: Path) -> None:
    rows, things = selection()
    export_layers([table_of_rows("s", things, rows)], tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(text.splitlines()))
    assert lines[0]["name"] == "'" + EVIL
    assert (lines[0]["lat"], lines[0]["lon"]) == ("32.0600000", "118.8000000")


def test_that_a_description_is_no_html_for_a_viewer_of_kml(tmp_path: Path) -> None:
    rows, things = selection()
    table = table_of_rows("s", things, rows)
    table.columns["description"] = ["<script>alert(1)</script>"] * 2
    export_layers([table], tmp_path / "out.kml")
    text = (tmp_path / "out.kml").read_text(encoding="utf-8")
    assert "<description>" not in text
    assert "CDATA[<script>" in text  # it stands in the data of the row, as text


def test_that_what_no_format_holds_is_refused(tmp_path: Path) -> None:
    rows, things = selection()
    table = table_of_rows("s", things, rows)
    with pytest.raises(UnknownFormatError, match="ending"):
        export_layers([table], tmp_path / "out.docx")
    with pytest.raises(UnknownFormatError, match="several layers"):
        export_layers([table, table], tmp_path / "out.kml")
    assert list(tmp_path.iterdir()) == []
