"""The operations of the site: mode, start, length, number of events, head of the chain."""

import asyncio

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.journal import Operation
from views.kit import ViewKit
from views.widgets.key_button import KeyButton
from views.widgets.pane import Pane
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView


class OperationsPane(Pane):
    """Signals: opened(str operation id)."""

    opened = Signal(str)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        columns: tuple[Column[Operation], ...] = (
            Column("start", lambda: self.tr("Started"), self._start, width=84),
            Column("mode", lambda: self.tr("Mode"), self._mode, width=150),
            Column("events", lambda: self.tr("Events"), self._events, right=True, width=70),
            Column("hash", lambda: self.tr("Head"), self._chain_head, stretch=True),
        )
        self._model: TableModel[Operation] = TableModel(columns, lambda op: op.id, self)
        self._view = TableView(kit.theme)
        self._view.setObjectName("operations-table")
        self._view.show_model(self._model)
        self._view.opened.connect(self._on_opened)
        figures = KeyButton(kit.theme, action=kit.actions.action("review.alarm_figures"))
        self.set_body(self._with_below(figures))
        self.add_act(KeyButton(kit.theme, action=kit.actions.action("review.play"), primary=True))
        self.retranslate()

    def _with_below(self, button: QWidget) -> QWidget:
        """Return the list with a button under it: two in the title line would widen every pane."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._view, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(*(self._kit.theme.px(8),) * 4)
        foot.addWidget(button)
        foot.addStretch(1)
        column.addLayout(foot)
        return body

    def retranslate(self) -> None:
        """Set all texts again."""
        count = self.tr("%n operation(s)", "", len(self._model.rows()))
        self.set_title(self.tr("Operations"), count)
        self._view.setAccessibleName(self.tr("Operations"))
        self._model.retranslate()

    @property
    def current_id(self) -> str:
        """The chosen operation, else the one on the desk."""
        row = self._view.current_row()
        return str(row.id) if row is not None else self._kit.desk.live_situation.operation_id

    def refresh(self) -> None:
        """Read the list."""
        self._kit.desk.operations().add_done_callback(self._on_operations)

    def _on_operations(self, future: "asyncio.Future[tuple[Operation, ...]]") -> None:
        if future.cancelled() or future.exception() is not None:
            return
        shown = [op for op in future.result() if op.id != "register"]
        self._model.update(sorted(shown, key=lambda op: -op.started_us))
        self.retranslate()

    def _start(self, operation: Operation) -> str:
        return self._kit.wording.time(operation.started_us, self._kit.desk.clock.now_us())

    def _mode(self, operation: Operation) -> str:
        running = "" if operation.stopped_us is not None else " ●"
        return self._kit.wording.mode(operation.mode) + running

    def _events(self, operation: Operation) -> str:
        return f"{operation.head.seq:,}"

    def _chain_head(self, operation: Operation) -> str:
        return operation.head.hash.hex()[:8]

    @Slot(object)
    def _on_opened(self, operation: Operation) -> None:
        self.opened.emit(operation.id)
