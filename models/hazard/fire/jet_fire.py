"""The heat around a jet fire: many weighted points along the flame."""

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import Array, numbers
from models.hazard.fire.jet_flame import JetFlame
from models.hazard.fire.radiation import transmissivity

_PEAK = 0.75
_NEAREST_M = 0.1


def emitter_weights(count: int) -> Array:
    """Return the share of the heat that each of `count` points along a flame gives.

    It rises linearly to three quarters of the length and falls to the tip.

    Parameters
    ----------
    count : int
        Of points, at least 8.

    Returns
    -------
    numpy.ndarray
        Shape (count,), sum 1.

    References
    ----------
    R. Hankinson and B. Lowesmith, Combustion and Flame 159 (2012) 1165; recalled.

    Examples
    --------
    >>> weights = emitter_weights(50)
    >>> round(float(weights.sum()), 9), int(weights.argmax()) + 1
    (1.0, 37)
    """
    peak = int(_PEAK * count)
    order = np.arange(1, count + 1, dtype=np.float64)
    falling = peak - (peak - 1) / (count - peak - 1) * (order - (peak + 1))
    weights = np.where(order <= peak, order, falling)
    return np.asarray(weights / weights.sum())


def jet_fire_flux(
    flame: JetFlame,
    x_m: ArrayLike,
    y_m: ArrayLike,
    z_m: ArrayLike,
    *,
    temperature_k: float = 288.15,
    relative_humidity: float = 0.5,
) -> Array:
    """Return the heat flux on a target turned to see the most [W/m²].

    The vector sum of tau w chi m dHc/(4 pi d²) over the points of the axis.

    Parameters
    ----------
    flame : JetFlame
        See `jet_flame`.
    x_m, y_m, z_m : array_like
        From the orifice: along the release, beside it, up [m], -1e4…1e4; they broadcast.
    temperature_k, relative_humidity : float
        Of the air; see `transmissivity`.

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
    Not for targets inside the flame: there the flux is the flame's own, 200…350 kW/m².

    References
    ----------
    Hankinson and Lowesmith (2012); recalled. Johnson et al. (1994), test 1033, within a factor 2.

    Examples
    --------
    >>> from models.hazard.fire.jet_flame import METHANE, jet_flame
    >>> flame = jet_flame(METHANE, pressure_pa=1211325, temperature_k=279, hole_diameter_m=0.075,
    ...                   burn_kg_s=7.9, radiant_fraction=0.14)
    >>> round(float(jet_fire_flux(flame, 15, 24.3, -2)) / 1e3, 1)  # measured 5.9
    4.9
    """
    x, y, z = np.broadcast_arrays(
        *(numbers(f, v, -1e4, 1e4, "m") for f, v in (("x_m", x_m), ("y_m", y_m), ("z_m", z_m)))
    )
    weights = emitter_weights(len(flame.axis_m))
    away = np.stack(
        [
            x[..., None] - flame.axis_m[:, 0],
            np.broadcast_to(y[..., None], (*y.shape, len(weights))),
            z[..., None] - flame.axis_m[:, 1],
        ]
    )
    distance = np.maximum(np.sqrt((away**2).sum(axis=0)), _NEAREST_M)
    tau = transmissivity(
        np.minimum(distance, 1e4), temperature_k=temperature_k, relative_humidity=relative_humidity
    )
    share = tau * weights / (4 * np.pi * distance**2)
    seen = (share * away / distance).sum(axis=-1)
    return np.asarray(flame.radiant_w * np.sqrt((seen**2).sum(axis=0)))
