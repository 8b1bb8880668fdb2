"""The page in QtWebEngine: loaded once, rebuilt only when its renderer dies."""

import logging
from collections.abc import Collection

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QImage
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from maps.protocol import Message
from maps.serving import PageFiles
from views.map.bridge import MapBridge
from views.map.interceptor import RemoteBlocker
from views.map.scheme import PAGE_URL, SCHEME, MapSchemeHandler, channel_script

log = logging.getLogger(__name__)

_CONSOLE_KEPT = 50


class MapPage(QWebEnginePage):
    """A page that goes nowhere else, opens nothing and asks for nothing."""

    def __init__(self, profile: QWebEngineProfile, parent: QWidget) -> None:
        super().__init__(profile, parent)
        self.console: list[str] = []
        self.permissionRequested.connect(self._on_permission_requested)
        settings = self.settings()
        attribute = QWebEngineSettings.WebAttribute
        for unwanted in (
            attribute.JavascriptCanOpenWindows, attribute.JavascriptCanAccessClipboard,
            attribute.LocalContentCanAccessRemoteUrls, attribute.LocalContentCanAccessFileUrls,
            attribute.PluginsEnabled, attribute.FullScreenSupportEnabled,
            attribute.HyperlinkAuditingEnabled, attribute.DnsPrefetchEnabled,
            attribute.NavigateOnDropEnabled, attribute.ErrorPageEnabled,
        ):  # fmt: skip
            settings.setAttribute(unwanted, False)

    @override
    def acceptNavigationRequest(
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, is_main_frame: bool
    ) -> bool:
        """Stay on the map."""
        del kind, is_main_frame
        return QUrl(url).scheme().encode() == SCHEME

    @override
    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        line: int,
        source: str,
    ) -> None:
        """Keep and log what the page complains of."""
        if len(self.console) < _CONSOLE_KEPT:
            self.console.append(f"{source}:{line} {message}")
        if level is not QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel:
            log.warning("map page %s:%d %s", source, line, message)

    @Slot(QWebEnginePermission)
    def _on_permission_requested(self, permission: QWebEnginePermission) -> None:
        permission.deny()


class WebMap(QWidget):
    """Shows the page and passes messages.

    Signals: told(Fact) from the page; lost(str) when the renderer died or the page didn't load.
    """

    told = Signal(object)
    lost = Signal(object)

    def __init__(
        self, files: PageFiles, allowed_hosts: Collection[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.files = files
        files.put_file("qwebchannel.js", channel_script())
        self.blocker = RemoteBlocker(allowed_hosts, self)
        self.handler = MapSchemeHandler(files, self)
        self.bridge = MapBridge(self)
        self.bridge.told.connect(self.told)
        self._channel = QWebChannel(self)
        self._channel.registerObject("desk", self.bridge)
        self._profile = QWebEngineProfile(self)  # without a name: nothing is kept on disk
        self._profile.setUrlRequestInterceptor(self.blocker)
        self._profile.installUrlSchemeHandler(SCHEME, self.handler)
        self.view = QWebEngineView(self)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.page = MapPage(self._profile, self.view)
        self.page.setWebChannel(self._channel)
        self.view.setPage(self.page)
        self._scale = 1.0
        self._lost_told = False
        self.page.loadStarted.connect(self._on_page_load_started)
        self.page.loadFinished.connect(self._on_page_load_finished)
        self.page.renderProcessTerminated.connect(self._on_page_render_process_terminated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)

    def load(self) -> None:
        """Load the page, or load it anew after it was lost."""
        self.bridge.reset()
        self.view.load(QUrl(PAGE_URL))

    def send(self, message: Message) -> bool:
        """Send a message; False when no page is ready."""
        return self.bridge.send(message)

    def set_background(self, colour: str) -> None:
        """Show this colour [#rrggbb] until the page has drawn: no white flash in a dark hall."""
        self.page.setBackgroundColor(QColor(colour[:7]))

    def set_scale(self, factor: float) -> None:
        """Draw everything larger by a factor: the page sees fewer and finer pixels."""
        self._scale = factor
        self.page.setZoomFactor(factor)

    def grab_image(self) -> QImage:
        """Return what is on the screen."""
        return self.view.grab().toImage()

    def shut_down(self) -> None:
        """Destroy the page before its profile, as Chromium wants it."""
        self.view.setPage(None)  # type: ignore[arg-type]
        self.page.deleteLater()

    def _tell_lost(self, reason: str) -> None:
        """Say once for each load: a crash while loading fails the load too."""
        self.bridge.reset()
        if not self._lost_told:
            self._lost_told = True
            self.lost.emit(reason)

    @Slot()
    def _on_page_load_started(self) -> None:
        self._lost_told = False

    @Slot(bool)
    def _on_page_load_finished(self, ok: bool) -> None:  # noqa: FBT001 - Qt passes it so
        self.page.setZoomFactor(self._scale)  # a new renderer begins at 1
        if not ok:
            log.warning("the map page was not loaded")
            self._tell_lost("load")

    @Slot(QWebEnginePage.RenderProcessTerminationStatus, int)
    def _on_page_render_process_terminated(
        self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int
    ) -> None:
        log.warning("the map's renderer died (%s, code %d)", status.name, code)
        self._tell_lost("renderer")
