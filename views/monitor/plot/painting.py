"""Curves into a picture: one line of a pixel per curve, without axes and without text.

It touches no widget, so a whole picture can be painted on a worker.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from shiboken6 import Shiboken

from views.monitor.plot.pyramid import Columns, Pyramid

_BYTES_PER_POINT = 16
_FAR = 3
_NUMBERS = 256


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of time that a picture shows: `width` columns of `step_s` [s] from `from_s` on."""

    from_s: float
    step_s: float
    width: int
    height: int

    @property
    def to_s(self) -> float:
        """Where it ends [s since 1970 UTC]."""
        return self.from_s + self.step_s * self.width

    def column(self, time_s: float) -> int:
        """Return the column of a moment, also outside the picture."""
        return int(np.floor((time_s - self.from_s) / self.step_s))

    def x(self, time_s: float) -> float:
        """Return where a moment lies [px]."""
        return (time_s - self.from_s) / self.step_s

    def time_s(self, x: float) -> float:
        """Return the moment at a place [px]."""
        return self.from_s + x * self.step_s


def span_frame(from_s: float, to_s: float, width: int, height: int) -> Frame:
    """Return the frame that shows a span; from < to."""
    return Frame(from_s, (to_s - from_s) / max(width, 1), max(width, 1), max(height, 1))


def live_frame(now_s: float, window_s: float, width: int, height: int) -> Frame:
    """Return the frame whose last column holds the present; it moves by whole columns."""
    width = max(width, 1)
    step_s = window_s / width
    return Frame((np.floor(now_s / step_s) - (width - 1)) * step_s, step_s, width, max(height, 1))


@dataclass(frozen=True, slots=True)
class Scale:
    """The values at the foot and at the top of a picture; low < high."""

    low: float
    high: float

    def y(self, values: npt.NDArray[np.float64], height: int) -> npt.NDArray[np.float64]:
        """Return rows [px], kept near the picture so that no number is too large to draw."""
        rows = (self.high - values) / (self.high - self.low) * (height - 1)
        return np.clip(rows, -2.0, height + 1.0)

    def row(self, value: float, height: int) -> float:
        """Return the row of one value [px], wherever it is."""
        return (self.high - value) / (self.high - self.low) * (height - 1)


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve to paint."""

    pyramid: Pyramid
    scale: Scale
    color: QColor


def painted(curves: Sequence[Curve], frame: Frame) -> QImage:
    """Return the whole picture of a frame."""
    # A column lies together in memory, one byte a cell: the number of the curve seen there.
    turned = QImage(frame.height, frame.width, QImage.Format.Format_Grayscale8)
    turned.fill(0)
    colors = np.zeros(_NUMBERS, np.uint32)
    sparse = []
    painter = QPainter(turned)
    painter.setPen(Qt.PenStyle.NoPen)
    for number, curve in enumerate(curves, 1):
        columns = curve.pyramid.columns(frame.from_s, frame.step_s, frame.width)
        known = np.flatnonzero(np.isfinite(columns.low))
        cut = _cut(columns, known)
        if number >= _NUMBERS or not _is_dense(known, cut):
            sparse.append(curve)
            continue
        colors[number] = curve.color.rgba()
        painter.setBrush(QColor(number, number, number))
        _draw(painter, _runs(columns, known, cut, curve.scale, frame.height, turned=True))
    painter.end()
    numbers = np.frombuffer(turned.constBits(), np.uint8).reshape(frame.width, -1)
    seen = QImage(frame.width, frame.height, QImage.Format.Format_Indexed8)
    seen.setColorTable(colors.tolist())
    cells = np.frombuffer(seen.bits(), np.uint8).reshape(frame.height, -1)
    cells[:, : frame.width] = numbers[:, : frame.height].T
    image = seen.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    for curve in sparse:
        paint_curve(painter, curve, frame, 0, frame.width)
    painter.end()
    return image


def _is_dense(known: npt.NDArray[np.intp], cut: npt.NDArray[np.bool_]) -> bool:
    """Return whether no line spans a column without samples."""
    return bool(((np.diff(known) == 1) | cut[1:]).all())


def _runs(
    columns: Columns,
    known: npt.NDArray[np.intp],
    cut: npt.NDArray[np.bool_],
    scale: Scale,
    height: int,
    first: int = 0,
    *,
    turned: bool = False,
) -> npt.NDArray[np.int32]:
    """Return the corners of what to fill, as `QRect` holds them: extremes up to the neighbour's."""
    top = np.rint(scale.y(columns.high[known], height))
    foot = np.rint(scale.y(columns.low[known], height))
    joined = np.flatnonzero(~cut[1:]) + 1
    reach_up, reach_down = foot[joined - 1] + 1, top[joined - 1] - 1
    top[joined] = np.minimum(top[joined], reach_up)
    foot[joined] = np.maximum(foot[joined], reach_down)
    corners = np.empty((known.size, 4), np.int32)
    along, across = (0, 1) if turned else (1, 0)
    corners[:, along], corners[:, along + 2] = top, foot
    corners[:, across] = corners[:, across + 2] = known + first
    return corners


def _draw(painter: QPainter, corners: npt.NDArray[np.int32]) -> None:
    """Fill rectangles from their memory: made one by one they would cost more than all else."""
    if len(corners):
        first: Any = Shiboken.wrapInstance(corners.ctypes.data, QRect)
        painter.drawRects(first, len(corners))


def repaint_from(image: QImage, curves: Sequence[Curve], frame: Frame, first: int) -> None:
    """Paint the columns from `first` on again."""
    first = max(first, 0)
    area = QRect(first, 0, frame.width - first, frame.height)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.fillRect(area, Qt.GlobalColor.transparent)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setClipRect(area)
    for curve in curves:
        paint_curve(painter, curve, frame, max(first - 2, 0), frame.width)
    painter.end()


def scroll(image: QImage, columns: int) -> None:
    """Move the picture to the left by whole columns; what comes in on the right is stale."""
    rows = np.frombuffer(image.bits(), np.uint32).reshape(image.height(), -1)
    rows[:, :-columns] = rows[:, columns:].copy()


def paint_curve(painter: QPainter, curve: Curve, frame: Frame, first: int, past: int) -> None:
    """Paint the columns [first, past) of a curve and the lines that lead in and out of them."""
    first, past = _with_neighbours(curve, frame, first, past)
    from_s = frame.from_s + first * frame.step_s
    columns = curve.pyramid.columns(from_s, frame.step_s, past - first)
    known = np.flatnonzero(np.isfinite(columns.low))
    if known.size == 0:
        return
    cut = _cut(columns, known)
    if _is_dense(known, cut):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(curve.color)
        _draw(painter, _runs(columns, known, cut, curve.scale, frame.height, first))
        return
    painter.setPen(QPen(curve.color, 1))
    points = _points(columns, known, curve.scale, frame.height, first)
    cuts = np.flatnonzero(cut)
    for start, stop in zip([0, *cuts.tolist()], [*cuts.tolist(), known.size], strict=True):
        if stop > start:
            painter.drawPolyline(_polygon(points[2 * start : 2 * stop]))
            x, y = np.rint(points[2 * stop - 1])
            painter.drawPoint(int(x), int(y))  # a line leaves its last cell out


def _with_neighbours(curve: Curve, frame: Frame, first: int, past: int) -> tuple[int, int]:
    """Return the columns up to the nearest samples outside, if they aren't too far away."""
    times = curve.pyramid.times_s
    bounds_s = [frame.from_s + column * frame.step_s for column in (first, past)]
    before, after = np.searchsorted(times, bounds_s)
    if before > 0:
        column = frame.column(float(times[before - 1]))
        first = min(first, max(column, first - _FAR * frame.width))
    if after < times.size:
        column = frame.column(float(times[after]))
        past = max(past, min(column + 1, past + _FAR * frame.width))
    return first, past


def _cut(columns: Columns, known: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Return where a line begins anew: a cut column, or one of unknown values just before."""
    cut = np.zeros(known.size, bool)
    if columns.starts.any():
        cut[1:] = np.diff(np.cumsum(columns.starts)[known]) > 0
    return cut


def _points(
    columns: Columns, known: npt.NDArray[np.intp], scale: Scale, height: int, first: int
) -> npt.NDArray[np.float64]:
    """Return two points a column, its extremes in turns, so that the line goes to and fro."""
    low, high = scale.y(columns.low[known], height), scale.y(columns.high[known], height)
    points = np.empty((known.size, 2, 2))
    points[:, :, 0] = (known + first)[:, None]
    points[0::2, 0, 1], points[0::2, 1, 1] = low[0::2], high[0::2]
    points[1::2, 0, 1], points[1::2, 1, 1] = high[1::2], low[1::2]
    return points.reshape(-1, 2)


def _polygon(points: npt.NDArray[np.float64]) -> QPolygonF:
    polygon = QPolygonF()
    polygon.resize(len(points))
    pointer: Any = Shiboken.VoidPtr
    memory = pointer(polygon.data(), len(points) * _BYTES_PER_POINT, True)
    np.frombuffer(memory, np.float64)[:] = np.rint(points).ravel()
    return polygon
