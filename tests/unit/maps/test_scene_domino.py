"""Neighbours at risk on the map."""

from immutables import Map
from msgspec.structs import replace

from maps.scene import SceneWords, build_scene
from models.basics import LatLon, Name
from models.hazard.fires import DominoEvent, DominoHit, DominoTable, FireCase
from models.operation.situation import Incident
from models.operation.warned import WarningColour
from tests.unit.maps.world import ORIGIN, incident, park, situation


def hit(key: str = "H1", *, ratio: float = 2.0, verdict: str = "may_fail") -> DominoHit:
    return DominoHit(
        key=key, name=Name(en=key), vessel="atmospheric", effect="heat", distance_m=40.0,
        received=ratio * 15e3, threshold=15e3, unit="W/m²", ratio=ratio, escalates=ratio >= 1,
        source="S", verified=False, verdict=verdict,  # type: ignore[arg-type]
    )  # fmt: skip


def judged(*hits: DominoHit, **more: object) -> Incident:
    case = FireCase(
        key="vce", name=Name(en="VCE"), event=DominoEvent(kind="blast", tnt_kg=9.0), how=""
    )
    table = DominoTable(
        case=case, source_key="X", source_name=Name(), position=LatLon(30.0, 120.0), burning=True,
        hits=hits,
    )  # fmt: skip
    return replace(incident(), domino=table, **more)


def items(*incidents: Incident) -> dict[str, dict[str, object]]:
    state = situation(incidents=Map({each.id: each for each in incidents}))
    return dict(build_scene(state, park(), SceneWords()).live)


def test_that_a_source_at_risk_is_ringed_and_says_why() -> None:
    item = items(judged(hit()))["hazard-sources/H1"]
    assert (item["lat"], item["lon"]) == (ORIGIN.lat_deg, ORIGIN.lon_deg)
    assert (item["ring"], item["layer"], item["label"]) == (
        "severity.1", "alarms", "Chlorine tank",
    )  # fmt: skip
    assert item["sub"] == "domino: 30 of 15 kW/m²"


def test_that_the_worst_hit_counts_and_what_is_too_short_is_less_urgent() -> None:
    two = (judged(hit(ratio=1.2)), judged(hit(ratio=3.0, verdict="too_short"), id="I2"))
    item = items(*two)["hazard-sources/H1"]
    assert item["sub"] == "domino: 45 of 15 kW/m²"
    assert item["ring"] == "severity.2"
    again = items(*reversed(two))["hazard-sources/H1"]
    assert again["sub"] == item["sub"]


def test_that_nothing_is_ringed_without_risk_place_or_open_incident() -> None:
    assert "hazard-sources/H1" not in items(judged(hit(ratio=0.9)))
    assert "hazard-sources/H1" not in items(incident())
    assert "hazard-sources/H1" not in items(judged(hit(), closed_us=9))
    assert "hazard-sources/H9" not in items(judged(hit("H9")))


def test_that_a_blast_is_told_in_kilopascals() -> None:
    blast = replace(hit(), effect="overpressure")
    assert items(judged(blast))["hazard-sources/H1"]["sub"] == "domino: 30 of 15 kPa"


def test_that_a_source_at_risk_keeps_the_colour_of_its_warning() -> None:
    warned = WarningColour(
        hazard_source_key="H1", enterprise_key="", colour="yellow", index=30.0, parts=(), grade="",
        least="", since_us=0, event_id="e",
    )  # fmt: skip
    state = situation(incidents=Map({"I1": judged(hit())}), warning_colours=Map({"H1": warned}))
    item = build_scene(state, park(), SceneWords()).live["hazard-sources/H1"]
    assert (item["layer"], item["ring"], item["warned"]) == ("alarms", "severity.1", 3)
