"""An exported page opens by itself: no desk, no network, the same objects, and runs no text."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from maps.html_page import html_page
from maps.page import PageInputs
from maps.protocol import Message
from models.basics import Name
from models.registry.kinds import Enterprise
from tests.integration.views.map.conftest import WAIT_MS, Ask
from tests.unit.maps.drawn import drawing, sketches
from tests.unit.maps.world import EVIL, ORIGIN, Rows, near, park, published
from views.map.widget import MapWidget

COUNTS = """({
  points: Muster.parts.points.count, names: (Muster.parts.points.names || []).length,
  live: Muster.parts.live.items.size, zones: Muster.parts.zones.zones.size,
  drawings: Muster.parts.drawings.items.size,
  notes: document.querySelectorAll('.muster-note').length,
})"""


class _Watched(QWebEngineUrlRequestInterceptor):
    """Lets the file itself through and blocks and keeps all else."""

    def __init__(self) -> None:
        super().__init__()
        self.blocked: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        scheme = info.requestUrl().scheme()
        if scheme not in {"file", "data", "blob"}:
            info.block(True)
            self.blocked.append(info.requestUrl().toString())


class _Page(QWebEnginePage):
    def __init__(self, profile: QWebEngineProfile) -> None:
        super().__init__(profile)
        self.console: list[str] = []

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        line: int,
        source: str,
    ) -> None:
        self.console.append(f"{source[:80]}:{line} {message}")


Opened = Callable[[bytes], Ask]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    """Return a function that opens an exported page and returns what asks it."""
    profile, watched = QWebEngineProfile(), _Watched()
    profile.setUrlRequestInterceptor(watched)
    view, page = QWebEngineView(), _Page(profile)
    page.settings().setAttribute(
        QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls, False
    )
    view.setPage(page)
    view.resize(900, 600)

    def ask(expression: str) -> Any:
        answers: list[Any] = []
        page.runJavaScript(f"JSON.stringify(({expression}))", answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
        return json.loads(answers[0]) if answers[0] else None

    def open_page(body: bytes) -> Ask:
        file = tmp_path / "map.html"
        file.write_bytes(body)
        with qtbot.waitSignal(page.loadFinished, timeout=WAIT_MS) as loaded:
            view.show()
            view.load(QUrl.fromLocalFile(str(file)))
        assert loaded.args == [True]
        settled = "document.documentElement.classList.contains('settled')"
        qtbot.waitUntil(lambda: ask(settled) is True, timeout=WAIT_MS)
        return ask

    yield open_page
    assert page.console == []
    assert watched.blocked == []
    view.setPage(None)  # type: ignore[arg-type]
    page.deleteLater()
    view.close()
    view.deleteLater()
    qtbot.waitUntil(lambda: not isValid(view), timeout=WAIT_MS)
    profile.deleteLater()


def _exported(map_widget: MapWidget, title: str) -> bytes:
    content = map_widget.content
    head = Message("title", {"title": title, "lines": ["as of 2026-11-26 08:10"]})
    return html_page(PageInputs(), [*content.outbox.picture(), head], content.files)


def _drawn(map_widget: MapWidget, rows: Rows, ask: Ask, qtbot: QtBot, count: int) -> None:
    map_widget.set_reference(rows, "zh")
    state = published().situation
    held = {f"D{i}": drawing(f"D{i}", each) for i, each in enumerate(sketches())}
    map_widget.content.pencil.choice = "working"
    map_widget.show_situation(published(state.with_(drawings=state.drawings.update(held))))
    map_widget.fly_to(ORIGIN, 14.5)
    wanted = f"Muster.parts.points.count === {count} && (Muster.parts.points.names || []).length"
    qtbot.waitUntil(lambda: ask(wanted) == count, timeout=WAIT_MS)


def test_that_an_exported_page_shows_what_the_desk_shows(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot, opened: Opened
) -> None:
    _drawn(map_widget, park(), ask, qtbot, 5)
    qtbot.waitUntil(
        lambda: ask("Muster.parts.drawings.items.size") == len(sketches()), timeout=WAIT_MS
    )
    on_desk = ask(COUNTS)
    exported = opened(_exported(map_widget, "云江园区 · 液氯泄漏"))
    assert exported(COUNTS) == on_desk
    assert exported("document.title") == "云江园区 · 液氯泄漏"
    assert exported("document.fonts.check('12px MusterSans', '氯')") is True
    assert exported("[map_muster.getZoom(), Math.round(map_muster.getCenter().lat)]") == [14.5, 32]


def test_that_a_click_in_an_exported_page_names_the_thing(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot, opened: Opened
) -> None:
    _drawn(map_widget, park(), ask, qtbot, 5)
    exported = opened(_exported(map_widget, "Park"))
    at = near(900, 300)
    click = """((lat, lon) => {
        const latlng = L.latLng(lat, lon);
        const containerPoint = map_muster.latLngToContainerPoint(latlng);
        map_muster.fire('click', { latlng, containerPoint });
        return Muster.parts.selection.chosen().label;
    })"""
    name = exported(f"{click}({at.lat_deg}, {at.lon_deg})")
    assert name == "School"


def test_that_text_in_an_exported_page_stays_text(
    map_widget: MapWidget, ask: Ask, qtbot: QtBot, opened: Opened
) -> None:
    rows = Rows()
    rows.add(*(
        Enterprise(key=f"E{i}", name=Name(zh=text), position=near(60.0 * i, 0))
        for i, text in enumerate(EVIL)
    ))  # fmt: skip
    _drawn(map_widget, rows, ask, qtbot, len(EVIL))
    evil = "</title><script>document.title='owned'</script>"
    exported = opened(_exported(map_widget, evil))
    assert exported("document.title") == evil
    assert exported("document.querySelectorAll('img').length") == 0
    assert exported("Muster.parts.points.names") == list(EVIL)
