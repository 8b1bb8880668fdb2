"""Starting conditions of QtWebEngine; `prepare()` runs before the QApplication exists."""

import logging
import os
import sys
from importlib.util import find_spec

from PySide6.QtCore import QCoreApplication, Qt

log = logging.getLogger(__name__)

_FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
# nothing of Chromium's own may look outside: no updates, no pings, no predictions, no proxies
_QUIET = (
    "--disable-background-networking", "--disable-component-update", "--no-pings",
    "--disable-domain-reliability", "--no-proxy-server", "--disable-sync",
    "--disable-breakpad", "--dns-prefetch-disable",
)  # fmt: skip
# scripts that patch a few hundred items a second leave short-lived litter: it is swept early,
# before the page's memory grows by tens of MB for it [MB]
_SCRIPTS = "--js-flags=--max-semi-space-size=2"


def available() -> bool:
    """Whether this installation of Qt has WebEngine."""
    return find_spec("PySide6.QtWebEngineWidgets") is not None


def prepare() -> bool:
    """Set Chromium's flags and register the map's scheme; False when WebEngine is missing.

    Chromium reads its flags once, when the application begins: with an application already there
    nothing is changed any more.

    The sandbox goes only where Chromium refuses to start with it: for root on Linux. Without a
    GPU (the offscreen platform, no display server) software drawing is asked for outright.
    """
    if QCoreApplication.instance() is not None:
        return available()
    if not available():
        log.warning("QtWebEngine is not installed; the map is drawn by the plain fallback")
        return False
    flags = [*os.environ.get(_FLAGS, "").split(), *_QUIET, _SCRIPTS]
    if sys.platform == "linux" and os.geteuid() == 0:
        flags.append("--no-sandbox")
    if not _has_gpu():
        flags.append("--disable-gpu")
    os.environ[_FLAGS] = " ".join(dict.fromkeys(flags))
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    from views.map.scheme import register_scheme  # needs WebEngine

    register_scheme()
    return True


def _has_gpu() -> bool:
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.split(":")[0] in {"offscreen", "minimal", "vnc"}:
        return False
    return sys.platform != "linux" or os.path.exists("/dev/dri")  # noqa: PTH110 - a device folder
