"""What a plume's result must say about itself: each caution has a code and a reason."""

from dataclasses import dataclass

from models.basics import Wind
from models.hazard.checks import number
from models.hazard.ports import Caution, Release
from models.hazard.substances import Substance

_LOW_WIND_M_S = 1.0
_NEAR_M = 100.0
_FAR_M = 10_000.0
_GRAVITY_M_S2 = 9.81
_AIR_KG_M3 = 1.2
_AIR_MOLAR_G_MOL = 28.96
_GAS_J_MOL_K = 8.314
_PRESSURE_PA = 101_325.0
_AMBIENT_K = 298.15
_LEVELS_HOLD_S = 3600.0  # AEGL 60 min; PAC likewise
DENSE_LIMIT = 0.15


@dataclass(frozen=True, slots=True)
class Facts:
    """A computed case, as far as its cautions depend on it."""

    release: Release
    wind: Wind
    substance: Substance
    advection_m_s: float
    fastest_m_s: float
    calm: bool
    reach_m: float
    cut: bool
    nowhere: tuple[str, ...]
    layered: bool = False
    """Whether the dense-gas model computed it."""
    sinks: bool = False
    """Whether it did so for what was let out well above the ground."""


def cloud_density_kg_m3(substance: Substance) -> float:
    """Return the density of the fresh cloud [kg/m³].

    Pure vapour at 25 °C or at its boiling point, whichever is warmer; for a liquefied gas vapour
    at the boiling point with an equal mass of droplets (airborne = twice the flash, recalled).

    Examples
    --------
    >>> from models.hazard.substances import find_substance
    >>> [round(cloud_density_kg_m3(find_substance(n)), 2) for n in ("ammonia", "chlorine", "CO")]
    [1.73, 7.23, 1.14]
    """
    temperature = (
        substance.boiling_k if substance.liquefied else max(_AMBIENT_K, substance.boiling_k)
    )
    molar = substance.molar_mass_g_mol / 1000.0
    vapour = _PRESSURE_PA * molar / (_GAS_J_MOL_K * temperature)
    return 2.0 * vapour if substance.liquefied else vapour


def dense_gas_number(release_kg_s: float, density_kg_m3: float, wind_m_s: float) -> float:
    """Return (g0 V/(u³ D))^(1/3), D = sqrt(V/u); at or above 0.15 the cloud spreads by weight.

    Parameters
    ----------
    release_kg_s : float
        Rate [kg/s], above 0.
    density_kg_m3 : float
        Density of the fresh cloud [kg/m³]; lighter than air gives 0.
    wind_m_s : float
        Wind at 10 m [m/s], 0.1…75.

    Raises
    ------
    HazardInputError
        Naming what is out of range.

    References
    ----------
    Britter and McQuaid (1988), workbook, criterion for continuous releases.

    Examples
    --------
    >>> round(dense_gas_number(1.0, 7.23, 3.0), 2)
    1.06
    """
    rate = number("release_kg_s", release_kg_s, 0.0, 1e5, "kg/s", low_open=True)
    wind = number("wind_m_s", wind_m_s, 0.1, 75.0, "m/s")
    density = number("density_kg_m3", density_kg_m3, 0.0, 1e4, "kg/m³", low_open=True)
    reduced = _GRAVITY_M_S2 * max(density - _AIR_KG_M3, 0.0) / _AIR_KG_M3
    volume = rate / density
    return float((reduced * volume / (wind**3 * (volume / wind) ** 0.5)) ** (1 / 3))


def density_strength(substance: Substance, release: Release, wind: Wind) -> float:
    """Return `dense_gas_number` of a release in a wind; a calm counts as 0.5 m/s.

    Examples
    --------
    >>> from models.basics import LatLon
    >>> from models.hazard.substances import find_substance
    >>> release = Release(position=LatLon(31.0, 121.0), substance="chlorine", release_kg_s=1.0)
    >>> wind = Wind(from_deg=0.0, speed_m_s=3.0, stability="D")
    >>> round(density_strength(find_substance("chlorine"), release, wind), 2)
    1.06
    """
    density = cloud_density_kg_m3(substance)
    return dense_gas_number(release.release_kg_s, density, max(wind.speed_m_s, 0.5))


def cautions(facts: Facts) -> tuple[tuple[Caution, ...], bool]:
    """Return the cautions of a case and whether the model is valid for it."""
    wind, invalid = _of_wind(facts)
    cloud, too_dense = _of_cloud(facts)
    found = [*wind, *cloud, *_of_range(facts), *_of_release(facts)]
    return tuple(found), not (invalid or too_dense)


def _of_wind(facts: Facts) -> tuple[list[Caution], bool]:
    speed = facts.wind.speed_m_s
    if facts.calm:
        text = (
            f"Calm ({speed:g} m/s): no direction holds; a circle is drawn, the model isn't valid."
        )
        return [Caution(code="calm", text=text)], True
    if speed < _LOW_WIND_M_S:
        text = f"Low wind ({speed:g} m/s): below 1 m/s a plume meanders and the model isn't valid."
        return [Caution(code="low_wind", text=text)], True
    return [], False


def _of_cloud(facts: Facts) -> tuple[list[Caution], bool]:
    strength = density_strength(facts.substance, facts.release, facts.wind)
    if facts.layered:
        text = (
            f"Heavy gas (criterion {strength:.2f}, limit {DENSE_LIMIT}): computed with the "
            "dense-gas model, as released at the ground without momentum."
        )
        found = [Caution(code="dense_model", text=text)]
        if facts.sinks:
            text = (
                f"Released {facts.release.height_m:g} m up it sinks to the ground: computed as "
                "released there, which overstates."
            )
            found.append(Caution(code="sinks", text=text))
        if facts.substance.molar_mass_g_mol < _AIR_MOLAR_G_MOL:
            text = (
                "Lighter than air once warm: it may rise farther off, which the model leaves out."
            )
            found.append(Caution(code="may_rise", text=text))
        return found, False
    if strength >= DENSE_LIMIT:
        text = (
            "Dense or cold release: this model is not valid near the source "
            f"(criterion {strength:.2f}, limit {DENSE_LIMIT})."
        )
        return [Caution(code="dense_gas", text=text)], True
    if facts.substance.liquefied or facts.substance.molar_mass_g_mol > _AIR_MOLAR_G_MOL:
        text = "Heavier than air when fresh, but too little to spread by its own weight."
        return [Caution(code="heavy_gas", text=text)], False
    return [], False


def _of_range(facts: Facts) -> list[Caution]:
    found = []
    if not facts.layered:
        text = "Nearer than 100 m the dispersion curves are extrapolated."
        found.append(Caution(code="near_field", text=text))
    if facts.cut:
        text = "A level goes on beyond 50 km; the zone is cut there."
        found.append(Caution(code="cut", text=text))
    if facts.reach_m > _FAR_M:
        text = f"Reaches {facts.reach_m / 1000:.1f} km: beyond 10 km weather and curves don't hold."
        found.append(Caution(code="far_field", text=text))
    if 0 < facts.reach_m < _NEAR_M and not facts.layered:
        text = "The whole zone is nearer than 100 m: its length is only an order of magnitude."
        found.append(Caution(code="all_near_field", text=text))
    if facts.nowhere:
        text = f"Reached nowhere at the ground: {', '.join(facts.nowhere)}."
        found.append(Caution(code="reached_nowhere", text=text))
    return found


def _of_release(facts: Facts) -> list[Caution]:
    found = []
    if facts.release.rate_assumed:
        text = f"The rate of {facts.release.release_kg_s:g} kg/s is assumed."
        found.append(Caution(code="assumed_rate", text=text))
    travel_s = facts.reach_m / facts.advection_m_s
    if facts.release.duration_s < travel_s and not facts.layered:
        text = (
            f"The release ({facts.release.duration_s:.0f} s) is shorter than the travel time "
            f"({travel_s:.0f} s): far off the steady plume overstates."
        )
        found.append(Caution(code="short_release", text=text))
    toxic = any(not level.key.startswith("lel") for level in facts.substance.levels)
    if toxic and facts.release.duration_s > _LEVELS_HOLD_S:
        text = (
            f"The release lasts {facts.release.duration_s / 3600:.1f} h: the toxic levels hold for "
            "60 minutes; who stays longer is harmed by less, beyond the zone too."
        )
        found.append(Caution(code="long_release", text=text))
    if any(not level.verified for level in facts.substance.levels):
        text = "Levels of concern of this substance are recalled and unverified."
        found.append(Caution(code="unverified_levels", text=text))
    if facts.substance.missing:
        text = f"Not published: {', '.join(facts.substance.missing)}; no zone is drawn for it."
        found.append(Caution(code="level_not_published", text=text))
    return found
