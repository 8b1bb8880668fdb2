"""Typical releases of one hazard source, worked out from what it holds and how."""

import math
from typing import Any, Literal

from models.basics import Name, Value
from models.hazard.checks import choice, number
from models.hazard.constants import ATMOSPHERE_PA, GAS_J_MOL_K
from models.hazard.ports import HazardInputError
from models.hazard.properties import Properties, pool_liquid, properties_of
from models.hazard.source.discharge import gas_discharge, hole_area, liquid_discharge
from models.hazard.source.flash import airborne_fraction, flash_fraction, two_phase_flux
from models.hazard.source.pool import spill
from models.rules import load_rules

PHASES = ("gas", "liquid", "liquefied")
_PIPE_PATH_M = 0.15
_WARM_K = 298.15


class Storage(Value, frozen=True, kw_only=True):
    """How a hazard source holds its substance.

    `pressure_pa` is absolute; None takes the ambient for a liquid and the vapour pressure for a
    liquefied gas. `phase` None takes what the substance is at that temperature.
    """

    inventory_kg: float
    temperature_k: float = _WARM_K
    pressure_pa: float | None = None
    phase: Literal["gas", "liquid", "liquefied"] | None = None
    pipe_diameter_m: float = 0.1
    head_m: float = 2.0
    bund_m2: float | None = None
    air_k: float = _WARM_K
    wind_m_s: float = 3.0


class ReleaseCase(Value, frozen=True, kw_only=True):
    """One release: what leaks [kg/s] and what of it gets into the air, for how long.

    `release_kg_s` times `duration_s` is never more than the inventory. `how` says the functions
    used, `assumed` what was taken for granted.
    """

    key: str
    name: Name
    hole_diameter_m: float | None
    leak_kg_s: float
    release_kg_s: float
    duration_s: float
    airborne_share: float
    how: str
    assumed: tuple[str, ...]
    source: str
    verified: bool = False


def phase_of(properties: Properties, temperature_k: float, pressure_pa: float | None) -> str:
    """Return 'gas', 'liquid' or 'liquefied' as a substance is held.

    Below its boiling point it is a liquid, above it liquefied when the pressure is at least the
    vapour pressure, and a gas above the critical temperature or at a lower pressure.

    Parameters
    ----------
    properties : Properties
        Boiling point and vapour pressure must be on record.
    temperature_k : float
        [K], 20…3000.
    pressure_pa : float or None
        Absolute [Pa], above 0 … 1e8; None takes a liquid where there can be one.

    Raises
    ------
    HazardInputError
        Naming the field, `substance` when a number isn't on record.

    Examples
    --------
    >>> chlorine = properties_of("7782-50-5")
    >>> phase_of(chlorine, 298, None), phase_of(chlorine, 298, 2e5), phase_of(chlorine, 230, None)
    ('liquefied', 'gas', 'liquid')
    """
    temperature = number("temperature_k", temperature_k, 20.0, 3000.0, "K")
    if temperature <= properties.need("boiling_k"):
        return "liquid"
    if temperature >= (properties.get("critical_k") or math.inf):
        return "gas"
    if pressure_pa is None:
        return "liquefied"
    held = number("pressure_pa", pressure_pa, 0.0, 1e8, "Pa", low_open=True)
    return "liquefied" if held >= 0.98 * vapour_pressure_pa(properties, temperature) else "gas"


def vapour_pressure_pa(properties: Properties, temperature_k: float) -> float:
    """Return the vapour pressure by the table's fit, not capped [Pa].

    Parameters
    ----------
    properties : Properties
        With the fit's three numbers.
    temperature_k : float
        [K], 20…3000; outside the fitted range it is extrapolated, so stay near it.

    Raises
    ------
    HazardInputError
        Naming `temperature_k` or `substance`.

    Examples
    --------
    >>> round(vapour_pressure_pa(properties_of("7782-50-5"), 298.15) / 1e5, 1)
    7.8
    """
    temperature = number("temperature_k", temperature_k, 20.0, 3000.0, "K")
    a, b, c = (properties.need(key) for key in ("vapour_a", "vapour_b", "vapour_c"))
    return math.exp(a - b / max(temperature + c, 1.0))


def release_scenarios(cas: str, storage: Storage) -> tuple[ReleaseCase, ...]:
    """Return small, medium and large hole, full bore and catastrophic rupture of a source.

    Gas: critical or subcritical flow at the start's pressure, held. Liquefied gas: liquid flow
    through a hole, flashing flow through a broken pipe; twice the flash stays airborne, the rest
    makes a pool. Liquid: outflow, then the pool's evaporation at its highest. A rupture gives all
    in a minute.

    Parameters
    ----------
    cas : str
        CAS number with properties on record.
    storage : Storage
        How it is held: inventory above 0 … 1e9 kg, pipe 0.001…5 m, head 0…50 m.

    Returns
    -------
    tuple of ReleaseCase
        Holes wider than the pipe are left out.

    Raises
    ------
    HazardInputError
        Naming the field; `cas` or `substance` where properties are missing.

    Notes
    -----
    A held initial rate is an upper bound: vessels empty and cool. A pool that goes on
    evaporating after the leak has ended isn't in the duration of a liquefied gas. The numbers
    are where to start: what is known of the real leak replaces them.

    References
    ----------
    AQ/T 3046-2013 (recalled); see the functions of `models.hazard.source`.

    Examples
    --------
    50 t of chlorine at 25 °C.

    >>> cases = release_scenarios("7782-50-5", Storage(inventory_kg=50_000))
    >>> [case.key for case in cases]
    ['small', 'medium', 'large', 'full_bore', 'catastrophic']
    >>> round(cases[1].leak_kg_s, 1), round(cases[1].airborne_share, 2)
    (13.2, 0.39)
    """
    properties, held, phase = _held(cas, storage)
    rules = load_rules("release_scenarios")
    cases = []
    for row in rules["hole"]:
        if row["diameter_m"] <= held.pipe_diameter_m:
            leak = _leak(properties, held, phase, row["diameter_m"], 0.0)
            cases.append(_case(row["key"], row, row["diameter_m"], leak, properties, held, phase))
    leak = _leak(properties, held, phase, held.pipe_diameter_m, _PIPE_PATH_M)
    bore = held.pipe_diameter_m
    cases.append(_case("full_bore", rules["full_bore"], bore, leak, properties, held, phase))
    fastest = max(case.leak_kg_s for case in cases)
    leak = max(held.inventory_kg / rules["catastrophic_s"], fastest)
    row = rules["catastrophic"]
    cases.append(_case("catastrophic", row, None, leak, properties, held, phase))
    return tuple(cases)


def hole_release(cas: str, storage: Storage, diameter_m: float) -> ReleaseCase:
    """Return the release through a hole in a vessel's wall, as `release_scenarios` works it out.

    Parameters
    ----------
    cas : str
        CAS number with properties on record.
    storage : Storage
        How it is held; its pipe doesn't matter.
    diameter_m : float
        Of the hole [m], above 0 … 1.

    Returns
    -------
    ReleaseCase
        `key` is "hole".

    Raises
    ------
    HazardInputError
        Naming the field; `cas` or `substance` where properties are missing.

    Examples
    --------
    >>> held = Storage(inventory_kg=50_000)
    >>> medium = release_scenarios("7782-50-5", held)[1]
    >>> hole_release("7782-50-5", held, medium.hole_diameter_m).leak_kg_s == medium.leak_kg_s
    True
    """
    diameter = number("diameter_m", diameter_m, 0.0, 1.0, "m", low_open=True)
    properties, held, phase = _held(cas, storage)
    leak = _leak(properties, held, phase, diameter, 0.0)
    row = {"name": {"zh": f"{diameter * 1000:g} mm 孔", "en": f"{diameter * 1000:g} mm hole"}}
    return _case("hole", row, diameter, leak, properties, held, phase)


def _held(cas: str, storage: Storage) -> tuple[Properties, Storage, str]:
    """Return what is held and how, checked."""
    properties, held = properties_of(cas), _checked(storage)
    phase = held.phase or phase_of(properties, held.temperature_k, held.pressure_pa)
    choice("phase", phase, PHASES)
    return properties, held, phase


def _checked(storage: Storage) -> Storage:
    number("inventory_kg", storage.inventory_kg, 0.0, 1e9, "kg", low_open=True)
    number("temperature_k", storage.temperature_k, 20.0, 3000.0, "K")
    number("pipe_diameter_m", storage.pipe_diameter_m, 0.001, 5.0, "m")
    number("head_m", storage.head_m, 0.0, 50.0, "m")
    number("air_k", storage.air_k, 223.0, 333.0, "K")
    number("wind_m_s", storage.wind_m_s, 0.0, 75.0, "m/s")
    if storage.pressure_pa is not None:
        number("pressure_pa", storage.pressure_pa, ATMOSPHERE_PA, 1e8, "Pa")
    if storage.bund_m2 is not None:
        number("bund_m2", storage.bund_m2, 0.0, 1e6, "m²", low_open=True)
    return storage


def _leak(
    properties: Properties, held: Storage, phase: str, diameter_m: float, path_m: float
) -> float:
    """Return what flows out at the start [kg/s]."""
    if phase == "gas":
        if held.pressure_pa is None:
            raise HazardInputError("pressure_pa", "a gas needs its storage pressure")
        return gas_discharge(
            pressure_pa=held.pressure_pa,
            temperature_k=held.temperature_k,
            hole_diameter_m=diameter_m,
            molar_mass_kg_mol=properties.need("molar_mass_g_mol") / 1e3,
            heat_capacity_ratio=properties.need("heat_capacity_ratio"),
        ).rate_kg_s
    density = properties.get("density_warm_kg_m3") if phase == "liquefied" else None
    density = density or properties.need("density_kg_m3")
    if phase == "liquid":
        return liquid_discharge(
            density_kg_m3=density,
            hole_diameter_m=diameter_m,
            pressure_pa=held.pressure_pa or ATMOSPHERE_PA,
            head_m=held.head_m,
        ).rate_kg_s
    vapour = vapour_pressure_pa(properties, held.temperature_k)
    if vapour <= ATMOSPHERE_PA:
        raise HazardInputError("phase", "below its boiling point it isn't a liquefied gas")
    molar_mass = properties.need("molar_mass_g_mol") / 1e3
    flux = two_phase_flux(
        pressure_pa=max(held.pressure_pa or vapour, vapour),
        vapour_pressure_pa=vapour,
        temperature_k=held.temperature_k,
        liquid_kg_m3=density,
        vapour_kg_m3=vapour * molar_mass / (GAS_J_MOL_K * held.temperature_k),
        vaporisation_j_kg=properties.need("vaporisation_j_kg"),
        heat_capacity_j_kg_k=properties.need("heat_capacity_j_kg_k"),
        path_m=path_m,
        head_m=held.head_m,
    )
    return flux * hole_area(diameter_m)


def _case(
    key: str,
    row: dict[str, Any],
    diameter_m: float | None,
    leak_kg_s: float,
    properties: Properties,
    held: Storage,
    phase: str,
) -> ReleaseCase:
    rules = load_rules("release_scenarios")
    longest = float(rules["longest_s"])
    duration = min(held.inventory_kg / leak_kg_s, longest) if leak_kg_s > 0 else longest
    share, how = 1.0, "gas discharge, initial rate held"
    if phase == "liquefied":
        flash = flash_fraction(
            held.temperature_k,
            properties.need("boiling_k"),
            properties.need("heat_capacity_j_kg_k"),
            properties.need("vaporisation_j_kg"),
        )
        share, how = airborne_fraction(flash), "flashing liquid, twice the flash airborne, pool"
    elif phase == "liquid":
        share, how = 0.0, "liquid outflow, highest evaporation of the pool"
    air = leak_kg_s * share + _pool(properties, held, leak_kg_s * (1 - share), duration)
    held_s = min(held.inventory_kg / air, longest) if air > 0 else longest
    return ReleaseCase(
        key=key,
        name=Name(**row["name"]),
        hole_diameter_m=diameter_m,
        leak_kg_s=leak_kg_s,
        release_kg_s=air,
        duration_s=held_s if phase == "liquid" else min(duration, held_s),
        airborne_share=share,
        how=how,
        assumed=_assumed(held, phase),
        source=rules["source"] if diameter_m is not None else rules["catastrophic_source"],
    )


def _pool(properties: Properties, held: Storage, rate_kg_s: float, duration_s: float) -> float:
    """Return a pool's highest evaporation, no more than what feeds it while it boils [kg/s]."""
    if rate_kg_s <= 0:
        return 0.0
    pool = spill(
        pool_liquid(properties),
        mass_kg=rate_kg_s * duration_s,
        duration_s=max(duration_s, 1.0),
        air_k=held.air_k,
        wind_m_s=held.wind_m_s,
        bund_m2=held.bund_m2,
        liquid_k=min(held.temperature_k, properties.need("boiling_k")),
    )
    return min(float(pool.evaporation.rates_kg_s.max()), rate_kg_s)


def _assumed(held: Storage, phase: str) -> tuple[str, ...]:
    default = Storage(inventory_kg=1.0)
    names = ["temperature_k", "pipe_diameter_m"]
    if phase != "gas":
        names += ["head_m", "air_k", "wind_m_s"]
    found = [name for name in names if getattr(held, name) == getattr(default, name)]
    if held.pressure_pa is None:
        found.append("pressure_pa")
    if phase != "gas" and held.bund_m2 is None:
        found.append("bund_m2")
    return tuple(found)
