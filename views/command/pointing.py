"""Remembers the place pointed at on the map, and shows what passes there."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.queries.places import PLACE_KINDS
from models.basics import LatLon
from models.operation.situation import Incident
from models.registry.kinds import Receptor
from views.command.of_incident import ActSpec, OfIncident
from views.command.place_sheet import point_text
from views.command.point_sheet import PointSheet
from views.kit import ViewKit


class Pointing(OfIncident):
    """`chosen` gives the incident on the station, `window` the parent of the sheet."""

    def __init__(
        self,
        kit: ViewKit,
        chosen: Callable[[], Incident | None],
        window: Callable[[], QWidget | None],
    ) -> None:
        super().__init__(kit, chosen, window)
        self._place: LatLon | None = None
        self._thing: tuple[str, str] | None = None

    def specs(self) -> tuple[ActSpec, ...]:
        """Return id, text, key and act."""
        return (("point", lambda: self.tr("What passes here"), "Ctrl+B", self.show_sheet),)

    @Slot(object)
    def on_map_clicked(self, position: LatLon) -> None:
        """Remember a click on empty ground."""
        self._place, self._thing = position, None

    @Slot(object)
    def on_map_selected(self, thing: object) -> None:
        """Remember a symbol of the registry."""
        kind, key = getattr(thing, "kind", ""), getattr(thing, "key", "")
        if kind in PLACE_KINDS:
            self._place, self._thing = None, (kind, key)

    def show_sheet(self) -> None:
        """Show the sheet for the place pointed at, else for the receptor that is hit worst."""
        incident = self._chosen()
        if incident is None:
            self._kit.desk.say(2, "incident_needed")
            return
        place = self._pointed() or self._worst(incident)
        if place is None:
            self._kit.desk.say(2, "place_needed")
            return
        position, name = place
        PointSheet(self._kit, incident, position, name, self._window()).open()

    def _pointed(self) -> tuple[LatLon, str] | None:
        if self._place is not None:
            return self._place, point_text(self._place)
        return None if self._thing is None else self._named(*self._thing)

    def _named(self, kind: str, key: str) -> tuple[LatLon, str] | None:
        record = self._kit.desk.reference.get(kind, key)
        if record is None or record.position is None:
            return None
        return record.position, record.name.text(self._kit.language) or key

    def _worst(self, incident: Incident) -> tuple[LatLon, str] | None:
        """Return the receptor with the worst level, most people first."""
        hits = [
            (level.severity, hit.people or 0, hit.receptor_key)
            for zone in self._kit.desk.situation.zones.values()
            if zone.incident_id == incident.id and zone.withdrawn_us is None
            for hit in zone.result.receptors
            for level in zone.result.levels
            if level.key == hit.level_key
        ]
        return self._named(Receptor.KIND, max(hits)[2]) if hits else None
