"""Baker-Strehlow-Tang: the blast of a vapour cloud by its flame's speed."""

from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import number
from models.hazard.constants import ATMOSPHERE_PA
from models.rules import load_rules

_SOUND_M_S = 340.0
_Kind = Literal["overpressure", "impulse"]


def scaled_overpressure(scaled_distance: ArrayLike, flame_mach: float) -> Array:
    """Return (p - p0)/p0 at scaled distances R (p0/E)^(1/3) [-].

    Parameters
    ----------
    scaled_distance : array_like
        [-], any shape, 0.12…9.5.
    flame_mach : float
        Flame speed over the speed of sound [-], 0.2…5.2; between the curves it is interpolated.

    Returns
    -------
    numpy.ndarray
        [-], in the shape of `scaled_distance`.

    Raises
    ------
    HazardInputError
        Naming `scaled_distance` or `flame_mach`.

    References
    ----------
    CCPS, Guidelines for Vapor Cloud Explosion, 2nd ed. (2010), figure 4.44 as digitised by
    Sandia; `resources/rules/blast_curves.toml`.

    Examples
    --------
    >>> round(float(scaled_overpressure(1.0, 1.0)), 3)
    0.328
    """
    return _scaled("overpressure", scaled_distance, flame_mach)


def scaled_impulse(scaled_distance: ArrayLike, flame_mach: float) -> Array:
    """Return I a0/(E^(1/3) p0^(2/3)) at scaled distances [-]; see `scaled_overpressure`.

    Parameters
    ----------
    scaled_distance : array_like
        [-], any shape, 0.12…9.5.
    flame_mach : float
        [-], 0.2…5.2.

    Returns
    -------
    numpy.ndarray
        [-], in the shape of `scaled_distance`.

    Raises
    ------
    HazardInputError
        Naming `scaled_distance` or `flame_mach`.

    References
    ----------
    As `scaled_overpressure`.

    Examples
    --------
    >>> round(float(scaled_impulse(1.0, 1.0)), 4)
    0.03
    """
    return _scaled("impulse", scaled_distance, flame_mach)


def bst_blast(
    distance_m: ArrayLike,
    *,
    energy_j: float,
    flame_mach: float,
    ambient_pa: float = ATMOSPHERE_PA,
) -> tuple[Array, Array]:
    """Return overpressure [Pa] and impulse [Pa s] of a cloud on the ground.

    Rs = R (p0/E)^(1/3), with E twice the energy given, for the ground's reflection.

    Parameters
    ----------
    distance_m : array_like
        From the centre of the congested volume [m], any shape, above 0 … 1e5. Inside the
        nearest point of the curves (Rs < 0.12) the nearest point's value holds.
    energy_j : float
        Heat of combustion of the stoichiometric mixture in the congested volume [J],
        above 0 … 1e15.
    flame_mach : float
        [-], 0.2…5.2.
    ambient_pa : float
        [Pa], 5e4…1.2e5.

    Returns
    -------
    tuple of numpy.ndarray
        Overpressure and impulse, in the shape of `distance_m`.

    Raises
    ------
    HazardInputError
        Naming the field, `scaled_distance` beyond 9.5.

    Notes
    -----
    Only the congested part of a cloud makes blast. It doesn't cover buildings that shield.

    References
    ----------
    As `scaled_overpressure`.

    Examples
    --------
    >>> pressure, impulse = bst_blast(100, energy_j=5e9, flame_mach=0.7)
    >>> round(float(pressure)), round(float(impulse))
    (12847, 190)
    """
    distance = numbers("distance_m", distance_m, 0.0, 1e5, "m", low_open=True)
    energy = 2.0 * number("energy_j", energy_j, 0.0, 1e15, "J", low_open=True)
    ambient = number("ambient_pa", ambient_pa, 5e4, 1.2e5, "Pa")
    nearest = _curves("overpressure")[0][0]
    scaled = np.maximum(distance * (ambient / energy) ** (1 / 3), nearest)
    pressure = ambient * scaled_overpressure(scaled, flame_mach)
    unit = energy ** (1 / 3) * ambient ** (2 / 3) / _SOUND_M_S
    return np.asarray(pressure), np.asarray(unit * scaled_impulse(scaled, flame_mach))


def _scaled(kind: _Kind, scaled_distance: ArrayLike, flame_mach: float) -> Array:
    at, machs, curves = _curves(kind)
    scaled = numbers("scaled_distance", scaled_distance, at[0], at[-1], "")
    mach = number("flame_mach", flame_mach, machs[0], machs[-1], "")
    upper = min(max(int(np.searchsorted(machs, mach)), 1), len(machs) - 1)
    low, high = (
        np.interp(np.log(scaled), np.log(at), np.log(curves[i])) for i in (upper - 1, upper)
    )
    share = np.log(mach / machs[upper - 1]) / np.log(machs[upper] / machs[upper - 1])
    return np.asarray(np.exp(low + share * (high - low)))


@cache
def _curves(kind: _Kind) -> tuple[Array, Array, Array]:
    rules = load_rules("blast_curves")
    at = np.asarray(rules["scaled_distance"], dtype=np.float64)
    machs = np.asarray([row["mach"] for row in rules[kind]], dtype=np.float64)
    return at, machs, np.asarray([row["scaled"] for row in rules[kind]], dtype=np.float64)
