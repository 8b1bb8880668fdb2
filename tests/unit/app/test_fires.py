"""Fires of an incident's source, its neighbours, and who must leave."""

import pytest
from immutables import Map
from msgspec.structs import replace

from app.fires import MOST, domino_tables, neighbours, renewed, standing_fires, zone_of
from app.shelter import advice_for
from models.basics import LatLon, Name, Wind
from models.hazard.fire_zone import event_of
from models.hazard.fires import is_burning
from models.hazard.model_choice import ChosenModel
from models.hazard.ports import Exposed, HazardInputError, Release
from models.operation.situation import Situation, Zone
from models.registry.kinds import HazardSource, Receptor
from tests.unit.app.commands.conftest import SmallReference
from tests.unit.app.test_zone_renewal import INCIDENT, WIND, _thumb

HERE = INCIDENT.position or LatLon(30.0, 120.0)
LPG = HazardSource(
    key="Q-1", name=Name("球罐", "Sphere 1"), position=HERE, type="sphere", substance="propane",
    cas="74-98-6", inventory_t=50.0,
)  # fmt: skip
TANK = replace(
    LPG, key="T-1", name=Name("苯罐", "Tank"), type="tank", substance="benzene", cas="71-43-2",
    position=LatLon(30.0004, 120.0), inventory_t=900.0,
)  # fmt: skip
FAR = replace(TANK, key="T-2", position=LatLon(30.03, 120.0))
VILLAGE = Receptor(
    key="V", name=Name(en="V"), position=LatLon(30.001, 120.0), type="village", people_day=8
)
BURNING = replace(INCIDENT, hazard_source_key="Q-1", substance="propane", cas="74-98-6")


@pytest.fixture
def situation() -> Situation:
    return Situation(operation_id="op", mode="demonstration", seq=9)


def reference(*sources: HazardSource) -> SmallReference:
    rows = {row.key: row for row in (LPG, TANK, FAR, *sources)}
    return SmallReference({HazardSource.KIND: rows, Receptor.KIND: {"V": VILLAGE}})


def drawn(table, *, zone_id="F1", us=1, **more) -> Zone:
    result = zone_of(table, reference(), 12)
    return Zone(id=zone_id, incident_id="I1", result=result, drawn_us=us, event_id="e", **more)


def at_now(situation, **zones: Zone):
    return situation.with_(incidents=Map({"I1": BURNING}), zones=Map(zones), masts=(WIND,))


def test_that_each_typical_fire_tells_what_the_neighbours_receive(situation):
    tables = domino_tables(at_now(situation), reference(), BURNING)
    assert [table.case.key for table in tables] == [
        "jet_fire:medium", "jet_fire:large", "jet_fire:full_bore", "fireball", "vce",
    ]  # fmt: skip
    for table in tables:
        assert not table.burning
        assert (table.source_name.en, table.position, table.wind) == ("Sphere 1", HERE, WIND)
        assert [hit.key for hit in table.hits] == ["T-1", "T-2"], (
            "the source itself is no neighbour"
        )
    ball = tables[3]
    assert ball.lasts_s is not None
    assert [hit.key for hit in ball.at_risk] == ["T-1"]
    assert tables[1].hits[0].fails_after_s is not None, "the tank's size follows from what it holds"


def test_that_a_fire_burns_and_comes_first_once_its_zone_stands(situation):
    fire = replace(BURNING, incident_kind="fire")
    assert all(t.burning for t in domino_tables(at_now(situation), reference(), fire))
    tables = domino_tables(at_now(situation), reference(), BURNING)
    zone = drawn(replace(tables[2], burning=True))
    now = at_now(situation, F1=zone)
    after = domino_tables(now, reference(), BURNING)
    assert [(t.case.key, t.burning) for t in after[:2]] == [
        ("jet_fire:full_bore", True), ("jet_fire:medium", False),
    ]  # fmt: skip
    assert len(after) == len(tables)
    assert after[0].hits == tables[2].hits
    unknown = reference(replace(LPG, inventory_t=None))
    assert [t.case.key for t in domino_tables(now, unknown, BURNING)] == ["jet_fire:full_bore"]


def test_that_only_standing_fires_count_the_newest_first(situation):
    table = domino_tables(at_now(situation), reference(), BURNING)[0]
    zones = {
        "F1": drawn(table), "F2": drawn(table, zone_id="F2", us=2),
        "F3": drawn(table, zone_id="F3", withdrawn_us=3),
        "F4": drawn(table, zone_id="F4", out_of_date="turn:40"),
        "F5": drawn(table, zone_id="F5", replaced_by="F2"),
        "Z1": Zone(id="Z1", incident_id="I1", result=_thumb(), drawn_us=9, event_id="e"),
    }  # fmt: skip
    found = standing_fires(at_now(situation, **zones), "I1")
    assert [zone.id for zone in found] == ["F2", "F1"]


def test_that_what_is_lacking_is_named(situation):
    def field(incident, rows) -> str:
        with pytest.raises(HazardInputError) as caught:
            domino_tables(at_now(situation), rows, incident)
        return caught.value.field

    chlorine = replace(LPG, substance="chlorine", cas="7782-50-5")
    assert field(replace(BURNING, position=None, hazard_source_key=""), reference()) == "position"
    assert field(replace(BURNING, hazard_source_key=""), reference()) == "source"
    assert field(BURNING, reference(replace(LPG, inventory_t=None))) == "inventory_t"
    assert field(BURNING, reference(replace(LPG, substance="x", cas="0"))) == "substance"
    assert field(BURNING, reference(chlorine)) == "fires"
    elsewhere = replace(BURNING, position=None)
    assert domino_tables(at_now(situation), reference(), elsewhere)[0].position == HERE


def test_that_the_nearest_neighbours_are_listed_and_the_others_counted():
    many = [
        replace(TANK, key=f"N{n}", position=LatLon(30.0 + n * 1e-5, 120.0)) for n in range(1, MOST)
    ]
    placeless = replace(TANK, key="P", position=None)
    targets, left = neighbours(reference(*many, placeless), "Q-1", HERE)
    assert (len(targets), left) == (MOST, 1)
    assert targets[0].key == "N1"
    assert "P" not in {target.key for target in targets}
    assert neighbours(reference(), "Q-1", LatLon(31.0, 120.0)) == ((), 0)


def test_that_a_vessel_s_size_follows_from_its_substance():
    gas = replace(TANK, key="G", substance="hydrogen", cas="1333-74-0")
    odd = replace(TANK, key="O", substance="x", cas="0")
    empty = replace(TANK, key="E", inventory_t=None)
    targets, _ = neighbours(reference(gas, odd, empty), "", HERE)
    size = {target.key: target.volume_m3 for target in targets}
    assert size["T-1"] == pytest.approx(900_000 / 874, rel=0.05)
    assert (size["G"], size["O"], size["E"]) == (None, None, None)


def test_that_a_zone_keeps_its_case_in_another_wind(situation):
    pool = domino_tables(at_now(situation), reference(), replace(BURNING, hazard_source_key="T-1"))[
        1
    ]
    zone = drawn(replace(pool, burning=True))
    turned = Wind(from_deg=180.0, speed_m_s=9.0, stability="D", source="M1")
    again = renewed(zone, HERE, turned, reference(), 12)
    assert again is not None
    assert (event_of(again), again.wind, is_burning(again)) == (event_of(zone.result), turned, True)
    assert [hit.receptor_key for hit in again.receptors] in ([], ["V"])
    thumb = Zone(id="Z1", incident_id="I1", result=_thumb(), drawn_us=1, event_id="e")
    assert renewed(thumb, HERE, turned, reference(), 12) is None


def test_that_nobody_in_a_fire_s_zone_is_told_to_shelter_in_or_out_of_the_cloud(situation):
    """The village is upwind: only the fire's zone holds it."""
    incident = replace(BURNING, substance="chlorine", cas="7782-50-5")
    fireball = domino_tables(at_now(situation), reference(), BURNING)[3]
    release = Release(position=HERE, substance="chlorine", release_kg_s=2.0)
    west = LatLon(30.0, 119.99)
    people = (Exposed(key="W", name=Name(en="W"), type="village", position=west, people=3),)
    cloud = ChosenModel().zone(release, WIND, people, "rural")
    zones = {
        "Z1": Zone(id="Z1", incident_id="I1", result=cloud, drawn_us=1, event_id="e"),
        "F1": drawn(fireball, us=2),
    }
    rows = SmallReference({
        HazardSource.KIND: {"Q-1": LPG},
        Receptor.KIND: {"V": VILLAGE, "W": replace(VILLAGE, key="W", position=west)},
    })  # fmt: skip
    _, advice = advice_for(at_now(situation, **zones), rows, incident, incident.opened_us + 1)
    verdicts = {each.receptor_key: (each.verdict, each.reason) for each in advice.advices}
    assert verdicts["V"] == ("leave", "no_shelter")
    assert "W" in verdicts
    without = at_now(situation, Z1=zones["Z1"])
    _, before = advice_for(without, rows, incident, incident.opened_us + 1)
    assert "V" not in {each.receptor_key for each in before.advices}
