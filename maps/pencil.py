"""Drawings on the map and the pencil in an officer's hand, as messages to the page."""

from typing import Any

from maps.protocol import Message, Outbox
from maps.scene import standing_zones
from maps.sketch_items import DrawingScene, DrawingWords, MapChoice
from maps.sketching import Sketching
from models.basics import LatLon
from models.operation.situation import Situation


class Pencil:
    """Which map is shown, what stands on it, and what is being drawn."""

    def __init__(self, outbox: Outbox) -> None:
        self.sketching = Sketching()
        self.choice: MapChoice = "official"
        self.words = DrawingWords()
        self._outbox = outbox
        self._scene = DrawingScene()
        self._situation: Situation | None = None
        self._name: dict[str, Any] = {"text": "", "warns": False}

    def set_words(self, words: DrawingWords, perimeter: str) -> None:
        """Change the language; `messages` brings it to the page."""
        self.words = self.sketching.words = words
        self.sketching.perimeter = perimeter

    def set_name(self, text: str, *, warns: bool) -> None:
        """Say over the map which of the maps it is (empty: nothing); `messages` brings it."""
        self._name = {"text": text, "warns": warns}

    def set_situation(self, situation: Situation) -> None:
        """Take a snapshot: live, or a replay's moment; `messages` brings it to the page."""
        self._situation = situation
        self.sketching.refresh(situation.drawings)
        self.sketching.set_snaps(_corners(situation))

    def messages(self) -> list[Message]:
        """Return what brings the page to the present state; each must be sent, once."""
        name = self._outbox.value("mapname", self._name)
        return [*self.sketch_messages(), *self._drawings(), *([name] if name else [])]

    def sketch_messages(self) -> list[Message]:
        """Return what the pencil itself does to the page."""
        message = self._outbox.value("sketch", self.sketching.message())
        return [] if message is None else [message]

    def threatened(self) -> frozenset[str]:
        """Return the drawings on the shown map that lie inside a threat zone."""
        return self._scene.threatened

    def _drawings(self) -> list[Message]:
        if self._situation is None:
            return []
        zones = standing_zones(self._situation)
        items = self._scene.items(self._situation, zones, self.choice, self.words)
        message = self._outbox.items("drawings", items)
        return [] if message is None else [message]


def _corners(situation: Situation) -> list[LatLon]:
    """Return where the pointer may snap to: corners of drawings, and the incidents."""
    corners = [
        point for drawing in situation.drawings.values() if drawing.removed_us is None
        for point in drawing.sketch.points
    ]  # fmt: skip
    places = (incident.position for incident in situation.incidents.values())
    return corners + [place for place in places if place is not None]
