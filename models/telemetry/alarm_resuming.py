"""Judging again what was stored: the day's samples, or those before a gateway was killed.

While no gateway runs, nobody listens: delays run on and take effect at their true time, but no tag
becomes silent for want of a listener and no alarm sounds again. Such gaps stand in the journal
(`JudgingResumed`), so the day judged again has them too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from models.operation.events.alarm import (
    AlarmAnnouncedAgain,
    AlarmLatched,
    AlarmRaised,
    AlarmReturned,
    AlarmReturnedToService,
    AlarmSuppressed,
    AlarmTakenOutOfService,
    AlarmUnshelved,
    AlarmUnsuppressed,
    JudgingResumed,
    TagCameBack,
    TagWentStale,
)
from models.operation.events.base import Draft, Event, Payload
from models.operation.situation import Situation
from models.telemetry.alarm_safety import GATEWAY
from models.telemetry.alarm_state import KeptAlarms, KeptStateError
from models.telemetry.alarms import AlarmLogic
from models.telemetry.ports import SampleBatch
from models.telemetry.samples import empty_batch, slot_end_us

_GROUPS: dict[type[Payload], str] = {
    AlarmRaised: "occurrence",
    AlarmLatched: "occurrence",
    AlarmReturned: "occurrence",
    AlarmAnnouncedAgain: "announcement",
    AlarmSuppressed: "suppression",
    AlarmUnsuppressed: "suppression",
    AlarmUnshelved: "shelf",
    AlarmTakenOutOfService: "service",
    AlarmReturnedToService: "service",
}
_TAGS = (TagWentStale, TagCameBack)


class Gap(NamedTuple):
    """A span (`since_us`, `until_us`] in which nobody listened [µs UTC, ends of slots]."""

    since_us: int
    until_us: int


class Owed(NamedTuple):
    """What a logic said that the journal doesn't hold.

    `alarms` are those of which the journal tells another course, so nothing of theirs is owed;
    `tags` likewise.
    """

    drafts: list[Draft]
    alarms: frozenset[str]
    tags: frozenset[str]


class Tail(NamedTuple):
    """What is stored of the time after a state was kept.

    `samples` and `events` (by `seq`) came after it, `situation` is that after the last event.
    """

    samples: SampleBatch
    events: Sequence[Event]
    situation: Situation


def gaps_of(events: Iterable[Event]) -> list[Gap]:
    """Return the gaps that a journal tells of."""
    return [
        Gap(event.payload.since_us, event.event_time_us)
        for event in events
        if isinstance(event.payload, JudgingResumed)
    ]


def last_sign_us(
    judged_us: int, samples: SampleBatch, events: Iterable[Event], grid_us: int
) -> int:
    """Return the last slot that a logic of which only traces are left may have judged [µs]."""
    last_us = judged_us
    if samples.tag.size:
        last_us = max(last_us, int(slot_end_us(samples.arrival_us, grid_us).max()))
    for event in events:
        if event.actor == GATEWAY and isinstance(event.payload, (*_GROUPS, *_TAGS)):
            last_us = max(last_us, event.event_time_us)
    return last_us


def judge_over(
    logic: AlarmLogic,
    samples: SampleBatch,
    events: Sequence[Event],
    *,
    start_us: int,
    end_us: int,
    grid_us: int,
    gaps: Iterable[Gap] = (),
) -> list[Draft]:
    """Let a logic judge stored samples and hear a journal; return its drafts.

    Parameters
    ----------
    logic : AlarmLogic
        It has judged up to `start_us`.
    samples, events
        What arrived, in any order, and what was journalled, by `seq`.
    start_us, end_us, grid_us : int
        The span and the width of a slot [µs].
    gaps : iterable of Gap
        When nobody listened, by time.

    Notes
    -----
    An event counts from the first slot that ends at or after its recorded time, which is how the
    gateway hears of it when the journal answers within the slot.
    """
    course = _Course(logic, samples, gaps)
    for event in events:
        heard_us = (event.recorded_time_us - 1) // grid_us * grid_us  # the last slot before it
        if heard_us > start_us:
            course.go(min(heard_us, end_us))
        logic.apply(event)
    course.go(end_us)
    return course.drafts


class _Course:
    """A logic on its way through stored samples."""

    def __init__(self, logic: AlarmLogic, samples: SampleBatch, gaps: Iterable[Gap]) -> None:
        self._logic = logic
        self._rest = samples
        self._turns = [turn for gap in gaps for turn in ((gap.since_us, 0), (gap.until_us, 1))]
        self.drafts: list[Draft] = []

    def go(self, upto_us: int) -> None:
        while self._turns and self._turns[0][0] <= upto_us:
            at_us, listens = self._turns.pop(0)
            self._judge(at_us)
            if listens:
                self._logic.listen_again(at_us)
            else:
                self._logic.rest()
        self._judge(upto_us)

    def _judge(self, upto_us: int) -> None:
        self.drafts += self._logic.judge(self._rest, upto_us)
        self._rest = empty_batch()


def resume(
    logic: AlarmLogic, kept: KeptAlarms, tail: Tail, until_us: int, grid_us: int
) -> tuple[list[Draft], int]:
    """Let a fresh logic go on where another was killed; it listens from `until_us` on.

    Returns
    -------
    drafts : list of Draft
        What happened and isn't journalled, by time, with its true times, and last the
        `JudgingResumed` that has to be stored with it; its subject is left to the caller.
    differing : int
        Of how many alarms the journal tells another course than the samples; they are taken as
        the journal has them, and their delays begin anew.

    Raises
    ------
    KeptStateError
        When the state isn't one of a logic of these tags, or lies after `until_us`: the logic
        is spoiled then.
    """
    logic.go_on(kept)
    until_us = until_us // grid_us * grid_us
    since_us = last_sign_us(kept.judged_us, tail.samples, tail.events, grid_us)
    if since_us > until_us + grid_us:
        raise KeptStateError(f"kept {(since_us - until_us) / 1e6:.0f} s after the clock's time")
    since_us = min(since_us, until_us)
    said = judge_over(
        logic,
        tail.samples,
        tail.events,
        start_us=kept.judged_us,
        end_us=until_us,
        grid_us=grid_us,
        gaps=[*gaps_of(tail.events), Gap(since_us, until_us)],
    )
    silent = logic.silent()
    mine = [event for event in tail.events if _is_ours(event, logic)]
    found = owed(said, mine)
    told = {key for draft in found.drafts for _, key in _places(draft.subject, draft.payload)}
    stale = tail.situation.stale_tags
    tags = {key for key, is_silent in silent.items() if is_silent != (key in stale)} - told
    logic.take_from(tail.situation, found.alarms, tags | (found.tags & silent.keys()), until_us)
    resumed = Draft(
        payload=JudgingResumed(since_us=since_us),
        subject=GATEWAY,
        actor=GATEWAY,
        event_time_us=until_us,
    )
    return [*found.drafts, resumed], len(found.alarms)


def _is_ours(event: Event, logic: AlarmLogic) -> bool:
    is_ours = isinstance(event.payload, _TAGS) or logic.watches(event.subject)
    return is_ours and event.actor == GATEWAY


def owed(drafts: Sequence[Draft], events: Iterable[Event]) -> Owed:
    """Return which of a logic's drafts the journal of the gateway lacks.

    Of each alarm and each tag, the kinds of what is journalled must be the beginning of what the
    logic said; times may differ by a slot, since a gateway under load hears a sample late.
    """
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event in events:
        for place in _places(event.subject, event.payload):
            told[place].append(event.kind)
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    lacking: list[tuple[Draft, set[str]]] = []
    for draft in drafts:
        missing = set()
        for place in _places(draft.subject, draft.payload):
            said[place].append(draft.payload.KIND)
            if len(said[place]) > len(told.get(place, ())):
                missing.add(place[1])
        if missing:
            lacking.append((draft, missing))
    differing = [place for place, known in told.items() if said[place][: len(known)] != known]
    alarms = frozenset(subject for group, subject in differing if group != "tag")
    tags = frozenset(subject for group, subject in differing if group == "tag")
    left = [_narrowed(draft, missing - alarms - tags) for draft, missing in lacking]
    return Owed([draft for draft in left if draft is not None], alarms, tags)


def _places(subject: str, payload: Payload) -> Iterator[tuple[str, str]]:
    """Yield where an event belongs: its group and its alarm or tag."""
    if isinstance(payload, _TAGS):
        yield from (("tag", key) for key in payload.tag_keys)
    elif type(payload) in _GROUPS:
        yield _GROUPS[type(payload)], subject


def _narrowed(draft: Draft, missing: set[str]) -> Draft | None:
    """Return a draft for those that are missing, None when it is for nobody."""
    if not missing:
        return None
    payload = draft.payload
    if not isinstance(payload, _TAGS):
        return draft
    keys = tuple(key for key in payload.tag_keys if key in missing)
    return msgspec.structs.replace(draft, payload=msgspec.structs.replace(payload, tag_keys=keys))
