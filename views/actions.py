"""The one registry of actions: what can be done, by which key, and when.

It feeds menus, the palette and the list of keys. An action that can't be undone never has a
single-key shortcut: it opens a sheet, and Enter there does it. A key that is held down acts once,
unless it only moves what is looked at: its repeats would answer what nobody has read yet.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

STATION_GROUPS = frozenset(
    {
        "watch", "map", "monitor", "command", "libraries", "drill", "review",
        "monitor-alarms", "monitor-plates", "monitor-wall",
    }
)  # fmt: skip
_MOVING = frozenset({"Left", "Right", "Up", "Down", "PgUp", "PgDown", "+", "-", ".", ","})


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action as data. `text` and `enabled` are asked anew, so language and state may change.

    `scope` None makes the shortcut work in the whole window; with a widget it works inside that.
    """

    id: str
    text: Callable[[], str]
    run: Callable[[], object]
    shortcut: str = ""
    enabled: Callable[[], bool] = _always
    scope: QWidget | None = None
    group: str = "general"
    irreversible: bool = False


def _takes_turns(spec: ActionSpec) -> bool:
    return spec.enabled is not _always and spec.group in STATION_GROUPS


def _moves(shortcut: str) -> bool:
    return shortcut in _MOVING or shortcut.rpartition("+")[2] in _MOVING


class ActionRegistry(QObject):
    """Holds the QActions. Signals: changed(str id): added, renamed, enabled or disabled."""

    changed = Signal(object)

    def __init__(self, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}

    def set_window(self, window: QWidget) -> None:
        """Let window-wide shortcuts act in this window."""
        self._window = window
        for key, spec in self._specs.items():
            if spec.scope is None:
                window.addAction(self._actions[key])

    def add(self, spec: ActionSpec) -> QAction:
        """Enter an action and return it.

        Raises
        ------
        ValueError
            When the id or the shortcut is taken, or one key would do what can't be undone.
        """
        if spec.id in self._specs:
            raise ValueError(f"action {spec.id!r} stands in the registry already")
        if spec.irreversible and spec.shortcut and "+" not in spec.shortcut:
            raise ValueError(f"action {spec.id!r}: one key may not do what can't be undone")
        taken = self._holder(spec)
        if taken:
            raise ValueError(f"action {spec.id!r}: {spec.shortcut} belongs to {taken!r}")
        action = QAction(spec.text(), self)
        action.setObjectName(f"action-{spec.id}")
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
        action.setAutoRepeat(_moves(spec.shortcut))
        action.triggered.connect(spec.run)
        if spec.scope is not None:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            spec.scope.addAction(action)
        elif self._window is not None:
            self._window.addAction(action)
        self._specs[spec.id] = spec
        self._actions[spec.id] = action
        self.refresh(spec.id)
        return action

    def action(self, action_id: str) -> QAction:
        """Return an action; KeyError when there is none."""
        return self._actions[action_id]

    def spec(self, action_id: str) -> ActionSpec:
        """Return what was entered."""
        return self._specs[action_id]

    def specs(self) -> Iterator[ActionSpec]:
        """Yield all actions in the order they were entered."""
        yield from self._specs.values()

    def run(self, action_id: str) -> bool:
        """Do it when it is enabled; return whether it was."""
        self.refresh(action_id)
        action = self._actions[action_id]
        if action.isEnabled():
            action.trigger()
        return action.isEnabled()

    def refresh(self, *action_ids: str) -> None:
        """Ask the enabled rules again: of these, or of all."""
        for key in action_ids or tuple(self._specs):
            spec, action = self._specs[key], self._actions[key]
            enabled = spec.enabled()
            if action.isEnabled() != enabled:
                action.setEnabled(enabled)
                self.changed.emit(key)

    def retranslate(self) -> None:
        """Take all texts anew."""
        for key, spec in self._specs.items():
            self._actions[key].setText(spec.text())
            self.changed.emit(key)

    def _holder(self, spec: ActionSpec) -> str:
        """Return the id of the action that has the shortcut in the same scope, '' when free."""
        if not spec.shortcut:
            return ""
        wanted = QKeySequence(spec.shortcut)
        for other in self._specs.values():
            if _takes_turns(spec) and _takes_turns(other) and spec.group != other.group:
                continue  # stations are on screen by turns, so their keys may be the same
            same_scope = other.scope is spec.scope
            if same_scope and other.shortcut and QKeySequence(other.shortcut) == wanted:
                return other.id
        return ""
