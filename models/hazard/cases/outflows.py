"""Cases of draining tanks, emptying gas vessels, two-phase discharge and pipes."""

import math
from collections.abc import Mapping
from typing import Any

from models.hazard.cases.forms import CaseForm, Quantities
from models.hazard.cases.spellings import Field, Known, answers, names
from models.hazard.constants import ATMOSPHERE_PA
from models.hazard.source.discharge import hole_area, liquid_discharge
from models.hazard.source.draining import SHAPES, drain_tank, gas_blowdown, open_tank_level
from models.hazard.source.flash import equilibrium_flux, two_phase_flux
from models.hazard.source.pipe import friction_factor, gas_pipe_flow, liquid_pipe_flow

_TANK = Field(("D", "D_tank", "tank_diameter"), "m")
_TANK_AREA = Field(("A_tank", "tank_area"), "m2")
_LENGTH = Field(("L", "length", "tank_length"), "m")
_LEVEL = Field(("h", "h0", "level"), "m")
_HOLE = Field(("d", "d_hole", "hole_diameter"), "m")
_HOLE_HEIGHT = Field(("hole_height",), "m")
_CD = Field(("Cd",), "")
_TIME = Field(("t", "time"), "s")
_DENSITY = Field(("rho", "rho_l"), "kg_m3")
_INSIDE = Field(("P", "P0", "P1"), "Pa")
_OUTSIDE = Field(("Pa", "P2", "P_ambient"), "Pa")
_RATE = Field(("m", "rate", "Q"), "kg_s")
_SPEED = Field(("u",), "m_s")
_EMPTY = Field(("t_empty", "empty_time", "drain_time", "duration"), "s")
_RELEASED = Field(("released", "mass", "total"), "kg")
_KELVIN = Field(("T", "T0"), "K")
_VOLUME = Field(("V", "volume"), "m3")
_MOLAR = Field(("MW",), "kg_mol")
_RATIO = Field(("k", "gamma"), "")
_VAPOUR = Field(("Pv", "Psat"), "Pa")
_VAPOUR_DENSITY = Field(("rho_v", "rho_g"), "kg_m3")
_V_FG = Field(("v_fg", "vfg"), "m3_kg")
_LATENT = Field(("Hvap", "dHv", "dHvap"), "J_kg")
_HEAT = Field(("cp", "cp_l"), "J_kgK")
_PATH = Field(("path", "L", "L_path"), "m")
_HEAD = Field(("h", "head"), "m")
_FLUX = Field(("G", "flux"), "kg_m2_s")
_PIPE = Field(("D", "d", "pipe_diameter"), "m")
_PIPE_LENGTH = Field(("L", "pipe_length"), "m")
_FRICTION = Field(("f", "friction"), "")
_VISCOSITY = Field(("mu", "viscosity"), "Pa_s")
_LOSSES = Field(("K", "fittings"), "")
_ROUGHNESS = Field(("eps", "roughness"), "m")
_REYNOLDS = Field(("Re",), "")
_RELATIVE = Field(("eps_over_D", "relative_roughness"), "")
_EQUILIBRIUM_PATH_M = 0.1


def _draining(case: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    given = case["inputs"]
    shape = str(given.get("shape", "vertical"))
    if shape not in SHAPES or ("shape" not in given and _other_shape(case["model"])):
        raise ValueError("a tank of another shape")
    if _TANK.there(given) == _TANK_AREA.there(given):
        raise ValueError("either the tank's diameter or its area")
    if shape != "vertical" and _TANK_AREA.there(given):
        raise ValueError("only an upright tank has one area")
    tank = _TANK.of(given) if _TANK.there(given) else math.sqrt(4 * _TANK_AREA.of(given) / math.pi)
    level, hole, cd = _LEVEL.of(given), _HOLE.of(given), _CD.of(given)
    height = _HOLE_HEIGHT.of(given, 0.0)
    outside = _OUTSIDE.of(given, ATMOSPHERE_PA)
    inside = _INSIDE.of(given, outside)
    weighed = (
        inside != outside
        or any(name in expected for name in names(_RATE, _RELEASED))
        or any(name.removesuffix("_at_t_s") in names(_RATE) for name in expected)
    )
    density = _DENSITY.of(given) if weighed else _DENSITY.of(given, 1000.0)
    length = (
        level if shape == "vertical" else _LENGTH.of(given, tank if shape == "sphere" else None)
    )
    history = drain_tank(
        shape,
        diameter_m=tank,
        length_m=length,
        level_m=level,
        hole_diameter_m=hole,
        hole_height_m=height,
        density_kg_m3=density,
        pressure_pa=inside,
        ambient_pa=outside,
        discharge_coefficient=cd,
    )

    def level_at(time_s: float) -> float:
        return height + open_tank_level(
            time_s,
            level_m=level - height,
            tank_diameter_m=tank,
            hole_diameter_m=hole,
            discharge_coefficient=cd,
        )

    def open_rate(time_s: float) -> float:
        return liquid_discharge(
            density_kg_m3=density,
            hole_diameter_m=hole,
            head_m=level_at(time_s) - height,
            discharge_coefficient=cd,
        ).rate_kg_s

    def rate_at(time_s: float) -> float:
        return open_rate(time_s) if by_level else float(history.rate_at(time_s))

    by_level = shape == "vertical" and inside == outside
    known: list[tuple[Field, Known]] = [
        (_RATE, rate_at),
        (_RATE, rate_at(_TIME.of(given, 0.0))),
        (_EMPTY, history.duration_s),
        (_RELEASED, history.total_kg()),
    ]
    if by_level:
        known.append((_LEVEL, level_at))
        if _TIME.there(given):
            known.append((_LEVEL, level_at(_TIME.of(given))))
    return answers(expected, known)


def _other_shape(model: str) -> bool:
    return any(word in model.casefold() for word in ("horizontal", "lying", "spher", "cone"))


def _blowdown(case: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    given, model = case["inputs"], case["model"].casefold()
    if ("adiabatic" in model) == ("isothermal" in model):
        raise ValueError("adiabatic or isothermal, it must say")
    history = gas_blowdown(
        pressure_pa=_INSIDE.of(given),
        temperature_k=_KELVIN.of(given),
        volume_m3=_VOLUME.of(given),
        hole_diameter_m=_HOLE.of(given),
        molar_mass_kg_mol=_MOLAR.of(given),
        heat_capacity_ratio=_RATIO.of(given),
        adiabatic="adiabatic" in model,
        discharge_coefficient=_CD.of(given),
        ambient_pa=_OUTSIDE.of(given, ATMOSPHERE_PA),
    )
    return answers(
        expected,
        [
            (_RATE, lambda t: float(history.rate_at(t))),
            (_RATE, float(history.rate_at(_TIME.of(given, 0.0)))),
            (_RELEASED, history.total_kg()),
        ],
    )


def _two_phase(given: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    liquid = _DENSITY.of(given)
    if _V_FG.there(given) == _VAPOUR_DENSITY.there(given):
        raise ValueError("either the vapour's density or v_fg")
    vapour = 1 / (_V_FG.of(given) + 1 / liquid) if _V_FG.there(given) else _VAPOUR_DENSITY.of(given)
    path = _PATH.of(given)
    state = {
        "temperature_k": _KELVIN.of(given),
        "liquid_kg_m3": liquid,
        "vapour_kg_m3": vapour,
        "vaporisation_j_kg": _LATENT.of(given),
        "heat_capacity_j_kg_k": _HEAT.of(given),
    }
    if any(field.there(given) for field in (_INSIDE, _VAPOUR, _HEAD, _CD, _OUTSIDE)):
        flux = two_phase_flux(
            **state,
            pressure_pa=_INSIDE.of(given),
            vapour_pressure_pa=_VAPOUR.of(given),
            path_m=path,
            head_m=_HEAD.of(given, 0.0),
            ambient_pa=_OUTSIDE.of(given, ATMOSPHERE_PA),
            discharge_coefficient=_CD.of(given),
        )
    elif path >= _EQUILIBRIUM_PATH_M:
        flux = equilibrium_flux(**state)
    else:
        raise ValueError("a short path needs the pressures")
    known: list[tuple[Field, Known]] = [(_FLUX, flux)]
    if _HOLE.there(given):
        known.append((_RATE, flux * hole_area(_HOLE.of(given))))
    return answers(expected, known)


def _liquid_pipe(given: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    flow = liquid_pipe_flow(
        pressure_pa=_INSIDE.of(given),
        pipe_diameter_m=_PIPE.of(given),
        pipe_length_m=_PIPE_LENGTH.of(given),
        density_kg_m3=_DENSITY.of(given),
        viscosity_pa_s=_VISCOSITY.of(given),
        head_m=_HEAD.of(given, 0.0),
        fittings=_LOSSES.of(given),
        roughness_m=_ROUGHNESS.of(given),
        ambient_pa=_OUTSIDE.of(given, ATMOSPHERE_PA),
    )
    return answers(expected, [(_RATE, flow.rate_kg_s), (_SPEED, flow.velocity_m_s)])


def _gas_pipe(given: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    rate = gas_pipe_flow(
        pressure_pa=_INSIDE.of(given),
        temperature_k=_KELVIN.of(given),
        pipe_diameter_m=_PIPE.of(given),
        pipe_length_m=_PIPE_LENGTH.of(given),
        molar_mass_kg_mol=_MOLAR.of(given),
        friction=_FRICTION.of(given),
        ambient_pa=_OUTSIDE.of(given, ATMOSPHERE_PA),
    )
    return answers(expected, [(_RATE, rate)])


def _factor(given: Mapping[str, Any], expected: Mapping[str, Any]) -> Quantities:
    return answers(
        expected, [(_FRICTION, friction_factor(_REYNOLDS.of(given), _RELATIVE.of(given)))]
    )


_TWO_PHASE = names(
    _INSIDE, _VAPOUR, _OUTSIDE, _KELVIN, _DENSITY, _VAPOUR_DENSITY, _V_FG, _LATENT, _HEAT,
    _PATH, _HEAD, _CD, _HOLE,
)  # fmt: skip
FORMS = (
    CaseForm(
        words=("drain", "tank"),
        inputs=frozenset(),
        optional=names(
            _TANK,
            _TANK_AREA,
            _LENGTH,
            _LEVEL,
            _HOLE,
            _HOLE_HEIGHT,
            _CD,
            _TIME,
            _DENSITY,
            _INSIDE,
            _OUTSIDE,
        )
        | {"shape"},
        modelled=_draining,
    ),
    CaseForm(
        words=("blowdown",),
        inputs=frozenset(),
        optional=names(_INSIDE, _OUTSIDE, _KELVIN, _VOLUME, _HOLE, _MOLAR, _RATIO, _CD, _TIME)
        | {"gas"},
        modelled=_blowdown,
    ),
    CaseForm(words=("two-phase",), inputs=frozenset(), optional=_TWO_PHASE, compute=_two_phase),
    CaseForm(
        words=("liquid", "pipe"),
        inputs=frozenset(),
        optional=names(
            _INSIDE,
            _OUTSIDE,
            _PIPE,
            _PIPE_LENGTH,
            _DENSITY,
            _VISCOSITY,
            _HEAD,
            _LOSSES,
            _ROUGHNESS,
        ),
        compute=_liquid_pipe,
    ),
    CaseForm(
        words=("gas", "pipe", "isothermal"),
        inputs=frozenset(),
        optional=names(_INSIDE, _OUTSIDE, _KELVIN, _PIPE, _PIPE_LENGTH, _MOLAR, _FRICTION)
        | {"gas"},
        compute=_gas_pipe,
    ),
    CaseForm(
        words=("friction factor",),
        inputs=frozenset(),
        optional=names(_REYNOLDS, _RELATIVE),
        compute=_factor,
    ),
)
