"""Notices that don't block: what failed, why, what next; the newest three, each can be closed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.desk import Notice
from views.i18n import Retranslating
from views.theme import Theme, set_property
from views.widgets.badges import PlainLabel
from views.widgets.severity import SeverityMark

_MOST = 3
# Good news takes the bad news away.
_ENDS = {"store_readable": "store_unreadable"}


class _NoticeRow(Retranslating, QWidget):
    """One notice."""

    def __init__(self, theme: Theme, notice: Notice, sentence: Callable[[Notice], str]) -> None:
        super().__init__()
        self.notice = notice
        self._sentence = sentence
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        self.close_button = QToolButton()
        self.close_button.setText("×")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(4), theme.px(8), theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(SeverityMark(theme, notice.severity))
        row.addWidget(self._text, 1)
        row.addWidget(self.close_button)
        set_property(self._text, "severity", str(notice.severity))
        self.retranslate()

    def retranslate(self) -> None:
        """Set the text."""
        self._text.setText(self._sentence(self.notice))
        self.close_button.setAccessibleName(self.tr("Close notice"))
        self.close_button.setToolTip(self.tr("Close notice"))


class NoticeBar(QFrame):
    """Stands under the panes; hidden when there is nothing to say."""

    def __init__(self, theme: Theme, sentence: Callable[[Notice], str]) -> None:
        super().__init__()
        self.setObjectName("noticeBar")
        self._theme = theme
        self._sentence = sentence
        self._rows: list[_NoticeRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def notices(self) -> tuple[Notice, ...]:
        """Return what is shown, oldest first."""
        return tuple(row.notice for row in self._rows)

    def say(self, notice: Notice) -> None:
        """Show a notice; the same one again replaces itself."""
        ended = _ENDS.get(notice.code)
        for row in list(self._rows):
            if row.notice == notice or row.notice.code == ended:
                self._close(row)
        row = _NoticeRow(self._theme, notice, self._sentence)
        row.close_button.clicked.connect(partial(self._close, row))
        self._rows.append(row)
        self._column.addWidget(row)
        while len(self._rows) > _MOST:
            self._close(self._rows[0])
        self.show()

    def _close(self, row: _NoticeRow, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        if row not in self._rows:
            return
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self._rows))
