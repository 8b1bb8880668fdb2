"""Lets the page reach nothing but itself and the addresses that were configured."""

import logging
from collections.abc import Collection

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlRequestInfo, QWebEngineUrlRequestInterceptor
from typing_extensions import override

log = logging.getLogger(__name__)

_OWN = frozenset({"muster-map", "data", "blob"})
_KEPT = 100


class RemoteBlocker(QWebEngineUrlRequestInterceptor):
    """Blocks, counts and logs every address outside. Runs on the UI thread."""

    def __init__(self, allowed: Collection[str] = (), parent: QObject | None = None) -> None:
        """Allow these hosts (`tiles.example.cn` or `https://tiles.example.cn/…`) over https."""
        super().__init__(parent)
        self._allowed = frozenset(QUrl(address).host() or address for address in allowed)
        self.blocked_count = 0
        self.blocked: list[str] = []

    @override
    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Block what isn't ours; only the host goes into the log, an address may hold a key."""
        url = info.requestUrl()
        if url.scheme() in _OWN or (url.scheme() == "https" and url.host() in self._allowed):
            return
        info.block(True)
        self.blocked_count += 1
        if len(self.blocked) < _KEPT:
            self.blocked.append(f"{url.scheme()}://{url.host()}")
        log.warning("the map page was kept from %s://%s", url.scheme(), url.host())
