"""How a pool burns: rate, flame length, lean in the wind and emissive power."""

import math

from models.hazard.checks import choice, number
from models.hazard.constants import G_M_S2
from models.hazard.ports import HazardInputError
from models.rules import load_rules

LENGTHS = ("thomas", "moorhouse")
_AIR_KG_M3 = 1.2
_MUDAN_CLEAR_W_M2, _MUDAN_SMOKE_W_M2, _MUDAN_1_M = 140e3, 20e3, 0.12


def burning_rate(fuel: str, diameter_m: float) -> float:
    """Return the mass burning rate of a pool, m_inf (1 - exp(-kb D)) [kg/m²s].

    Parameters
    ----------
    fuel : str
        A key or CAS number of `resources/rules/fire_fuels.toml`: 'lng', 'lpg', 'benzene'…
    diameter_m : float
        [m], above 0 … 1000.

    Raises
    ------
    HazardInputError
        Naming `fuel` when it isn't on record, or `diameter_m`.

    Notes
    -----
    On land. On water cryogens burn up to twice as fast.

    References
    ----------
    V. Babrauskas, Fire Technology 19 (1983) 251; recalled.

    Examples
    --------
    >>> round(burning_rate("benzene", 10), 3), round(burning_rate("lng", 1), 3)
    (0.085, 0.052)
    """
    diameter = number("diameter_m", diameter_m, 0.0, 1000.0, "m", low_open=True)
    for row in load_rules("fire_fuels")["fuel"]:
        if fuel == row["key"] or fuel in row["cas"]:
            share = 1 - math.exp(-row["kb_1_m"] * diameter) if row["kb_1_m"] else 1.0
            return float(row["burn_kg_m2_s"] * share)
    raise HazardInputError("fuel", f"no burning rate is on record for {fuel!r}")


def burgess_burning_rate(
    heat_j_kg: float, vaporisation_j_kg: float, heating_j_kg: float = 0.0
) -> float:
    """Return a large pool's burning rate from its heats, 1e-3 dHc/(dHv + cp (Tb - Ta)) [kg/m²s].

    Parameters
    ----------
    heat_j_kg : float
        Heat of combustion [J/kg], above 0 … 1.5e8.
    vaporisation_j_kg : float
        Heat of vaporisation [J/kg], 1e4…5e6.
    heating_j_kg : float
        cp (Tb - Ta) [J/kg], 0…5e6; 0 for what boils below ambient.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    Burgess and Hertzberg (1974), as in the TNO Yellow Book; recalled.

    Examples
    --------
    Benzene: 40.2 MJ/kg, 394 kJ/kg, 105 kJ/kg to its boiling point; tables say 0.085.

    >>> round(burgess_burning_rate(40.2e6, 394e3, 105e3), 3)
    0.081
    """
    heat = number("heat_j_kg", heat_j_kg, 0.0, 1.5e8, "J/kg", low_open=True)
    latent = number("vaporisation_j_kg", vaporisation_j_kg, 1e4, 5e6, "J/kg")
    sensible = number("heating_j_kg", heating_j_kg, 0.0, 5e6, "J/kg")
    return 1e-3 * heat / (latent + sensible)


def scaled_wind(
    wind_m_s: float, burn_kg_m2_s: float, diameter_m: float, vapour_kg_m3: float = _AIR_KG_M3
) -> float:
    """Return u* = u/(g m D/rho)^(1/3) [-].

    Parameters
    ----------
    wind_m_s : float
        [m/s], 0…75.
    burn_kg_m2_s : float
        [kg/m²s], above 0 … 1.
    diameter_m : float
        [m], above 0 … 1000.
    vapour_kg_m3 : float
        Density of the vapour, or of air [kg/m³], 0.05…20.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    P. Thomas, 9th Symposium on Combustion (1963) 844; recalled.

    Examples
    --------
    >>> round(scaled_wind(5, 0.085, 10), 2)
    2.62
    """
    wind = number("wind_m_s", wind_m_s, 0.0, 75.0, "m/s")
    burn = number("burn_kg_m2_s", burn_kg_m2_s, 0.0, 1.0, "kg/m²s", low_open=True)
    diameter = number("diameter_m", diameter_m, 0.0, 1000.0, "m", low_open=True)
    density = number("vapour_kg_m3", vapour_kg_m3, 0.05, 20.0, "kg/m³")
    return float(wind / (G_M_S2 * burn * diameter / density) ** (1 / 3))


def flame_length(
    diameter_m: float,
    burn_kg_m2_s: float,
    *,
    wind_m_s: float = 0.0,
    air_kg_m3: float = _AIR_KG_M3,
    method: str = "thomas",
) -> float:
    """Return the mean length of the visible flame [m].

    With X = m/(rho_a sqrt(g D)) and u* ≥ 1: Thomas, calm, H/D = 42 X^0.61; in wind
    55 X^0.67 u*^-0.21. Moorhouse (large LNG fires) 6.2 X^0.254 u*^-0.044.

    Parameters
    ----------
    diameter_m, burn_kg_m2_s, wind_m_s : float
        See `scaled_wind`.
    air_kg_m3 : float
        Density of air [kg/m³], 0.5…2.
    method : str
        'thomas' or 'moorhouse'.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Wood cribs and fires up to some tens of metres were the basis; larger pools break up.

    References
    ----------
    Thomas (1963); J. Moorhouse, I. Chem. E. Symp. Ser. 71 (1982) 165; both recalled.

    Examples
    --------
    >>> round(flame_length(10, 0.085), 1), round(flame_length(10, 0.085, wind_m_s=5), 1)
    (20.6, 16.4)
    """
    choice("method", method, LENGTHS)
    wind = max(scaled_wind(wind_m_s, burn_kg_m2_s, diameter_m), 1.0)
    air = number("air_kg_m3", air_kg_m3, 0.5, 2.0, "kg/m³")
    strength = burn_kg_m2_s / (air * math.sqrt(G_M_S2 * diameter_m))
    if method == "moorhouse":
        return float(6.2 * strength**0.254 * wind**-0.044 * diameter_m)
    if wind_m_s == 0:
        return float(42 * strength**0.61 * diameter_m)
    return float(55 * strength**0.67 * wind**-0.21 * diameter_m)


def flame_tilt_deg(
    wind_m_s: float, burn_kg_m2_s: float, diameter_m: float, vapour_kg_m3: float = _AIR_KG_M3
) -> float:
    """Return how far the flame leans from the vertical [°]: cos = 1 for u* ≤ 1, else u*^-0.5.

    Parameters
    ----------
    wind_m_s, burn_kg_m2_s, diameter_m, vapour_kg_m3 : float
        See `scaled_wind`.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    American Gas Association (1974), as in Mudan (1984); recalled.

    Examples
    --------
    >>> round(flame_tilt_deg(5, 0.085, 10)), flame_tilt_deg(0.5, 0.085, 10)
    (52, 0.0)
    """
    wind = scaled_wind(wind_m_s, burn_kg_m2_s, diameter_m, vapour_kg_m3)
    return math.degrees(math.acos(wind**-0.5)) if wind > 1 else 0.0


def sooty_emissive_power(diameter_m: float) -> float:
    """Return the emissive power of a smoky flame, 140 e + 20 (1 - e) kW/m², e = exp(-0.12 D).

    Parameters
    ----------
    diameter_m : float
        [m], above 0 … 1000.

    Raises
    ------
    HazardInputError
        Naming `diameter_m`.

    Notes
    -----
    Not for LNG, hydrogen or alcohols, whose flames don't hide in smoke.

    References
    ----------
    Mudan (1984); recalled, and 22 kW/m² at 35 m read in a source.

    Examples
    --------
    >>> round(sooty_emissive_power(35) / 1e3)
    22
    """
    diameter = number("diameter_m", diameter_m, 0.0, 1000.0, "m", low_open=True)
    clear = math.exp(-_MUDAN_1_M * diameter)
    return _MUDAN_CLEAR_W_M2 * clear + _MUDAN_SMOKE_W_M2 * (1 - clear)


def clean_emissive_power(
    burn_kg_m2_s: float,
    heat_j_kg: float,
    length_over_diameter: float,
    *,
    radiant_fraction: float = 0.36,
    most_w_m2: float = 265e3,
) -> float:
    """Return the emissive power of a flame without soot, chi m dHc/(1 + 4 H/D), capped [W/m²].

    Parameters
    ----------
    burn_kg_m2_s : float
        [kg/m²s], above 0 … 1.
    heat_j_kg : float
        Heat of combustion [J/kg], above 0 … 1.5e8.
    length_over_diameter : float
        H/D of the flame [-], above 0 … 100.
    radiant_fraction : float
        chi [-], 0…0.6; 0.36 for LNG.
    most_w_m2 : float
        What no flame of this fuel exceeds [W/m²], 1e3…5e5; 265 kW/m² was measured for LNG.

    Raises
    ------
    HazardInputError
        Naming the field.

    References
    ----------
    Energy balance over the flame's side and top, as in the TNO Yellow Book, section 6.5.3; the
    cap: Montoir, LNG 35 m; recalled.

    Examples
    --------
    >>> round(clean_emissive_power(0.085, 5e7, 1.6) / 1e3)
    207
    """
    burn = number("burn_kg_m2_s", burn_kg_m2_s, 0.0, 1.0, "kg/m²s", low_open=True)
    heat = number("heat_j_kg", heat_j_kg, 0.0, 1.5e8, "J/kg", low_open=True)
    aspect = number("length_over_diameter", length_over_diameter, 0.0, 100.0, "", low_open=True)
    share = number("radiant_fraction", radiant_fraction, 0.0, 0.6, "")
    most = number("most_w_m2", most_w_m2, 1e3, 5e5, "W/m²")
    return min(share * burn * heat / (1 + 4 * aspect), most)
