"""Where the plain map looks: its centre, zoom, and the way between places and pixels."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QSize

from maps.geometry import WORLD, from_world, to_world
from models.basics import LatLon

_MIN_ZOOM, _MAX_ZOOM = 2.0, 20.0
_MARGIN_PX = 80


class PlainView:
    """A view of a widget's size onto the Web Mercator square."""

    def __init__(self) -> None:
        self.size = QSize(1, 1)
        self.zoom = 4.0
        self.number = 0
        self._x, self._y = WORLD * 0.8, WORLD * 0.41

    @property
    def scale(self) -> float:
        """Pixels for each world unit."""
        return float(256 * 2.0**self.zoom / WORLD)

    def corner(self) -> tuple[float, float]:
        """Return the world pixel of the upper left corner."""
        left = self._x * self.scale - self.size.width() / 2
        return left, self._y * self.scale - self.size.height() / 2

    def at(self, lat_deg: float, lon_deg: float) -> QPointF:
        """Return the widget position of a place."""
        x, y = to_world([lat_deg], [lon_deg])
        left, top = self.corner()
        return QPointF(float(x[0]) * self.scale - left, float(y[0]) * self.scale - top)

    def place(self, at: QPointF) -> LatLon:
        """Return the place under a widget position; beyond the square's edge, the edge."""
        left, top = self.corner()
        x = min(max((left + at.x()) / self.scale, 0.0), WORLD - 1.0)
        y = min(max((top + at.y()) / self.scale, 0.0), WORLD - 1.0)
        lat, lon = from_world(x, y)
        return LatLon(float(lat), float(lon))

    def centre(self) -> LatLon:
        """Return the place in the middle."""
        return self.place(QPointF(self.size.width() / 2, self.size.height() / 2))

    def box(self) -> list[float]:
        """Return south, west, north, east of what is in view [degrees]."""
        south_west = self.place(QPointF(0.0, float(self.size.height())))
        north_east = self.place(QPointF(float(self.size.width()), 0.0))
        return [south_west.lat_deg, south_west.lon_deg, north_east.lat_deg, north_east.lon_deg]

    def look_at(self, lat_deg: float, lon_deg: float) -> None:
        """Put a place in the middle."""
        x, y = to_world([lat_deg], [lon_deg])
        self._x, self._y = float(x[0]), float(y[0])

    def pan(self, step: QPointF) -> None:
        """Move the ground with the pointer."""
        self._x -= step.x() / self.scale
        self._y -= step.y() / self.scale

    def zoom_about(self, at: QPointF, steps: float) -> None:
        """Zoom so that the ground under `at` stays there."""
        left, top = self.corner()
        x, y = (left + at.x()) / self.scale, (top + at.y()) / self.scale
        self.zoom = min(max(self.zoom + steps, _MIN_ZOOM), _MAX_ZOOM)
        self._x = x - (at.x() - self.size.width() / 2) / self.scale
        self._y = y - (at.y() - self.size.height() / 2) / self.scale

    def take(self, payload: Mapping[str, Any]) -> None:
        """Take a 'view' message: a centre and zoom, or a rectangle to show."""
        self.number = payload.get("n", self.number)
        if "bounds" not in payload:
            self.look_at(payload["lat"], payload["lon"])
            self.zoom = payload["zoom"]
            return
        x, y = to_world(*np.array(payload["bounds"]).T)
        wide, high = abs(int(x[1]) - int(x[0])), abs(int(y[1]) - int(y[0]))
        self._x, self._y = (int(x[0]) + int(x[1])) / 2, (int(y[0]) + int(y[1])) / 2
        room = min(
            (self.size.width() - _MARGIN_PX) / max(wide, 1),
            (self.size.height() - _MARGIN_PX) / max(high, 1),
        )
        wanted = float(np.log2(max(room, 1e-9) * WORLD / 256))
        self.zoom = min(max(wanted, _MIN_ZOOM), payload["max_zoom"])
