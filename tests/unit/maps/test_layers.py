"""The catalogue of layers, and what a station chose of it."""

import json

import pytest

from maps.catalogue import POINT_KINDS
from maps.layers import (
    CATALOGUE,
    GROUPS,
    LEAST_SAFETY_OPACITY,
    LayerBook,
    LayerSettings,
    MapLayer,
    settings_from,
)
from models.basics import Name


def ids(book: LayerBook, settings: LayerSettings, group: str) -> list[str]:
    return [layer.id for layer in book.ordered(settings) if layer.group == group]


def test_that_every_kind_of_points_has_its_layer_in_the_catalogue() -> None:
    for kind in POINT_KINDS:
        layer = next(layer for layer in CATALOGUE if layer.id == kind.layer)
        assert set(kind.styles) <= set(layer.styles)
        assert layer.kind == kind.kind


def test_that_layers_have_ids_of_their_own_and_known_groups() -> None:
    names = [layer.id for layer in CATALOGUE]
    assert len(set(names)) == len(names)
    assert {layer.group for layer in CATALOGUE} <= set(GROUPS)
    assert [layer for layer in CATALOGUE if not layer.styles and not layer.ink] == []


def test_that_a_safety_layer_never_fades_away() -> None:
    settings = LayerSettings(opacity={"zones": 0.0, "cameras": 0.0})
    sent = LayerBook().message(settings)["opacity"]
    assert sent == {"zones": LEAST_SAFETY_OPACITY, "cameras": 0.1}


def test_that_a_layer_moves_within_its_group_alone() -> None:
    book = LayerBook()
    start = ids(book, LayerSettings(), "people")
    moved = book.moved(LayerSettings(), start[0], 2)
    assert ids(book, moved, "people") == [start[1], start[2], start[0], *start[3:]]
    far = book.moved(moved, start[0], 99)
    assert ids(book, far, "people")[-1] == start[0]
    assert ids(book, far, "hazards") == ids(book, LayerSettings(), "hazards")


def test_that_the_order_of_safety_layers_is_fixed() -> None:
    book = LayerBook()
    assert book.moved(LayerSettings(), "zones", 3) == LayerSettings()
    forged = LayerSettings(order=("contours", "zones", "schools", "incidents"))
    assert ids(book, forged, "zones") == ids(book, LayerSettings(), "zones")


def test_that_an_imported_layer_stands_in_its_group_and_can_be_moved() -> None:
    book = LayerBook()
    for number in (1, 2):
        book.register(MapLayer(f"import/{number}", "now", safety=True, title=Name(en="x")))
    assert ids(book, LayerSettings(), "imported") == ["import/1", "import/2"]
    moved = book.moved(LayerSettings(), "import/2", -1)
    assert ids(book, moved, "imported") == ["import/2", "import/1"]
    found = book.get("import/1")
    assert found is not None
    assert not found.safety
    book.drop("import/1")
    assert book.get("import/1") is None


def test_that_an_import_may_not_take_a_layer_of_the_catalogue() -> None:
    with pytest.raises(ValueError, match="zones"):
        LayerBook().register(MapLayer("zones", "imported"))


def test_that_settings_survive_a_file() -> None:
    settings = (
        LayerSettings().with_shown("tags", shown=False).with_opacity("roads", 0.4)
        .with_order(("villages", "schools"))
    )  # fmt: skip
    assert settings_from(json.loads(json.dumps(settings.stored()))) == settings


@pytest.mark.parametrize(
    "raw",
    [
        None, [], "x", {"shown": 3, "opacity": [], "order": {}},
        {"shown": {"tags": "no"}, "opacity": {"roads": 7, "zones": True, "x": "1"}, "order": [3]},
        {"opacity": {"roads": float("nan")}},
    ],
)  # fmt: skip
def test_that_damaged_settings_are_the_defaults(raw: object) -> None:
    assert settings_from(raw) == LayerSettings()


def test_that_ranges_and_hidden_layers_are_told() -> None:
    message = LayerBook().message(LayerSettings().with_shown("tags", shown=False))
    assert message["hidden"] == ["tags"]
    assert message["ranges"]["tags"] == [15.0, 24.0]
    assert "zones" not in message["ranges"]
