"""Dispatch ports: travel times on roads that avoid polygons."""

from collections.abc import Sequence
from typing import Protocol

from models.basics import LatLon, Value


class Route(Value, frozen=True, kw_only=True):
    """A way to the scene. `eta_s` includes turn-out; `inside_m` is road length inside a zone."""

    team_key: str
    eta_s: float | None
    distance_m: float
    line: tuple[LatLon, ...]
    inside_m: float = 0.0
    reachable: bool = True
    approximate: bool = False


class TravelTimes(Protocol):
    """Estimated times of arrival of many starts at one destination."""

    def routes(
        self,
        starts: Sequence[tuple[str, LatLon, float]],
        destination: LatLon,
        avoid: Sequence[Sequence[LatLon]] = (),
    ) -> tuple[Route, ...]:
        """Return one route per start `(key, position, turnout_s)`, fastest first."""
        ...
