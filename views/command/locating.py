"""Sets the place of the chosen incident: by the sheet, or by a click on the map."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.commands.place import LocateIncident
from app.queries.places import PLACE_KINDS, PlaceMatch
from models.basics import LatLon
from models.operation.events.base import Event
from models.operation.events.incident import IncidentLocated
from models.operation.situation import Incident
from views.command.of_incident import ActSpec, OfIncident
from views.command.place_sheet import PlaceSheet
from views.kit import ViewKit


class Locating(OfIncident):
    """`chosen` gives the incident on the station, `window` the parent of the sheet.

    Signals: located(LatLon) once a place is stored.
    """

    located = Signal(object)

    def __init__(
        self,
        kit: ViewKit,
        chosen: Callable[[], Incident | None],
        window: Callable[[], QWidget | None],
    ) -> None:
        super().__init__(kit, chosen, window)
        self._picks_for = ""

    def specs(self) -> tuple[ActSpec, ...]:
        """Return id, text, key and act."""
        return (("locate", lambda: self.tr("Place of the incident"), "P", self.locate),)

    @property
    def is_picking(self) -> bool:
        """Whether the next click on the map is the place."""
        return bool(self._picks_for)

    def locate(self) -> None:
        """Show the sheet; a pick that was begun is given up."""
        self._picks_for = ""
        self._show(None)

    @Slot(object)
    def on_map_clicked(self, position: LatLon) -> None:
        """Take a click on empty ground as the place, when one is being picked."""
        self._picked(position)

    @Slot(object)
    def on_map_selected(self, thing: object) -> None:
        """Take a clicked symbol of the registry as the place, when one is being picked."""
        kind, key = getattr(thing, "kind", ""), getattr(thing, "key", "")
        if not self.is_picking or kind not in PLACE_KINDS:
            return
        record = self._kit.desk.reference.get(kind, key)
        if record is not None and record.position is not None:
            self._picked(PlaceMatch(kind=kind, record=record, score=1.0, by_sound=False))

    def _picked(self, place: LatLon | PlaceMatch) -> None:
        incident = self._chosen()
        wanted, self._picks_for = self._picks_for, ""
        if wanted and incident is not None and incident.id == wanted:
            self._show(place)

    def _show(self, picked: LatLon | PlaceMatch | None) -> None:
        incident = self._chosen()
        if incident is None or incident.closed_us is not None:
            self._kit.desk.say(2, "incident_needed")
            return
        sheet = PlaceSheet(self._kit, incident, self._window(), picked)
        sheet.chosen.connect(self._on_chosen)
        sheet.pick_wanted.connect(self._on_pick_wanted)
        sheet.open()

    @Slot()
    def _on_pick_wanted(self) -> None:
        incident = self._chosen()
        if incident is not None:
            self._picks_for = incident.id
            self._kit.desk.say(3, "pick_on_map")

    @Slot(object)
    def _on_chosen(self, command: LocateIncident) -> None:
        self._kit.desk.execute(command).add_done_callback(self._on_stored)

    def _on_stored(self, future: "asyncio.Future[tuple[Event, ...]]") -> None:
        if future.cancelled() or future.exception() is not None:
            return
        payload = future.result()[0].payload
        if isinstance(payload, IncidentLocated):
            self.located.emit(payload.position)
