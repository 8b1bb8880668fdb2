"""What acts on the incident that the station shows."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.operation.situation import Incident
from views.kit import ViewKit

ActSpec = tuple[str, Callable[[], str], str, Callable[[], object]]
"""Id, text, key and act."""


class OfIncident(QObject):
    """`chosen` gives the incident on the station, `window` the parent of the sheets."""

    def __init__(
        self,
        kit: ViewKit,
        chosen: Callable[[], Incident | None],
        window: Callable[[], QWidget | None],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._chosen = chosen
        self._window = window
