"""Domino judgements and fires' zones in the fold, the zone watch and the report."""

from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from models.basics import LatLon, Name, Wind
from models.hazard.fires import DominoEvent, DominoHit, DominoTable, FireCase
from models.hazard.ports import Input, ZoneLevel, ZoneResult
from models.operation.events import incident, zone
from models.operation.reporting import ReportWriter
from models.operation.situation import Situation, Zone
from models.operation.zone_watch import ZoneWatch
from tests.unit.models.operation.stories import Teller
from tests.unit.models.operation.test_fold_incidents import HERE, _opening
from tests.unit.models.operation.test_reporting import OPENED, _events

HIT = DominoHit(
    key="T-2", name=Name("苯罐", "Tank 2"), vessel="atmospheric", effect="heat", distance_m=40.0,
    received=26e3, threshold=15e3, unit="W/m²", ratio=26 / 15, escalates=True, source="S",
    verified=False, verdict="may_fail",
)  # fmt: skip
COOL = DominoHit(
    key="T-3", name=Name("远罐", "Tank 3"), vessel="atmospheric", effect="heat", distance_m=400.0,
    received=1e3, threshold=15e3, unit="W/m²", ratio=1 / 15, escalates=False, source="S",
    verified=False,
)  # fmt: skip
CASE = FireCase(
    key="pool_fire:large", name=Name("池火", "Pool fire"), how="x", source="S",
    event=DominoEvent(kind="pool_fire", diameter_m=20, burn_kg_m2_s=0.085),
)  # fmt: skip


def table(*hits: DominoHit, burning: bool = True) -> DominoTable:
    return DominoTable(
        case=CASE, source_key="T-1", source_name=Name("罐", "Tank 1"), position=HERE,
        burning=burning, hits=hits,
    )  # fmt: skip


def fire(*, burning: bool = True, wind: Wind | None = None) -> ZoneResult:
    level = ZoneLevel(
        key="heat1", label=Name("疼痛", "Pain"), severity=1, threshold=2.0, unit="kW/m²", rings=(),
        reach_m=120.0,
    )  # fmt: skip
    said = Input(name="burning", value="yes" if burning else "no")
    return ZoneResult(
        kind="fire", model="Pool fire (solid flame)", model_version="1.0", origin=HERE,
        levels=(level,), inputs=(said,), wind=wind,
    )  # fmt: skip


def test_that_the_last_judgement_stands_with_its_incident() -> None:
    teller = Teller()
    teller.tell(_opening("I-1"), "I1")
    teller.tell(zone.DominoJudged(table=table(HIT, COOL)), "I1")
    found = teller.situation.incidents["I1"].domino
    assert found is not None
    assert found.at_risk == (HIT,)
    teller.tell(zone.DominoJudged(table=None), "I1")
    assert teller.situation.incidents["I1"].domino is None
    teller.tell(zone.DominoJudged(table=table(HIT)), "unknown")
    assert "unknown" not in teller.situation.incidents


def test_that_those_that_may_fail_are_named_before_those_that_bear_it_too_shortly() -> None:
    short = replace(HIT, key="T-9", ratio=3.0, verdict="too_short")
    judged = table(short, HIT, COOL)
    assert judged.at_risk == (HIT, short)
    assert judged.may_fail == (HIT,)


def test_that_a_closed_incident_is_not_judged_any_more() -> None:
    teller = Teller()
    teller.tell(_opening("I-1"), "I1")
    teller.tell(incident.IncidentClosed(reason="over"), "I1")
    teller.tell(zone.DominoJudged(table=table(HIT)), "I1")
    assert teller.situation.incidents["I1"].domino is None


def test_that_a_fire_s_zone_of_another_place_goes_out_of_date() -> None:
    teller = Teller()
    teller.tell(_opening("I-1"), "I1")
    teller.tell(zone.ZoneDrawn(incident_id="I1", result=fire()), "F1")
    moved = incident.IncidentLocated(
        title=Name(), place=Name(en="There"), position=LatLon(30.01, 120.0), how="map"
    )
    teller.tell(moved, "I1")
    assert teller.situation.zones["F1"].out_of_date.startswith("moved")


@pytest.mark.parametrize(("from_deg", "stability", "due"), [(90.0, "F", False), (150.0, "D", True)])
def test_that_a_fire_cares_for_the_wind_but_not_for_its_stability(
    from_deg: float,
    stability: str,
    due: bool,
) -> None:
    at_first = Wind(from_deg=90.0, speed_m_s=3.0, stability="D", source="M1")
    now = Wind(from_deg=from_deg, speed_m_s=3.0, stability=stability, source="M1", observed_us=1)  # type: ignore[arg-type]
    drawn = Zone(id="F1", incident_id="I1", result=fire(wind=at_first), drawn_us=0, event_id="e")
    situation = Situation(operation_id="op", masts=(now,)).with_(
        zones=Situation(operation_id="op").zones.set("F1", drawn)
    )
    watch = ZoneWatch()
    watch.due(situation, 1)
    assert bool(watch.due(situation, 70_000_000)) == due


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (zone.DominoJudged(table=table(HIT, COOL)), "by Pool fire, 1 neighbouring"),
        (zone.DominoJudged(table=table(HIT, burning=False)), "if it ignites (Pool fire), 1"),
        (zone.DominoJudged(table=table(COOL)), "with Pool fire no neighbouring"),
        (zone.ZoneDrawn(incident_id="I", result=fire()), "the threat zone by Pool fire"),
        (zone.ZoneDrawn(incident_id="I", result=fire(burning=False)), "if it ignites, the zone"),
    ],
)
def test_that_a_report_says_whether_it_burns_and_that_it_is_an_estimate(
    payload: object, said: str
) -> None:
    writer = ReportWriter("en", ZoneInfo("Asia/Shanghai"), lambda *_: Name())
    found = [each for each in writer.write(_events(OPENED, payload)) if said in each.text]
    assert len(found) == 1
    assert found[0].estimate
    assert found[0].text.startswith("Model estimate")


def test_that_a_report_names_who_is_at_risk_and_with_what() -> None:
    def text(payload: zone.DominoJudged) -> str:
        writer = ReportWriter("zh", ZoneInfo("Asia/Shanghai"), lambda *_: Name())
        return "\n".join(each.text for each in writer.write(_events(OPENED, payload)))

    assert "苯罐 26 kW/m²" in text(zone.DominoJudged(table=table(HIT, COOL)))
    blast = DominoHit(
        key="T-2", name=Name("苯罐", "T"), vessel="atmospheric", effect="overpressure",
        distance_m=4.0, received=30e3, threshold=22e3, unit="Pa", ratio=1.4, escalates=True,
        source="S", verified=False,
    )  # fmt: skip
    assert "苯罐 30 kPa" in text(zone.DominoJudged(table=table(blast)))
    assert "多米诺" not in text(zone.DominoJudged(table=None))
