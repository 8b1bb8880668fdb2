"""A report drafted from the record: every sentence shows the entries it rests on."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.commands.report import DraftReport, SendReport, SignReport
from models.operation.events.base import Event
from models.operation.events.report import Sentence
from models.operation.reporting import report_title
from models.operation.situation import Incident, Published, Report
from views.kit import ViewKit
from views.widgets.badges import PlainLabel
from views.widgets.naming import named

_CHANNEL = "written"


class ReportSheet(QDialog):
    """Draft → sign → sent; nothing is released unsigned."""

    def __init__(self, kit: ViewKit, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report-sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Report draft"))
        self.resize(kit.theme.px(820), kit.theme.px(620))
        self._kit = kit
        self._incident = incident
        self._sentences: tuple[Sentence, ...] = ()
        self._head: tuple[int, str] = (0, "")
        self._report_id = ""
        self._gone = False
        self.finished.connect(self._on_finished)
        self._title = PlainLabel(role="large")
        self._basis = PlainLabel(role="secondary")
        self._list = named(QListWidget(), "report-sentences")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._keep = named(QPushButton(self.tr("Keep the draft")), "report-keep")
        self._sign = named(QPushButton(self.tr("Sign")), "report-sign")
        self._send = named(QPushButton(self.tr("Mark as sent")), "report-send")
        self._keep.clicked.connect(self.keep)
        self._sign.clicked.connect(self.sign)
        self._send.clicked.connect(self.send)
        self._build()
        kit.desk.published.connect(self._on_published)
        future = kit.desk.report_sentences(incident.id, kit.language)
        future.add_done_callback(self._on_sentences)
        self._show()

    def _build(self) -> None:
        acts = QHBoxLayout()
        acts.addWidget(self._basis, 1)
        for button in (self._keep, self._sign, self._send):
            acts.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*self._kit.theme.pxs(20, 16, 20, 16))
        layout.setSpacing(self._kit.theme.px(12))
        layout.addWidget(self._title)
        layout.addWidget(self._list, 1)
        layout.addLayout(acts)

    @property
    def kind(self) -> str:
        """The next kind of report of this incident."""
        sent = [r for r in self._reports() if r.sent]
        if self._incident.closed_us is not None:
            return "final"
        return "follow_up" if sent else "first"

    def keep(self) -> None:
        """Store the draft with the journal head it rests on."""
        kind = self.kind
        if kind not in {"first", "follow_up", "final"} or not self._sentences:
            return
        command = DraftReport(
            incident_id=self._incident.id,
            report_kind=kind,  # type: ignore[arg-type]
            language=self._kit.language,
            sentences=self._sentences,
            head_seq=self._head[0],
            head_hash=self._head[1],
        )
        self._kit.desk.execute(command).add_done_callback(self._on_kept)

    def sign(self) -> None:
        """Sign as the person on shift."""
        if self._report_id:
            self._kit.desk.execute(SignReport(report_id=self._report_id, by=self._kit.desk.actor))

    def send(self) -> None:
        """Record that it went out; the report clocks of the incident stop."""
        clocks = self._kit.desk.situation.report_clocks.values()
        to = next((c.to for c in clocks if c.incident_id == self._incident.id), "")
        if self._report_id:
            command = SendReport(report_id=self._report_id, to=to, channel=_CHANNEL)
            self._kit.desk.execute(command)

    def _reports(self) -> list[Report]:
        reports = self._kit.desk.situation.reports.values()
        return [r for r in reports if r.incident_id == self._incident.id]

    def _on_sentences(
        self, future: "asyncio.Future[tuple[tuple[Sentence, ...], int, str]]"
    ) -> None:
        if self._gone or future.cancelled() or future.exception() is not None:
            return
        self._sentences, seq, head_hash = future.result()
        self._head = (seq, head_hash)
        self._list.clear()
        for number, sentence in enumerate(self._sentences, 1):
            item = QListWidgetItem(f"{number}.  {sentence.text}")
            item.setToolTip("\n".join(sentence.sources))
            self._list.addItem(item)
        self._basis.setText(
            self.tr("From the record up to #{seq} · {hash}").format(seq=seq, hash=head_hash[:12])
        )
        self._show()

    def _on_finished(self, _result: int) -> None:
        """Let a read that is still running end without the sheet."""
        self._gone = True

    def _on_kept(self, future: "asyncio.Future[tuple[Event, ...]]") -> None:
        if not future.cancelled() and future.exception() is None:
            self._report_id = future.result()[0].subject
            self._show()

    def _on_published(self, published: Published) -> None:
        if "reports" in published.changes.touched or published.changes.full:
            self._show()

    def _show(self) -> None:
        report = self._kit.desk.situation.reports.get(self._report_id)
        number = sum(r.report_kind == self.kind for r in self._reports()) + (report is None)
        kind = report.report_kind if report else self.kind
        self._title.setText(
            f"{self._incident.number}  {report_title(kind, max(number, 1), self._kit.language)}"
        )
        self._keep.setEnabled(not self._report_id and bool(self._sentences))
        self._sign.setEnabled(report is not None and not report.signed_by)
        self._send.setEnabled(report is not None and bool(report.signed_by) and not report.sent)
        for button, main in (
            (self._keep, not self._report_id),
            (self._sign, self._sign.isEnabled()),
            (self._send, self._send.isEnabled()),
        ):
            button.setProperty("primary", main)
            button.style().unpolish(button)
            button.style().polish(button)
