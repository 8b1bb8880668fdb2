"""Early warnings of all tags and hazard sources, second by second: what to record.

Of three kinds: a tag heads for a limit, a source leaves its normal course, a signature matches.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.libraries.kinds import Signature
from models.operation.events.base import Draft, Payload
from models.operation.events.early_warning import (
    EarlyWarningCleared,
    EarlyWarningRaised,
    LimitAhead,
    TagCause,
    WarningKind,
)
from models.operation.situation import Situation
from models.operation.warned import EarlyWarning
from models.registry.kinds import HazardSource, Tag
from models.rules import load_rules
from models.telemetry.live_course import LiveCourse
from models.telemetry.live_signatures import LiveSignatures
from models.telemetry.ports import Quality
from models.telemetry.raising import Raising
from models.telemetry.source_model import SourceModel
from models.telemetry.tag_trends import Crossing, TagTrends
from models.times import SECOND_US

ACTOR = "gateway"
_STATES = frozenset({"fire", "call_point", "trip", "man_down"})
_CHANGED = 1 / 3
_TABLES: Mapping[WarningKind, str] = {"trend": "trend", "course": "live", "signature": "signature"}


class Readings(NamedTuple):
    """The newest sample of each tag: its value, arrival time [µs] and quality."""

    value: npt.NDArray[np.float64]
    arrival_us: npt.NDArray[np.int64]
    quality: npt.NDArray[np.uint8]


class SourceTags(NamedTuple):
    """The tags that a hazard source is judged by: their places, and the period of its rows."""

    source: HazardSource
    places: tuple[int, ...]
    tags: tuple[Tag, ...]
    period_us: int


def is_measured(tag: Tag) -> bool:
    """Return whether a tag is a measurement: no state, no count, none that is written down."""
    kinds = {limit.kind for limit in tag.limits}
    return tag.safety not in _STATES and not kinds & {"STATE", "COUNT"}


def source_tags(
    tags: Sequence[Tag], sources: Mapping[str, HazardSource], mine: Sequence[bool] | None = None
) -> dict[str, SourceTags]:
    """Return what each source is judged by; one whose first tag isn't ours is another's to judge.

    The period is the middle one of its tags, a second at least.
    """
    by_source: dict[str, list[int]] = {}
    for i, tag in enumerate(tags):
        if tag.hazard_source_key in sources and is_measured(tag):
            by_source.setdefault(tag.hazard_source_key, []).append(i)
    found = {}
    for key, places in by_source.items():
        if mine is not None and not mine[places[0]]:
            continue
        own = tuple(tags[i] for i in places)
        period_s = max(1.0, float(np.median([tag.period_s for tag in own])))
        found[key] = SourceTags(sources[key], tuple(places), own, round(period_s * SECOND_US))
    return found


class WarningLogic:
    """Trends of all tags, normal courses of the sources; what is raised is taken up from a record.

    A trend or signature of which nobody can tell, as its tag is silent or its samples are too few
    yet, isn't over for that: what stands goes on.

    Parameters
    ----------
    tags : sequence of Tag
        In the order of the readings.
    sources : mapping
        Hazard sources by key.
    situation : Situation
        What is raised already.
    now_us : int
        The present [µs UTC].
    mine : sequence of bool, optional
        Which tags this gateway watches, where there are several.
    """

    def __init__(
        self,
        tags: Sequence[Tag],
        sources: Mapping[str, HazardSource],
        situation: Situation,
        now_us: int,
        mine: Sequence[bool] | None = None,
    ) -> None:
        rules = load_rules("early_warning")
        trend = rules["trend"]
        self.tags = tuple(tags)
        self.keys = tuple(tag.key for tag in tags)
        self.sources = source_tags(tags, sources, mine)
        self._places = {key: i for i, key in enumerate(self.keys)}
        self.rows_heard = dict.fromkeys(self.sources, 0)
        self._sources = sources
        self._mine = np.ones(len(tags), bool) if mine is None else np.array(mine, bool)
        self._confidence = float(trend["confidence"])
        self._again_us = int(trend["told_again_s"]) * SECOND_US
        self._trends = TagTrends(tags)
        self._courses: dict[str, LiveCourse] = {}
        self._events: dict[str, EarlyWarningRaised] = {}
        self._next_us = dict.fromkeys(self.sources, 0)
        self._told: dict[str, tuple[int, int]] = {}
        self._patience_us = np.array(
            [max(3 * tag.period_s, 10.0) * SECOND_US for tag in tags], np.float64
        )
        self._signatures = LiveSignatures((), tags, sources)
        self._raising = {
            kind: Raising(
                rules[table]["holds_s"] * SECOND_US,
                rules[table]["ends_s"] * SECOND_US,
                rules["live"]["pause_s"] * SECOND_US,
            )
            for kind, table in _TABLES.items()
        }
        for warning in situation.early_warnings.values():
            if warning.cleared_us is None and (mine is None or self._is_ours(warning.what)):
                self._adopt(warning, now_us)

    def _adopt(self, warning: EarlyWarning, now_us: int) -> None:
        """Take up a warning that stands, and by when and by which slope a limit was ahead."""
        what = warning.what
        self._raising[what.kind].adopt([warning.id], now_us)
        if what.ahead is None:
            return
        self._told[warning.id] = warning.told_us, what.ahead.reached_us
        for cause in what.tags:
            passed_s = (warning.told_us - cause.since_us) / SECOND_US
            if cause.tag_key in self._places and passed_s > 0:
                slope_s = (cause.value - cause.normal) / passed_s
                self._trends.assume(self._places[cause.tag_key], slope_s)

    def _is_ours(self, what: EarlyWarningRaised) -> bool:
        """Return whether this gateway judges what a warning is of, where there are several."""
        if what.kind == "course":
            return what.hazard_source_key in self.sources
        ours = {key for key, mine in zip(self.keys, self._mine, strict=True) if mine}
        return {cause.tag_key for cause in what.tags} <= ours

    def use_model(self, source_key: str, model: SourceModel) -> None:
        """Judge a source by this normal course from now on."""
        if set(model.keys) <= {tag.key for tag in self.sources[source_key].tags}:
            self._courses[source_key] = LiveCourse(model)

    def use_signatures(self, signatures: Sequence[Signature]) -> Mapping[str, str]:
        """Match these patterns from now on; return why some can't be read, by key."""
        self._signatures = LiveSignatures(signatures, self.tags, self._sources)
        return self._signatures.unreadable

    def has_model(self, source_key: str) -> bool:
        """Return whether a source is judged by a normal course."""
        return source_key in self._courses

    def step(self, readings: Readings, now_us: int) -> Sequence[Draft]:
        """Take the newest readings; return what to record."""
        good = readings.quality <= Quality.UNCERTAIN
        good &= now_us - readings.arrival_us <= self._patience_us
        crossings = self._trends.step(readings.arrival_us, readings.value, good & self._mine)
        ahead = {f"trend/{self.tags[each.tag].key}": each for each in crossings}
        judged = self._trends.judges(good & self._mine)
        blind = {key for key in self._raising["trend"].raised if self._is_blind(key, judged)}
        drafts = self._trend_drafts(ahead, blind, now_us)
        values = np.where(good, readings.value, np.nan)
        for key, source in self.sources.items():
            if now_us >= self._next_us[key]:
                self._next_us[key] = (now_us // source.period_us + 1) * source.period_us
                self._step_source(key, source, values, now_us)
        matches = self._signatures.step(np.where(self._mine, values, np.nan), now_us)
        drafts += self._told_of("course", self._events, now_us)
        return drafts + self._told_of("signature", matches, now_us, self._signatures.unknown)

    def _trend_drafts(
        self, ahead: Mapping[str, Crossing], blind: Collection[str], now_us: int
    ) -> list[Draft]:
        raising = self._raising["trend"]
        turn = raising.look(ahead.keys(), now_us, blind)
        drafts = []
        for key, crossing in ahead.items():
            reached_us = now_us + round(crossing.time_s * SECOND_US)
            if key in turn.raised or self._is_other(key, reached_us, now_us):
                self._told[key] = now_us, reached_us
                drafts.append(_draft(key, self._heading(crossing, now_us), now_us))
        for key in turn.cleared:
            self._told.pop(key, None)
            drafts.append(_draft(key, EarlyWarningCleared(), now_us))
        return drafts

    def _is_blind(self, key: str, judged: npt.NDArray[np.bool_]) -> bool:
        place = self._places.get(key.removeprefix("trend/"))
        return place is not None and not judged[place]

    def _is_other(self, key: str, reached_us: int, now_us: int) -> bool:
        """Return whether a time that was told has changed by a third of what is left."""
        told = self._told.get(key)
        if told is None or now_us - told[0] < self._again_us:
            return False
        return abs(reached_us - told[1]) > _CHANGED * max(reached_us - now_us, SECOND_US)

    def _heading(self, crossing: Crossing, now_us: int) -> EarlyWarningRaised:
        tag = self.tags[crossing.tag]
        source = self._sources.get(tag.hazard_source_key)
        latest_us = None
        if np.isfinite(crossing.latest_s):
            latest_us = now_us + round(crossing.latest_s * SECOND_US)
        moved_s = abs(crossing.level - crossing.start) / abs(crossing.slope_s)
        since_us = now_us - round(moved_s * SECOND_US)
        cause = TagCause(
            tag_key=tag.key,
            value=crossing.level,
            normal=crossing.start,
            score=round(crossing.score, 2),
            since_us=since_us,
            unit=tag.unit,
        )
        return EarlyWarningRaised(
            kind="trend",
            by="slope",
            hazard_source_key=tag.hazard_source_key,
            enterprise_key=source.enterprise_key if source else tag.enterprise_key,
            since_us=since_us,
            tags=(cause,),
            score=round(abs(crossing.score), 2),
            ahead=LimitAhead(
                limit=crossing.limit,
                value=crossing.limit_value,
                reached_us=now_us + round(crossing.time_s * SECOND_US),
                earliest_us=now_us + round(crossing.earliest_s * SECOND_US),
                latest_us=latest_us,
                confidence=self._confidence,
            ),
        )

    def _step_source(
        self, key: str, source: SourceTags, values: npt.NDArray[np.float64], now_us: int
    ) -> None:
        row = values[list(source.places)]
        if np.isfinite(row).any():
            self.rows_heard[key] += 1
        course = self._courses.get(key)
        if course is None:
            return
        at = {tag.key: i for i, tag in enumerate(source.tags)}
        event = course.step(now_us, row[[at[tag_key] for tag_key in course.model.keys]])
        subject = f"course/{key}"
        if event is None:
            self._events.pop(subject, None)
        else:
            units = {tag.key: tag.unit for tag in source.tags}
            enterprise = source.source.enterprise_key
            self._events[subject] = course.payload(event, key, enterprise, units)

    def _told_of(
        self,
        kind: WarningKind,
        present: Mapping[str, EarlyWarningRaised],
        now_us: int,
        unknown: Collection[str] = (),
    ) -> list[Draft]:
        turn = self._raising[kind].look(present.keys(), now_us, unknown)
        drafts = [_draft(key, present[key], now_us) for key in turn.raised]
        return drafts + [_draft(key, EarlyWarningCleared(), now_us) for key in turn.cleared]


def _draft(key: str, payload: Payload, now_us: int) -> Draft:
    return Draft(payload=payload, subject=key, actor=ACTOR, event_time_us=now_us)
