"""A trend plot: several tags on one time axis, limits, gaps, and a cursor that reads values."""

import asyncio
import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk import LiveValue, ReplayApi, TrendData
from models.registry.kinds import Tag
from models.telemetry.ports import Quality
from models.times import from_us
from views.i18n import Retranslating
from views.kit import ViewKit
from views.monitor.plot.canvas import Dressing, PlotCanvas
from views.monitor.plot.decor import Band, Face, LimitLine
from views.monitor.plot.painting import Curve, Scale
from views.monitor.plot.pyramid import Pyramid
from views.widgets.states import EmptyState

_WINDOWS_S = (300.0, 600.0, 900.0, 1200.0, 1800.0)
_WINDOW_S = _WINDOWS_S[-1]
_REDRAW_MS = 500
_POINTS = 2000
_WITH_LIMITS = 2
_WHOLE_BANDS = 6
_READ_OUT = 8
_MARGIN = 0.12
_LOOSE = 2.0
_GAP_FACTOR, _MIN_GAP_S = 5.0, 10.0
_CURVE_TOKENS = ("plot.1", "plot.2", "plot.3", "plot.4", "plot.5", "plot.6")


class TrendPlot(Retranslating, QWidget):
    """Draws up to a few dozen tags of one window of time, live or at a replayed moment."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._desk = desk = kit.desk
        self._theme = theme = kit.theme
        self._zone = kit.wording.zone
        self._tags: list[Tag] = []
        self._pyramids: dict[str, Pyramid] = {}
        self._curves: tuple[Curve, ...] = ()
        self._scale = Scale(0.0, 1.0)
        self._dirty = False
        self._request = 0
        self._drawn_s = 0.0
        self._pointed_s: float | None = None
        self._held_s: float | None = None
        self._plot = PlotCanvas(Face(theme.color, theme.font, theme.px, self._zone))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._empty = EmptyState(kit.theme)
        layout.addWidget(self._empty)
        self._plot.hide()
        self._timer = QTimer(self, interval=_REDRAW_MS)
        self._timer.timeout.connect(self._on_redraw)
        self._timer.start()
        self._plot.pointed.connect(self._on_pointed)
        self._plot.clicked.connect(self._on_clicked)
        self._plot.resized.connect(self._draw_anew)
        desk.live_values.connect(self._on_live_values)
        desk.replay_changed.connect(self._on_replay_changed)
        theme.scheme_changed.connect(self._on_scheme_changed)
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
        self._forget()
        self._load(end_us)

    def _forget(self) -> None:
        """Begin without samples: what is shown next isn't what was shown."""
        self._held_s = None
        self._pyramids = {tag.key: Pyramid(_gap_s(tag)) for tag in self._tags}
        self._curves = ()

    def _load(self, end_us: int | None) -> None:
        if not self._tags:
            return
        to_us = end_us or self._now_us()
        from_us_ = to_us - int(_WINDOW_S * 1e6)
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
            pyramid = self._pyramids.get(one.tag_key)
            if pyramid is not None and len(one.times_us):
                pyramid.load(
                    np.asarray(one.times_us, np.float64) / 1e6,
                    np.asarray(one.values, np.float64),
                    np.asarray(one.qualities, np.uint8),
                )
        self._curves = ()  # other samples under the same moments: the picture is made anew
        self._draw_anew()
        self._on_redraw()

    def _now_us(self) -> int:
        """Return the moment on screen: the replay's when there is one."""
        replay = self._desk.replay
        return replay.now_us() if replay is not None else self._desk.clock.now_us()

    @Slot(object)
    def _on_replay_changed(self, replay: ReplayApi | None) -> None:
        """Read the history that ends at the moment on screen."""
        self._forget()
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
            pyramid = self._pyramids.get(value.tag_key)
            if pyramid is not None and pyramid.append(
                value.source_us / 1e6, value.value, value.quality
            ):
                self._dirty = True

    @Slot()
    def _draw_anew(self) -> None:
        """Draw with the next redraw, however little time has passed."""
        self._dirty, self._drawn_s = True, 0.0

    @Slot()
    def _on_redraw(self) -> None:
        """Draw when there is something new to see: it must have moved by a pixel at least."""
        if not self._dirty or not self.isVisible() or not self._tags:
            return
        now_s = self._now_us() / 1e6
        if 0 <= now_s - self._drawn_s < _WINDOW_S / max(self.width(), 1):
            return
        self._dirty, self._drawn_s = False, now_s
        window_s = self._window_s(now_s)
        for pyramid in self._pyramids.values():
            pyramid.trim(now_s - 2 * _WINDOW_S)
        self._fit(now_s - window_s, now_s)
        self._plot.show_live(self._curves, now_s, window_s)
        self._plot.dress(self._dressing(now_s - window_s, now_s))
        self._read_out()

    def _window_s(self, now_s: float) -> float:
        """Return how long the span is: an operation that just began isn't left of a void."""
        first = [float(p.times_s[0]) for p in self._pyramids.values() if p.times_s.size]
        known_s = 1.1 * (now_s - min(first)) if first else _WINDOW_S
        return next((each for each in _WINDOWS_S if each >= known_s), _WINDOW_S)

    def _fit(self, from_s: float, to_s: float) -> None:
        """Let the scale hold the curves and the limits of the first tags; else leave it."""
        reach = [each for p in self._pyramids.values() for each in p.reach(from_s, to_s)]
        limits = [limit.value for tag in self._tags[:_WITH_LIMITS] for limit in tag.limits]
        known = [value for value in (*reach, *limits) if math.isfinite(value)]
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
        if high <= low:
            low, high = low - 0.5, high + 0.5
        scale = self._scale
        fits = scale.low <= low and high <= scale.high
        if self._curves and fits and scale.high - scale.low < _LOOSE * (high - low):
            return
        margin = _MARGIN * (high - low)
        self._scale = Scale(low - margin, high + margin)
        color = self._theme.color
        self._curves = tuple(
            Curve(pyramid, self._scale, color(_CURVE_TOKENS[index % len(_CURVE_TOKENS)]))
            for index, pyramid in enumerate(self._pyramids.values())
        )

    def _dressing(self, from_s: float, to_s: float) -> Dressing:
        drawn: dict[tuple[str, float, str], LimitLine] = {}
        for tag in self._tags[:_WITH_LIMITS]:
            for limit in tag.limits:
                text = f"{limit.kind} {limit.value:g} {tag.unit}"
                above = limit.kind not in {"L", "LL"}
                line = LimitLine(limit.value, text, limit.priority, above)
                drawn.setdefault((limit.kind, limit.value, tag.unit), line)
        units = {tag.unit for tag in self._tags}
        return Dressing(
            scale=self._scale,
            unit=units.pop() if len(units) == 1 else "",
            limits=tuple(drawn.values()),
            bands=tuple(self._bands(from_s, to_s)),
        )

    def _bands(self, from_s: float, to_s: float) -> list[Band]:
        """Return missing and bad data; of many curves they would hide the others, so low ones."""
        found = []
        for tag in self._tags:
            for span in self._pyramids[tag.key].spans(from_s, to_s):
                if span.quality < Quality.BAD:
                    continue
                missing = span.quality == Quality.STALE
                word = self.tr("no data") if missing else self.tr("bad quality")
                text = word if len(self._tags) == 1 else f"{tag.key} {word}"
                whole = len(self._tags) <= _WHOLE_BANDS
                found.append(Band(span.from_s, span.to_s, text, whole))
        return found

    @Slot(object)
    def _on_pointed(self, time_s: float | None) -> None:
        self._pointed_s = time_s
        self._read_out()

    @Slot(float)
    def _on_clicked(self, time_s: float) -> None:
        """Hold a cursor there, or let it go: the other one tells the difference to it."""
        self._held_s = time_s if self._held_s is None else None
        self._read_out()

    def _read_out(self) -> None:
        """Write the values at the cursor; they follow while the plot is live."""
        held_s, at_s = self._held_s, self._pointed_s
        if at_s is None:
            self._plot.point(() if held_s is None else (held_s,), ())
            return
        first = from_us(int(at_s * 1e6)).astimezone(self._zone).strftime("%H:%M:%S")
        lines = [first if held_s is None else f"{first} · Δ {at_s - held_s:+.0f} s"]
        for tag in self._tags[:_READ_OUT]:
            value = self._pyramids[tag.key].value_at(at_s)
            line = f"{tag.key} {_text(value)} {tag.unit}".rstrip()
            if held_s is not None:
                before = self._pyramids[tag.key].value_at(held_s)
                line += f" · Δ {_text(value - before, '+')}"
            lines.append(line)
        self._plot.point((at_s,) if held_s is None else (held_s, at_s), lines)

    @Slot()
    def _on_scheme_changed(self) -> None:
        self._curves = ()
        self._draw_anew()
        self._plot.update()


def _text(value: float, sign: str = "") -> str:
    return "—" if math.isnan(value) else f"{value:{sign}.4g}"


def _gap_s(tag: Tag) -> float:
    """Return how far apart samples must be to have a gap between them [s]."""
    return max(_GAP_FACTOR * tag.period_s, _MIN_GAP_S)
