"""The situation as map items and words."""

import msgspec
import pytest
from immutables import Map

from maps.scene import (
    SceneWords,
    ZoneItems,
    build_scene,
    distance_text,
    preview_items,
    route_item,
    zone_item,
)
from models.basics import LatLon, Name, Wind
from models.dispatch.ports import Route
from models.hazard.ports import ReceptorHit
from models.operation.situation import Situation, TeamState
from models.registry.kinds import Feature
from tests.unit.maps.world import (
    ORIGIN,
    alarm,
    incident,
    near,
    order,
    park,
    sector,
    situation,
    zone,
)

WORDS = SceneWords()


def live(state: Situation) -> dict[str, dict[str, object]]:
    return dict(build_scene(state, park(), WORDS).live)


def test_that_an_alarm_stands_at_its_tag_with_shape_ring_and_value() -> None:
    item = live(situation())["tags/GT-1"]
    assert (item["style"], item["ring"], item["sub"]) == ("alarm.1", "severity.1", "21.4 ppm")
    assert item["lat"] == near(120, 0).lat_deg


def test_that_an_acknowledged_alarm_has_no_ring() -> None:
    state = situation(alarms=Map({"a": alarm(state="acknowledged")}))
    assert live(state)["tags/GT-1"]["ring"] == ""


def test_that_the_worst_standing_alarm_of_a_tag_is_shown() -> None:
    mild, severe = alarm(priority=3), alarm(priority=2, state="acknowledged")
    shelved = alarm(priority=1, state="shelved")
    state = situation(alarms=Map({"a": mild, "b": severe, "c": shelved}))
    assert live(state)["tags/GT-1"]["style"] == "alarm.2"


def test_that_a_shelved_alarm_is_shown_as_off_not_as_normal() -> None:
    state = situation(alarms=Map({"a": alarm(state="shelved")}))
    assert live(state)["tags/GT-1"]["style"] == "alarm.off"


def test_that_a_normal_alarm_is_not_drawn() -> None:
    state = situation(alarms=Map({"a": alarm(state="normal")}))
    assert "tags/GT-1" not in live(state)


def test_that_an_alarm_without_a_placed_tag_stands_at_its_hazard_source() -> None:
    state = situation(alarms=Map({"a": alarm(tag="UNKNOWN")}))
    assert live(state)["tags/UNKNOWN"]["lat"] == ORIGIN.lat_deg


def test_that_a_stale_tag_is_marked_unless_its_alarm_stands() -> None:
    quiet = situation(alarms=Map(), stale_tags=Map({"GT-1": 1}))
    assert live(quiet)["tags/GT-1"]["style"] == "stale"
    loud = situation(stale_tags=Map({"GT-1": 1}))
    assert live(loud)["tags/GT-1"]["style"] == "alarm.1"


def test_that_a_receptor_in_a_zone_is_named_with_people_and_arrival() -> None:
    item = live(situation())["receptors/R1"]
    assert (item["label"], item["sub"]) == ("School", "412 people · 5 min")
    assert (item["rank"], item["sub_ink"]) == (2, "zone_text.2")


def test_that_a_closed_or_merged_incident_leaves_the_map_with_its_zones() -> None:
    closed = msgspec.structs.replace(incident(), closed_us=5)
    state = situation(incidents=Map({"I1": closed}))
    scene = build_scene(state, park(), WORDS)
    assert "incidents/I1" not in scene.live
    assert scene.zones == {}
    merged = msgspec.structs.replace(incident(), merged_into="I2")
    assert "incidents/I1" not in live(situation(incidents=Map({"I1": merged})))


def test_that_a_ready_team_at_its_base_is_left_to_the_bulk_points() -> None:
    teams = Map({"T1": TeamState(team_key="T1", status="ready")})
    assert "teams/T1" not in live(situation(teams=teams))


def test_that_a_team_under_way_shows_its_arrival() -> None:
    assert live(situation())["teams/T1"]["sub"] == "ETA 6:40"


def test_that_an_out_of_date_zone_stays_drawn_beside_the_new_one() -> None:
    scene = build_scene(situation(), park(), WORDS)
    assert set(scene.zones) == {"Z0", "Z1"}
    assert (scene.zones["Z0"]["stale"], scene.zones["Z0"]["stale_text"]) == (True, "OUT OF DATE")
    assert scene.zones["Z1"]["stale"] is False


def test_that_a_zone_goes_only_when_it_is_withdrawn() -> None:
    gone = msgspec.structs.replace(zone(), withdrawn_us=9)
    assert build_scene(situation(zones=Map({"Z1": gone})), park(), WORDS).zones == {}
    replaced = msgspec.structs.replace(zone(), replaced_by="Z2")
    kept = build_scene(situation(zones=Map({"Z1": replaced})), park(), WORDS).zones
    assert (kept["Z1"]["stale"], kept["Z1"]["stale_text"]) == (True, "replaced")


def test_that_a_zone_that_did_not_change_keeps_its_item() -> None:
    zone_items = ZoneItems()

    def item(state: Situation, words: SceneWords = WORDS) -> object:
        return build_scene(state, park(), words, zone_items=zone_items).zones["Z1"]

    first = item(situation())
    assert item(situation()) is first
    changed = msgspec.structs.replace(situation().zones["Z1"], out_of_date="wind")
    stale = item(situation(zones=Map({"Z1": changed})))
    assert stale == zone_item(changed, WORDS) != first
    assert item(situation(), SceneWords(arrival_now="now")) is not first


def test_that_the_worst_level_is_drawn_last_and_in_the_strongest_colour() -> None:
    levels = build_scene(situation(), park(), WORDS).zones["Z1"]["levels"]
    assert [level["severity"] for level in levels] == [3, 2, 1]
    assert levels[-1]["label"] == "AEGL-3 20\u00a0ppm · 0.6\u00a0km"
    assert levels[-1]["rings"][0][0] == [ORIGIN.lat_deg, ORIGIN.lon_deg]


def test_that_the_newest_zone_speaks_over_the_map_worst_level_first() -> None:
    lines = build_scene(situation(), park(), WORDS).notes["lines"]
    assert lines[0]["text"].startswith("AEGL-3 20\u00a0ppm 0.6\u00a0km · AEGL-2")
    assert lines[1]["text"] == "1 places, 412 people inside"
    assert {"text": "Low wind: doubt it.", "severity": 2} in lines


def test_that_people_nobody_has_counted_are_never_zero() -> None:
    (hit,) = zone().result.receptors
    unknown = msgspec.structs.replace(hit, receptor_key="R9", people=None)

    def said(*hits: ReceptorHit) -> str:
        result = msgspec.structs.replace(zone().result, receptors=hits)
        zones = Map({"Z1": msgspec.structs.replace(zone(), result=result)})
        return build_scene(situation(zones=zones), park(), WORDS).notes["lines"][1]["text"]

    assert said(unknown) == "1 places inside, people to be verified"
    assert said(hit, unknown) == "2 places inside, at least 412 people"


def test_that_an_incident_without_zones_says_nothing() -> None:
    assert build_scene(situation(), park(), WORDS, "I9").notes == {"lines": []}


def test_that_an_out_of_date_zone_alone_says_so_first() -> None:
    state = situation(zones=Map({"Z0": zone("Z0", 90.0, "wind turned")}))
    lines = build_scene(state, park(), WORDS).notes["lines"]
    assert {"text": "OUT OF DATE: wind turned", "severity": 1} in lines


def test_that_masts_that_disagree_are_both_shown() -> None:
    masts = (
        Wind(from_deg=247, speed_m_s=3.2, stability="F"),
        Wind(from_deg=290, speed_m_s=2.0, stability="F"),
    )
    wind = build_scene(situation(masts=masts, masts_disagree=True), park(), WORDS).wind
    assert (wind["from_deg"], wind["severity"]) == ([247, 290], 2)
    assert wind["lines"][-1] == {"text": "masts disagree", "severity": 2}
    calm = build_scene(situation(masts=masts), park(), WORDS).wind
    assert (calm["from_deg"], calm["severity"]) == ([247], 0)


def test_that_no_wind_and_an_old_wind_are_said() -> None:
    none = build_scene(situation(masts=()), park(), WORDS).wind
    assert none["lines"] == [{"text": "no wind reading", "severity": 2}]
    old = Wind(from_deg=1, speed_m_s=1, stability="D", observed_us=1)
    late = build_scene(situation(masts=(old,), recorded_us=400_000_000), park(), WORDS).wind
    assert late["lines"][-1]["text"] == "wind reading is old"


@pytest.mark.parametrize(
    ("state", "drawn", "dashed"),
    [("issued", 1, True), ("started", 1, False), ("reported", 0, False), ("cancelled", 0, False)],
)
def test_that_routes_of_open_orders_are_drawn(state: str, drawn: int, dashed: bool) -> None:
    scene = build_scene(situation(orders=Map({"O1": order(state)})), park(), WORDS)
    assert len(scene.routes) == drawn
    assert [route["dashed"] for route in scene.routes.values()] == [dashed] * drawn
    assert ("orders/O1" in scene.live) == bool(drawn)


def test_that_a_proposed_route_is_dashed() -> None:
    route = Route(team_key="T1", eta_s=1.0, distance_m=1.0, line=sector(10, 0)[:2])
    assert route_item("proposal/T1", route)["dashed"] is True


@pytest.mark.parametrize(
    ("metres", "text"), [(499, "500\u00a0m"), (500, "0.5\u00a0km"), (9_960, "10\u00a0km")]
)
def test_that_distances_are_short(metres: float, text: str) -> None:
    assert distance_text(metres) == text


def test_that_each_mast_has_an_arrow_that_flies_with_its_wind() -> None:
    rows = park().add(
        Feature(key="MAST-1", name=Name(en="Mast 1"), type="mast", position=near(50, 60))
    )
    masts = (
        Wind(from_deg=247.0, speed_m_s=3.2, stability="F", source="MAST-1", observed_us=1),
        Wind(from_deg=10.0, speed_m_s=2.0, stability="D", source="entered"),
    )
    scene = build_scene(situation(masts=masts, recorded_us=10), rows, SceneWords())
    arrows = [item for item in scene.live.values() if item["layer"] == "wind"]
    assert [item["id"] for item in arrows] == ["features/MAST-1"]
    assert arrows[0]["heading_deg"] == pytest.approx(67.0)
    assert (arrows[0]["label"], arrows[0]["faded"]) == ("3.2 m/s · 247°", False)


def test_that_an_old_wind_fades_at_its_mast_and_says_so() -> None:
    rows = park().add(
        Feature(key="MAST-1", name=Name(en="Mast 1"), type="mast", position=near(50, 60))
    )
    masts = (Wind(from_deg=350.0, speed_m_s=1.0, stability="D", source="MAST-1", observed_us=1),)
    scene = build_scene(situation(masts=masts, recorded_us=400_000_001), rows, SceneWords())
    arrow = scene.live["features/MAST-1"]
    assert (arrow["faded"], arrow["sub"]) == (True, "wind reading is old")
    assert arrow["heading_deg"] == pytest.approx(170.0)


def test_that_contours_are_lines_of_their_own_and_name_their_largest_part_only() -> None:
    result = zone().result
    level = result.levels[0]
    small = tuple(
        LatLon(31.0 + at.lat_deg / 1000, 121.0 + at.lon_deg / 1000) for at in level.rings[0]
    )
    parts = tuple(
        msgspec.structs.replace(level, probability=0.05, rings=(ring,))
        for ring in (small, level.rings[0])
    )
    (hit,) = result.receptors
    probable = msgspec.structs.replace(hit, receptor_key="S2", probability=0.12)
    contours = msgspec.structs.replace(result, levels=parts, receptors=(hit, probable))
    with_contours = msgspec.structs.replace(zone(), contours=contours)
    scene = build_scene(situation(zones=Map({"Z1": with_contours})), park(), WORDS)
    assert list(scene.zones) == ["Z1/contours", "Z1"]
    drawn = scene.zones["Z1/contours"]["levels"]
    assert {(each["layer"], each["outline"]) for each in drawn} == {("contours", True)}
    assert sorted(each["label"] for each in drawn) == ["", f"{level.label.en} 5%"]
    assert (
        next(each for each in drawn if each["label"])["rings"][0] != drawn[0]["rings"][0]
        or (drawn[0]["label"])
    )
    before = build_scene(situation(), park(), WORDS)
    assert scene.zones["Z1"] == before.zones["Z1"]
    assert not any(each["outline"] for each in scene.zones["Z1"]["levels"])


def test_that_a_preview_says_so_and_is_dashed() -> None:
    first, second = preview_items([zone().result, zone().result], WORDS).values()
    assert (first["id"], second["id"]) == ("preview/0", "preview/1")
    assert all(each["dashed"] and each["outline"] for each in first["levels"])
    assert all(each["label"].startswith("PREVIEW ") for each in first["levels"])
