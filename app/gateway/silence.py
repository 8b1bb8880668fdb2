"""Which tags nobody hears, where the broker deals the messages out to several gateways.

A tag that another gateway hears isn't stale here. Each gateway puts into its heartbeat how long
ago it heard each tag; a tag is stale when none of them, dead or alive, heard it within its
patience. The first gateway that lives says so; whoever hears the tag again says that it came back.
"""

import struct
import zlib
from collections.abc import Iterable, Sequence

import numpy as np

from models.operation.events.alarm import TagCameBack, TagWentStale
from models.operation.events.base import Draft
from models.operation.situation import Situation
from models.telemetry.alarm_safety import GATEWAY
from models.telemetry.alarms import TAGS_SUBJECT
from models.telemetry.ports import Quality, SampleBatch
from models.telemetry.tags import TagTable
from models.times import SECOND_US

_HEAD = struct.Struct("<q")  # the revision of the tag table
_LONGEST_S = 65_535
_UNIT_S = 1  # of the ages


class Heard:
    """What another gateway has said of the tags it hears.

    Parameters
    ----------
    report : bytes
        As `SharedSilence.report` made it; empty when it has said nothing yet.
    since_s : float
        How long ago it came here [s].
    is_dead : bool
        Whether that gateway gives no sign of life.
    """

    def __init__(self, report: bytes, since_s: float, *, is_dead: bool = False) -> None:
        self._report = report
        self._since_s = since_s
        self.is_dead = is_dead

    def ages_us(self, tags: TagTable) -> "np.ndarray[tuple[int], np.dtype[np.int64]] | None":
        """Return how long ago it heard each tag at least [µs]; None: not told for these tags."""
        try:
            plain = zlib.decompress(self._report)
        except zlib.error:
            return None
        if len(plain) != _HEAD.size + 2 * len(tags) or _HEAD.unpack_from(plain) != (tags.revision,):
            return None
        ages_s = np.frombuffer(plain, "<u2", offset=_HEAD.size).astype(np.int64)
        return (ages_s + int(self._since_s)) * SECOND_US


class SharedSilence:
    """Follows one gateway's tags; times in µs of the operation's clock.

    Parameters
    ----------
    tags : TagTable
        The tags in force.
    now_us : int
        Silence counts from here.
    """

    def __init__(self, tags: TagTable, now_us: int) -> None:
        self._tags = tags
        self._heard_us = np.full(len(tags), now_us, np.int64)
        self._fresh = np.zeros(len(tags), bool)

    def set_tags(self, tags: TagTable, now_us: int) -> None:
        """Use another tag table; tags that stay keep when they were heard."""
        known = dict(zip(self._tags.keys, self._heard_us.tolist(), strict=True))
        self._tags = tags
        self._heard_us = np.array([known.get(key, now_us) for key in tags.keys], np.int64)
        self._fresh = np.zeros(len(tags), bool)

    def hear(self, batch: SampleBatch, now_us: int) -> None:
        """Note signs of life: readings that aren't stale themselves."""
        tag = batch.tag[batch.quality < Quality.STALE]
        self._heard_us[tag] = now_us
        self._fresh[tag] = True

    def pass_on(self, batch: SampleBatch, now_us: int) -> None:
        """Note signs of life of what another gateway watches, and will say that it came back."""
        self._heard_us[batch.tag[batch.quality < Quality.STALE]] = now_us

    def report(self, now_us: int) -> bytes:
        """Return what the others are told: the seconds since each tag was heard here."""
        ages_s = (now_us - self._heard_us) // (_UNIT_S * SECOND_US)
        told = ages_s.clip(0, _LONGEST_S).astype("<u2")
        return zlib.compress(_HEAD.pack(self._tags.revision) + told.tobytes(), 1)

    def due(
        self, others: Iterable[Heard], situation: Situation, now_us: int, *, speaks: bool
    ) -> Sequence[Draft]:
        """Return which tags went stale, when it is ours to say (`speaks`), and which came back.

        Nothing goes stale while a gateway that lives has not told of the present tags.
        """
        tags, stale = self._tags, situation.stale_tags
        fresh, self._fresh = self._fresh, np.zeros(len(tags), bool)
        back = tuple(tags.keys[i] for i in np.flatnonzero(fresh) if tags.keys[i] in stale)
        drafts = [_draft(TagCameBack(tag_keys=back), now_us)] if back else []
        if not speaks:
            return drafts
        age_us = now_us - self._heard_us
        for other in others:
            theirs_us = other.ages_us(tags)
            if theirs_us is not None:
                age_us = np.minimum(age_us, theirs_us)
            elif not other.is_dead:
                return drafts
        silent = np.flatnonzero(age_us > tags.patience_us)
        gone = [i for i in silent.tolist() if tags.keys[i] not in stale]
        if gone:
            keys, since_us = tuple(tags.keys[i] for i in gone), now_us - int(age_us[gone].max())
            payload = TagWentStale(tag_keys=keys, since_us=since_us, cause="no_sample")
            drafts.append(_draft(payload, now_us))
        return drafts


def _draft(payload: TagCameBack | TagWentStale, now_us: int) -> Draft:
    return Draft(payload=payload, subject=TAGS_SUBJECT, actor=GATEWAY, event_time_us=now_us)
