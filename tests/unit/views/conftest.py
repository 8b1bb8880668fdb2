"""A theme, a translator and a desk in memory for tests of screens."""

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.desk import Notice
from models.operation.situation import Situation
from tests.unit.views import small_park
from tests.unit.views.fakes import SilentPlayer
from tests.unit.views.station_window import Stage, build
from tests.unit.views.told_desk import ToldDesk
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


@pytest.fixture(scope="session")
def dark_theme(qapp: QApplication) -> Theme:
    return Theme("dark", scale=1.0)


@pytest.fixture
def theme(dark_theme: Theme) -> Iterator[Theme]:
    """One theme for all tests: styling an application takes Qt 0.4 s."""
    yield dark_theme
    if dark_theme.scale != 1.0:
        dark_theme.set_scale(1.0)
    if dark_theme.name != "dark":
        dark_theme.choose("dark")


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


@pytest.fixture
def told_desk(qapp: QApplication) -> ToldDesk:
    return ToldDesk(small_park.rows())


@pytest.fixture
def stage(
    told_desk: ToldDesk, theme: Theme, translator: Translator, wording: Wording, qtbot: QtBot
) -> Iterator[Stage]:
    kit = ViewKit(told_desk, theme, translator, wording, ActionRegistry())
    made = build(kit, told_desk)
    qtbot.addWidget(made.window)
    made.window.resize(1920, 1080)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made.window)
    made.open("watch")
    made.window.central.setFocus()
    yield made
    for sheet in made.window.findChildren(QDialog):
        sheet.close()
