"""Takes a picture of the map for paper, on a page of its own that nobody sees.

The desk's map stays as it is: the picture has its own size, scale and colours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from maps.protocol import Fact, Message
from maps.serving import PageFiles
from models.basics import LatLon
from views.map import webengine
from views.map.fallback import PlainMap

_PATIENCE_MS = 60_000
_PAINT_MS = 200
_PLAIN_SNAP = 0.5


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What to take: `size` [px of the picture] at `ratio` pixels for each CSS pixel."""

    size: QSize
    ratio: float
    centre: LatLon
    zoom: float
    messages: Sequence[Message]


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture, and the page's symbols by layer as `data:` addresses of PNG images."""

    image: QImage
    swatches: Mapping[str, Sequence[str]]
    plain: bool


class MapPrinter(QObject):
    """Takes one picture. Signals: taken(Picture); failed(str): 'load', 'renderer' or 'slow'."""

    taken = Signal(object)
    failed = Signal(object)

    def __init__(
        self, files: PageFiles, order: PrintOrder, parent: QObject, *, plain: bool = False
    ) -> None:
        super().__init__(parent)
        self._order = order
        self._swatches: dict[str, Sequence[str]] = {}
        self._ended = False
        self._plain = plain or not webengine.available()
        self._backend = self._make(files)
        widget = self._backend
        widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        widget.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        widget.setFixedSize(order.size / widget.devicePixelRatioF())
        widget.told.connect(self._on_backend_told)
        widget.lost.connect(self._on_backend_lost)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_timeout)

    def start(self) -> None:
        """Begin; one of the signals ends it."""
        self._patience.start()
        self._backend.set_scale(self._order.ratio)
        self._backend.show()
        self._backend.load()

    def cancel(self) -> None:
        """Let go of the page; no signal comes any more."""
        if not self._ended:
            self._end()

    def _make(self, files: PageFiles) -> Any:  # noqa: ANN401 - either backend, one without a module
        if self._plain:
            return PlainMap(files)
        from views.map.web_map import WebMap  # absent on installations without WebEngine

        return WebMap(files, ())

    def _end(self) -> None:
        self._ended = True
        self._patience.stop()
        self._backend.shut_down()
        self._backend.hide()
        self._backend.deleteLater()

    @Slot(object)
    def _on_backend_told(self, fact: Fact) -> None:
        if self._ended:
            return
        match fact.topic:
            case "ready":
                self._say_all()
            case "swatches":
                self._swatches = dict(fact.payload.get("pictures", {}))
            case "settled":
                # what the page has drawn is on its way to the widget
                QTimer.singleShot(_PAINT_MS, self, self._take)

    def _say_all(self) -> None:
        order = self._order
        for message in order.messages:
            if message.topic != "view":
                self._backend.send(message)
        place = {"lat": order.centre.lat_deg, "lon": order.centre.lon_deg, "zoom": order.zoom}
        if self._plain:
            self._backend.send(Message("view", place))
            QTimer.singleShot(0, self, self._take)
        else:
            self._backend.send(Message("print", place))
            self._backend.send(Message("settle", {"n": 1}))

    @Slot()
    def _take(self) -> None:
        if self._ended:
            return
        picture = Picture(self._backend.grab_image(), self._swatches, self._plain)
        self._end()
        self.taken.emit(picture)

    @Slot(object)
    def _on_backend_lost(self, reason: str) -> None:
        self._fail(reason)

    @Slot()
    def _on_patience_timeout(self) -> None:
        self._fail("slow")

    def _fail(self, reason: str) -> None:
        if not self._ended:
            self._end()
            self.failed.emit(reason)
