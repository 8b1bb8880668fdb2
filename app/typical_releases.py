"""What a hazard source typically releases, worked out from what the register says it holds."""

from models.basics import Wind
from models.hazard.plain_words import plain_cas
from models.hazard.ports import HazardInputError
from models.hazard.properties import known_cas
from models.hazard.scenarios import ReleaseCase, Storage, hole_release, release_scenarios
from models.hazard.substances import find_substance
from models.registry.kinds import HazardSource


def typical_releases(source: HazardSource, wind: Wind | None) -> tuple[ReleaseCase, ...]:
    """Return small, medium and large hole, full bore and rupture of a source.

    Temperature, pressure, pipe and bund aren't in the register: each case says what was taken for
    granted.

    Parameters
    ----------
    source : HazardSource
        With an inventory [t] and a substance.
    wind : Wind or None
        For the evaporation of a pool; None takes 3 m/s.

    Raises
    ------
    HazardInputError
        Naming `inventory_t` or `substance` when it isn't known, else the field that fails.
    """
    cas, held = storage_of(source, wind)
    return release_scenarios(cas, held)


def release_through(source: HazardSource, wind: Wind | None, diameter_m: float) -> ReleaseCase:
    """Return what a source releases through a hole of this diameter [m], above 0 … 1.

    As `typical_releases` in everything else.
    """
    cas, held = storage_of(source, wind)
    return hole_release(cas, held, diameter_m)


def gives_releases(source: HazardSource) -> bool:
    """Return whether the register knows enough of a source to work a release out."""
    known = find_substance(source.substance, source.cas) is not None
    return bool(source.inventory_t) and (known or plain_cas(source.cas) in known_cas())


def storage_of(source: HazardSource, wind: Wind | None) -> tuple[str, Storage]:
    """Return the CAS number of what a source holds, and how it holds it as far as is known.

    Raises
    ------
    HazardInputError
        Naming `inventory_t` or `substance` when it isn't known.
    """
    if not source.inventory_t:
        raise HazardInputError("inventory_t", "not in the register")
    substance = find_substance(source.substance, source.cas)
    cas = substance.cas if substance is not None else plain_cas(source.cas)
    if substance is None and cas not in known_cas():
        raise HazardInputError("substance", f"{source.substance or source.cas!r} is not on record")
    held = Storage(inventory_kg=source.inventory_t * 1000)
    if wind is not None:
        held = Storage(inventory_kg=held.inventory_kg, wind_m_s=wind.speed_m_s)
    return cas, held
