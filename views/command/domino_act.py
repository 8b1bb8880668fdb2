"""One key from the incident to its neighbours at risk, and from a neighbour to its place."""

from PySide6.QtCore import Signal

from views.command.domino_sheet import DominoSheet
from views.command.of_incident import ActSpec, OfIncident


class DominoAct(OfIncident):
    """Signals: located(LatLon): the map goes there."""

    located = Signal(object)

    def specs(self) -> tuple[ActSpec, ...]:
        """Return id, text, key and act."""
        return (("domino", lambda: self.tr("Domino: neighbours at risk"), "Ctrl+O", self.show),)

    def show(self) -> None:
        """Show the sheet of the chosen incident."""
        incident = self._chosen()
        if incident is None:
            self._kit.desk.say(2, "incident_needed")
            return
        sheet = DominoSheet(self._kit, incident, self._window())
        sheet.place_wanted.connect(self.located)
        sheet.open()
