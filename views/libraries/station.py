"""Libraries 资源库: every kind of reference data, its rows, one record, imports and undo."""

import asyncio
from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from app.reference import ReferenceService
from models.operation.situation import Published
from views.actions import ActionSpec
from views.kit import ViewKit
from views.libraries.catalog import RecordRow, kind_rows, record_rows, record_sounds
from views.libraries.changes import ReferenceChanges
from views.libraries.columns import RecordColumns
from views.libraries.detail_pane import DetailPane
from views.libraries.import_flow import ImportFlow
from views.libraries.kind_list import KindList
from views.libraries.record_table import RecordTable
from views.libraries.records_pane import RecordsPane
from views.libraries.revision_list import RevisionsPane
from views.libraries.words import LibraryWords
from views.widgets.naming import named

FIRST_KIND = "plans"
_MARKING = {"dead_numbers", "stock_moves"}
T = TypeVar("T")


class LibrariesStation(QObject):
    """Signals: selected(tuple of str kind and str key): a row was opened; the map shows it."""

    selected = Signal(object)
    id = "libraries"

    def __init__(self, kit: ViewKit, references: ReferenceService) -> None:
        super().__init__()
        self._kit = kit
        self._active = False
        self._kind = ""
        self._request = 0
        self._add_actions()
        self._words = LibraryWords(kit, self)
        self._columns = RecordColumns(kit, self._words)
        self.kinds = KindList(kit, self._words)
        self.records = RecordTable(kit, self._columns)
        self.details = DetailPane(kit, self._words)
        self.revisions = RevisionsPane(kit, self._words)
        self.pane = RecordsPane(kit, self._words, self.records)
        self.changes = ReferenceChanges(kit, references)
        self.importing = ImportFlow(kit, self._words, self.changes, self.pane)
        self._wire()

    def left(self) -> QWidget | None:
        """Return the kinds with their counts."""
        return self.kinds.widget()

    def right(self) -> QWidget | None:
        """Return the chosen record over the changes."""
        splitter = named(QSplitter(Qt.Orientation.Vertical), "libraries-right")
        splitter.setHandleWidth(self._kit.theme.px(6))
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.details)
        splitter.addWidget(self.revisions)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        return splitter

    def bottom(self) -> QWidget | None:
        """Leave the room to the page."""
        return None

    def center(self) -> QWidget | None:
        """Return the rows of the chosen kind."""
        return self.pane

    def activated(self) -> None:
        """Count the kinds and show the first one's rows."""
        self.changes.read_revisions()
        self._count_kinds()
        if not self._kind:
            self.kinds.choose(FIRST_KIND)

    def prepare(self) -> Iterator[None]:
        """Make lines and read the first kind's rows in idle moments."""
        yield from self.details.prepare()
        self.activated()

    def set_active(self, *, active: bool) -> None:
        """Let this station's keys act or not."""
        self._active = active

    def show_record(self, kind: str, key: str) -> None:
        """Choose a kind and one of its rows."""
        self.kinds.choose(kind)
        self.records.choose(key)

    def import_file(self) -> None:
        """Ask for a file of the chosen kind and check it."""
        self.importing.choose_file(self._kind or FIRST_KIND)

    def undo(self) -> None:
        """Take the newest change back."""
        self.changes.undo()

    def _is_active(self) -> bool:
        return self._active

    def _add_actions(self) -> None:
        for name, text, key, run, irreversible in (
            ("import", lambda: self.tr("Import a file"), "Ctrl+I", self.import_file, False),
            ("undo", lambda: self.tr("Take back"), "Ctrl+Shift+Z", self.undo, True),
        ):
            self._kit.actions.add(
                ActionSpec(
                    id=f"libraries.{name}",
                    text=text,
                    run=run,
                    shortcut=key,
                    enabled=self._is_active,
                    group="libraries",
                    irreversible=irreversible,
                )
            )

    def _wire(self) -> None:
        desk = self._kit.desk
        self.kinds.chosen.connect(self._on_kind_chosen)
        self.records.chosen.connect(self._on_record_chosen)
        self.records.opened.connect(self._on_record_opened)
        self.importing.running.connect(self.pane.show_running)
        self.pane.cancel.clicked.connect(self.importing.cancel)
        self.changes.revisions_read.connect(self.revisions.show_revisions)
        desk.reference_changed.connect(self._on_reference_changed)
        desk.published.connect(self._on_published)

    def _read(self, function: Callable[[], T], take: Callable[[T], object]) -> None:
        """Read on a reader thread: a kind may not be in memory yet."""

        def finish(future: "asyncio.Future[T]") -> None:
            if future.cancelled():
                return
            error = future.exception()
            if error is not None:
                self._kit.desk.say(1, "store_unreadable", str(error))
            else:
                take(future.result())

        self._kit.desk.in_reader(function).add_done_callback(finish)

    def _count_kinds(self) -> None:
        desk = self._kit.desk
        reference, situation, now_us = desk.reference, desk.situation, desk.clock.now_us()
        self._read(lambda: kind_rows(reference, situation, now_us), self.kinds.show_rows)

    def _load(self) -> None:
        kind, reference = self._kind, self._kit.desk.reference
        self._request += 1
        request = self._request

        def take(rows: tuple[RecordRow, ...]) -> None:
            if request == self._request:
                self.records.show_rows(kind, rows)
                self._read(lambda: record_sounds(rows), take_sounds)

        def take_sounds(sounds: dict[str, str]) -> None:
            if request == self._request:
                self.records.take_sounds(kind, sounds)

        self._read(lambda: record_rows(reference, kind), take)

    @Slot(object)
    def _on_kind_chosen(self, kind: str) -> None:
        self._kind = kind
        self.pane.show_kind(kind)
        self.records.show_loading(kind)
        self._load()

    @Slot(object)
    def _on_record_chosen(self, row: RecordRow | None) -> None:
        self.details.show_record(row.kind if row else "", row.record if row else None)

    @Slot(object)
    def _on_record_opened(self, row: RecordRow) -> None:
        self.selected.emit((row.kind, row.key))

    @Slot(object)
    def _on_reference_changed(self, _reference: object) -> None:
        if not self._kind:
            return
        self._count_kinds()
        self._load()
        self.changes.read_revisions()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        changes = published.changes
        if self._kind and (changes.full or _MARKING & set(changes.touched)):
            self.records.refresh_marks()
            self._count_kinds()
