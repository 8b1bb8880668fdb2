"""Says by name what a turned wind brings into the zone: once when it is drawn, and as a fact."""

from PySide6.QtCore import QObject, Slot

from maps.new_threats import NewThreats, new_threats
from models.operation.situation import Published, Situation
from views.kit import ViewKit
from views.map.sketch_words import SketchWords

_LOOKED_AT = frozenset({"zones", "teams", "orders", "drawings"})


class ThreatNews(QObject):
    """Watches every open incident; a notice names what a new zone touches first."""

    def __init__(self, kit: ViewKit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._sketches = SketchWords(self)
        self._said: dict[str, set[str]] = {}  # zone → what was named
        kit.desk.published.connect(self._on_published)

    def text(self, situation: Situation, incident_id: str) -> str:
        """Return what is newly inside, one kind a line; '' when nothing is."""
        found = new_threats(situation, incident_id)
        return "\n".join(self._lines(found)) if found else ""

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        situation = published.situation
        looked_at = published.changes.full or not _LOOKED_AT.isdisjoint(published.changes.touched)
        if not looked_at or self._kit.desk.replay is not None:
            return
        for incident in situation.incidents.values():
            if incident.closed_us is None and not incident.merged_into:
                found = new_threats(situation, incident.id)
                if found:
                    self._say(incident.number, found)

    def _say(self, number: str, found: NewThreats) -> None:
        """Name what hasn't been named for this zone yet."""
        said = self._said.setdefault(found.zone_id, set())
        lines = [line for line in self._lines(found) if line not in said]
        said.update(lines)
        if lines:
            self._kit.desk.say(1, "newly_threatened", f"{number} · " + " · ".join(lines))

    def _lines(self, found: NewThreats) -> list[str]:
        language = self._kit.language
        named = (
            (self.tr("people to protect"), [r.name.text(language) for r in found.receptors]),
            (self.tr("teams"), [self._team(each.team_key) for each in found.teams]),
            (self.tr("staging of"), [self._team(each.team_key) for each in found.staging]),
            (self.tr("route of"), [self._team(each.team_key) for each in found.routes]),
            (self.tr("drawn"), [self._sketches.name(each.sketch) for each in found.drawings]),
        )
        return [f"{kind}: " + ", ".join(names) for kind, names in named if names]

    def _team(self, key: str) -> str:
        record = self._kit.desk.reference.get("teams", key)
        return key if record is None else record.name.text(self._kit.language)
