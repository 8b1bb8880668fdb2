"""A plot on screen: axes, limits, missing data and cursors around and over the picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from views.monitor.plot.decor import AXIS_PX, Axis, Band, Decor, Face, LimitLine, Mark
from views.monitor.plot.painting import Curve, Frame, live_frame, span_frame
from views.monitor.plot.picture import Picture

_DRAG_PX = 4
_WHEEL_STEP = 120.0


@dataclass(frozen=True, slots=True)
class Dressing:
    """All that is drawn beside the curves; the grid's lines are those of the first axis."""

    axes: tuple[Axis, ...] = (Axis(),)
    limits: tuple[LimitLine, ...] = ()
    bands: tuple[Band, ...] = ()
    marks: tuple[Mark, ...] = ()


class PlotCanvas(QWidget):
    """Tells what the user points at and asks for; whoever owns it decides what is shown.

    Signals: pointed(float s or None): the pointer is at a moment; clicked(float s);
    dragged(float): by a share of the width, to the right > 0; turned(float steps, float s): the
    wheel, away from the user > 0; resized().
    """

    pointed = Signal(object)
    clicked = Signal(float)
    dragged = Signal(float)
    turned = Signal(float, float)
    resized = Signal()

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._decor = Decor(face)
        self._face = face
        self._curves: tuple[Curve, ...] = ()
        self._dressing = Dressing()
        self._frame = live_frame(0.0, 1.0, 1, 1)
        self._cursors: tuple[float, ...] = ()
        self._readout: tuple[str, ...] = ()
        self._pointer: QPointF | None = None
        self._pressed: QPointF | None = None
        self._drags = False
        self.picture = Picture(self)
        self.picture.changed.connect(self.update)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(face.px(160), face.px(80))

    @property
    def frame(self) -> Frame:
        """What is asked for; the picture may still be on its way."""
        return self._frame

    @property
    def dressing(self) -> Dressing:
        """What is drawn beside the curves."""
        return self._dressing

    def area(self) -> QRect:
        """Return the room of the curves."""
        px = self._face.px
        left = px(8) + px(AXIS_PX) * max(len(self._dressing.axes), 1)
        return self.rect().adjusted(left, px(20), -px(10), -px(24))

    def show_span(self, curves: Sequence[Curve], from_s: float, to_s: float) -> None:
        """Show a span that stands still; it is painted on the worker."""
        area = self.area()
        self._curves = tuple(curves)
        self._frame = span_frame(from_s, to_s, area.width(), area.height())
        self.picture.want(self._curves, self._frame)
        self.update()

    def show_live(self, curves: Sequence[Curve], now_s: float, window_s: float) -> None:
        """Show up to now; the same curve objects as before cost only what is new."""
        area = self.area()
        self._curves = tuple(curves)
        self._frame = live_frame(now_s, window_s, area.width(), area.height())
        self.picture.advance(self._curves, self._frame)
        if self._pointer is not None:
            self._tell_pointer(self._pointer)  # time moves under a pointer that stands
        self.update()

    def dress(self, dressing: Dressing) -> None:
        """Draw these limits, bands and marks."""
        if dressing != self._dressing:
            self._dressing = dressing
            self.update()

    def point(self, cursors: Sequence[float], readout: Sequence[str]) -> None:
        """Draw cursors at moments [s], the readout beside the last one."""
        self._cursors, self._readout = tuple(cursors), tuple(readout)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw everything."""
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()  # one left active ends the program

    def _paint(self, painter: QPainter) -> None:
        area, frame, dressing = self.area(), self._frame, self._dressing
        painter.fillRect(self.rect(), self._face.color("plot.background"))
        painter.setFont(self._face.font(12))
        if area.width() < 2 or area.height() < 2:
            return
        scale = dressing.axes[0].scale
        self._decor.below(painter, area, frame, scale, dressing.bands, dressing.limits)
        painter.save()
        painter.setClipRect(area)
        self.picture.paint(painter, frame, area.left(), area.top())
        painter.restore()
        self._decor.axes(painter, area, frame, dressing.axes)
        self._decor.limits(painter, area, dressing.limits)
        self._decor.marks(painter, area, frame, dressing.marks)
        self._decor.cursors(painter, area, frame, self._cursors, self._readout)
        if self.hasFocus():
            painter.setPen(QPen(self._face.color("action"), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the owner ask for a picture of the new size."""
        super().resizeEvent(event)
        area, before = self.area(), self._frame
        self._frame = span_frame(before.from_s, before.to_s, area.width(), area.height())
        self.resized.emit()

    def _moment(self, position: QPointF) -> float:
        return self._frame.time_s(position.x() - self.area().left())

    def _tell_pointer(self, position: QPointF) -> None:
        inside = QRectF(self.area()).contains(position)
        self.pointed.emit(self._moment(position) if inside else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the moment under the pointer, and how far it drags."""
        position = event.position()
        if self._pressed is not None:
            moved = position.x() - self._pressed.x()
            self._drags = self._drags or abs(moved) >= self._face.px(_DRAG_PX)
            if self._drags:
                self._pressed = position
                self.dragged.emit(moved / max(self.area().width(), 1))
        self._pointer = position
        self._tell_pointer(position)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._drags = event.position(), False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell the moment that was clicked, when nothing was dragged."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        if not self._drags:
            self.clicked.emit(self._moment(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Tell how far the wheel was turned, and where."""
        steps = event.angleDelta().y() / _WHEEL_STEP
        if steps:
            self.turned.emit(steps, self._moment(event.position()))
        event.accept()

    def leaveEvent(self, event: object) -> None:
        """Take the cursor away."""
        self._pointer = None
        self.pointed.emit(None)
