"""Figures of the operation from timestamps alone: how long each step took, and who was silent.

Each figure names the entries it comes from by their times; it judges nobody.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from models.operation.situation import Incident, Published, Situation
from views.kit import ViewKit
from views.theme import Theme
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.pane import Pane
from views.widgets.spares import Spares


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
        self._blocks: dict[str, FiguresBlock] = {}
        self._empty = wrapped_label()
        self._empty.setObjectName("emptyTitle")
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(*kit.theme.pxs(12, 8, 12, 8))
        self._column.setSpacing(kit.theme.px(14))
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        self._spares = Spares(self._column, lambda: FiguresBlock(kit.theme))
        self._scroll.setWidget(body)
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
        known = {each.incident.id for each in figures}
        for gone in set(self._blocks) - known:
            self._spares.give(self._blocks.pop(gone))
        for place, each in enumerate(figures):
            block = self._blocks.get(each.incident.id)
            if block is None:
                block = self._blocks[each.incident.id] = self._spares.take()
            if self._column.indexOf(block) != place:
                self._column.insertWidget(place, block)
            block.show_figures(*self._words(each))
        self._empty.setText(self.tr("No incident at this moment"))
        self._empty.setVisible(not figures)

    def _words(self, figures: IncidentFigures) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return the title of a block and its rows of name and value."""
        incident = figures.incident
        rows = (
            (self.tr("First alarm or call → incident"), self._took(figures.to_open_us)),
            (self.tr("→ Model's zone"), self._took(figures.to_first_zone_us)),
            (self.tr("→ First order"), self._took(figures.to_first_order_us)),
            (self.tr("→ First signature"), self._took(figures.to_first_receipt_us)),
            (self.tr("Escalations"), str(figures.escalations)),
            (self.tr("Tasks done"), f"{figures.tasks_done} / {figures.tasks_all}"),
            (self.tr("Tasks late"), str(figures.tasks_late)),
            (self.tr("Reports sent"), str(figures.reports_sent)),
        )
        return f"{incident.number} · {incident.title.text(self._kit.language)}", rows

    def _took(self, took_us: int | None) -> str:
        return "—" if took_us is None else self._kit.wording.duration(took_us)


class FiguresBlock(QWidget):
    """The figures of one incident: a column of names and one of values, as two labels.

    A replay of a busy week has hundreds of figures, and a label for each would take too long.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(3))
        self._grid.setColumnStretch(0, 1)
        self._title = wrapped_label("", "strong")
        self._names, self._values = PlainLabel("", "secondary"), PlainLabel()
        self._values.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(self._title, 0, 0, 1, 2)
        self._grid.addWidget(self._names, 1, 0)
        self._grid.addWidget(self._values, 1, 1)

    def show_figures(self, title: str, rows: tuple[tuple[str, str], ...]) -> None:
        """Set all texts."""
        self._title.setText(title)
        self._names.setText("\n".join(name for name, _ in rows))
        self._values.setText("\n".join(value for _, value in rows))
