"""Who did something, as the screens say it: a part of the program, or a person of the roster."""

from PySide6.QtCore import QObject

from app.desk import DeskApi, Reference
from views.wording import Wording

_NAMED = ("people", "shifts")


class Actors(QObject):
    """Names of actors in the language of the screens."""

    def __init__(self, desk: DeskApi, wording: Wording) -> None:
        super().__init__()
        self._desk = desk
        self._wording = wording
        self._known: tuple[Reference, str, dict[str, str]] | None = None

    def name(self, actor: str) -> str:
        """Return the name of whoever recorded an event; of a person without the desk's id."""
        parts = {
            "gateway": self.tr("Gateway"),
            "world": self.tr("Simulation"),
            "system": self.tr("System"),
            "desk": self.tr("Desk"),
            "model": self.tr("Model"),
            "command line": self.tr("Command line"),
            "demonstration": self.tr("Demonstration"),
        }
        return parts.get(actor) or self.person(actor.rpartition("@")[0] or actor)

    def person(self, stored: str) -> str:
        """Return a person or a shift as the roster calls them; as stored when it doesn't."""
        reference, language = self._desk.reference, self._wording.language
        if self._known is None or self._known[0] is not reference or self._known[1] != language:
            names = [row.name for kind in _NAMED for row in reference.all(kind).values()]
            words = {
                each: name.text(language) for name in names for each in (name.zh, name.en) if each
            }
            self._known = (reference, language, words)
        return self._known[2].get(stored, stored)
