"""The curves of a trend in a table: values at the cursor and differences, or the span's figures."""

import math
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.registry.kinds import Tag
from models.times import SECOND_US
from views.i18n import Retranslating
from views.kit import ViewKit
from views.monitor.trend.figures import Figures
from views.monitor.trend.looks import curve_token, value_text
from views.monitor.trend_plot import TrendPlot
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_VALUES = ("value", "then", "delta")
_FIGURES = ("low", "high", "mean", "beyond", "good")
_AGAIN_MS, _SELDOM_MS, _READS = 10_000, 600_000, 180
_SOON_MS = 300
_MOVED = 0.05


class CurveModel(TableModel[Tag]):
    """Curves stay, their values move."""

    def touch(self) -> None:
        """Say that all values changed."""
        if self.rowCount():
            last = self.index(self.rowCount() - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class Legend(Retranslating, QWidget):
    """Signals: chosen(Tag or None): that curve shall stand out."""

    chosen = Signal(object)

    def __init__(self, kit: ViewKit, plot: TrendPlot) -> None:
        super().__init__()
        self._kit, self._plot = kit, plot
        self._numbers: dict[str, int] = {}
        self._shows_figures = False
        self.figures = Figures(kit.desk, self)
        self._model = CurveModel(self._columns(), lambda tag: tag.key, self)
        self.view = named(TableView(kit.theme), "trend-legend")
        self.view.show_model(self._model)
        self.view.chosen.connect(self.chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self._read)
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._read)
        self.figures.changed.connect(self._model.touch)
        plot.drawn.connect(self._on_drawn)
        plot.pointed.connect(self._on_pointed)
        plot.span_changed.connect(self._on_span_changed)
        self._show_columns()
        self.retranslate()

    @property
    def shows_figures(self) -> bool:
        """Whether the span's figures are shown instead of values."""
        return self._shows_figures

    @property
    def model(self) -> CurveModel:
        """The curves."""
        return self._model

    def retranslate(self) -> None:
        """Set all texts again."""
        self.view.setAccessibleName(self.tr("Curves"))
        self._model.retranslate()

    def show_tags(self, tags: tuple[Tag, ...]) -> None:
        """Show these curves."""
        self._numbers = {tag.key: number for number, tag in enumerate(tags)}
        self._model.update(tags)
        self._model.touch()  # a curve's colour follows its place
        if self._shows_figures:
            self._soon.start()

    def toggle_figures(self) -> None:
        """Show the span's figures, or the values at the cursor."""
        self._shows_figures = not self._shows_figures
        self._show_columns()
        if self._shows_figures:
            self._again.start()
            self._read()
        else:
            self._again.stop()

    def step(self, by: int) -> None:
        """Choose the next curve, or one before."""
        count = self._model.rowCount()
        if count:
            current = self.view.currentIndex().row()
            first = 0 if by > 0 else count - 1
            row = first if current < 0 else (current + by) % count
            self.view.selectRow(row)

    def choose_none(self) -> None:
        """Let no curve stand out."""
        self.view.clearSelection()
        self.view.setCurrentIndex(self._model.index(-1, -1))

    def cells(self) -> list[tuple[str, ...]]:
        """Return titles and rows as they are on screen."""
        shown = [column for n, column in enumerate(self._model.columns) if self._is_shown(n)]
        texts = [tuple(column.text(tag) for column in shown) for tag in self._model.rows()]
        return [tuple(column.title() for column in shown), *texts]

    def _is_shown(self, position: int) -> bool:
        return position > 0 and not self.view.isColumnHidden(position)

    def _show_columns(self) -> None:
        hidden = _VALUES if self._shows_figures else _FIGURES
        if not self._shows_figures and self._plot.cursors.held_s is None:
            hidden = (*hidden, "delta")
        if not self._shows_figures and self._plot.then is None:
            hidden = (*hidden, "then")
        for position, column in enumerate(self._model.columns):
            self.view.setColumnHidden(position, column.key in hidden)
        self._model.headerDataChanged.emit(  # the widths are worked out anew
            Qt.Orientation.Horizontal, 0, len(self._model.columns) - 1
        )

    def _columns(self) -> tuple[Column[Tag], ...]:
        def figure(key: str, title: Callable[[], str], width: int) -> Column[Tag]:
            return Column(key, title, lambda tag: self._figure(tag, key), right=True, width=width)

        return (
            Column("mark", lambda: "", lambda _: "━", token=self._token, width=28),
            Column("key", lambda: self.tr("Tag"), lambda tag: tag.key, tip=self._tip, stretch=True),
            Column("value", self._value_title, self._value, right=True, width=104),
            Column("then", lambda: self.tr("Then"), self._then, right=True, width=84),
            Column("delta", lambda: "Δ", self._delta, right=True, width=84),
            figure("low", lambda: self.tr("Min"), 76),
            figure("high", lambda: self.tr("Max"), 76),
            figure("mean", lambda: self.tr("Mean"), 90),
            figure("beyond", lambda: self.tr("Beyond"), 72),
            figure("good", lambda: self.tr("Good"), 68),
        )

    # Cells

    def _token(self, tag: Tag) -> str:
        return curve_token(self._numbers.get(tag.key, 0))

    def _tip(self, tag: Tag) -> str:
        return f"{tag.key} · {tag.name.text(self._kit.language)} · {tag.unit}"

    def _value_title(self) -> str:
        at_s = self._plot.cursors.at_s
        return self.tr("Value") if at_s is None else self._kit.wording.clock(int(at_s * SECOND_US))

    def _value(self, tag: Tag) -> str:
        at_s = self._plot.cursors.at_s
        value = self._plot.value_at(tag, self._plot.bounds[1] if at_s is None else at_s)
        return f"{value_text(value)} {tag.unit}".rstrip()

    def _then(self, tag: Tag) -> str:
        at_s = self._plot.cursors.at_s
        return value_text(
            self._plot.value_then(tag, self._plot.bounds[1] if at_s is None else at_s)
        )

    def _delta(self, tag: Tag) -> str:
        held_s, at_s = self._plot.cursors.held_s, self._plot.cursors.at_s
        if held_s is None or at_s is None:
            return "—"
        return value_text(self._plot.value_at(tag, at_s) - self._plot.value_at(tag, held_s), "+")

    def _figure(self, tag: Tag, key: str) -> str:
        found = self.figures.of(tag)
        if found is None:
            return "…"
        mark = "" if found.exact else "≈"
        match key:
            case "beyond":
                return mark + self._kit.wording.duration(int(found.beyond_s * SECOND_US))
            case "good":
                share = found.good_share
                return "—" if math.isnan(share) else f"{mark}{math.floor(share * 1000) / 10:g} %"
            case _:
                exact = "" if key in {"low", "high"} else mark
                return exact + value_text(getattr(found, key))

    # Slots

    @Slot()
    def _read(self) -> None:
        if self._shows_figures and self.isVisible() and not self.figures.is_reading:
            self.figures.want(self._plot.tags, *self._plot.bounds)
            # what is long changes slowly, and costs more to read
            window_ms = int(self._plot.span.window_s * 1000)
            self._again.setInterval(min(max(window_ms // _READS, _AGAIN_MS), _SELDOM_MS))

    @Slot()
    def _on_drawn(self) -> None:
        self._model.touch()
        moved_s = abs(self._plot.bounds[1] - self.figures.span_s[1])
        if self._shows_figures and moved_s > _MOVED * self._plot.span.window_s:
            self._soon.start()  # a replay has gone on

    @Slot()
    def _on_pointed(self) -> None:
        self._show_columns()
        self._model.touch()

    @Slot()
    def _on_span_changed(self) -> None:
        self._show_columns()
        if self._shows_figures:
            self.figures.forget()
            self._soon.start()
