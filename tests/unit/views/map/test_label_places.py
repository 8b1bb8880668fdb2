"""Where names go on the map: the page's own script, run by Qt's engine without a page."""

import json
from importlib.resources import files
from typing import Any, cast

import pytest
from PySide6.QtQml import QJSEngine, QJSValue
from PySide6.QtWidgets import QApplication

VIEW = (4, 4, 396, 296)
DRIVER = """
var places = new Muster.LabelPlaces();
function choose(text) {
  var asked = JSON.parse(text);
  var cover = new Muster.Cover(400, 300);
  asked.symbols.forEach(function (s) { cover.mark(s[0], s[1], s[2], s[3]); });
  var ground = { zoom: asked.zoom, view: asked.view, panels: asked.panels, cover: cover };
  return JSON.stringify(places.choose(asked.labels, ground));
}
"""
Place = dict[str, Any]
Symbol = tuple[float, float, float, float]


class Page:
    """The scripts, and what they answer."""

    def __init__(self) -> None:
        self._engine = QJSEngine()
        self._run("var Muster = {};")
        for name in ("label_room", "label_places"):
            self._run((files("resources") / "map" / f"{name}.js").read_text("utf-8"))
        self._run(DRIVER)

    def _run(self, script: str) -> QJSValue:
        value = cast("QJSValue", self._engine.evaluate(script))
        assert not value.isError(), value.toString()
        return value

    def choose(
        self,
        *labels: Place,
        symbols: tuple[Symbol, ...] = (),
        panels: tuple[tuple[float, float, float, float], ...] = (),
        zoom: float = 15.0,
    ) -> dict[str, Place]:
        """Return the places of what is written, by key."""
        asked = {
            "labels": labels, "symbols": symbols, "panels": panels, "zoom": zoom, "view": VIEW
        }  # fmt: skip
        text = self._run(f"choose({json.dumps(json.dumps(asked))})").toString()
        return {place["label"]["key"]: place for place in json.loads(text)}


@pytest.fixture
def page(qapp: QApplication) -> Page:
    return Page()


def label(key: str, x: float, y: float, rank: float = 6.0, **more: object) -> Place:
    return {
        "key": key, "x": x, "y": y, "rank": rank, "gap": 10, "width": 80, "height": 16, **more,
    }  # fmt: skip


def box(place: Place) -> tuple[float, float, float, float]:
    width, height = place["label"]["width"], place["label"]["height"]
    return place["x"], place["y"], place["x"] + width, place["y"] + height


def overlap(one: Place, other: Place) -> bool:
    (a, b, c, d), (e, f, g, h) = box(one), box(other)
    return a < g and e < c and b < h and f < d


def crowd() -> list[Place]:
    return [
        label(f"L{n}", 20 + 37 * n % 370, 15 + 53 * n % 280, 2 + n % 6, strong=n % 6 == 0)
        for n in range(120)
    ]


def test_that_no_text_lies_over_another_or_is_cut_at_the_edge(page: Page) -> None:
    found = list(page.choose(*crowd()).values())
    assert len(found) > 15
    for n, place in enumerate(found):
        assert not any(overlap(place, other) for other in found[:n])
        left, top, right, bottom = box(place)
        assert VIEW[0] <= left < right <= VIEW[2]
        assert VIEW[1] <= top < bottom <= VIEW[3]


def test_that_the_important_is_placed_first_whatever_the_order(page: Page) -> None:
    near = [label("late", 200, 150, 6), label("grave", 204, 158, 1.5)]
    found = page.choose(*near)
    assert found["grave"]["spot"] == "right"
    assert found["late"]["spot"] == "left"
    assert page.choose(*near[::-1], zoom=16)["grave"]["spot"] == "right"


def test_that_a_name_stands_beside_its_symbol_and_on_no_other(page: Page) -> None:
    mine = (200.0, 150.0, 7.0, 1.0)
    assert page.choose(label("A", 200, 150), symbols=(mine,))["A"]["spot"] == "right"
    other = (250.0, 150.0, 7.0, 1.0)
    assert page.choose(label("B", 200, 150), symbols=(mine, other))["B"]["spot"] == "left"


def test_that_a_plain_name_without_a_clear_place_is_left_out(page: Page) -> None:
    all_round = tuple(
        (x, y, 7.0, 1.0) for x in range(100, 310, 20) for y in range(110, 200, 14)
    )  # fmt: skip
    assert page.choose(label("A", 200, 150), symbols=all_round) == {}
    named = page.choose(label("A", 200, 150, 3, strong=True), symbols=all_round)["A"]
    assert named["line"] is not None
    assert box(named)[3] < 110 or box(named)[1] > 190


def test_that_a_vehicle_is_named_over_symbols_where_they_are_fewest(page: Page) -> None:
    sea = [(float(x), float(y), 7.0, 1.0) for x in range(0, 400, 14) for y in range(0, 300, 14)]
    thin = tuple(each for each in sea if not (100 < each[0] < 190 and 136 < each[1] < 164))
    assert page.choose(label("V", 200, 150), symbols=thin[:-1] + tuple(sea)) == {}
    assert "V" in page.choose(label("V", 200, 150, over=True), symbols=tuple(sea), zoom=16)
    named = page.choose(label("V", 200, 150, over=True), symbols=thin, zoom=17)["V"]
    assert (named["spot"], named["line"]) == ("left", None)


def test_that_a_line_to_a_name_is_kept_free_of_texts(page: Page) -> None:
    wall = [label(f"W{n}", 110, 150 + 16 * n, 0, width=170) for n in range(-1, 2)]
    found = page.choose(*wall, label("A", 200, 150, 3, strong=True), label("Z", 200, 90, 7))
    x0, y0, x1, y1 = found["A"]["line"]
    for n in range(21):
        x, y = x0 + (x1 - x0) * n / 20, y0 + (y1 - y0) * n / 20
        left, top, right, bottom = box(found["Z"])
        assert not (left < x < right and top < y < bottom)


def test_that_a_name_keeps_its_place_while_it_fits(page: Page) -> None:
    first = page.choose(label("W", 200, 150, 5), label("A", 188, 154))
    assert first["A"]["spot"] == "left"
    alone = page.choose(label("A", 188, 154))
    assert alone["A"]["spot"] == "left"
    wider = page.choose(label("A", 188, 154, width=110))
    assert wider["A"]["spot"] == "left"


def test_that_a_value_that_gets_shorter_gives_no_room_away(page: Page) -> None:
    page.choose(label("V", 200, 150, value=True, width=96))
    after = page.choose(label("V", 200, 150, value=True, width=48), label("B", 262, 150, 7))
    assert after["V"]["label"]["width"] == 96
    assert not overlap(after["V"], after["B"])
    name = page.choose(label("N", 50, 250, width=96)), page.choose(label("N", 50, 250, width=48))
    assert name[1]["N"]["label"]["width"] == 48


def test_that_a_newcomer_of_the_same_rank_drives_nobody_away(page: Page) -> None:
    held = page.choose(label("A", 200, 150))
    both = page.choose(label("new", 196, 156), label("A", 200, 150))
    assert both["A"]["spot"] == held["A"]["spot"] == "right"
    assert both["new"]["spot"] != "right"
    graver = page.choose(label("graver", 196, 156, 2), label("A", 200, 150))
    assert graver["graver"]["spot"] == "right"
    assert not overlap(graver["graver"], graver["A"])


def test_that_what_passes_under_a_name_moves_it_not_and_an_alarm_does(page: Page) -> None:
    page.choose(label("A", 200, 150))
    vehicle, alarm = (240.0, 150.0, 7.0, 1.0), (240.0, 150.0, 8.0, 4.0)
    assert page.choose(label("A", 200, 150), symbols=(vehicle,))["A"]["spot"] == "right"
    assert page.choose(label("A", 200, 150), symbols=(alarm,))["A"]["spot"] == "left"


def test_that_another_zoom_begins_anew(page: Page) -> None:
    page.choose(label("W", 200, 150, 5), label("A", 188, 154))
    assert page.choose(label("A", 188, 154), zoom=16)["A"]["spot"] == "right"


def test_that_what_is_selected_is_always_named(page: Page) -> None:
    full = ((0.0, 0.0, 400.0, 300.0),)
    assert page.choose(label("A", 200, 150, 4.1, strong=True), panels=full) == {}
    chosen = page.choose(label("A", 390, 150, 0, strong=True), panels=full)["A"]
    assert box(chosen)[2] <= VIEW[2]
    assert page.choose(label("A", 200, 150, 0.5, strong=True, must=False), panels=full) == {}


def test_that_what_a_panel_hides_is_not_named(page: Page) -> None:
    panel = ((180.0, 140.0, 40.0, 20.0),)
    assert page.choose(label("A", 200, 150), panels=panel) == {}
    assert page.choose(label("A", 200, 150, 3, strong=True), panels=panel) == {}
    assert page.choose(label("A", 2, 150), panels=()) == {}


def test_that_two_things_on_one_spot_are_named_once(page: Page) -> None:
    assert set(page.choose(label("A", 200, 150, 5), label("B", 203, 152, 6))) == {"A"}


def test_that_a_name_along_a_road_takes_only_what_it_runs_through(page: Page) -> None:
    road = label("road", 200, 150, 9, angle=0.9, align="center", width=140)
    corner = label("corner", 236, 118, 9.5, align="center", width=20)
    assert set(page.choose(road, corner)) == {"road", "corner"}
    on_it = label("on it", 205, 156, 9.5, align="center", width=20)
    found = page.choose(road, on_it, zoom=16)
    assert "on it" not in found or abs(found["on it"]["y"] + 8 - 156) == 16
    assert page.choose({**road, "x": 380}, zoom=17) == {}


def test_that_an_area_is_named_above_what_stands_in_its_middle(page: Page) -> None:
    area = label("area", 200, 150, 8, align="center")
    assert page.choose(area)["area"]["y"] == 142
    assert page.choose(area, symbols=((200.0, 150.0, 7.0, 1.0),), zoom=16)["area"]["y"] == 126


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("T-1 · leak", ["T-1 · leak"]),
        ("Chlorine store · toxic leak", ["Chlorine store", "toxic leak"]),
        ("A · b · c · chlorine store", ["A · b · c", "chlorine store"]),
        ("Liquid chlorine vaporiser", ["Liquid", "chlorine", "vaporiser"]),
        ("液氯汽化器泄漏" * 3, ["液氯汽化器泄漏液氯汽化", "器泄漏液氯汽化器泄漏"]),
    ],
)
def test_that_a_wide_name_is_broken_between_its_parts(
    qapp: QApplication, text: str, lines: list[str]
) -> None:
    engine = QJSEngine()
    engine.evaluate("var Muster = { define: function () {} };")
    engine.evaluate((files("resources") / "map" / "labels.js").read_text("utf-8"))
    asked = f"Muster.broken({json.dumps(text)}, (each) => each.length > 14)"
    answer = engine.evaluate(f"JSON.stringify({asked})")
    assert json.loads(cast("QJSValue", answer).toString()) == lines
