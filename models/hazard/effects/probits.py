"""Probits of heat, blast and poison, each by its author's name: they differ widely."""

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from models.basics import Value
from models.hazard.check_arrays import Array, numbers
from models.hazard.checks import choice, number
from models.hazard.ports import HazardInputError
from models.rules import load_rules

THERMAL = ("eisenberg", "tsao_perry", "tno", "lees")
BLAST = ("eisenberg_lung", "hse", "tno_head", "tno_collapse")
_THERMAL = {
    "eisenberg": (-38.48, 2.56, 1.0),
    "tsao_perry": (-36.38, 2.56, 1.0),
    "tno": (-37.23, 2.56, 1.0),
    "lees": (-29.02, 1.99, 0.5),
}


class ToxicProbit(Value, frozen=True, kw_only=True):
    """Pr = a + b ln(C^n t) with C [ppm] and t [min]; `verified` is False when only recalled."""

    cas: str
    a: float
    b: float
    n: float
    source: str
    verified: bool


def fatality(probit: ArrayLike) -> Array:
    """Return the share of people killed, Phi(Pr - 5) [-].

    Parameters
    ----------
    probit : array_like
        [-], any shape, -1e6…1e6.

    Raises
    ------
    HazardInputError
        Naming `probit`.

    References
    ----------
    D. Finney, Probit Analysis (1971).

    Examples
    --------
    >>> float(fatality(5.0))
    0.5
    """
    return np.asarray(ndtr(numbers("probit", probit, -1e6, 1e6, "") - 5.0))


def thermal_dose(flux_w_m2: ArrayLike, time_s: ArrayLike) -> Array:
    """Return the dose V = q^(4/3) t [(W/m²)^(4/3) s].

    Parameters
    ----------
    flux_w_m2 : array_like
        Heat flux [W/m²], 0…1e6.
    time_s : array_like
        Exposure [s], 0…1e5; the two broadcast.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    N. Eisenberg et al., Vulnerability Model (1975).

    Examples
    --------
    >>> round(float(thermal_dose(5, 30)), 4)
    256.4964
    """
    flux = numbers("flux_w_m2", flux_w_m2, 0.0, 1e6, "W/m²")
    return np.asarray(flux ** (4 / 3) * numbers("time_s", time_s, 0.0, 1e5, "s"))


def thermal_probit(dose: float, model: str = "eisenberg") -> float:
    """Return the probit of death by a thermal dose [-].

    Eisenberg -38.48 + 2.56 ln V; Tsao and Perry -36.38 + 2.56 ln V; TNO -37.23 + 2.56 ln V;
    Lees -29.02 + 1.99 ln(0.5 V).

    Parameters
    ----------
    dose : float
        V [(W/m²)^(4/3) s], above 0 … 1e12.
    model : str
        'eisenberg', 'tsao_perry', 'tno' or 'lees'.

    Raises
    ------
    HazardInputError
        Naming `dose` or `model`.

    Notes
    -----
    The models differ by several probit units at the same dose: always name the one used.

    References
    ----------
    As collected in Sandia's HyRAM+ technical reference.

    Examples
    --------
    >>> round(thermal_probit(1e7), 7), round(thermal_probit(1e7, "lees"), 7)
    (2.7823249, 1.6756475)
    """
    value = number("dose", dose, 0.0, 1e12, "(W/m²)^(4/3) s", low_open=True)
    a, b, share = _THERMAL[choice("model", model, THERMAL)]
    return a + b * math.log(share * value)


def blast_probit(overpressure_pa: float, model: str = "hse", impulse_pa_s: float = 0.0) -> float:
    """Return the probit of death, or of a building's collapse, by blast [-].

    Eisenberg (lungs) -77.1 + 6.91 ln P; HSE 5.13 + 1.37 ln(P/1e5);
    TNO (head) 5 - 8.49 ln(2430/P + 4e8/(P i)); TNO (collapse)
    5 - 0.22 ln((40000/P)^7.4 + (460/i)^11.3).

    Parameters
    ----------
    overpressure_pa : float
        Side-on peak overpressure P [Pa], above 0 … 1e8.
    model : str
        'eisenberg_lung', 'hse', 'tno_head' or 'tno_collapse'.
    impulse_pa_s : float
        i [Pa s], above 0 … 1e7 for the two TNO models; the others don't use it.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    As collected in Sandia's HyRAM+ technical reference.

    Examples
    --------
    >>> blast_probit(1e5), round(blast_probit(1e5, "tno_head", 1e4), 7)
    (5.13, 12.2786003)
    """
    pressure = number("overpressure_pa", overpressure_pa, 0.0, 1e8, "Pa", low_open=True)
    choice("model", model, BLAST)
    if model == "eisenberg_lung":
        return -77.1 + 6.91 * math.log(pressure)
    if model == "hse":
        return 5.13 + 1.37 * math.log(pressure / 1e5)
    impulse = number("impulse_pa_s", impulse_pa_s, 0.0, 1e7, "Pa s", low_open=True)
    if model == "tno_head":
        return 5 - 8.49 * math.log(2430 / pressure + 4e8 / (pressure * impulse))
    logs = 7.4 * math.log(40_000 / pressure), 11.3 * math.log(460 / impulse)
    return 5 - 0.22 * float(np.logaddexp(*logs))


def toxic_probit_of(cas: str) -> ToxicProbit:
    """Return the toxic probit's constants of a substance.

    Parameters
    ----------
    cas : str
        CAS number.

    Raises
    ------
    HazardInputError
        Naming `cas` when none is on record.

    References
    ----------
    CCPS (1999) and US Coast Guard values, recalled: uncertain, `verified` says so.

    Examples
    --------
    >>> toxic_probit_of("7782-50-5").verified
    False
    """
    rules = load_rules("toxic_probits")
    for row in rules["substance"]:
        if row["cas"] == cas.strip():
            return ToxicProbit(source=rules["source"], verified=rules["verified"], **row)
    raise HazardInputError("cas", f"no toxic probit is on record for {cas!r}")


def toxic_probit(
    concentration_ppm: ArrayLike, time_min: ArrayLike, constants: ToxicProbit
) -> Array:
    """Return Pr = a + b ln(C^n t) [-].

    Parameters
    ----------
    concentration_ppm : array_like
        C [ppm], above 0 … 1e6.
    time_min : array_like
        t [min], above 0 … 1e4; the two broadcast.
    constants : ToxicProbit
        See `toxic_probit_of`.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    CCPS (1999), section 2.3.

    Examples
    --------
    >>> round(float(toxic_probit(400, 30, toxic_probit_of("7782-50-5"))), 2)
    5.86
    """
    c = numbers("concentration_ppm", concentration_ppm, 0.0, 1e6, "ppm", low_open=True)
    t = numbers("time_min", time_min, 0.0, 1e4, "min", low_open=True)
    return np.asarray(constants.a + constants.b * (constants.n * np.log(c) + np.log(t)))
