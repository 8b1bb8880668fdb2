"""The trend page: the plot, whether it is live or paused, and the values of all curves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from models.registry.kinds import Tag
from models.times import SECOND_US
from views.i18n import Retranslating
from views.kit import ViewKit
from views.monitor.dragging import SOURCES, TAGS, dragged_keys, is_dragged
from views.monitor.trend.acts import Act, TrendActs
from views.monitor.trend.export import TrendExport
from views.monitor.trend.legend import Legend
from views.monitor.trend.marks import Marks
from views.monitor.trend.note_sheet import NoteSheet, WithdrawSheet
from views.monitor.trend.overlay import DAY_S, Then, last_incident, then_of
from views.monitor.trend.pages_sheet import PagesSheet
from views.monitor.trend.saved_pages import SavedPage, SavedPages
from views.monitor.trend.span import TrendSpan
from views.monitor.trend.state_line import StateLine
from views.monitor.trend_plot import TrendPlot
from views.shell.layout_store import LayoutStore
from views.widgets.flow import FlowLayout
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

_WHEEL = 1.25
_READ_OUT = 3  # the legend has all values
_BUTTONS = ("pause", "figures", "note", "yesterday", "incident", "pages", "table")
_LEGEND_PX, _FIGURES_PX = 300, 520


class TrendPage(Retranslating, QWidget):
    """Wheel, drag and keys move along the time; a click holds a second cursor.

    Signals: removed(Tag): take that curve out; dropped(tuple of str tag keys, tuple of str hazard
    source keys): put these in; page_wanted(tuple of str tag keys): show these.
    """

    removed = Signal(object)
    dropped = Signal(object, object)
    page_wanted = Signal(object)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._active = True
        self.plot = named(TrendPlot(kit), "trend-plot")
        self.plot.reads_out = _READ_OUT
        self._parts = named(QSplitter(Qt.Orientation.Horizontal), "trend-parts")
        # their keys work here only: in the row of buttons Space presses the one in focus
        self.acts = TrendActs(kit, self._parts, self.plot, self._can_act)
        self.legend = named(Legend(kit, self.plot), "trend-curves")
        self.marks = Marks(kit, self.plot)
        self._source_key = self._source_name = ""
        self._export = TrendExport(kit, self.plot, self)
        self._pages = SavedPages()
        self.acts.add(*self._curve_acts())
        self._line = StateLine(kit, self.plot)
        self._parts.setChildrenCollapsible(False)
        self._parts.setHandleWidth(kit.theme.px(6))
        self._parts.addWidget(self.plot)
        self._parts.addWidget(self.legend)
        self._parts.setStretchFactor(0, 1)
        self._give_legend(_LEGEND_PX)
        self.legend.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._line)
        layout.addWidget(self._parts, 1)
        layout.addWidget(self._foot())
        self.plot.canvas.turned.connect(self._on_turned)
        self.plot.canvas.dragged.connect(self._on_dragged)
        self.legend.chosen.connect(self.plot.choose)
        self.setFocusProxy(self.plot.canvas)
        self.setAcceptDrops(True)
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
        self.legend.show_tags(self.plot.tags)
        self.legend.setVisible(bool(tags))
        self.marks.read_soon()
        self.acts.refresh()

    def set_active(self, *, active: bool) -> None:
        """Let the keys act or not."""
        self._active = active
        self.acts.refresh()

    def _curve_acts(self) -> tuple[Act, ...]:
        step = self.legend.step
        return (
            ("next", lambda: self.tr("Next curve"), "Down", lambda: step(1)),
            ("previous", lambda: self.tr("Previous curve"), "Up", lambda: step(-1)),
            ("none", lambda: self.tr("All curves alike"), "Backspace", self.legend.choose_none),
            ("remove", lambda: self.tr("Take out"), "Del", self.remove_chosen),
            ("yesterday", lambda: self.tr("Day before"), "Y", self.toggle_yesterday),
            ("incident", lambda: self.tr("Last incident"), "I", self.toggle_incident),
            ("pages", lambda: self.tr("Pages"), "L", self.show_pages),
            ("table", lambda: self.tr("Export CSV"), "E", self.save_table),
            ("picture", lambda: self.tr("Export picture"), "Shift+E", self.save_picture),
            ("note", lambda: self.tr("Note"), "N", self.write_note),
            ("withdraw", lambda: self.tr("Withdraw the note"), "Shift+N", self.withdraw_note),
            ("figures", lambda: self.tr("Statistics"), "S", self.toggle_figures),
        )

    def show_source(self, key: str, name: str) -> None:
        """Hear which hazard source is looked at, '' for none."""
        self._source_key, self._source_name = key, name

    def keep_pages(self, store: LayoutStore) -> None:
        """Keep saved pages in the user's file."""
        self._pages = SavedPages(store)

    def toggle_yesterday(self) -> None:
        """Put the day before under the trend, or take it away."""
        then = self.plot.then
        shown = then is not None and then.incident is None
        self.plot.show_then(None if shown else Then(DAY_S))

    def toggle_incident(self) -> None:
        """Put the source's last incident under the trend, its begin at the cursor or the middle."""
        then, (from_s, to_s) = self.plot.then, self.plot.bounds
        if then is not None and then.incident is not None:
            self.plot.show_then(None)
            return
        at_s = self.plot.cursors.at_s
        at_s = (from_s + to_s) / 2 if at_s is None else at_s
        found = last_incident(self._kit.desk.situation, self._source_key, int(at_s * SECOND_US))
        if found is None:
            self._kit.desk.say(4, "no_incident_before", self._source_name)
        else:
            self.plot.show_then(then_of(found, at_s))

    def show_pages(self) -> None:
        """Open the saved pages of the hazard source."""
        keys = tuple(tag.key for tag in self.plot.tags)
        now = SavedPage(self._source_key, "", keys, self.plot.span.window_s)
        sheet = PagesSheet(self._kit, self._pages, now, self._source_name, self)
        sheet.opened.connect(self._on_page_opened)
        sheet.open()

    @Slot(object)
    def _on_page_opened(self, page: SavedPage) -> None:
        self.page_wanted.emit(page.tag_keys)
        self.plot.show_span(TrendSpan(page.window_s, by_hand=True))

    def save_picture(self) -> None:
        """Write what is shown as a picture."""
        self._export.save_picture(self._parts, self._source_name)

    def save_table(self) -> None:
        """Write the samples and events of the span as a table."""
        self._export.save_table(self.marks.events, self._source_name)

    def write_note(self) -> None:
        """Open the sheet of a note: about both cursors' span, the cursor, or the span's end."""
        shown = self.plot.cursors.all or (self.plot.bounds[1],)
        tags = self.plot.tags if self.plot.chosen is None else (self.plot.chosen,)
        sheet = NoteSheet(self._kit, tags, (min(shown), max(shown)), self._source_key, self)
        sheet.decided.connect(self._kit.desk.execute)
        sheet.open()

    def withdraw_note(self) -> None:
        """Open the sheet that takes back the note at the cursor, else at the span's end."""
        at_s = self.plot.cursors.at_s
        noted = self.marks.note_at(self.plot.bounds[1] if at_s is None else at_s)
        if noted is None:
            self._kit.desk.say(4, "no_note_here", "")
            return
        sheet = WithdrawSheet(self._kit, noted, self)
        sheet.decided.connect(self._kit.desk.execute)
        sheet.open()

    def remove_chosen(self) -> None:
        """Have the chosen curve taken out; the next one is chosen."""
        tag = self.plot.chosen
        if tag is not None:
            self.removed.emit(tag)

    def toggle_figures(self) -> None:
        """Show the figures of the span on screen, or the values at the cursor."""
        self.legend.toggle_figures()
        self._give_legend(_FIGURES_PX if self.legend.shows_figures else _LEGEND_PX)

    def _give_legend(self, width_px: int) -> None:
        width = self._kit.theme.px(width_px)
        self._parts.setSizes([max(self._parts.width() - width, width), width])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take tags and hazard sources from the tables."""
        if is_dragged(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped."""
        mime = event.mimeData()
        self.dropped.emit(dragged_keys(mime, TAGS), dragged_keys(mime, SOURCES))
        event.acceptProposedAction()

    def _can_act(self) -> bool:
        return self._active and bool(self.plot.tags)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what happened while nobody looked."""
        super().showEvent(event)
        self.marks.read_soon()

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
