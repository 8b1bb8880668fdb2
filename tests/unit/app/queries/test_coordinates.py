"""Positions as people type them."""

import pytest

from app.queries.coordinates import parse_position
from models.basics import LatLon


@pytest.mark.parametrize(
    ("text", "lat_deg", "lon_deg"),
    [
        ("39.2861, -76.6120", 39.2861, -76.612),
        ("N31.2 E121.4", 31.2, 121.4),
        ("31.2N121.4E", 31.2, 121.4),
        ("121.4E 31.2N", 31.2, 121.4),
        ("121.4, 31.2N", 31.2, 121.4),
        ("121.4E, 31.2", 31.2, 121.4),
        ("东经118°30′ 北纬32°6′36″", 32.11, 118.5),
        ("S12.5, W70", -12.5, -70.0),
        ("31.2，121.4", 31.2, 121.4),
        ("-0.5 120", -0.5, 120.0),
    ],
)
def test_that_a_position_is_read_as_it_is_written(text, lat_deg, lon_deg):
    assert parse_position(text) == LatLon(lat_deg, lon_deg)


@pytest.mark.parametrize(
    "text", ["", "V-203", "3 12", "bay 3", "91.0 10", "N31.2S 120", "恒泰仓储"]
)
def test_that_what_is_no_position_stays_a_name(text):
    assert parse_position(text) is None
