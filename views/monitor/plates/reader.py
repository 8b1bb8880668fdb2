"""Makes the looks of tags and hazard sources out of live values, alarms and silence."""

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Slot

from app.desk import LiveValue
from models.operation.situation import Alarm
from models.registry.kinds import Tag
from models.telemetry.ports import Quality
from views.alarm_order import urgency
from views.kit import ViewKit
from views.monitor.plates.looks import (
    FAMILIES,
    Family,
    HeadLook,
    MoreLook,
    TagLook,
    family,
    limit_looks,
    share_of,
)
from views.monitor.plates.memory import TagMemory
from views.monitor.tag_names import name_under
from views.monitor.tag_states import SourceRow, worst_by_tag
from views.wording import Toned

_ARROWS = {"": "", "rising": "↑", "falling": "↓", "steady": "→"}
_IN_FORCE = frozenset({"unacknowledged", "acknowledged"})
_CALM = (9, 9, 9)


class PlateReader(QObject):
    """Knows the worst alarm of each tag and where its value goes; words are of the moment."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self.memory = TagMemory()
        self._worst: Mapping[str, Alarm] = worst_by_tag(kit.desk.situation.alarms.values())
        self.memory.take(tuple(kit.desk.latest.values()))
        kit.desk.live_values.connect(self._on_live_values)

    def load(self) -> None:
        """Take over the alarms of the situation on screen."""
        self._worst = worst_by_tag(self._kit.desk.situation.alarms.values())

    def in_order(self, tags: Sequence[Tag]) -> list[Tag]:
        """Return tags worst first, the calm ones by family."""
        return sorted(tags, key=self._place)

    def _place(self, tag: Tag) -> tuple[tuple[int, int, int], int, str]:
        alarm = self._worst.get(tag.key)
        rank = FAMILIES.index(family(tag))
        return (urgency(alarm) if alarm is not None else _CALM, rank, tag.key)

    def worst(self, tag_key: str) -> Alarm | None:
        """Return the most urgent alarm of a tag."""
        return self._worst.get(tag_key)

    # Looks

    def tag(self, tag: Tag, *, chosen: bool = False, under: str = "") -> TagLook:
        """Return what a tag says now; `under` is the name of the source that heads it."""
        desk, wording = self._kit.desk, self._kit.wording
        live = None if desk.replay is not None else desk.latest.get(tag.key)
        value = live.value if live is not None else math.nan
        alarm = self._worst.get(tag.key)
        word = wording.alarm_state(alarm.state) if alarm is not None else Toned("")
        doubt = self._doubt(tag, live)
        moves = not doubt and family(tag) != "contact"
        direction = self.memory.direction(tag, live) if moves and live is not None else ""
        return TagLook(
            key=tag.key,
            name=name_under(tag.name.text(self._kit.language), under),
            value=wording.number(value, tag.unit),
            share=share_of(tag, value),
            limits=limit_looks(tag, self._alarmed(tag)),
            range_text=f"{tag.low:g} – {tag.high:g} {tag.unit}".rstrip(),
            arrow=_ARROWS[direction],
            severity=alarm.priority if alarm is not None else 0,
            state=f"{alarm.limit} {word.text}" if alarm is not None else "",
            tone=word.tone,
            doubt=doubt,
            chosen=chosen,
        )

    def _alarmed(self, tag: Tag) -> list[tuple[str, int]]:
        if tag.key not in self._worst:
            return []
        alarms = self._kit.desk.situation.alarms
        found = [(limit.kind, alarms.get(f"{tag.key}/{limit.kind}")) for limit in tag.limits]
        return [(kind, a.priority) for kind, a in found if a is not None and a.state in _IN_FORCE]

    def _doubt(self, tag: Tag, live: LiveValue | None) -> str:
        """Return what is wrong with a value and since when, '' for a good one."""
        desk, wording = self._kit.desk, self._kit.wording
        now_us = desk.clock.now_us()
        since_us = desk.situation.stale_tags.get(tag.key)
        if since_us is not None:
            return self.tr("stale since {time}").format(time=wording.time(since_us, now_us))
        if desk.replay is not None:
            return self.tr("not in a replay")
        if live is None:
            return self.tr("no value yet")
        if live.quality >= Quality.BAD:
            since_us, seen = self.memory.bad_since(tag.key) or (live.source_us, False)
            text = self.tr("bad since {time}") if seen else self.tr("bad, seen since {time}")
            return text.format(time=wording.time(since_us, now_us))
        return self.tr("uncertain") if live.quality == Quality.UNCERTAIN else ""

    def family(self, of: Family) -> HeadLook:
        """Return the title over a family's tags."""
        words = {
            "level": self.tr("Liquid level"),
            "pressure": self.tr("Pressure"),
            "temperature": self.tr("Temperature"),
            "flow": self.tr("Flow"),
            "detector": self.tr("Detectors"),
            "contact": self.tr("Contacts and trips"),
            "other": self.tr("Other tags"),
        }
        return HeadLook(name=words[of])

    def source(self, row: SourceRow, name: str, *, chosen: bool = False) -> HeadLook:
        """Return the title of a hazard source's plate."""
        word = Toned("")
        if row.worst is not None:
            word = self._kit.wording.alarm_state(row.worst.state)
        stale = self.tr("%n without data", "", row.stale) if row.stale else ""
        return HeadLook(
            name=name,
            detail=row.key if row.key not in name else "",
            severity=row.worst.priority if row.worst is not None else 0,
            state=word.text,
            tone=word.tone,
            doubt=stale,
            chosen=chosen,
        )

    def more(self, hidden: Sequence[Tag]) -> MoreLook:
        """Return the line that tells of tags without room."""
        if not hidden:
            return MoreLook("")
        text = self.tr("%n more tag(s)", "", len(hidden))
        alarms = [alarm for tag in hidden if (alarm := self._worst.get(tag.key)) is not None]
        if not alarms:
            return MoreLook(text)
        worst = min(alarms, key=urgency)
        alarmed = self.tr("%n in alarm", "", len(alarms))
        return MoreLook(f"{text} · {alarmed}", worst.priority)

    @Slot(object)
    def _on_live_values(self, values: Sequence[LiveValue]) -> None:
        self.memory.take(values)
