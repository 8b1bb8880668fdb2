"""A trend plot: tags on one time axis, limits, missing data, cursors; live, paused or of then."""

import math
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk import GatewayState, LiveValue, ReplayApi
from models.registry.kinds import Tag
from views.i18n import Retranslating
from views.kit import ViewKit
from views.monitor.plot.canvas import PlotCanvas
from views.monitor.plot.decor import Face, Mark
from views.monitor.trend.cursors import Cursors
from views.monitor.trend.curves import TrendCurves
from views.monitor.trend.dress import Subject, TrendDress
from views.monitor.trend.overlay import Overlay, Then
from views.monitor.trend.readout import readout
from views.monitor.trend.samples import Samples, Wish
from views.monitor.trend.span import TrendSpan
from views.widgets.states import EmptyState

_REDRAW_MS = 500
_WITH_LIMITS = 2
_NEAR_PX = 4
_READ_OUT = 8


class TrendPlot(Retranslating, QWidget):
    """Draws up to 64 tags of a span of time.

    Signals: span_changed(): another span, or live or not; drawn(): other values are on screen;
    pointed(): a cursor is elsewhere.
    """

    span_changed = Signal()
    drawn = Signal()
    pointed = Signal()

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._desk = desk = kit.desk
        self._theme = theme = kit.theme
        self._wording = kit.wording
        self._tags: list[Tag] = []
        self._chosen: Tag | None = None
        self._samples = Samples(desk, self)
        self._overlay = Overlay(desk, self)
        self._curves = TrendCurves(theme)
        self._dress = TrendDress(self)
        self._span = TrendSpan()
        self._cursors = Cursors()
        self._marks: tuple[Mark, ...] = ()
        self.reads_out = _READ_OUT
        self._is_connected = desk.gateway.connected
        self._dirty = False
        self._drawn_s = 0.0
        self.canvas = PlotCanvas(Face(theme.color, theme.font, theme.px, kit.wording.zone))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self._empty = EmptyState(kit.theme)
        layout.addWidget(self._empty)
        self.canvas.hide()
        self._timer = QTimer(self, interval=_REDRAW_MS)
        self._timer.timeout.connect(self._on_redraw)
        self._timer.start()
        self.canvas.pointed.connect(self._on_pointed)
        self.canvas.clicked.connect(self._on_clicked)
        self.canvas.resized.connect(self._draw_anew)
        self._samples.changed.connect(self._on_samples_changed)
        self._overlay.samples.changed.connect(self._on_samples_changed)
        desk.live_values.connect(self._on_live_values)
        desk.replay_changed.connect(self._on_replay_changed)
        desk.gateway_state.connect(self._on_gateway_state)
        theme.scheme_changed.connect(self._on_scheme_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.canvas.setAccessibleName(self.tr("Trend"))
        self._empty.say(
            self.tr("No tag chosen"), self.tr("Choose a situation, an alarm or a tag to see it.")
        )
        self._draw_anew()

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags shown."""
        return tuple(self._tags)

    @property
    def chosen(self) -> Tag | None:
        """The tag whose curve stands out."""
        return self._chosen

    @property
    def span(self) -> TrendSpan:
        """Which part of time is shown."""
        return self._span

    @property
    def cursors(self) -> Cursors:
        """Where the cursors are."""
        return self._cursors

    @property
    def bounds(self) -> tuple[float, float]:
        """The ends of what is shown [s since 1970 UTC]."""
        return self._span.bounds(self.now_s())

    def now_s(self) -> float:
        """Return the moment on screen [s]: the replay's when there is one."""
        replay = self._desk.replay
        now_us = replay.now_us() if replay is not None else self._desk.clock.now_us()
        return float(now_us / 1e6)

    def value_at(self, tag: Tag, time_s: float) -> float:
        """Return a tag's value at a moment; NaN where none is known."""
        pyramid = self._samples.pyramids.get(tag.key)
        return math.nan if pyramid is None else pyramid.value_at(time_s)

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show these tags; those that are shown already keep the span."""
        if list(tags) == self._tags:
            return
        if not self._tags:
            self._span = TrendSpan()
        self._tags = list(tags)
        if self._chosen is not None:
            keys = {tag.key: tag for tag in tags}
            self._chosen = keys.get(self._chosen.key)
        self.canvas.setVisible(bool(tags))
        self._empty.setVisible(not tags)
        self._begin()

    def choose(self, tag: Tag | None) -> None:
        """Let one curve stand out, with its limits and its axis first."""
        if tag != self._chosen:
            self._chosen = tag
            self._curves.forget()
            self._redraw_now()

    # The span

    def show_span(self, span: TrendSpan) -> None:
        """Show another part of time."""
        if span == self._span:
            return
        self._span = span
        self._want()
        self._redraw_now()
        self.span_changed.emit()

    def pan(self, share: float) -> None:
        """Move by a share of what is shown, < 0 to the past."""
        self.show_span(self._span.panned(share, self.now_s()))

    def zoom(self, factor: float, at_s: float | None = None) -> None:
        """Show `factor` times as much; the moment stays in its place, else a cursor's."""
        at_s = self._cursors.at_s if at_s is None else at_s
        self.show_span(self._span.zoomed(factor, self.now_s(), at_s))

    def pause(self) -> None:
        """Stand still, or go on with the present."""
        if self._span.is_live:
            self.show_span(self._span.paused(self.now_s()))
        else:
            self.show_span(self._span.live())

    def go_live(self) -> None:
        """Show the present, as long as a trend is at first."""
        self.show_span(TrendSpan())

    # Another span under it

    @property
    def then(self) -> Then | None:
        """What lies under the trend."""
        return self._overlay.then

    def show_then(self, then: Then | None) -> None:
        """Put another span of time under the trend, or none."""
        self._overlay.show(then, self.tags)
        self._curves.forget()
        self._redraw_now()
        self.span_changed.emit()

    def value_then(self, tag: Tag, time_s: float) -> float:
        """Return what a tag's value was in the span that lies under a moment; NaN for unknown."""
        pyramid = self._overlay.samples.pyramids.get(tag.key)
        return math.nan if pyramid is None or self.then is None else pyramid.value_at(time_s)

    # The cursors

    def move_cursor(self, share: float) -> None:
        """Move the cursor by a share of what is shown."""
        from_s, to_s = self.bounds
        self._set_cursors(self._cursors.moved(share * (to_s - from_s), from_s, to_s))

    def hold_cursor(self) -> None:
        """Hold the cursor there, or let it go: the other one tells the difference to it."""
        self._set_cursors(self._cursors.holding(self._cursors.at_s))

    def drop_cursors(self) -> None:
        """Take all cursors away."""
        self._set_cursors(Cursors())

    def place_cursor(self, time_s: float) -> None:
        """Put the cursor at a moment."""
        self._set_cursors(replace(self._cursors, pointed_s=None, placed_s=time_s))

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show what happened, in ascending order."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self._redraw_now()

    def jump(self, by: int) -> None:
        """Put the cursor at the next mark on screen, or at the one before."""
        from_s, to_s = self.bounds
        places = sorted({m.from_s for m in self._marks if from_s <= m.from_s <= to_s})
        at_s = self._cursors.at_s
        if by > 0:
            places = [place for place in places if at_s is None or place > at_s]
        else:
            places = [place for place in places if at_s is None or place < at_s][::-1]
        if places:
            self.place_cursor(places[0])

    def _set_cursors(self, cursors: Cursors) -> None:
        self._cursors = cursors
        self._read_out()
        self.pointed.emit()

    @Slot(object)
    def _on_pointed(self, time_s: float | None) -> None:
        self._set_cursors(self._cursors.pointing(time_s))

    @Slot(float)
    def _on_clicked(self, time_s: float) -> None:
        self._set_cursors(self._cursors.holding(time_s))

    # Samples

    def _begin(self) -> None:
        """Begin without samples: what is shown next isn't what was shown."""
        self._samples.show_tags(self._tags)
        self._overlay.show_tags(self.tags)
        self._curves.forget(scales=True)
        self._want()
        self._redraw_now()
        self.span_changed.emit()

    def _want(self, *, anew: bool = False) -> None:
        from_s, to_s = self.bounds
        live = self._span.is_live
        if live and not self._span.by_hand:
            from_s = to_s - TrendSpan().window_s
        self._samples.want(Wish(from_s, to_s, live), self.now_s(), anew=anew)

    @Slot()
    def _on_samples_changed(self) -> None:
        self._curves.forget()  # other samples under the same moments: the picture is made anew
        self._redraw_now()

    @Slot(object)
    def _on_replay_changed(self, replay: ReplayApi | None) -> None:
        """Read the history that ends at the moment on screen."""
        self._span, self._cursors = TrendSpan(), Cursors()
        self._samples.forget()
        self._overlay.show(None, self.tags)
        if replay is not None:
            replay.moment.connect(self._on_replay_moment)
        self._begin()

    @Slot(object)
    def _on_replay_moment(self, _situation: object) -> None:
        if self.isVisible() and self._span.is_live:
            self._want(anew=True)

    @Slot(object)
    def _on_gateway_state(self, state: GatewayState) -> None:
        """Read what was missed while the gateway was away."""
        if state.connected and not self._is_connected and self._tags:
            self._want(anew=True)
        self._is_connected = state.connected

    @Slot(object)
    def _on_live_values(self, values: Sequence[LiveValue]) -> None:
        if self._desk.replay is None and self._samples.take(values):
            self._dirty = True

    # Drawing

    @Slot()
    def _draw_anew(self) -> None:
        """Draw with the next redraw, however little time has passed."""
        self._dirty, self._drawn_s = True, 0.0

    def _redraw_now(self) -> None:
        self._draw_anew()
        self._on_redraw()

    @Slot()
    def _on_redraw(self) -> None:
        """Draw when there is something new to see: it must have moved by a pixel at least."""
        if not self._dirty or not self.isVisible() or not self._tags:
            return
        now_s = self.now_s()
        if self._span.is_live:
            self._fit_span(now_s)
        from_s, to_s = self._span.bounds(now_s)
        if 0 <= now_s - self._drawn_s < self._span.window_s / max(self.width(), 1):
            return
        self._dirty, self._drawn_s = False, now_s
        self._samples.trim(now_s - 2 * max(self._span.window_s, TrendSpan().window_s))
        self._overlay.want(from_s, to_s)
        subject = self._subject()
        self._curves.fit(subject, from_s, to_s)
        self.canvas.dress(self._dress.of(subject, self._curves.scales, from_s, to_s, self.width()))
        if self._span.is_live:
            self.canvas.show_live(self._curves.drawn, now_s, self._span.window_s)
        else:
            self.canvas.show_span(self._curves.drawn, from_s, to_s)
        self._read_out()
        self.drawn.emit()

    def _fit_span(self, now_s: float) -> None:
        held = self._samples.pyramids.values()
        first = [float(p.times_s[0]) for p in held if p.times_s.size]
        fitted = self._span.fitted(now_s - min(first) if first else math.inf)
        if fitted != self._span:
            self._span = fitted
            self.span_changed.emit()

    def _subject(self) -> Subject:
        """Return what is drawn; of many curves limits would hide the others."""
        return Subject(
            tags=self._tags,
            chosen=self._chosen,
            limited=self._tags[:_WITH_LIMITS] if self._chosen is None else [self._chosen],
            pyramids=self._samples.pyramids,
            then=None if self.then is None else self._overlay.samples.pyramids,
            marks=self._marks,
            is_live=self._span.is_live or self._samples.is_reading,
        )

    def _read_out(self) -> None:
        """Write the values at the cursor; they follow while the plot is live."""
        at_s, frame = self._cursors.at_s, self.canvas.frame
        near = [] if at_s is None else [m for m in self._marks if _is_near(m, at_s, frame.step_s)]
        tags = self._tags[: self.reads_out]
        if self._chosen is not None:
            tags = [self._chosen]
        lines = readout(self._cursors, tags, self.value_at, near, self._wording)
        self.canvas.point(self._cursors.all, lines)

    @Slot()
    def _on_scheme_changed(self) -> None:
        self._curves.forget()
        self._draw_anew()
        self.canvas.update()


def _is_near(mark: Mark, at_s: float, step_s: float) -> bool:
    reach_s = _NEAR_PX * step_s
    return mark.from_s - reach_s <= at_s <= mark.to_s + reach_s
