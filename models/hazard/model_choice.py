"""`ChosenModel`: takes the plume or the dense-gas model for a release, and says why."""

from dataclasses import dataclass

import msgspec

from models.basics import Wind
from models.hazard.cautions import DENSE_LIMIT, density_strength
from models.hazard.dense.gas import gas_of
from models.hazard.dense_zone import HIGHEST_M, DenseGasModel
from models.hazard.ports import Exposed, HazardModel, Input, Release, ZoneResult
from models.hazard.substances import Substance, find_substance
from models.hazard.zone_model import GaussianPlumeModel
from models.hazard.zone_parts import check_case

_WARM_K = 298.15


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether a release is computed as a dense gas, and the reason in words."""

    dense: bool
    reason: str


def choose(release: Release, wind: Wind, substance: Substance) -> Choice:
    """Return which model a release wants.

    Dense where (g0 V/(u³ D))^(1/3) reaches 0.15 at the source, the substance boils below 25 °C (a
    warm liquid's vapour leaves diluted) and the release is at most 10 m high.

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
    if release.height_m > HIGHEST_M:
        return Choice(False, f"plume: released above {HIGHEST_M:g} m, the dense model isn't meant")
    if gas_of(substance.cas) is None:
        return Choice(False, "plume: no vapour data for the dense model")
    return Choice(True, f"dense gas: criterion {strength:.2f}, limit {DENSE_LIMIT}")


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
