"""Reads and answers a case's quantities in the unit that their names end with: `d_mm`, `T_C`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from models.basics import Value
from models.hazard.cases.forms import Quantities
from models.hazard.constants import ATMOSPHERE_PA

Scale = tuple[float, float]  # SI = number * first + second
Known = float | Callable[[float], float]

_AT_TIME = "_at_t_s"
_PSI_PA, _FOOT_M, _INCH_M = 6894.757293168, 0.3048, 0.0254


def _times(**factors: float) -> dict[str, Scale]:
    return {suffix: (factor, 0.0) for suffix, factor in factors.items()}


_UNITS: dict[str, dict[str, Scale]] = {
    "": {"": (1.0, 0.0)},
    "m": _times(m=1.0, cm=1e-2, mm=1e-3, um=1e-6, ft=_FOOT_M) | {"in": (_INCH_M, 0.0)},
    "m2": _times(m2=1.0, cm2=1e-4, mm2=1e-6, ft2=_FOOT_M**2),
    "m3": _times(m3=1.0, L=1e-3),
    "s": _times(s=1.0, min=60.0, h=3600.0),
    "m_s": _times(m_s=1.0),
    "kg": _times(kg=1.0, t=1e3),
    "kg_s": _times(kg_s=1.0, g_s=1e-3, kg_min=1 / 60, kg_h=1 / 3600),
    "kg_m3": _times(kg_m3=1.0),
    "m3_kg": _times(m3_kg=1.0),
    "kg_mol": {"": (1.0, 0.0)} | _times(kg_mol=1.0, g_mol=1e-3, kg_kmol=1e-3),
    "kg_m2_s": _times(kg_m2_s=1.0, kg_m2s=1.0, g_m2_s=1e-3, g_m2s=1e-3),
    "Pa": _times(Pa=1.0, kPa=1e3, MPa=1e6, bar=1e5, atm=ATMOSPHERE_PA, psi=_PSI_PA)
    | {"barg": (1e5, ATMOSPHERE_PA), "gauge_psi": (_PSI_PA, ATMOSPHERE_PA)},
    "K": {"K": (1.0, 0.0), "C": (1.0, 273.15)},
    "dK": _times(K=1.0, C=1.0),
    "J_kg": _times(J_kg=1.0, kJ_kg=1e3, MJ_kg=1e6),
    "J_kgK": _times(J_kgK=1.0, J_kg_K=1.0, kJ_kgK=1e3, kJ_kg_K=1e3),
    "W_m2": _times(W_m2=1.0, kW_m2=1e3),
    "W_mK": _times(W_mK=1.0, W_m_K=1.0),
    "m2_s": _times(m2_s=1.0),
    "N_m": _times(N_m=1.0, mN_m=1e-3),
    "Pa_s": _times(Pa_s=1.0, mPa_s=1e-3, cP=1e-3),
}


class Field(Value, frozen=True):
    """A quantity that cases name by any of `stems`, followed by a unit of its kind.

    Examples
    --------
    >>> hole = Field(("d", "hole_diameter"), "m")
    >>> hole.of({"d_mm": 50}), hole.of({"hole_diameter_in": 2}), hole.of({}, 0.1)
    (0.05, 0.0508, 0.1)
    """

    stems: tuple[str, ...]
    unit: str

    def scales(self) -> dict[str, Scale]:
        """Return every spelling with what its unit makes of a number."""
        units = _UNITS[self.unit].items()
        return {
            f"{stem}_{suffix}" if suffix else stem: scale
            for stem in self.stems
            for suffix, scale in units
        }

    def there(self, given: Mapping[str, Any]) -> bool:
        """Return whether the quantity is given at all."""
        return any(name in given for name in self.scales())

    def of(self, given: Mapping[str, Any], default: float | None = None) -> float:
        """Return the quantity in SI units.

        Raises
        ------
        KeyError, ValueError, TypeError
            When it is missing without a default, given twice, or no number.
        """
        found = [(given[name], scale) for name, scale in self.scales().items() if name in given]
        if not found:
            if default is None:
                raise KeyError(self.stems[0])
            return default
        if len(found) > 1:
            raise ValueError(f"{self.stems[0]!r} is given twice")
        [(value, (factor, offset))] = found
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"{self.stems[0]!r} is no number")
        return value * factor + offset


def names(*fields: Field) -> frozenset[str]:
    """Return every spelling of some fields.

    Examples
    --------
    >>> sorted(names(Field(("T",), "K"), Field(("Cd",), "")))
    ['Cd', 'T_C', 'T_K']
    """
    return frozenset(name for field in fields for name in field.scales())


def answers(expected: Mapping[str, Any], known: Sequence[tuple[Field, Known]]) -> Quantities:
    """Answer what is expected, each in the unit of its name, at times where '_at_t_s' says so.

    A number that is known only over time is asked at times, and the other way about; whatever
    else is asked makes another form.

    Raises
    ------
    KeyError
        Naming what isn't known.

    Examples
    --------
    >>> level = Field(("h",), "m")
    >>> answers({"h_cm": 3}, [(level, 0.5)])
    {'h_cm': 50.0}
    >>> answers({"h_m_at_t_s": {"10": 3}}, [(level, lambda t: t / 5)])
    {'h_m_at_t_s[10]': 2.0}
    """
    result: Quantities = {}
    for key, wanted in expected.items():
        name = key.removesuffix(_AT_TIME)
        over_time = name != key
        found = [
            (value, field.scales()[name])
            for field, value in known
            if name in field.scales() and callable(value) is over_time
        ]
        if not found:
            raise KeyError(key)
        value, (factor, offset) = found[0]
        if callable(value):
            for at in wanted:
                result[f"{key}[{at}]"] = (value(float(at)) - offset) / factor
        else:
            result[key] = (value - offset) / factor
    return result
