"""The scripted control rooms: what they say when the desk calls back."""

from collections.abc import Callable
from dataclasses import dataclass

from app.demo.grid import chance
from app.demo.script import ACTOR
from models.operation.events.base import Draft, Event
from models.operation.events.card import CardOpened, CardVerificationStarted
from models.operation.events.operation import InjectFired
from models.times import SECOND_US

TYPE = "control_room_answer"
_WORDS = {
    "real": (
        "是真的！现场看到黄绿色气雾，正在关阀，人员在撤。",
        "It's real! We see the cloud, the valves are closing, people are leaving.",
    ),
    "calibration": (
        "是标定，标气刚撤，作业票开着，读数马上回落。",
        "It's a calibration, the test gas is off, the permit is open, it falls back now.",
    ),
    "instrument": (
        "变送器故障，现场没有异常。",
        "The transmitter is faulty, nothing wrong on site.",
    ),
    "process_upset": ("工艺波动，内操在调。", "A process upset, the operator is on it."),
}

Truth = Callable[[str, str, int], str]
"""(hazard source key, tag key, moment µs) → coded truth."""


@dataclass(frozen=True, slots=True)
class _Talk:
    card_id: str
    person: str
    answers_us: int
    truth: str


class ControlRooms:
    """Answers to verifications, as data of `inject.fired`; the officer records the result."""

    def __init__(self, seed: str, truth: Truth) -> None:
        self._seed = seed
        self._truth = truth
        self._cards: dict[str, CardOpened] = {}
        self._talks: dict[str, _Talk] = {}
        self._said: set[str] = set()

    def observe(self, event: Event) -> None:
        """Take a journal event."""
        payload = event.payload
        if isinstance(payload, CardOpened):
            self._cards[event.subject] = payload
        elif isinstance(payload, InjectFired) and payload.type == TYPE:
            self._said.add(payload.inject_key)
        elif isinstance(payload, CardVerificationStarted) and event.subject in self._cards:
            card = self._cards[event.subject]
            tag = card.first_alarm_id.rpartition("/")[0]
            wait_s = 4 + 5 * chance(self._seed, "control room", tag, event.event_time_us)
            answers_us = event.event_time_us + int(wait_s * SECOND_US)
            for key, talk in list(self._talks.items()):
                if talk.card_id == event.subject and key not in self._said:
                    del self._talks[key]  # another number is called: the first one was dead
            truth = self._truth(card.hazard_source_key, tag, event.event_time_us)
            self._talks[f"answer:{event.subject}:{event.seq}"] = _Talk(
                event.subject, payload.person, answers_us, truth
            )

    def due(self, now_us: int) -> list[Draft]:
        """Return what is said by `now_us`, once each."""
        drafts = []
        for key, talk in self._talks.items():
            if key in self._said or talk.answers_us > now_us:
                continue
            self._said.add(key)
            zh, en = _WORDS[talk.truth]
            data = {
                "card_id": talk.card_id,
                "said_by": talk.person,
                "result": talk.truth,
                "zh": zh,
                "en": en,
            }
            payload = InjectFired(inject_key=key, type=TYPE, data=data)
            drafts.append(
                Draft(
                    payload=payload,
                    subject=talk.card_id,
                    actor=ACTOR,
                    event_time_us=talk.answers_us,
                )
            )
        return drafts
