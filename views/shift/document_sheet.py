"""The handover document: as it would be written now, and as it was written last."""

import asyncio
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from models.basics import Name
from models.operation.handover import handover_document
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

_WIDTH_PX, _HEIGHT_PX = 820, 460


class DocumentSheet(SheetDialog):
    """Read-only; the preview is written off the UI thread."""

    def __init__(self, kit: ViewKit, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("handover-document")
        self._kit = kit
        self._gone = False
        self._last = kit.desk.live_situation.handover
        self._now: Name | None = None
        self._which = named(QComboBox(), "handover-which")
        self._text = named(QPlainTextEdit(), "handover-text")
        self._text.setReadOnly(True)
        self._text.setMinimumHeight(kit.theme.px(_HEIGHT_PX))
        self.setMinimumWidth(kit.theme.px(_WIDTH_PX))
        self._note = wrapped_label(role="secondary")
        self._back = named(KeyButton(kit.theme), "handover-back")
        self._back.clicked.connect(self.reject)
        for content in (self._which, self._text, self._note):
            self.add_content(content)
        self.add_act(self._back, default=True)
        self._which.addItem("", "now")
        if self._last is not None:
            self._which.addItem("", "last")
        self._which.currentIndexChanged.connect(self._on_chosen)
        self.finished.connect(self._on_finished)
        self.retranslate()
        self._write()

    def retranslate(self) -> None:
        """Set all texts again."""
        wording, last = self._kit.wording, self._last
        self.setWindowTitle(self.tr("Handover document"))
        self._which.setAccessibleName(self.windowTitle())
        self._text.setAccessibleName(self.windowTitle())
        self._which.setItemText(0, self.tr("as it would be handed over now"))
        if last is not None:
            text = self.tr("handed over {time}: {outgoing} → {incoming}").format(
                time=wording.time(last.at_us, self._kit.desk.clock.now_us()),
                outgoing=last.outgoing or "—",
                incoming=last.incoming,
            )
            self._which.setItemText(1, text)
        self._back.set_label(self.tr("Back") + "  Esc")
        self._show()

    def _write(self) -> None:
        desk = self._kit.desk
        write = partial(
            handover_document, desk.live_situation, "", "", desk.clock.now_us(), desk.time_zone
        )
        desk.in_reader(write).add_done_callback(self._on_written)

    def _on_written(self, future: "asyncio.Future[Name]") -> None:
        if self._gone or future.cancelled() or future.exception() is not None:
            return
        self._now = future.result()
        self._show()

    def _show(self) -> None:
        last = self._last if self._which.currentData() == "last" else None
        document = last.document if last is not None else self._now
        self._text.setPlainText(document.text(self._kit.language) if document else "")
        if last is not None:
            self._note.setText(
                self.tr("On record. SHA-256 {hash}").format(hash=in_groups(last.sha256))
            )
        else:
            self._note.setText(self.tr("A preview: it goes on record when somebody takes over."))

    @Slot(int)
    def _on_chosen(self, _index: int) -> None:
        self._show()

    @Slot(int)
    def _on_finished(self, _result: int) -> None:
        self._gone = True


def in_groups(digest: str) -> str:
    """Return a hash in groups of eight, as people compare it and lines can break.

    Examples
    --------
    >>> in_groups("0123456789abcdef")
    '01234567 89abcdef'
    """
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
