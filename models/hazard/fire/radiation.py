"""Heat from a fire: what the air lets through, and the point-source flux."""

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import choice, number

METHODS = ("wayne", "tno")
_SHORTEST_M = 1.0
_MMHG_PA = 133.322387415


def water_vapour_pressure(temperature_k: float, relative_humidity: float) -> float:
    """Return the partial pressure of water in air [Pa] (Antoine).

    Parameters
    ----------
    temperature_k : float
        Air temperature [K], 223…333.
    relative_humidity : float
        [-], 0…1.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    Reid, Prausnitz and Poling, The Properties of Gases and Liquids, Antoine's constants of
    water; recalled, within 3 % of steam tables from 273 to 333 K.

    Examples
    --------
    >>> round(water_vapour_pressure(293.15, 1.0))
    2313
    """
    temperature = number("temperature_k", temperature_k, 223.0, 333.0, "K")
    humidity = number("relative_humidity", relative_humidity, 0.0, 1.0, "")
    saturated = float(np.exp(18.3036 - 3816.44 / (temperature - 46.13)))
    return humidity * saturated * _MMHG_PA


def transmissivity(
    path_m: ArrayLike,
    *,
    temperature_k: float = 293.15,
    relative_humidity: float = 0.5,
    method: str = "wayne",
) -> Array:
    """Return the share of a flame's heat that the air lets through [-].

    Wayne: 1.006 - 0.01171 lg W - 0.02368 (lg W)² - 0.03188 lg C + 0.001164 (lg C)², with
    W = 288.651 RH x p[mmHg]/T and C = 273 x/T. TNO: 2.02 (pw x)^-0.09.

    Parameters
    ----------
    path_m : array_like
        Length x of the path [m], any shape, 0…1e4; below 1 m it counts as 1 m.
    temperature_k : float
        Air temperature [K], 223…333.
    relative_humidity : float
        [-], 0…1.
    method : str
        'wayne' or 'tno'.

    Returns
    -------
    numpy.ndarray
        [-], 0…1, in the shape of `path_m`.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    For black-body flames of some 1500 K. Smoke, fog and rain let less through. TNO's form is
    fitted for pw x from 1e4 to 1e5 Pa m.

    References
    ----------
    F. Wayne, J. Loss Prev. Process Ind. 4 (1991) 86; TNO Yellow Book (2005), eq. 6.29; both
    recalled, Wayne's checked against his table at 50 % humidity.

    Examples
    --------
    Wayne's table: 293 K, half saturated: 0.86, 0.71, 0.51.

    >>> transmissivity([10, 100, 1000], temperature_k=293).round(2).tolist()
    [0.87, 0.71, 0.51]
    """
    choice("method", method, METHODS)
    path = np.maximum(numbers("path_m", path_m, 0.0, 1e4, "m"), _SHORTEST_M)
    pressure = water_vapour_pressure(temperature_k, relative_humidity)
    if method == "tno":
        damped = 2.02 * np.maximum(pressure * path, 1.0) ** -0.09
        return np.asarray(np.clip(damped, 0.0, 1.0))
    water = np.log10(np.maximum(288.651 * pressure / _MMHG_PA * path / temperature_k, 1e-2))
    carbon = np.log10(273.0 * path / temperature_k)
    through = 1.006 - 0.01171 * water - 0.02368 * water**2
    through = through - 0.03188 * carbon + 0.001164 * carbon**2
    return np.asarray(np.clip(through, 0.0, 1.0))


def point_source_flux(
    distance_m: ArrayLike,
    *,
    burn_kg_s: float,
    heat_j_kg: float,
    radiant_fraction: float,
    through: ArrayLike = 1.0,
) -> Array:
    """Return the heat flux of a fire seen as a point, tau chi m dHc/(4 pi d²) [W/m²].

    Parameters
    ----------
    distance_m : array_like
        From the flame's centre d [m], any shape, above 0 … 1e5.
    burn_kg_s : float
        Rate burnt [kg/s], 0…1e5.
    heat_j_kg : float
        Heat of combustion [J/kg], above 0 … 1.5e8.
    radiant_fraction : float
        chi [-], 0…0.6.
    through : array_like
        Transmissivity [-], 0…1.

    Returns
    -------
    numpy.ndarray
        [W/m²], in the broadcast shape.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Too low nearer than about two flame lengths when the flame leans to the target.

    References
    ----------
    API Standard 521, eq. for flare radiation; CCPS (1999), section 2.2.6.

    Examples
    --------
    >>> round(float(point_source_flux(50, burn_kg_s=7.9, heat_j_kg=5e7,
    ...                               radiant_fraction=0.14)))
    1760
    """
    distance = numbers("distance_m", distance_m, 0.0, 1e5, "m", low_open=True)
    burn = number("burn_kg_s", burn_kg_s, 0.0, 1e5, "kg/s")
    heat = number("heat_j_kg", heat_j_kg, 0.0, 1.5e8, "J/kg", low_open=True)
    share = number("radiant_fraction", radiant_fraction, 0.0, 0.6, "")
    tau = numbers("through", through, 0.0, 1.0, "")
    return np.asarray(tau * share * burn * heat / (4 * np.pi * distance**2))
