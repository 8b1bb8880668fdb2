"""Domino: which neighbouring hazard sources a fire or explosion puts at risk, worst first."""

import asyncio

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget
from shiboken6 import isValid

from app.commands.zone import DrawZone, RecordDomino
from models.hazard.fires import DominoHit, DominoTable
from models.hazard.ports import HazardInputError, ZoneResult
from models.operation.situation import Incident
from models.registry.kinds import HazardSource
from views.command.domino_words import DominoWords
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.keys import ENTER
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_WIDTH_PX, _HEIGHT_PX = 1120, 640


class DominoSheet(SheetDialog):
    """Computes on the model thread; in a replay it shows what was on record then.

    Signals: place_wanted(LatLon): Enter on a row goes there.
    """

    place_wanted = Signal(object)

    def __init__(self, kit: ViewKit, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("domino-sheet")
        self.resize(kit.theme.px(_WIDTH_PX), kit.theme.px(_HEIGHT_PX))
        self._kit, self._incident = kit, incident
        words = self._words = DominoWords(kit.wording, self)
        self._tables: tuple[DominoTable, ...] = ()
        self._fault: HazardInputError | str | None = None
        self._computing = kit.desk.replay is None
        self._head = named(wrapped_label(role="strong"), "domino-head")
        self._cases = named(QComboBox(), "domino-cases")
        self._cases.currentIndexChanged.connect(self._on_case_changed)
        columns: tuple[Column[DominoHit], ...] = (
            Column("verdict", lambda: self.tr("Verdict"), lambda _row: "", word=words.verdict,
                   width=150),
            Column("name", lambda: self.tr("Hazard source"),
                   lambda row: row.name.text(kit.language), stretch=True),
            Column("distance", lambda: self.tr("Distance"),
                   lambda row: kit.wording.distance(row.distance_m), right=True, width=90),
            Column("vessel", lambda: self.tr("Vessel"), words.vessel, width=130),
            Column("receives", lambda: self.tr("Receives"), self._received, right=True, width=160),
            Column("threshold", lambda: self.tr("Threshold"), words.threshold, right=True,
                   tip=lambda row: row.source, width=170),
            Column("fails", lambda: self.tr("May fail after"), words.fails, right=True,
                   tip=lambda row: row.failure_source, width=150),
        )  # fmt: skip
        self._model: TableModel[DominoHit] = TableModel(columns, lambda row: row.key, self)
        self._view = named(TableView(kit.theme), "domino-table")
        self._view.show_model(self._model)
        self._view.opened.connect(self._on_opened)
        self._facts = named(wrapped_label(role="secondary"), "domino-facts")
        for widget in (self._head, self._cases, self._view, self._facts):
            self.add_content(widget)
        self._back, self._draw, self._forget, self._record = (
            named(KeyButton(kit.theme, primary=name == "record"), f"domino-{name}")
            for name in ("back", "draw", "forget", "record")
        )
        self._back.clicked.connect(self.reject)
        self._draw.clicked.connect(self._on_draw)
        self._forget.clicked.connect(self._on_forget)
        self._record.clicked.connect(self._on_record)
        for button in (self._back, self._forget, self._draw, self._record):
            self.add_act(button)
        self._begin()
        self.retranslate()
        self._view.setFocus()

    @property
    def table(self) -> DominoTable | None:
        """The case that is shown."""
        index = self._cases.currentIndex()
        return self._tables[index] if 0 <= index < len(self._tables) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take it into the log on Ctrl+Enter."""
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._record.click()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("Domino: neighbours at risk"))
        self._back.set_label(self.tr("Back") + "  Esc")
        self._draw.set_label(self.tr("Draw its zone"))
        self._forget.set_label(self.tr("Take off the map"))
        self._record.set_label(self.tr("Into the log") + "  Ctrl+Enter")
        self._view.setAccessibleName(self.tr("Domino: neighbours at risk"))
        self._cases.setAccessibleName(self.tr("Fire or explosion"))
        for index, table in enumerate(self._tables):
            self._cases.setItemText(index, self._words.choice(table))
        self._model.retranslate()
        self._refresh()

    def _begin(self) -> None:
        desk, incident = self._kit.desk, self._incident
        if desk.replay is not None:
            self._show((incident.domino,) if incident.domino is not None else ())
            return
        situation, reference = desk.situation, desk.reference

        def compute() -> tuple[DominoTable, ...]:
            from app.fires import domino_tables  # brings scipy

            return domino_tables(situation, reference, incident)

        desk.in_worker(compute).add_done_callback(self._on_computed)

    def _on_computed(self, future: "asyncio.Future[tuple[DominoTable, ...]]") -> None:
        if future.cancelled() or not isValid(self):
            return
        self._computing = False
        error = future.exception()
        if error is not None:
            self._fault = error if isinstance(error, HazardInputError) else str(error)
            self._refresh()
        else:
            self._show(future.result())

    def _show(self, tables: tuple[DominoTable, ...]) -> None:
        """Show what burns already, else the case that most may fail of."""
        self._tables = tables
        self._cases.blockSignals(True)
        self._cases.addItems([self._words.choice(table) for table in tables])
        worst = max(
            range(len(tables)),
            key=lambda i: (tables[i].burning and i == 0, *_counts(tables[i]), -i),
            default=-1,
        )
        self._cases.setCurrentIndex(worst)
        self._cases.blockSignals(False)
        self._refresh()

    def _refresh(self) -> None:
        table, live = self.table, self._kit.desk.replay is None
        self._cases.setVisible(len(self._tables) > 1)
        self._model.update(table.hits if table is not None else ())
        self._draw.setVisible(live and table is not None)
        self._record.setVisible(live and table is not None)
        self._forget.setVisible(live and self._incident.domino is not None)
        self._facts.setText("" if table is None else self._words.basis(table))
        self._head.setText(self._head_text(table))

    def _head_text(self, table: DominoTable | None) -> str:
        if table is not None:
            lines = [self._words.title(table)]
            if not table.hits:
                lines.append(self.tr("No hazard source of the register lies within 5 km."))
            lines.append(self.tr("Computed by a model, the commander decides."))
            return " ".join(lines)
        if self._computing:
            return self.tr("Computing…")
        if isinstance(self._fault, HazardInputError):
            return self._words.fault(self._fault)
        if self._fault:
            return self.tr("It could not be computed: {reason}").format(reason=self._fault)
        return self.tr("No domino judgement was on record at this moment.")

    def _received(self, row: DominoHit) -> str:
        table = self.table
        return self._words.received(row, table.lasts_s if table is not None else None)

    @Slot(int)
    def _on_case_changed(self, _index: int) -> None:
        self._refresh()

    @Slot(object)
    def _on_opened(self, row: DominoHit) -> None:
        source = self._kit.desk.reference.get(HazardSource.KIND, row.key)
        if source is not None and source.position is not None:
            self.place_wanted.emit(source.position)
            self.accept()

    def _on_record(self) -> None:
        if self.table is not None and self._kit.desk.replay is None:
            self._kit.desk.execute(RecordDomino(self._incident.id, self.table))
            self.accept()

    def _on_forget(self) -> None:
        self._kit.desk.execute(RecordDomino(self._incident.id, None))
        self.accept()

    def _on_draw(self) -> None:
        desk, table, incident_id = self._kit.desk, self.table, self._incident.id
        if table is None:
            return
        reference, hour = desk.reference, self._kit.wording.local(desk.clock.now_us()).hour

        def compute() -> ZoneResult:
            from app.fires import zone_of

            return zone_of(table, reference, hour)

        def drawn(future: "asyncio.Future[ZoneResult]") -> None:
            if future.cancelled():
                return
            error = future.exception()
            if error is not None:
                desk.say(2, "zone_not_computed", str(error))
            else:
                desk.execute(DrawZone(incident_id=incident_id, result=future.result()))

        desk.in_worker(compute).add_done_callback(drawn)
        self.accept()


def _counts(table: DominoTable) -> tuple[int, int]:
    return len(table.may_fail), len(table.at_risk)
