"""The map on paper: the page's picture, legend, scale and mode, and a file that is whole."""

import re
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from maps.drawing import draw_points
from maps.sheet import SheetFacts, lay_out
from models.operation.sketch import CORDONS
from tests.integration.views.map.conftest import WAIT_MS, Ask
from tests.unit.maps.drawn import drawing, sketches
from tests.unit.maps.world import ORIGIN, park, published
from views.map.exporter import PICTURE_DPI, ExportOrder, Form, MapExporter, legend_rows
from views.map.widget import MapWidget
from views.theme import load_tokens

FACTS = SheetFacts(
    title="I-2026-0007 Chlorine release", remarks=("as of 2026-11-26 08:10:46",),
    mode="演练 DRILL", mode_ink="mode.drill", watermark="演练 DRILL", legend_title="Legend",
    foot=("Datum WGS 84",),
)  # fmt: skip


@pytest.fixture
def drawn(map_widget: MapWidget, ask: Ask, qtbot: QtBot) -> MapWidget:
    map_widget.set_reference(park(), "en")
    state = published().situation
    held = {f"D{i}": drawing(f"D{i}", each) for i, each in enumerate(sketches())}
    map_widget.content.pencil.choice = "working"
    map_widget.show_situation(published(state.with_(drawings=state.drawings.update(held))))
    map_widget.fly_to(ORIGIN, 14.5)
    qtbot.waitUntil(lambda: ask("Muster.parts.points.count") == 5, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: map_widget.content.box is not None, timeout=WAIT_MS)
    return map_widget


def exported(
    map_widget: MapWidget, qtbot: QtBot, path: Path, form: Form, scale: int | None = 25_000
) -> Path:
    exporter = MapExporter(map_widget.content, map_widget, plain=map_widget.is_plain)
    try:
        with qtbot.waitSignal(exporter.written, timeout=WAIT_MS) as written:
            exporter.start(ExportOrder(path, form, lay_out("A4", landscape=True), scale, FACTS))
    finally:
        exporter.close()
    assert written.args == [path]
    return path


def test_that_the_picture_has_the_size_of_the_paper_and_all_layers(
    drawn: MapWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    image = QImage(str(exported(drawn, qtbot, tmp_path / "map.png", "png")))
    size_mm = QSizeF(image.size()) / PICTURE_DPI * 25.4
    assert (round(size_mm.width()), round(size_mm.height())) == (297, 210)
    assert image.pixelColor(1, 1).name() == "#ffffff"
    seen = {image.pixelColor(x, 800).name() for x in range(100, 1700, 2)}
    assert len(seen) > 10  # ground, plume, symbols
    assert list(tmp_path.iterdir()) == [tmp_path / "map.png"]


def test_that_the_desks_own_map_stays_as_it_was(
    drawn: MapWidget, ask: Ask, qtbot: QtBot, tmp_path: Path
) -> None:
    state = "[map_muster.getZoom(), Muster.state.dark, map_muster.options.zoomSnap]"
    before = ask(state)
    exported(drawn, qtbot, tmp_path / "map.png", "png", 5_000)
    assert ask(state) == before
    assert drawn.content.outbox.acknowledged == drawn.content.outbox.sent


def test_that_the_pdf_is_one_sheet_with_a_picture_and_fonts(
    drawn: MapWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    body = exported(drawn, qtbot, tmp_path / "map.pdf", "pdf").read_bytes()
    assert body.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", body)) == 1
    (box,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", body)
    assert [round(float(points) / 72 * 25.4) for points in box] == [297, 210]
    assert b"/Subtype /Image" in body
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)
    text = b"".join(_inflated(stream) for stream in streams)
    assert text.count(b"Tj") + text.count(b"TJ") >= 10  # legend, scale, head and foot are text


def test_that_the_legend_lists_what_is_on_the_map_and_not_hidden(drawn: MapWidget) -> None:
    rows = {row.title: row.count for row in legend_rows(drawn.content, {})}
    assert rows["Threat zones"] == 2
    assert rows["Schools"] == 1  # its hit inside the zone is a mark on it
    assert rows["Cordons"] == sum(
        sketch.meaning in {*CORDONS, "road_block", "entry_point"} for sketch in sketches()
    )
    assert "Hydrants" not in rows
    drawn.set_layers(drawn.content.settings.with_shown("schools", shown=False))
    assert "Schools" not in {row.title for row in legend_rows(drawn.content, {})}


def test_that_a_folder_that_cant_be_written_is_said(
    drawn: MapWidget, qtbot: QtBot, tmp_path: Path, expect_log: object
) -> None:
    expect_log("can't be written")  # type: ignore[operator]
    exporter = MapExporter(drawn.content, drawn)
    path = tmp_path / "missing" / "map.png"
    with qtbot.waitSignal(exporter.failed, timeout=WAIT_MS) as failed:
        exporter.start(ExportOrder(path, "png", lay_out("A4", landscape=True), 25_000, FACTS))
    exporter.close()
    assert "can't be written" in failed.args[0]


def test_that_the_plain_map_is_printed_too(qtbot: QtBot, tmp_path: Path) -> None:
    widget = MapWidget(plain=True)
    qtbot.addWidget(widget)
    widget.resize(600, 400)
    with qtbot.waitSignal(widget.ready, timeout=WAIT_MS):
        widget.show()
    widget.set_theme(load_tokens("dark").color, "dark")
    widget.set_points(draw_points(park(), "en"))
    widget.show_situation(published())
    widget.fly_to(ORIGIN, 14.5)
    image = QImage(str(exported(widget, qtbot, tmp_path / "plain.png", "png")))
    assert len({image.pixelColor(x, 800).name() for x in range(100, 1700, 2)}) > 3
    widget.shut_down()


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""
