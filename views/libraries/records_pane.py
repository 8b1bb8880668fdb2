"""The page of the Libraries station: its title line, what runs, and the rows of the kind."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from views.kit import ViewKit
from views.libraries.record_table import RecordTable
from views.libraries.words import LibraryWords
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.pane import Pane


class RecordsPane(Pane):
    """Rows of a kind: how many of how many; import is the act."""

    def __init__(self, kit: ViewKit, words: LibraryWords, table: RecordTable) -> None:
        super().__init__(kit.theme)
        self._words = words
        self._kind, self._what = "", ""
        self._shown, self._all = 0, 0
        self.progress = named(QProgressBar(), "library-progress")
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(kit.theme.px(4))
        self.progress.hide()
        self.cancel = named(KeyButton(kit.theme), "library-cancel")
        self.cancel.hide()
        self.add_act(self.cancel)
        action = kit.actions.action("libraries.import")
        self.add_act(named(KeyButton(kit.theme, action=action, primary=True), "library-import"))
        host = QWidget()
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.progress)
        column.addWidget(table, 1)
        self.set_body(host)
        table.counted.connect(self._on_counted)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        running = {
            "read": self.tr("reading the file…"),
            "store": self.tr("storing…"),
            "undo": self.tr("taking back…"),
        }.get(self._what, "")
        count = f"{self._all:,}"
        if self._shown != self._all:
            count = self.tr("{shown} of {all}").format(shown=f"{self._shown:,}", all=count)
        parts = [count, running]
        title = self._words.kind(self._kind) if self._kind else self.tr("Libraries")
        self.set_title(title, " · ".join(part for part in parts if part))
        self.cancel.set_label(self.tr("Stop reading"), "Ctrl+.")
        self.progress.setAccessibleName(running)

    def show_kind(self, kind: str) -> None:
        """Name the kind."""
        self._kind = kind
        self.retranslate()

    @Slot(str)
    def show_running(self, what: str) -> None:
        """Show what runs; only reading can be stopped."""
        self._what = what
        self.progress.setVisible(bool(what))
        self.cancel.setVisible(what == "read")
        self.retranslate()

    @Slot(int, int)
    def _on_counted(self, shown: int, count: int) -> None:
        self._shown, self._all = shown, count
        self.retranslate()
