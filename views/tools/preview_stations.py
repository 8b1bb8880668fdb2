"""Stations for the pictures of the shell: real widgets, sample rows."""

from PySide6.QtWidgets import QWidget

from views.kit import ViewKit
from views.shell.station import PLACES
from views.widgets.pane import Pane


class PreviewStation:
    """A station with plain panes."""

    def __init__(self, kit: ViewKit, station_id: str) -> None:
        self._kit = kit
        self.id = station_id

    def left(self):
        p = Pane(self._kit.theme)
        p.set_title("Alarms", "15 · F to filter")
        p.set_body(QWidget())
        return p

    right = left
    bottom = left

    def center(self):
        return None

    def activated(self) -> None:
        """Nothing to wake."""


def stations(kit: ViewKit) -> list[PreviewStation]:
    return [PreviewStation(kit, place.id) for place in PLACES]
