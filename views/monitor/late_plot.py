"""A trend that is made when there is something to plot: a start without one doesn't pay for it."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.registry.kinds import Tag
from views.i18n import Retranslating
from views.kit import ViewKit
from views.warm_up import import_modules
from views.widgets.states import EmptyState

if TYPE_CHECKING:
    from views.monitor.trend_plot import TrendPlot

_MODULES = ("views.monitor.trend_plot",)


class LatePlot(Retranslating, QWidget):
    """Says that nothing is chosen; becomes a `TrendPlot` with the first tags."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._tags: tuple[Tag, ...] = ()
        self._asked = False
        self._plot: TrendPlot | None = None
        self._empty = EmptyState(kit.theme)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._empty)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._empty.say(
            self.tr("No tag chosen"), self.tr("Choose a situation, an alarm or a tag to see it.")
        )

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show these tags, live."""
        self._tags = tuple(tags)
        if self._plot is not None:
            self._plot.show_tags(self._tags)
        elif tags and not self._asked:
            self._asked = True
            modules = self._kit.desk.in_worker(lambda: import_modules(_MODULES))
            modules.add_done_callback(self._on_modules_read)

    def _on_modules_read(self, future: "asyncio.Future[None]") -> None:
        if future.cancelled():
            return
        future.result()
        from views.monitor.trend_plot import TrendPlot as Plot  # in memory by now

        self._plot = Plot(self._kit)
        self._empty.hide()
        self._layout.addWidget(self._plot)
        self._plot.show_tags(self._tags)
