"""What a situation says of tags and of the hazard sources they belong to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.desk import Reference
from models.operation.situation import Alarm, Situation
from models.registry.kinds import HazardSource, Tag
from views.alarm_order import urgency, waits

ALL = "*"


def worst_by_tag(alarms: Iterable[Alarm]) -> dict[str, Alarm]:
    """Return the most urgent alarm of each tag that has one."""
    worst: dict[str, Alarm] = {}
    for alarm in alarms:
        held = worst.get(alarm.tag_key)
        if alarm.state != "normal" and (held is None or urgency(alarm) < urgency(held)):
            worst[alarm.tag_key] = alarm
    return worst


def tags_by_source(reference: Reference) -> dict[str, tuple[Tag, ...]]:
    """Return the tags of each hazard source in the order of their keys; '' has those of none."""
    found: dict[str, list[Tag]] = {}
    for row in reference.all("tags").values():
        if isinstance(row, Tag):
            found.setdefault(row.hazard_source_key, []).append(row)
    return {key: tuple(sorted(tags, key=lambda tag: tag.key)) for key, tags in found.items()}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A hazard source as the list shows it; `source` None is all tags or those of none."""

    key: str
    source: HazardSource | None
    tags: int
    worst: Alarm | None = None
    unacknowledged: int = 0
    stale: int = 0


def source_rows(
    reference: Reference, tags: Mapping[str, tuple[Tag, ...]], situation: Situation
) -> list[SourceRow]:
    """Return all tags in one row, then the hazard sources that have any, most urgent first."""
    worst = worst_by_tag(situation.alarms.values())
    rows = []
    for key, own in tags.items():
        source = reference.get("hazard-sources", key) if key else None
        rows.append(_row(key, source, own, worst, situation))
    rows.sort(
        key=lambda row: (urgency(row.worst) if row.worst else (9, 9, 9), not row.key, row.key)
    )
    everything = [tag for own in tags.values() for tag in own]
    return [_row(ALL, None, everything, worst, situation), *rows]


def _row(
    key: str,
    source: object,
    tags: Iterable[Tag],
    worst: Mapping[str, Alarm],
    situation: Situation,
) -> SourceRow:
    keys = [tag.key for tag in tags]
    alarms = [worst[tag] for tag in keys if tag in worst]
    return SourceRow(
        key=key,
        source=source if isinstance(source, HazardSource) else None,
        tags=len(keys),
        worst=min(alarms, key=urgency, default=None),
        unacknowledged=sum(map(waits, alarms)),
        stale=sum(tag in situation.stale_tags for tag in keys),
    )


def first_plotted(tags: Sequence[Tag], worst: Mapping[str, Alarm], limit: int) -> list[Tag]:
    """Return what a plot shows unasked: the most urgent tags, all of one unit.

    Two units on one axis would make one of them a flat line. The unit is that of the most urgent
    tag in alarm, else the one that most tags have.
    """
    ordered = sorted(
        tags, key=lambda tag: (urgency(worst[tag.key]) if tag.key in worst else (9, 9, 9), tag.key)
    )
    if not ordered:
        return []
    unit = ordered[0].unit
    if ordered[0].key not in worst:
        units = Counter(tag.unit for tag in ordered)
        unit = max(units, key=lambda each: (units[each], bool(each)))
    return [tag for tag in ordered if tag.unit == unit][:limit]
