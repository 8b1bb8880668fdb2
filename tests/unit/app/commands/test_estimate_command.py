"""Taking an estimate for the source: place, gas and record in one batch, or a refusal."""

import math

import pytest
from immutables import Map
from msgspec.structs import replace

from app.commands import CommandRefusedError, handle
from app.commands.estimate import AdoptEstimate
from models.basics import LatLon, Name
from models.hazard.estimation.estimate import estimate_source
from models.hazard.estimation.ports import (
    Candidate,
    Estimate,
    Observations,
    SourceEstimate,
    Suspect,
    Taken,
)
from models.hazard.estimation.readings import Evidence, Reading
from models.operation.events.incident import IncidentLocated, SourceEstimated
from models.operation.events.zone import ZoneDrawn
from tests.unit.app.commands.conftest import PLACE, WIND
from tests.unit.app.commands.test_place_commands import _incident, _payloads

POINT = LatLon(32.0005, 118.0005)
SUSPECTS = (
    Suspect(key="HS1", name=Name("液氯汽化器", "Chlorine vaporiser"), probability=0.9),
    Suspect(key="", name=Name("其他地点", "elsewhere"), probability=0.1),
)


def source_estimate(verdict="located", position=POINT) -> SourceEstimate:
    """Return an estimate as the engine makes it, told what to say."""
    reading = Reading(key="GT-1", position=PLACE, value_ppm=3.0, range_ppm=10.0)
    seen = Observations(
        substance="chlorine", cas="7782-50-5", wind=WIND, readings=(reading,),
        candidates=(Candidate(key="HS1", name=SUSPECTS[0].name, position=PLACE),),
    )  # fmt: skip
    made: Estimate = estimate_source(seen)
    told = replace(made, verdict=verdict, position=position, candidates=SUSPECTS, cells=())
    evidence = Evidence(key="GT-1", kind="value", ppm=3.0)
    taken = Taken(
        key="GT-1", name=Name("氯气 1", "Cl2 1"), value=3.0, unit="ppm", evidence=evidence
    )
    return SourceEstimate(
        made_us=1, substance="chlorine", cas="7782-50-5", seen=seen, estimate=told, taken=(taken,),
        release_kg_s=(0.1, 0.3, 0.9),
    )  # fmt: skip


@pytest.fixture
def taken(context_for, situation):
    def run(command, **incident):
        now = situation.with_(incidents=Map({"I1": _incident(**incident)}))
        return handle(command, context_for(now))

    return run


def command(key="HS1", rate=0.9, **more) -> AdoptEstimate:
    return AdoptEstimate("I1", source_estimate(**more), rate, key, "by detectors")


def test_that_a_named_source_becomes_the_incident_s_with_the_estimate_on_record(taken):
    drafts = taken(command())
    (placed,) = _payloads(drafts, IncidentLocated)
    assert (placed.position, placed.hazard_source_key, placed.cas) == (PLACE, "HS1", "7782-50-5")
    (estimated,) = _payloads(drafts, SourceEstimated)
    assert drafts[-1].payload is estimated  # after the place: a place set later ends it
    assert (estimated.release_kg_s, estimated.source_key, estimated.position) == (0.9, "HS1", PLACE)
    assert estimated.estimate.seen.readings[0].value_ppm == 3.0
    assert len(_payloads(drafts, ZoneDrawn)) == 1


def test_that_where_the_incident_is_there_already_only_the_estimate_is_recorded(taken):
    drafts = taken(command(), position=PLACE, hazard_source_key="HS1", substance="chlorine")
    assert [type(draft.payload) for draft in drafts] == [SourceEstimated]


def test_that_the_area_takes_the_point_and_the_gas_of_the_detectors(taken):
    drafts = taken(command(""))
    (placed,) = _payloads(drafts, IncidentLocated)
    assert (placed.position, placed.how, placed.place) == (
        POINT, "estimate", Name("by detectors", "by detectors"),
    )  # fmt: skip
    assert (placed.substance, placed.cas) == ("chlorine", "7782-50-5")
    known = taken(command(""), substance="bromine", cas="7726-95-6")
    assert _payloads(known, IncidentLocated)[0].substance == "bromine"


@pytest.mark.parametrize(("wanted", "code"), [
    (command(verdict="cannot_tell"), "estimate_cannot_tell"),
    (command(position=None), "estimate_cannot_tell"),
    (command(rate=0.0), "rate_senseless"),
    (command(rate=math.nan), "rate_senseless"),
    (command(rate=1e6), "rate_senseless"),
    (command("T-9"), "unknown_place"),
])  # fmt: skip
def test_that_nothing_is_taken_of_what_makes_no_sense(taken, wanted, code):
    with pytest.raises(CommandRefusedError) as refused:
        taken(wanted)
    assert refused.value.code == code


def test_that_a_candidate_that_left_the_register_and_a_closed_incident_are_refused(taken):
    gone = replace(SUSPECTS[0], key="HS-GONE")
    estimate = source_estimate()
    estimate = replace(estimate, estimate=replace(estimate.estimate, candidates=(gone,)))
    with pytest.raises(CommandRefusedError, match="unknown_place"):
        taken(AdoptEstimate("I1", estimate, 0.9, "HS-GONE"))
    with pytest.raises(CommandRefusedError, match="incident_closed"):
        taken(command(), closed_us=5)
