"""A liquid above its boiling point: flash, droplets and what stays in the air."""

from models.hazard.checks import number
from models.hazard.constants import G_M_S2

_SHORT_PATH_M = 0.1


def flash_fraction(
    temperature_k: float, boiling_k: float, heat_capacity_j_kg_k: float, vaporisation_j_kg: float
) -> float:
    """Return the share of a superheated liquid that flashes, cp (T - Tb)/dHv, 0…1 [-].

    Parameters
    ----------
    temperature_k, boiling_k : float
        Of the liquid before, and its boiling point at ambient pressure [K], 20…3000.
    heat_capacity_j_kg_k : float
        Of the liquid [J/kg K], 100…2e4.
    vaporisation_j_kg : float
        [J/kg], 1e4…5e6.

    Returns
    -------
    float
        0 at or below the boiling point.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    CCPS (1999), section 2.1.2.

    Examples
    --------
    Chlorine at 25 °C.

    >>> round(flash_fraction(298.15, 239.2, 960, 288e3), 2)
    0.2
    """
    temperature = number("temperature_k", temperature_k, 20.0, 3000.0, "K")
    boiling = number("boiling_k", boiling_k, 20.0, 3000.0, "K")
    heat = number("heat_capacity_j_kg_k", heat_capacity_j_kg_k, 100.0, 2e4, "J/kg K")
    latent = number("vaporisation_j_kg", vaporisation_j_kg, 1e4, 5e6, "J/kg")
    return min(max(heat * (temperature - boiling) / latent, 0.0), 1.0)


def airborne_fraction(flashed: float) -> float:
    """Return the share that stays in the air with its droplets, min(1, 2 f) [-].

    Parameters
    ----------
    flashed : float
        Flash fraction f [-], 0…1.

    Raises
    ------
    HazardInputError
        Naming `flashed`.

    Notes
    -----
    A screening rule: the rest rains out into a pool, which evaporates too.

    References
    ----------
    CCPS (1999), section 2.1.3; recalled.

    Examples
    --------
    >>> airborne_fraction(0.2), airborne_fraction(0.7)
    (0.4, 1.0)
    """
    return min(2 * number("flashed", flashed, 0.0, 1.0, ""), 1.0)


def droplet_diameter_m(
    superheat_k: float, surface_tension_n_m: float, speed_m_s: float, air_kg_m3: float = 1.2
) -> float:
    """Return the size of droplets, min(12 sigma/(rho_a u²), 0.03/(10 + 4 (T - Tb))) [m].

    Parameters
    ----------
    superheat_k : float
        T - Tb [K], 0…500.
    surface_tension_n_m : float
        sigma [N/m], 1e-4…1.
    speed_m_s : float
        Of the jet [m/s], above 0 … 1000.
    air_kg_m3 : float
        [kg/m³], 0.5…2.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    CCPS, RELEASE (1999), aerodynamic and flashing break-up.

    Examples
    --------
    >>> round(droplet_diameter_m(60, 0.018, 20) * 1e6)
    120
    """
    superheat = number("superheat_k", superheat_k, 0.0, 500.0, "K")
    tension = number("surface_tension_n_m", surface_tension_n_m, 1e-4, 1.0, "N/m")
    speed = number("speed_m_s", speed_m_s, 0.0, 1000.0, "m/s", low_open=True)
    air = number("air_kg_m3", air_kg_m3, 0.5, 2.0, "kg/m³")
    return min(12 * tension / (air * speed**2), 0.03 / (10 + 4 * superheat))


def cloud_density_kg_m3(vapour_fraction: float, gas_kg_m3: float, liquid_kg_m3: float) -> float:
    """Return the density of vapour with droplets, 1/rho = f/rho_g + (1 - f)/rho_l [kg/m³].

    Parameters
    ----------
    vapour_fraction : float
        By mass f [-], above 0 … 1.
    gas_kg_m3, liquid_kg_m3 : float
        [kg/m³], 0.01…100 and 10…20 000.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    CCPS (1999), section 2.1.3.

    Examples
    --------
    >>> round(cloud_density_kg_m3(0.2, 3.6, 1560), 1)
    17.8
    """
    share = number("vapour_fraction", vapour_fraction, 0.0, 1.0, "", low_open=True)
    gas = number("gas_kg_m3", gas_kg_m3, 0.01, 100.0, "kg/m³")
    liquid = number("liquid_kg_m3", liquid_kg_m3, 10.0, 20_000.0, "kg/m³")
    return 1 / (share / gas + (1 - share) / liquid)


def equilibrium_flux(
    *,
    temperature_k: float,
    liquid_kg_m3: float,
    vapour_kg_m3: float,
    vaporisation_j_kg: float,
    heat_capacity_j_kg_k: float,
) -> float:
    """Return the flux of a saturated liquid that flashes in equilibrium on its way [kg/m²s].

    G_e = dHv/(v_fg sqrt(T cp)), v_fg = 1/rho_v - 1/rho_l.

    Parameters
    ----------
    temperature_k, liquid_kg_m3, vapour_kg_m3, vaporisation_j_kg, heat_capacity_j_kg_k : float
        See `two_phase_flux`; the vapour is lighter than the liquid.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    H. Fauske and M. Epstein, J. Loss Prev. Process Ind. 1 (1988) 75; recalled.

    Examples
    --------
    >>> round(equilibrium_flux(temperature_k=298.15, liquid_kg_m3=1393, vapour_kg_m3=25,
    ...                        vaporisation_j_kg=248e3, heat_capacity_j_kg_k=960))
    11801
    """
    temperature = number("temperature_k", temperature_k, 20.0, 3000.0, "K")
    liquid = number("liquid_kg_m3", liquid_kg_m3, 10.0, 20_000.0, "kg/m³")
    gas = number("vapour_kg_m3", vapour_kg_m3, 0.01, min(1000.0, 0.99 * liquid), "kg/m³")
    latent = number("vaporisation_j_kg", vaporisation_j_kg, 1e4, 5e6, "J/kg")
    heat = number("heat_capacity_j_kg_k", heat_capacity_j_kg_k, 100.0, 2e4, "J/kg K")
    return float(latent / ((1 / gas - 1 / liquid) * (temperature * heat) ** 0.5))


def two_phase_flux(
    *,
    pressure_pa: float,
    vapour_pressure_pa: float,
    temperature_k: float,
    liquid_kg_m3: float,
    vapour_kg_m3: float,
    vaporisation_j_kg: float,
    heat_capacity_j_kg_k: float,
    path_m: float,
    head_m: float = 0.0,
    ambient_pa: float = 101_325.0,
    discharge_coefficient: float = 0.61,
) -> float:
    """Return the mass flux of a flashing liquid through a hole or a short pipe [kg/m²s].

    G² = 2 rho (P - Pv + rho g h) Cd² + G_e²/N with G_e = dHv/(v_fg sqrt(T cp)) and
    N = (G_e/G_l)² (1 - L/0.1 m) + L/0.1 m, where G_l = Cd sqrt(2 rho (Pv - Pa)); N = 1 from
    0.1 m on. At L = 0 it is Bernoulli's liquid flow; never more than it.

    Parameters
    ----------
    pressure_pa, vapour_pressure_pa : float
        Absolute inside, and the liquid's vapour pressure [Pa], 1e3…1e8; Pv above the ambient
        and at most P.
    temperature_k : float
        [K], 20…3000.
    liquid_kg_m3, vapour_kg_m3 : float
        Saturated [kg/m³], 10…20 000 and 0.01…1000.
    vaporisation_j_kg, heat_capacity_j_kg_k : float
        See `flash_fraction`.
    path_m : float
        Length of the path in the wall or pipe [m], 0…1000; friction isn't in it.
    head_m : float
        Liquid over the hole [m], 0…200.
    ambient_pa, discharge_coefficient : float
        See `liquid_discharge`.

    Returns
    -------
    float
        Multiply by the hole's area.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Fauske and Epstein have N = (G_e/G_l)² + L/0.1 m, which jumps to 1 at 0.1 m; here the two ends
    are blended, which gives more than theirs between them and the same at L = 0.

    References
    ----------
    H. Fauske and M. Epstein, J. Loss Prev. Process Ind. 1 (1988) 75, but for the blend; CCPS
    (1999), section 2.1.1; recalled.

    Examples
    --------
    Chlorine at 25 °C through a 150 mm path.

    >>> round(two_phase_flux(pressure_pa=7.8e5, vapour_pressure_pa=7.8e5, temperature_k=298.15,
    ...                      liquid_kg_m3=1393, vapour_kg_m3=25, vaporisation_j_kg=248e3,
    ...                      heat_capacity_j_kg_k=960, path_m=0.15))
    11801
    """
    outside = number("ambient_pa", ambient_pa, 1e3, 1e8, "Pa")
    inside = number("pressure_pa", pressure_pa, 1e3, 1e8, "Pa")
    vapour = number("vapour_pressure_pa", vapour_pressure_pa, outside, inside, "Pa", low_open=True)
    liquid = number("liquid_kg_m3", liquid_kg_m3, 10.0, 20_000.0, "kg/m³")
    equilibrium = equilibrium_flux(
        temperature_k=temperature_k,
        liquid_kg_m3=liquid,
        vapour_kg_m3=vapour_kg_m3,
        vaporisation_j_kg=vaporisation_j_kg,
        heat_capacity_j_kg_k=heat_capacity_j_kg_k,
    )
    path = number("path_m", path_m, 0.0, 1000.0, "m")
    head = number("head_m", head_m, 0.0, 200.0, "m")
    cd = number("discharge_coefficient", discharge_coefficient, 0.0, 1.0, "", low_open=True)
    subcooled = 2 * liquid * (inside - vapour + liquid * G_M_S2 * head) * cd**2
    flowing = 2 * liquid * (vapour - outside) * cd**2
    share = min(path / _SHORT_PATH_M, 1.0)
    inverse = (1 - share) / flowing + share / equilibrium**2
    return float((subcooled + min(1 / inverse, flowing)) ** 0.5)
