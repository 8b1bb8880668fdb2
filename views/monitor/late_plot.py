"""A trend that is made when there is something to plot: a start without one doesn't pay for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.registry.kinds import Tag
from views.i18n import Retranslating
from views.kit import ViewKit
from views.widgets.states import EmptyState

if TYPE_CHECKING:
    from views.monitor.trend_plot import TrendPlot


class LatePlot(Retranslating, QWidget):
    """Says that nothing is chosen; becomes a `TrendPlot` with the first tags."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._tags: tuple[Tag, ...] = ()
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
        elif tags:
            self._make_plot()

    def prepare(self) -> None:
        """Make the plot before there is something to plot."""
        if self._plot is None:
            self._make_plot()

    def _make_plot(self) -> None:
        from views.monitor.trend_plot import TrendPlot as Plot

        self._plot = Plot(self._kit)
        self._empty.hide()
        self._layout.addWidget(self._plot)
        self._plot.show_tags(self._tags)
