"""Command 指挥: the incident and its plan, the map, dispatch and orders, the log."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QSplitter, QWidget
from shiboken6 import isValid

from app.contour_follower import ContourFollower
from app.dispatching import Dispatcher
from app.estimate_follower import EstimateFollower
from app.zone_follower import ZoneFollower
from app.zones import RateInput
from models.operation.situation import Incident, Published
from views.actions import ActionSpec
from views.command.contours_sheet import ContoursSheet
from views.command.dispatch_list import DispatchList
from views.command.domino_act import DominoAct
from views.command.given_zones import GivenZones
from views.command.incident_acts import IncidentActs
from views.command.incident_facts import IncidentFacts
from views.command.joining import Joining
from views.command.locating import Locating
from views.command.log_list import LogList
from views.command.order_list import OrderList
from views.command.order_sheet import OrderSheet
from views.command.origin import Origin
from views.command.panes import DispatchPane, FactsPane, LogPane, OrdersPane, TasksPane
from views.command.pointing import Pointing
from views.command.rate_sheet import RateSheet
from views.command.report_sheet import ReportSheet
from views.command.task_list import TaskList
from views.command.what_if_sheet import WhatIfSheet
from views.command.withdrawing import Withdrawing
from views.kit import ViewKit
from views.widgets.naming import named


class CommandStation(QObject):
    """The station.

    Signals: proposed(DispatchProposal), incident_changed(str incident id), located(LatLon),
    previewed(tuple of ZoneResult) of what nobody drew yet.
    """

    proposed = Signal(object)
    located = Signal(object)
    previewed = Signal(object)
    incident_changed = Signal(str)
    id = "command"

    def __init__(
        self,
        kit: ViewKit,
        dispatcher: Dispatcher,
        zones: ZoneFollower,
        contours: ContourFollower | None = None,
        estimates: EstimateFollower | None = None,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._zones = zones
        self._contours = contours
        self._active = False
        self._incident_id = ""
        self._sheet: QDialog | None = None
        self._acts = IncidentActs(kit, lambda: self.incident, self._window)
        self.locating = Locating(kit, lambda: self.incident, self._window)
        self.locating.located.connect(self.located)
        self.pointing = Pointing(kit, lambda: self.incident, self._window)
        self._domino = DominoAct(kit, lambda: self.incident, self._window)
        self._domino.located.connect(self.located)
        self.origin = Origin(
            kit, lambda: self.incident, self._window, estimates, lambda: self.facts
        )
        self.joining = Joining(kit, lambda: self.incident, self._window)
        self.joining.joined.connect(self.show_incident)
        self.given = GivenZones(kit, lambda: self.incident, self._window)
        self.given.previewed.connect(self.previewed)
        self._withdrawing = Withdrawing(kit, lambda: self.incident, self._window)
        self._add_actions()
        self.facts = IncidentFacts(kit)
        self.tasks = TaskList(kit)
        self.dispatch = DispatchList(kit, dispatcher)
        self.orders = OrderList(kit)
        self.log = LogList(kit)
        self.tasks.current_changed.connect(self._on_task_changed)
        self.dispatch.proposed.connect(self.proposed)
        kit.desk.published.connect(self._on_published)

    def left(self) -> QWidget | None:
        """Return the incident's facts over its tasks."""
        splitter = named(QSplitter(Qt.Orientation.Vertical), "command-left")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(FactsPane(self._kit, self.facts))
        splitter.addWidget(TasksPane(self._kit, self.tasks))
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([self._kit.theme.px(380), self._kit.theme.px(370)])
        return splitter

    def right(self) -> QWidget | None:
        """Return the proposed teams over the orders."""
        splitter = named(QSplitter(Qt.Orientation.Vertical), "command-right")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(DispatchPane(self._kit, self.dispatch))
        splitter.addWidget(OrdersPane(self._kit, self.orders))
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes(self._kit.theme.pxs(400, 500))
        return splitter

    def bottom(self) -> QWidget | None:
        """Return the log."""
        return LogPane(self._kit, self.log)

    def center(self) -> QWidget | None:
        """Leave the map in the middle."""
        return None

    def prepare(self) -> Iterator[None]:
        """Make rows in idle moments."""
        for rows in (self.tasks, self.dispatch, self.orders):
            yield from rows.prepare()

    def activated(self) -> None:
        """Show the newest open incident when none is chosen."""
        self._choose_default()

    def set_active(self, *, active: bool) -> None:
        """Let this station's keys act or not."""
        self._active = active

    @property
    def incident(self) -> Incident | None:
        """The incident on this station."""
        return self._kit.desk.situation.incidents.get(self._incident_id)

    @Slot(str)
    def show_incident(self, incident_id: str) -> None:
        """Put an incident on the station."""
        sheet = self._sheet
        if isinstance(sheet, WhatIfSheet) and isValid(sheet) and incident_id != self._incident_id:
            sheet.reject()  # its sliders ask about the other incident
        self.origin.leave(incident_id)
        self._incident_id = incident_id
        self.facts.show_incident(incident_id)
        self.tasks.show_incident(incident_id)
        self.orders.show_incident(incident_id)
        self.log.show_incident(incident_id)
        self._on_task_changed("")
        self.incident_changed.emit(incident_id)
        self.joining.tell(incident_id)

    def next_incident(self) -> None:
        """Switch to the next open incident: one key."""
        open_ids = self._open_ids()
        if open_ids:
            index = open_ids.index(self._incident_id) if self._incident_id in open_ids else -1
            self.show_incident(open_ids[(index + 1) % len(open_ids)])

    def show_order_sheet(self) -> None:
        """Show the order before it is issued; Enter there issues it."""
        incident, proposal, team = self.incident, self.dispatch.proposal, self.dispatch.current
        if incident is None or incident.closed_us is not None:
            self._kit.desk.say(2, "incident_needed")
        elif self.dispatch.awaits:
            self._kit.desk.say(3, "teams_awaited")
        elif proposal is None or team is None:
            self._kit.desk.say(2, "team_needed")
        else:
            task = self.tasks.current_task
            sheet = OrderSheet(self._kit, incident, task, team, proposal, self._window())
            sheet.accepted.connect(partial(self._on_issue, sheet))
            self.dispatch.proposed.connect(sheet.follow)
            self._open(sheet)

    def show_rate_sheet(self) -> None:
        """Ask for a release rate; it is marked as assumed."""
        if self.incident is not None and self.incident.closed_us is None:
            sheet = RateSheet(self._kit, self.incident, self._window())
            sheet.wind_entered.connect(self._kit.desk.execute)
            sheet.entered.connect(partial(self._on_rate_entered, sheet))
            self._open(sheet)

    def _on_rate_entered(self, sheet: RateSheet, incident_id: str, rate: RateInput) -> None:
        self._zones.set_rate(incident_id, rate, wind_since_us=sheet.wind_since_us)

    def show_what_if(self) -> None:
        """Let sliders ask what another rate or wind would do; the map stays in use."""
        if isinstance(self._sheet, WhatIfSheet) and isValid(self._sheet):
            self._sheet.activateWindow()
        elif self.incident is not None:
            sheet = WhatIfSheet(self._kit, self.incident, self._window())
            sheet.previewed.connect(self.previewed)
            self._sheet = sheet
            sheet.show()
            window = self._window()
            if window is not None:
                sheet.move(window.mapToGlobal(self.facts.mapTo(window, QPoint(0, 0))))

    def show_contours_sheet(self) -> None:
        """Show how probably the zone is reached, and compute it."""
        if self.incident is not None:
            self._open(ContoursSheet(self._kit, self.incident, self._contours, self._window()))

    def show_report_sheet(self) -> None:
        """Draft a report from the record."""
        if self.incident is not None:
            self._open(ReportSheet(self._kit, self.incident, self._window()))

    def close_incident(self) -> None:
        """Stand down, with a reason."""
        if self.incident is not None:
            self.facts.ask_close()

    def _open(self, sheet: QDialog) -> None:
        self._sheet = sheet
        sheet.open()

    def _on_issue(self, sheet: OrderSheet) -> None:
        self._kit.desk.execute(sheet.command())

    def _window(self) -> QWidget | None:
        return self.facts.window()

    def _is_active(self) -> bool:
        return self._active

    def _add_actions(self) -> None:
        specs = (
            ("order", lambda: self.tr("Order sheet"), "O", self.show_order_sheet),
            ("rate", lambda: self.tr("Enter a release rate"), "Ctrl+E", self.show_rate_sheet),
            ("sure", lambda: self.tr("How sure is the zone"), "Ctrl+J", self.show_contours_sheet),
            ("what_if", lambda: self.tr("What if"), "Ctrl+U", self.show_what_if),
            ("report", lambda: self.tr("Report draft"), "Ctrl+R", self.show_report_sheet),
            ("next", lambda: self.tr("Next incident"), "I", self.next_incident),
            ("close", lambda: self.tr("Close the incident"), "Ctrl+Shift+K", self.close_incident),
            ("task_done", lambda: self.tr("Task done"), "F", lambda: self.tasks.finish_current()),
            ("sign", lambda: self.tr("Order signed"), "S", lambda: self.orders.act("receive")),
            ("under_way", lambda: self.tr("Under way"), "W", lambda: self.orders.act("start")),
            ("done", lambda: self.tr("Order reported"), "D", lambda: self.orders.act("report")),
            ("dead", lambda: self.tr("Number dead"), "X", lambda: self.orders.act("dead")),
            ("note", lambda: self.tr("Write a log line"), "L", lambda: self.log.focus_entry()),
            *self.locating.specs(),
            *self.pointing.specs(),
            *self._domino.specs(),
            *self.origin.specs(),
            *self.joining.specs(),
            *self.given.specs(),
            *self._withdrawing.specs(),
            *self._acts.specs(),
        )
        for name, text, key, run in specs:
            self._kit.actions.add(
                ActionSpec(
                    id=f"command.{name}",
                    text=text,
                    run=run,
                    shortcut=key,
                    enabled=self._is_active,
                    group="command",
                )
            )

    def _open_ids(self) -> list[str]:
        incidents = self._kit.desk.situation.incidents.values()
        found = [i for i in incidents if i.closed_us is None and not i.merged_into]
        return [i.id for i in sorted(found, key=lambda i: -i.opened_us)]

    def _choose_default(self) -> None:
        """Go from a closed incident to an open one, but not under the hand of who writes."""
        if self.log.is_written:
            return
        if self.incident is None or self.incident.closed_us is not None:
            open_ids = self._open_ids()
            if open_ids and open_ids[0] != self._incident_id:
                self.show_incident(open_ids[0])

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or "incidents" in published.changes.touched:
            self._choose_default()

    @Slot(str)
    def _on_task_changed(self, _task_id: str) -> None:
        task = self.tasks.current_task
        self.dispatch.ask(self._incident_id, task.needs if task else ())
