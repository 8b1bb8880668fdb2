"""A BLEVE's fireball, its heat and the reach of the vessel's fragments."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import number
from models.hazard.fire.radiation import transmissivity
from models.hazard.fire.view_factors import sphere_view_factor

_LARGE_KG = 30_000.0
_HOTTEST_W_M2 = 400e3
_SMALL_VESSEL_M3 = 5.0


@dataclass(frozen=True, slots=True)
class Fireball:
    """A fireball: diameter, height of its centre, how long it lasts, surface emissive power."""

    diameter_m: float
    centre_height_m: float
    duration_s: float
    emissive_power_w_m2: float


def fireball(mass_kg: float, heat_j_kg: float = 46e6, radiant_fraction: float = 0.35) -> Fireball:
    """Return the fireball of a burst vessel.

    D = 5.8 m^(1/3); t = 0.45 m^(1/3) below 30 t, else 2.6 m^(1/6); centre at 0.75 D;
    E = chi m dHc/(pi D² t), at most 400 kW/m².

    Parameters
    ----------
    mass_kg : float
        Fuel in the ball [kg], above 0 … 1e7.
    heat_j_kg : float
        Heat of combustion [J/kg], above 0 … 1.5e8.
    radiant_fraction : float
        chi [-], 0…0.6: 0.3 at low, 0.4 at high burst pressure.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    All the fuel is taken to burn in the ball; what rains out makes a pool fire as well.

    References
    ----------
    CCPS, Guidelines for Evaluating the Characteristics of VCEs, Flash Fires and BLEVEs (1994),
    section 6.2; the cap after the measured 320…375 kW/m² of tests; recalled.

    Examples
    --------
    >>> ball = fireball(100_000)
    >>> round(ball.diameter_m, 1), round(ball.duration_s, 2), round(ball.centre_height_m, 1)
    (269.2, 17.71, 201.9)
    """
    mass = number("mass_kg", mass_kg, 0.0, 1e7, "kg", low_open=True)
    heat = number("heat_j_kg", heat_j_kg, 0.0, 1.5e8, "J/kg", low_open=True)
    share = number("radiant_fraction", radiant_fraction, 0.0, 0.6, "")
    diameter = 5.8 * mass ** (1 / 3)
    duration = 0.45 * mass ** (1 / 3) if mass < _LARGE_KG else 2.6 * mass ** (1 / 6)
    power = share * mass * heat / (np.pi * diameter**2 * duration)
    return Fireball(diameter, 0.75 * diameter, duration, float(min(power, _HOTTEST_W_M2)))


def fireball_flux(
    ball: Fireball,
    distance_m: ArrayLike,
    *,
    temperature_k: float = 293.15,
    relative_humidity: float = 0.5,
) -> Array:
    """Return the heat flux on a target on the ground that faces the ball [W/m²].

    q = tau E D²/(4 d²), with d from the ball's centre and tau over the path outside it.

    Parameters
    ----------
    ball : Fireball
        See `fireball`.
    distance_m : array_like
        Along the ground, from under the ball [m], any shape, 0…1e5.
    temperature_k, relative_humidity : float
        Of the air; see `transmissivity`.

    Returns
    -------
    numpy.ndarray
        [W/m²], in the shape of `distance_m`; hold it for `duration_s` for the dose.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    CCPS (1994), section 6.2; recalled.

    Examples
    --------
    >>> round(float(fireball_flux(fireball(100_000), 500)) / 1e3)
    15
    """
    distance = numbers("distance_m", distance_m, 0.0, 1e5, "m")
    radius = ball.diameter_m / 2
    away = np.hypot(distance, ball.centre_height_m)
    path = np.minimum(np.maximum(away - radius, 0.0), 1e4)
    tau = transmissivity(path, temperature_k=temperature_k, relative_humidity=relative_humidity)
    return np.asarray(tau * ball.emissive_power_w_m2 * sphere_view_factor(radius, away))


@dataclass(frozen=True, slots=True)
class FragmentReach:
    """How far fragments fly [m]: most of them, and the farthest (a rocketing vessel end)."""

    most_m: float
    farthest_m: float


def fragment_reach(mass_kg: float, vessel_m3: float) -> FragmentReach:
    """Return the reach of a BLEVE's fragments.

    80 to 90 % fall within 4 fireball radii; a vessel's end rockets at most 90 m^(1/3) (vessel
    under 5 m³) or 465 m^(1/10) metres, and never less than the first.

    Parameters
    ----------
    mass_kg : float
        Contents [kg], above 0 … 1e7.
    vessel_m3 : float
        Volume of the vessel [m³], above 0 … 1e6.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Found for cylindrical LPG vessels. Fragments fly in all directions, farthest along the axis.

    References
    ----------
    A. Birk, Scale effects with fire exposure of pressure-liquefied gas tanks, J. Loss Prev.
    Process Ind. 8 (1995) 275, as in Casal (2008), section 5.6; recalled.

    Examples
    --------
    >>> reach = fragment_reach(20_000, 50)
    >>> round(reach.most_m), round(reach.farthest_m)
    (315, 1252)
    """
    mass = number("mass_kg", mass_kg, 0.0, 1e7, "kg", low_open=True)
    volume = number("vessel_m3", vessel_m3, 0.0, 1e6, "m³", low_open=True)
    most = 4 * fireball(mass).diameter_m / 2
    rocket = 90 * mass ** (1 / 3) if volume < _SMALL_VESSEL_M3 else 465 * mass**0.1
    return FragmentReach(most, max(most, rocket))
