"""Rise of a stack's plume by EPA's criteria, and the plume with rise and downwash."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import choice, number
from models.hazard.constants import G_M_S2
from models.hazard.plume import spread_plume
from models.hazard.ports import HazardInputError
from models.hazard.sigmas import sigma_y, sigma_z
from models.hazard.weather import STABILITIES

_BUOYANCY_LIMIT = 55.0  # m⁴/s³, where Briggs' constants change
_INDUCED = 3.5  # buoyancy-induced spread is rise / 3.5
_GRADIENTS_K_M = {"E": 0.020, "F": 0.035}  # ISC3's defaults
_DOWNWASH_RATIO = 1.5


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack and the air around its top; checked by `plume_rise`.

    `gradient_k_m` is dθ/dz [K/m]; None takes 0.020 in class E and 0.035 in F, as ISC3 does, and
    0 otherwise.
    """

    height_m: float
    diameter_m: float
    exit_m_s: float
    exit_k: float
    ambient_k: float
    wind_m_s: float
    stability: str
    gradient_k_m: float | None = None


@dataclass(frozen=True, slots=True)
class Rise:
    """How a plume rises: `kind` is 'buoyant' or 'momentum'.

    `final_m` is the final rise above `base_m`, the stack's height less its tip's downwash;
    `distance_m` is where the final rise is reached.
    """

    kind: str
    stable: bool
    base_m: float
    final_m: float
    distance_m: float
    buoyancy_m4_s3: float
    momentum_m4_s2: float


def plume_rise(stack: Stack) -> Rise:
    """Return the final rise by Briggs with the criteria and constants of ISC3.

    Fb = g vs ds² (Ts - Ta)/(4 Ts), Fm = vs² ds² Ta/(4 Ts). Neutral and unstable: 21.425 Fb^0.75/u
    (Fb < 55), 38.71 Fb^0.6/u, or by momentum 3 ds vs/u. Stable: 2.6 (Fb/(u s))^(1/3), in a calm
    4 Fb^0.25/s^0.375, or by momentum 1.5 (Fm/(u sqrt s))^(1/3); the smaller one holds. Buoyancy
    rules where Ts - Ta reaches the critical difference.

    Parameters
    ----------
    stack : Stack
        Height 0…500 m, diameter 0.01…50 m, exit speed 0…300 m/s, exit temperature 150…3000 K,
        ambient 200…340 K, wind at the stack's top 0.1…75 m/s, gradient -0.1…0.2 K/m.

    Returns
    -------
    Rise

    Raises
    ------
    HazardInputError
        Naming the field out of range.

    Notes
    -----
    A plume colder than the air is given its momentum's rise only; a cold dense jet sinks and is
    none of this function's. No building downwash.

    References
    ----------
    EPA-454/B-95-003b, ISC3 User's Guide vol. II, §1.1.4 and ISCST3's PRISE.FOR.

    Examples
    --------
    >>> rise = plume_rise(Stack(35, 2.4, 11.7, 432, 293, 4.8269, "D"))
    >>> rise.kind, round(rise.buoyancy_m4_s3, 1), round(rise.final_m, 1)
    ('buoyant', 53.2, 87.4)
    """
    gradient = _checked(stack)
    speed, exit_k, ambient = stack.exit_m_s, stack.exit_k, stack.ambient_k
    wind, diameter = stack.wind_m_s, stack.diameter_m
    excess = exit_k - ambient
    buoyancy = max(G_M_S2 * speed * diameter**2 * excess / (4 * exit_k), 0.0)
    momentum = speed**2 * diameter**2 * ambient / (4 * exit_k)
    base = stack.height_m
    if speed < _DOWNWASH_RATIO * wind:
        base = max(base + 2 * diameter * (speed / wind - _DOWNWASH_RATIO), 0.0)
    stable = stack.stability in "EF" and gradient > 0
    if stable:
        kind, final, distance = _stable(stack, excess, buoyancy, momentum, gradient)
    else:
        kind, final, distance = _unstable(stack, excess, buoyancy)
    return Rise(kind, stable, base, final, distance, buoyancy, momentum)


def _checked(stack: Stack) -> float:
    number("height_m", stack.height_m, 0.0, 500.0, "m")
    number("diameter_m", stack.diameter_m, 0.01, 50.0, "m")
    number("exit_m_s", stack.exit_m_s, 0.0, 300.0, "m/s")
    number("exit_k", stack.exit_k, 150.0, 3000.0, "K")
    number("ambient_k", stack.ambient_k, 200.0, 340.0, "K")
    number("wind_m_s", stack.wind_m_s, 0.1, 75.0, "m/s")
    choice("stability", stack.stability, STABILITIES)
    gradient = stack.gradient_k_m
    if gradient is None:
        return _GRADIENTS_K_M.get(stack.stability, 0.0)
    return number("gradient_k_m", gradient, -0.1, 0.2, "K/m")


def _unstable(stack: Stack, excess: float, buoyancy: float) -> tuple[str, float, float]:
    speed, diameter, wind = stack.exit_m_s, stack.diameter_m, stack.wind_m_s
    if buoyancy < _BUOYANCY_LIMIT:
        critical = 0.0297 * stack.exit_k * (speed / diameter**2) ** (1 / 3)
        rise, distance = 21.425 * buoyancy**0.75 / wind, 49.0 * buoyancy ** (5 / 8)
    else:
        critical = 0.00575 * stack.exit_k * (speed**2 / diameter) ** (1 / 3)
        rise, distance = 38.71 * buoyancy**0.6 / wind, 119.0 * buoyancy**0.4
    if excess >= critical and buoyancy > 0:
        return "buoyant", rise, distance
    if buoyancy == 0 and speed > 0:
        distance = 4 * diameter * (speed + 3 * wind) ** 2 / (speed * wind)
    return "momentum", 3 * diameter * speed / wind, distance


def _stable(
    stack: Stack, excess: float, buoyancy: float, momentum: float, gradient: float
) -> tuple[str, float, float]:
    speed, wind = stack.exit_m_s, stack.wind_m_s
    s = G_M_S2 * gradient / stack.ambient_k
    root = math.sqrt(s)
    if excess >= 0.019582 * speed * stack.ambient_k * root and buoyancy > 0:
        windy = 2.6 * (buoyancy / (wind * s)) ** (1 / 3)
        return "buoyant", min(windy, 4 * buoyancy**0.25 / s**0.375), 2.0715 * wind / root
    rise = 1.5 * (momentum / (wind * root)) ** (1 / 3)
    rise = min(rise, 3 * stack.diameter_m * speed / wind)
    return "momentum", rise, 0.5 * math.pi * wind / root


def rise_at(stack: Stack, x_m: ArrayLike) -> Array:
    """Return the rise at distances x [m] downwind, up to the final one.

    Buoyant: 1.60 (Fb x²)^(1/3)/u. By momentum: (3 Fm x/(b² u²))^(1/3) with b = 1/3 + u/vs, and
    with sin(x sqrt s/u) in stable air.

    Parameters
    ----------
    stack : Stack
        As in `plume_rise`.
    x_m : array_like
        Distances [m], 0…1e5.

    Returns
    -------
    numpy.ndarray
        Rise above the downwashed stack's top [m], never above the final one.

    Raises
    ------
    HazardInputError
        Naming the field out of range.

    References
    ----------
    EPA-454/B-95-003b, eq. 1-21 to 1-28.

    Examples
    --------
    >>> rise_at(Stack(35, 2.4, 11.7, 432, 293, 4.8269, "D"), [0, 100, 1e4]).round(1).tolist()
    [0.0, 26.9, 87.4]
    """
    rise = plume_rise(stack)
    x = numbers("x_m", x_m, 0.0, 1e5, "m")
    wind = stack.wind_m_s
    if rise.kind == "buoyant":
        height = 1.60 * (rise.buoyancy_m4_s3 * x**2) ** (1 / 3) / wind
    elif stack.exit_m_s == 0:
        height = np.zeros_like(x)
    else:
        entrained = (1 / 3 + wind / stack.exit_m_s) ** 2 * wind
        reach = np.minimum(x, rise.distance_m)
        along = reach / wind
        if rise.stable:
            gradient = _checked(stack)
            root = math.sqrt(G_M_S2 * gradient / stack.ambient_k)
            along = np.sin(root * reach / wind) / root
        height = (3 * rise.momentum_m4_s2 * along / entrained) ** (1 / 3)
    return np.asarray(
        np.where(x >= rise.distance_m, rise.final_m, np.minimum(height, rise.final_m))
    )


def stack_concentration(
    x_m: ArrayLike,
    y_m: ArrayLike,
    z_m: ArrayLike,
    *,
    release_kg_s: float,
    stack: Stack,
    scheme: str = "isc3_rural",
    mixing_height_m: float = 10_000.0,
) -> Array:
    """Return the concentration of a stack's plume, as ISC3's regulatory default computes it.

    The final rise sets the height everywhere; the tip's downwash lowers the stack; the rise at x
    widens both sigmas by (dh/3.5)² in squares.

    Parameters
    ----------
    x_m, y_m, z_m : array_like
        Downwind, crosswind and vertical coordinates [m]; they broadcast. At x <= 0 it is 0.
    release_kg_s : float
        Rate [kg/s], above 0 … 1e5.
    stack : Stack
        As in `plume_rise`; its wind also carries the plume.
    scheme : str
        See `models.hazard.sigmas`.
    mixing_height_m : float
        Lid [m], 10…20000; ignored in classes E and F. A plume above it doesn't come down.

    Returns
    -------
    numpy.ndarray
        Concentration [kg/m³], in the broadcast shape.

    Raises
    ------
    HazardInputError
        Naming the field out of range.

    References
    ----------
    EPA-454/B-95-003b, ISC3 User's Guide vol. II, §1.1.

    Examples
    --------
    ISCST3 gives 83.06 µg/m³ for 100 g/s at 2 km:

    >>> stack = Stack(35, 2.4, 11.7, 432, 293, 4.0 * 3.5**0.15, "D", 0.0)
    >>> c = stack_concentration(2000, 0, 0, release_kg_s=0.1, stack=stack)
    >>> round(float(c) * 1e9, 1)
    83.1
    """
    rise = plume_rise(stack)
    x, y, z = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in (x_m, y_m, z_m)))
    if np.isnan(x).any():
        raise HazardInputError("x_m", "a distance is not a number")
    safe_x = np.clip(np.where(x > 0, x, 1.0), None, 1e5)
    induced = rise_at(stack, safe_x) / _INDUCED
    sy = np.hypot(sigma_y(safe_x, stack.stability, scheme), induced)
    sz = np.hypot(sigma_z(safe_x, stack.stability, scheme), induced)
    found = spread_plume(
        y,
        z,
        sigma_y_m=sy,
        sigma_z_m=sz,
        release_kg_s=release_kg_s,
        wind_m_s=stack.wind_m_s,
        height_m=rise.base_m + rise.final_m,
        stability=stack.stability,
        mixing_height_m=mixing_height_m,
    )
    return np.where(x > 0, found, 0.0)
