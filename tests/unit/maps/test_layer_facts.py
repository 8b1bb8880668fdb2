"""Counts in view, scales, and what is said over the map about its layers."""

import pytest

from maps.drawing import draw_points
from maps.filters import Kept
from maps.layer_facts import (
    Count,
    LayerWords,
    ViewBox,
    count_layers,
    layer_notes,
    scale_of,
    view_box,
)
from maps.layers import CATALOGUE, LayerSettings
from maps.scene import SceneWords, build_scene
from tests.unit.maps.world import ORIGIN, near, park, situation

TITLES = {"zones": "Threat zones", "alarms": "Alarms", "hazard-1": "Grade 1"}


def box(half_m: float) -> ViewBox:
    south_west, north_east = near(-half_m, -half_m), near(half_m, half_m)
    return ViewBox(
        south_west.lat_deg, south_west.lon_deg, north_east.lat_deg, north_east.lon_deg, 15.0
    )


def notes(settings: LayerSettings, kept: dict[str, Kept] | None = None) -> list[dict[str, object]]:
    return layer_notes(CATALOGUE, settings, kept or {}, TITLES, LayerWords())


def test_that_counts_tell_what_is_in_view_and_in_all() -> None:
    scene = build_scene(situation(), park(), SceneWords())
    points = draw_points(park(), "en")
    near_by = count_layers(points, scene.live.values(), scene.zones.values(), box(200))
    assert near_by["hazard-1"] == Count(1, 1)
    assert near_by["enterprises"] == Count(0, 1)
    assert near_by["zones"] == Count(2, 2)
    assert near_by["schools"] == Count(0, 1)  # its mark in the zone is no second school
    everywhere = count_layers(points, scene.live.values(), scene.zones.values(), None)
    assert everywhere["enterprises"] == Count(1, 1)


def test_that_a_hidden_safety_layer_is_said_and_another_is_not() -> None:
    settings = LayerSettings().with_shown("zones", shown=False).with_shown("cameras", shown=False)
    assert notes(settings) == [{"text": "HIDDEN: Threat zones", "severity": 2}]
    assert notes(LayerSettings().with_shown("cameras", shown=False)) == []


def test_that_a_filter_is_said_with_its_counts() -> None:
    said = notes(LayerSettings(), {"hazard-1": Kept(12, 120, 3), "alarms": Kept(0, 0, 0)})
    assert said == [{"text": "FILTERED: Grade 1 12 of 120 (3 unknown left out)", "severity": 4}]
    assert notes(LayerSettings(), {"hazard-1": Kept(1, 2, 0)})[0]["text"] == (
        "FILTERED: Grade 1 1 of 2"
    )


@pytest.mark.parametrize(
    "fact", [{}, {"box": None}, {"box": [1, 2, 3]}, {"box": ["a", 1, 2, 3]}, {"box": "abcd"}]
)
def test_that_a_view_without_corners_is_none(fact: dict[str, object]) -> None:
    assert view_box(fact) is None


def test_that_a_view_with_corners_holds_its_places() -> None:
    south_west, north_east = near(-10, -10), near(10, 10)
    found = view_box({
        "zoom": 14, "box": [south_west.lat_deg, south_west.lon_deg, north_east.lat_deg,
                            north_east.lon_deg],
    })  # fmt: skip
    assert found is not None
    assert found.zoom == 14.0
    assert found.holds(ORIGIN.lat_deg, ORIGIN.lon_deg)
    assert not found.holds(ORIGIN.lat_deg + 1, ORIGIN.lon_deg)


def test_that_each_zoom_halves_the_scale() -> None:
    assert scale_of(14.0, 0.0) == pytest.approx(2 * scale_of(15.0, 0.0), rel=0.05)
    assert scale_of(15.0, 60.0) == pytest.approx(scale_of(15.0, 0.0) / 2, rel=0.05)


def test_that_layers_of_one_kind_are_counted_together() -> None:
    words = LayerWords(kinds={"hazard-sources": "Hazard sources"})
    kept = {"hazard-1": Kept(2, 3, 0), "hazard-2": Kept(0, 7, 1)}
    said = layer_notes(CATALOGUE, LayerSettings(), kept, TITLES, words)
    assert said[0]["text"] == "FILTERED: Hazard sources 2 of 10 (1 unknown left out)"
