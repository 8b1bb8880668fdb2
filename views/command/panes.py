"""The title lines of the Command station's panes."""

from PySide6.QtCore import Slot

from app.dispatching import DispatchProposal
from models.operation.situation import Published
from views.command.dispatch_list import DispatchList
from views.command.incident_facts import IncidentFacts
from views.command.log_list import LogList
from views.command.order_list import OrderList
from views.command.task_list import TaskList
from views.kit import ViewKit
from views.widgets.key_button import KeyButton
from views.widgets.pane import Pane


class FactsPane(Pane):
    """The incident."""

    def __init__(self, kit: ViewKit, body: IncidentFacts) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._open = 0
        actions = kit.actions
        self.add_act(KeyButton(kit.theme, action=actions.action("command.people")))
        self._next = KeyButton(kit.theme, action=actions.action("command.next"))
        self.add_act(self._next)
        self.set_body(body)
        kit.desk.published.connect(self._on_published)
        self.retranslate()
        self._recount()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.set_title(self.tr("Incident"), self.tr("%n open", "", self._open))
        self._next.setVisible(self._open > 1)

    def _recount(self) -> None:
        incidents = self._kit.desk.situation.incidents.values()
        opened = sum(i.closed_us is None and not i.merged_into for i in incidents)
        if opened != self._open:
            self._open = opened
            self.retranslate()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or "incidents" in published.changes.touched:
            self._recount()


class TasksPane(Pane):
    """The running plan."""

    def __init__(self, kit: ViewKit, body: TaskList) -> None:
        super().__init__(kit.theme)
        self._ended, self._all = 0, 0
        self.add_act(KeyButton(kit.theme, action=kit.actions.action("command.task_done")))
        self.set_body(body)
        body.counted.connect(self._on_counted)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.set_title(self.tr("Plan"), f"{self._ended} / {self._all}")

    @Slot(int, int)
    def _on_counted(self, ended: int, count: int) -> None:
        self._ended, self._all = ended, count
        self.retranslate()


class DispatchPane(Pane):
    """Proposed teams."""

    def __init__(self, kit: ViewKit, body: DispatchList) -> None:
        super().__init__(kit.theme)
        self._proposal: DispatchProposal | None = None
        action = kit.actions.action("command.order")
        self.add_act(KeyButton(kit.theme, action=action, primary=True))
        self.set_body(body)
        body.proposed.connect(self._on_proposed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        count = ""
        if self._proposal is not None:
            teams = self._proposal.teams
            count = self.tr("{ready} of {all} teams").format(
                ready=len(teams.ranked), all=len(teams.ranked) + len(teams.excluded)
            )
        self.set_title(self.tr("Dispatch"), count)

    @Slot(object)
    def _on_proposed(self, proposal: DispatchProposal) -> None:
        self._proposal = proposal
        self.retranslate()


class OrdersPane(Pane):
    """Orders of the incident."""

    def __init__(self, kit: ViewKit, body: OrderList) -> None:
        super().__init__(kit.theme)
        self._open, self._all = 0, 0
        self.set_body(body)
        body.counted.connect(self._on_counted)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        flow = self.tr("issue → sign → do → report")
        self.set_title(self.tr("Orders"), f"{self._open} / {self._all} · {flow}")

    @Slot(int, int)
    def _on_counted(self, opened: int, count: int) -> None:
        self._open, self._all = opened, count
        self.retranslate()


class LogPane(Pane):
    """The record: append-only."""

    def __init__(self, kit: ViewKit, body: LogList) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        for name in ("note", "report", "close"):
            self.add_act(KeyButton(kit.theme, action=kit.actions.action(f"command.{name}")))
        self.set_body(body)
        body.counted.connect(self._on_counted)
        self._shown = 0
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        seq = self._kit.desk.situation.seq
        text = self.tr("%n line(s)", "", self._shown)
        count = self.tr("{lines} · append-only · #{seq}").format(lines=text, seq=f"{seq:,}")
        self.set_title(self.tr("Log"), count)

    @Slot(int)
    def _on_counted(self, count: int) -> None:
        self._shown = count
        self.retranslate()
