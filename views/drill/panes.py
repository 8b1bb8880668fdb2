"""Panes of the Drill station."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from models.libraries.kinds import Inject, Scenario
from models.operation.situation import Published, Situation
from models.times import SECOND_US
from views.codes import code_word
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.key_button import KeyButton
from views.widgets.pane import Pane
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView
from views.wording import Toned

OPENING = "OPENING"


def running_key(situation: Situation) -> str:
    """Return the key of the scenario that runs in a simulated operation, '' in a live one."""
    return OPENING if situation.mode == "demonstration" else ""


def due_us(situation: Situation, inject: Inject) -> int:
    """Return when an inject of the running script happens [µs UTC]."""
    moved_s = situation.postponed.get(inject.key, 0)
    return situation.started_us + (inject.at_s + moved_s) * SECOND_US


class ScenariosPane(Pane):
    """The scenarios of the library. Signals: chosen(Scenario or None)."""

    chosen = Signal(object)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        columns: tuple[Column[Scenario], ...] = (
            Column("name", lambda: self.tr("Scenario"), self._name, stretch=True),
            Column("injects", lambda: self.tr("Injects"), self._injects, right=True, width=72),
            Column("state", lambda: self.tr("State"), lambda s: s.key, word=self._state, width=92),
        )
        self._model: TableModel[Scenario] = TableModel(columns, lambda row: row.key, self)
        self._view = TableView(kit.theme)
        self._view.setObjectName("scenarios-table")
        self._view.show_model(self._model)
        self._view.chosen.connect(self.chosen)
        self.set_body(self._view)
        kit.desk.reference_changed.connect(self._on_reference_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.set_title(self.tr("Scenarios"), str(len(self._model.rows())))
        self._view.setAccessibleName(self.tr("Scenarios"))
        self._model.retranslate()

    def refresh(self) -> None:
        """Read the library; choose the running scenario first."""
        running = running_key(self._kit.desk.situation)
        rows = [
            row
            for row in self._kit.desk.reference.all("scenarios").values()
            if isinstance(row, Scenario)
        ]
        rows.sort(key=lambda row: (row.key != running, row.key))
        self._model.update(rows)
        self.retranslate()
        if rows and self._view.current_row() is None:
            self._view.selectRow(0)

    def _name(self, row: Scenario) -> str:
        return row.name.text(self._kit.language)

    def _injects(self, row: Scenario) -> str:
        return str(len(row.injects))

    def _state(self, row: Scenario) -> Toned:
        if row.key == running_key(self._kit.desk.situation):
            return Toned(self.tr("running"), "4")
        return Toned(self.tr("stored"))

    @Slot(object)
    def _on_reference_changed(self, _reference: object) -> None:
        self.refresh()


class ScenarioPane(Pane):
    """Objectives of the chosen scenario."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._scenario: Scenario | None = None
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        scenario = self._scenario
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(*self._kit.theme.pxs(12, 8, 12, 8))
        column.setSpacing(self._kit.theme.px(8))
        if scenario is None:
            self.set_title(self.tr("Objectives"), "")
        else:
            minutes = self.tr("{minutes} min").format(minutes=scenario.duration_s // 60)
            seed = self.tr("seed {seed}").format(seed=scenario.seed)
            self.set_title(self.tr("Objectives"), f"{minutes} · {seed}")
            for number, objective in enumerate(scenario.objectives, 1):
                text = f"{number}.  {objective.text(self._kit.language)}"
                column.addWidget(wrapped_label(text))
            if scenario.remarks:
                column.addWidget(wrapped_label(scenario.remarks, "secondary"))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        self.set_body(scroll)

    def show_scenario(self, scenario: Scenario | None) -> None:
        """Show another scenario."""
        self._scenario = scenario
        self.retranslate()


class InjectsPane(Pane):
    """The script: when, what, expected; what happened is marked with its time."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._scenario: Scenario | None = None
        columns: tuple[Column[Inject], ...] = (
            Column("at", lambda: self.tr("T+"), self._at, right=True, width=76),
            Column("state", lambda: self.tr("State"), lambda i: i.key, word=self._state, width=150),
            Column("type", lambda: self.tr("Type"), self._type, width=110),
            Column("what", lambda: self.tr("What happens"), self._what, stretch=True),
            Column("expected", lambda: self.tr("Expected"), self._expected, width=420),
        )
        self._model: TableModel[Inject] = TableModel(columns, lambda inject: inject.key, self)
        self._view = TableView(kit.theme)
        self._view.setObjectName("injects-table")
        self._view.show_model(self._model)
        for name in ("postpone", "now"):
            self.add_act(KeyButton(kit.theme, action=kit.actions.action(f"drill.{name}")))
        self.set_body(self._view)
        kit.desk.published.connect(self._on_published)
        kit.desk.ticked.connect(self._on_ticked)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.set_title(self.tr("Injects"), str(len(self._model.rows())))
        self._view.setAccessibleName(self.tr("Injects"))
        self._model.retranslate()

    @property
    def current(self) -> tuple[Inject | None, int | None]:
        """The chosen inject, and when it will happen (None when it did or doesn't run)."""
        inject: Inject | None = self._view.current_row()
        situation = self._kit.desk.situation
        if inject is None or not self._runs() or inject.key in situation.fired:
            return inject, None
        return inject, due_us(situation, inject)

    def show_scenario(self, scenario: Scenario | None) -> None:
        """Show another script."""
        self._scenario = scenario
        with QSignalBlocker(self._view):
            self._model.update(self._in_order(scenario))
        self.retranslate()

    def _in_order(self, scenario: Scenario | None) -> list[Inject]:
        """Return a script's injects as they happen: one may have been moved."""
        situation = self._kit.desk.situation
        injects = scenario.injects if scenario is not None else ()
        return sorted(
            injects, key=lambda each: due_us(situation, each) if self._runs() else each.at_s
        )

    def _runs(self) -> bool:
        running = running_key(self._kit.desk.situation)
        return self._scenario is not None and self._scenario.key == running

    def _at(self, inject: Inject) -> str:
        moved_s = self._kit.desk.situation.postponed.get(inject.key, 0) if self._runs() else 0
        return self._kit.wording.duration((inject.at_s + moved_s) * SECOND_US)

    def _state(self, inject: Inject) -> Toned:
        situation = self._kit.desk.situation
        if not self._runs():
            return Toned(self.tr("not running"))
        fired_us = situation.fired.get(inject.key)
        if fired_us is not None:
            return Toned(self._kit.wording.clock(fired_us), "ok")
        now_us = self._kit.desk.clock.now_us()
        return Toned(self._kit.wording.countdown(due_us(situation, inject), now_us), "2")

    def _type(self, inject: Inject) -> str:
        return code_word(inject.type, self._kit.language)

    def _what(self, inject: Inject) -> str:
        return inject.synopsis.text(self._kit.language)

    def _expected(self, inject: Inject) -> str:
        return inject.expected.text(self._kit.language)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        touched = published.changes.touched
        changed = published.changes.full or "fired" in touched or "postponed" in touched
        if changed and self.isVisible():
            self._model.update(self._in_order(self._scenario))
            self._model.retranslate()

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        if self.isVisible() and self._runs():
            self._model.retranslate()
