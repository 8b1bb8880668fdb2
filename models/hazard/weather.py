"""Wind profile and stability class."""

from typing import Literal

from models.hazard.checks import choice, number
from models.hazard.ports import HazardInputError

STABILITIES = ("A", "B", "C", "D", "E", "F")
TERRAINS = ("rural", "urban")

# ISC3 (EPA-454/B-95-003b, §1.1.3), read in ISCST3 output.
_EXPONENTS = {
    "rural": (0.07, 0.07, 0.10, 0.15, 0.35, 0.55),
    "urban": (0.15, 0.15, 0.20, 0.25, 0.30, 0.30),
}
# Pasquill and Turner's table (recalled); where it gives two classes the more stable one stands.
_SPEED_LIMITS_M_S = (2.0, 3.0, 5.0, 6.0)
_CLASSES = {
    "strong": "ABBCC",
    "moderate": "BBCDD",
    "slight": "BCCDD",
    "night_cloudy": "EEDDD",
    "night_clear": "FFEDD",
    "overcast": "DDDDD",
}
Sky = Literal["strong", "moderate", "slight", "night_cloudy", "night_clear", "overcast"]


def wind_exponent(stability: str, terrain: str) -> float:
    """Return the exponent p of u = u_ref (z/z_ref)^p [-].

    Parameters
    ----------
    stability : str
        Pasquill class 'A'…'F'.
    terrain : str
        'rural' or 'urban'.

    Raises
    ------
    HazardInputError
        When the class or the terrain is unknown.

    References
    ----------
    EPA-454/B-95-003b, ISC3 User's Guide vol. II, §1.1.3.

    Examples
    --------
    >>> wind_exponent("D", "rural"), wind_exponent("F", "urban")
    (0.15, 0.3)
    """
    choice("terrain", terrain, TERRAINS)
    choice("stability", stability, STABILITIES)
    return _EXPONENTS[terrain][STABILITIES.index(stability)]


def wind_at(
    speed_m_s: float, measured_height_m: float, height_m: float, stability: str, terrain: str
) -> float:
    """Return the wind speed at a height, u = u_ref (z/z_ref)^p.

    Parameters
    ----------
    speed_m_s : float
        Measured speed [m/s], 0…75.
    measured_height_m : float
        Height of the measurement [m], 0.5…300.
    height_m : float
        Height wanted [m], 0.5…300. Below 0.5 m a power law says nothing.
    stability, terrain : str
        'A'…'F'; 'rural' or 'urban'.

    Returns
    -------
    float
        Speed [m/s].

    Raises
    ------
    HazardInputError
        Naming the value that is out of range.

    Examples
    --------
    >>> round(wind_at(4.0, 10.0, 35.0, "D", "rural"), 4)
    4.8269
    """
    exponent = wind_exponent(stability, terrain)
    speed = number("speed_m_s", speed_m_s, 0.0, 75.0, "m/s")
    reference = number("measured_height_m", measured_height_m, 0.5, 300.0, "m")
    height = number("height_m", height_m, 0.5, 300.0, "m")
    return float(speed * (height / reference) ** exponent)


def stability_class(speed_m_s: float, sky: Sky) -> str:
    """Return the Pasquill class from the 10 m wind and the sky.

    Parameters
    ----------
    speed_m_s : float
        Wind at 10 m [m/s], 0…75.
    sky : str
        'strong', 'moderate' or 'slight' sun; 'night_cloudy' (at least 4/8), 'night_clear'; or
        'overcast', by day or night.

    Returns
    -------
    str
        'A'…'F'. Where the table gives two classes it is the more stable, hence the longer zone.

    Raises
    ------
    HazardInputError
        When the speed is out of range or the sky unknown.

    References
    ----------
    Pasquill (1961) and Turner (1970), the usual table; recalled, to be checked.

    Examples
    --------
    >>> stability_class(1.5, "night_clear"), stability_class(4.0, "overcast")
    ('F', 'D')
    """
    speed = number("speed_m_s", speed_m_s, 0.0, 75.0, "m/s")
    if sky not in _CLASSES:
        raise HazardInputError("sky", f"{sky!r} is not one of {', '.join(_CLASSES)}")
    return _CLASSES[sky][sum(speed >= limit for limit in _SPEED_LIMITS_M_S)]
