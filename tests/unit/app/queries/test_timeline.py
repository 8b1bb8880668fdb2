"""Timelines: everything about an incident and what belongs to it, nothing else."""

from collections.abc import Sequence

import pytest

from app.journal import Journal
from app.journal_errors import JournalError
from app.queries.timeline import Timeline
from models.basics import LatLon, Name, Phone
from models.hazard.ports import ZoneResult
from models.ids import IncidentId
from models.operation.events import Draft, Payload, alarm, call, card, incident, order, zone
from models.operation.events.operation import NoteWritten
from models.operation.events.resource import TeamStatusChanged
from models.store import StoreBusyError
from tests.unit.models.operation.stories import OPERATION, started

RESULT = ZoneResult(
    kind="drawn", model="hand", model_version="", origin=LatLon(1.0, 2.0), levels=()
)


def _raised(tag: str) -> alarm.AlarmRaised:
    return alarm.AlarmRaised(
        tag_key=tag, limit="HH", priority=1, value=1.0, limit_value=1.0, unit=""
    )


def _opened(**more: object) -> incident.IncidentOpened:
    return incident.IncidentOpened(
        number="1", title=Name(), incident_kind="fire", place=Name(), **more
    )  # type: ignore[arg-type]


def _card(alarm_id: str) -> card.CardOpened:
    return card.CardOpened(
        first_alarm_id=alarm_id, hazard_source_key="", enterprise_key="", title=Name(), priority=1
    )


def _issued(incident_id: str) -> order.OrderIssued:
    return order.OrderIssued(
        incident_id=incident_id, team_key="T", team_name=Name(), text="", receipt_due_us=0,
        phones=(Phone(number="1"),), feedback_due_us=0,
    )  # fmt: skip


STORY: tuple[tuple[Payload, str], ...] = (
    (started(), OPERATION),
    (_raised("A"), "A/HH"),
    (_raised("B"), "B/HH"),
    (_raised("C"), "C/HH"),
    (_card("A/HH"), "C1"),
    (card.CardJoined(alarm_id="B/HH", priority=1), "C1"),
    (_card("C/HH"), "C2"),
    (call.CallRang(number="1"), "P1"),
    (_opened(card_ids=("C1",), call_ids=("P1",)), "I1"),
    (_opened(), "I2"),
    (_issued("I1"), "O1"),
    (_issued("I2"), "O2"),
    (order.OrderReceived(by="x"), "O1"),
    (TeamStatusChanged(status="committed", incident_id="I1"), "T"),
    (TeamStatusChanged(status="ready"), "T"),
    (NoteWritten(text="on it", incident_id="I1"), OPERATION),
    (NoteWritten(text="elsewhere"), OPERATION),
    (zone.ZoneDrawn(incident_id="I2", result=RESULT), "Z2"),
    (card.CardClosed(reason="real", incident_id="I2"), "C2"),
)


@pytest.fixture
def told(journal: Journal) -> Journal:
    journal.append(OPERATION, [Draft(payload=p, subject=s, actor="a") for p, s in STORY])
    return journal


def _seqs(told: Journal, incident_id: str) -> list[int]:
    return [e.seq for e in Timeline(told).of_incident(OPERATION, IncidentId(incident_id))]


def test_that_incident_brings_its_cards_alarms_calls_orders_and_mentions(told: Journal) -> None:
    assert _seqs(told, "I1") == [2, 3, 5, 6, 8, 9, 11, 13, 14, 16]
    assert _seqs(told, "I2") == [4, 7, 10, 12, 18, 19]


def test_that_merged_incident_comes_along(told: Journal) -> None:
    merged = incident.IncidentsMerged(absorbed_incident_id="I2", reason="same")
    told.append(OPERATION, [Draft(payload=merged, subject="I1", actor="a")])
    everything = set(range(2, 21)) - {15, 17}
    assert set(_seqs(told, "I1")) == everything


def test_that_timeline_ends_where_asked(told: Journal) -> None:
    events = Timeline(told).of_incident(OPERATION, IncidentId("I1"), upto_seq=9)
    assert [e.seq for e in events] == [2, 3, 5, 6, 8, 9]


def test_that_subjects_are_read_in_order(told: Journal) -> None:
    events = Timeline(told).of_subjects(OPERATION, ["O1", "A/HH"])
    assert [e.seq for e in events] == [2, 11, 13]


def test_that_failing_store_is_told(told: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_args: object) -> None:
        raise StoreBusyError("held")

    monkeypatch.setattr(told.rows, "bodies_of_subjects", busy)
    with pytest.raises(JournalError):
        Timeline(told).of_subjects(OPERATION, ["O1"])


def _tell(journal: Journal, story: Sequence[tuple[Payload, str]]) -> None:
    journal.append(OPERATION, [Draft(payload=p, subject=s, actor="a") for p, s in story])


def _kinds(journal: Journal, incident_id: str) -> list[tuple[str, str]]:
    events = Timeline(journal).of_incident(OPERATION, IncidentId(incident_id))
    return [(event.kind, event.subject) for event in events]


def _merged(absorbed: str) -> incident.IncidentsMerged:
    return incident.IncidentsMerged(absorbed_incident_id=absorbed, reason="same")


def test_that_merges_of_merges_come_along(journal: Journal) -> None:
    counted = incident.CasualtiesReported(source="hospital", deaths=1)
    _tell(
        journal,
        [
            (started(), OPERATION), (_opened(), "I1"), (_opened(), "I2"), (_opened(), "I3"),
            (_merged("I3"), "I2"), (_merged("I2"), "I1"), (_issued("I3"), "O3"), (counted, "I3"),
        ],
    )  # fmt: skip
    told = _kinds(journal, "I1")
    assert ("order.issued", "O3") in told
    assert (counted.KIND, "I3") in told


def test_that_what_was_split_off_again_is_the_others(journal: Journal) -> None:
    counted = incident.CasualtiesReported(source="hospital", deaths=1)
    split = incident.IncidentsSplit(restored_incident_id="I2", reason="two leaks")
    _tell(
        journal,
        [
            (started(), OPERATION), (_opened(), "I1"), (_opened(), "I2"), (_issued("I2"), "O2"),
            (_merged("I2"), "I1"), (split, "I1"), (counted, "I2"),
        ],
    )  # fmt: skip
    assert _kinds(journal, "I1") == [
        ("incident.opened", "I1"), (incident.IncidentsMerged.KIND, "I1"), (split.KIND, "I1"),
    ]  # fmt: skip
    assert ("order.issued", "O2") in _kinds(journal, "I2")
    assert (counted.KIND, "I2") in _kinds(journal, "I2")


def test_that_an_alarm_tells_each_incident_its_own_occurrence(journal: Journal) -> None:
    _tell(
        journal,
        [
            (started(), OPERATION),
            (_raised("A"), "A/HH"),
            (_card("A/HH"), "C1"),
            (_opened(card_ids=("C1",)), "I1"),
            (alarm.AlarmAcknowledged(), "A/HH"),
            (alarm.AlarmReturned(value=0.0), "A/HH"),
            (_raised("A"), "A/HH"),
            (card.CardJoined(alarm_id="A/HH", priority=1), "C2"),
            (_opened(card_ids=("C2",)), "I2"),
            (alarm.AlarmAcknowledged(note="again"), "A/HH"),
        ],
    )
    assert _seqs(journal, "I1") == [2, 3, 4, 5, 6]
    assert _seqs(journal, "I2") == [7, 8, 9, 10]


def test_that_an_alarm_held_before_it_rose_begins_with_its_card(journal: Journal) -> None:
    _tell(
        journal,
        [
            (started(), OPERATION),
            (alarm.AlarmSuppressed(reason="works"), "A/HH"),
            (_card("A/HH"), "C1"),
            (alarm.AlarmUnsuppressed(), "A/HH"),
            (_opened(card_ids=("C1",)), "I1"),
        ],
    )
    assert _seqs(journal, "I1") == [3, 4, 5]
