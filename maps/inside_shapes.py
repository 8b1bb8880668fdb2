"""Which imported shapes an area touches: a tree over each layer, built once and asked often."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import shapely

from maps.areas import Area
from maps.drawing import MapObject
from maps.geometry import to_world
from maps.imported import IMPORTED

Shapes = npt.NDArray[np.object_]


class ShapeIndex:
    """Imported layers on the Web Mercator square, each with a tree of its boxes.

    Parameters
    ----------
    layers : mapping of str to array of shapely geometries, shape (n,)
        Each layer's shapes by its key [WGS 84 degrees]; none is missing.
    """

    def __init__(self, layers: Mapping[str, Shapes]) -> None:
        self._trees = {key: shapely.STRtree(_on_square(shapes)) for key, shapes in layers.items()}

    def touching(self, area: Area) -> tuple[MapObject, ...]:
        """Return the shapes that lie in an area or reach into it, by layer and place there.

        Examples
        --------
        >>> from maps.areas import circle_area
        >>> from models.basics import LatLon
        >>> road = shapely.LineString([(118.0, 32.0), (118.2, 32.0)])
        >>> index = ShapeIndex({"roads": np.array([road], dtype=object)})
        >>> [thing.key for thing in index.touching(circle_area(LatLon(32.0, 118.1), 500.0))]
        ['roads/0']
        """
        return tuple(
            MapObject(IMPORTED, f"{key}/{place}")
            for key, tree in self._trees.items()
            for place in sorted(tree.query(area.shape, predicate="intersects").tolist())
        )


def _on_square(shapes: Shapes) -> Shapes:
    def world(corners: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x, y = to_world(corners[:, 1], np.clip(corners[:, 0], -180.0, 180.0))
        return np.column_stack((x, y)).astype(np.float64)

    moved: Shapes = shapely.transform(shapes, world)
    return moved
