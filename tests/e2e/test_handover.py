"""Situation 7 of the acceptance list in real processes, and what a replay shows of that day."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from app.site import Site
from models.operation.events.base import Event
from models.operation.handover import document_sha256
from tests.e2e.journal import events_of
from tests.e2e.processes import DriverProcess

PLAY_S = 240
pytestmark = pytest.mark.timeout(PLAY_S + 30)


@dataclass(frozen=True)
class Played:
    """What the desk saw, and what the journal says."""

    facts: dict[str, Any]
    events: tuple[Event, ...]

    def of(self, kind: str) -> list[Event]:
        """Return the events of a kind in their order."""
        return [event for event in self.events if event.kind == kind]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("handover")
    site = Site(folder / "site")
    desk = DriverProcess(folder, "handover", site.path)
    try:
        facts = desk.result(PLAY_S)["facts"]
        assert desk.wait() == 0
        yield Played(facts, events_of(site, facts["operation"]))
    finally:
        desk.kill()


def test_that_an_incident_without_a_place_gets_one_with_its_circle_in_one_batch(
    played: Played,
) -> None:
    assert played.facts["before"] == {"position": None, "zones": 0}
    located = played.of("incident.located")[0]
    assert located.subject == played.facts["first"]
    assert located.payload.hazard_source_key == "V-203"
    circle = next(e for e in played.of("zone.drawn") if e.payload.incident_id == located.subject)
    assert circle.recorded_time_us == located.recorded_time_us
    assert circle.payload.result.origin == located.payload.position
    assert played.facts["located"]["substance"] == "chlorine"
    assert played.facts["teams"] > 0


def test_that_joining_is_offered_never_done_and_a_wrong_merge_loses_nothing(
    played: Played,
) -> None:
    assert played.facts["preselected"] == ""
    assert played.facts["joined_by_itself"] == ""
    assert [e.payload.absorbed_incident_id for e in played.of("incident.merged")] == [
        e.payload.restored_incident_id for e in played.of("incident.split")
    ]
    assert played.facts["split_lost"] == []


def test_that_a_takeover_with_unowned_items_works_and_is_on_record_within_five_seconds(
    played: Played,
) -> None:
    handed = played.of("shift.handed_over")[-1]
    taken = played.of("shift.taken")[-1]
    assert played.facts["unowned"] >= 3
    assert played.facts["handover_after_s"] <= 5.0
    assert taken.caused_by == handed.id
    assert handed.payload.outgoing == played.facts["outgoing"]
    assert len(handed.payload.items) == played.facts["unowned"]
    assert handed.payload.sha256 == document_sha256(handed.payload.document)
    assert played.facts["document"] == handed.payload.document.zh
    assert played.facts["owners"] == [handed.payload.incoming]
    assert played.facts["clocks_after"] == played.facts["clocks"]


def test_that_the_replay_shows_the_name_of_that_day(played: Played) -> None:
    names = played.facts["names"]
    assert names["then"] == names["old"]
    assert names["now"] == names["live"] != names["old"]
