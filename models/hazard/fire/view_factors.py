"""View factors of a flame as a cylinder, upright or leaning, and of a sphere."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import number

_RINGS, _SECTORS = 80, 160
_NEAREST = 1.001


@dataclass(frozen=True, slots=True)
class ViewFactors:
    """View factors [-] of a target: facing the axis, facing up, and turned to see the most."""

    vertical: Array
    horizontal: Array
    maximum: Array


def upright_cylinder_view_factor(
    height_over_radius: float, distance_over_radius: ArrayLike
) -> ViewFactors:
    """Return the view factors of an upright cylinder for a target at its foot's level.

    With h = H/R, S = X/R, A = (h² + S² + 1)/(2S) and B = (1 + S²)/(2S): Mudan's closed form.

    Parameters
    ----------
    height_over_radius : float
        h [-], above 0 … 1000.
    distance_over_radius : array_like
        S, from the axis [-], any shape, 1.001…1e5.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    K. Mudan, Prog. Energy Combust. Sci. 10 (1984) 59, recalled; checked by surface integration.

    Examples
    --------
    >>> seen = upright_cylinder_view_factor(3, 3)
    >>> round(float(seen.vertical), 4), round(float(seen.horizontal), 4)
    (0.1507, 0.0713)
    """
    h = number("height_over_radius", height_over_radius, 0.0, 1000.0, "", low_open=True)
    s = numbers("distance_over_radius", distance_over_radius, _NEAREST, 1e5, "")
    a, b = (h**2 + s**2 + 1) / (2 * s), (1 + s**2) / (2 * s)
    ratio = (s - 1) / (s + 1)
    of_a = np.arctan(np.sqrt((a + 1) * ratio / (a - 1)))
    of_b = np.arctan(np.sqrt((b + 1) * ratio / (b - 1)))
    vertical = (
        np.arctan(h / np.sqrt(s**2 - 1)) / s
        - h / s * np.arctan(np.sqrt(ratio))
        + a * h / (s * np.sqrt(a**2 - 1)) * of_a
    ) / np.pi
    horizontal = (
        (b - 1 / s) / np.sqrt(b**2 - 1) * of_b - (a - 1 / s) / np.sqrt(a**2 - 1) * of_a
    ) / np.pi
    horizontal = np.maximum(horizontal, 0.0)
    return ViewFactors(vertical, horizontal, np.hypot(vertical, horizontal))


def leaning_cylinder_view_factor(
    height_over_radius: float,
    distance_over_radius: ArrayLike,
    *,
    tilt_deg: float,
    bearing_deg: ArrayLike = 0.0,
) -> ViewFactors:
    """Return the view factors of a leaning cylinder, by adding up its surface.

    The horizontal sections are circles that shift downwind with height.

    Parameters
    ----------
    height_over_radius : float
        Length along the axis over radius [-], above 0 … 200.
    distance_over_radius : array_like
        From the foot's centre [-], any shape, 1.001…1e5.
    tilt_deg : float
        From the vertical, downwind [°], 0…80.
    bearing_deg : array_like
        Of the target from downwind [°], -360…360; 0 is downwind, 180 upwind. It broadcasts.

    Returns
    -------
    ViewFactors
        In the broadcast shape; at most 1.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    12 800 surface elements: within 1 % from 1.1 radii on, a few per cent nearer.

    References
    ----------
    Surface integration of cos a cos b/(pi d²); upright it meets Mudan's closed form.

    Examples
    --------
    >>> seen = leaning_cylinder_view_factor(3, 3, tilt_deg=0)
    >>> round(float(seen.vertical), 3), round(float(seen.horizontal), 3)
    (0.151, 0.071)
    """
    h = number("height_over_radius", height_over_radius, 0.0, 200.0, "", low_open=True)
    tilt = np.radians(number("tilt_deg", tilt_deg, 0.0, 80.0, "°"))
    s = numbers("distance_over_radius", distance_over_radius, _NEAREST, 1e5, "")
    bearing = np.radians(numbers("bearing_deg", bearing_deg, -360.0, 360.0, "°"))
    s, bearing = np.broadcast_arrays(s, bearing)
    seen = [_seen(h, tilt, x, at) for x, at in zip(s.flat, bearing.flat, strict=True)]
    vertical, horizontal, maximum = (
        np.asarray([item[i] for item in seen], dtype=np.float64).reshape(s.shape) for i in range(3)
    )
    return ViewFactors(vertical, horizontal, maximum)


def _seen(h: float, tilt: float, s: float, bearing: float) -> tuple[float, float, float]:
    """Add up one target; elements are finer near the ground and towards the target."""
    v = (np.arange(_RINGS) + 0.5) / _RINGS
    along, step = h * v**2, 2 * h * v / _RINGS
    u = (np.arange(_SECTORS) + 0.5) / _SECTORS * 2 - 1
    angle = bearing + np.pi * u * np.abs(u)
    width = np.pi * 2 * np.abs(u) * 2 / _SECTORS
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
    lean, up = np.sin(tilt), np.cos(tilt)
    zero = np.zeros((_SECTORS, _RINGS))
    place = np.stack([cos + along * lean, sin + zero, zero + along * up])
    area = (width[:, None] * step)[None] * np.stack(
        [cos * up + zero, sin * up + zero, -cos * lean + zero]
    )
    target = np.array([s * np.cos(bearing), s * np.sin(bearing), 0.0])
    away = target[:, None, None] - place
    distance = np.sqrt((away**2).sum(axis=0))
    facing = np.maximum((area * away).sum(axis=0) / distance, 0.0) / (np.pi * distance**2)
    seen = -facing * away / distance
    towards = -target / s
    vertical = float(np.maximum((seen * towards[:, None, None]).sum(axis=0), 0.0).sum())
    horizontal = float(np.maximum(seen[2], 0.0).sum())
    total = float(np.linalg.norm(seen.sum(axis=(1, 2))))
    return min(vertical, 1.0), min(horizontal, 1.0), min(total, 1.0)


def sphere_view_factor(radius_m: float, centre_distance_m: ArrayLike) -> Array:
    """Return the view factor of a sphere for a target that faces its centre, R²/d² [-].

    Parameters
    ----------
    radius_m : float
        R [m], above 0 … 1e4.
    centre_distance_m : array_like
        d, from the centre [m], any shape, 0…1e5; inside the sphere it is 1.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    TNO Yellow Book (2005), section 6.5.4; exact.

    Examples
    --------
    >>> float(sphere_view_factor(50, 100))
    0.25
    """
    radius = number("radius_m", radius_m, 0.0, 1e4, "m", low_open=True)
    distance = numbers("centre_distance_m", centre_distance_m, 0.0, 1e5, "m")
    return np.asarray((radius / np.maximum(distance, radius)) ** 2)
