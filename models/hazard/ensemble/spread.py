"""How uncertain a case's inputs are: distributions, by default from the last ten minutes."""

import math

import numpy as np
from numpy.typing import ArrayLike

from models.basics import Value, Wind
from models.hazard.check_arrays import numbers
from models.hazard.checks import choice, number
from models.hazard.ports import HazardInputError
from models.hazard.sigmas import SCHEMES
from models.hazard.weather import STABILITIES, TERRAINS
from models.rules import load_rules


class Share(Value, frozen=True, kw_only=True):
    """One of several possibilities and its weight (0 or more; weights need not add up to 1)."""

    key: str
    weight: float


class MeasuredWind(Value, frozen=True, kw_only=True):
    """What the readings of a mast scatter by: direction [°], speed (log), how many, how long."""

    direction_sd_deg: float
    speed_log_sd: float
    readings: int
    span_s: float


class Spread(Value, frozen=True, kw_only=True):
    """The distributions of an ensemble, around the case's own values.

    Direction is normal [°]; speed, rate, hole diameter, inventory and model error are log-normal
    (`…_log_sd` is the standard deviation of the natural logarithm); stability and dispersion
    scheme are shares. Without `inventory_kg` nothing runs empty.
    """

    direction_sd_deg: float
    speed_log_sd: float
    stabilities: tuple[Share, ...]
    rate_log_sd: float
    model_log_sd: float
    schemes: tuple[Share, ...]
    hole_log_sd: float = 0.0
    inventory_kg: float | None = None
    inventory_log_sd: float = 0.0
    source: str = ""
    assumed: bool = True


def measured_wind(at_s: ArrayLike, from_deg: ArrayLike, speed_m_s: ArrayLike) -> MeasuredWind:
    """Return how readings of a mast scatter in the last ten minutes before the newest.

    Parameters
    ----------
    at_s : array_like
        Times [s], shape (n,), in any order, n ≥ 1.
    from_deg, speed_m_s : array_like
        Direction FROM [°], 0…360, and speed [m/s], 0…75, of the same shape.

    Returns
    -------
    MeasuredWind
        The direction's standard deviation by Yamartino's estimator and that of ln(speed), speeds
        below 0.2 m/s taken as 0.2.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    R. Yamartino, J. Climate Appl. Meteor. 23 (1984) 1362–1366.

    Examples
    --------
    >>> found = measured_wind([0, 10, 20, 30], [350, 10, 355, 5], [2, 2, 4, 4])
    >>> round(found.direction_sd_deg, 1), round(found.speed_log_sd, 3), found.readings
    (7.9, 0.347, 4)
    """
    at = numbers("at_s", at_s, -1e12, 1e12, "s")
    degrees = numbers("from_deg", from_deg, 0.0, 360.0, "°")
    speed = numbers("speed_m_s", speed_m_s, 0.0, 75.0, "m/s")
    if at.ndim != 1 or not at.size or at.shape != degrees.shape or at.shape != speed.shape:
        raise HazardInputError(
            "at_s", "wanted as many times as directions and speeds, one at least"
        )
    recent = at > at.max() - load_rules("ensemble")["measured"]["window_s"]
    angle = np.radians(degrees[recent])
    gap = 1.0 - np.sin(angle).mean() ** 2 - np.cos(angle).mean() ** 2
    epsilon = math.sqrt(min(max(float(gap), 0.0), 1.0))
    sd = math.asin(epsilon) * (1.0 + (2.0 / math.sqrt(3.0) - 1.0) * epsilon**3)
    return MeasuredWind(
        direction_sd_deg=math.degrees(sd),
        speed_log_sd=float(np.log(np.maximum(speed[recent], 0.2)).std()),
        readings=int(recent.sum()),
        span_s=float(np.ptp(at[recent])),
    )


def default_spread(
    wind: Wind,
    terrain: str,
    *,
    rate_assumed: bool,
    measured: MeasuredWind | None = None,
    inventory_kg: float | None = None,
) -> Spread:
    """Return the distributions that hold when nobody says more (`resources/rules/ensemble.toml`).

    Parameters
    ----------
    wind : Wind
        Its stability and speed choose; an assumed stability spreads wider.
    terrain : str
        'rural' or 'urban'.
    rate_assumed : bool
        An assumed rate spreads wider.
    measured : MeasuredWind, optional
        Used with 20 readings over 5 minutes at least; fewer leave the table's values.
    inventory_kg : float, optional
        What there is to release [kg], above 0.

    Raises
    ------
    HazardInputError
        Naming the field.

    Examples
    --------
    >>> calm = Wind(from_deg=270, speed_m_s=3, stability="D")
    >>> spread = default_spread(calm, "rural", rate_assumed=True)
    >>> spread.direction_sd_deg, [share.key for share in spread.stabilities]
    (10.0, ['C', 'D', 'E'])
    """
    choice("terrain", terrain, TERRAINS)
    choice("wind.stability", wind.stability, STABILITIES)
    speed = number("wind.speed_m_s", wind.speed_m_s, 0.0, 60.0, "m/s")
    rules = load_rules("ensemble")
    enough = measured is not None and (
        measured.readings >= rules["measured"]["least_readings"]
        and measured.span_s >= rules["measured"]["least_span_s"]
    )
    if enough and measured is not None:
        direction = max(measured.direction_sd_deg, rules["direction"]["least_sd_deg"])
        log_speed = max(measured.speed_log_sd, rules["speed"]["least_log_sd"])
        source = f"{measured.readings} readings over {measured.span_s:.0f} s"
    else:
        direction = max(
            rules["direction"]["sd_deg"][wind.stability], rules["direction"]["least_sd_deg"]
        )
        direction *= max(1.0, rules["direction"]["low_wind_m_s"] / max(speed, 0.1))
        log_speed = rules["speed"]["log_sd"]
        source = "table by stability"
    rate = rules["rate"]["log_sd_assumed" if rate_assumed else "log_sd_measured"]
    return Spread(
        direction_sd_deg=min(direction, 180.0),
        speed_log_sd=log_speed,
        stabilities=_neighbours(wind, rules["stability"]),
        rate_log_sd=rate,
        hole_log_sd=rules["hole"]["log_sd"],
        inventory_kg=inventory_kg,
        inventory_log_sd=rules["inventory"]["log_sd"],
        model_log_sd=rules["model"]["log_sd"],
        schemes=tuple(Share(key=k, weight=w) for k, w in rules["model"][terrain].items()),
        source=source,
        assumed=not enough,
    )


def _neighbours(wind: Wind, rules: dict[str, float]) -> tuple[Share, ...]:
    beside = rules["neighbour_assumed" if wind.stability_assumed else "neighbour_measured"]
    place = STABILITIES.index(wind.stability)
    around = [k for k in (place - 1, place + 1) if 0 <= k < len(STABILITIES)]
    shares = dict.fromkeys(around, beside) | {place: 1.0 - beside * len(around)}
    return tuple(Share(key=STABILITIES[k], weight=shares[k]) for k in sorted(shares))


def check_spread(spread: Spread) -> Spread:
    """Return the spread when it makes sense.

    Raises
    ------
    HazardInputError
        Naming the field, as `spread.…`.

    Examples
    --------
    >>> wind = Wind(from_deg=270, speed_m_s=3, stability="D")
    >>> check_spread(default_spread(wind, "urban", rate_assumed=False)).model_log_sd
    0.82
    """
    number("spread.direction_sd_deg", spread.direction_sd_deg, 0.0, 180.0, "°")
    for field in ("speed", "rate", "hole", "inventory", "model"):
        number(f"spread.{field}_log_sd", getattr(spread, f"{field}_log_sd"), 0.0, 3.0, "")
    if spread.inventory_kg is not None:
        number("spread.inventory_kg", spread.inventory_kg, 0.0, 1e9, "kg", low_open=True)
    _check_shares("spread.stabilities", spread.stabilities, STABILITIES)
    _check_shares("spread.schemes", spread.schemes, SCHEMES)
    return spread


def _check_shares(field: str, shares: tuple[Share, ...], allowed: tuple[str, ...]) -> None:
    for share in shares:
        choice(field, share.key, allowed)
        number(field, share.weight, 0.0, 1e6, "")
    if not sum(share.weight for share in shares) > 0:
        raise HazardInputError(field, "no share has a weight above 0")
