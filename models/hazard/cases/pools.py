"""Cases of flashing liquids and of evaporating pools."""

import math
from collections.abc import Mapping
from typing import Any

from models.hazard.cases.forms import CaseForm, Quantities
from models.hazard.cases.spellings import Field, Known, answers, names
from models.hazard.checks import number
from models.hazard.ports import HazardInputError
from models.hazard.properties import pool_liquid, properties_of
from models.hazard.source.flash import (
    airborne_fraction,
    cloud_density_kg_m3,
    droplet_diameter_m,
    flash_fraction,
)
from models.hazard.source.pool import (
    PoolLiquid,
    evaporation_flux,
    ground_heat_w_m2,
    mass_transfer_m_s,
    spill,
)
from models.hazard.substances import find_substance

_KELVIN = Field(("T", "T0", "T_pool"), "K")
_BOILING = Field(("Tb", "T_boil"), "K")
_HEAT = Field(("cp", "cp_l"), "J_kgK")
_LATENT = Field(("Hvap", "dHv", "dHvap"), "J_kg")
_FLASHED = Field(("f", "flash_fraction"), "")
_AIRBORNE = Field(("airborne", "airborne_fraction"), "")
_SUPERHEAT = Field(("dT", "superheat"), "dK")
_TENSION = Field(("sigma", "surface_tension"), "N_m")
_JET = Field(("u", "jet_speed"), "m_s")
_AIR_DENSITY = Field(("rho_a", "rho_air"), "kg_m3")
_DROP = Field(("d", "drop_diameter", "droplet_diameter"), "m")
_SHARE = Field(("f_v", "vapour_fraction"), "")
_GAS_DENSITY = Field(("rho_g", "rho_v"), "kg_m3")
_LIQUID_DENSITY = Field(("rho_l",), "kg_m3")
_CLOUD_DENSITY = Field(("rho_c", "cloud_density"), "kg_m3")
_WIND = Field(("u", "u10"), "m_s")
_ACROSS = Field(("D", "pool_diameter"), "m")
_RADIUS = Field(("r", "pool_radius"), "m")
_AREA = Field(("A", "pool_area"), "m2")
_VAPOUR = Field(("Pv", "Psat"), "Pa")
_MOLAR = Field(("MW",), "kg_mol")
_SCHMIDT = Field(("Sc",), "")
_EVAPORATION = Field(("E", "evaporation_flux", "flux"), "kg_m2_s")
_TRANSFER = Field(("h_m", "k_m", "k", "mass_transfer"), "m_s")
_RATE = Field(("m", "rate", "Q"), "kg_s")
_GROUND = Field(("Tg", "T_ground"), "K")
_AGE = Field(("t", "time"), "s")
_CONDUCTIVITY = Field(("k", "k_s", "conductivity"), "W_mK")
_DIFFUSIVITY = Field(("a", "alpha", "diffusivity"), "m2_s")
_HEAT_FLUX = Field(("q", "heat_flux"), "W_m2")
_MASS = Field(("mass", "spilled"), "kg")
_LASTS = Field(("duration",), "s")
_AIR = Field(("Ta", "T_air"), "K")
_BUND = Field(("A_bund", "bund_area"), "m2")
_DEPTH = Field(("min_depth", "least_depth"), "m")
_WATCHED = Field(("watched", "t"), "s")
_PEAK = Field(("m_max", "peak_rate", "max_rate"), "kg_s")
_EVAPORATED = Field(("evaporated", "total"), "kg")


def _flash(given: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    flashed = flash_fraction(
        _KELVIN.of(given), _BOILING.of(given), _HEAT.of(given), _LATENT.of(given)
    )
    return answers(expected, [(_FLASHED, flashed), (_AIRBORNE, airborne_fraction(flashed))])


def _airborne(given: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    return answers(expected, [(_AIRBORNE, airborne_fraction(_FLASHED.of(given)))])


def _drops(given: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    drop = droplet_diameter_m(
        _SUPERHEAT.of(given), _TENSION.of(given), _JET.of(given), _AIR_DENSITY.of(given)
    )
    return answers(expected, [(_DROP, drop)])


def _cloud(given: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    density = cloud_density_kg_m3(
        _SHARE.of(given), _GAS_DENSITY.of(given), _LIQUID_DENSITY.of(given)
    )
    return answers(expected, [(_CLOUD_DENSITY, density)])


def _evaporating(given: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    across = _pool_diameter(given)
    wind = _WIND.of(given)
    if set(expected) <= names(_TRANSFER):
        transfer = float(mass_transfer_m_s(wind, across, _SCHMIDT.of(given)))
        return answers(expected, [(_TRANSFER, transfer)])
    schmidt = _SCHMIDT.of(given) if _SCHMIDT.there(given) else None
    flux = evaporation_flux(_liquid(given), _KELVIN.of(given), wind, across, schmidt)
    known: list[tuple[Field, Known]] = [
        (_EVAPORATION, flux),
        (_RATE, flux * math.pi * across**2 / 4),
    ]
    if schmidt is not None:
        known.append((_TRANSFER, float(mass_transfer_m_s(wind, across, schmidt))))
    return answers(expected, known)


def _pool_diameter(given: Mapping[str, Any]) -> float:
    sizes = [field for field in (_ACROSS, _RADIUS, _AREA) if field.there(given)]
    if len(sizes) != 1:
        raise ValueError("one of the pool's diameter, radius and area")
    if sizes == [_ACROSS]:
        return _ACROSS.of(given)
    if sizes == [_RADIUS]:
        return 2 * _RADIUS.of(given)
    return math.sqrt(4 * _AREA.of(given) / math.pi)


def _liquid(given: Mapping[str, Any]) -> PoolLiquid:
    """Return a liquid of a vapour pressure and a molar mass, or one on record by its name."""
    if "liquid" in given:
        if _VAPOUR.there(given) or _MOLAR.there(given):
            raise ValueError("the liquid's name or its figures")
        return _on_record(given["liquid"])
    return PoolLiquid(
        molar_mass_kg_mol=number("MW", _MOLAR.of(given), 0.002, 1.0, "kg/mol"),
        boiling_k=math.inf,
        density_kg_m3=math.inf,
        vaporisation_j_kg=math.inf,
        heat_capacity_j_kg_k=math.inf,
        a=math.log(_VAPOUR.of(given)),
        b=0.0,
    )


def _on_record(name: object) -> PoolLiquid:
    substance = find_substance(name) if isinstance(name, str) else None
    if substance is None:
        raise HazardInputError("liquid", f"{name!r} is not on record")
    return pool_liquid(properties_of(substance.cas))


def _boiling(given: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    heat = ground_heat_w_m2(
        _GROUND.of(given),
        _BOILING.of(given),
        _AGE.of(given),
        _CONDUCTIVITY.of(given),
        _DIFFUSIVITY.of(given),
    )
    known: list[tuple[Field, Known]] = [(_HEAT_FLUX, heat)]
    if _LATENT.there(given):
        known.append((_EVAPORATION, heat / _LATENT.of(given)))
    return answers(expected, known)


def _spill(given: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    pool = spill(
        _on_record(given["liquid"]),
        mass_kg=_MASS.of(given),
        duration_s=_LASTS.of(given),
        air_k=_AIR.of(given),
        wind_m_s=_WIND.of(given),
        watched_s=_WATCHED.of(given, 3600.0),
        liquid_k=_KELVIN.of(given) if _KELVIN.there(given) else None,
        ground_k=_GROUND.of(given) if _GROUND.there(given) else None,
        bund_m2=_BUND.of(given) if _BUND.there(given) else None,
        least_depth_m=_DEPTH.of(given, 0.005),
    )
    evaporation = pool.evaporation
    return answers(
        expected,
        [
            (_AREA, pool.largest_m2),
            (_PEAK, float(evaporation.rates_kg_s.max())),
            (_EVAPORATED, evaporation.total_kg()),
            (_RATE, lambda t: float(evaporation.rate_at(t))),
        ],
    )


FORMS = (
    CaseForm(
        words=("drop", "size"),
        inputs=frozenset(),
        optional=names(_SUPERHEAT, _TENSION, _JET, _AIR_DENSITY),
        compute=_drops,
    ),
    CaseForm(
        words=("cloud density",),
        inputs=frozenset(),
        optional=names(_SHARE, _GAS_DENSITY, _LIQUID_DENSITY),
        compute=_cloud,
    ),
    CaseForm(
        words=("airborne fraction",),
        inputs=frozenset(),
        optional=names(_FLASHED),
        compute=_airborne,
    ),
    CaseForm(
        words=("flash",),
        inputs=frozenset(),
        optional=names(_KELVIN, _BOILING, _HEAT, _LATENT) | {"substance", "liquid"},
        compute=_flash,
    ),
    CaseForm(
        words=("boiling", "pool"),
        inputs=frozenset(),
        optional=names(_GROUND, _BOILING, _AGE, _CONDUCTIVITY, _DIFFUSIVITY, _LATENT),
        compute=_boiling,
    ),
    CaseForm(
        words=("pool", "spill"),
        inputs=frozenset(("liquid",)),
        optional=names(_MASS, _LASTS, _AIR, _WIND, _WATCHED, _KELVIN, _GROUND, _BUND, _DEPTH),
        compute=_spill,
    ),
    CaseForm(
        words=("pool", "evaporat"),
        inputs=frozenset(),
        optional=names(_WIND, _ACROSS, _RADIUS, _AREA, _KELVIN, _VAPOUR, _MOLAR, _SCHMIDT)
        | {"liquid"},
        compute=_evaporating,
    ),
)
