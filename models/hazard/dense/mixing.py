"""A gas mixed with moist air: temperature and density of enthalpy, with droplets."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from models.hazard.constants import ATMOSPHERE_PA, GAS_J_MOL_K
from models.hazard.dense.gas import Gas

DRY_KG_MOL = 0.02896
WATER_KG_MOL = 0.01802
_DRY_J_KG_K = 1006.0
_STEAM_J_KG_K = 1846.0
_WATER_LATENT_J_KG = 2.45e6
_WATER_KG_M3 = 1000.0
_WATER_A, _WATER_B_K = 15.08, 5514.0  # ln(p/atm) = A - B/T, over 0…60 °C
_LOWEST_K = 20.0
_ROUNDS = 40
_CLOSE_K = 0.01
_NEAR_K = 2.0


@dataclass(frozen=True, slots=True)
class State:
    """A mixture: temperature [K], density [kg/m³], share of the gas by moles [-], heat capacity."""

    temperature_k: float
    density_kg_m3: float
    share: float
    capacity_j_kg_k: float


@dataclass(frozen=True, slots=True)
class Mixing:
    """Mixes `gas` with air of `ambient_k` and `humidity` (0…1) at `pressure_pa`.

    Gas and water are immiscible liquids in equilibrium with their vapours (Clausius-Clapeyron);
    enthalpies count from vapour and dry air at the ambient temperature. No chemistry: ammonia's
    heat of solution and hydrogen fluoride's association are left out.

    References
    ----------
    Ermak (1990), User's Manual for SLAB, UCRL-MA-105607, thermodynamics.

    Examples
    --------
    DEGADIS lists 1.118 kg/m³ and 285 K for 11 % methane of 111.7 K in air of 308.55 K at 0.94 atm:

    >>> from models.hazard.dense.gas import gas_of
    >>> mixing = Mixing(gas_of("74-82-8"), 308.55, 0.13, 0.94 * 101325)
    >>> state = mixing.state(0.0650, 0.0650 * mixing.release_enthalpy(111.7, 0.0))
    >>> round(state.share, 3), round(state.temperature_k), round(state.density_kg_m3, 2)
    (0.111, 284, 1.11)
    """

    gas: Gas
    ambient_k: float
    humidity: float
    pressure_pa: float = ATMOSPHERE_PA

    def water(self) -> float:
        """Return the mass share of water in the air [-]."""
        return _water(self.ambient_k, self.humidity, self.pressure_pa)

    def air_kg_m3(self) -> float:
        """Return the density of the air [kg/m³]."""
        return self.state(0.0, 0.0).density_kg_m3

    def release_enthalpy(self, temperature_k: float, liquid: float) -> float:
        """Return the enthalpy [J/kg] of released gas, a mass share `liquid` of it droplets."""
        vapour = self.gas.vapour_j_kg_k * (temperature_k - self.ambient_k)
        return vapour - liquid * self._latent(temperature_k)

    def release_density(self, temperature_k: float, liquid: float) -> float:
        """Return the density [kg/m³] of released gas with droplets."""
        vapour = self.pressure_pa * self.gas.molar_kg_mol / (GAS_J_MOL_K * temperature_k)
        return 1.0 / ((1.0 - liquid) / vapour + liquid / self.gas.liquid_kg_m3)

    def saturation_pa(self, temperature_k: float) -> float:
        """Return the vapour pressure [Pa] of the gas's liquid."""
        slope = self.gas.latent_j_kg * self.gas.molar_kg_mol / GAS_J_MOL_K
        power = slope * (1 / self.gas.boiling_k - 1 / temperature_k)
        return ATMOSPHERE_PA * math.exp(min(power, 50.0))

    def state(self, mass_share: float, enthalpy_j_kg: float, near_k: float = 0.0) -> State:
        """Return the mixture of a mass share of gas (0…1) at an enthalpy per mass of mixture.

        `near_k` is a temperature to look near first; it changes the way, not the answer.
        """
        water = (1.0 - mass_share) * _water(self.ambient_k, self.humidity, self.pressure_pa)
        dry = 1.0 - mass_share - water
        capacity = mass_share * self.gas.vapour_j_kg_k + water * _STEAM_J_KG_K + dry * _DRY_J_KG_K
        temperature = self.ambient_k + enthalpy_j_kg / capacity
        if temperature <= _LOWEST_K or self._wet(temperature, mass_share, water, dry):
            parts = (capacity, mass_share, water, dry)
            temperature = self._equilibrium(temperature, enthalpy_j_kg, parts, near_k)
        gas, steam = self._vapours(temperature, mass_share, water, dry)
        moles = dry / DRY_KG_MOL + steam / WATER_KG_MOL + gas / self.gas.molar_kg_mol
        volume = moles * GAS_J_MOL_K * temperature / self.pressure_pa
        volume += (mass_share - gas) / self.gas.liquid_kg_m3 + (water - steam) / _WATER_KG_M3
        all_gas = mass_share / self.gas.molar_kg_mol
        every = dry / DRY_KG_MOL + water / WATER_KG_MOL + all_gas
        return State(temperature, 1.0 / volume, all_gas / every, capacity)

    def _latent(self, temperature_k: float) -> float:
        change = self.gas.liquid_j_kg_k - self.gas.vapour_j_kg_k
        return max(self.gas.latent_j_kg - change * (temperature_k - self.gas.boiling_k), 0.0)

    def _wet(self, temperature: float, mass: float, water: float, dry: float) -> bool:
        gas, steam = self._vapours(temperature, mass, water, dry)
        return gas < mass or steam < water

    def _vapours(
        self, temperature: float, mass: float, water: float, dry: float
    ) -> tuple[float, float]:
        """Return the masses of gas and of steam that are vapour at a temperature."""
        molar = self.gas.molar_kg_mol
        gas, steam, still = mass / molar, water / WATER_KG_MOL, dry / DRY_KG_MOL
        most_gas = self.saturation_pa(temperature) / self.pressure_pa
        most_steam = _steam(temperature) * ATMOSPHERE_PA / self.pressure_pa
        every = gas + steam + still
        wet_gas, wet_steam = gas > most_gas * every, steam > most_steam * every
        if wet_gas and wet_steam and most_gas + most_steam < 1:
            total = still / (1 - most_gas - most_steam)
            return min(most_gas * total * molar, mass), min(
                most_steam * total * WATER_KG_MOL, water
            )
        if wet_gas and most_gas < 1:
            return min(most_gas / (1 - most_gas) * (still + steam) * molar, mass), water
        if wet_steam and most_steam < 1:
            return mass, min(most_steam / (1 - most_steam) * (still + gas) * WATER_KG_MOL, water)
        return mass, water

    def _equilibrium(
        self, dry_k: float, enthalpy: float, parts: tuple[float, float, float, float], near_k: float
    ) -> float:
        """Find the temperature between the one without droplets and the warmest possible."""
        capacity, mass, water, dry = parts

        def excess(temperature: float) -> float:
            gas, steam = self._vapours(temperature, mass, water, dry)
            latent = (mass - gas) * self._latent(temperature)
            latent += (water - steam) * _WATER_LATENT_J_KG
            return capacity * (temperature - self.ambient_k) - latent - enthalpy

        low, high = max(dry_k, _LOWEST_K), max(self.ambient_k, dry_k, self.gas.boiling_k) + 5.0
        if low < near_k - _NEAR_K and near_k + _NEAR_K < high:
            at_low, at_high = excess(near_k - _NEAR_K), excess(near_k + _NEAR_K)
            if at_low <= 0 <= at_high:
                return _root(excess, near_k - _NEAR_K, near_k + _NEAR_K, at_low, at_high, capacity)
        return _root(excess, low, high, excess(low), excess(high), capacity)


def _root(
    excess: Callable[[float], float],
    low: float,
    high: float,
    at_low: float,
    at_high: float,
    capacity: float,
) -> float:
    """Close in on the zero of a rising function: secants that halve a stale end (Illinois)."""
    last, middle = 0, low
    for _ in range(_ROUNDS):
        middle = low - at_low * (high - low) / (at_high - at_low)
        found = excess(middle)
        if abs(found) < _CLOSE_K * capacity:
            break
        if found > 0:
            high, at_high = middle, found
            at_low /= 2 if last > 0 else 1
            last = 1
        else:
            low, at_low = middle, found
            at_high /= 2 if last < 0 else 1
            last = -1
    return middle


def _steam(temperature_k: float) -> float:
    return math.exp(min(_WATER_A - _WATER_B_K / temperature_k, 50.0))


@lru_cache(maxsize=256)
def _water(ambient_k: float, humidity: float, pressure_pa: float) -> float:
    part = humidity * _steam(ambient_k) * ATMOSPHERE_PA / pressure_pa
    return WATER_KG_MOL * part / (DRY_KG_MOL + (WATER_KG_MOL - DRY_KG_MOL) * part)
