"""The yardstick of the second start: a bare window with the same libraries and the same page.

`python -m tests.benchmarks.bare_window CACHE` prints the moment [µs since 1970] at which the
cached map page was loaded, and ends.
"""

import importlib
import sys
from pathlib import Path

LIBRARIES = ("PySide6.QtWebEngineWidgets", "pyqtgraph", "sqlalchemy", "shapely")
_SIZE = (1600, 900)


def main(cache: Path) -> int:
    """Show the window, load the page, print when; 1 when the page didn't load."""
    for name in LIBRARIES:
        importlib.import_module(name)
    from PySide6.QtCore import QUrl
    from PySide6.QtWebChannel import QWebChannel
    from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication, QMainWindow

    from app.clock import SystemClock
    from maps.page import PageInputs, build_page
    from maps.serving import PageFiles
    from views.map.bridge import MapBridge
    from views.map.scheme import PAGE_URL, SCHEME, MapSchemeHandler, channel_script
    from views.map.webengine import prepare

    prepare()
    app = QApplication(sys.argv[:1])
    files = PageFiles(build_page(PageInputs(), cache))
    files.put_file("qwebchannel.js", channel_script())
    profile = QWebEngineProfile(app)
    profile.installUrlSchemeHandler(SCHEME, MapSchemeHandler(files, app))
    bridge, channel = MapBridge(app), QWebChannel(app)
    channel.registerObject("desk", bridge)
    window = QMainWindow()
    window.resize(*_SIZE)
    view = QWebEngineView(window)
    page = QWebEnginePage(profile, view)
    page.setWebChannel(channel)
    view.setPage(page)
    window.setCentralWidget(view)

    def loaded(ok: bool) -> None:
        if ok:
            print(SystemClock().now_us(), flush=True)
        view.setPage(None)  # type: ignore[arg-type]
        page.deleteLater()
        app.exit(0 if ok else 1)

    page.loadFinished.connect(loaded)
    window.show()
    view.load(QUrl(PAGE_URL))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
