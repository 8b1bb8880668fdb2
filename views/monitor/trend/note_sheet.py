"""Sheets of notes at a trend: one that goes on record, and one that is taken back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.commands.trend import NoteTrend, WithdrawTrendNote
from models.operation.events.base import Event
from models.operation.events.trend import TrendNoted
from models.registry.kinds import Tag
from models.times import SECOND_US
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

_MOST_NAMED = 8


class _LineSheet(SheetDialog):
    """What it is about, and one line to type. Signals: decided(command)."""

    decided = Signal(object)

    def __init__(
        self,
        kit: ViewKit,
        name: str,
        asked: Callable[[], str],
        command: Callable[[str], object],
        parent: QWidget | None,
    ) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName(f"{name}-sheet")
        self._kit, self._command = kit, command
        self._about = wrapped_label(role="secondary")
        self._form = Form(kit.theme, [Field("text", asked, QLineEdit)])
        self.add_content(self._about)
        self.add_content(self._form)
        self._do = named(KeyButton(kit.theme, primary=True), f"{name}-do")
        self._back = named(KeyButton(kit.theme), f"{name}-back")
        self._back.clicked.connect(self.reject)
        self._do.clicked.connect(self.accept)
        self.add_act(self._back)
        self.add_act(self._do, default=True)
        self.accepted.connect(self._on_accepted)

    def retranslate(self) -> None:
        """Set all texts again."""
        self._do.set_label(self.tr("Put on record") + "  Enter")
        self._back.set_label(self.tr("Back") + "  Esc")

    def _when(self, from_us: int, to_us: int) -> str:
        time, now_us = self._kit.wording.time, self._kit.desk.clock.now_us()
        when = time(from_us, now_us)
        if to_us > from_us:
            when = self.tr("{from_time} to {to_time}").format(
                from_time=when, to_time=time(to_us, now_us)
            )
        return when

    def _on_accepted(self) -> None:
        self.decided.emit(self._command(self._form.texts().get("text", "")))


class NoteSheet(_LineSheet):
    """A note about tags and a time. Signals: decided(NoteTrend)."""

    def __init__(
        self,
        kit: ViewKit,
        tags: Sequence[Tag],
        span_s: tuple[float, float],
        hazard_source_key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, "trend-note", lambda: self.tr("Note"), self._note, parent)
        self._tags, self._source_key = tuple(tags), hazard_source_key
        self._span_us = int(span_s[0] * SECOND_US), int(span_s[1] * SECOND_US)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        super().retranslate()
        self.setWindowTitle(self.tr("Note at the trend"))
        keys = ", ".join(tag.key for tag in self._tags[:_MOST_NAMED])
        more = len(self._tags) - _MOST_NAMED
        about = f"{self._when(*self._span_us)} · {keys}"
        self._about.setText(about + (f" +{more}" if more > 0 else ""))

    def _note(self, text: str) -> NoteTrend:
        keys = tuple(tag.key for tag in self._tags)
        return NoteTrend(keys, *self._span_us, text, self._source_key)


class WithdrawSheet(_LineSheet):
    """Why a note doesn't hold. Signals: decided(WithdrawTrendNote)."""

    def __init__(self, kit: ViewKit, noted: Event, parent: QWidget | None = None) -> None:
        super().__init__(
            kit,
            "trend-withdraw",
            lambda: self.tr("Why it doesn't hold"),
            self._withdrawal,
            parent,
        )
        assert isinstance(noted.payload, TrendNoted)
        self._noted, self._note = noted, noted.payload
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        super().retranslate()
        self.setWindowTitle(self.tr("Withdraw the note at the trend"))
        when = self._when(self._note.from_us, self._note.to_us)
        self._about.setText(f"{when} · {self._noted.actor}\n{self._note.text}")

    def _withdrawal(self, text: str) -> WithdrawTrendNote:
        return WithdrawTrendNote(self._noted.subject, text)
