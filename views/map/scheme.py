"""The URL scheme that serves the page: its scripts, fonts, base map and arrays."""

import logging

from PySide6.QtCore import QByteArray, QFile, QIODevice, QObject
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)
from typing_extensions import override

from maps.serving import PageFiles, Served, tile_request
from views.map.tile_answers import TileAnswers, reply

log = logging.getLogger(__name__)

SCHEME = b"muster-map"
HOST = "map"
PAGE_URL = "muster-map://map/index.html"


def register_scheme() -> None:
    """Make the scheme known to Chromium; must run before the QApplication. Twice is once."""
    if QWebEngineUrlScheme.schemeByName(QByteArray(SCHEME)).name() == SCHEME:
        return
    scheme = QWebEngineUrlScheme(QByteArray(SCHEME))
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(
        QWebEngineUrlScheme.Flag.SecureScheme
        | QWebEngineUrlScheme.Flag.CorsEnabled
        | QWebEngineUrlScheme.Flag.FetchApiAllowed
    )
    QWebEngineUrlScheme.registerScheme(scheme)


def channel_script() -> Served:
    """Return Qt's own half of the web channel."""
    file = QFile(":/qtwebchannel/qwebchannel.js")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise RuntimeError("qwebchannel.js is missing from this Qt")
    return Served("text/javascript", bytes(file.readAll().data()))


class MapSchemeHandler(QWebEngineUrlSchemeHandler):
    """Answers requests of the page from memory and from the resources folder."""

    def __init__(self, files: PageFiles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files = files
        self.tiles = TileAnswers(files, self)
        self.missing: list[str] = []

    @override
    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Reply with a buffer that the job owns, or refuse."""
        url = job.requestUrl()
        if bytes(job.requestMethod().data()) != b"GET" or url.host() != HOST:
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
            return
        wanted = tile_request(url.path())
        if wanted is not None:
            self.tiles.answer(job, *wanted)
            return
        served = self.files.get(url.path())
        if served is None:
            self.missing.append(url.path())
            log.warning("the map page asked for %s, which is not there", url.path())
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        reply(job, served)
