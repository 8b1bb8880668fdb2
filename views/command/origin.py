"""Asks where the leak of the chosen incident comes from."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.estimate_follower import EstimateFollower
from models.operation.situation import Incident
from views.command.estimate_sheet import EstimateSheet
from views.command.of_incident import ActSpec, OfIncident
from views.kit import ViewKit


class Origin(OfIncident):
    """`chosen` gives the incident on the station, `window` the parent, `beside` what is covered.

    Signals: looked_at(dict of incident id to SourceEstimate): what the map shows meanwhile.
    """

    looked_at = Signal(object)

    def __init__(
        self,
        kit: ViewKit,
        chosen: Callable[[], Incident | None],
        window: Callable[[], QWidget | None],
        follower: EstimateFollower | None,
        beside: Callable[[], QWidget],
    ) -> None:
        super().__init__(kit, chosen, window)
        self._follower = follower
        self._beside = beside
        self._sheet: EstimateSheet | None = None

    def specs(self) -> tuple[ActSpec, ...]:
        """Return id, text, key and act."""
        return (("origin", lambda: self.tr("Where does it come from?"), "Ctrl+S", self.ask),)

    def ask(self) -> None:
        """Show the sheet over the left column; one that is open comes to the front."""
        incident = self._chosen()
        if incident is None:
            self._kit.desk.say(2, "incident_needed")
            return
        if self._sheet is not None and isValid(self._sheet) and self._sheet.isVisible():
            self._sheet.activateWindow()
            return
        window = self._window()
        sheet = self._sheet = EstimateSheet(self._kit, incident, self._follower, window)
        sheet.looked_at.connect(self.looked_at)
        sheet.begin()
        sheet.show()
        if window is not None:
            sheet.move(window.mapToGlobal(self._beside().mapTo(window, QPoint(0, 0))))

    def leave(self, incident_id: str) -> None:
        """Close the sheet of another incident than this one."""
        sheet = self._sheet
        if sheet is not None and isValid(sheet) and sheet.incident_id != incident_id:
            sheet.reject()
