"""Answers requests for tiles when their worker is done: the UI thread only passes bytes on."""

from itertools import count

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, Signal, Slot
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob
from shiboken6 import isValid

from maps.serving import NO_TILE, PageFiles, Served
from maps.tiles.grid import TileId


def reply(job: QWebEngineUrlRequestJob, served: Served) -> None:
    """Answer a request with a buffer that lives as long as the request."""
    buffer = QBuffer(job)
    buffer.setData(QByteArray(served.body))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    job.reply(QByteArray(served.mime.encode()), buffer)


class TileAnswers(QObject):
    """Holds the requests that wait for a worker; the page may give them up at any moment."""

    _done = Signal(object)  # (number of the request, Served)

    def __init__(self, files: PageFiles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._waiting: dict[int, QWebEngineUrlRequestJob] = {}
        self._numbers = count()
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)

    @property
    def waiting(self) -> int:
        """How many requests have no answer yet."""
        return len(self._waiting)

    def answer(self, job: QWebEngineUrlRequestJob, source_id: str, tile: TileId) -> None:
        """Ask the provider and answer when it has an answer."""
        provider = self._files.tiles
        if provider is None:
            reply(job, NO_TILE)
            return
        number = next(self._numbers)
        self._waiting[number] = job

        def done(served: Served) -> None:
            if isValid(self):  # the map may be gone before a slow server answers
                self._done.emit((number, served))

        provider.request(source_id, tile, done)

    @Slot(object)
    def _on_done(self, result: tuple[int, Served]) -> None:
        number, served = result
        job = self._waiting.pop(number, None)
        if job is not None and isValid(job):  # Qt deletes the job of a request that was given up
            reply(job, served)
