"""`GaussianPlumeModel`: a release and a wind into polygons by level of concern."""

from dataclasses import dataclass

import numpy as np

from models.basics import Wind
from models.hazard.cautions import Facts, cautions
from models.hazard.checks import choice, number
from models.hazard.footprint import CALM_M_S, Footprint, Plume, footprint
from models.hazard.ground import circle, to_positions, to_wind_axes
from models.hazard.isolation import isolation_zone
from models.hazard.ports import (
    Caution,
    Exposed,
    Input,
    ReceptorHit,
    Release,
    ZoneLevel,
    ZoneResult,
)
from models.hazard.substances import Level, Substance, find_substance, ppm_to_kg_m3
from models.hazard.weather import STABILITIES, TERRAINS, wind_at

VERSION = "1.0"
_ADVECTION_M = 2.0  # a plume near the ground is carried by the wind at about this height
_SCHEMES = {"rural": "isc3_rural", "urban": "isc3_urban"}


@dataclass(frozen=True, slots=True)
class _Run:
    """One case, checked and ready."""

    release: Release
    wind: Wind
    terrain: str
    substance: Substance
    plume: Plume
    fastest_m_s: float
    calm: bool


class GaussianPlumeModel:
    """Steady neutral plume with ISC3 dispersion parameters, at ground level."""

    name = "Gaussian plume (ISC3)"
    version = VERSION

    def zone(
        self, release: Release, wind: Wind, receptors: tuple[Exposed, ...], terrain: str
    ) -> ZoneResult:
        """Return polygons per level of concern and who lies in them.

        Parameters
        ----------
        release : Release
            Rate above 0 … 1e5 kg/s, duration above 0 s … 30 days, height 0…300 m.
        wind : Wind
            Speed 0…60 m/s at 0.5…300 m, direction FROM 0…360°, stability 'A'…'F'.
        receptors : tuple of Exposed
            Counted by the worst level they lie in; `people` stays None where unknown.
        terrain : str
            'rural' or 'urban'.

        Returns
        -------
        ZoneResult
            `valid` is False in winds below 1 m/s and for clouds dense enough to spread by their
            own weight; the warnings say why. Below 0.5 m/s the zone is a circle. A substance
            without levels of concern gives the isolation table's rule of thumb.

        Raises
        ------
        HazardInputError
            Naming the field that makes no sense.
        """
        _check(release, wind, terrain)
        substance = find_substance(release.substance, release.cas)
        if substance is None:
            return _fallback(release, wind, receptors)
        run = _prepare(release, wind, terrain, substance)
        shapes = [
            (level, footprint(run.plume, ppm_to_kg_m3(level.ppm, substance.molar_mass_g_mol)))
            for level in substance.levels
        ]
        drawn = [(level, shape) for level, shape in shapes if shape is not None]
        facts = Facts(
            release=release,
            wind=wind,
            substance=substance,
            advection_m_s=run.plume.wind_m_s,
            fastest_m_s=run.fastest_m_s,
            calm=run.calm,
            reach_m=max((shape.reach_m for _, shape in drawn), default=0.0),
            cut=any(shape.cut for _, shape in drawn),
            nowhere=tuple(level.label.en for level, shape in shapes if shape is None),
        )
        warnings, valid = cautions(facts)
        return ZoneResult(
            kind="model",
            model=self.name,
            model_version=self.version,
            origin=release.position,
            levels=tuple(_level(run, level, shape) for level, shape in drawn),
            receptors=_hits(run, drawn, receptors),
            inputs=_inputs(run),
            warnings=warnings,
            wind=wind,
            valid=valid,
        )


def _check(release: Release, wind: Wind, terrain: str) -> None:
    number("release_kg_s", release.release_kg_s, 0.0, 1e5, "kg/s", low_open=True)
    number("duration_s", release.duration_s, 0.0, 30 * 86_400.0, "s", low_open=True)
    number("height_m", release.height_m, 0.0, 300.0, "m")
    number("wind.speed_m_s", wind.speed_m_s, 0.0, 60.0, "m/s")
    number("wind.from_deg", wind.from_deg, 0.0, 360.0, "°")
    number("wind.height_m", wind.height_m, 0.5, 300.0, "m")
    choice("wind.stability", wind.stability, STABILITIES)
    choice("terrain", terrain, TERRAINS)


def _prepare(release: Release, wind: Wind, terrain: str, substance: Substance) -> _Run:
    calm = wind.speed_m_s < CALM_M_S
    speed = max(wind.speed_m_s, CALM_M_S)
    height = max(release.height_m, _ADVECTION_M)
    carrying = wind_at(speed, wind.height_m, height, wind.stability, terrain)
    plume = Plume(
        release_kg_s=release.release_kg_s,
        wind_m_s=max(carrying, 0.1),
        height_m=release.height_m,
        stability=wind.stability,
        scheme=_SCHEMES[terrain],
    )
    return _Run(
        release=release,
        wind=wind,
        terrain=terrain,
        substance=substance,
        plume=plume,
        fastest_m_s=max(speed, plume.wind_m_s),
        calm=calm,
    )


def _fallback(release: Release, wind: Wind, receptors: tuple[Exposed, ...]) -> ZoneResult:
    """No levels of concern, no model: the isolation table, saying so."""
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


def _level(run: _Run, level: Level, shape: Footprint) -> ZoneLevel:
    origin = run.release.position
    if run.calm:
        ring = circle(origin, shape.reach_m)
    else:
        ring = to_positions(origin, shape.x_m, shape.y_m, run.wind.from_deg)
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


def _hits(
    run: _Run, drawn: list[tuple[Level, Footprint]], receptors: tuple[Exposed, ...]
) -> tuple[ReceptorHit, ...]:
    """Name the receptors by the first level (worst first) whose concentration is reached."""
    if not receptors or not drawn:
        return ()
    x, y = to_wind_axes(run.release.position, [r.position for r in receptors], run.wind.from_deg)
    distance = np.hypot(x, y)
    hits = []
    inside = [distance <= shape.reach_m if run.calm else shape.covers(x, y) for _, shape in drawn]
    for i, receptor in enumerate(receptors):
        worst = next(
            (level for (level, _), mask in zip(drawn, inside, strict=True) if mask[i]), None
        )
        if worst is None:
            continue
        travelled = float(distance[i] if run.calm else max(x[i], 0.0))
        hits.append(
            ReceptorHit(
                receptor_key=receptor.key,
                name=receptor.name,
                type=receptor.type,
                level_key=worst.key,
                distance_m=float(distance[i]),
                arrival_s=travelled / run.fastest_m_s,
                people=receptor.people,
                people_source=receptor.people_source,
            )
        )
    return tuple(sorted(hits, key=lambda hit: (hit.distance_m, hit.receptor_key)))


def _inputs(run: _Run) -> tuple[Input, ...]:
    release, wind = run.release, run.wind
    by = release.rate_source
    return (
        Input(name="substance", value=run.substance.name.en, source=release.substance),
        Input(name="cas", value=run.substance.cas),
        Input(
            name="release_rate",
            value=release.release_kg_s,
            unit="kg/s",
            source=by,
            assumed=release.rate_assumed,
        ),
        Input(name="duration", value=release.duration_s, unit="s", source=by),
        Input(name="release_height", value=release.height_m, unit="m"),
        Input(name="wind_from", value=wind.from_deg, unit="°", source=wind.source),
        Input(name="wind_speed", value=wind.speed_m_s, unit="m/s", source=wind.source),
        Input(name="wind_height", value=wind.height_m, unit="m", source=wind.source),
        Input(name="stability", value=wind.stability, source=wind.source),
        Input(name="terrain", value=run.terrain),
        Input(name="carrying_wind", value=round(run.plume.wind_m_s, 2), unit="m/s"),
        Input(name="receptor_height", value=0.0, unit="m", assumed=True),
    )
