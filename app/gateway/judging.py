"""Everything that is judged at one revision of the reference data: alarms, cards, wind."""

import logging
from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import groupby

import msgspec
import numpy as np
import numpy.typing as npt

from app.desk import Reference
from app.gateway.shares import Shares
from models.basics import LatLon
from models.operation.events.base import Draft, Event
from models.operation.situation import Situation
from models.operation.zone_watch import watched_zones
from models.registry.kinds import HazardSource, Permit, Tag
from models.rules import load_rules
from models.telemetry.alarm_resuming import Tail, resume
from models.telemetry.alarm_state import KeptAlarms
from models.telemetry.alarms import AlarmLogic
from models.telemetry.cards import CardLogic
from models.telemetry.ports import SampleBatch
from models.telemetry.surroundings import Surroundings
from models.telemetry.tags import TagTable
from models.telemetry.wind import WindWatch

_LOG = logging.getLogger("muster.gateway.judging")


class Judging:
    """Alarm logic, card logic and wind watch, taken up from a situation.

    `failing` says why alarms stand without a card now; empty when they don't. `on_present` is told
    the samples that are judged.

    Parameters
    ----------
    reference : Reference
        The reference data at the revision that the operation pins.
    situation : Situation
        The situation at the journal's head.
    now_us, grid_us : int
        Where the grid of judgement begins, and its width [µs].
    shares : Shares, optional
        Which tags are ours, where the site has several gateways.
    """

    def __init__(
        self,
        reference: Reference,
        situation: Situation,
        now_us: int,
        grid_us: int,
        shares: Shares | None = None,
    ) -> None:
        rows = reference.all("tags").values()
        self.tags = TagTable((t for t in rows if isinstance(t, Tag)), reference.revision)
        self.mine = shares.mine(self.tags) if shares is not None else None
        # what isn't heard here may be heard elsewhere: `SharedSilence` says
        hears_all = shares is None or not shares.deals
        self._grid_us, self._hears_all = grid_us, hears_all
        self._alarms = self._fresh()
        self._alarms.restore(situation, now_us)
        name = shares.file_name if shares is not None else ""  # ids of two gateways must differ
        salt = f"{situation.operation_id}:{situation.seq}{name and ':' + name}"
        self._cards = CardLogic(_surroundings(reference, self.tags), salt)
        self._cards.restore(situation)
        self._who = shares.name if shares is not None else ""
        self.digest = _digest(self.tags, self.mine, grid_us, hears_all=hears_all)
        self._wind = WindWatch(self.tags, _middle(reference))
        self._wind.restore(situation.masts, disagree=situation.masts_disagree)
        self._alarms.on_present = self._hear
        self.on_present: Callable[[SampleBatch], object] = lambda _: None
        self.failing = ""

    def _hear(self, present: SampleBatch) -> None:
        self._wind.take(present)
        self.on_present(present)

    def _fresh(self) -> AlarmLogic:
        return AlarmLogic(self.tags, self._grid_us, mine=self.mine, hears_all=self._hears_all)

    def keep(self, pending: Sequence[SampleBatch]) -> KeptAlarms:
        """Return what the alarms remember; all drafts must be stored and heard.

        `pending` are samples that will be judged next.

        Raises
        ------
        KeptStateError
            When no slot is judged yet.
        """
        return self._alarms.keep(pending)

    def resume(self, kept: KeptAlarms, tail: Tail, until_us: int) -> list[Draft]:
        """Go on where a gateway was killed; return what happened and isn't journalled.

        With it come the cards, slot by slot, and last the event that says how long nobody
        listened. `tail.situation` is the one that this judging was made from.

        Raises
        ------
        KeptStateError
            When the state doesn't fit; then nothing has changed here.
        """
        alarms = self._fresh()
        drafts, differing = resume(alarms, kept, tail, until_us, self._grid_us)
        if differing:
            _LOG.warning("of %d alarms delays begin anew: the journal says otherwise", differing)
        alarms.on_present = self._alarms.on_present
        self._alarms = alarms
        *owed, resumed = drafts
        out: list[Draft] = []
        for at_us, slot in groupby(owed, key=lambda draft: draft.event_time_us or 0):
            out += self._with_cards(list(slot), at_us)
        subject = self._who or resumed.subject
        return [*out, msgspec.structs.replace(resumed, subject=subject)]

    def judge(self, batch: SampleBatch, upto_us: int) -> Sequence[Draft]:
        """Return the batch of one alarm scan: transitions, and the cards they cause."""
        drafts = self._alarms.judge(batch, upto_us)
        return self._with_cards(drafts, upto_us) if drafts else drafts

    def _with_cards(self, drafts: Sequence[Draft], upto_us: int) -> Sequence[Draft]:
        try:
            considered = self._cards.consider(drafts, self._wind.winds(upto_us))
        except Exception as error:  # alarms without a card are better than no alarms
            _LOG.exception("cards can't be made of %d alarm events", len(drafts))
            self.failing = f"{type(error).__name__}: {error}"
            return drafts
        self.failing = ""
        return considered

    def take_over(self, old: "Judging") -> None:
        """Go on where the judging by the revision before stopped: delays, rates, counts, wind."""
        self._alarms.take_over(old._alarms)  # noqa: SLF001 - the same class
        self._wind.take_over(old._wind)  # noqa: SLF001

    def unjudged(self) -> SampleBatch:
        """Return the samples whose slot hasn't ended yet."""
        return self._alarms.unjudged()

    def observe_wind(self, now_us: int, situation: Situation) -> Sequence[Draft]:
        """Return a `wind.observed` when one is due, or the wind leaves a zone that stands."""
        return self._wind.observe(now_us, watched_zones(situation))

    def take_up_wind(self, situation: Situation) -> None:
        """Go on with the wind where another gateway stopped telling it."""
        self._wind.restore(situation.masts, disagree=situation.masts_disagree)

    def apply(self, event: Event) -> None:
        """Take an event of the journal."""
        self._alarms.apply(event)
        self._cards.apply(event)


def _digest(
    tags: TagTable, mine: npt.NDArray[np.bool_] | None, grid_us: int, *, hears_all: bool
) -> bytes:
    """Return what tells whether a kept state is one of these tags, this share and this grid."""
    share = None if mine is None else mine.tobytes()
    text = msgspec.msgpack.encode((tags.tags, share, grid_us, hears_all))
    return blake2b(text, digest_size=16).digest()


def _surroundings(reference: Reference, tags: TagTable) -> Surroundings:
    card = load_rules("situation_cards")["card"]
    sources = reference.all("hazard-sources").values()
    permits = reference.all("permits").values()
    return Surroundings(
        [row for row in sources if isinstance(row, HazardSource)],
        [row for row in permits if isinstance(row, Permit)],
        [*reference.all("enterprises").values(), *tags.tags],
        neighbours_m=card["neighbours_m"],
        neighbours_at_most=card["neighbours_at_most"],
    )


def _middle(reference: Reference) -> LatLon | None:
    """Return the middle of the hazard sources: where the sun is looked up for the site."""
    places = [r.position for r in reference.all("hazard-sources").values() if r.position]
    if not places:
        return None
    return LatLon(
        sum(place.lat_deg for place in places) / len(places),
        sum(place.lon_deg for place in places) / len(places),
    )
