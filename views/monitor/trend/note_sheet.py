"""A note at a trend: what it says, about which tags and which time; it goes on record."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.commands.trend import NoteTrend
from models.registry.kinds import Tag
from models.times import SECOND_US
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

_MOST_NAMED = 8


class NoteSheet(SheetDialog):
    """Signals: decided(NoteTrend)."""

    decided = Signal(object)

    def __init__(
        self,
        kit: ViewKit,
        tags: Sequence[Tag],
        span_s: tuple[float, float],
        hazard_source_key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("trend-note-sheet")
        self._kit, self._tags, self._span_s = kit, tuple(tags), span_s
        self._source_key = hazard_source_key
        self._about = wrapped_label(role="secondary")
        self._form = Form(kit.theme, [Field("text", lambda: self.tr("Note"), QLineEdit)])
        self.add_content(self._about)
        self.add_content(self._form)
        self._do = named(KeyButton(kit.theme, primary=True), "trend-note-do")
        self._back = named(KeyButton(kit.theme), "trend-note-back")
        self._back.clicked.connect(self.reject)
        self._do.clicked.connect(self.accept)
        self.add_act(self._back)
        self.add_act(self._do, default=True)
        self.accepted.connect(self._on_accepted)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("Note at the trend"))
        from_us, to_us = (int(each * SECOND_US) for each in self._span_s)
        time, now_us = self._kit.wording.time, self._kit.desk.clock.now_us()
        when = time(from_us, now_us)
        if to_us > from_us:
            when = self.tr("{from_time} to {to_time}").format(
                from_time=when, to_time=time(to_us, now_us)
            )
        keys = ", ".join(tag.key for tag in self._tags[:_MOST_NAMED])
        more = len(self._tags) - _MOST_NAMED
        self._about.setText(f"{when} · {keys}" + (f" +{more}" if more > 0 else ""))
        self._do.set_label(self.tr("Put on record") + "  Enter")
        self._back.set_label(self.tr("Back") + "  Esc")

    def _on_accepted(self) -> None:
        from_us, to_us = (int(each * SECOND_US) for each in self._span_s)
        keys = tuple(tag.key for tag in self._tags)
        text = self._form.texts().get("text", "")
        self.decided.emit(NoteTrend(keys, from_us, to_us, text, self._source_key))
