"""Same place and time: join it? Nothing is joined unless somebody decides so."""

import asyncio
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.commands.incident import KeepApart, MergeIncidents
from models.operation.events.base import Event
from models.operation.joining import join_offers
from models.operation.situation import Incident
from views.command.choice_sheet import ChoiceSheet
from views.command.of_incident import ActSpec, OfIncident
from views.kit import ViewKit


class Joining(OfIncident):
    """`chosen` gives the incident on the station, `window` the parent of the sheet.

    Signals: joined(str id of the incident that took the chosen one over).
    """

    joined = Signal(str)

    def __init__(
        self,
        kit: ViewKit,
        chosen: Callable[[], Incident | None],
        window: Callable[[], QWidget | None],
    ) -> None:
        super().__init__(kit, chosen, window)
        self._told: set[str] = set()

    def specs(self) -> tuple[ActSpec, ...]:
        """Return id, text, key and act."""
        return (("join", lambda: self.tr("Same place and time: join it?"), "J", self.ask),)

    def tell(self, incident_id: str) -> None:
        """Say once that an incident may be another one's; the facts go on showing it."""
        situation = self._kit.desk.situation
        incident = situation.incidents.get(incident_id)
        if incident is None or incident_id in self._told:
            return
        offers = join_offers(situation, incident)
        if offers:
            self._told.add(incident_id)
            numbers = (situation.incidents[offer.incident_id].number for offer in offers)
            self._kit.desk.say(2, "join_offered", ", ".join(numbers))

    def ask(self) -> None:
        """Show the choice; what stands chosen first joins nothing."""
        incident, situation = self._chosen(), self._kit.desk.situation
        offers = join_offers(situation, incident) if incident is not None else ()
        title = self.tr("Same place and time: join it?")
        if incident is None or not offers:
            self._kit.desk.say(3, "nothing_to_choose", title)
            return
        language = self._kit.language
        options = [("", self.tr("no: keep it apart"))]
        for offer in offers:
            other = situation.incidents[offer.incident_id]
            name = f"{other.number} · {other.title.text(language)}"
            options.append((other.id, self.tr("part of {incident}").format(incident=name)))
        sheet = ChoiceSheet(
            self._kit, title, self.tr("Decision"), options, self._window(), self._reason()
        )
        others = tuple(offer.incident_id for offer in offers)
        sheet.decided.connect(partial(self._on_decided, incident.id, others))
        sheet.open()

    def _reason(self) -> str:
        return self.tr("same place and time")

    def _on_decided(
        self, incident_id: str, others: tuple[str, ...], into_id: str, reason: str
    ) -> None:
        desk = self._kit.desk
        if not into_id:
            kept = "" if reason == self._reason() else reason
            desk.execute(KeepApart(incident_id, others, kept))
            return
        future = desk.execute(MergeIncidents(into_id, incident_id, reason))
        future.add_done_callback(partial(self._on_joined, into_id))

    def _on_joined(self, into_id: str, future: "asyncio.Future[tuple[Event, ...]]") -> None:
        if not future.cancelled() and future.exception() is None:
            self.joined.emit(into_id)
