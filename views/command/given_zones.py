"""Zones of another origin, equal to a model's: drawn by hand, or out of another program's file."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from models.operation.drawings import person_of, working_drawings
from models.operation.drawn import Drawing
from models.operation.situation import Incident, Published
from models.operation.sketch import is_area
from models.times import SECOND_US
from views.command.compare_sheet import CompareSheet
from views.command.hand_zone_sheet import HandZoneSheet
from views.command.of_incident import ActSpec, OfIncident
from views.kit import ViewKit
from views.widgets.naming import named

if TYPE_CHECKING:
    from app.exchange.aloha.reading import ZoneFile

_PATIENCE_US = 600 * SECOND_US


class GivenZones(OfIncident):
    """`chosen` gives the incident on the station, `window` the parent of the sheets.

    Signals: previewed(tuple of ZoneResult): what isn't on record yet, empty ends it;
    outline_taken(): the outline that was asked for is drawn, the tool may be put down.
    """

    previewed = Signal(object)
    outline_taken = Signal()

    def __init__(
        self,
        kit: ViewKit,
        chosen: Callable[[], Incident | None],
        window: Callable[[], QWidget | None],
    ) -> None:
        super().__init__(kit, chosen, window)
        self._selected = ""
        self._waiting: tuple[str, frozenset[str], int] | None = None
        self._sheet: QDialog | None = None
        kit.desk.published.connect(self._on_published)

    def specs(self) -> tuple[ActSpec, ...]:
        """Return id, text, key and act of each."""
        return (
            ("hand_zone", lambda: self.tr("Zone drawn by hand"), "Ctrl+Y", self.show_hand_sheet),
            ("zone_file", lambda: self.tr("Import a threat zone"), "Ctrl+I", self.choose_file),
            ("compare", lambda: self.tr("Compare two zones"), "Ctrl+Shift+Y", self.compare),
        )

    @Slot(object)
    def on_map_selected(self, thing: object) -> None:
        """Remember the drawing that is chosen on the map."""
        chosen = getattr(thing, "kind", "") == "drawings"
        self._selected = getattr(thing, "key", "") if chosen else ""

    def show_hand_sheet(self) -> None:
        """Ask what a drawn area is; without one, let it be drawn first."""
        incident = self._writable()
        if incident is None:
            return
        areas = self._areas(incident)
        if areas:
            self._ask(incident, areas)
        else:
            self._draw(incident)

    def compare(self) -> None:
        """Show two zones of the incident side by side, in a replay too."""
        incident = self._chosen()
        if incident is None:
            self._kit.desk.say(2, "incident_needed")
        else:
            CompareSheet(self._kit, incident, self._window()).open()

    def choose_file(self) -> None:
        """Ask for a file that ALOHA wrote."""
        if self._writable() is None:
            return
        dialog = named(QFileDialog(self._window()), "zone-file")
        dialog.setWindowTitle(self.tr("Import a threat zone"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Threat zones of ALOHA ({patterns})").format(
            patterns="*.kml *.kmz"
        )])  # fmt: skip
        dialog.fileSelected.connect(self.check)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def check(self, file_name: str) -> None:
        """Read a file off the UI thread; the sheet shows what it holds."""
        incident = self._writable()
        if incident is None or not file_name:
            return
        future = self._kit.desk.in_worker(partial(_read, Path(file_name)))
        future.add_done_callback(partial(self._on_read, incident.id))

    def _on_read(self, incident_id: str, future: "asyncio.Future[ZoneFile]") -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is not None:
            self._kit.desk.say(2, "zone_file_refused", str(error))
            return
        incident = self._writable()
        if incident is None:
            return
        if incident.id != incident_id:
            self._kit.desk.say(2, "zone_file_refused", self.tr("Another incident is shown by now."))
            return
        from views.command.zone_file_sheet import ZoneFileSheet

        sheet = ZoneFileSheet(self._kit, incident, future.result(), self._window())
        sheet.previewed.connect(self.previewed)
        self._sheet = sheet
        sheet.begin()

    def _writable(self) -> Incident | None:
        incident = self._chosen()
        if self._kit.desk.replay is not None:
            self._kit.desk.say(2, "replay_is_read_only")
        elif incident is None or incident.closed_us is not None:
            self._kit.desk.say(2, "incident_needed")
        else:
            return incident
        return None

    def _areas(self, incident: Incident) -> list[Drawing]:
        """Return the incident's drawn areas: the chosen one first, then the newest."""
        drawings = working_drawings(self._kit.desk.situation, incident.id)
        areas = [drawing for drawing in drawings if is_area(drawing.sketch)]
        return sorted(areas, key=lambda d: (d.id != self._selected, -d.changed_us))

    def _ask(self, incident: Incident, areas: list[Drawing]) -> None:
        self._waiting = None
        sheet = HandZoneSheet(self._kit, incident, areas, self._window())
        sheet.previewed.connect(self.previewed)
        sheet.draw_wanted.connect(self._on_draw_wanted)
        self._sheet = sheet
        sheet.begin()

    @Slot()
    def _on_draw_wanted(self) -> None:
        incident = self._writable()
        if incident is not None:
            self._draw(incident)

    def _draw(self, incident: Incident) -> None:
        """Take the tool for outlines, and ask about the first that this person then draws."""
        known = frozenset(area.id for area in self._areas(incident))
        self._waiting = (incident.id, known, self._kit.desk.clock.now_us())
        self._kit.desk.say(3, "draw_the_zone")
        self._kit.actions.run("draw.polygon")

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if self._waiting is None or "drawings" not in published.changes.touched:
            return
        incident_id, known, since_us = self._waiting
        incident = self._chosen()
        late = self._kit.desk.clock.now_us() - since_us > _PATIENCE_US
        if incident is None or incident.id != incident_id or late:
            self._waiting = None
            return
        me = person_of(self._kit.desk.actor)
        areas = self._areas(incident)
        mine = [a for a in areas if a.id not in known and person_of(a.added_by) == me]
        if mine and not (self._sheet is not None and isValid(self._sheet)):
            self.outline_taken.emit()
            self._ask(incident, [*mine, *(area for area in areas if area not in mine)])


def _read(path: Path) -> "ZoneFile":
    from app.exchange.aloha.reading import read_zone_file  # only where such a file is read

    return read_zone_file(path)
