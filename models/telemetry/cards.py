"""Situation cards: which alarms belong together, and which propose an incident at once.

Pure: the same drafts and journal events in the same order give the same cards.
"""

import hashlib
from collections.abc import Sequence

from models.basics import Wind
from models.ids import EventId, uuid7
from models.operation.events.alarm import AlarmRaised
from models.operation.events.base import Draft, Event, Payload
from models.operation.events.card import (
    CardClosed,
    CardIncidentProposed,
    CardJoined,
    CardOpened,
    CardVerificationStarted,
    CardVerified,
)
from models.operation.events.incident import IncidentClosed, IncidentsMerged, IncidentsSplit
from models.operation.situation import Situation
from models.rules import load_rules
from models.telemetry.alarm_limits import alarm_id
from models.telemetry.alarm_safety import GATEWAY, is_protected
from models.telemetry.card_book import CardBook, OpenCard, Raised
from models.telemetry.surroundings import Surroundings
from models.times import SECOND_US

_PROPOSES = frozenset({"call_point", "fire", "man_down"})
_DETECTORS = frozenset({"toxic", "combustible"})
_OPENS_UPTO_PRIORITY = 2


class CardLogic:
    """Opens, joins and proposes; folds a flood into the card of its likely origin.

    Parameters
    ----------
    surroundings : Surroundings
        Sources, permits and names at one revision.
    salt : str
        Makes the derived ids unique: operation id and the `seq` the logic starts from.

    Notes
    -----
    An alarm of priority 1 or 2, or of a safety tag, opens a card for its hazard source; later
    ones of that source within the join window join it, also after it became an incident, until
    that is closed.
    In a flood (counted over all sources) every alarm that the likely origin explains (its own
    source or one downstream of it) joins the origin's card. Toxic level 2, fire, call point,
    trip, man-down and what the origin doesn't explain are never folded. The likely origin is
    the source that explains most alarms of the window; among equals the first-out.
    """

    def __init__(self, surroundings: Surroundings, salt: str) -> None:
        rules = load_rules("situation_cards")
        self._flood = rules["flood"]
        self._around = surroundings
        self._salt = salt
        self._book = CardBook(
            join_us=rules["card"]["join_s"] * SECOND_US,
            window_us=self._flood["window_s"] * SECOND_US,
        )
        self._masts: tuple[Wind, ...] = ()
        self._origin = ""
        self._explained: frozenset[str] = frozenset()
        self._counter = 0
        self._out: list[Draft] = []

    def consider(self, drafts: Sequence[Draft], masts: tuple[Wind, ...]) -> list[Draft]:
        """Return the drafts of one alarm scan, with ids, and the card drafts they cause.

        `masts` is the wind now, which a card keeps as the wind at T0.
        """
        self._masts = masts
        self._out = []
        for draft in drafts:
            stored = self._with_id(draft)
            self._out.append(stored)
            if isinstance(draft.payload, AlarmRaised):
                self._take(stored, draft.payload)
        return self._out

    def _with_id(self, draft: Draft) -> Draft:
        at_us = draft.event_time_us or 0
        return Draft(
            payload=draft.payload,
            subject=draft.subject,
            actor=draft.actor,
            event_time_us=draft.event_time_us,
            caused_by=draft.caused_by,
            id=draft.id or EventId(self._derived_id(at_us)),
        )

    def _derived_id(self, at_us: int) -> str:
        self._counter += 1
        text = f"{self._salt}:{at_us}:{self._counter}"
        return uuid7(at_us, hashlib.blake2b(text.encode(), digest_size=10).digest())

    def _say(self, card_id: str, payload: Payload, cause: Draft) -> Draft:
        draft = Draft(
            payload=payload,
            subject=card_id,
            actor=GATEWAY,
            event_time_us=cause.event_time_us,
            caused_by=cause.id,
        )
        self._out.append(self._with_id(draft))
        return self._out[-1]

    def _take(self, cause: Draft, alarm: AlarmRaised) -> None:
        at_us = cause.event_time_us or 0
        protected = is_protected(alarm.safety, alarm.limit)
        raised = Raised(at_us=at_us, cause=cause, alarm=alarm, protected=protected)
        self._book.note(raised)
        self._watch_flood()
        card = self._card_for(raised)
        if card is not None:
            self._join(card, raised)
            self._propose(card, raised)
        if self._origin:
            self._fold(cause)

    def _card_for(self, raised: Raised) -> OpenCard | None:
        alarm, group = raised.alarm, raised.group
        folds = bool(self._origin) and not raised.protected
        if folds and alarm.hazard_source_key in self._explained:
            return self._flood_card(raised.cause)
        own = self._book.find(group, raised.at_us, apart=raised.protected and bool(self._origin))
        if own is not None:
            return own
        if alarm.priority <= _OPENS_UPTO_PRIORITY or alarm.safety:
            return self._open(raised, raised.cause)
        return None

    def _open(self, first: Raised, cause: Draft) -> OpenCard:
        alarm = first.alarm
        card_id = self._derived_id(cause.event_time_us or 0)
        place = alarm.hazard_source_key or alarm.enterprise_key
        payload = CardOpened(
            first_alarm_id=alarm_id(alarm.tag_key, alarm.limit),
            hazard_source_key=alarm.hazard_source_key,
            enterprise_key=alarm.enterprise_key,
            title=self._around.title([place, alarm.tag_key], alarm.limit),
            priority=alarm.priority,
            wind=self._masts,
            permit_keys=self._around.permits_at(
                alarm.hazard_source_key, alarm.tag_key, first.at_us
            ),
            neighbour_keys=self._around.neighbours(alarm.hazard_source_key),
        )
        self._say(card_id, payload, cause)
        card = OpenCard(id=card_id, group=first.group, last_us=first.at_us)
        card.take(first)
        self._book.add(card)
        return card

    def _join(self, card: OpenCard, raised: Raised) -> None:
        fresh = raised.alarm_id not in card.alarm_ids
        card.take(raised)
        if fresh:
            joined = CardJoined(alarm_id=raised.alarm_id, priority=raised.alarm.priority)
            self._say(card.id, joined, raised.cause)

    def _propose(self, card: OpenCard, raised: Raised) -> None:
        alarm = raised.alarm
        if card.proposed:
            return
        if alarm.limit == "HH" and alarm.safety in _DETECTORS and len(card.level_two) > 1:
            reason = CardIncidentProposed(reason="second_detector")
        elif alarm.safety in _PROPOSES:
            reason = CardIncidentProposed(reason="call_point")
        else:
            return
        card.proposed = True
        self._say(card.id, reason, raised.cause)

    def _watch_flood(self) -> None:
        """Begin or end the flood, and name its likely origin."""
        recent = self._book.recent
        if len(recent) < self._flood["ends_below"]:
            self._origin, self._explained = "", frozenset()
        elif self._origin or len(recent) > self._flood["begins_above"]:
            self._find_origin()

    def _find_origin(self) -> None:
        sources = [r.alarm.hazard_source_key for r in self._book.recent if not r.protected]
        best = 1  # a source that explains nothing but itself once is no origin
        self._origin, self._explained = "", frozenset()
        for source in dict.fromkeys(key for key in sources if key):
            explained = self._around.explained_by(source)
            score = sum(key in explained for key in sources)
            if score > best:
                best, self._origin, self._explained = score, source, explained

    def _flood_card(self, cause: Draft) -> OpenCard:
        """Return the card of the origin; open it with the first-out when there is none."""
        card = self._book.flood_card(self._origin, cause.event_time_us or 0)
        if card is None:
            first = next(
                r
                for r in self._book.recent
                if r.alarm.hazard_source_key in self._explained and not r.protected
            )
            card = self._open(first, cause)
            card.group = self._origin
        if not card.folds:
            card.folds = True
            for raised in list(self._book.loose(self._explained)):  # minor ones before the flood
                self._join(card, raised)
        return card

    def _fold(self, cause: Draft) -> None:
        """Close cards that the origin explains and nobody works on; their alarms join it."""
        flood_card = self._flood_card(cause)
        for card in self._book.foldable(self._explained):
            if card is not flood_card:
                self._book.remove(card.id)
                self._say(card.id, CardClosed(reason="flood"), cause)
                for raised in card.members:
                    self._join(flood_card, raised)

    def apply(self, event: Event) -> None:
        """Take an event of the journal: who works on a card, which cards and incidents ended."""
        match event.payload:
            case CardVerificationStarted() | CardVerified():
                self._book.touch(event.subject)
            case CardIncidentProposed():
                self._book.touch(event.subject, proposed=True)
            case CardClosed(incident_id=incident) if incident:
                self._book.attach(event.subject, incident)
            case CardClosed():
                self._book.remove(event.subject)
            case IncidentsMerged(absorbed_incident_id=absorbed):
                self._book.merge(absorbed, event.subject)
            case IncidentsSplit(restored_incident_id=restored):
                self._book.merge(restored, "")
            case IncidentClosed():
                self._book.end(event.subject)
            case _:
                pass

    def restore(self, situation: Situation) -> None:
        """Take up a situation after a restart: open cards, recent alarms, a flood under way."""
        self._book.restore(situation, self._around.safety)
        recent = len(self._book.recent)
        ebbs = self._book.folds and recent >= self._flood["ends_below"]
        if ebbs or recent > self._flood["begins_above"]:
            self._find_origin()
            card = self._book.flood_card(self._origin, situation.recorded_us)
            if card is not None and not card.protected:
                card.folds = True  # a flood of one source alone doesn't show in its card


__all__ = ["CardLogic"]
