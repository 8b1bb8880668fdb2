"""What source estimation is asked and what it answers; frozen values without the mathematics."""

from typing import Literal

from models.basics import LatLon, Name, Value, Wind
from models.hazard.estimation.readings import Evidence, Reading
from models.hazard.ports import Caution, Input

MODEL, VERSION = "Bayesian grid over Gaussian plumes (ISC3)", "1.1"
MOST_READINGS = 200
MOST_ROUNDS = 20


class Candidate(Value, frozen=True, kw_only=True):
    """A named hazard source that may be the one."""

    key: str
    name: Name
    position: LatLon


class Round(Value, frozen=True, kw_only=True):
    """An earlier round of readings with the wind of then; `at_us` is its "now"."""

    readings: tuple[Reading, ...]
    wind: Wind
    at_us: int | None = None


class Observations(Value, frozen=True, kw_only=True):
    """What is known: the substance, the wind and what the detectors read, now and earlier.

    `noise_log_sd` are possible noises of a reading (0.05…1.5), equally likely; `model_log_sd` what
    a plume misses by beyond that. `direction_sd_deg` (0.5…90°) defaults by stability.
    `meander_deg` (0…45°) is how far the plume swings while a detector takes its reading: it widens
    the plume by x tan(meander) beside its sigma_y, most of all near the source.
    `shared_error` (0…1) is how far rounds err alike: with 0 each is a sighting of its own, with 1
    all together count as one.
    """

    substance: str
    cas: str = ""
    wind: Wind
    readings: tuple[Reading, ...]
    earlier: tuple[Round, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    now_us: int | None = None
    max_age_s: float | None = None
    terrain: str = "rural"
    height_m: float = 1.0
    direction_sd_deg: float | None = None
    meander_deg: float = 0.0
    shared_error: float = 0.0
    noise_log_sd: tuple[float, ...] = ()
    model_log_sd: float | None = None
    margin_m: float | None = None


class Region(Value, frozen=True, kw_only=True):
    """Where the source lies with a probability: closed rings, one for each part."""

    probability: float
    rings: tuple[tuple[LatLon, ...], ...]
    area_m2: float


class Cell(Value, frozen=True, kw_only=True):
    """One cell of the posterior map."""

    position: LatLon
    probability: float


class Suspect(Value, frozen=True, kw_only=True):
    """A candidate's probability; the key is '' for anywhere else."""

    key: str
    name: Name
    probability: float


class Estimate(Value, frozen=True, kw_only=True):
    """Where and how much; `verdict` first: 'cannot_tell' gives regions, but nobody may rely on it.

    `release_kg_s` is (5 %, median, 95 %); position and rate are None where there is nothing to
    go by.
    """

    verdict: Literal["located", "area", "cannot_tell"]
    position: LatLon | None
    release_kg_s: tuple[float, float, float] | None
    regions: tuple[Region, ...]
    candidates: tuple[Suspect, ...]
    evidence: tuple[Evidence, ...]
    cells: tuple[Cell, ...]
    cell_m: tuple[float, float]
    inputs: tuple[Input, ...]
    warnings: tuple[Caution, ...]
    model: str = MODEL
    model_version: str = VERSION


class Taken(Value, frozen=True, kw_only=True):
    """A detector as the desk saw it now: its reading in its own unit, and how it was taken.

    `why` says what else was known of it: a permit, an alarm out of service, a verification.
    """

    key: str
    name: Name
    value: float | None
    unit: str
    evidence: Evidence
    why: str = ""


class SourceEstimate(Value, frozen=True, kw_only=True):
    """An estimate with all it rests on; `made_us` is the moment of its newest readings [µs UTC].

    `estimate` holds no cells: its regions are what is drawn. `release_kg_s` is the estimate's
    rate (5 %, median, 95 %) with what a plume misses by for all detectors together.
    """

    made_us: int
    substance: str
    cas: str
    seen: Observations
    estimate: Estimate
    taken: tuple[Taken, ...]
    release_kg_s: tuple[float, float, float] | None = None
    left_out: int = 0
    warnings: tuple[Caution, ...] = ()
