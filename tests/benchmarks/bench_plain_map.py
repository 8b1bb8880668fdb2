"""The plain map with 100,000 points in view, 1280×800: stamping alone, and the whole picture."""

import os

import numpy as np

from tests.benchmarks.ratio import ROUNDS, Row, seconds

_COUNT = 100_000
_BAR_MS = 100.0
_SIZE = (1280, 800)


def rows() -> list[Row]:
    """Measure the best of three of each."""
    from maps.catalogue import STYLES
    from maps.drawing import PointGroup, PointSet
    from maps.raster import stamp_points

    random = np.random.default_rng(7)
    scale = 256 * 2.0**12 / 2**32
    left, top = 3_000_000 * scale, 3_000_000 * scale
    x = ((left + random.uniform(0, _SIZE[0], _COUNT)) / scale).astype(np.uint32)
    y = ((top + random.uniform(0, _SIZE[1], _COUNT)) / scale).astype(np.uint32)
    style = np.sort(random.integers(0, len(STYLES), _COUNT)).astype(np.uint8)
    edges = np.searchsorted(style, np.arange(len(STYLES) + 1))
    groups = tuple(
        PointGroup("k", name, int(edges[n]), int(edges[n + 1]), 0.0, 0.0, 20.0, 5)
        for n, name in enumerate(STYLES)
    )
    points = PointSet(x, y, style, groups, (), ())
    pixels = np.full((_SIZE[1], _SIZE[0]), 0xFF101010, dtype=np.uint32)
    colours = dict.fromkeys(STYLES, 0xFFDBE4EC)
    taken: dict[str, float] = {}
    for name, opacity in (("opaque", {}), ("all at 50 %", dict.fromkeys(STYLES, 0.5))):

        def stamp(opacity: dict[str, float] = opacity) -> None:
            stamp_points(
                pixels, points, STYLES, colours, left=left, top=top, scale=scale, zoom=12.0,
                opacity=opacity, order=STYLES,
            )  # fmt: skip

        taken[name] = 1000 * min(seconds(stamp) for _ in range(ROUNDS))
    return [
        Row("plain map, 100k points stamped", taken["opaque"], _BAR_MS, "ms",
            note=f"all at 50 %: {taken['all at 50 %']:.0f} ms"),
        Row("plain map, 100k points: whole picture", _picture_ms(points), _BAR_MS, "ms"),
    ]  # fmt: skip


def _picture_ms(points: object) -> float:
    """Return how long the widget takes to paint such points over a bare ground."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from maps.content import MapContent
    from maps.drawing import PointSet
    from maps.page import Page
    from maps.serving import PageFiles
    from views.map.fallback import PlainMap
    from views.theme import load_tokens

    app = QApplication.instance() or QApplication([])
    assert isinstance(points, PointSet)
    content = MapContent(PageFiles(Page({})))
    surface = PlainMap(content.files)
    surface.resize(*_SIZE)
    for message in (
        *content.set_theme(load_tokens("dark").color, "dark"), *content.set_points(points)
    ):  # fmt: skip
        surface.send(message)
    surface.view.size = surface.size()
    surface.view.zoom = 12.0
    scale = surface.view.scale
    place = surface.view
    place._x = 3_000_000 + _SIZE[0] / 2 / scale
    place._y = 3_000_000 + _SIZE[1] / 2 / scale
    best = min(seconds(surface.grab_image) for _ in range(ROUNDS))
    surface.deleteLater()
    del app
    return 1000 * best
