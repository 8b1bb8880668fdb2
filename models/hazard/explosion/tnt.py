"""TNT equivalence with the simplified Kingery-Bulmash curve of a burst on the ground."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import number

TNT_J_KG = 4.68e6
_NEAREST, _FARTHEST = 0.2, 198.5
_MIDDLE, _FAR = 2.9, 23.8
_BANDS = (
    (7.2106, -2.1069, -0.3229, 0.1117, 0.0685),
    (7.5938, -3.0523, 0.40977, 0.0261, -0.01267),
    (6.0536, -1.4066),
)


def tnt_equivalent_kg(fuel_kg: float, heat_j_kg: float, efficiency: float = 0.03) -> float:
    """Return the mass of TNT that a burning cloud's blast equals, W = eta m dHc / 4.68e6 [kg].

    Parameters
    ----------
    fuel_kg : float
        Flammable mass in the cloud [kg], 0…1e9.
    heat_j_kg : float
        Heat of combustion [J/kg], above 0 … 1.5e8.
    efficiency : float
        Share of the energy that becomes blast [-], 0…1; 0.03 by default.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    A cloud isn't a charge: too strong near it, too weak far away, blind to congestion.

    References
    ----------
    CCPS, Guidelines for Consequence Analysis of Chemical Releases (1999), section 2.2.1.

    Examples
    --------
    >>> round(tnt_equivalent_kg(1000.0, 46.3e6))
    297
    """
    fuel = number("fuel_kg", fuel_kg, 0.0, 1e9, "kg")
    heat = number("heat_j_kg", heat_j_kg, 0.0, 1.5e8, "J/kg", low_open=True)
    return number("efficiency", efficiency, 0.0, 1.0, "") * fuel * heat / TNT_J_KG


def incident_overpressure(distance_m: ArrayLike, tnt_kg: float) -> Array:
    """Return the incident overpressure of TNT on the ground [Pa].

    ln P[kPa] = sum c_i (ln Z)^i with Z = R/W^(1/3), in three bands.

    Parameters
    ----------
    distance_m : array_like
        R [m], any shape, above 0 … 1e5.
    tnt_kg : float
        W [kg], above 0 … 1e9.

    Returns
    -------
    numpy.ndarray
        Side-on overpressure [Pa], in the shape of `distance_m`.

    Raises
    ------
    HazardInputError
        Naming the field, or `scaled_distance` outside 0.2…198.5 m/kg^(1/3).

    References
    ----------
    M. Swisdak, Simplified Kingery Airblast Calculations (1994), hemispherical surface burst.

    Examples
    --------
    10 t at 500 m.

    >>> round(float(incident_overpressure(500, 10_000)))
    5055
    """
    distance = numbers("distance_m", distance_m, 0.0, 1e5, "m", low_open=True)
    tnt = number("tnt_kg", tnt_kg, 0.0, 1e9, "kg", low_open=True)
    scaled = distance / tnt ** (1 / 3)
    numbers("scaled_distance", scaled, _NEAREST, _FARTHEST, "m/kg^(1/3)")
    log = np.log(scaled)
    near, middle, far = (np.polynomial.polynomial.polyval(log, band) for band in _BANDS)
    chosen = np.where(scaled <= _MIDDLE, near, np.where(scaled <= _FAR, middle, far))
    return np.asarray(1e3 * np.exp(chosen))


def distance_of_overpressure(overpressure_pa: float, tnt_kg: float) -> float:
    """Return how far an overpressure reaches [m].

    Parameters
    ----------
    overpressure_pa : float
        Side-on overpressure [Pa], 300…3e6.
    tnt_kg : float
        W [kg], above 0 … 1e9.

    Returns
    -------
    float
        Distance [m].

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    See `incident_overpressure`.

    Examples
    --------
    >>> round(distance_of_overpressure(5054.96, 10_000))
    500
    """
    wanted = number("overpressure_pa", overpressure_pa, 300.0, 3e6, "Pa")
    tnt = number("tnt_kg", tnt_kg, 0.0, 1e9, "kg", low_open=True)
    low, high = np.log(_NEAREST * 1.0001), np.log(_FARTHEST * 0.9999)
    found = brentq(
        lambda log: float(incident_overpressure(np.exp(log), 1.0)) - wanted, low, high, xtol=1e-10
    )
    return float(np.exp(found) * tnt ** (1 / 3))
