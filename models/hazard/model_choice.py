"""`ChosenModel`: takes the plume or the dense-gas model for a release, and says why."""

import math
from dataclasses import dataclass

import msgspec

from models.basics import Wind
from models.hazard.cautions import DENSE_LIMIT, cloud_density_kg_m3, density_strength
from models.hazard.dense.gas import gas_of
from models.hazard.dense_zone import HIGHEST_M, DenseGasModel
from models.hazard.footprint import CALM_M_S
from models.hazard.ports import Exposed, HazardModel, Input, Release, ZoneResult
from models.hazard.substances import Substance, find_substance
from models.hazard.volume import virtual_distance
from models.hazard.zone_model import GaussianPlumeModel
from models.hazard.zone_parts import check_case

_WARM_K = 298.15
_GRAVITY_M_S2, _AIR_KG_M3 = 9.81, 1.2
_EDGE = 2.15  # ISC3: a plume's edge lies so many sigma_z off its middle


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether a release is computed as a dense gas, and the reason in words."""

    dense: bool
    reason: str


def choose(release: Release, wind: Wind, substance: Substance) -> Choice:
    """Return which model a release wants.

    Dense where (g0 V/(u³ D))^(1/3) reaches 0.15 at the source, the substance boils below 25 °C (a
    warm liquid's vapour leaves diluted) and the release is at most 10 m high, or sinks to the
    ground (`sinks_within_m`) before a passive plume of that height would have spread down to it.

    Parameters
    ----------
    release, wind, substance
        A checked case.

    References
    ----------
    Britter & McQuaid (1988), HSE Contract Research Report 17/1988, criterion for continuous
    releases.

    Examples
    --------
    >>> from models.basics import LatLon
    >>> release = Release(position=LatLon(31.0, 121.0), substance="chlorine", release_kg_s=1.0)
    >>> wind = Wind(from_deg=0.0, speed_m_s=3.0, stability="D")
    >>> choose(release, wind, find_substance("chlorine"))
    Choice(dense=True, reason='dense gas: criterion 1.06, limit 0.15')
    """
    strength = density_strength(substance, release, wind)
    if strength < DENSE_LIMIT:
        return Choice(False, f"passive: criterion {strength:.2f}, limit {DENSE_LIMIT}")
    if substance.boiling_k > _WARM_K:
        return Choice(False, "plume: a liquid below its boiling point gives diluted vapour")
    if gas_of(substance.cas) is None:
        return Choice(False, "plume: no vapour data for the dense model")
    reason = f"dense gas: criterion {strength:.2f}, limit {DENSE_LIMIT}"
    if release.height_m <= HIGHEST_M:
        return Choice(True, reason)
    sinks_m = sinks_within_m(release, wind, substance)
    spreads_m = virtual_distance(release.height_m / _EDGE, "z", wind.stability, "isc3_rural")
    high = f"released {release.height_m:g} m up it sinks to the ground within {sinks_m:.0f} m"
    if sinks_m > spreads_m:
        return Choice(False, f"plume: {high}, after it has spread there ({spreads_m:.0f} m)")
    return Choice(True, f"{reason}; {high}")


def sinks_within_m(release: Release, wind: Wind, substance: Substance) -> float:
    """Return how far downwind the middle of a heavy gas let out above the ground comes down [m].

    h = 1.60 (F x²/u³)^(1/3) with F = g V (rho - rho_air)/(pi rho_air): the rise of a bent-over
    plume, downwards. Without momentum; a calm counts as 0.5 m/s.

    Parameters
    ----------
    release, wind, substance
        A checked case; the wind as measured.

    Returns
    -------
    float
        0 from the ground; infinite for a cloud no heavier than air.

    References
    ----------
    EPA-454/B-95-003b, ISC3 User's Guide vol. II, eq. 1-22 (gradual rise), applied to negative
    buoyancy as G. Briggs, Plume rise and buoyancy effects (1984), does; the latter recalled.

    Examples
    --------
    >>> from models.basics import LatLon
    >>> release = Release(position=LatLon(31.0, 121.0), substance="Cl2", release_kg_s=1.0,
    ...                   height_m=40.0)
    >>> wind = Wind(from_deg=0.0, speed_m_s=3.0, stability="D")
    >>> round(sinks_within_m(release, wind, find_substance("chlorine")))
    441
    """
    density = cloud_density_kg_m3(substance)
    if density <= _AIR_KG_M3:
        return math.inf
    volume = release.release_kg_s / density
    buoyancy = _GRAVITY_M_S2 * volume * (density - _AIR_KG_M3) / (math.pi * _AIR_KG_M3)
    speed = max(wind.speed_m_s, CALM_M_S)
    return float((release.height_m * speed / 1.6) ** 1.5 / buoyancy**0.5)


class ChosenModel:
    """The model that fits the release; its result names the model taken and why."""

    name = "automatic choice"
    version = "1.0"

    def zone(
        self, release: Release, wind: Wind, receptors: tuple[Exposed, ...], terrain: str
    ) -> ZoneResult:
        """Return the zone of the model that `choose` takes; the reason is among its inputs.

        Raises
        ------
        HazardInputError
            Naming the field that makes no sense.
        """
        check_case(release, wind, terrain)
        substance = find_substance(release.substance, release.cas)
        if substance is None:
            return GaussianPlumeModel().zone(release, wind, receptors, terrain)
        choice = choose(release, wind, substance)
        model: HazardModel = DenseGasModel() if choice.dense else GaussianPlumeModel()
        result = model.zone(release, wind, receptors, terrain)
        why = Input(name="model_choice", value=choice.reason)
        return msgspec.structs.replace(result, inputs=(*result.inputs, why))
