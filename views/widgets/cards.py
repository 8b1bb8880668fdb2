"""A list of cards: widgets are kept by id, so that a change touches one card only."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from views.i18n import Retranslating
from views.theme import Theme, set_property

R = TypeVar("R")
R_contra = TypeVar("R_contra", contravariant=True)


class Card(Retranslating, QFrame):
    """Base of a card. Signals: taken(Card): clicked or focused."""

    taken = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_severity(self, severity: int) -> None:
        """Colour the edge; the card's text must carry shape and word."""
        set_property(self, "severity", str(severity))

    def set_current(self, *, current: bool) -> None:
        """Mark the card that keys act on."""
        set_property(self, "current", current)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the card."""
        self.taken.emit(self)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the card."""
        self.taken.emit(self)
        super().focusInEvent(event)


class _Shows(Protocol[R_contra]):
    def show_row(self, row: R_contra) -> None: ...


class CardList(QScrollArea, Generic[R]):
    """Cards under each other; ↑ and ↓ move the current one.

    Parameters
    ----------
    make : callable
        Returns a new card; it must have `show_row(row)`.
    row_id : callable
        Tells which row is which.

    Signals: current_changed(row id or None).
    """

    current_changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        make: Callable[[], Card],
        row_id: Callable[[R], Hashable],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._row_id = row_id
        self._cards: dict[Hashable, Card] = {}
        self._shown: dict[Hashable, R] = {}
        self._current: Hashable | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        host = QWidget()
        self._column = QVBoxLayout(host)
        gap = theme.px(8)
        self._column.setContentsMargins(gap, gap, gap, gap)
        self._column.setSpacing(gap)
        self._column.addStretch(1)
        self.setWidget(host)

    @property
    def current(self) -> Hashable | None:
        """The id of the current card's row."""
        return self._current

    def card(self, row_id: Hashable) -> Card | None:
        """Return a row's card."""
        return self._cards.get(row_id)

    def update_rows(self, rows: Sequence[R]) -> None:
        """Show these rows in this order."""
        wanted = {self._row_id(row): row for row in rows}
        for key in [key for key in self._cards if key not in wanted]:
            card = self._cards.pop(key)
            self._shown.pop(key, None)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for position, (key, row) in enumerate(wanted.items()):
            self._show(position, key, row)
        self._cards = {key: self._cards[key] for key in wanted}
        if self._current not in self._cards:
            self.set_current(next(iter(self._cards), None))

    def set_current(self, row_id: Hashable | None) -> None:
        """Make a card the current one."""
        self._current = row_id
        for key, card in self._cards.items():
            card.set_current(current=key == row_id)
        if row_id in self._cards:
            self.ensureWidgetVisible(self._cards[row_id])
        self.current_changed.emit(row_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the current card."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        keys = list(self._cards)
        if not step or not keys:
            super().keyPressEvent(event)
            return
        position = keys.index(self._current) if self._current in keys else -1
        self.set_current(keys[min(max(position + step, 0), len(keys) - 1)])

    def _show(self, position: int, key: Hashable, row: R) -> None:
        card = self._cards.get(key)
        if card is None:
            card = self._cards[key] = self._make()
            card.taken.connect(self._on_taken)
        if self._column.indexOf(card) != position:
            self._column.removeWidget(card)
            self._column.insertWidget(position, card)
        if self._shown.get(key) != row:
            self._shown[key] = row
            shows: _Shows[R] = card  # type: ignore[assignment]
            shows.show_row(row)

    def _on_taken(self, card: Card) -> None:
        key = next((key for key, each in self._cards.items() if each is card), None)
        if key is not None and key != self._current:
            self.set_current(key)
