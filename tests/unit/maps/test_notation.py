"""Coordinates typed and shown: every notation, there and back, and nothing guessed in silence."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from maps.datum import DATUMS, Datum
from maps.notation import Notation, parse
from maps.notation_faults import FAULTS, NotationError
from maps.notation_format import format_decimal, format_dms, format_position, format_utm
from maps.utm import UtmPlace, UtmRangeError, band_of, from_utm, to_utm, zone_of
from models.basics import LatLon

BALTIMORE = (39.290278, -76.6125)
SHANGHAI = (31.2, 121.5)


@pytest.mark.parametrize(
    "text",
    [
        "39.290278N 76.6125W", "39.290278 N, 76.6125 W", "N39.290278 W76.6125",
        "N39.290278 76.6125W", "39.290278N W76.6125", "76.6125W 39.290278N",
        "39°17'25\"N, 76°36'45\"W", "39°17′25″N 76°36′45″W", "39 17 25 N 76 36 45 W",
        "39º17’25”N 76º36’45”W", "39°17''25N 76°36'45''W".replace("17''25", "17'25''"),
        "39-17-25N 76-36-45W", "391725N 0763645W", "3917.41667N 07636.75W",
        "39°17.41667'N 76°36.75'W", "39d17m25\"N 76d36m45\"W",
        "39 deg 17 min 25 sec north, 76 deg 36 min 45 sec west",
        "北纬39度17分25秒 西经76度36分45秒", "北纬39度17分25秒，西经76度36分45秒",
        "西经76°36′45″，北纬39°17′25″", "３９．２９０２７８Ｎ，７６．６１２５Ｗ",
        "39.290278°N; 76.6125°W", "lat: 39.290278, lon: -76.6125", "Lat=39.290278 Lng=-76.6125",
        "纬度：39.290278　经度：-76.6125", "latitude 39.290278 N, longitude 76.6125 W",
        "39.290278N, -76.6125", "39.290278, 76.6125W", "39°17'25\"北 76°36'45\"西",
        "\u200e39.290278N 76.6125W\u200f", "(39.290278N / 76.6125W)",
    ],
)  # fmt: skip
def test_that_named_hemispheres_give_one_place_however_they_are_written(text: str) -> None:
    (found,) = parse(text)
    assert (found.lat_deg, found.lon_deg) == pytest.approx(BALTIMORE, abs=2e-6)
    assert found.reason == "named"


@pytest.mark.parametrize("north", [True, False])
@pytest.mark.parametrize("east", [True, False])
def test_that_each_hemisphere_has_its_sign(north: bool, east: bool) -> None:
    lat, lon = 30.5 if north else -30.5, 120.25 if east else -120.25
    ns, ew = "N" if north else "S", "E" if east else "W"
    zh_ns, zh_ew = "北纬" if north else "南纬", "东经" if east else "西经"
    for text in (
        f"30.5{ns} 120.25{ew}", f"{zh_ns}30度30分 {zh_ew}120度15分", f"{lat}, {lon}",
        f"{ew}120°15' {ns}30°30'",
    ):  # fmt: skip
        assert (parse(text)[0].lat_deg, parse(text)[0].lon_deg) == (lat, lon)


def test_that_two_bare_numbers_are_both_orders_where_both_are_possible() -> None:
    first, second = parse("39.28 76.6")
    assert (first.lat_deg, first.lon_deg, first.reason) == (39.28, 76.6, "latitude_first")
    assert (second.lat_deg, second.lon_deg, second.reason) == (76.6, 39.28, "longitude_first")


@pytest.mark.parametrize(
    "text", ["121.5,31.2", "121.5 31.2", "１２１．５，３１．２", "121。5，31。2"]
)
def test_that_only_one_order_is_offered_where_the_other_leaves_the_earth(text: str) -> None:
    (found,) = parse(text)
    assert (found.lat_deg, found.lon_deg) == SHANGHAI
    assert found.reason == "only_longitude_first"


def test_that_a_minus_of_zero_degrees_is_kept() -> None:
    assert (parse("-0°30' 0°15'")[0].lat_deg, parse("-0°30' 0°15'")[0].lon_deg) == (-0.5, 0.25)


def test_that_the_letter_n_after_a_zone_is_the_hemisphere_where_the_band_does_not_fit() -> None:
    (found,) = parse("18N 360000 4350000")
    assert (found.lat_deg, found.lon_deg) == pytest.approx((39.28806, -76.62334), abs=1e-5)
    assert (found.notation, found.reason) == ("utm", "utm_north")


def test_that_the_letter_s_after_a_zone_is_the_south_and_the_band_where_both_fit() -> None:
    south, band = parse("18S 360000 4350000")
    assert (south.reason, band.reason) == ("utm_south", "utm_band")
    assert south.lat_deg < -50 < 39 < band.lat_deg


def test_that_a_zone_without_a_letter_is_both_hemispheres() -> None:
    assert [c.reason for c in parse("18 360000 4350000")] == ["utm_north", "utm_south"]


@pytest.mark.parametrize(
    "text",
    ["UTM 50N 448000E 4418000N", "50北 448000 4418000", "zone 50 north 448000 m, 4418000 m",
     "50N 448000mE 4418000mN", "５０Ｎ　４４８０００　４４１８０００", "50S 448000 4418000",
     "UTM 50N E=448000 N=4418000"],
)  # fmt: skip
def test_that_a_grid_position_is_read_however_it_is_written(text: str) -> None:
    places = [(c.lat_deg, c.lon_deg) for c in parse(text)]
    assert places[-1] == pytest.approx((39.91049, 116.39161), abs=1e-5)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"), ("   ", "empty"), ("N E", "empty"), ("39.28", "one_number"),
        ("1 " * 101, "too_long"), ("abc", "not_understood"), ("39.28-76.6", "not_understood"),
        ("<script>alert(1)</script>", "not_understood"), ("39.28N ٣W", "not_understood"),
        ("39,28N 76,6W", "decimal_comma"), ("39,28 76,6", "decimal_comma"),
        ("1, 2, 3", "too_many_numbers"), ("39 17 25 76 36", "too_many_numbers"),
        ("-39.28S 76.6W", "sign_and_letter"), ("39N 40N", "same_axis"),
        ("39°61'N 3°E", "sixty"), ("39°1'60\"N 3°E", "sixty"), ("39.5°17'N 5°E", "fraction"),
        ("39°-17'N 5°E", "fraction"), ("17'39°N 5°E", "order_of_marks"),
        ("25\"N 5°E", "order_of_marks"), ("99N 5E", "latitude_range"),
        ("99 99", "latitude_range"), ("45N 181E", "longitude_range"),
        ("181 45", "longitude_range"), ("61N 360000 4350000", "utm_zone"),
        ("0N 360000 4350000", "utm_zone"), ("18N 90000 4350000", "utm_easting"),
        ("18N 360000 10000001", "utm_northing"), ("18T 360000 4350000", "utm_band"),
    ],
)  # fmt: skip
def test_that_a_text_without_coordinates_is_refused_with_its_reason(text: str, fault: str) -> None:
    with pytest.raises(NotationError) as refused:
        parse(text)
    assert refused.value.fault == fault
    assert "{" not in str(refused.value)
    assert fault in FAULTS


def test_that_a_wrong_band_is_told_with_the_right_one() -> None:
    with pytest.raises(NotationError) as refused:
        parse("18T 360000 4350000")
    assert refused.value.part == "S"


def test_that_a_candidate_is_in_the_datum_that_was_chosen() -> None:
    gcj, wgs = parse("31.2N 121.5E", "GCJ02")[0], parse("31.2N 121.5E")[0]
    assert (gcj.lat_deg, gcj.lon_deg) == (wgs.lat_deg, wgs.lon_deg) == SHANGHAI
    assert wgs.position() == LatLon(*SHANGHAI)
    apart_m = math.hypot(
        gcj.position().lat_deg - 31.2,
        (gcj.position().lon_deg - 121.5) * math.cos(math.radians(31.2)),
    ) * 111_320  # fmt: skip
    assert 300 < apart_m < 800


@pytest.mark.parametrize(
    ("place", "zone"),
    [((39.28, -76.6), 18), ((60.4, 5.3), 32), ((55.9, 5.3), 31), ((78.2, 8.9), 31),
     ((78.2, 9.1), 33), ((78.2, 20.9), 33), ((78.2, 21.1), 35), ((78.2, 41.9), 37),
     ((78.2, 42.1), 38), ((0.0, 180.0), 1), ((0.0, -180.0), 1), ((0.0, 179.9), 60)],
)  # fmt: skip
def test_that_zones_keep_their_exceptions(place: tuple[float, float], zone: int) -> None:
    assert zone_of(*place) == zone


def test_that_the_poles_have_no_utm() -> None:
    assert band_of(84.1) == band_of(-80.1) == ""
    with pytest.raises(UtmRangeError, match="80° S to 84° N"):
        to_utm(84.5, 10.0)
    with pytest.raises(ValueError, match="zone"):
        from_utm(UtmPlace(61, south=False, easting_m=500_000, northing_m=0))


def test_that_seconds_are_never_sixty() -> None:
    assert format_dms(LatLon(29.999999999, -0.9999999999)) == "30°00′00.00″N 1°00′00.00″W"


def test_that_each_notation_is_shown_in_both_languages() -> None:
    place = LatLon(-33.9, 151.2)
    assert format_decimal(place) == "33.900000°S 151.200000°E"
    assert format_dms(place, language="zh") == "南纬33°54′00.00″ 东经151°12′00.00″"
    assert format_utm(place) == "56S 333569 6247473"
    assert format_position(place, "dms") == format_dms(place)


positions = st.builds(LatLon, st.floats(-90, 90), st.floats(-180, 180))
languages = st.sampled_from(["zh", "en"])


@given(positions, st.sampled_from(["decimal", "dms"]), languages, st.sampled_from(DATUMS))
@example(LatLon(90.0, 180.0), "dms", "zh", "BD09")
@example(LatLon(-90.0, -180.0), "decimal", "en", "WGS84")
def test_that_what_is_shown_in_degrees_is_read_back(
    position: LatLon, notation: Notation, language: str, datum: Datum
) -> None:
    text = format_position(position, notation, datum, language)
    (found,) = parse(text, datum)
    written = parse(format_decimal(position, datum, digits=12), datum)[0]
    assert found.notation == notation
    assert found.lat_deg == pytest.approx(written.lat_deg, abs=2e-6)
    assert found.lon_deg == pytest.approx(written.lon_deg, abs=2e-6)


@given(st.builds(LatLon, st.floats(-80, 84), st.floats(-180, 180)))
@example(LatLon(-0.0000001, 0.0))
@example(LatLon(84.0, 180.0))
@example(LatLon(-80.0, -180.0))
def test_that_what_is_shown_as_utm_is_among_what_is_read_back(position: LatLon) -> None:
    found = parse(format_utm(position))
    nearest_m = min(
        math.hypot(
            c.lat_deg - position.lat_deg,
            (((c.lon_deg - position.lon_deg) + 180) % 360 - 180)
            * math.cos(math.radians(position.lat_deg)),
        ) * 111_320
        for c in found
    )  # fmt: skip
    assert nearest_m < 1.5


@given(positions, st.sampled_from(DATUMS))
def test_that_every_candidate_has_a_place_on_earth(position: LatLon, datum: Datum) -> None:
    for found in parse(f"{position.lat_deg:f}, {position.lon_deg:f}", datum):
        place = found.position()
        assert abs(place.lat_deg) <= 90 and abs(place.lon_deg) <= 180  # noqa: PT018


ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789.,;-+°'\" NSEW北纬东经度分秒UTM/", max_size=40),
)


@given(ANY_TEXT)
def test_that_any_text_gives_places_on_earth_or_a_reason(text: str) -> None:
    fault, places = "", []
    try:
        places = [(c.lat_deg, c.lon_deg) for c in parse(text)]
    except NotationError as refused:
        fault = refused.fault
    assert fault in FAULTS or 1 <= len(places) <= 2
    assert all(abs(lat) <= 90 and abs(lon) <= 180 for lat, lon in places)
