"""Row widgets that nobody needs now, kept for the next: to make one costs some milliseconds."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


class Spares(Generic[W]):
    """Lends row widgets to a column and takes them back.

    A replay that is scrubbed shows other rows with every moment; made anew each time they would
    stop the UI thread.
    """

    def __init__(self, column: QBoxLayout, make: Callable[[], W]) -> None:
        self._column = column
        self._make = make
        self._spare: list[W] = []

    def take(self) -> W:
        """Return a row, a new one when none is left; the caller puts it into the column."""
        if not self._spare:
            return self._make()
        row = self._spare.pop()
        row.show()
        return row

    def give(self, row: W) -> None:
        """Take a row back out of the column; the focus stays in the column, on no other row."""
        focused, host = QApplication.focusWidget(), self._column.parentWidget()
        holds = focused is not None and (focused is row or row.isAncestorOf(focused))
        if host is not None and holds:
            host.setFocus()
        row.hide()
        self._column.removeWidget(row)
        self._spare.append(row)

    def fill(self, count: int) -> Iterator[None]:
        """Have `count` rows ready, one with every step."""
        while len(self._spare) < count:
            row = self._make()
            row.hide()
            row.setParent(self._column.parentWidget())
            row.ensurePolished()
            for part in row.findChildren(QWidget):
                part.ensurePolished()
            self._spare.append(row)
            yield
