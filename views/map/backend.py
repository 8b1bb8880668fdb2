"""What draws the map: the page, or the plain fallback where WebEngine is missing."""

from typing import Any, Protocol

from PySide6.QtGui import QImage

from maps.protocol import Message


class MapBackend(Protocol):
    """A widget that shows the map. Signals: told(Fact), lost(str)."""

    told: Any
    lost: Any

    def load(self) -> None:
        """Build the picture, or build it anew after it was lost; it says 'ready'."""
        ...

    def send(self, message: Message) -> bool:
        """Take a message; False when nothing is ready to take it."""
        ...

    def set_background(self, colour: str) -> None:
        """Show a colour [#rrggbb] until there is a picture."""
        ...

    def set_scale(self, factor: float) -> None:
        """Draw text and symbols larger by a factor."""
        ...

    def grab_image(self) -> QImage:
        """Return what is on the screen."""
        ...

    def shut_down(self) -> None:
        """Let go of everything."""
        ...
