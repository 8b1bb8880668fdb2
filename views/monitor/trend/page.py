"""The trend page: the plot, whether it is live or paused, and the values of all curves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from models.registry.kinds import Tag
from views.i18n import Retranslating
from views.kit import ViewKit
from views.monitor.trend.acts import TrendActs
from views.monitor.trend.state_line import StateLine
from views.monitor.trend_plot import TrendPlot
from views.widgets.flow import FlowLayout
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

_WHEEL = 1.25
_BUTTONS = ("pause", "live", "zoom_in", "zoom_out", "hold")


class TrendPage(Retranslating, QWidget):
    """Wheel, drag and keys move along the time; a click holds a second cursor."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._active = True
        self.plot = named(TrendPlot(kit), "trend-plot")
        self.acts = TrendActs(kit, self, self.plot, self._can_act)
        self._line = StateLine(kit, self.plot)
        self._parts = named(QSplitter(Qt.Orientation.Horizontal), "trend-parts")
        self._parts.setChildrenCollapsible(False)
        self._parts.setHandleWidth(kit.theme.px(6))
        self._parts.addWidget(self.plot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._line)
        layout.addWidget(self._parts, 1)
        layout.addWidget(self._foot())
        self.plot.canvas.turned.connect(self._on_turned)
        self.plot.canvas.dragged.connect(self._on_dragged)
        self.setFocusProxy(self.plot.canvas)
        self.retranslate()

    def _foot(self) -> QWidget:
        """Return the row of what is done most; it wraps where there is no room."""
        foot = QWidget()
        px = self._kit.theme.px
        frame = QVBoxLayout(foot)
        frame.setContentsMargins(px(8), px(4), px(8), px(6))
        row = FlowLayout(px(8), px(4))
        frame.addLayout(row)
        for name in _BUTTONS:
            action = self._kit.actions.action(f"trend.{name}")
            row.addWidget(named(KeyButton(self._kit.theme, action=action), f"trend-{name}"))
        return foot

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setAccessibleName(self.tr("Trend"))

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show these tags."""
        self.plot.show_tags(tags)
        self.acts.refresh()

    def set_active(self, *, active: bool) -> None:
        """Let the keys act or not."""
        self._active = active
        self.acts.refresh()

    def _can_act(self) -> bool:
        return self._active and bool(self.plot.tags)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom in on the key of '+' that needs no Shift, too."""
        if event.key() == Qt.Key.Key_Equal and self._can_act():
            self._kit.actions.run("trend.zoom_in")
            return
        super().keyPressEvent(event)

    @Slot(float, float)
    def _on_turned(self, steps: float, time_s: float) -> None:
        self.plot.zoom(_WHEEL**-steps, time_s)

    @Slot(float)
    def _on_dragged(self, share: float) -> None:
        self.plot.pan(-share)
