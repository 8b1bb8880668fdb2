"""The order sheet: who, where, by which road, staging, don'ts, protection. Enter issues it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.commands.order import IssueOrder, needs_second_person
from app.dispatching import DispatchProposal, TeamProposal
from models.basics import Name
from models.libraries.kinds import Team
from models.operation.situation import Incident, Task
from models.registry.kinds import HazardSource
from models.times import SECOND_US
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.naming import named
from views.widgets.wrapped_edit import WrappedEdit


class OrderSheet(QDialog):
    """Shows one order before it is issued; the text may still be changed."""

    def __init__(
        self,
        kit: ViewKit,
        incident: Incident,
        task: Task | None,
        team: TeamProposal,
        proposal: DispatchProposal,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("order-sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._kit = kit
        self._incident = incident
        self._task = task
        self._team = team
        self._proposal = proposal
        self._grid = QGridLayout()
        self._text = named(WrappedEdit(kit.theme, self._first_text()), "order-text")
        self._approved = named(QLineEdit(), "order-approved-by")
        self._build()

    def command(self) -> IssueOrder:
        """Return the order as it stands on the sheet."""
        staging = self._proposal.staging
        return IssueOrder(
            incident_id=self._incident.id,
            team_key=self._team.team_key,
            text=self._text.text(),
            task_id=self._task.id if self._task else "",
            staging=staging.position if staging else None,
            route=self._team.route.line,
            eta_s=self._team.route.eta_s,
            dont=self._dont(),
            protection=(),
            approved_by=tuple(filter(None, [self._approved.text().strip()])),
        )

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Order sheet"))
        self.setMinimumWidth(self._kit.theme.px(640))
        self._grid.setHorizontalSpacing(self._kit.theme.px(16))
        self._grid.setVerticalSpacing(self._kit.theme.px(8))
        self._grid.setColumnStretch(1, 1)
        team = self._kit.desk.reference.get("teams", self._team.team_key)
        language = self._kit.language
        name = team.name.text(language) if team else self._team.team_key
        self._row(self.tr("To"), name, role="strong")
        self._row(self.tr("Call"), self._phones(team), severity="" if self._team.phones else "1")
        self._row(self.tr("Incident"), self._incident.title.text(language))
        self._row(self.tr("Arrives"), self._arrival())
        self._row(self.tr("Staging"), self._staging())
        dont = "\n".join(f"✗ {each.text(language)}" for each in self._dont())
        self._row(self.tr("Don't"), dont or self.tr("none on record"), severity="2" if dont else "")
        label = PlainLabel(self.tr("Order"), role="secondary")
        label.setBuddy(self._text)
        self._text.setAccessibleName(self.tr("Order"))
        self._grid.addWidget(label, self._grid.rowCount(), 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._text, self._grid.rowCount() - 1, 1)
        if needs_second_person(self._kit.desk.reference, self._task):
            self._ask_approval()
        issue = named(QPushButton(self.tr("Issue the order") + "  Enter"), "order-issue")
        issue.setDefault(True)
        issue.setProperty("primary", True)
        issue.clicked.connect(self.accept)
        cancel = named(QPushButton(self.tr("Back") + "  Esc"), "order-back")
        cancel.clicked.connect(self.reject)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(cancel)
        acts.addWidget(issue)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*self._kit.theme.pxs(20, 16, 20, 16))
        layout.setSpacing(self._kit.theme.px(16))
        layout.addLayout(self._grid)
        layout.addLayout(acts)
        issue.setFocus()

    def _ask_approval(self) -> None:
        """Evacuation, siren and public warning take two people; an oral approval is logged."""
        index = self._grid.rowCount()
        label = PlainLabel(self.tr("Approved by (second person)"))
        set_property(label, "severity", "2")
        label.setBuddy(self._approved)
        self._approved.setAccessibleName(label.text())
        self._approved.setPlaceholderText(self.tr("name; an oral approval counts"))
        self._grid.addWidget(label, index, 0)
        self._grid.addWidget(self._approved, index, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Give wrapped lines their height: a don't is never cut off."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def _row(self, title: str, text: str, *, role: str = "", severity: str = "") -> None:
        index = self._grid.rowCount()
        value = wrapped_label(text, role)
        set_property(value, "severity", severity)
        self._grid.addWidget(PlainLabel(title, "secondary"), index, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, index, 1)

    def _first_text(self) -> str:
        if self._task is not None:
            return self._task.action.text(self._kit.language)
        return self._incident.title.text(self._kit.language)

    def _phones(self, team: object) -> str:
        if not isinstance(team, Team) or not self._team.phones:
            return self.tr("no number that works")
        shown = [f"☎ {p.number} {p.person or p.role}".strip() for p in self._team.phones]
        if self._team.dead_phones:
            shown.append(self.tr("%n number(s) dead", "", self._team.dead_phones))
        return "  ·  ".join(shown)

    def _arrival(self) -> str:
        route, wording = self._team.route, self._kit.wording
        if route.eta_s is None:
            return self.tr("unknown")
        text = wording.duration(round(route.eta_s) * SECOND_US)
        parts = [text, wording.distance(route.distance_m)]
        if route.approximate:
            parts.append(self.tr("straight line, no road known"))
        if route.inside_m > 0:
            inside = wording.distance(route.inside_m)
            parts.append(self.tr("{distance} inside a zone").format(distance=inside))
        return "  ·  ".join(parts)

    def _staging(self) -> str:
        staging = self._proposal.staging
        if staging is None:
            return self.tr("none found: report to the gate")
        where = staging.position
        text = f"{where.lat_deg:.5f}, {where.lon_deg:.5f}"
        distance = self._kit.wording.distance(staging.distance_m)
        side = self.tr("upwind") if staging.off_upwind_deg is not None else self.tr("calm")
        return f"{text} · {distance} · {side}"

    def _dont(self) -> tuple[Name, ...]:
        source = self._kit.desk.reference.get("hazard-sources", self._incident.hazard_source_key)
        return source.dont if isinstance(source, HazardSource) else ()
