"""Pictures of the shell: `python -m views.tools.preview DIR` (both languages, themes, sizes)."""

import sys
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from app.desk import GatewayState, Notice
from models.basics import Language
from views.actions import ActionRegistry
from views.i18n import LANGUAGES, Translator
from views.kit import ViewKit
from views.notices import NoticeSentences
from views.shell.layout_store import LayoutStore
from views.shell.window import MainWindow
from views.theme import Theme, scale_for_height
from views.tools import sample
from views.tools.preview_desk import PreviewDesk
from views.tools.preview_stations import stations
from views.wording import Wording

SIZES = ((1280, 800), (1920, 1080), (3840, 2160))


class MapStandIn(QWidget):
    """A grid of roads where the map stands in the program."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw blocks and a coast."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("raised"))
        painter.setPen(QPen(self._theme.color("line"), self._theme.px(5)))
        step = self._theme.px(140)
        for x in range(step, self.width(), step):
            painter.drawLine(x, 0, x, self.height())
        for y in range(step, self.height(), step):
            painter.drawLine(0, y, self.width(), y)
        painter.fillRect(
            QRectF(0, self.height() * 0.84, self.width(), self.height()),
            self._theme.color("selected"),
        )
        painter.end()


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture."""

    name: str
    size: tuple[int, int]
    scheme: str
    language: Language
    mode: str = "live"
    busy: bool = False
    find: str = ""


def shots() -> list[Shot]:
    """Return the pictures to take: every size, theme and language, and every mode."""
    found = [
        Shot(f"live-{scheme}-{language}-{size[0]}", size, scheme, language)
        for size, scheme, language in product(SIZES, ("dark", "light"), LANGUAGES)
    ]
    for mode, language in product(("drill", "demonstration", "replay"), LANGUAGES):
        scheme = "dark" if language == "zh" else "light"
        found.append(Shot(f"{mode}-{scheme}-{language}", SIZES[1], scheme, language, mode))
    found.append(Shot("busy-en-1280", SIZES[0], "dark", "en", busy=True))
    found.append(Shot("busy-zh-1280", SIZES[0], "light", "zh", "drill", busy=True))
    found.append(Shot("contrast-zh", SIZES[1], "contrast", "zh", busy=True))
    found.append(Shot("palette-zh", SIZES[0], "dark", "zh", find="xf"))
    found.append(Shot("palette-en", SIZES[0], "light", "en", find="tank"))
    return found


def main(arguments: list[str]) -> int:
    """Write the pictures; return 0."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(["muster"])
    theme = Theme("dark", scale=1.0)
    translator = Translator("zh")
    for shot in shots():
        theme.choose(shot.scheme)
        theme.set_scale(scale_for_height(shot.size[1]))
        translator.choose(shot.language)
        window = _window(theme, translator, shot)
        app.processEvents()
        window.grab().save(str(folder / f"{shot.name}.png"))
        window.may_close = True
        window.close()
        window.deleteLater()
        app.processEvents()
    return 0


def _window(theme: Theme, translator: Translator, shot: Shot) -> MainWindow:
    desk = PreviewDesk(sample.situation(shot.mode, disagree=shot.busy), sample.reference())
    wording = Wording(translator, ZoneInfo("Asia/Shanghai"))
    kit = ViewKit(desk, theme, translator, wording, ActionRegistry())
    window = MainWindow(
        kit,
        MapStandIn(theme),
        stations(kit),
        LayoutStore(None),
        NoticeSentences(),
    )
    window.resize(*shot.size)
    window.show()
    window.open_station("watch")
    desk.gateway_state.emit(
        GatewayState(connected=not shot.busy, detail="127.0.0.1:7431 refused" * shot.busy)
    )
    if shot.busy:
        desk.notice.emit(Notice(severity=2, code="team_committed", detail="消防二站"))
    desk.tick()
    if shot.find:
        window.find_palette.open()
        window.find_palette.search(shot.find)
    return window


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
