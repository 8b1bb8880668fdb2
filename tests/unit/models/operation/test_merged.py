"""Merged incidents: they never form a ring, and nothing of them goes out of view."""

from models.basics import Name
from models.operation.events import incident
from models.operation.merged import family, family_ids
from tests.unit.models.operation.stories import Teller


def _told(*keys):
    told = Teller()
    for key in keys:
        opening = incident.IncidentOpened(
            number=key, title=Name(), incident_kind="toxic_leak", place=Name(en="Unit")
        )
        told.tell(opening, key)
    return told


def _merge(told, survivor, absorbed):
    told.tell(incident.IncidentsMerged(absorbed_incident_id=absorbed, reason="one"), survivor)


def test_that_a_ring_of_merges_is_cut_and_the_close_is_folded():
    told = _told("A", "B", "C")
    _merge(told, "B", "A")
    _merge(told, "C", "B")
    _merge(told, "A", "C")  # A is part of C already
    told.tell(incident.IncidentClosed(reason="over"), "C")
    assert all(each.closed_us is not None for each in told.situation.incidents.values())
    assert told.situation.incidents["A"].absorbed == ()


def test_that_the_family_of_an_incident_holds_what_was_merged_in_turn():
    told = _told("A", "B", "C", "D")
    _merge(told, "B", "A")
    _merge(told, "C", "B")
    assert [each.id for each in family(told.situation, "C")] == ["C", "B", "A"]
    assert family_ids(told.situation, "D") == {"D"}
    assert family(told.situation, "gone") == ()
    assert family_ids(told.situation, "gone") == {"gone"}
