"""Drill 演练: the script that runs, its injects with their times, and what is expected."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.commands.operation import PostponeInject
from models.libraries.kinds import Scenario
from views.actions import ActionSpec
from views.drill.panes import InjectsPane, ScenarioPane, ScenariosPane
from views.kit import ViewKit

_LATER_S = 120


class DrillStation(QObject):
    """Signals: selected(str kind, str key)."""

    selected = Signal(str, str)
    id = "drill"

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._active = False
        self._add_actions()
        self.scenarios = ScenariosPane(kit)
        self.scenario = ScenarioPane(kit)
        self.injects = InjectsPane(kit)
        self.scenarios.chosen.connect(self._on_chosen)

    def left(self) -> QWidget | None:
        """Return the scenarios of the library."""
        return self.scenarios

    def right(self) -> QWidget | None:
        """Return the chosen scenario."""
        return self.scenario

    def bottom(self) -> QWidget | None:
        """Return its injects."""
        return self.injects

    def center(self) -> QWidget | None:
        """Leave the map in the middle."""
        return None

    def activated(self) -> None:
        """Choose the scenario that runs."""
        self.scenarios.refresh()

    def set_active(self, *, active: bool) -> None:
        """Let this station's keys act or not."""
        self._active = active

    def postpone(self) -> None:
        """Put the chosen inject off by two minutes; the others keep their times."""
        self._move(_LATER_S)

    def bring_forward(self) -> None:
        """Let the chosen inject happen now."""
        inject, at_us = self.injects.current
        if inject is not None and at_us is not None:
            left_s = (at_us - self._kit.desk.clock.now_us()) // 1_000_000
            if left_s > 0:
                self._move(-int(left_s))

    def _move(self, by_s: int) -> None:
        inject, at_us = self.injects.current
        if inject is not None and at_us is not None:
            self._kit.desk.execute(PostponeInject(inject_key=inject.key, by_s=by_s))

    def _add_actions(self) -> None:
        for name, text, key, run in (
            ("postpone", lambda: self.tr("2 min later"), "Ctrl+D", self.postpone),
            ("now", lambda: self.tr("Happens now"), "Ctrl+Shift+D", self.bring_forward),
        ):
            self._kit.actions.add(
                ActionSpec(
                    id=f"drill.{name}",
                    text=text,
                    run=run,
                    shortcut=key,
                    enabled=self._is_active,
                    group="drill",
                )
            )

    def _is_active(self) -> bool:
        return self._active

    @Slot(object)
    def _on_chosen(self, scenario: Scenario | None) -> None:
        self.scenario.show_scenario(scenario)
        self.injects.show_scenario(scenario)
        if scenario is not None and scenario.hazard_source_key:
            self.selected.emit("hazard-sources", scenario.hazard_source_key)
