"""What a detector's reading says of the air: a value, at least, below, or nothing. Never clean."""

from typing import Literal

from models.basics import LatLon, Value
from models.hazard.checks import choice, number
from models.hazard.ports import HazardInputError
from models.rules import load_rules

STATES = ("ok", "over_range", "fault", "poisoned", "calibrating", "warming_up", "stale")
SENSORS = ("", "catalytic")
_SILENT = {"fault", "calibrating", "warming_up", "stale"}


class Reading(Value, frozen=True, kw_only=True):
    """One detector now. Without a detection limit it is 1 % of the range."""

    key: str
    position: LatLon
    value_ppm: float
    state: str = "ok"
    detection_limit_ppm: float | None = None
    range_ppm: float | None = None
    sensor: str = ""
    at_us: int | None = None


class Evidence(Value, frozen=True, kw_only=True):
    """What a reading says: `value` about `ppm`, `at_least` it, `below` it, or `nothing`.

    Above `blind_above_ppm` the detector may read anything (catalytic beads above 100 % LEL).
    """

    key: str
    kind: Literal["value", "at_least", "below", "nothing"]
    ppm: float = 0.0
    why: str = ""
    blind_above_ppm: float | None = None


def evidence_of(
    reading: Reading,
    *,
    now_us: int | None = None,
    max_age_s: float | None = None,
    lel_ppm: float | None = None,
) -> Evidence:
    """Return what a reading says of the concentration at the detector.

    Parameters
    ----------
    reading : Reading
        Value 0…1e6 ppm; state one of `STATES`; limit and range above 0 … 1e6 ppm.
    now_us : int, optional
        With it and `reading.at_us` readings older than `max_age_s` (60 s) say nothing.
    lel_ppm : float, optional
        Above it a catalytic detector may read anything.

    Raises
    ------
    HazardInputError
        Naming the detector and the field.

    Notes
    -----
    A zero is "below the detection limit, or the detector is silent", never "clear".

    Examples
    --------
    >>> here = LatLon(31, 121)
    >>> evidence_of(Reading(key="d", position=here, value_ppm=0.0, range_ppm=50)).kind
    'below'
    >>> evidence_of(Reading(key="d", position=here, value_ppm=50, range_ppm=50)).kind
    'at_least'
    >>> evidence_of(Reading(key="d", position=here, value_ppm=0.0, state="poisoned")).kind
    'nothing'
    """
    limit = _checked(reading)
    blind = lel_ppm if reading.sensor == "catalytic" else None
    age_s = None
    if now_us is not None and reading.at_us is not None:
        age_s = (now_us - reading.at_us) / 1e6
    longest_s = load_rules("estimation")["max_age_s"] if max_age_s is None else max_age_s
    if age_s is not None and age_s > longest_s:
        return Evidence(key=reading.key, kind="nothing", why="stale")
    if reading.state in _SILENT:
        return Evidence(key=reading.key, kind="nothing", why=reading.state)
    value, full = reading.value_ppm, reading.range_ppm
    if reading.state == "over_range" or (full is not None and value >= full):
        least = max(value, full or 0.0, limit)
        return Evidence(key=reading.key, kind="at_least", ppm=least, why="over_range")
    if reading.state == "poisoned":
        if value > limit:
            return Evidence(key=reading.key, kind="at_least", ppm=value, why="poisoned")
        return Evidence(key=reading.key, kind="nothing", why="poisoned")
    kind: Literal["value", "below"] = "value" if value > limit else "below"
    ppm = max(value, limit)
    return Evidence(key=reading.key, kind=kind, ppm=ppm, blind_above_ppm=blind)


def _checked(reading: Reading) -> float:
    """Return the detection limit of a reading that makes sense."""
    field = f"readings[{reading.key}]"
    if not reading.key:
        raise HazardInputError("readings", "a detector has no key")
    number(f"{field}.value_ppm", reading.value_ppm, 0.0, 1e6, "ppm")
    choice(f"{field}.state", reading.state, STATES)
    choice(f"{field}.sensor", reading.sensor, SENSORS)
    rules = load_rules("estimation")
    limit: float = rules["unknown_limit_ppm"]
    if reading.range_ppm is not None:
        full = number(f"{field}.range_ppm", reading.range_ppm, 0.0, 1e6, "ppm", low_open=True)
        limit = full * rules["limit_of_range"]
    if reading.detection_limit_ppm is not None:
        limit = reading.detection_limit_ppm
        number(f"{field}.detection_limit_ppm", limit, 0.0, 1e6, "ppm", low_open=True)
    return limit
