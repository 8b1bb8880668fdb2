"""A station that is made when it is first needed."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from views.shell.station import Station

S = TypeVar("S", bound=Station)


class LateStation(Generic[S]):
    """Stands for a station until somebody asks for it; a start pays for one station only.

    `modules` are what `make` imports and `parts` makes beforehand what `make` takes, for whoever
    has an idle moment before.
    """

    def __init__(
        self,
        station_id: str,
        make: Callable[[], S],
        modules: tuple[str, ...] = (),
        parts: Callable[[], None] | None = None,
    ) -> None:
        self.id = station_id
        self.modules = modules
        self._parts = parts
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

    def prepare(self) -> Iterator[None]:
        """Make the station, its slow parts one step earlier."""
        if self._made is None and self._parts is not None:
            self._parts()
            yield
        self.station  # noqa: B018 - asked for, it is made
        yield

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
