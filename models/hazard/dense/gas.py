"""What a cold or heavy gas is: the numbers that mixing with air needs."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models.hazard.checks import number


@dataclass(frozen=True, slots=True)
class Gas:
    """A pure substance near its boiling point at 1 atm.

    Parameters
    ----------
    molar_kg_mol : float
        Molar mass [kg/mol], 0.001…1.
    boiling_k : float
        Normal boiling point [K], 4…700.
    vapour_j_kg_k, liquid_j_kg_k : float
        Heat capacities at constant pressure [J/(kg K)], 100…20 000.
    latent_j_kg : float
        Heat of evaporation at the boiling point [J/kg], 1e4…5e6.
    liquid_kg_m3 : float
        Density of the liquid at the boiling point [kg/m³], 50…5000.

    Raises
    ------
    HazardInputError
        Naming the value out of range.

    Examples
    --------
    >>> gas_of("7782-50-5").boiling_k
    239.2
    """

    molar_kg_mol: float
    boiling_k: float
    vapour_j_kg_k: float
    latent_j_kg: float
    liquid_j_kg_k: float
    liquid_kg_m3: float

    def __post_init__(self) -> None:
        number("molar_kg_mol", self.molar_kg_mol, 0.001, 1.0, "kg/mol")
        number("boiling_k", self.boiling_k, 4.0, 700.0, "K")
        number("vapour_j_kg_k", self.vapour_j_kg_k, 100.0, 20_000.0, "J/(kg K)")
        number("latent_j_kg", self.latent_j_kg, 1e4, 5e6, "J/kg")
        number("liquid_j_kg_k", self.liquid_j_kg_k, 100.0, 20_000.0, "J/(kg K)")
        number("liquid_kg_m3", self.liquid_kg_m3, 50.0, 5000.0, "kg/m³")


@cache
def _table() -> dict[str, Gas]:
    text = (files("resources") / "substances" / "dense_gas.toml").read_text("utf-8")
    rows = tomllib.loads(text)["gas"]
    return {
        row["cas"]: Gas(
            molar_kg_mol=row["molar_kg_mol"],
            boiling_k=row["boiling_k"],
            vapour_j_kg_k=row["vapour_j_kg_k"],
            latent_j_kg=row["latent_j_kg"],
            liquid_j_kg_k=row["liquid_j_kg_k"],
            liquid_kg_m3=row["liquid_kg_m3"],
        )
        for row in rows
    }


def gas_of(cas: str) -> Gas | None:
    """Return the gas by CAS number, or None when the table hasn't got it.

    Examples
    --------
    >>> gas_of("0-0-0") is None
    True
    """
    return _table().get(cas)
