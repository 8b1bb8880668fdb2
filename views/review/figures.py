"""Figures of the operation from timestamps alone: how long each step took, and who was silent.

Each figure names the entries it comes from by their times; it judges nobody.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from models.operation.situation import Incident, Published, Situation
from views.kit import ViewKit
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.pane import Pane


@dataclass(frozen=True, slots=True)
class IncidentFigures:
    """Durations [µs] from the incident's first alarm or call; None where it hasn't happened."""

    incident: Incident
    to_open_us: int | None
    to_first_zone_us: int | None
    to_first_order_us: int | None
    to_first_receipt_us: int | None
    escalations: int
    tasks_done: int
    tasks_all: int
    tasks_late: int
    reports_sent: int


def incident_figures(situation: Situation, incident: Incident) -> IncidentFigures:
    """Return the figures of one incident."""
    start_us = incident.happened_us or incident.opened_us
    orders = [o for o in situation.orders.values() if o.incident_id == incident.id]
    zones = [z for z in situation.zones.values() if z.incident_id == incident.id]
    tasks = [t for t in situation.tasks.values() if t.incident_id == incident.id]
    modelled = [z.drawn_us for z in zones if z.result.kind != "rule_of_thumb"]
    received = [o.received_us for o in orders if o.received_us is not None]
    late = [t for t in tasks if (t.finished_us or situation.recorded_us) > t.due_us]

    def since(moments: list[int]) -> int | None:
        return min(moments) - start_us if moments else None

    return IncidentFigures(
        incident=incident,
        to_open_us=incident.opened_us - start_us,
        to_first_zone_us=since(modelled),
        to_first_order_us=since([o.issued_us for o in orders]),
        to_first_receipt_us=since(received),
        escalations=sum(o.step for o in orders),
        tasks_done=sum(t.state == "finished" for t in tasks),
        tasks_all=len(tasks),
        tasks_late=len(late),
        reports_sent=sum(
            bool(r.sent) for r in situation.reports.values() if r.incident_id == incident.id
        ),
    )


class FiguresPane(Pane):
    """One block per incident of the moment on screen."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._shown: tuple[IncidentFigures, ...] = ()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self.set_body(self._scroll)
        kit.desk.published.connect(self._on_published)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._show(self._kit.desk.situation, anew=True)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if self.isVisible():
            self._show(published.situation, anew=False)

    def _show(self, situation: Situation, *, anew: bool) -> None:
        incidents = sorted(situation.incidents.values(), key=lambda i: -i.opened_us)
        figures = tuple(incident_figures(situation, incident) for incident in incidents)
        if figures == self._shown and not anew:
            return
        self._shown = figures
        self.set_title(self.tr("Figures"), self.tr("from timestamps, at the moment shown"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(14)
        for each in figures:
            column.addWidget(self._block(each))
        if not figures:
            empty = wrapped_label(self.tr("No incident at this moment"))
            empty.setObjectName("emptyTitle")
            column.addWidget(empty)
        column.addStretch(1)
        self._scroll.setWidget(body)

    def _block(self, figures: IncidentFigures) -> QWidget:
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        incident = figures.incident
        title = f"{incident.number} · {incident.title.text(self._kit.language)}"
        grid.addWidget(wrapped_label(title, "strong"), 0, 0, 1, 2)
        rows = (
            (self.tr("first alarm or call → incident"), self._took(figures.to_open_us)),
            (self.tr("→ model's zone"), self._took(figures.to_first_zone_us)),
            (self.tr("→ first order"), self._took(figures.to_first_order_us)),
            (self.tr("→ first signature"), self._took(figures.to_first_receipt_us)),
            (self.tr("escalations"), str(figures.escalations)),
            (self.tr("tasks done"), f"{figures.tasks_done} / {figures.tasks_all}"),
            (self.tr("tasks late"), str(figures.tasks_late)),
            (self.tr("reports sent"), str(figures.reports_sent)),
        )
        for index, (name, value) in enumerate(rows, 1):
            grid.addWidget(PlainLabel(name, "secondary"), index, 0)
            grid.addWidget(PlainLabel(value), index, 1, Qt.AlignmentFlag.AlignRight)
        return block

    def _took(self, took_us: int | None) -> str:
        return "—" if took_us is None else self._kit.wording.duration(took_us)
