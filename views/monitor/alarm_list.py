"""The alarm list of Monitor: every alarm of the situation, sorted, filtered, grouped, by keys."""

import asyncio
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from app.desk import Reference
from models.operation.situation import Alarm, Published
from views.i18n import Retranslating
from views.kit import ViewKit
from views.monitor.alarm_book import AlarmBook
from views.monitor.alarm_filter import AlarmFilterBar
from views.monitor.alarm_rows import AlarmRow, GroupRow, ListRow, arranged, hays, plain_hay
from views.monitor.alarm_words import AlarmWords
from views.watch.alarm_acts import AlarmActs
from views.widgets.naming import named
from views.widgets.states import EmptyState
from views.widgets.table_model import TableModel
from views.widgets.table_view import TableView

_RETIME_TICKS = 5


@dataclass(frozen=True, slots=True)
class AlarmCounts:
    """How many alarms there are, are shown, wait, and wait where the filter hides them."""

    all: int = 0
    shown: int = 0
    waiting: int = 0
    hidden_waiting: int = 0


class AlarmList(Retranslating, QWidget):
    """Signals: counted(AlarmCounts), place_wanted(AlarmRow), trend_wanted(str tag key)."""

    counted = Signal(object)
    place_wanted = Signal(object)
    trend_wanted = Signal(str)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._book = AlarmBook()
        self._column, self._reverse = "state", False
        self._hays: dict[str, str] = {}
        self._late = True
        self._ticks = 0
        self._offered = 0
        words = AlarmWords(kit, lambda: (self._column, self._reverse))
        self._words = words
        self.model: TableModel[ListRow] = TableModel(
            words.columns(), attrgetter("id"), self, lambda row: isinstance(row, GroupRow)
        )
        self.view = named(TableView(kit.theme), "monitor-alarms")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.show_model(self.model)
        self.view.opened.connect(self._on_opened)
        header = self.view.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._on_title_clicked)
        self.bar = AlarmFilterBar(kit, words)
        self.bar.edit.set_table(self.view)
        self.bar.changed.connect(self._show)
        self.acts = AlarmActs(kit, self, self.chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.view, 1)
        self._empty = EmptyState(kit.theme)
        self._empty.hide()
        layout.addWidget(self._empty, 1)
        kit.desk.published.connect(self._on_published)
        kit.desk.ticked.connect(self._on_ticked)
        kit.desk.reference_changed.connect(self._on_reference_changed)
        kit.translator.language_changed.connect(self._on_language_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.view.setAccessibleName(self.tr("All alarms"))
        self.model.retranslate()
        self._tell_empty(is_filtered=bool(self._book.rows))

    def chosen(self) -> list[Alarm]:
        """Return the alarms that are chosen, the one under the cursor first."""
        current = self.view.currentIndex().row()
        picked = {index.row() for index in self.view.selectionModel().selectedRows()}
        rows = [self.model.row(n) for n in sorted(picked, key=lambda n: (n != current, n))]
        return [row.alarm for row in rows if isinstance(row, AlarmRow)]

    # Keys

    def show_on_map(self) -> None:
        """Ask for the place of the alarm under the cursor."""
        if (row := self._current()) is not None:
            self.place_wanted.emit(row)

    def show_trend(self) -> None:
        """Ask for the trend of the alarm under the cursor."""
        if (row := self._current()) is not None:
            self.trend_wanted.emit(row.alarm.tag_key)

    def sort_next(self) -> None:
        """Sort by the next column."""
        keys = [column.key for column in self.model.columns]
        self._sort_by(keys[(keys.index(self._column) + 1) % len(keys)], reverse=False)

    def turn_round(self) -> None:
        """Sort the other way round."""
        self._sort_by(self._column, reverse=not self._reverse)

    def _current(self) -> AlarmRow | None:
        row = self.view.current_row()
        if isinstance(row, AlarmRow):
            return row
        self._kit.desk.say(3, "alarm_needed")
        return None

    def _sort_by(self, column: str, *, reverse: bool) -> None:
        self._column, self._reverse = column, reverse
        self.model.retranslate()
        self._show()

    @Slot(int)
    def _on_title_clicked(self, section: int) -> None:
        key = self.model.columns[section].key
        self._sort_by(key, reverse=key == self._column and not self._reverse)

    @Slot(object)
    def _on_opened(self, row: ListRow) -> None:
        if isinstance(row, AlarmRow) and row.waits:
            self.acts.acknowledge()

    # Rows

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was published out of sight."""
        super().showEvent(event)
        if self._late:
            self._load()
        if not self._hays:
            self._read_sounds()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if not self.isVisible():
            self._late = True
            return
        desk = self._kit.desk
        if self._late:
            self._load()
        elif self._book.follow(published, desk.reference, self._kit.language, self._now_us()):
            self._show()

    @Slot(object)
    def _on_reference_changed(self, _reference: object) -> None:
        self._hays = {}
        self._load()
        if self.isVisible():
            self._read_sounds()

    @Slot(object)
    def _on_language_changed(self, _language: object) -> None:
        self._load()

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        if not self.isVisible():
            return
        self._ticks += 1
        if self._ticks % _RETIME_TICKS == 0 and self._book.retime(
            self._kit.desk.situation, self._now_us()
        ):
            self._show()
        self.view.repaint_ticking()

    def _now_us(self) -> int:
        replay = self._kit.desk.replay
        return self._kit.desk.clock.now_us() if replay is None else int(replay.now_us())

    def _load(self) -> None:
        self._late = not self.isVisible()
        if self._late:
            return
        desk = self._kit.desk
        self._book.load(desk.situation, desk.reference, self._kit.language, self._now_us())
        self._show()

    @Slot()
    def _show(self) -> None:
        """Filter, sort and group what is there; the rows that stay keep the cursor."""
        everything = self._book.rows.values()
        if self._offered != self._book.edition:
            self._offered = self._book.edition
            self.bar.offer(everything)
        wanted = self.bar.filter
        kept = list(everything)
        if not wanted.is_empty:
            kept = [row for row in kept if wanted.accepts(row, self._hay)]
        rows = arranged(kept, self._column, self.bar.group, reverse=self._reverse)
        self.model.update(rows)
        self._tell_empty(is_filtered=bool(self._book.rows))
        waiting = sum(row.waits for row in everything)
        self.counted.emit(
            AlarmCounts(
                all=len(self._book.rows),
                shown=len(kept),
                waiting=waiting,
                hidden_waiting=waiting - sum(row.waits for row in kept),
            )
        )

    def _tell_empty(self, *, is_filtered: bool) -> None:
        """Say why the list is empty; its titles stay, a filter may be what has to go."""
        empty = self.model.rowCount() == 0
        self._empty.setVisible(empty)
        if empty and is_filtered:
            advice = self.tr("The filter hides all of them. Alt+X shows all.")
            self._empty.say(self.tr("No such alarm"), advice)
        elif empty:
            advice = self.tr("Nothing is in alarm, shelved, suppressed or out of service.")
            self._empty.say(self.tr("No alarm"), advice)

    def _hay(self, row: AlarmRow) -> str:
        return self._hays.get(row.alarm.tag_key, "") + plain_hay(row)

    def _read_sounds(self) -> None:
        """Let the filter find pinyin too: dictionaries are read on another thread."""
        reference: Reference = self._kit.desk.reference
        keys = tuple(reference.all("tags"))

        def finish(future: "asyncio.Future[dict[str, str]]") -> None:
            fails = future.cancelled() or future.exception() is not None
            if not fails and reference is self._kit.desk.reference:
                self._hays = future.result()

        self._kit.desk.in_reader(lambda: hays(reference, keys)).add_done_callback(finish)
