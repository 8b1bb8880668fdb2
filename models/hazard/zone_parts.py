"""What every model's zone is put together from: checks, levels, receptors, the fallback."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.basics import Wind
from models.hazard.checks import choice, number
from models.hazard.ground import circle, to_positions, to_wind_axes
from models.hazard.isolation import isolation_zone
from models.hazard.ports import Caution, Exposed, ReceptorHit, Release, ZoneLevel, ZoneResult
from models.hazard.substances import Level
from models.hazard.weather import STABILITIES, TERRAINS

Array = NDArray[np.float64]


class Shape(Protocol):
    """The ground area of a level in wind axes [m]: a closed outline and what lies inside."""

    @property
    def x_m(self) -> Array:
        """Downwind coordinates of the outline; the last closes on the first."""
        ...

    @property
    def y_m(self) -> Array:
        """Crosswind coordinates of the outline."""
        ...

    @property
    def reach_m(self) -> float:
        """How far downwind it goes."""
        ...

    def covers(self, x_m: Array, y_m: Array) -> Array:
        """Return where points lie in the area."""
        ...


Drawn = Sequence[tuple[Level, Shape]]


def check_case(release: Release, wind: Wind, terrain: str) -> None:
    """Refuse a release, wind or terrain that makes no sense.

    Raises
    ------
    HazardInputError
        Naming the field.
    """
    number("release_kg_s", release.release_kg_s, 0.0, 1e5, "kg/s", low_open=True)
    number("duration_s", release.duration_s, 0.0, 30 * 86_400.0, "s", low_open=True)
    number("height_m", release.height_m, 0.0, 300.0, "m")
    number("wind.speed_m_s", wind.speed_m_s, 0.0, 60.0, "m/s")
    number("wind.from_deg", wind.from_deg, 0.0, 360.0, "°")
    number("wind.height_m", wind.height_m, 0.5, 300.0, "m")
    choice("wind.stability", wind.stability, STABILITIES)
    choice("terrain", terrain, TERRAINS)


def fallback_zone(release: Release, wind: Wind, receptors: tuple[Exposed, ...]) -> ZoneResult:
    """Return the isolation table's zone where no levels of concern allow a model, saying so."""
    zone = isolation_zone(
        position=release.position,
        substance=release.substance,
        cas=release.cas,
        incident_kind="",
        wind=wind,
        now_us=wind.observed_us or None,
        receptors=receptors,
    )
    what = release.substance or release.cas or "the substance"
    text = f"No levels of concern are on record for {what}: only the rule of thumb is shown."
    caution = Caution(code="no_levels_of_concern", text=text)
    return ZoneResult(
        kind="rule_of_thumb",
        model=zone.model,
        model_version=zone.model_version,
        origin=zone.origin,
        levels=zone.levels,
        receptors=zone.receptors,
        inputs=zone.inputs,
        warnings=(caution, *zone.warnings),
        wind=zone.wind,
    )


def zone_level(
    release: Release, wind: Wind, level: Level, shape: Shape, *, calm: bool
) -> ZoneLevel:
    """Return a level as a polygon on the ground; in a calm a circle of its reach."""
    if calm:
        ring = circle(release.position, shape.reach_m)
    else:
        ring = to_positions(release.position, shape.x_m, shape.y_m, wind.from_deg)
        ring = (*ring[:-1], ring[0])
    return ZoneLevel(
        key=level.key,
        label=level.label,
        severity=level.severity,
        threshold=level.ppm,
        unit="ppm",
        rings=(ring,),
        reach_m=shape.reach_m,
        source=level.source,
        unverified=not level.verified,
    )


def receptor_hits(
    release: Release,
    wind: Wind,
    drawn: Drawn,
    receptors: tuple[Exposed, ...],
    arrival_s: Callable[[float], float],
    *,
    calm: bool,
) -> tuple[ReceptorHit, ...]:
    """Name the receptors by the first level (worst first) whose concentration is reached.

    `arrival_s(downwind_m)` says when the cloud is there; in a calm any direction is downwind.
    """
    if not receptors or not drawn:
        return ()
    x, y = to_wind_axes(release.position, [r.position for r in receptors], wind.from_deg)
    distance = np.hypot(x, y)
    hits = []
    inside = [distance <= shape.reach_m if calm else shape.covers(x, y) for _, shape in drawn]
    for i, receptor in enumerate(receptors):
        worst = next(
            (level for (level, _), mask in zip(drawn, inside, strict=True) if mask[i]), None
        )
        if worst is None:
            continue
        travelled = float(distance[i] if calm else max(x[i], 0.0))
        hits.append(
            ReceptorHit(
                receptor_key=receptor.key,
                name=receptor.name,
                type=receptor.type,
                level_key=worst.key,
                distance_m=float(distance[i]),
                arrival_s=arrival_s(travelled),
                people=receptor.people,
                people_source=receptor.people_source,
            )
        )
    return tuple(sorted(hits, key=lambda hit: (hit.distance_m, hit.receptor_key)))
