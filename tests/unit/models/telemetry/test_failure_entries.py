from typing import get_args

import msgspec
import pytest

from models.basics import Name
from models.operation.events.card import VerificationResult
from models.operation.situation import Card
from models.telemetry.failure_entries import CONFIRMED, failure_of
from tests.unit.models.telemetry.build import START


def _card(result, **fields):
    card = Card(
        id="c1", title=Name(en="Tank · LI-1 · HH"), priority=1, opened_us=START,
        first_alarm_id="LI-1/HH", alarm_ids=("LI-1/HH",), hazard_source_key="V-1",
        enterprise_key="E", wind=(), permit_keys=(), neighbour_keys=(), event_id="e1",
        result=result, said_by="Li", note="seal",
    )  # fmt: skip
    return msgspec.structs.replace(card, **fields)


def test_that_the_coded_results_are_known():
    assert set(get_args(VerificationResult)) > CONFIRMED


@pytest.mark.parametrize(
    ("result", "source", "equipment"),
    [("real", "V-1", "V-1"), ("process_upset", "V-1", "V-1"), ("real", "", "LI-1"),
     ("instrument", "V-1", "LI-1")],
)  # fmt: skip
def test_that_a_confirmed_event_is_an_entry(result, source, equipment):
    entry = failure_of(_card(result, hazard_source_key=source))
    assert entry is not None
    assert (entry.key, entry.equipment, entry.mode) == ("event-c1", equipment, f"{result}: LI-1/HH")
    assert (entry.happened_us, entry.remarks) == (START, "seal")
    assert "Li" in entry.source


@pytest.mark.parametrize("result", [*sorted(set(get_args(VerificationResult)) - CONFIRMED), ""])
def test_that_nothing_failed_is_no_entry(result):
    assert failure_of(_card(result)) is None


def test_that_an_entry_without_a_name_names_the_card():
    entry = failure_of(_card("real", said_by=""))
    assert entry is not None
    assert entry.source == "card c1"
