"""What a zone reaches and whom it holds, in words: the same on every sheet that asks first."""

from PySide6.QtCore import QObject

from models.hazard.ports import ReceptorHit, ZoneResult
from views.wording import Wording

_MOST_NAMES = 8


class InsideWords(QObject):
    """Says a zone's levels and the receptors inside by name."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording

    def levels(self, result: ZoneResult) -> str:
        """Return how far each level reaches, one a line, the worst first."""
        language = self._wording.language
        farthest = {
            level.label: level for level in sorted(result.levels, key=lambda each: each.reach_m)
        }
        return "\n".join(
            f"{level.label.text(language)} · {self._wording.distance(level.reach_m)}"
            for level in sorted(farthest.values(), key=lambda each: -each.severity)
        )

    def inside(self, hits: tuple[ReceptorHit, ...]) -> str:
        """Return who is inside, by number and by name; unknown numbers are said, never zero."""
        if not hits:
            return self.tr("No receptor of the library lies inside: not the same as clear.")
        counted = self.tr("%n receptor(s) inside", "", len(hits))
        return f"{counted}, {self._people(hits)}: {self.names(hits)}"

    def names(self, hits: tuple[ReceptorHit, ...]) -> str:
        """Return the first names, and how many more there are."""
        language = self._wording.language
        names = " · ".join(
            hit.name.text(language) or hit.receptor_key for hit in hits[:_MOST_NAMES]
        )
        return names if len(hits) <= _MOST_NAMES else f"{names} +{len(hits) - _MOST_NAMES}"

    def _people(self, hits: tuple[ReceptorHit, ...]) -> str:
        known = [hit.people for hit in hits if hit.people is not None]
        if not known:
            return self.tr("people to be verified")
        text = self.tr("{n} people") if len(known) == len(hits) else self.tr("at least {n} people")
        return text.format(n=f"{sum(known):,}")
