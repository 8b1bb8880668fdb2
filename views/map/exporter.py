"""Writes the map as it is now: a sheet of paper (PDF, PNG) or one HTML file.

The picture is taken on the UI thread, everything else is done on a thread of its own; a file is
there whole or not at all.
"""

import base64
import logging
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, QMarginsF, QObject, QSize, QSizeF, Signal, Slot
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter

from maps.colours import Scheme, map_colours
from maps.content import MapContent
from maps.html_page import html_page
from maps.layer_facts import ViewBox
from maps.page import PageInputs
from maps.protocol import Message
from maps.sheet import CSS_PX_MM, LegendRow, SheetFacts, SheetLayout, fitting_scale, zoom_of
from maps.tiles.grid import Box
from models.basics import LatLon
from views.map.printer import MapPrinter, Picture, PrintOrder
from views.map.sheet_paint import Sheet, SheetPainter
from views.theme import Tokens, load_tokens

log = logging.getLogger(__name__)

Form = Literal["pdf", "png", "html"]
PICTURE_DPI = 200
_PAPER_THEME: Scheme = "light"
_MM_PER_INCH = 25.4
_DATA_URL = "base64,"


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to write and where. `scale` None fits what is in view into the sheet."""

    path: Path
    form: Form
    layout: SheetLayout
    scale: int | None
    facts: SheetFacts


class MapExporter(QObject):
    """One export at a time.

    Signals: drawn(): the picture is taken; written(Path); failed(str): what went wrong, a code of
    the printer or a text of the system.
    """

    drawn = Signal()
    written = Signal(object)
    failed = Signal(object)
    _finished = Signal(object)

    def __init__(self, content: MapContent, parent: QObject, *, plain: bool = False) -> None:
        super().__init__(parent)
        self._content = content
        self._plain = plain
        self._printer: MapPrinter | None = None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="map-export")
        self._order: ExportOrder | None = None
        self._scale = 0.0
        self._finished.connect(self._on_finished)

    def start(self, order: ExportOrder) -> None:
        """Begin; one of the signals ends it."""
        self._order = order
        if order.form == "html":
            self._submit(self._html(order))
        else:
            self._take_picture(order)

    def close(self) -> None:
        """Let go of everything; what is being written is finished first."""
        self._order = None
        if self._printer is not None:
            self._printer.cancel()
            self._printer = None
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _html(self, order: ExportOrder) -> Callable[[], None]:
        facts = order.facts
        mode = (facts.mode,) if facts.mode else ()
        lines = [*mode, *facts.remarks, *facts.foot]
        head = Message("title", {"title": facts.title, "lines": lines})
        messages = [*self._content.outbox.picture(), head]
        files = self._content.files
        area = _around(self._content.box)
        return lambda: _put(order.path, html_page(PageInputs(), messages, files, area))

    def _take_picture(self, order: ExportOrder) -> None:
        frame = order.layout.map
        centre, self._scale = self._place(order)
        dots = PICTURE_DPI / _MM_PER_INCH
        size = QSize(round(frame.width * dots), round(frame.height * dots))
        self._printer = MapPrinter(
            self._content.files,
            PrintOrder(
                size, CSS_PX_MM * dots, centre, zoom_of(self._scale, centre.lat_deg),
                self._paper_messages(),
            ),
            self, plain=self._plain,
        )  # fmt: skip
        self._printer.taken.connect(self._on_printer_taken)
        self._printer.failed.connect(self._on_printer_failed)
        self._printer.start()

    def _place(self, order: ExportOrder) -> tuple[LatLon, float]:
        """Return the middle of the sheet and its scale."""
        view = self._content.outbox.held_value("view") or {}
        box = self._content.box
        if box is None:
            centre = LatLon(float(view.get("lat", 0.0)), float(view.get("lon", 0.0)))
            return centre, order.scale or 100_000
        corners = LatLon(box.south_deg, box.west_deg), LatLon(box.north_deg, box.east_deg)
        centre = LatLon(
            float(view.get("lat", (box.south_deg + box.north_deg) / 2)),
            float(view.get("lon", (box.west_deg + box.east_deg) / 2)),
        )
        return centre, order.scale or fitting_scale(*corners, order.layout.map)

    def _paper_messages(self) -> list[Message]:
        """Return what the map shows in the colours of paper; the sheet has its own watermark."""
        tokens = load_tokens(_PAPER_THEME)
        theme = {"colours": map_colours(tokens.color, _PAPER_THEME), "dark": False}
        left_out = {"theme", "watermark", "select"}
        messages = [m for m in self._content.outbox.picture() if m.topic not in left_out]
        return [Message("theme", theme), *messages]

    @Slot(object)
    def _on_printer_taken(self, picture: Picture) -> None:
        self._printer = None
        order = self._order
        if order is None:
            return
        self.drawn.emit()
        legend = legend_rows(self._content, picture.swatches)
        sheet = Sheet(order.layout, replace(order.facts, legend=legend), picture.image, self._scale)
        tokens = load_tokens(_PAPER_THEME)
        write = _write_pdf if order.form == "pdf" else _write_png
        self._submit(lambda: write(order.path, sheet, tokens))

    @Slot(object)
    def _on_printer_failed(self, reason: str) -> None:
        self._printer = None
        self.failed.emit(reason)

    def _submit(self, write: Callable[[], None]) -> None:
        self._worker.submit(write).add_done_callback(self._finished.emit)

    @Slot(object)
    def _on_finished(self, future: "Future[None]") -> None:
        order = self._order
        if future.cancelled() or order is None:
            return
        error = future.exception()
        if error is None:
            self.written.emit(order.path)
            return
        log.warning("the map can't be written to %s: %s", order.path, error)
        self.failed.emit(getattr(error, "strerror", None) or str(error))


def legend_rows(
    content: MapContent, swatches: Mapping[str, Sequence[str]]
) -> tuple[LegendRow, ...]:
    """Return the layers that are on the map and hold something, with the page's symbols."""
    legend = content.outbox.held_value("legend") or {"rows": ()}
    hidden = set((content.outbox.held_value("layers") or {}).get("hidden", ()))
    counts = _counts(content)
    rows = []
    for row in legend["rows"]:
        count = counts.get(row["layer"], 0)
        if count and row["layer"] not in hidden:
            pictures = tuple(
                base64.b64decode(url.partition(_DATA_URL)[2])
                for url in swatches.get(row["layer"], ())
            )
            rows.append(LegendRow(row["title"], pictures, count))
    return tuple(rows)


def _counts(content: MapContent) -> dict[str, int]:
    """Return how many things each layer holds, drawings too."""
    counts = Counter({layer: count.total for layer, count in content.counts().items()})
    counts.update(str(item["layer"]) for item in content.outbox.held("drawings").values())
    return dict(counts)


def _around(view: ViewBox | None) -> Box:
    """Return what is in view and as much again on each side: west, south, east, north [degrees]."""
    if view is None:
        return -180.0, -85.0, 180.0, 85.0
    tall, wide = view.north_deg - view.south_deg, view.east_deg - view.west_deg
    return (
        max(-180.0, view.west_deg - wide), max(-85.0, view.south_deg - tall),
        min(180.0, view.east_deg + wide), min(85.0, view.north_deg + tall),
    )  # fmt: skip


def _put(path: Path, body: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(body)
    os.replace(part, path)  # noqa: PTH105 - atomic on every platform


def _write_pdf(path: Path, sheet: Sheet, tokens: Tokens) -> None:
    """Write one page; the map is a picture, everything else lines and text.

    Raises
    ------
    OSError
        When the file can't be written.
    """
    part = path.with_name(path.name + ".part")
    writer = QPdfWriter(str(part))
    writer.setTitle(sheet.facts.title)
    writer.setCreator("Muster")
    size = QSizeF(sheet.layout.width, sheet.layout.height)
    page = QPageSize(
        size, QPageSize.Unit.Millimeter, matchPolicy=QPageSize.SizeMatchPolicy.ExactMatch
    )
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    writer.setResolution(PICTURE_DPI)
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(f"{path} can't be written")
    try:
        SheetPainter(painter, tokens, PICTURE_DPI / _MM_PER_INCH).paint(sheet)
    finally:
        painter.end()
    os.replace(part, path)  # noqa: PTH105 - atomic on every platform


def _write_png(path: Path, sheet: Sheet, tokens: Tokens) -> None:
    """Write the sheet as a picture.

    Raises
    ------
    OSError
        When the file can't be written.
    """
    dots = PICTURE_DPI / _MM_PER_INCH
    width, height = round(sheet.layout.width * dots), round(sheet.layout.height * dots)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(tokens.color["pane"]))
    image.setDotsPerMeterX(round(dots * 1000))
    image.setDotsPerMeterY(round(dots * 1000))
    painter = QPainter(image)
    try:
        SheetPainter(painter, tokens, dots).paint(sheet)
    finally:
        painter.end()
    part = path.with_name(path.name + ".part")
    encoder = QImageWriter(str(part), QByteArray(b"png"))
    if not encoder.write(image):
        raise OSError(f"{path} can't be written: {encoder.errorString()}")
    os.replace(part, path)  # noqa: PTH105 - atomic on every platform
