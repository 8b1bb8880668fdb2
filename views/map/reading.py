"""One thing of the map as a sentence: name, kind, state, distance and bearing."""

from PySide6.QtCore import QObject

from maps.content import WITHOUT_ROWS, MapContent
from maps.drawing import MapObject
from maps.in_view import bearing_of
from maps.scene import distance_text
from models.basics import LatLon
from models.libraries.kinds import Team
from models.operation.situation import Alarm
from models.registry.kinds import HazardSource, Receptor, Record
from views.kit import ViewKit
from views.map.words import MapWords

_POINTS = 16


class ObjectReader(QObject):
    """Makes the sentence in the screen's language."""

    def __init__(self, kit: ViewKit, content: MapContent, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._content = content
        self._words = MapWords(self)

    def sentence(self, thing: MapObject | None) -> str:
        """Return e.g. 'School, People to protect, 412 people, 0.9 km east-north-east …'."""
        if thing is None:
            return self.tr("Nothing is selected.")
        rows = self._kit.desk.reference
        record = None if thing.kind in WITHOUT_ROWS else rows.get(thing.kind, thing.key)
        held = self._content.outbox.held
        item = held("live").get(f"{thing.kind}/{thing.key}") or held("drawings").get(thing.key, {})
        name = record.name.text(self._kit.language) if record is not None else ""
        parts = [
            name or str(item.get("tip") or item.get("label") or thing.key), self._kind(thing.kind),
            *self._state(thing, record, str(item.get("sub", ""))), *self._where(thing),
        ]  # fmt: skip
        return ", ".join(part for part in parts if part)

    def _kind(self, kind: str) -> str:
        return (self._words.layers() | self._words.kinds()).get(kind, kind)

    def _state(self, thing: MapObject, record: Record | None, sub: str) -> list[str]:
        found = []
        if thing.kind == "tags":
            found += [self._alarm(alarm) for alarm in self._alarms(thing.key)]
        match record:
            case HazardSource():
                found += [record.substance, record.grade]
            case Receptor() if not sub:
                people = [n for n in (record.people_day, record.people_night) if n is not None]
                unknown = self.tr("people to be verified")
                found.append(
                    self.tr("{n} people").format(n=f"{max(people):,}") if people else unknown
                )
            case Team():
                state = self._kit.desk.situation.teams.get(thing.key)
                if state is not None:
                    found.append(self._kit.wording.team_status(state.status).text)
        return [*found, sub]

    def _alarms(self, tag_key: str) -> list[Alarm]:
        alarms = self._kit.desk.situation.alarms.values()
        mine = [each for each in alarms if each.tag_key == tag_key and each.state != "normal"]
        return sorted(mine, key=lambda each: each.priority)[:1]

    def _alarm(self, alarm: Alarm) -> str:
        wording = self._kit.wording
        return f"{wording.priority(alarm.priority)}, {wording.alarm_state(alarm.state).text}"

    def _where(self, thing: MapObject) -> list[str]:
        place, box = self._content.position_of(thing), self._content.box
        if place is None or box is None:
            return []
        middle = LatLon((box.south_deg + box.north_deg) / 2, (box.west_deg + box.east_deg) / 2)
        found = bearing_of(middle, place)
        return [
            self.tr("{distance} at {bearing:03d}° ({point}) from the middle of the map").format(
                distance=distance_text(found.distance_m), bearing=round(found.bearing_deg) % 360,
                point=self._points()[round(found.bearing_deg / (360 / _POINTS)) % _POINTS],
            )
        ]  # fmt: skip

    def _points(self) -> tuple[str, ...]:
        return (
            self.tr("north"), self.tr("north-north-east"), self.tr("north-east"),
            self.tr("east-north-east"), self.tr("east"), self.tr("east-south-east"),
            self.tr("south-east"), self.tr("south-south-east"), self.tr("south"),
            self.tr("south-south-west"), self.tr("south-west"), self.tr("west-south-west"),
            self.tr("west"), self.tr("west-north-west"), self.tr("north-west"),
            self.tr("north-north-west"),
        )  # fmt: skip
