"""A station that is made when it is first needed."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from views.shell.station import Station

S = TypeVar("S", bound=Station)


class LateStation(Generic[S]):
    """Stands for a station until somebody asks for it; a start pays for one station only.

    `modules` are what `make` imports, for whoever has an idle moment before.
    """

    def __init__(
        self, station_id: str, make: Callable[[], S], modules: tuple[str, ...] = ()
    ) -> None:
        self.id = station_id
        self.modules = modules
        self._make = make
        self._made: S | None = None

    @property
    def is_made(self) -> bool:
        """Whether the station exists."""
        return self._made is not None

    @property
    def station(self) -> S:
        """The station, made now when it wasn't."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def left(self) -> QWidget | None:
        """Return the station's left pane."""
        return self.station.left()

    def right(self) -> QWidget | None:
        """Return the station's right pane."""
        return self.station.right()

    def bottom(self) -> QWidget | None:
        """Return the station's bottom pane."""
        return self.station.bottom()

    def center(self) -> QWidget | None:
        """Return the station's page, None for the map."""
        return self.station.center()

    def activated(self) -> None:
        """Tell the station that it is on screen."""
        self.station.activated()

    def set_active(self, *, active: bool) -> None:
        """Let the station's keys act or not; one that isn't made has none."""
        act = getattr(self._made, "set_active", None)
        if act is not None:
            act(active=active)
