"""What can be done with a trend page by key: every act is in the registry and works in the page."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from views.actions import ActionSpec
from views.kit import ViewKit
from views.monitor.trend_plot import TrendPlot

_PAN = 0.125
_ZOOM = 2.0
_STEP, _FINE_STEP = 0.02, 0.001
Act = tuple[str, Callable[[], str], str, Callable[[], object]]


class TrendActs(QObject):
    """Enters the acts on time and cursors."""

    def __init__(
        self, kit: ViewKit, scope: QWidget, plot: TrendPlot, enabled: Callable[[], bool]
    ) -> None:
        super().__init__(scope)
        self._kit, self._scope, self._enabled = kit, scope, enabled
        self._ids: list[str] = []
        self.add(*self._times(plot), *self._cursors(plot))

    def add(self, *acts: Act) -> None:
        """Enter acts: name, text, key and what it does."""
        for name, text, key, run in acts:
            spec = ActionSpec(
                id=f"trend.{name}", text=text, run=run, shortcut=key, enabled=self._enabled,
                scope=self._scope, group="monitor",
            )  # fmt: skip
            self._kit.actions.add(spec)
            self._ids.append(spec.id)

    def refresh(self) -> None:
        """Ask again whether they can be done."""
        self._kit.actions.refresh(*self._ids)

    def _times(self, plot: TrendPlot) -> tuple[Act, ...]:
        return (
            ("pause", lambda: self.tr("Pause / live"), "Space", plot.pause),
            ("live", lambda: self.tr("Back to live"), "Home", plot.go_live),
            ("earlier", lambda: self.tr("Earlier"), "Left", lambda: plot.pan(-_PAN)),
            ("later", lambda: self.tr("Later"), "Right", lambda: plot.pan(_PAN)),
            ("page_back", lambda: self.tr("One span earlier"), "PgUp", lambda: plot.pan(-1.0)),
            ("page_on", lambda: self.tr("One span later"), "PgDown", lambda: plot.pan(1.0)),
            ("zoom_in", lambda: self.tr("Zoom in"), "+", lambda: plot.zoom(1 / _ZOOM)),
            ("zoom_out", lambda: self.tr("Zoom out"), "-", lambda: plot.zoom(_ZOOM)),
        )

    def _cursors(self, plot: TrendPlot) -> tuple[Act, ...]:
        def step(share: float) -> Callable[[], None]:
            return lambda: plot.move_cursor(share)

        return (
            ("cursor_back", lambda: self.tr("Cursor back"), "Ctrl+Left", step(-_STEP)),
            ("cursor_on", lambda: self.tr("Cursor on"), "Ctrl+Right", step(_STEP)),
            ("cursor_bit_back", lambda: self.tr("Cursor a bit back"), "Shift+Left",
             step(-_FINE_STEP)),
            ("cursor_bit_on", lambda: self.tr("Cursor a bit on"), "Shift+Right",
             step(_FINE_STEP)),
            ("mark_back", lambda: self.tr("Mark before"), "Ctrl+Shift+Left", lambda: plot.jump(-1)),
            ("mark_on", lambda: self.tr("Next mark"), "Ctrl+Shift+Right", lambda: plot.jump(1)),
            ("hold", lambda: self.tr("Hold cursor"), "C", plot.hold_cursor),
            ("drop", lambda: self.tr("Take the cursors away"), "Escape", plot.drop_cursors),
        )  # fmt: skip
