"""A map in QtWebEngine, and what its tests ask it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from views.map.web_map import WebMap
from views.map.widget import MapWidget
from views.theme import load_tokens

Ask = Callable[[str], Any]
WAIT_MS = 30_000


@pytest.fixture
def map_widget(qtbot: QtBot) -> Iterator[MapWidget]:
    """Return a map whose page draws, dark and in English."""
    widget = MapWidget()
    widget.resize(900, 600)
    with qtbot.waitSignal(widget.ready, timeout=WAIT_MS):
        widget.show()
    widget.set_theme(load_tokens("dark").color, "dark")
    widget.set_language("en")
    yield widget
    web = widget.backend
    if isinstance(web, WebMap):
        assert web.page.console == []
        assert web.blocker.blocked == []
        assert web.handler.missing == []
    widget.shut_down()
    widget.close()
    widget.deleteLater()
    qtbot.waitUntil(lambda: not isValid(widget), timeout=WAIT_MS)


@pytest.fixture
def ask(map_widget: MapWidget, qtbot: QtBot) -> Ask:
    """Return a function that evaluates an expression in the page."""

    def evaluate(expression: str) -> Any:
        answers: list[Any] = []
        assert isinstance(map_widget.backend, WebMap)
        # Qt brings home numbers and text alone; a dead page or a bad expression answers ''
        map_widget.backend.page.runJavaScript(f"JSON.stringify(({expression}))", answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
        return json.loads(answers[0]) if answers[0] else None

    return evaluate
