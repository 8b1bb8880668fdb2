"""Sources of tiles that are closed when the test is over."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from maps.tiles.opening import open_tiles
from maps.tiles.source import TileSource


@pytest.fixture
def opened() -> Iterator[Callable[[Path], TileSource]]:
    """Return what opens a file of tiles."""
    held: list[TileSource] = []

    def opens(path: Path) -> TileSource:
        held.append(open_tiles(path))
        return held[-1]

    yield opens
    for source in held:
        source.close()
