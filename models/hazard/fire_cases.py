"""Typical fires and explosions of a hazard source, made of its typical releases: if it ignites."""

import math
from typing import Any

from models.hazard.constants import GAS_J_MOL_K
from models.hazard.explosion.tnt import tnt_equivalent_kg
from models.hazard.explosion.vessel_burst import brode_energy_j, burst_tnt_kg
from models.hazard.fire.pool_flame import burgess_burning_rate, burning_rate
from models.hazard.fires import DominoEvent, FireCase, case_name
from models.hazard.properties import Properties, properties_of
from models.hazard.scenarios import ReleaseCase, Storage, phase_of, release_scenarios
from models.rules import load_rules

_ROUNDS = 8
_WIDEST_M = 300.0


def fire_cases(cas: str, storage: Storage) -> tuple[FireCase, ...]:
    """Return what a source may burn and explode like, if what it holds is flammable.

    A liquid's leak burns as a pool of the size at which it burns what leaks; a gas and a liquefied
    gas as a jet. A liquefied gas may give a fireball of all it holds, and with a gas a vapour cloud
    explosion of what a rupture brings into the air, as 3 % of its heat in TNT. A gas under a known
    pressure may burst its vessel, flammable or not.

    Parameters
    ----------
    cas : str
        CAS number with properties on record.
    storage : Storage
        How it is held; see `release_scenarios`.

    Returns
    -------
    tuple of FireCase
        Empty for what isn't on record as flammable. Small holes are left out. A gas whose pressure
        isn't known has no jet.

    Raises
    ------
    HazardInputError
        Naming the field; `cas` or `substance` where properties are missing.

    Notes
    -----
    A leak's first rate is held until the source is empty: nobody isolates it. A burning tank's
    surface, a bund full of burning liquid without a leak, the pool that rains out of a jet, flash
    fires and dust aren't in it. A cloud drifts before it ignites: its blast is elsewhere then.

    References
    ----------
    See `resources/rules/fire_cases.toml` and the functions of `fire` and `explosion`.

    Examples
    --------
    >>> [case.key for case in fire_cases("74-98-6", Storage(inventory_kg=20_000))]
    ['jet_fire:medium', 'jet_fire:large', 'jet_fire:full_bore', 'fireball', 'vce']
    >>> fire_cases("7782-50-5", Storage(inventory_kg=20_000))
    ()
    """
    properties = properties_of(cas)
    phase = storage.phase or phase_of(properties, storage.temperature_k, storage.pressure_pa)
    leaks: tuple[ReleaseCase, ...] = ()
    if phase != "gas" or storage.pressure_pa is not None:
        leaks = release_scenarios(cas, storage)
    found: list[FireCase] = []
    if properties.get("heat_j_kg") and properties.get("lel_vol"):
        sized = [leak for leak in leaks if leak.key not in {"small", "catastrophic"}]
        make = _pool if phase == "liquid" else _jet
        found += [make(properties, storage, leak) for leak in sized if leak.leak_kg_s > 0]
        if phase == "liquefied":
            found.append(_fireball(properties, storage))
        if phase != "liquid":
            found.append(_cloud(properties, storage, leaks))
    if phase == "gas" and storage.pressure_pa is not None:
        found.append(_burst(properties, storage, storage.pressure_pa))
    return tuple(found)


def _case(key: str, event: DominoEvent, how: str, assumed: tuple[str, ...] = ()) -> FireCase:
    rules = load_rules("fire_cases")
    return FireCase(
        key=key,
        name=case_name(key),
        event=event,
        how=how,
        assumed=assumed,
        source=rules["source"],
        verified=rules["verified"],
    )


def _jet(properties: Properties, storage: Storage, leak: ReleaseCase) -> FireCase:
    event = DominoEvent(
        kind="jet_fire",
        burn_kg_s=leak.leak_kg_s,
        heat_j_kg=properties.need("heat_j_kg"),
        radiant_fraction=load_rules("fire_cases")["jet_fire"]["radiant_fraction"],
        duration_s=storage.inventory_kg / leak.leak_kg_s,
    )
    return _case(f"jet_fire:{leak.key}", event, "burns what leaks, first rate held", leak.assumed)


def _pool(properties: Properties, storage: Storage, leak: ReleaseCase) -> FireCase:
    """Return the pool that burns as fast as it is fed, no wider than bund and inventory let it."""
    rules, fuel = load_rules("fire_cases"), _fuel(properties)
    widest = storage.inventory_kg / properties.need("density_kg_m3") / rules["least_depth_m"]
    widest = min(widest, storage.bund_m2 or math.inf)
    limit = min(math.sqrt(4 * widest / math.pi), _WIDEST_M)
    diameter = limit
    for _ in range(_ROUNDS):
        burn = _burn(properties, diameter)
        diameter = min(math.sqrt(4 * leak.leak_kg_s / (math.pi * burn)), limit)
    burn = _burn(properties, diameter)
    event = DominoEvent(
        kind="pool_fire",
        diameter_m=diameter,
        burn_kg_m2_s=burn,
        heat_j_kg=properties.need("heat_j_kg"),
        clean=bool(fuel.get("clean", False)),
        most_w_m2=float(fuel.get("emissive_w_m2", DominoEvent(kind="pool_fire").most_w_m2)),
        duration_s=storage.inventory_kg / (burn * math.pi * diameter**2 / 4),
    )
    return _case(f"pool_fire:{leak.key}", event, "a pool that burns what leaks", leak.assumed)


def _fuel(properties: Properties) -> dict[str, Any]:
    known = {properties.cas, properties.stands_for} - {""}
    rows: list[dict[str, Any]] = load_rules("fire_fuels")["fuel"]
    return next((row for row in rows if known & set(row["cas"])), {})


def _burn(properties: Properties, diameter_m: float) -> float:
    """Return the burning rate on record, else the one that follows from the heats [kg/m²s]."""
    fuel = _fuel(properties)
    if fuel:
        return burning_rate(fuel["key"], diameter_m)
    heating = properties.need("heat_capacity_j_kg_k") * max(
        properties.need("boiling_k") - Storage(inventory_kg=1.0).air_k, 0.0
    )
    return burgess_burning_rate(
        properties.need("heat_j_kg"), properties.need("vaporisation_j_kg"), heating
    )


def _fireball(properties: Properties, storage: Storage) -> FireCase:
    event = DominoEvent(
        kind="fireball",
        mass_kg=min(storage.inventory_kg, 1e7),
        heat_j_kg=properties.need("heat_j_kg"),
    )
    return _case("fireball", event, "all that is held, heated until the vessel bursts")


def _cloud(properties: Properties, storage: Storage, leaks: tuple[ReleaseCase, ...]) -> FireCase:
    rupture = next((leak for leak in leaks if leak.key == "catastrophic"), None)
    share = rupture.airborne_share if rupture is not None else 1.0
    tnt = tnt_equivalent_kg(
        storage.inventory_kg * share,
        properties.need("heat_j_kg"),
        load_rules("fire_cases")["vce"]["efficiency"],
    )
    assumed = rupture.assumed if rupture is not None else ()
    event = DominoEvent(kind="blast", tnt_kg=tnt)
    return _case("vce", event, "what a rupture brings into the air, at the source", assumed)


def _burst(properties: Properties, storage: Storage, pressure_pa: float) -> FireCase:
    moles = storage.inventory_kg / (properties.need("molar_mass_g_mol") / 1e3)
    energy = brode_energy_j(
        pressure_pa=pressure_pa,
        volume_m3=min(moles * GAS_J_MOL_K * storage.temperature_k / pressure_pa, 1e6),
        heat_capacity_ratio=properties.need("heat_capacity_ratio"),
    )
    event = DominoEvent(kind="blast", tnt_kg=max(burst_tnt_kg(energy), 1e-6))
    return _case("vessel_burst", event, "the gas at its storage pressure")
