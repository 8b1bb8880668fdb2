"""`GaussianPlumeModel`: a release and a wind into polygons by level of concern."""

from dataclasses import dataclass

from models.basics import Wind
from models.hazard.cautions import Facts, cautions
from models.hazard.footprint import CALM_M_S, Plume, footprint
from models.hazard.ports import Exposed, Input, Release, ZoneResult
from models.hazard.substances import Substance, find_substance, ppm_to_kg_m3
from models.hazard.weather import wind_at
from models.hazard.zone_parts import check_case, fallback_zone, receptor_hits, zone_level

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
        check_case(release, wind, terrain)
        substance = find_substance(release.substance, release.cas)
        if substance is None:
            return fallback_zone(release, wind, receptors)
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
            levels=tuple(
                zone_level(release, wind, level, shape, calm=run.calm) for level, shape in drawn
            ),
            receptors=receptor_hits(
                release,
                wind,
                drawn,
                receptors,
                lambda downwind_m: downwind_m / run.fastest_m_s,
                calm=run.calm,
            ),
            inputs=_inputs(run),
            warnings=warnings,
            wind=wind,
            valid=valid,
        )


def plume_of(release: Release, wind: Wind, terrain: str) -> Plume:
    """Return the plume of a checked case; a calm counts as 0.5 m/s.

    Examples
    --------
    >>> from models.basics import LatLon
    >>> release = Release(position=LatLon(31.0, 121.0), substance="CO", release_kg_s=1.0)
    >>> plume = plume_of(release, Wind(from_deg=0.0, speed_m_s=3.0, stability="D"), "rural")
    >>> round(plume.wind_m_s, 2)
    2.36
    """
    height = max(release.height_m, _ADVECTION_M)
    speed = max(wind.speed_m_s, CALM_M_S)
    carrying = wind_at(speed, wind.height_m, height, wind.stability, terrain)
    return Plume(
        release_kg_s=release.release_kg_s,
        wind_m_s=max(carrying, 0.1),
        height_m=release.height_m,
        stability=wind.stability,
        scheme=_SCHEMES[terrain],
    )


def _prepare(release: Release, wind: Wind, terrain: str, substance: Substance) -> _Run:
    plume = plume_of(release, wind, terrain)
    return _Run(
        release=release,
        wind=wind,
        terrain=terrain,
        substance=substance,
        plume=plume,
        fastest_m_s=max(wind.speed_m_s, CALM_M_S, plume.wind_m_s),
        calm=wind.speed_m_s < CALM_M_S,
    )


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
