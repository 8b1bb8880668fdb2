"""The rows of the alarm list: alarms with the names and marks that belong to them, and titles."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

import msgspec

from app.desk import Reference
from models.operation.alarm_marks import is_chattering, is_stale, stands
from models.operation.situation import Alarm, Situation
from models.registry.kinds import Tag
from models.telemetry.alarm_safety import measured_unit
from views.alarm_order import list_order, waits
from views.search_text import hay, sounds

Mark = Literal["chattering", "stale", "no_data"]
Group = Literal["", "source", "enterprise", "priority"]
GROUPS: tuple[Group, ...] = ("", "source", "enterprise", "priority")


class AlarmRow(msgspec.Struct, frozen=True, kw_only=True):
    """One alarm as the list shows it; names are in the language of the screen.

    An alarm held before it ever rose says nothing of itself: what its tag says stands for it.
    """

    id: str
    alarm: Alarm
    name: str
    source_key: str
    source: str
    enterprise_key: str
    enterprise: str
    priority: int
    limit_value: float
    unit: str
    order: tuple[int, int, int, str]
    waits: bool
    marks: tuple[Mark, ...] = ()

    @property
    def never_rose(self) -> bool:
        """Whether the alarm has only been held so far."""
        return self.alarm.occurrences == 0


class GroupRow(msgspec.Struct, frozen=True, kw_only=True):
    """The title over the alarms of one group: how many, how many wait, the worst priority."""

    id: tuple[str, str]
    name: str
    count: int
    waiting: int
    priority: int


ListRow = AlarmRow | GroupRow


@dataclass(frozen=True, slots=True)
class Names:
    """Names and limits of one revision in one language."""

    reference: Reference
    language: str

    def row(self, alarm: Alarm, marks: tuple[Mark, ...]) -> AlarmRow:
        """Return an alarm's row."""
        tag = self.reference.get("tags", alarm.tag_key)
        known = tag if isinstance(tag, Tag) else None
        source_key = alarm.hazard_source_key or (known.hazard_source_key if known else "")
        enterprise_key = alarm.enterprise_key or (known.enterprise_key if known else "")
        priority, limit_value, unit = alarm.priority, alarm.limit_value, alarm.unit
        if alarm.occurrences == 0 and known is not None:
            for limit in known.limits:
                if limit.kind == alarm.limit:
                    priority, limit_value = limit.priority, limit.value
                    unit = measured_unit(known.unit, limit.kind)
        return AlarmRow(
            id=alarm.id,
            alarm=alarm,
            name=known.name.text(self.language) if known else alarm.tag_key,
            source_key=source_key,
            source=self._name("hazard-sources", source_key),
            enterprise_key=enterprise_key,
            enterprise=self._name("enterprises", enterprise_key),
            priority=priority,
            limit_value=limit_value,
            unit=unit,
            order=list_order(alarm),
            waits=waits(alarm),
            marks=marks,
        )

    def _name(self, kind: str, key: str) -> str:
        record = self.reference.get(kind, key) if key else None
        return record.name.text(self.language) if record is not None else key


def marks_of(situation: Situation, alarm: Alarm, now_us: int) -> tuple[Mark, ...]:
    """Return an alarm's marks at a moment."""
    found: list[Mark] = []
    if is_chattering(situation.raisings.get(alarm.id, ()), now_us):
        found.append("chattering")
    if is_stale(alarm, now_us):
        found.append("stale")
    if alarm.tag_key in situation.stale_tags:
        found.append("no_data")
    return tuple(found)


def hays(reference: Reference, ids: Iterable[str]) -> dict[str, str]:
    """Return what a typed filter looks in, by tag key: names in both languages and their sounds.

    Pinyin reads dictionaries: call it off the UI thread.
    """
    found: dict[str, str] = {}
    for key in ids:
        tag = reference.get("tags", key)
        if not isinstance(tag, Tag):
            continue
        places = (
            ("hazard-sources", tag.hazard_source_key), ("enterprises", tag.enterprise_key),
        )  # fmt: skip
        records = [tag, *(reference.get(kind, place) for kind, place in places if place)]
        names = [record.name for record in records if record is not None]
        texts = [text for name in names for text in (name.zh, name.en, sounds(name.zh))]
        found[key] = hay(key, tag.hazard_source_key, *texts)
    return found


def plain_hay(row: AlarmRow) -> str:
    """Return what a typed filter looks in before pinyin is there."""
    return hay(row.id, row.name, row.source_key, row.source, row.enterprise)


def since_us(row: AlarmRow) -> int | None:
    """Return since when the alarm's condition stands, None when it doesn't."""
    return row.alarm.raised_us if stands(row.alarm) else None


def sort_value(column: str, row: AlarmRow) -> Any:  # noqa: ANN401 - as many types as columns
    """Return what a column sorts by."""
    alarm = row.alarm
    match column:
        case "time":
            return -alarm.raised_us
        case "point":
            return row.id
        case "priority":
            return row.priority
        case "name":
            return row.name
        case "standing":
            since = since_us(row)
            return (since is None, since or 0)
        case "value":
            return (row.never_rose, -alarm.value)
        case "limit":
            return (row.unit, row.limit_value)
        case "source":
            return (not row.source, row.source)
        case "enterprise":
            return (not row.enterprise, row.enterprise)
        case "marks":
            return (-len(row.marks), row.marks)
        case "count":
            return -alarm.occurrences
        case "held":
            hold = alarm.holds[0] if alarm.holds else None
            return (hold is None, (hold.until_us or 2**62) if hold else 0)
        case _:
            return row.order


_ORDER = attrgetter("order")
_KEYS: dict[Group, Callable[[AlarmRow], str]] = {
    "source": attrgetter("source_key"),
    "enterprise": attrgetter("enterprise_key"),
    "priority": lambda row: str(row.priority),
}


def arranged(
    rows: Iterable[AlarmRow], column: str = "state", group: Group = "", *, reverse: bool = False
) -> list[ListRow]:
    """Return rows in order: by a column, then as lists are; groups by their most urgent alarm.

    In a group the column decides too; groups stay in the order of urgency (of priority where they
    are of one priority each).
    """
    urgent = sorted(rows, key=_ORDER)
    ordered = urgent
    if column != "state" or reverse:
        ordered = sorted(urgent, key=lambda row: sort_value(column, row), reverse=reverse)
    if not group:
        return list(ordered)
    key_of = _KEYS[group]
    members: dict[str, list[AlarmRow]] = {key_of(row): [] for row in urgent}
    for row in ordered:
        members[key_of(row)].append(row)
    if group == "priority":
        members = dict(sorted(members.items()))
    found: list[ListRow] = []
    for key, own in members.items():
        title = GroupRow(
            id=(group, key),
            name=own[0].source if group == "source" else own[0].enterprise,
            count=len(own),
            waiting=sum(row.waits for row in own),
            priority=min(row.priority for row in own),
        )
        found += [title, *own]
    return found
