"""The strip over the map: which map is shown, the tools, and a line to type places and numbers."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QMenu, QToolButton, QWidget
from typing_extensions import override

from maps.sketch_items import MapChoice
from models.operation.sketch import SHAPES
from views.i18n import Retranslating
from views.kit import ViewKit
from views.map.drawing_actions import TACTICAL
from views.map.drawing_desk import DrawingDesk
from views.map.tool_icons import tool_icon
from views.widgets.flow import FlowLayout
from views.widgets.naming import named

_CHOICES: tuple[MapChoice, ...] = ("official", "working", "both")
_ICON_PX, _BUTTON_PX = 20, 30
_MOST_STEPS = 12


class ToolStrip(Retranslating, QFrame):
    """Buttons with icons; words and keys stand in their tooltips and accessible names."""

    def __init__(self, kit: ViewKit, drawing: DrawingDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolStrip")
        self._kit = kit
        self._drawing = drawing
        self._buttons: dict[str, QToolButton] = {}
        self._choices: dict[MapChoice, QToolButton] = {}
        self._group = QButtonGroup(self)
        flow = FlowLayout(kit.theme.px(2), kit.theme.px(2), self)
        margin = kit.theme.px(4)
        flow.setContentsMargins(margin, margin, margin, margin)
        for choice in _CHOICES:
            flow.addWidget(self._choice(choice))
        for name in ("edit", *SHAPES):
            flow.addWidget(self._tool(name))
        flow.addWidget(self._menu("symbols"))
        for name in ("distance", "area", "copy", "inside", "undo"):
            flow.addWidget(self._tool(name))
        flow.addWidget(self._menu("steps"))
        flow.addWidget(self._tool("redo"))
        self._entry = named(QLineEdit(), "draw-entry")
        self._entry.setFixedWidth(kit.theme.px(220))
        self._entry.returnPressed.connect(self._on_entered)
        self._entry.installEventFilter(self)
        flow.addWidget(self._entry)
        kit.theme.scheme_changed.connect(self._on_scheme_changed)
        drawing.changed.connect(self._on_changed)
        drawing.typed_wrong.connect(self._on_typed_wrong)
        drawing.key_typed.connect(self._on_key_typed)
        self._on_scheme_changed(kit.theme)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setAccessibleName(self.tr("Drawing tools"))
        titles = {
            "official": self.tr("Official"), "working": self.tr("Working"), "both": self.tr("Both"),
        }  # fmt: skip
        tip = self.tr("Which map is shown (Shift+O)")
        for choice, button in self._choices.items():
            button.setText(titles[choice])
            button.setAccessibleName(f"{tip}: {titles[choice]}")
            button.setToolTip(tip)
        for name, button in self._buttons.items():
            action = self._action(name)
            if action is None:
                text = self.tr("Symbols") if name == "symbols" else self.tr("What can be undone")
            else:
                text = f"{action.text()} ({action.shortcut().toString()})"
            button.setToolTip(text)
            button.setAccessibleName(text)
        self._entry.setAccessibleName(self.tr("Coordinates, radius or bearing"))
        self._on_changed()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Escape and Backspace in an empty line act on the drawing."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            names = {Qt.Key.Key_Escape: "Escape", Qt.Key.Key_Backspace: "Backspace"}
            name = names.get(Qt.Key(event.key()))
            if name is not None and not self._entry.text():
                self._drawing.press(name)
                if name == "Escape":
                    self._drawing.map.setFocus()
                return True
            if name == "Escape":
                self._entry.clear()
                return True
        return super().eventFilter(watched, event)

    def _choice(self, choice: MapChoice) -> QToolButton:
        button = named(QToolButton(), f"map-{choice}")
        button.setCheckable(True)
        button.setFixedHeight(self._kit.theme.px(_BUTTON_PX))
        button.clicked.connect(lambda: self._drawing.show_map(choice))
        self._group.addButton(button)
        self._choices[choice] = button
        return button

    def _tool(self, name: str) -> QToolButton:
        button = self._button(name)
        action = self._action(name)
        assert action is not None
        button.setCheckable(name not in {"copy", "inside", "undo", "redo"})
        button.clicked.connect(lambda: self._on_tool(name, action))
        return button

    def _menu(self, name: str) -> QToolButton:
        button = self._button(name)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = named(QMenu(button), f"menu-{name}")
        menu.aboutToShow.connect(self._fill_symbols if name == "symbols" else self._fill_steps)
        button.setMenu(menu)
        return button

    def _button(self, name: str) -> QToolButton:
        button = named(QToolButton(), f"draw-{name}")
        side = self._kit.theme.px(_BUTTON_PX)
        button.setFixedSize(side + (self._kit.theme.px(10) if name == "symbols" else 0), side)
        self._buttons[name] = button
        return button

    def _action(self, name: str) -> QAction | None:
        if name in {"symbols", "steps"}:
            return None
        return self._kit.actions.action(f"draw.{name}")

    def _fill_symbols(self) -> None:
        menu = self._buttons["symbols"].menu()
        menu.clear()
        colour = self._kit.theme.color("text1")
        for meaning in TACTICAL:
            act = menu.addAction(self._drawing.words.meanings()[meaning])
            act.setIcon(tool_icon(meaning, colour, self._icon_px(), self.devicePixelRatioF()))
            act.setText(
                f"{act.text()}\t{self._kit.actions.action(f'draw.{meaning}').shortcut().toString()}"
            )
            act.triggered.connect(lambda _=False, m=meaning: self._drawing.take_meaning(m))

    def _fill_steps(self) -> None:
        """List this person's steps, newest first; only the last one standing can be undone."""
        menu = self._buttons["steps"].menu()
        menu.clear()
        now_us = self._kit.desk.clock.now_us()
        steps = self._drawing.steps()
        last = next((step.event_id for step in reversed(steps) if not step.undone), "")
        for step in reversed(steps[-_MOST_STEPS:]):
            sketch = step.after or step.before
            words = self._drawing.words.name(sketch) if sketch is not None else ""
            act = self.tr("drawn") if step.before is None else self.tr("changed")
            if step.after is None:
                act = self.tr("removed")
            if step.undone:
                act = self.tr("{act}, undone").format(act=act)
            entry = menu.addAction(f"{self._kit.wording.time(step.at_us, now_us)}  {words}: {act}")
            entry.setEnabled(step.event_id == last and self._drawing.can_draw())
            entry.triggered.connect(self._drawing.undo)
        if menu.isEmpty():
            menu.addAction(self.tr("Nothing drawn by you yet")).setEnabled(False)

    def _icon_px(self) -> int:
        return self._kit.theme.px(_ICON_PX)

    def _on_tool(self, name: str, action: QAction) -> None:
        if self._drawing.tool == name:
            self._drawing.put_down()
        else:
            action.trigger()
        self._drawing.map.setFocus()
        self._on_changed()

    @Slot(object)
    def _on_scheme_changed(self, _theme: object) -> None:
        side = self._icon_px()
        colour = self._kit.theme.color("text1")
        for name, button in self._buttons.items():
            if name == "steps":
                button.setText("▼")
                button.setFixedWidth(self._kit.theme.px(28))
                continue
            button.setIcon(tool_icon(name, colour, side, self.devicePixelRatioF()))
            button.setIconSize(QSize(side, side))

    @Slot()
    def _on_changed(self) -> None:
        drawing = self._drawing
        for choice, button in self._choices.items():
            button.setChecked(choice == drawing.choice)
        for name, button in self._buttons.items():
            if button.isCheckable():
                button.setChecked(drawing.tool == name)
        self._buttons["symbols"].setProperty("current", drawing.tool in TACTICAL)
        self._buttons["undo"].setEnabled(drawing.can_undo())
        self._buttons["redo"].setEnabled(drawing.can_redo())
        hint = self.tr("32.2015, 118.8020 · 300 m")
        if drawing.needs_text:
            hint = self.tr("Type the words, then Enter")
            if not self._entry.hasFocus():
                self._entry.setFocus()
        elif drawing.tool == "sector":
            hint = self.tr("radius bearing opening: 900 247 40")
        self._entry.setPlaceholderText(hint)

    @Slot()
    def _on_entered(self) -> None:
        text = self._entry.text().strip()
        if not text:
            self._drawing.press("Enter")
        elif self._drawing.type(text):
            self._entry.clear()

    @Slot(str)
    def _on_typed_wrong(self, _text: str) -> None:
        self._kit.desk.say(3, "typed_not_understood", self._entry.text())
        self._entry.selectAll()

    @Slot(str)
    def _on_key_typed(self, key: str) -> None:
        """Go on typing in the line what was begun on the map."""
        self._entry.setFocus()
        self._entry.insert(key)
