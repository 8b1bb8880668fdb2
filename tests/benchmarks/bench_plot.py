"""The live plot beside plain pyqtgraph, in the same run and in one window of 1600×900.

A frame takes one new sample for each of 64 curves and ends when the window is painted. Plain is
`setData` of all samples; the second yardstick lets pyqtgraph clip to the view and downsample to
peaks by itself. All sides have axes, a fixed scale and pens of one pixel. After a zoom both
redraw everything: pyqtgraph what it holds already, ours from the wish until the worker's picture
is on the window.
"""

from functools import partial
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.benchmarks.ratio import ROUNDS, Row, seconds
from views.monitor.plot.canvas import Dressing, PlotCanvas
from views.monitor.plot.decor import Axis, Face
from views.monitor.plot.painting import Curve, Scale
from views.monitor.plot.pyramid import Pyramid
from views.theme import Theme

CURVES = 64
DAY, HOUR = 86_400, 3_600
_FRAMES, _PLAIN_FRAMES, _MANY_FRAMES = 40, 2, 300
_COLORS = ("#e4ebf1", "#5aa9ff", "#56c08d", "#c79bff", "#ff9fbf", "#7fd6d6")
_LOW, _HIGH = 0.0, 100.0
Floats = npt.NDArray[np.float64]


def _samples(count: int) -> Floats:
    rng = np.random.default_rng(4)
    times = np.arange(count)
    waves = [50 + 35 * np.sin(times / 4000 + curve) for curve in range(CURVES)]
    return np.array([wave + rng.normal(0, 2, count) for wave in waves])


class _Ours:
    def __init__(self, window: QMainWindow, theme: Theme, count: int) -> None:
        face = Face(theme.color, theme.font, theme.px, ZoneInfo("Asia/Shanghai"))
        self._values, self._now, self._count = _samples(count + _MANY_FRAMES), count, count
        self.canvas = PlotCanvas(face)
        self.curves = []
        for number, values in enumerate(self._values):
            pyramid = Pyramid(10.0)
            good = np.zeros(count, np.uint8)
            pyramid.load(np.arange(count, dtype=np.float64), values[:count], good)
            color = QColor(_COLORS[number % len(_COLORS)])
            self.curves.append(Curve(pyramid, Scale(_LOW, _HIGH), color))
        self.canvas.dress(Dressing(axes=(Axis(Scale(_LOW, _HIGH)),)))
        window.setCentralWidget(self.canvas)
        QApplication.processEvents()
        self.frame()
        self._wait()

    def _wait(self) -> None:
        while self.canvas.picture.busy:
            loop = QEventLoop()
            self.canvas.picture.changed.connect(loop.quit)
            loop.exec()
        self.canvas.repaint()

    def frame(self) -> None:
        now = self._now
        for curve, values in zip(self.curves, self._values, strict=True):
            curve.pyramid.append(float(now), float(values[now % values.size]), 0)
        self._now += 1
        self.canvas.show_live(self.curves, float(now), float(self._count))
        self.canvas.repaint()

    def zoom(self, share: float) -> None:
        self.canvas.show_span(self.curves, self._now - share * self._count, float(self._now))
        self._wait()


class _Plain:
    def __init__(self, window: QMainWindow, count: int, *, reduce: bool) -> None:
        import pyqtgraph as pg

        self.values, self._now, self._count = _samples(count), count, count
        self._plot = pg.PlotWidget()
        self._plot.disableAutoRange()
        self._plot.setYRange(_LOW, _HIGH, padding=0)
        if reduce:
            self._plot.setClipToView(True)
            self._plot.setDownsampling(auto=True, mode="peak")
        self._times = np.arange(count, dtype=np.float64)
        pens = [pg.mkPen(color, width=1) for color in _COLORS]
        self._curves = [self._plot.plot(pen=pens[n % len(pens)]) for n in range(CURVES)]
        window.setCentralWidget(self._plot)
        QApplication.processEvents()
        self.frame()

    def frame(self) -> None:
        self._times += 1.0
        for curve, values in zip(self._curves, self.values, strict=True):
            values[:-1] = values[1:]
            curve.setData(self._times, values)
        self._plot.setXRange(self._times[0], self._times[-1], padding=0)
        self._plot.viewport().repaint()

    def zoom(self, share: float) -> None:
        last = self._times[-1]
        self._plot.setXRange(last - share * self._count, last, padding=0)
        self._plot.viewport().repaint()


def _frames(side: _Ours | _Plain, count: int) -> None:
    for _ in range(count):
        side.frame()


def _best(side: _Ours | _Plain, frames: int) -> float:
    return min(seconds(partial(_frames, side, frames)) for _ in range(ROUNDS)) / frames


def _zooms(side: _Ours | _Plain) -> float:
    """Return the best time of a zoom out to almost all samples."""
    side.zoom(0.5)
    return min(seconds(partial(side.zoom, share)) for share in (0.97, 0.98, 0.99))


def rows() -> list[Row]:
    """Measure all sides in one window; every figure is the best of three rounds."""
    QApplication.instance() or QApplication([])
    theme = Theme("dark", scale=1.0)
    window = QMainWindow()
    window.resize(1600, 900)
    window.show()
    ours = _Ours(window, theme, DAY)
    live_s, zoom_s = _best(ours, _FRAMES), _zooms(ours)
    found = {}
    for name, reduce in (("plain", False), ("auto", True)):
        side = _Plain(window, DAY, reduce=reduce)
        found[name] = _best(side, _PLAIN_FRAMES), _zooms(side)
    hour = _Ours(window, theme, HOUR)
    each_ms = [seconds(hour.frame) * 1e3 for _ in range(_MANY_FRAMES)]
    p95 = float(np.percentile(each_ms, 95))
    window.close()
    plain_s, auto_s = found["plain"][0], found["auto"][0]
    note = f"ours {live_s * 1e3:.1f} ms, plain {plain_s * 1e3:.0f} ms, auto {auto_s * 1e3:.0f} ms"
    zoom_note = f"ours {zoom_s * 1e3:.0f} ms, plain {found['plain'][1] * 1e3:.0f} ms"
    return [
        Row(
            "plot: live 64×86,400, plain setData", plain_s / live_s, 60, more_is_better=True,
            note=note,
        ),
        Row("plot: live 64×86,400, auto-downsampling", auto_s / live_s, 25, more_is_better=True),
        Row("plot: live 64×3,600, p95", p95, 33.0, "ms", note=f"worst {max(each_ms):.0f} ms"),
        Row(
            "plot: redraw after a zoom, plain", found["plain"][1] / zoom_s, 12,
            more_is_better=True, note=zoom_note,
        ),
    ]  # fmt: skip
