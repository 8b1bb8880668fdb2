"""Pictures of the shell: `python -m views.tools.preview DIR` (both languages, themes, sizes)."""

import sys
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from app.desk import GatewayState, Notice
from models.basics import Language
from views.actions import ActionRegistry
from views.i18n import Translator
from views.kit import ViewKit
from views.shell.layout_store import LayoutStore
from views.shell.window import MainWindow
from views.theme import Theme, scale_for_height
from views.tools import sample
from views.tools.preview_desk import PreviewDesk
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


def main(arguments: list[str]) -> int:
    """Write the pictures; return 0."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(["muster"])
    theme = Theme("dark", scale=1.0)
    translator = Translator("zh")
    for size, name, language in product(SIZES, ("dark", "light"), ("zh", "en")):
        _picture(app, theme, translator, size, name, language, folder)
    return 0


def _picture(app, theme, translator, size, name, language, folder) -> None:
    from views.tools.preview_stations import stations

    theme.choose(name)
    theme.set_scale(scale_for_height(size[1]))
    translator.choose(language)
    desk = PreviewDesk(sample.situation())
    wording = Wording(translator, ZoneInfo("Asia/Shanghai"))
    kit = ViewKit(desk, theme, translator, wording, ActionRegistry())
    window = MainWindow(kit, MapStandIn(theme), stations(kit), LayoutStore(None), str)
    window.resize(*size)
    window.show()
    window.open_station("watch")
    desk.gateway_state.emit(GatewayState(connected=True, detail=""))
    app.processEvents()
    window.grab().save(str(folder / f"{name}-{language}-{size[0]}.png"))
    window.may_close = True
    window.close()
    window.deleteLater()
    app.processEvents()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
