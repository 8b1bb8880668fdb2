"""What the map stands on: the page or the plain map, their life and death, and the banner."""

import logging
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from maps.content import MapContent
from maps.protocol import Fact, Message
from views.i18n import Retranslating
from views.map import webengine
from views.map.fallback import PlainMap
from views.map.words import MapWords

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from views.map.web_map import WebMap

_CRASHES_BEFORE_PLAIN = 3
_CRASH_WINDOW_MS = 60_000


class MapHost(Retranslating, QWidget):
    """Shows the content by a backend and rebuilds the backend when it is lost.

    Signals: ready() once the map draws; moved() when its place in the widget changed; failed(str)
    when the full map can't be shown.
    """

    ready = Signal()
    moved = Signal()
    failed = Signal(object)

    def __init__(
        self,
        content: MapContent,
        allowed_hosts: Collection[str],
        parent: QWidget | None,
        *,
        plain: bool,
    ) -> None:
        super().__init__(parent)
        self.content = content
        self._allowed_hosts = allowed_hosts
        self._words = MapWords(self)
        self._crashes: list[int] = []
        self._timer = QElapsedTimer()
        self._timer.start()
        self._is_ready = False
        self._scale = 1.0
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._banner = QLabel(self)
        self._banner.setObjectName("mapBanner")
        self._banner.hide()
        self.backend = self._make_backend(plain=plain or not webengine.available())
        self.backend.installEventFilter(self)

    def put_around(self, above: QWidget, below: QWidget) -> None:
        """Put strips over and under the map."""
        self._layout.setSpacing(0)
        self._layout.insertWidget(0, above)
        self._layout.addWidget(below)

    @property
    def is_ready(self) -> bool:
        """Whether the map draws."""
        return self._is_ready

    @property
    def is_plain(self) -> bool:
        """Whether the fallback is shown."""
        return isinstance(self.backend, PlainMap)

    @property
    def banner_height(self) -> int:
        """Room at the top that a strip and the banner take [px], 0 without them."""
        return self.backend.y() + (0 if self._banner.isHidden() else self._banner.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what lies over the map at its edge when a strip comes or goes."""
        if watched is self.backend and event.type() in {QEvent.Type.Move, QEvent.Type.Resize}:
            self._place_banner()
            self.moved.emit()
        return super().eventFilter(watched, event)

    def set_scale(self, factor: float) -> None:
        """Draw text and symbols larger (the theme's scale: 2.0 on 2160 lines)."""
        self._scale = factor
        self.backend.set_scale(factor)

    def grab_image(self) -> QImage:
        """Return the map as it is on the screen."""
        return self.backend.grab_image()

    def shut_down(self) -> None:
        """Destroy the page before its profile."""
        self.backend.shut_down()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_banner()

    def _make_backend(self, *, plain: bool) -> "PlainMap | WebMap":
        backend: PlainMap | WebMap
        if plain:
            backend = PlainMap(self.content.files, self)
        else:
            from views.map.web_map import WebMap as Web  # absent on installations without WebEngine

            backend = Web(self.content.files, self._allowed_hosts, self)
        backend.told.connect(self._on_backend_told)
        backend.lost.connect(self._on_backend_lost)
        self._layout.insertWidget(min(1, self._layout.count()), backend, 1)
        self.setFocusProxy(backend)
        backend.set_scale(self._scale)
        backend.load()
        return backend

    def _place_banner(self) -> None:
        height = self._banner.sizeHint().height() + 8
        self._banner.setGeometry(0, self.backend.y(), self.width(), height)

    def _send(self, messages: Iterable[Message]) -> None:
        if self._is_ready:
            for message in messages:
                self.backend.send(message)

    def _say(self, text: str) -> None:
        self._banner.setText(text)
        self._banner.setVisible(bool(text))
        self._banner.raise_()

    @Slot(object)
    def _on_backend_lost(self, reason: str) -> None:
        """Say that the map stopped and rebuild it as it was; the plain map when it keeps dying."""
        self._is_ready = False
        now = self._timer.elapsed()
        self._crashes = [*(t for t in self._crashes if now - t < _CRASH_WINDOW_MS), now]
        if len(self._crashes) > _CRASHES_BEFORE_PLAIN:
            self.failed.emit("gave_up")
            self._go_plain()
            return
        self._say(self._words.lost(reason))
        QTimer.singleShot(0, self, self.backend.load)

    def _go_plain(self) -> None:
        old = self.backend
        self._layout.removeWidget(old)
        old.shut_down()
        old.hide()
        old.deleteLater()
        self.backend = self._make_backend(plain=True)
        self.backend.installEventFilter(self)
        self._say(self._words.lost("gave_up"))

    @Slot(object)
    def _on_backend_told(self, fact: Fact) -> None:
        self._send(self.content.hear(fact))
        if fact.topic == "ready":
            self._is_ready = True
            self._say(self._words.plain_map() if self.is_plain else "")
            self._send(self.content.everything())
            self.ready.emit()
        elif fact.topic == "gap":
            log.warning("the map page missed a message; it is told everything again")
            self._send(self.content.everything())
        else:
            self._hear(fact)

    def _hear(self, fact: Fact) -> None:
        """Take any other fact of the backend."""
