"""Teams proposed for the chosen incident and task: who, what they can do, when they are there."""

import asyncio
import logging
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from app.dispatching import Dispatcher, DispatchProposal, TeamProposal
from models.libraries.capabilities import capability_name
from models.libraries.kinds import Team
from models.operation.situation import Published
from models.times import SECOND_US
from views.i18n import Retranslating
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.badges import PlainLabel, StateBadge, wrapped_label
from views.widgets.chosen_row import ChosenRow
from views.widgets.row_column import empty_label, row_column
from views.widgets.spares import Spares
from views.wording import Toned

_LOG = logging.getLogger("muster.dispatch")
_DELAY_MS = 150
_READY = 12
_LOOKED_AT = ("teams", "zones", "dead_numbers", "incidents", "tasks", "masts")


class TeamRow(ChosenRow):
    """One proposed team. Signals: chosen(str team key)."""

    def __init__(self, kit: ViewKit, team_key: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self._kit = kit
        self.stand_for(team_key)
        self._name = wrapped_label(role="strong")
        self._can = wrapped_label(role="secondary")
        self._eta = PlainLabel(role="strong")
        self._distance = PlainLabel(role="secondary")
        self._state = StateBadge()
        right, top = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignTop
        layout = QGridLayout(self)
        layout.setContentsMargins(*kit.theme.pxs(8, 5, 8, 5))
        layout.setHorizontalSpacing(kit.theme.px(10))
        layout.setVerticalSpacing(1)
        layout.addWidget(self._name, 0, 0)
        layout.addWidget(self._eta, 0, 1, right | top)
        layout.addWidget(self._state, 0, 2, right | top)
        layout.addWidget(self._can, 1, 0)
        layout.addWidget(self._distance, 1, 1, 1, 2, right)
        layout.setColumnStretch(0, 1)

    def show_proposal(self, proposal: TeamProposal, *, current: bool) -> None:
        """Show this proposal."""
        kit, route = self._kit, proposal.route
        team = kit.desk.reference.get("teams", proposal.team_key)
        set_property(self, "current", current)
        self._name.setText(team.name.text(kit.language) if team else proposal.team_key)
        skills = proposal.covers or (team.capabilities if isinstance(team, Team) else ())
        self._can.setText(
            " · ".join(capability_name(skill).text(kit.language) for skill in skills[:4])
        )
        eta = route.eta_s
        about = "≈ " if route.approximate else ""
        text = kit.wording.duration(round(eta) * SECOND_US) if eta is not None else "—"
        self._eta.setText(about + text)
        self._distance.setText(kit.wording.distance(route.distance_m))
        self._state.set_word(self._word(proposal))
        self.setAccessibleName(f"{self._name.text()} {self._eta.text()}")

    def _word(self, proposal: TeamProposal) -> Toned:
        if not proposal.phones:
            return Toned(self.tr("no number"), "1")
        if proposal.route.inside_m > 0:
            return Toned(self.tr("crosses zone"), "1")
        if not proposal.route.reachable:
            return Toned(self.tr("no road known"), "2")
        if proposal.lacks:
            return Toned(self.tr("partly able"), "3")
        return self._kit.wording.team_status("ready")


class DispatchList(Retranslating, QWidget):
    """Signals: proposed(DispatchProposal), current_changed(TeamProposal or None)."""

    proposed = Signal(object)
    current_changed = Signal(object)

    def __init__(self, kit: ViewKit, dispatcher: Dispatcher) -> None:
        super().__init__()
        self._kit = kit
        self._dispatcher = dispatcher
        self._incident_id = ""
        self._needs: tuple[str, ...] = ()
        self._proposal: DispatchProposal | None = None
        self._rows: dict[str, TeamRow] = {}
        self._current = ""
        self._by_hand = False
        self._request = 0
        self._awaits = False
        self._empty = empty_label()
        self._left_out = wrapped_label(role="faint")
        self._list = row_column(self, self._empty, self._left_out)
        self._spares = Spares(self._list, self._make_row)
        self._timer = QTimer(self, interval=_DELAY_MS, singleShot=True)
        self._timer.timeout.connect(self._on_timer)
        kit.desk.published.connect(self._on_published)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._show()

    @property
    def current(self) -> TeamProposal | None:
        """The chosen team."""
        ranked = self._proposal.teams.ranked if self._proposal else ()
        return next((each for each in ranked if each.team_key == self._current), None)

    @property
    def proposal(self) -> DispatchProposal | None:
        """The whole proposal."""
        return self._proposal

    @property
    def awaits(self) -> bool:
        """Whether what is shown was proposed for another incident or task."""
        return self._awaits

    def row(self, team_key: str) -> TeamRow:
        """Return the row of a proposed team; KeyError when it isn't proposed."""
        return self._rows[team_key]

    def ask(self, incident_id: str, needs: tuple[str, ...]) -> None:
        """Propose for another incident or other needs; until then no order rests on the old."""
        if (incident_id, needs) == (self._incident_id, self._needs):
            return
        if incident_id != self._incident_id:
            self._proposal, self._current = None, ""
        self._incident_id, self._needs = incident_id, needs
        self._by_hand = False
        self._request += 1  # what is on its way was asked for the old
        self._awaits = bool(incident_id)
        self._timer.start()
        self._show()

    @Slot(str)
    def choose(self, team_key: str) -> None:
        """Make a team the current one."""
        self._current, self._by_hand = team_key, True
        self._show()
        self.current_changed.emit(self.current)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        touched = published.changes.touched
        if published.changes.full or any(name in touched for name in _LOOKED_AT):
            self._timer.start()

    @Slot()
    def _on_timer(self) -> None:
        if not self._incident_id:
            return
        self._request += 1
        desk = self._kit.desk
        ask = partial(
            self._dispatcher.propose,
            desk.situation,
            desk.reference,
            self._incident_id,
            self._needs,
        )
        desk.in_worker(ask).add_done_callback(partial(self._on_proposed, self._request))

    def _on_proposed(self, request: int, future: "asyncio.Future[DispatchProposal]") -> None:
        if future.cancelled() or request != self._request:
            return
        self._awaits = False
        error = future.exception()
        if error is not None and not isinstance(error, ValueError):
            _LOG.warning("no team can be proposed: %s", error, exc_info=error)
        self._proposal = None if error is not None else future.result()
        ranked = self._proposal.teams.ranked if self._proposal else ()
        keys = [each.team_key for each in ranked]
        if not self._by_hand:
            self._current = keys[0] if keys else ""
        elif self._current and self._current not in keys:
            # somebody chose: no other team takes its place unasked
            self._kit.desk.say(2, "team_not_proposed", self._name(self._current))
            self._current = ""
        self._show()
        if self._proposal is not None:
            self.proposed.emit(self._proposal)
        self.current_changed.emit(self.current)

    def prepare(self) -> Iterator[None]:
        """Have rows ready."""
        return self._spares.fill(_READY)

    def _make_row(self) -> TeamRow:
        row = TeamRow(self._kit)
        row.chosen.connect(self.choose)
        return row

    def _show(self) -> None:
        teams = self._proposal.teams if self._proposal else None
        ranked = teams.ranked if teams else ()
        for gone in set(self._rows) - {each.team_key for each in ranked}:
            self._spares.give(self._rows.pop(gone))
        for index, each in enumerate(ranked):
            row = self._rows.get(each.team_key)
            if row is None:
                row = self._rows[each.team_key] = self._spares.take()
                row.stand_for(each.team_key)
            if self._list.indexOf(row) != index:
                self._list.insertWidget(index, row)
            row.show_proposal(each, current=each.team_key == self._current)
        looks, none = self.tr("Looking for teams…"), self.tr("No team can be proposed")
        self._empty.setText(looks if self._awaits else none)
        self._empty.setVisible(not ranked)
        excluded = teams.excluded if teams else ()
        names = [self._name(each.team_key) for each in excluded]
        text = self.tr("Not proposed: {teams}").format(teams=" · ".join(names)) if names else ""
        self._left_out.setText(text)
        self._left_out.setVisible(bool(text))

    def _name(self, team_key: str) -> str:
        team = self._kit.desk.reference.get("teams", team_key)
        return team.name.text(self._kit.language) if team else team_key
