"""The hazard port: what a model is asked and what every zone says about itself."""

from typing import Literal, Protocol

from models.basics import LatLon, Name, Value, Wind

GIVEN = frozenset({"drawn", "imported"})
"""Kinds of zones that nobody computed here: an officer drew them, or another program's file has."""


class Input(Value, frozen=True, kw_only=True):
    """One input of a result: value with unit, and where it came from."""

    name: str
    value: float | str
    unit: str = ""
    source: str = ""
    assumed: bool = False


class Caution(Value, frozen=True, kw_only=True):
    """Why a result is to be doubted; `code` is translated on screen, `text` is its English."""

    code: str
    text: str


class ZoneLevel(Value, frozen=True, kw_only=True):
    """One level of concern as a polygon. Rings are closed, outer ring first."""

    key: str
    label: Name
    severity: Literal[1, 2, 3]
    threshold: float
    unit: str
    rings: tuple[tuple[LatLon, ...], ...]
    reach_m: float
    source: str = ""
    unverified: bool = False
    probability: float | None = None


class ReceptorHit(Value, frozen=True, kw_only=True):
    """A receptor inside a level: the worst level it lies in."""

    receptor_key: str
    name: Name
    type: str
    level_key: str
    distance_m: float
    arrival_s: float | None
    people: int | None
    people_source: str = ""
    probability: float | None = None


class ZoneResult(Value, frozen=True, kw_only=True):
    """What a zone is: never a bare number, always model, version, inputs and warnings.

    A 'model' is of a cloud, a 'fire' of heat or blast; both may stand side by side.
    """

    kind: Literal["rule_of_thumb", "model", "fire", "drawn", "imported"]
    model: str
    model_version: str
    origin: LatLon
    levels: tuple[ZoneLevel, ...]
    receptors: tuple[ReceptorHit, ...] = ()
    inputs: tuple[Input, ...] = ()
    warnings: tuple[Caution, ...] = ()
    wind: Wind | None = None
    valid: bool = True


class Release(Value, frozen=True, kw_only=True):
    """A release as the desk knows it."""

    position: LatLon
    substance: str
    cas: str = ""
    release_kg_s: float
    duration_s: float = 1800.0
    height_m: float = 1.0
    rate_source: str = ""
    rate_assumed: bool = False


class Exposed(Value, frozen=True, kw_only=True):
    """A receptor as the hazard models see it."""

    key: str
    name: Name
    type: str
    position: LatLon
    people: int | None
    people_source: str = ""


class HazardModel(Protocol):
    """A model that turns a release and a wind into a zone."""

    name: str
    version: str

    def zone(
        self, release: Release, wind: Wind, receptors: tuple[Exposed, ...], terrain: str
    ) -> ZoneResult:
        """Return the zone; `terrain` is 'rural' or 'urban'.

        Raises
        ------
        HazardInputError
            Naming the field that makes no sense.
        """
        ...


class HazardInputError(ValueError):
    """An input that makes no sense; `field` names it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
