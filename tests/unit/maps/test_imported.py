"""Imported shapes as the page takes them: every corner, part and ring in its place."""

import struct

import numpy as np
import pytest
import shapely

from maps.geometry import to_world
from maps.imported import ImportedUrls, draw_shapes, imported_layer, ink_of, layer_id
from maps.layers import AREA, SYMBOL
from maps.page import PageInputs, build_page
from maps.serving import PageFiles
from models.basics import Name
from models.registry.kinds import Layer

SHAPES = np.array(
    [
        shapely.Point(10, 20),
        shapely.MultiPoint([(1, 1), (2, 2)]),
        shapely.LineString([(0, 0), (5, 5), (6, 5)]),
        shapely.Polygon(
            [(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2), (1, 2)]]
        ),
        shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)]),
        shapely.GeometryCollection([shapely.Point(3, 3), shapely.LineString([(3, 3), (4, 4)])]),
    ],
    dtype=object,
)  # fmt: skip


def unpacked(body: bytes) -> "tuple[list[int], list[int], np.ndarray, np.ndarray, list[int]]":  # type: ignore[type-arg]
    features, parts, corners = struct.unpack_from("<III", body)
    numbers = np.frombuffer(body, "<u4", (len(body) - 12 - features) // 4, 12)
    at = np.cumsum([features + 1, parts + 1, 4 * features, corners, corners])
    first_part, first_corner, boxes, x, y = np.split(numbers, at)[:5]
    kinds = list(body[len(body) - features :])
    assert len(x) == len(y) == corners
    return first_part.tolist(), first_corner.tolist(), boxes.reshape(-1, 4), np.stack((x, y)), kinds


def test_that_parts_rings_and_kinds_are_kept() -> None:
    first_part, first_corner, boxes, corners, kinds = unpacked(draw_shapes(SHAPES, [""] * 6).body)
    assert kinds == [0, 0, 1, 2, 2, 1]
    assert first_part == [0, 1, 3, 4, 6, 8, 10]
    assert first_corner == [0, 1, 2, 3, 6, 11, 16, 21, 26, 27, 29]
    x, y = to_world([20.0], [10.0])
    assert corners[:, 0].tolist() == [int(x[0]), int(y[0])]
    west, south, east, north = (int(v) for pair in zip(*to_world([0, 4], [0, 4]), strict=True)
                                for v in pair)  # fmt: skip
    assert boxes[3].tolist() == [west, north, east, south]


def test_that_no_shapes_are_an_empty_array() -> None:
    first_part, first_corner, _, corners, kinds = unpacked(
        draw_shapes(np.zeros(0, dtype=object), []).body
    )
    assert (first_part, first_corner, corners.size, kinds) == ([0], [0], 0, [])


def test_that_a_name_is_text_of_bounded_length() -> None:
    names = ["x" * 10_000, None, 7, True, "<b>"]
    shapes = SHAPES[[0, 0, 0, 0, 0]]
    assert draw_shapes(shapes, names).names == ("x" * 200, "", "7", "", "<b>")


def test_that_poles_and_edges_stay_on_the_map() -> None:
    shapes = np.array([shapely.box(-180, -90, 180, 90)], dtype=object)
    _, _, boxes, _, _ = unpacked(draw_shapes(shapes, [""]).body)
    assert boxes[0].tolist() == [0, 0, 2**32 - 1, 2**32 - 1]


@pytest.mark.parametrize(("areas", "drawn"), [(3, AREA), (0, SYMBOL)])
def test_that_a_layer_is_listed_by_what_it_holds(areas: int, drawn: str) -> None:
    layer = imported_layer(Layer(key="L-1", name=Name(zh="区"), points=1, areas=areas))
    assert (layer.drawn, layer.title, layer.movable) == (drawn, Name(zh="区"), True)
    assert layer.ink == ink_of("L-1")


def test_that_only_changed_shapes_get_a_new_address() -> None:
    files = PageFiles(build_page(PageInputs()))
    urls = ImportedUrls()
    one, other = draw_shapes(SHAPES, [""] * 6), draw_shapes(SHAPES[:1], ["a"])
    first = urls.entry(files, "L-a", one)
    assert urls.entry(files, "L-a", one) == first
    assert urls.entry(files, "L-b", other)["url"] != first["url"]
    changed = urls.entry(files, "L-a", other)
    assert changed["url"] != first["url"]
    assert changed["id"] == first["id"] == layer_id("L-a")
    served = files.get(changed["url"])
    assert served is not None
    assert served.body == other.body
    urls.keep([])
    assert urls.entry(files, "L-a", other)["url"] != changed["url"]
