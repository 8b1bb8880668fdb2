"""Names of kinds, marks and codes in the language of the screens."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from models.hazard.substance_names import substance_name
from views.codes import code_word
from views.kit import ViewKit
from views.libraries.marks import Mark
from views.wording import Toned


class LibraryWords(QObject):
    """Words of the Libraries station; tables are built once per language."""

    def __init__(self, kit: ViewKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._tables: dict[tuple[str, str], dict[str, str]] = {}

    def kind(self, kind: str) -> str:
        """Return the name of a kind."""
        return self._table("kinds", kind)

    def code(self, code: str) -> str:
        """Return the word of a capability, a type or a kind of incident; itself when unknown."""
        return code_word(code, self._kit.language)

    def codes(self, codes: Iterable[str]) -> str:
        """Return the words of codes side by side."""
        return " · ".join(self.code(code) for code in codes)

    def substance(self, substance: str, cas: str = "") -> str:
        """Return a substance's name with its CAS number."""
        name = substance_name(substance, cas).text(self._kit.language)
        return f"{name} {cas}".strip()

    def substances(self, names: Iterable[str]) -> str:
        """Return substances side by side; name and CAS number of one stand there once."""
        texts = (substance_name(each, each).text(self._kit.language) for each in names)
        return " · ".join(dict.fromkeys(texts))

    def dead(self) -> str:
        """Return what stands behind a number that doesn't work."""
        return self.tr("DEAD")

    def mark(self, mark: Mark | None) -> Toned | None:
        """Return the badge of a mark."""
        if mark is None:
            return None
        return Toned(self._table("marks", mark.code), str(mark.severity))

    def _table(self, name: str, key: str) -> str:
        place = (self._kit.language, name)
        if place not in self._tables:
            self._tables[place] = self._kinds() if name == "kinds" else self._marks()
        return self._tables[place].get(key, key)

    def _kinds(self) -> dict[str, str]:
        return {
            "plans": self.tr("Plans"),
            "teams": self.tr("Teams"),
            "materials": self.tr("Depots"),
            "experts": self.tr("Experts"),
            "scenarios": self.tr("Scenarios"),
            "cases": self.tr("Cases"),
            "signatures": self.tr("Risk signatures"),
            "failures": self.tr("Failures"),
            "enterprises": self.tr("Enterprises"),
            "hazard-sources": self.tr("Hazard sources"),
            "receptors": self.tr("Receptors"),
            "tags": self.tr("Tags"),
            "cameras": self.tr("Cameras"),
            "permits": self.tr("Permits"),
            "contractors": self.tr("Contractors"),
            "shifts": self.tr("Shifts"),
            "people": self.tr("People"),
            "features": self.tr("Features"),
            "roads": self.tr("Roads"),
            "buildings": self.tr("Buildings"),
            "osm": self.tr("OpenStreetMap extract"),
            "demonstration": self.tr("Demonstration park"),
        }

    def _marks(self) -> dict[str, str]:
        return {
            "expired": self.tr("expired"),
            "expires_soon": self.tr("expires soon"),
            "no_number": self.tr("no number works"),
            "number_dead": self.tr("number dead"),
            "empty": self.tr("empty"),
            "partly_empty": self.tr("partly empty"),
            "permit_over": self.tr("over"),
            "picture_still": self.tr("picture stands still"),
        }
