"""The members of an ensemble: one row of inputs each, drawn evenly and reproducibly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from models.basics import Wind
from models.hazard.checks import number
from models.hazard.ensemble.spread import Share, Spread, check_spread
from models.hazard.footprint import CALM_M_S
from models.hazard.ports import HazardInputError, Release
from models.hazard.weather import STABILITIES, wind_exponent

Array = NDArray[np.float64]

MOST_MEMBERS = 20_000
_ADVECTION_M = 2.0  # as in the single run
_LEAST_CARRYING_M_S = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Inputs of n runs: arrays of shape (n,); directions are where the wind blows FROM.

    `scaled_kg_s` is the rate times the model's error; `carrying_m_s` the wind at the release.
    """

    from_deg: Array
    speed_m_s: Array
    carrying_m_s: Array
    stability: NDArray[np.str_]
    scheme: NDArray[np.str_]
    scaled_kg_s: Array
    duration_s: Array
    calm: NDArray[np.bool_]


def draw_members(
    release: Release, wind: Wind, terrain: str, spread: Spread, *, members: int, seed: int
) -> Members:
    """Return `members` rows drawn around a case; the same seed gives the same rows.

    Parameters
    ----------
    release, wind, terrain
        The case, as a single run takes it.
    spread : Spread
        The distributions.
    members : int
        2…20,000.
    seed : int
        0 or more.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Latin hypercube: each input is drawn once from each of n equally likely strata, so that a
    thousand members place a 5 % contour about as well as ten thousand independent ones.

    References
    ----------
    M. McKay, R. Beckman, W. Conover, Technometrics 21 (1979) 239–245.

    Examples
    --------
    >>> from models.basics import LatLon
    >>> from models.hazard.ensemble.spread import default_spread
    >>> wind = Wind(from_deg=270, speed_m_s=3, stability="D")
    >>> release = Release(position=LatLon(31, 121), substance="chlorine", release_kg_s=1.0)
    >>> spread = default_spread(wind, "rural", rate_assumed=True)
    >>> drawn = draw_members(release, wind, "rural", spread, members=1000, seed=1)
    >>> round(float(np.median(drawn.from_deg))), sorted(set(drawn.stability.tolist()))
    (270, ['C', 'D', 'E'])
    """
    check_spread(spread)
    count = _whole("members", members, 2, MOST_MEMBERS)
    random = np.random.Generator(np.random.PCG64(_whole("seed", seed, 0, 2**63 - 1)))
    uniform = [_strata(random, count) for _ in range(8)]
    direction, speed, rate, hole, inventory, error = (ndtri(u) for u in uniform[:6])
    stability = _pick(uniform[6], spread.stabilities)
    speeds = wind.speed_m_s * np.exp(spread.speed_log_sd * speed)
    calm = speeds < CALM_M_S
    height = max(release.height_m, _ADVECTION_M)
    lift = {s: (height / wind.height_m) ** wind_exponent(s, terrain) for s in STABILITIES}
    carrying = np.maximum(speeds, CALM_M_S) * np.array([lift[s] for s in stability.tolist()])
    rates = release.release_kg_s * np.exp(spread.rate_log_sd * rate + 2 * spread.hole_log_sd * hole)
    duration = np.full(count, release.duration_s)
    if spread.inventory_kg is not None:
        held = spread.inventory_kg * np.exp(spread.inventory_log_sd * inventory)
        duration = np.minimum(duration, held / rates)
    return Members(
        from_deg=(wind.from_deg + spread.direction_sd_deg * direction) % 360.0,
        speed_m_s=speeds,
        carrying_m_s=np.maximum(carrying, _LEAST_CARRYING_M_S),
        stability=stability,
        scheme=_pick(uniform[7], spread.schemes),
        scaled_kg_s=rates * np.exp(spread.model_log_sd * error),
        duration_s=duration,
        calm=calm,
    )


def _whole(field: str, value: int, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise HazardInputError(field, f"{value!r} is not a whole number")
    return int(number(field, value, low, high, ""))


def _strata(random: np.random.Generator, count: int) -> Array:
    return np.asarray((random.permutation(count) + random.random(count)) / count)


def _pick(uniform: Array, shares: tuple[Share, ...]) -> NDArray[np.str_]:
    weights = np.array([share.weight for share in shares])
    edges = np.cumsum(weights) / weights.sum()
    return np.array([share.key for share in shares])[
        np.minimum(np.searchsorted(edges, uniform, "right"), len(shares) - 1)
    ]
