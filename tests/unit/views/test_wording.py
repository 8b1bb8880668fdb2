import msgspec
import pytest

from maps.notation import parse
from models.basics import LatLon, Wind
from models.registry.kinds import Limit
from models.times import SECOND_US
from views.i18n import Translator
from views.tools.sample import NOW_US
from views.wording import Wording


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00"), (42, "00:42"), (3_599, "59:59"), (3_600, "1:00:00"), (97_440, "1 d 03:04")],
)
def test_that_durations_read_as_clocks(wording: Wording, seconds: int, shown: str) -> None:
    assert wording.duration(seconds * SECOND_US) == shown


def test_that_a_countdown_turns_overdue_at_its_due_time(wording: Wording) -> None:
    due_us = NOW_US + 78 * SECOND_US
    assert wording.countdown(due_us, NOW_US) == "01:18 left"
    assert wording.countdown(due_us, due_us - 1) == "00:01 left"
    assert wording.countdown(due_us, due_us) == "overdue 00:00"
    assert wording.countdown(due_us, due_us + 42 * SECOND_US) == "overdue 00:42"


def test_that_ages_name_their_unit(wording: Wording) -> None:
    ages = [wording.ago(NOW_US - s * SECOND_US, NOW_US) for s in (4, 130, 7_300)]
    assert ages == ["4 s ago", "2 min ago", "2 h ago"]


def test_that_a_time_of_another_day_has_its_date(wording: Wording) -> None:
    assert wording.time(NOW_US, NOW_US) == wording.clock(NOW_US)
    day_us = 86_400 * SECOND_US
    assert wording.time(NOW_US - day_us, NOW_US) == f"11-19 {wording.clock(NOW_US)}"
    assert wording.time(NOW_US - 365 * day_us, NOW_US).startswith("2025-11-20 ")


def test_that_times_are_in_the_zone_of_the_site(wording: Wording) -> None:
    assert wording.clock(0) == "08:00:00"
    assert wording.date(0) == "Thu 1 Jan"


def test_that_dates_follow_the_language(wording: Wording, translator: Translator) -> None:
    translator.choose("zh")
    assert wording.date(0) == "01-01 周四"
    assert wording.countdown(0, 42 * SECOND_US) == "超时 00:42"
    assert wording.order_state("issued").text == "未签收"


@pytest.mark.parametrize(
    ("from_deg", "arrow"),
    [(0, "↓"), (45, "↙"), (90, "←"), (180, "↑"), (247, "↗"), (270, "→"), (315, "↘"), (359, "↓")],
)
def test_that_the_wind_arrow_points_where_the_air_goes(
    wording: Wording, from_deg: float, arrow: str
) -> None:
    wind = Wind(from_deg=from_deg, speed_m_s=3.2, stability="F")
    assert wording.wind_arrow(wind) == arrow
    assert f"from {from_deg:03.0f}°" in wording.wind(wind)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.62, "0.62 MPa"), (21.44, "21.4 MPa"), (412.0, "412 MPa"), (1234.5, "1,234 MPa"),
     (float("nan"), "— MPa")],
)  # fmt: skip
def test_that_numbers_keep_three_places_and_their_unit(
    wording: Wording, value: float, shown: str
) -> None:
    assert wording.number(value, "MPa") == shown


def test_that_every_state_has_a_word_in_both_languages(
    wording: Wording, translator: Translator
) -> None:
    asked = {
        wording.alarm_state: "normal unacknowledged acknowledged returned_unacknowledged shelved "
        "suppressed out_of_service latched_unacknowledged latched_acknowledged",
        wording.order_state: "issued received started reported cancelled",
        wording.task_state: "waiting assigned finished dropped",
        wording.card_state: "open verifying verified closed",
        wording.verification: "real process_upset instrument calibration permit_work no_answer",
        wording.team_status: "ready committed under_way on_site unavailable",
    }
    for word, states in asked.items():
        for state in states.split():
            translator.choose("en")
            english = word(state).text
            translator.choose("zh")
            assert "_" not in english
            assert word(state).text != english


def test_that_a_place_is_written_in_the_chosen_notation_with_its_datum(wording: Wording) -> None:
    place = LatLon(39.908823, 116.39747)
    assert wording.place(place).endswith(" · WGS 84")
    wording.set_coordinates("dms", "GCJ02")
    shown, _, datum = wording.place(place).partition(" · ")
    assert datum == "GCJ-02"
    assert "°" in shown
    (back,) = {candidate.position() for candidate in parse(shown, "GCJ02")}
    assert abs(back.lat_deg - place.lat_deg) < 1e-5
    assert abs(back.lon_deg - place.lon_deg) < 1e-5


def test_that_a_place_beyond_utm_is_written_in_degrees(wording: Wording) -> None:
    wording.set_coordinates("utm", "WGS84")
    assert wording.place(LatLon(31.2, 121.5)).startswith("51")
    assert "°" in wording.place(LatLon(89.0, 10.0))


def test_that_a_priority_says_what_it_was_chosen_by(wording: Wording) -> None:
    limit = Limit(kind="H", value=1.0, priority=1)
    assert wording.priority_reason(limit) == ""
    chosen = msgspec.structs.replace(limit, consequence="major", respond_s=300.0)
    assert wording.priority_reason(chosen) == "major consequence, 05:00 to respond"
    other = msgspec.structs.replace(chosen, priority=3)
    assert wording.priority_reason(other).endswith(
        f"; by the grid it would be {wording.priority(1)}"
    )
