"""The order sheet: who, where, by which road, staging, don'ts, protection. Enter issues it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.commands.order import IssueOrder, needs_second_person, task_seen
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
    """Shows one order before it is issued; the text may still be changed.

    While it lies open it follows the teams as they are proposed anew: nobody is sent by a way that
    a zone has reached since.
    """

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
        self._values: dict[str, QLabel] = {}
        self._news = wrapped_label()
        self._issue = named(QPushButton(self.tr("Issue the order") + "  Enter"), "order-issue")
        self._back = named(QPushButton(self.tr("Back") + "  Esc"), "order-back")
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
            seen_task=task_seen(self._task),
        )

    @Slot(object)
    def follow(self, proposal: DispatchProposal) -> None:
        """Take over what is proposed now for the same incident, and say what that changes."""
        if proposal.incident_id != self._incident.id:
            return
        ranked = proposal.teams.ranked
        team = next((each for each in ranked if each.team_key == self._team.team_key), None)
        if team is None:
            self._let_issue(allowed=False)
            self._tell(self.tr("This team can't be sent any more. Go back and choose another."))
            return
        before = _rests_on(self._team, self._proposal) if self._issue.isEnabled() else ()
        self._team, self._proposal = team, proposal
        self._let_issue(allowed=True)
        self._show_way()
        if before != _rests_on(team, proposal):
            self._tell(self.tr("Way, staging or numbers are others than before. Look again."))

    def _let_issue(self, *, allowed: bool) -> None:
        """Allow issuing or not; Enter goes back then."""
        one, other = (self._back, self._issue) if allowed else (self._issue, self._back)
        moves = self.focusWidget() is one
        self._issue.setEnabled(allowed)
        if moves:
            other.setFocus()

    def _tell(self, text: str) -> None:
        self._news.setText(text)
        self._news.show()
        self._give_height()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Order sheet"))
        self.setMinimumWidth(self._kit.theme.px(640))
        self._grid.setHorizontalSpacing(self._kit.theme.px(16))
        self._grid.setVerticalSpacing(self._kit.theme.px(8))
        self._grid.setColumnStretch(1, 1)
        team = self._kit.desk.reference.get("teams", self._team.team_key)
        language = self._kit.language
        set_property(self._news, "severity", "2")
        self._news.hide()
        name = team.name.text(language) if team else self._team.team_key
        self._row(self.tr("To"), name, role="strong")
        self._values["call"] = self._row(self.tr("Call"), "")
        self._row(self.tr("Incident"), self._incident.title.text(language))
        self._values["arrives"] = self._row(self.tr("Arrives"), "")
        self._values["staging"] = self._row(self.tr("Staging"), "")
        self._show_way()
        dont = "\n".join(f"✗ {each.text(language)}" for each in self._dont())
        self._row(self.tr("Don't"), dont or self.tr("none on record"), severity="2" if dont else "")
        label = PlainLabel(self.tr("Order"), role="secondary")
        label.setBuddy(self._text)
        self._text.setAccessibleName(self.tr("Order"))
        self._grid.addWidget(label, self._grid.rowCount(), 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._text, self._grid.rowCount() - 1, 1)
        if needs_second_person(self._kit.desk.reference, self._task):
            self._ask_approval()
        self._issue.setDefault(True)
        self._issue.setProperty("primary", True)
        self._issue.clicked.connect(self.accept)
        self._back.clicked.connect(self.reject)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(self._back)
        acts.addWidget(self._issue)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*self._kit.theme.pxs(20, 16, 20, 16))
        layout.setSpacing(self._kit.theme.px(16))
        layout.addLayout(self._grid)
        layout.addWidget(self._news)
        layout.addLayout(acts)
        self._issue.setFocus()

    def _show_way(self) -> None:
        """Show whom to call, the way and the staging point of the proposal."""
        team, route = self._kit.desk.reference.get("teams", self._team.team_key), self._team.route
        shown = {
            "call": (self._phones(team), "" if self._team.phones else "1"),
            "arrives": (self._arrival(), "1" if route.inside_m > 0 else ""),
            "staging": (self._staging(), ""),
        }
        for name, (text, severity) in shown.items():
            self._values[name].setText(text)
            set_property(self._values[name], "severity", severity)

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
        self._give_height()

    def _give_height(self) -> None:
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def _row(self, title: str, text: str, *, role: str = "", severity: str = "") -> QLabel:
        index = self._grid.rowCount()
        value = wrapped_label(text, role)
        set_property(value, "severity", severity)
        self._grid.addWidget(PlainLabel(title, "secondary"), index, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, index, 1)
        return value

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


def _rests_on(team: TeamProposal, proposal: DispatchProposal) -> tuple[object, ...]:
    """Return what an officer would want to look at again when it changes."""
    staging = proposal.staging
    return team.route.line, team.route.inside_m > 0, team.phones, staging and staging.position
