"""What a shelter-or-leave advice says: an advice with its inputs, never an order."""

from typing import Literal

from models.basics import Name, Value
from models.hazard.ports import Caution, Input

Verdict = Literal["shelter", "leave", "ventilate", "undecided"]


class Stay(Value, frozen=True, kw_only=True):
    """A stay in a closed building: its whole load [ppm^n min] and when it ends.

    `end_s` [s since the release began] is when to come out and ventilate; None: no end was found.
    """

    peak_ppm: float
    load: float
    fatality: float | None
    end_s: float | None


class Way(Value, frozen=True, kw_only=True):
    """A straight way out on foot: where to, how far [m], from when until when [s], its load.

    The load counts from the release's beginning: what was breathed indoors before leaving too.
    """

    bearing_deg: float
    distance_m: float
    leave_s: float
    out_s: float
    load: float
    fatality: float | None


class ReceptorAdvice(Value, frozen=True, kw_only=True):
    """The advice for one receptor; `reason` is a code, `close` when both loads are alike."""

    receptor_key: str
    name: Name
    type: str
    people: int | None
    level_key: str
    distance_m: float
    outdoor_peak_ppm: float
    verdict: Verdict
    reason: str
    close: bool = False
    stay: Stay | None = None
    way: Way | None = None


class ZoneAdvice(Value, frozen=True, kw_only=True):
    """Advice for all receptors of a zone, as of `now_s` after the release began."""

    now_s: float
    exponent: float
    probit_source: str
    verified: bool
    advices: tuple[ReceptorAdvice, ...]
    inputs: tuple[Input, ...] = ()
    warnings: tuple[Caution, ...] = ()
