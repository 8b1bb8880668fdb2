"""The picture of a plot: whole ones are painted on a worker, live ones only where they moved."""

import logging
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QObject, QRectF, Signal, Slot
from PySide6.QtGui import QImage, QPainter

from views.monitor.plot.painting import Curve, Frame, painted, repaint_from, scroll

_LOG = logging.getLogger("muster.plot")
_MOST_NEW_COLUMNS = 256


@dataclass(frozen=True, slots=True)
class _Whole:
    """A picture, what it shows, and up to when each curve was known."""

    image: QImage
    curves: tuple[Curve, ...]
    frame: Frame
    newest_s: tuple[float, ...]


class Picture(QObject):
    """Signals: changed(): it looks different now."""

    changed = Signal()
    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._frame: Frame | None = None
        self._curves: tuple[Curve, ...] = ()
        self._newest_s: tuple[float, ...] = ()
        self._wanted: tuple[tuple[Curve, ...], Frame] | None = None
        self._busy = False
        self._worker: threading.Thread | None = None
        self._done.connect(self._on_done)

    @property
    def frame(self) -> Frame | None:
        """What the picture shows now."""
        return self._frame

    @property
    def busy(self) -> bool:
        """Whether a worker paints."""
        return self._busy

    def want(self, curves: Sequence[Curve], frame: Frame) -> None:
        """Have the whole picture painted on the worker; of several wishes the last counts."""
        self._wanted = (tuple(curves), frame)
        if not self._busy:
            self._start()

    def advance(self, curves: Sequence[Curve], frame: Frame) -> None:
        """Show what came since: the picture moves by whole columns and is painted at its end.

        `curves` are the objects that were painted before; else the whole is painted anew.
        """
        before, image = self._frame, self._image
        if before is None or image is None or not self._is_next(curves, frame, before):
            wanted = self._wanted
            if wanted is None or wanted[0] != tuple(curves) or not _alike(wanted[1], frame):
                self.want(curves, frame)
            return
        moved = round((frame.from_s - before.from_s) / frame.step_s)
        newest = tuple(_newest_s(curve) for curve in curves)
        pairs = zip(self._newest_s, newest, strict=True)
        since = [old for old, new in pairs if new > old]
        first = min([frame.column(min(since))] if since else [frame.width])
        if first < frame.width - _MOST_NEW_COLUMNS - moved:
            self.want(curves, frame)
            return
        if moved:
            scroll(image, moved)
        if moved or since:
            repaint_from(image, curves, frame, min(first, frame.width - moved))
        self._frame, self._newest_s = frame, newest
        self.changed.emit()

    def _is_next(self, curves: Sequence[Curve], frame: Frame, before: Frame) -> bool:
        same = len(curves) == len(self._curves) and all(
            one is other for one, other in zip(curves, self._curves, strict=True)
        )
        moved_s = frame.from_s - before.from_s
        return same and _alike(frame, before) and 0 <= moved_s < _MOST_NEW_COLUMNS * frame.step_s

    def paint(self, painter: QPainter, frame: Frame, left: float, top: float) -> None:
        """Draw the picture as `frame` asks; until its own is painted, the last one moved there."""
        if self._image is None or self._frame is None:
            return
        if self._frame == frame:
            painter.drawImage(int(left), int(top), self._image)
            return
        from_x, to_x = frame.x(self._frame.from_s), frame.x(self._frame.to_s)
        where = QRectF(left + from_x, top, to_x - from_x, frame.height)
        painter.drawImage(where, self._image, QRectF(self._image.rect()))

    def _start(self) -> None:
        if self._wanted is None:
            return
        curves, frame = self._wanted
        self._busy = True
        held = tuple(replace(curve, pyramid=curve.pyramid.frozen()) for curve in curves)
        newest = tuple(_newest_s(curve) for curve in held)

        def work() -> None:
            whole = None
            try:
                whole = _Whole(painted(held, frame), curves, frame, newest)
            except Exception:
                _LOG.exception("a picture was not painted")
            with suppress(RuntimeError):  # the plot has gone
                self._done.emit(whole)

        self._worker = threading.Thread(target=work, name="plot", daemon=True)
        self._worker.start()

    @Slot(object)
    def _on_done(self, whole: _Whole | None) -> None:
        if self._worker is not None:
            self._worker.join()  # it has nothing more to do
        self._busy, self._worker = False, None
        if whole is not None:
            self._image, self._frame = whole.image, whole.frame
            self._curves, self._newest_s = whole.curves, whole.newest_s
        if whole is None or self._wanted == (whole.curves, whole.frame):
            self._wanted = None
        if self._wanted is not None:
            self._start()
        self.changed.emit()


def _alike(one: Frame, other: Frame) -> bool:
    """Return whether one frame is the other moved in time."""
    sizes = (one.step_s, one.width, one.height)
    return sizes == (other.step_s, other.width, other.height)


def _newest_s(curve: Curve) -> float:
    times = curve.pyramid.times_s
    return float(times[-1]) if times.size else -np.inf
