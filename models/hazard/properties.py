"""Physical properties of substances, each number with its source.

The table `resources/substances/properties.toml` is made by a script from chemicals and thermo;
neither is needed here.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from models.basics import Name, Value
from models.hazard.ports import HazardInputError
from models.hazard.source.pool_transfer import PoolLiquid

FIGURES = (
    "molar_mass_g_mol",
    "boiling_k",
    "melting_k",
    "critical_k",
    "density_kg_m3",
    "density_warm_kg_m3",
    "vaporisation_j_kg",
    "heat_capacity_j_kg_k",
    "heat_capacity_ratio",
    "viscosity_pa_s",
    "heat_j_kg",
    "lel_vol",
    "uel_vol",
    "vapour_a",
    "vapour_b",
    "vapour_c",
    "vapour_from_k",
    "vapour_to_k",
)
_POOL = ("boiling_k", "density_kg_m3", "vaporisation_j_kg", "heat_capacity_j_kg_k", "vapour_a")


class Figure(Value, frozen=True, kw_only=True):
    """One number with its source; `verified` is False for what is recalled or estimated."""

    value: float
    source: str
    verified: bool = True


class Properties(Value, frozen=True, kw_only=True):
    """What is on record of a substance, by the names of `FIGURES`; SI, shares by volume.

    `stands_for` is the CAS number of the pure substance whose numbers a mixture has here.
    """

    cas: str
    name: Name
    figures: dict[str, Figure]
    stands_for: str = ""

    def get(self, figure: str) -> float | None:
        """Return a number, or None when it isn't on record.

        Examples
        --------
        >>> properties_of("7782-50-5").get("lel_vol") is None
        True
        """
        found = self.figures.get(figure)
        return found.value if found is not None else None

    def need(self, figure: str) -> float:
        """Return a number.

        Raises
        ------
        HazardInputError
            Naming `substance` and the number that isn't on record.

        Examples
        --------
        >>> properties_of("7782-50-5").need("molar_mass_g_mol")
        70.906
        """
        value = self.get(figure)
        if value is None:
            raise HazardInputError("substance", f"no {figure} is on record for {self.name.en}")
        return value


def properties_of(cas: str) -> Properties:
    """Return the properties on record of a substance.

    Parameters
    ----------
    cas : str
        CAS number.

    Raises
    ------
    HazardInputError
        Naming `cas` when it isn't in the table.

    References
    ----------
    `resources/substances/properties.toml`, made from chemicals and thermo; a source stands with
    each number.

    Examples
    --------
    >>> chlorine = properties_of("7782-50-5")
    >>> round(chlorine.need("boiling_k"), 1), chlorine.figures["boiling_k"].source
    (239.2, 'chemicals, HEOS')
    """
    found = _table().get(cas.strip())
    if found is None:
        raise HazardInputError("cas", f"no properties are on record for {cas!r}")
    return found


def known_cas() -> frozenset[str]:
    """Return the CAS numbers of the table.

    Examples
    --------
    >>> "7782-50-5" in known_cas()
    True
    """
    return frozenset(_table())


def pool_liquid(properties: Properties) -> PoolLiquid:
    """Return what `models.hazard.source.pool` needs of a liquid.

    Raises
    ------
    HazardInputError
        Naming `substance` and what isn't on record.

    Examples
    --------
    >>> liquid = pool_liquid(properties_of("71-43-2"))
    >>> round(liquid.vapour_pressure_pa(298.15) / 1e3, 1)
    12.7
    """
    boiling, density, latent, heat, a = (properties.need(figure) for figure in _POOL)
    return PoolLiquid(
        molar_mass_kg_mol=properties.need("molar_mass_g_mol") / 1e3,
        boiling_k=boiling,
        density_kg_m3=density,
        vaporisation_j_kg=latent,
        heat_capacity_j_kg_k=heat,
        a=a,
        b=properties.need("vapour_b"),
        c=properties.need("vapour_c"),
    )


@cache
def _table() -> dict[str, Properties]:
    text = (files("resources") / "substances" / "properties.toml").read_text("utf-8")
    return {row["cas"]: _properties(row) for row in tomllib.loads(text)["substance"]}


def _properties(row: dict[str, Any]) -> Properties:
    figures = {key: Figure(value=row[key][0], source=row[key][1]) for key in FIGURES if key in row}
    for key, value in row.get("recalled", {}).items():
        figures[key] = Figure(value=value, source="recalled, to be checked", verified=False)
    return Properties(
        cas=row["cas"],
        name=Name(**row["name"]),
        figures=figures,
        stands_for=row.get("stands_for", ""),
    )
