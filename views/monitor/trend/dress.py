"""What a trend draws beside its curves: an axis for each unit, limits, missing and bad data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from models.registry.kinds import Tag
from models.telemetry.ports import Quality
from views.monitor.plot.canvas import Dressing
from views.monitor.plot.decor import Axis, Band, LimitLine, Mark
from views.monitor.plot.pyramid import Pyramid
from views.monitor.trend.looks import curve_token
from views.monitor.trend.units import UnitScales, shown_units, value_limits

_WHOLE_BANDS = 6


@dataclass(frozen=True, slots=True)
class Subject:
    """What is drawn: tags, the one that stands out, those with limits; samples of now and then."""

    tags: Sequence[Tag]
    chosen: Tag | None
    limited: Sequence[Tag]
    pyramids: Mapping[str, Pyramid]
    then: Mapping[str, Pyramid] | None = None
    is_live: bool = True
    marks: tuple[Mark, ...] = ()


class TrendDress(QObject):
    """Makes the dressing of a trend; its texts are asked anew each time."""

    def of(
        self, subject: Subject, scales: UnitScales, from_s: float, to_s: float, width: int
    ) -> Dressing:
        """Return what is drawn beside the curves of a span [s] that is `width` pixels wide."""
        units = shown_units(subject.tags, subject.chosen, width)
        return Dressing(
            axes=tuple(_axis(subject.tags, scales, unit) for unit in units),
            limits=_limits(subject.limited, scales),
            bands=tuple(self._bands(subject, from_s, to_s, (to_s - from_s) / max(width, 1))),
            marks=subject.marks,
        )

    def _bands(self, subject: Subject, from_s: float, to_s: float, step_s: float) -> list[Band]:
        """Return missing and bad data; of many curves they would hide the others, so low ones."""
        words = {
            Quality.UNCERTAIN: self.tr("uncertain"),
            Quality.BAD: self.tr("bad quality"),
            Quality.STALE: self.tr("no data"),
        }
        shown = subject.tags if subject.chosen is None else [subject.chosen]
        found = []
        voids = {} if subject.is_live else _voids(subject, from_s, to_s)
        if not subject.is_live and all(until_s >= to_s for until_s in voids.values()):
            return [Band(from_s, to_s, words[Quality.STALE], whole=True)]
        for tag in shown:
            if voids.get(tag.key, from_s) > from_s:
                text = f"{tag.key} {words[Quality.STALE]}"
                found.append(Band(from_s, voids[tag.key], text, len(shown) <= _WHOLE_BANDS))
            for span in subject.pyramids[tag.key].spans(from_s, to_s, step_s):
                quality = Quality(span.quality)
                word = words[quality]
                text = word if len(subject.tags) == 1 else f"{tag.key} {word}"
                whole = len(shown) <= _WHOLE_BANDS
                found.append(Band(span.from_s, span.to_s, text, whole, quality))
        return found


def _voids(subject: Subject, from_s: float, to_s: float) -> dict[str, float]:
    """Return until when of a span each tag has no sample yet [s]."""
    found = {}
    for tag in subject.tags:
        times_s = subject.pyramids[tag.key].times_s
        found[tag.key] = min(max(float(times_s[0]), from_s), to_s) if times_s.size else to_s
    return found


def _limits(tags: Sequence[Tag], scales: UnitScales) -> tuple[LimitLine, ...]:
    drawn: dict[tuple[str, float, str], LimitLine] = {}
    for tag in tags:
        for limit in value_limits(tag):
            text = f"{limit.kind} {limit.value:g} {tag.unit}"
            above = limit.kind not in {"L", "LL"}
            line = LimitLine(scales[tag.unit], limit.value, text, limit.priority, above)
            drawn.setdefault((limit.kind, limit.value, tag.unit), line)
    return tuple(drawn.values())


def _axis(tags: Sequence[Tag], scales: UnitScales, unit: str) -> Axis:
    """Return a unit's axis, in the colour of its curve when it has but one."""
    mine = [number for number, tag in enumerate(tags) if tag.unit == unit]
    alone = len(mine) == 1 and len(tags) > 1
    label = unit or (tags[mine[0]].key if alone else "")
    return Axis(scales[unit], label, curve_token(mine[0]) if alone else "text2")
