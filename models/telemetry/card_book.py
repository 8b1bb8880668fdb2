"""The open cards and the alarms of the last minutes, as the card logic remembers them."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from models.operation.events.alarm import AlarmRaised
from models.operation.events.base import Draft
from models.operation.situation import Alarm, Situation
from models.telemetry.alarm_limits import alarm_id
from models.telemetry.alarm_safety import GATEWAY, is_protected


@dataclass(frozen=True, slots=True)
class Raised:
    """One raising of an alarm."""

    at_us: int
    cause: Draft
    alarm: AlarmRaised
    protected: bool

    @property
    def alarm_id(self) -> str:
        """The id `TAG/LIMIT`."""
        return alarm_id(self.alarm.tag_key, self.alarm.limit)

    @property
    def group(self) -> str:
        """What the card is about: the hazard source, else the enterprise, else the tag."""
        alarm = self.alarm
        return alarm.hazard_source_key or alarm.enterprise_key or alarm.tag_key


@dataclass(slots=True)
class OpenCard:
    """A card that alarms may join.

    `touched` is one that somebody works on, `folds` one that a flood is folded into,
    `incident_id` names the incident it became.
    """

    id: str
    group: str
    last_us: int
    alarm_ids: set[str] = field(default_factory=set)
    level_two: set[str] = field(default_factory=set)
    members: list[Raised] = field(default_factory=list)
    protected: bool = False
    proposed: bool = False
    touched: bool = False
    folds: bool = False
    incident_id: str = ""

    def take(self, raised: Raised) -> None:
        """Note that an alarm belongs here."""
        self.last_us = max(self.last_us, raised.at_us)
        if raised.alarm_id not in self.alarm_ids:
            self.members.append(raised)
        self.alarm_ids.add(raised.alarm_id)
        if raised.alarm.limit == "HH":
            self.level_two.add(raised.alarm.tag_key)
        self.protected = self.protected or raised.protected

    def take_gone(self, alarm_key: str, safety: str) -> None:
        """Note that an alarm belongs here which went back to normal since; it may have killed."""
        tag_key, _, limit = alarm_key.rpartition("/")
        self.alarm_ids.add(alarm_key)
        if limit == "HH":
            self.level_two.add(tag_key)
        self.protected = self.protected or is_protected(safety, limit)


class CardBook:
    """Cards by id and recent raisings, oldest first; times in µs."""

    def __init__(self, *, join_us: int, window_us: int) -> None:
        self._join_us = join_us
        self._window_us = window_us
        self._cards: dict[str, OpenCard] = {}
        self._merged: dict[str, str] = {}  # incident → the one it was merged into
        self.recent: deque[Raised] = deque()

    def note(self, raised: Raised) -> None:
        """Add a raising; forget those that left the window and cards nothing can join."""
        while self.recent and self.recent[0].at_us <= raised.at_us - self._window_us:
            self.recent.popleft()
        self.recent.append(raised)
        for card in list(self._cards.values()):
            if raised.at_us - card.last_us > self._join_us:
                del self._cards[card.id]

    @property
    def folds(self) -> bool:
        """Whether a flood is folded into one of the cards."""
        return any(card.folds for card in self._cards.values())

    def add(self, card: OpenCard) -> None:
        """Add a card."""
        self._cards[card.id] = card

    def find(self, group: str, at_us: int, *, apart: bool) -> OpenCard | None:
        """Return the newest card of a group that is still joined.

        `apart`: a protected alarm in a flood stays out of the card that the flood is folded
        into, unless that one already stands for something that kills.
        """
        for card in reversed(self._cards.values()):
            fresh = at_us - card.last_us <= self._join_us
            allowed = card.protected or not (apart and card.folds)
            if card.group == group and fresh and allowed:
                return card
        return None

    def flood_card(self, group: str, at_us: int) -> OpenCard | None:
        """Return the card of a group that a flood is folded into, else what `find` gives.

        What kills and came in the flood has a newer card of its own, which stays its own.
        """
        for card in self._cards.values():
            if card.folds and card.group == group and at_us - card.last_us <= self._join_us:
                return card
        return self.find(group, at_us, apart=False)

    def loose(self, explained: frozenset[str]) -> Iterator[Raised]:
        """Yield the recent raisings of explained sources that no card holds; none that kills."""
        held = {key for card in self._cards.values() for key in card.alarm_ids}
        for raised in self.recent:
            explains = raised.alarm.hazard_source_key in explained and not raised.protected
            if explains and raised.alarm_id not in held:
                yield raised

    def foldable(self, explained: frozenset[str]) -> Iterator[OpenCard]:
        """Yield cards of explained sources that hold nothing protected and nobody works on."""
        for card in list(self._cards.values()):
            if card.group in explained and not (card.protected or card.touched or card.proposed):
                yield card

    def touch(self, card_id: str, *, proposed: bool = False) -> None:
        """Note that somebody works on a card, or that its incident is proposed or open."""
        card = self._cards.get(card_id)
        if card is not None:
            card.touched = True
            card.proposed = card.proposed or proposed

    def attach(self, card_id: str, incident_id: str) -> None:
        """Note that a card became an incident: its alarms go on joining it."""
        self.touch(card_id, proposed=True)
        card = self._cards.get(card_id)
        if card is not None:
            card.incident_id = incident_id

    def merge(self, incident_id: str, into: str) -> None:
        """Note that an incident is part of another one; with an empty `into` no more."""
        self._merged.pop(incident_id, None)
        if into:
            self._merged[incident_id] = into

    def end(self, incident_id: str) -> None:
        """Forget the cards of an incident that closed: what comes now is a new situation."""
        ended = {incident_id}
        while more := {part for part, whole in self._merged.items() if whole in ended} - ended:
            ended |= more
        for part in ended:
            self._merged.pop(part, None)
        for card in list(self._cards.values()):
            if card.incident_id in ended:
                del self._cards[card.id]

    def remove(self, card_id: str) -> None:
        """Forget a card."""
        self._cards.pop(card_id, None)

    def restore(self, situation: Situation, safety_of: Callable[[str], str]) -> None:
        """Take up cards that may be joined and alarms of the window.

        `safety_of` returns what a tag warns of.
        """
        running = {i.id for i in situation.incidents.values() if i.closed_us is None}
        for incident in situation.incidents.values():
            if incident.id in running:
                self.merge(incident.id, incident.merged_into)
        for card in sorted(situation.cards.values(), key=lambda c: (c.opened_us, c.id)):
            if card.state == "closed" and card.incident_id not in running:
                continue
            open_card = OpenCard(
                id=card.id,
                group=card.hazard_source_key or card.enterprise_key or _tag(card.first_alarm_id),
                last_us=card.opened_us,
                proposed=bool(card.proposed or card.incident_id),
                touched=card.state != "open",
                incident_id=card.incident_id,
            )
            for key in card.alarm_ids:
                alarm = situation.alarms.get(key)
                if alarm is not None:
                    open_card.take(_raised(alarm))
                    if alarm.hazard_source_key != card.hazard_source_key:
                        open_card.folds = True
                else:
                    open_card.take_gone(key, safety_of(_tag(key)))
            self._cards[card.id] = open_card
        since_us = situation.recorded_us - self._window_us
        alarms = [alarm for alarm in situation.alarms.values() if alarm.raised_us > since_us]
        self.recent.extend(_raised(alarm) for alarm in sorted(alarms, key=_age))


def _age(alarm: Alarm) -> tuple[int, str]:
    return alarm.raised_us, alarm.id


def _tag(alarm_key: str) -> str:
    return alarm_key.rpartition("/")[0]


def _raised(alarm: Alarm) -> Raised:
    payload = AlarmRaised(
        tag_key=alarm.tag_key,
        limit=alarm.limit,
        priority=alarm.priority,
        value=alarm.value,
        limit_value=alarm.limit_value,
        unit=alarm.unit,
        safety=alarm.safety,
        hazard_source_key=alarm.hazard_source_key,
        enterprise_key=alarm.enterprise_key,
    )
    draft = Draft(payload=payload, subject=alarm.id, actor=GATEWAY, event_time_us=alarm.raised_us)
    protected = is_protected(alarm.safety, alarm.limit)
    return Raised(at_us=alarm.raised_us, cause=draft, alarm=payload, protected=protected)
