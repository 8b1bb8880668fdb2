"""The pages of Monitor, one on screen at a time, each by its key; made when first shown."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from views.actions import ActionSpec
from views.i18n import Retranslating
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

TREND, ALARMS, PLATES, WALL = "trend", "alarms", "plates", "wall"
PAGES = (TREND, ALARMS, PLATES, WALL)
WIDE = frozenset({ALARMS, WALL})
"""Pages that need the room of the hazard sources too: they tell themselves which they show."""
# A stack asks for the room of its widest page, also of one that isn't shown.
_WANTED = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
_SPARED = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)


class MonitorPages(Retranslating, QWidget):
    """Signals: changed(str page)."""

    changed = Signal(str)

    def __init__(
        self,
        kit: ViewKit,
        pages: Mapping[str, Callable[[], QWidget]],
        is_active: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._make = pages
        self._made: dict[str, QWidget] = {}
        self.current = TREND
        self._add_actions(is_active)
        self._stack = named(QStackedWidget(), "monitor-pages")
        bar = named(QWidget(), "pageBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, kit.theme.px(6))
        row.setSpacing(kit.theme.px(6))
        self._buttons = {
            page: named(
                KeyButton(kit.theme, action=kit.actions.action(f"monitor.{page}")), f"page-{page}"
            )
            for page in PAGES
        }
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)
        self.retranslate()
        self.show_page(TREND)

    def retranslate(self) -> None:
        """Set all texts again."""
        self._stack.setAccessibleName(self.tr("Pages of Monitor"))

    def page(self, page: str) -> QWidget:
        """Return a page, made now when it wasn't."""
        if page not in self._made:
            made = self._made[page] = self._make[page]()
            made.setSizePolicy(_SPARED)
            self._stack.addWidget(made)
        return self._made[page]

    def prepare(self) -> Iterator[None]:
        """Make the pages before somebody asks for them, one with every step."""
        for page in PAGES:
            made = self.page(page)
            yield
            made.ensurePolished()
            for part in made.findChildren(QWidget):
                part.ensurePolished()
            yield

    def show_page(self, page: str) -> None:
        """Put a page on screen."""
        self.current = page
        for name, button in self._buttons.items():
            set_property(button, "current", name == page)
        shown = self.page(page)
        for each in self._made.values():
            each.setSizePolicy(_WANTED if each is shown else _SPARED)
        self._stack.setCurrentWidget(shown)
        self.take_focus()
        self.changed.emit(page)

    def take_focus(self) -> None:
        """Let the page's keys act; tags and trend leave the focus where it is."""
        if self.current != TREND:
            self.page(self.current).setFocus()

    def _add_actions(self, is_active: Callable[[], bool]) -> None:
        texts = {
            TREND: lambda: self.tr("Tags and trend"),
            ALARMS: lambda: self.tr("Alarm list"),
            PLATES: lambda: self.tr("Faceplates"),
            WALL: lambda: self.tr("Wall"),
        }
        for number, page in enumerate(PAGES, 1):
            self._kit.actions.add(
                ActionSpec(
                    id=f"monitor.{page}",
                    text=texts[page],
                    run=self._shows(page),
                    shortcut=f"Ctrl+{number}",
                    enabled=is_active,
                    group="monitor",
                )
            )

    def _shows(self, page: str) -> Callable[[], None]:
        return lambda: self.show_page(page)
