"""How well a source at a place, of a rate, in a wind explains what the detectors say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from models.hazard.estimation.readings import Evidence
from models.hazard.sigmas import sigma_y, sigma_z

Array = NDArray[np.float64]

STEP = 0.05  # of the tables in ln(concentration)
_LOW, _HIGH = -60.0, 30.0
_LAST = round((_HIGH - _LOW) / STEP)
_FLAT = 0.1  # density in ln(ppm) of a reading that has nothing to do with the air


@dataclass(frozen=True, slots=True)
class Carrier:
    """The plume that carries a unit release; `ppm_per_kg_m3` turns into what detectors read.

    `meander_deg` widens it by x tan(meander) beside sigma_y.
    """

    wind_m_s: float
    stability: str
    scheme: str
    height_m: float
    ppm_per_kg_m3: float
    meander_deg: float = 0.0


def unit_log_ppm(carrier: Carrier, east_m: Array, north_m: Array, from_deg: Array) -> Array:
    """Return ln(ppm per kg/s) at the ground at offsets from sources; -60 where nothing comes.

    Parameters
    ----------
    carrier : Carrier
        The plume.
    east_m, north_m : numpy.ndarray
        Detector minus source [m]; they broadcast with `from_deg`.
    from_deg : numpy.ndarray
        Where the wind blows FROM [°].
    """
    angle = np.radians(from_deg)
    x = -east_m * np.sin(angle) - north_m * np.cos(angle)
    y = east_m * np.cos(angle) - north_m * np.sin(angle)
    safe = np.maximum(x, 1.0)
    sy = sigma_y(safe, carrier.stability, carrier.scheme)
    if carrier.meander_deg:
        sy = np.hypot(sy, safe * np.tan(np.radians(carrier.meander_deg)))
    sz = sigma_z(safe, carrier.stability, carrier.scheme)
    log = (
        np.log(carrier.ppm_per_kg_m3 / (np.pi * carrier.wind_m_s))
        - np.log(sy * sz)
        - 0.5 * (y / sy) ** 2
        - 0.5 * (carrier.height_m / sz) ** 2
    )
    return np.asarray(np.where(x > 0, np.maximum(log, _LOW), _LOW))


def table(evidence: Evidence, log_sds: Sequence[float], silent_fault: float) -> NDArray[np.float32]:
    """Return ln(likelihood) of a reading over ln(ppm) from -60 to 30 in steps of 0.05.

    A value is log-normal about the concentration, `below` and `at_least` are its tails, each
    averaged over the possible noises. A detector that lies unnoticed (`silent_fault`) may say
    anything.

    Examples
    --------
    >>> peak = table(Evidence(key="d", kind="value", ppm=1.0), (0.35,), 0.05)
    >>> round(float(np.argmax(peak)) * STEP + _LOW, 2)
    0.0
    """
    log_ppm = _LOW + STEP * np.arange(_LAST + 1)
    anything = _FLAT if evidence.kind == "value" else 1.0
    honest = np.zeros_like(log_ppm)
    for log_sd in log_sds:
        off = (np.log(evidence.ppm) - log_ppm) / log_sd
        if evidence.kind == "value":
            part = np.exp(-0.5 * off**2) / (np.sqrt(2 * np.pi) * log_sd)
        else:
            part = ndtr(off) if evidence.kind == "below" else ndtr(-off)
        if evidence.blind_above_ppm is not None:
            blind = ndtr((log_ppm - np.log(evidence.blind_above_ppm)) / log_sd)
            part = (1 - blind) * part + blind * anything
        honest += part / len(log_sds)
    log = np.log((1 - silent_fault) * honest + silent_fault * anything)
    return np.asarray(log, dtype=np.float32)


def explain(
    unit: Array,
    log_rates: Array,
    evidence: Sequence[Evidence],
    log_sds: Sequence[float],
    silent_fault: float,
) -> NDArray[np.float32]:
    """Return ln(likelihood) of every hypothesis, shape (sources and winds, rates).

    Parameters
    ----------
    unit : numpy.ndarray
        Shape (hypotheses, detectors): `unit_log_ppm`.
    log_rates : numpy.ndarray
        ln(kg/s), shape (rates,), in steps of whole multiples of `STEP`.
    evidence : sequence of Evidence
        One for each detector; those that say nothing change nothing.
    log_sds : sequence of float
        Possible noise of a reading, equally likely.
    silent_fault : float
        See `table`.
    """
    start = np.rint((unit + log_rates[0] - _LOW) / STEP).astype(np.int32)
    steps = np.rint((log_rates - log_rates[0]) / STEP).astype(np.int32)
    beyond = int(steps[-1])
    total = np.zeros((unit.shape[0], log_rates.size), np.float32)
    for column, each in enumerate(evidence):
        if each.kind == "nothing":
            continue
        logs = np.pad(table(each, log_sds, silent_fault), (0, beyond), mode="edge")
        first = np.clip(start[:, column], 0, _LAST)
        total += logs[first[:, None] + steps[None, :]]
    return total
