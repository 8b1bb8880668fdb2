"""A theme, a translator and a desk in memory for tests of screens."""

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.desk import Notice
from models.operation.situation import Situation
from tests.unit.views.fakes import SilentPlayer
from views.actions import ActionRegistry
from views.i18n import Translator
from views.kit import ViewKit
from views.shell.layout_store import LayoutStore
from views.shell.window import MainWindow
from views.theme import Theme
from views.tools import sample
from views.tools.preview_desk import PreviewDesk
from views.tools.preview_stations import stations
from views.wording import Wording


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    yield Theme("dark", scale=1.0)
    qapp.setStyleSheet("")


@pytest.fixture
def translator(qapp: QApplication) -> Iterator[Translator]:
    made = Translator("en")
    yield made
    for each in made._installed:
        qapp.removeTranslator(each)


@pytest.fixture
def wording(translator: Translator) -> Wording:
    return Wording(translator, ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def desk(qapp: QApplication) -> PreviewDesk:
    return PreviewDesk(sample.situation(), sample.reference())


@pytest.fixture
def kit(desk: PreviewDesk, theme: Theme, translator: Translator, wording: Wording) -> ViewKit:
    return ViewKit(desk, theme, translator, wording, ActionRegistry())


@pytest.fixture
def player() -> SilentPlayer:
    return SilentPlayer()


def _plain(notice: Notice) -> str:
    return notice.code


@pytest.fixture
def window(kit: ViewKit, qtbot: QtBot, player: SilentPlayer) -> MainWindow:
    made = MainWindow(kit, QWidget(), stations(kit), LayoutStore(None), _plain, player=player)
    made.may_close = True
    qtbot.addWidget(made)
    made.resize(1920, 1080)
    made.show()
    made.open_station("watch")
    return made


@pytest.fixture
def situation_of() -> Callable[..., Situation]:
    return sample.situation
