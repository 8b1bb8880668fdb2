"""What a station is: an id and the panels around the one map."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class StationPlace:
    """A place on the rail; its title is translated by the rail."""

    id: str
    key: str


PLACES: tuple[StationPlace, ...] = (
    StationPlace("watch", "F1"),
    StationPlace("map", "F2"),
    StationPlace("monitor", "F3"),
    StationPlace("command", "F4"),
    StationPlace("libraries", "F5"),
    StationPlace("drill", "F6"),
    StationPlace("review", "F7"),
)


class Station(Protocol):
    """One station. Each method is called once, when the station is first opened.

    `center()` None leaves the map in the middle; a widget fills the whole page beside the rail's
    own side panes. Widgets live as long as the window; a hidden one should do no work.
    """

    id: str

    def left(self) -> QWidget | None:
        """Return the pane left of the centre."""
        ...

    def right(self) -> QWidget | None:
        """Return the pane right of the centre."""
        ...

    def bottom(self) -> QWidget | None:
        """Return the pane under everything."""
        ...

    def center(self) -> QWidget | None:
        """Return a page instead of the map, or None for the map."""
        ...

    def activated(self) -> None:
        """Hear that the station is on screen now."""
        ...
