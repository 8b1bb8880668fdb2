"""A trend plot: several tags on one time axis, limits, gaps, and a cursor that reads values."""

import asyncio
import math
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk import LiveValue, ReplayApi, TrendData
from models.registry.kinds import Tag
from models.times import from_us
from views.i18n import Retranslating
from views.kit import ViewKit
from views.monitor.series import Series
from views.widgets.states import EmptyState

_WINDOW_S = 1800.0
_LEAST_WINDOW_S = 300.0
_REDRAW_MS = 500
_POINTS = 2000
_WITH_LIMITS = 2
# Side by side, so that limits close to each other stay legible.
_FOOT = 0.25  # a limit in the lowest quarter has its label above the line
_LABEL_AT = {"HH": 0.03, "H": 0.14, "L": 0.25, "LL": 0.36}
_CURVE_TOKENS = ("plot.1", "plot.2", "plot.3", "plot.4", "plot.5", "plot.6")
_LIMIT_TOKENS = {1: "alarm.critical", 2: "alarm.high", 3: "alarm.medium", 4: "alarm.low"}


class _TimeAxis(pg.AxisItem):  # type: ignore[misc]
    """Local times of the site."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__(orientation="bottom")
        self._zone = zone

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        """Return HH:MM, with seconds when the ticks are closer than a minute."""
        form = "%H:%M" if spacing >= 60 else "%H:%M:%S"
        return [from_us(int(v * 1e6)).astimezone(self._zone).strftime(form) for v in values]


class TrendPlot(Retranslating, QWidget):
    """Draws up to a few dozen tags of one window of time, live or at a replayed moment."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._desk = desk = kit.desk
        self._theme = theme = kit.theme
        self._zone = kit.wording.zone
        self._tags: list[Tag] = []
        self._series: dict[str, Series] = {}
        self._curves: dict[str, pg.PlotDataItem] = {}
        self._decor: list[pg.GraphicsObject] = []
        self._window_s = _WINDOW_S
        self._dirty = False
        self._request = 0
        self._drawn_s = 0.0
        self._decorated: object = None
        self._plot = pg.PlotWidget(axisItems={"bottom": _TimeAxis(self._zone)}, enableMenu=False)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(x=False, y=False)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._readout = pg.TextItem(anchor=(1, 0))
        self._plot.addItem(self._cursor, ignoreBounds=True)
        self._plot.addItem(self._readout, ignoreBounds=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._empty = EmptyState(kit.theme)
        layout.addWidget(self._empty)
        self._plot.hide()
        self._timer = QTimer(self, interval=_REDRAW_MS)
        self._timer.timeout.connect(self._on_redraw)
        self._timer.start()
        self._plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        desk.live_values.connect(self._on_live_values)
        desk.replay_changed.connect(self._on_replay_changed)
        theme.scheme_changed.connect(self._on_scheme_changed)
        self._on_scheme_changed()
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._plot.setAccessibleName(self.tr("Trend"))
        self._empty.say(
            self.tr("No tag chosen"), self.tr("Choose a situation, an alarm or a tag to see it.")
        )
        self._draw_anew()

    @property
    def tag_keys(self) -> tuple[str, ...]:
        """The tags shown."""
        return tuple(tag.key for tag in self._tags)

    def show_tags(self, tags: Sequence[Tag], end_us: int | None = None) -> None:
        """Show these tags; `end_us` None means up to now and live."""
        if end_us is None and [t.key for t in tags] == [t.key for t in self._tags]:
            return
        self._tags = list(tags)
        self._plot.setVisible(bool(tags))
        self._empty.setVisible(not tags)
        self._series = {tag.key: Series(tag.key, tag.period_s) for tag in tags}
        for curve in self._curves.values():
            self._plot.removeItem(curve)
        self._curves = {tag.key: self._plot.plot([], []) for tag in tags}
        self._color_curves()
        self._load(end_us)

    def _load(self, end_us: int | None) -> None:
        if not self._tags:
            return
        to_us = end_us or self._now_us()
        from_us_ = to_us - int(self._window_s * 1e6)
        self._request += 1
        request = self._request
        keys = [tag.key for tag in self._tags]
        future = self._desk.trend(keys, from_us_, to_us, _POINTS)

        def take(done: "asyncio.Future[tuple[TrendData, ...]]") -> None:
            if done.cancelled() or request != self._request:
                return
            if (error := done.exception()) is not None:
                self._desk.say(3, "history_failed", str(error))
            else:
                self._on_history(done.result())

        future.add_done_callback(take)

    def _on_history(self, data: Sequence[TrendData]) -> None:
        for one in data:
            if one.tag_key in self._series and len(one.times_us):
                self._series[one.tag_key].load(one)
        self._dirty, self._drawn_s = True, 0.0
        self._on_redraw()

    def _now_us(self) -> int:
        """Return the moment on screen: the replay's when there is one."""
        replay = self._desk.replay
        return replay.now_us() if replay is not None else self._desk.clock.now_us()

    @Slot(object)
    def _on_replay_changed(self, replay: ReplayApi | None) -> None:
        """Read the history that ends at the moment on screen."""
        self._series = {tag.key: Series(tag.key, tag.period_s) for tag in self._tags}
        if replay is not None:
            replay.moment.connect(self._on_replay_moment)
        self._load(None)

    @Slot(object)
    def _on_replay_moment(self, _situation: object) -> None:
        if self.isVisible():
            self._load(None)

    @Slot(object)
    def _on_live_values(self, values: Sequence[LiveValue]) -> None:
        if self._desk.replay is not None:
            return
        for value in values:
            series = self._series.get(value.tag_key)
            if series is not None and series.append(value):
                self._dirty = True

    def _draw_anew(self) -> None:
        """Draw everything with the next redraw, however little time has passed."""
        self._dirty, self._drawn_s, self._decorated = True, 0.0, None

    @Slot()
    def _on_redraw(self) -> None:
        """Draw when there is something new to see: it must have moved by a pixel at least."""
        if not self._dirty or not self.isVisible():
            return
        now_s = self._now_us() / 1e6
        if 0 <= now_s - self._drawn_s < self._window_s / max(self.width(), 1):
            return
        self._dirty, self._drawn_s = False, now_s
        for key, series in self._series.items():
            series.trim(now_s - 2 * self._window_s)
            self._curves[key].setData(*series.drawn(), connect="finite")
        self._plot.setXRange(self._start_s(now_s), now_s, padding=0)
        self._plot.setYRange(*self._value_range(), padding=0.12)
        self._decorate(now_s)

    def _start_s(self, now_s: float) -> float:
        """Return where the picture begins: an operation that just began isn't left of a void."""
        first = [series.times_s[0] for series in self._series.values() if series.times_s.size]
        known_s = now_s - float(min(first)) if first else self._window_s
        return now_s - min(max(known_s * 1.1, _LEAST_WINDOW_S), self._window_s)

    def _value_range(self) -> tuple[float, float]:
        """Return the range that holds the curves and the limits of the first tags."""
        drawn = [series.values for series in self._series.values() if series.values.size]
        seen = [float(v) for each in drawn for v in (_least(each), _most(each))]
        limits = [
            limit.value
            for tag in self._tags[:_WITH_LIMITS]
            for limit in tag.limits
            if limit.kind in _LABEL_AT
        ]
        known = [value for value in (*seen, *limits) if math.isfinite(value)]
        if not known:
            return 0.0, 1.0
        low, high = min(known), max(known)
        return (low, high) if high > low else (low - 0.5, high + 0.5)

    def _decorate(self, now_s: float) -> None:
        """Draw limits as labelled dashes and spans without data as labelled grey bands.

        They stay as they are until they differ: to make them costs more than all curves.
        """
        start_s = self._start_s(now_s)
        gaps = [gap for each in self._series.values() for gap in each.gaps() if gap[1] > start_s]
        top = self._plot.getViewBox().viewRange()[1][1] if gaps else 0.0
        low, high = self._value_range()
        foot = low + _FOOT * (high - low)
        limits = [tag.limits for tag in self._tags[:_WITH_LIMITS]]
        at_foot = [limit.value < foot for each in limits for limit in each]
        wanted = (limits, gaps, top, at_foot)
        if wanted == self._decorated:
            return
        self._decorated = wanted
        for item in self._decor:
            self._plot.removeItem(item)
        self._decor = []
        self._draw_limits(foot)
        self._draw_gaps(gaps, top)

    def _draw_limits(self, foot: float) -> None:
        drawn = set()
        for tag in self._tags[:_WITH_LIMITS]:
            for limit in tag.limits:
                if limit.kind not in _LABEL_AT:  # a rate or a count is no value of this axis
                    continue
                if (limit.kind, limit.value, tag.unit) in drawn:
                    continue
                drawn.add((limit.kind, limit.value, tag.unit))
                color = self._theme.color(_LIMIT_TOKENS[limit.priority])
                above = limit.kind in {"L", "LL"} or limit.value < foot
                side = (0, 1) if above else (0, 0)  # inside, never cut off
                line = pg.InfiniteLine(
                    pos=limit.value,
                    angle=0,
                    pen=pg.mkPen(color, width=1, style=Qt.PenStyle.DashLine),
                    label=f"{limit.kind} {limit.value:g} {tag.unit}",
                    labelOpts={
                        "position": _LABEL_AT[limit.kind],
                        "color": color,
                        "fill": self._theme.color("pane"),  # no other limit's line through it
                        "anchors": [side, side],
                    },
                )
                self._add(line)

    def _draw_gaps(self, gaps: Sequence[tuple[float, float]], top: float) -> None:
        band, color = self._theme.color("plot.gap"), self._theme.color("text3")
        for from_s, to_s in gaps:
            region = pg.LinearRegionItem(
                (from_s, to_s), movable=False, brush=band, pen=pg.mkPen(None)
            )
            region.setZValue(-10)
            self._add(region)
            label = pg.TextItem(self.tr("no data"), color=color, anchor=(0.5, 0))
            label.setPos((from_s + to_s) / 2, top)
            self._add(label)

    def _add(self, item: pg.GraphicsObject) -> None:
        self._plot.addItem(item, ignoreBounds=not isinstance(item, pg.InfiniteLine))
        self._decor.append(item)

    @Slot(object)
    def _on_mouse_moved(self, position: QPointF) -> None:
        if not self._plot.sceneBoundingRect().contains(position):
            return
        at = self._plot.getViewBox().mapSceneToView(position)
        self._cursor.setPos(at.x())
        moment = from_us(int(at.x() * 1e6)).astimezone(self._zone)
        parts = [moment.strftime("%H:%M:%S")]
        for tag in self._tags[:8]:
            value = self._series[tag.key].value_at(at.x())
            shown = "—" if math.isnan(value) else f"{value:.4g} {tag.unit}"
            parts.append(f"{tag.key} {shown}")
        self._readout.setText("  ·  ".join(parts))
        left, right = self._plot.getViewBox().viewRange()[0]
        self._readout.setAnchor((1, 0) if at.x() > (left + right) / 2 else (0, 0))
        self._readout.setPos(at.x(), self._plot.getViewBox().viewRange()[1][1])

    @Slot()
    def _on_scheme_changed(self) -> None:
        color = self._theme.color
        self._plot.setBackground(color("pane"))
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setStyle(maxTickLevel=1, maxTextLevel=0)  # finer ones cost more than the curves
            axis.setPen(pg.mkPen(color("line")))
            axis.setTextPen(pg.mkPen(color("text2")))
        self._cursor.setPen(pg.mkPen(color("text3"), width=1))
        self._readout.setColor(color("text1"))
        self._color_curves()
        self._draw_anew()

    def _color_curves(self) -> None:
        for index, key in enumerate(self._curves):
            token = _CURVE_TOKENS[index % len(_CURVE_TOKENS)]
            self._curves[key].setPen(pg.mkPen(self._theme.color(token), width=1))


def _least(values: npt.NDArray[np.float64]) -> float:
    return float(np.fmin.reduce(values))


def _most(values: npt.NDArray[np.float64]) -> float:
    return float(np.fmax.reduce(values))
