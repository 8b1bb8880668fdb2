import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from views.actions import ActionRegistry, ActionSpec


def spec(key: str, shortcut: str = "", **more: object) -> ActionSpec:
    return ActionSpec(key, lambda: key.upper(), lambda: None, shortcut, **more)  # type: ignore[arg-type]


def test_that_an_action_carries_its_text_and_key(qtbot: QtBot) -> None:
    registry = ActionRegistry()
    action = registry.add(spec("find", "Ctrl+K"))
    assert action.text() == "FIND"
    assert action.shortcut().toString() == "Ctrl+K"


def test_that_a_shortcut_is_given_once_per_scope(qtbot: QtBot) -> None:
    registry = ActionRegistry()
    registry.add(spec("one", "A"))
    with pytest.raises(ValueError, match="belongs to 'one'"):
        registry.add(spec("two", "A"))
    panel = QWidget()
    qtbot.addWidget(panel)
    assert registry.add(spec("three", "A", scope=panel)) in panel.actions()


def test_that_one_key_never_does_what_cannot_be_undone(qtbot: QtBot) -> None:
    registry = ActionRegistry()
    with pytest.raises(ValueError, match="undone"):
        registry.add(spec("siren", "S", irreversible=True))
    registry.add(spec("siren", "Ctrl+Shift+S", irreversible=True))


def test_that_a_disabled_action_is_not_run(qtbot: QtBot) -> None:
    runs: list[str] = []
    open_now = False
    registry = ActionRegistry()
    registry.add(
        ActionSpec("act", lambda: "act", lambda: runs.append("act"), enabled=lambda: open_now)
    )
    assert not registry.run("act")
    open_now = True
    assert registry.run("act")
    assert runs == ["act"]


def test_that_an_id_stands_once(qtbot: QtBot) -> None:
    registry = ActionRegistry()
    registry.add(spec("one"))
    with pytest.raises(ValueError, match="already"):
        registry.add(spec("one"))
