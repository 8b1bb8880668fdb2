"""Rule-of-thumb isolation: before any model, labelled, never too small for the unknown."""

import pytest
from shapely import Point, Polygon

from models.basics import LatLon, Name, Wind
from models.hazard.ground import distance_m, to_positions
from models.hazard.isolation import isolation_distances, isolation_zone
from models.hazard.ports import Exposed, HazardInputError, ZoneResult
from models.hazard.sun import sun_elevation_deg
from models.rules import load_rules
from models.times import HOUR_US

_HERE = LatLon(31.0, 121.0)
_WEST = Wind(from_deg=270.0, speed_m_s=3.0, stability="D")
_NOON_US = 1_718_942_400_000_000  # 2024-06-21 04:00 UTC: noon at 120° E


def _zone(**changes: object) -> ZoneResult:
    arguments: dict[str, object] = {
        "position": _HERE, "substance": "液氯", "cas": "", "incident_kind": "toxic_leak",
        "wind": _WEST, "now_us": _NOON_US, **changes,
    }  # fmt: skip
    return isolation_zone(**arguments)  # type: ignore[arg-type]


def _codes(zone: ZoneResult) -> set[str]:
    return {caution.code for caution in zone.warnings}


def _at(downwind: float, crosswind: float = 0.0) -> LatLon:
    [position] = to_positions(_HERE, [downwind], [crosswind], 270.0)
    return position


def test_that_the_zone_is_labelled_a_rule_of_thumb_with_its_source() -> None:
    zone = _zone()
    assert (zone.kind, zone.model) == ("rule_of_thumb", "isolation table")
    assert {"rule_of_thumb", "unverified_distances", "spill_assumed"} <= _codes(zone)
    assert all(level.unverified and "recalled" in level.source for level in zone.levels)


def test_that_nothing_known_gives_at_least_100_m_in_all_directions() -> None:
    zone = _zone(substance="", wind=None, now_us=None)
    [level] = zone.levels
    assert level.reach_m == 100.0
    assert all(distance_m(_HERE, p) == pytest.approx(100.0, abs=0.01) for p in level.rings[0])
    assert {"unknown_substance", "no_wind", "night_assumed"} <= _codes(zone)


@pytest.mark.parametrize("kind", ["fire", "explosion"])
def test_that_fire_takes_the_fragments_distance(kind: str) -> None:
    assert _zone(substance="", incident_kind=kind).levels[0].reach_m == 800.0
    lpg = _zone(substance="LPG", incident_kind=kind)
    assert lpg.levels[0].reach_m == 1600.0
    assert "fire_fragments" in _codes(lpg)


def test_that_night_and_a_large_spill_protect_farther() -> None:
    day = _zone()
    night = _zone(now_us=_NOON_US + 12 * HOUR_US)
    small = _zone(spill="small")
    assert night.levels[1].reach_m > day.levels[1].reach_m > small.levels[1].reach_m
    assert "spill_assumed" not in _codes(small)


def test_that_protection_lies_downwind_and_isolation_all_around() -> None:
    isolation, protection = _zone().levels
    assert (isolation.key, isolation.severity) == ("isolation", 3)
    area = Polygon([(p.lon_deg, p.lat_deg) for p in protection.rings[0]])
    assert area.is_valid
    far = protection.reach_m * 0.99
    assert area.contains(Point(_at(far).lon_deg, _at(far).lat_deg))
    upwind = _at(-isolation.reach_m * 1.1)
    assert not area.contains(Point(upwind.lon_deg, upwind.lat_deg))


def test_that_without_a_wind_or_in_a_calm_protection_is_a_circle() -> None:
    for wind in (None, Wind(from_deg=0.0, speed_m_s=0.2, stability="F")):
        level = _zone(wind=wind).levels[1]
        assert all(
            distance_m(_HERE, p) == pytest.approx(level.reach_m, rel=1e-6) for p in level.rings[0]
        )


def test_that_receptors_are_counted_by_the_worst_level() -> None:
    def exposed(key: str, place: LatLon) -> Exposed:
        return Exposed(key=key, name=Name(en=key), type="village", position=place, people=None)

    receptors = (
        exposed("far", _at(2000.0)),
        exposed("near", _at(-90.0)),
        exposed("upwind", _at(-2000.0)),
    )
    hits = _zone(receptors=receptors).receptors
    assert [(h.receptor_key, h.level_key) for h in hits] == [
        ("near", "isolation"),
        ("far", "protection"),
    ]
    around = _zone(receptors=receptors, wind=None).receptors
    assert {h.receptor_key for h in around} == {"near", "far", "upwind"}
    plain = _zone(receptors=receptors, substance="").receptors
    assert [h.receptor_key for h in plain] == ["near"]


@pytest.mark.parametrize(
    ("field", "wind"),
    [
        ("wind.speed_m_s", Wind(from_deg=0.0, speed_m_s=300.0, stability="D")),
        ("wind.from_deg", Wind(from_deg=-1.0, speed_m_s=3.0, stability="D")),
    ],
)
def test_that_a_senseless_wind_is_refused(field: str, wind: Wind) -> None:
    with pytest.raises(HazardInputError) as caught:
        _zone(wind=wind)
    assert caught.value.field == field


def test_that_wind_picks_the_column() -> None:
    calm, breeze, gale = (
        isolation_distances("chlorine", wind_m_s=speed).protect_m for speed in (0.0, 4.0, 9.0)
    )
    assert calm > breeze > gale


def test_that_a_substance_is_found_by_cas_by_name_and_by_another_name() -> None:
    by_cas = isolation_distances("", "7782-50-5")
    assert by_cas == isolation_distances("chlorine") == isolation_distances("UN1017")
    assert not isolation_distances("no such thing").known
    assert not isolation_distances("acetylene").known  # has levels of concern, but no row


def test_that_every_row_is_whole() -> None:
    rules = load_rules("isolation_distances")
    for row in [rules["unknown"], *rules["substance"]]:
        for spill in ("small", "large"):
            assert row[spill]["isolate_m"] >= 30
            assert len(row[spill]["day_m"]) == len(row[spill]["night_m"]) == 3
            pairs = zip(row[spill]["day_m"], row[spill]["night_m"], strict=True)
            assert all(day <= night for day, night in pairs)
        assert row["fire_m"] >= 800
        assert row["verified"] is False


def test_that_the_sun_is_up_by_day_and_down_by_night() -> None:
    assert sun_elevation_deg(LatLon(31.0, 120.0), _NOON_US) == pytest.approx(82.4, abs=0.5)
    assert sun_elevation_deg(LatLon(31.0, 120.0), _NOON_US + 12 * HOUR_US) < -30
