"""What makes drill, demonstration and replay unmistakable: a band and a watermark."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from views.i18n import Retranslating
from views.theme import Theme, set_property
from views.widgets.badges import ElidedLabel, PlainLabel
from views.wording import Wording

BANDED = frozenset({"drill", "demonstration", "replay"})
MODE_WORDS = {
    "drill": "演练 DRILL",
    "demonstration": "演示 DEMONSTRATION",
    "replay": "回放 REPLAY",
}
_STEP_PX = (340, 180)
_ANGLE_DEG = -24.0
_HEIGHT_PX = 26


class ModeBand(Retranslating, QFrame):
    """A band across the window; hidden in a live operation."""

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self.setObjectName("modeBand")
        self._wording = wording
        self._mode = ""
        self._speed: float | None = None
        self._now_us = 0
        self._name = PlainLabel()
        self._name.setObjectName("modeBandName")
        self._detail = ElidedLabel()
        self._detail.setObjectName("modeBandDetail")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(16))
        row.addWidget(self._name)
        row.addWidget(self._detail, 1)
        self.setFixedHeight(theme.px(_HEIGHT_PX))
        self.retranslate()

    def show_mode(self, mode: str, speed: float | None, now_us: int) -> None:
        """Show a mode with the clock's speed and moment [µs UTC] (replay)."""
        if (mode, speed, now_us) == (self._mode, self._speed, self._now_us):
            return
        self._mode, self._speed, self._now_us = mode, speed, now_us
        self.retranslate()

    def retranslate(self) -> None:
        """Set all text."""
        set_property(self, "mode", self._mode)
        self.setVisible(self._mode in BANDED)
        self._name.setText(MODE_WORDS.get(self._mode, ""))
        self._detail.setText(self._sentence())

    def _sentence(self) -> str:
        match self._mode:
            case "drill":
                return self.tr("Exercise. Nothing leaves this desk; live alarms break in.")
            case "demonstration":
                return self.tr("Fictitious park. Nothing here is real, nothing leaves this desk.")
            case "replay":
                moment = self._wording.date(self._now_us) + " " + self._wording.clock(self._now_us)
                if not self._speed:
                    return self.tr("{moment} · paused").format(moment=moment)
                return self.tr("{moment} · {speed}× speed").format(
                    moment=moment, speed=f"{self._speed:g}"
                )
        return ""


class Watermark(QWidget):
    """A diagonal word over one pane; lets every click through.

    Over a stack it spares the page that marks itself (`spare`): above a map it would be painted
    anew with each of the map's frames.
    """

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("watermark")
        self._theme = theme
        self._mode = ""
        self._tile: QPixmap | None = None
        self._spared = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        over.installEventFilter(self)
        theme.scheme_changed.connect(self._on_scheme_changed)
        self.hide()

    def show_mode(self, mode: str) -> None:
        """Show the word of a mode; a live operation has none."""
        if mode != self._mode:
            self._mode = mode
            self._tile = None
            self._show()

    def spare(self, *, on: bool) -> None:
        """Leave the pane unmarked while it marks itself."""
        if on != self._spared:
            self._spared = on
            self._show()

    def _show(self) -> None:
        self.setVisible(self._mode in BANDED and not self._spared)
        self._cover()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the pane and stay on top of its children."""
        if watched is self.parent() and event.type() in {
            QEvent.Type.Resize,
            QEvent.Type.ChildAdded,
            QEvent.Type.Show,
        }:
            self._cover()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tile the word where something was painted under it."""
        if self._mode not in BANDED:
            return
        if self._tile is None:
            self._tile = self._make_tile()
        painter = QPainter(self)
        painter.drawTiledPixmap(event.rect(), self._tile, event.rect().topLeft())
        painter.end()

    def _cover(self) -> None:
        over = self.parentWidget()
        if over is not None and self._mode in BANDED:
            self.setGeometry(over.rect())
            self.raise_()

    def _make_tile(self) -> QPixmap:
        width, height = (self._theme.px(each) for each in _STEP_PX)
        tile = QPixmap(width, height)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(self._theme.color("text1"))
        color.setAlphaF(0.06)
        painter.setPen(color)
        painter.setFont(self._theme.font(20, bold=True))
        painter.translate(width / 2, height / 2)
        painter.rotate(_ANGLE_DEG)
        box = QRectF(-width / 2, -height / 2, width, height)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), MODE_WORDS[self._mode])
        painter.end()
        return tile

    def _on_scheme_changed(self, _theme: Theme) -> None:
        self._tile = None
        self.update()
