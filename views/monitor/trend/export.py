"""A trend as a picture or as a table: what is on screen, whose it is, and in which mode."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QRect, Qt, Slot
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from app.desk import TrendData
from models.operation.events.base import Event
from models.registry.kinds import Tag
from models.telemetry.ports import Quality
from models.times import SECOND_US
from views.event_lines import EventLines
from views.kit import ViewKit
from views.monitor.trend_plot import TrendPlot
from views.wording import Wording

_ROWS = 1_000_000
_MOST_POINTS = 100_000
Row = tuple[object, ...]


class TrendExport(QObject):
    """Asks where to, reads what is needed, and writes on a reader thread."""

    def __init__(self, kit: ViewKit, plot: TrendPlot, page: QWidget) -> None:
        super().__init__(page)
        self._kit, self._plot, self._page = kit, plot, page
        self._lines = EventLines(kit.desk, kit.wording)

    def head(self, source: str) -> str:
        """Return what stands over an export: the mode, the hazard source, the span."""
        local = self._kit.wording.local
        from_s, to_s = self._plot.bounds
        ends = [f"{local(int(each * SECOND_US)):%Y-%m-%d %H:%M:%S}" for each in (from_s, to_s)]
        mode = self._kit.wording.mode(self._kit.desk.situation.mode)
        span = self.tr("{from_time} to {to_time}").format(from_time=ends[0], to_time=ends[1])
        return " · ".join(part for part in (mode, source, span) if part)

    def save_picture(self, shown: QWidget, source: str) -> None:
        """Ask for a file and write a picture of what is shown, in its colours."""
        path = self._ask("png")
        if path is None:
            return
        image = with_head(
            shown.grab().toImage(), self.head(source), self._kit, shown.devicePixelRatioF()
        )

        def write() -> None:
            if not image.save(str(path), "PNG"):  # type: ignore[call-overload]
                raise OSError(str(path))

        self._kit.desk.in_reader(write).add_done_callback(partial(self._on_written, path))

    def save_table(self, events: Sequence[Event], source: str) -> None:
        """Ask for a file and write the samples and events of the span."""
        path = self._ask("csv")
        if path is None:
            return
        tags, (from_s, to_s) = self._plot.tags, self._plot.bounds
        span_us = int(from_s * SECOND_US), int(to_s * SECOND_US)
        points = max(min(_ROWS // max(len(tags), 1), _MOST_POINTS), 1)
        told = [
            (event.event_time_us, self._lines.line(event))
            for event in events
            if span_us[0] <= event.event_time_us <= span_us[1]
        ]
        head = [[self.head(source)], self._titles()]
        if any((to_s - from_s) / max(tag.period_s, 1e-3) > 2 * points for tag in tags):
            head[0].append(self.tr("Thinned out: lowest, highest and last values are kept"))
        future = self._kit.desk.trend([tag.key for tag in tags], *span_us, points)
        future.add_done_callback(partial(self._on_read, path, tags, head, told))

    def _on_read(
        self,
        path: Path,
        tags: Sequence[Tag],
        head: list[list[str]],
        told: list[tuple[int, str]],
        done: "asyncio.Future[tuple[TrendData, ...]]",
    ) -> None:
        if not isValid(self) or done.cancelled():
            return
        if (error := done.exception()) is not None:
            self._kit.desk.say(3, "history_failed", str(error))
            return
        data, wording, words = done.result(), self._kit.wording, self._qualities()

        def write() -> None:
            from app.exchange.plain_table import write_table  # brings the readers of workbooks

            write_table(path, [*head, *table_rows(data, tags, told, words, wording)])

        self._kit.desk.in_reader(write).add_done_callback(partial(self._on_written, path))

    def _titles(self) -> list[str]:
        return [
            self.tr("Time"), self.tr("Tag"), self.tr("Value"), self.tr("Unit"), self.tr("Quality"),
            self.tr("Event"),
        ]  # fmt: skip

    def _qualities(self) -> tuple[str, ...]:
        return (
            self.tr("good"), self.tr("uncertain"), self.tr("bad quality"), self.tr("no data"),
        )  # fmt: skip

    def _ask(self, ending: str) -> Path | None:
        moment = self._kit.wording.local(int(self._plot.bounds[1] * SECOND_US))
        name = f"trend {moment:%Y%m%d-%H%M%S}.{ending}"
        title = self.tr("Export the trend")
        path, _ = QFileDialog.getSaveFileName(self._page, title, name, f"*.{ending}")
        return Path(path) if path else None

    @Slot(object)
    def _on_written(self, path: Path, done: "asyncio.Future[None]") -> None:
        if done.cancelled() or not isValid(self):
            return
        if (error := done.exception()) is not None:
            self._kit.desk.say(3, "trend_not_exported", str(error))
        else:
            self._kit.desk.say(4, "trend_exported", str(path))


def with_head(image: QImage, head: str, kit: ViewKit, ratio: float) -> QImage:
    """Return a picture with a line over it; it is as sharp as the screen it came from."""
    theme = kit.theme
    room = theme.px(28)
    found = QImage(image.width(), image.height() + round(room * ratio), QImage.Format.Format_RGB32)
    found.setDevicePixelRatio(ratio)
    found.fill(theme.color("plot.background"))
    painter = QPainter(found)
    painter.setFont(theme.font(13))
    painter.setPen(theme.color("text1"))
    wide = round(image.width() / ratio)
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(QRect(theme.px(8), 0, wide - theme.px(16), room), middle, head)
    painter.drawImage(0, room, image)
    painter.end()
    return found


def table_rows(
    data: Sequence[TrendData],
    tags: Sequence[Tag],
    told: Iterable[tuple[int, str]],
    qualities: Sequence[str],
    wording: Wording,
) -> Iterator[Row]:
    """Yield samples and events in the order of time; times in the site's zone with its offset."""
    units = {tag.key: tag.unit for tag in tags}
    rows: list[tuple[int, Row]] = [(at_us, ("", "", "", "", line)) for at_us, line in told]
    for one in data:
        known = np.isfinite(np.asarray(one.values, np.float64))
        columns = zip(one.times_us, one.values, one.qualities, known.tolist(), strict=True)
        for at_us, value, quality, is_known in columns:
            word = qualities[min(quality, int(Quality.STALE))]
            shown: object = value if is_known else ""
            rows.append((at_us, (one.tag_key, shown, units.get(one.tag_key, ""), word, "")))
    rows.sort(key=lambda row: row[0])
    for at_us, row in rows:
        yield (wording.local(at_us).isoformat(timespec="milliseconds"), *row)
