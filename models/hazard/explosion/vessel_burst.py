"""The blast of a bursting vessel, by the energy of its compressed gas."""

from models.hazard.checks import number
from models.hazard.constants import ATMOSPHERE_PA
from models.hazard.explosion.tnt import TNT_J_KG
from models.hazard.ports import HazardInputError


def brode_energy_j(
    *,
    pressure_pa: float,
    volume_m3: float,
    heat_capacity_ratio: float,
    ambient_pa: float = ATMOSPHERE_PA,
) -> float:
    """Return the energy that a burst can give to the blast, E = (P - Pa) V/(k - 1) [J].

    Parameters
    ----------
    pressure_pa : float
        Absolute burst pressure [Pa], at least the ambient … 1e9.
    volume_m3 : float
        Volume of gas [m³], above 0 … 1e6.
    heat_capacity_ratio : float
        k [-], above 1 … 1.7.
    ambient_pa : float
        [Pa], 5e4…1.2e5.

    Raises
    ------
    HazardInputError
        Naming the field.

    Notes
    -----
    Upper estimate; a boiling liquid's flashing adds to it and isn't covered.

    References
    ----------
    H. Brode, Phys. Fluids 2 (1959) 217; CCPS (1999), section 2.2.3; recalled.

    Examples
    --------
    >>> round(brode_energy_j(pressure_pa=2e6, volume_m3=10, heat_capacity_ratio=1.4) / 1e6, 1)
    47.5
    """
    ambient = number("ambient_pa", ambient_pa, 5e4, 1.2e5, "Pa")
    inside = number("pressure_pa", pressure_pa, 0.0, 1e9, "Pa", low_open=True)
    if inside < ambient:
        raise HazardInputError("pressure_pa", f"{inside:g} Pa is below the ambient {ambient:g} Pa")
    volume = number("volume_m3", volume_m3, 0.0, 1e6, "m³", low_open=True)
    k = number("heat_capacity_ratio", heat_capacity_ratio, 1.0, 1.7, "", low_open=True)
    return (inside - ambient) * volume / (k - 1)


def burst_tnt_kg(energy_j: float) -> float:
    """Return the TNT equivalent of a burst's energy [kg], for `incident_overpressure`.

    Parameters
    ----------
    energy_j : float
        [J], 0…1e15.

    Raises
    ------
    HazardInputError
        Naming `energy_j`.

    References
    ----------
    CCPS (1999), section 2.2.3; near the vessel (Z < 1) it is too strong.

    Examples
    --------
    >>> round(burst_tnt_kg(47.5e6), 1)
    10.1
    """
    return number("energy_j", energy_j, 0.0, 1e15, "J") / TNT_J_KG
