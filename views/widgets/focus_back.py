"""Gives the focus back to who had it before something came up over the window."""

from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class FocusBack:
    """For what lies over the window and is no window itself: Qt returns the focus of those."""

    def __init__(self, over: QWidget) -> None:
        self._over = over
        self._before: QWidget | None = None

    def take(self) -> None:
        """Remember who has the focus, unless it is in there already."""
        now = QApplication.focusWidget()
        if now is not None and not self._holds(now):
            self._before = now

    def give(self, otherwise: QWidget) -> None:
        """Give the focus back before hiding; where it left meanwhile it stays.

        Hidden with the focus in it, Qt would hand it to whatever comes next: there letters are
        keys of the station and Enter may choose something.
        """
        before, self._before = self._before, None
        if not self._holds(QApplication.focusWidget()):
            return
        can = before is not None and isValid(before) and before.isVisible() and before.isEnabled()
        (before if before is not None and can else otherwise).setFocus()

    def _holds(self, widget: QWidget | None) -> bool:
        return widget is not None and (widget is self._over or self._over.isAncestorOf(widget))
