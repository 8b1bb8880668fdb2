"""The situation: frozen, structurally shared snapshots of everything that is open.

A snapshot is a pure fold of events (see `models.operation.fold`). It holds open things and
those closed in the last 24 hours. Reference data is not in it, only its revision.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

import msgspec
from immutables import Map

from models.basics import LatLon, Name, Phone, Value, Wind
from models.hazard.advice import ZoneAdvice
from models.hazard.estimation.ports import SourceEstimate
from models.hazard.fires import DominoTable
from models.hazard.ports import ZoneResult
from models.operation.drawn import Drawing, DrawingSteps, SituationMap
from models.operation.events.report import Sentence
from models.operation.warned import EarlyWarning, WarningColour, WarningCourse

AlarmState = Literal[
    "normal", "unacknowledged", "acknowledged", "returned_unacknowledged", "shelved",
    "suppressed", "out_of_service", "latched_unacknowledged", "latched_acknowledged",
]  # fmt: skip
TaskState = Literal["waiting", "assigned", "finished", "dropped"]
NEVER_US = 2**62
OrderState = Literal["issued", "received", "started", "reported", "cancelled"]


class Hold(Value, frozen=True, kw_only=True):
    """Why an alarm isn't announced: shelved, suppressed by design, out of service."""

    state: Literal["shelved", "suppressed", "out_of_service"]
    reason: str
    by: str
    since_us: int
    until_us: int | None = None
    approved_by: str = ""


class PlantState(Value, frozen=True, kw_only=True):
    """What an officer said a unit is doing, e.g. `shutdown`."""

    state: str
    by: str
    since_us: int
    reason: str = ""


class Alarm(Value, frozen=True, kw_only=True):
    """One alarm (a limit of a tag); id `TAG/LIMIT`.

    `holds` are in the order of their weight; the first one is what `state`, `reason` and the row
    on screen say. A `latched` condition is over and waits for the reset. `announced_us` is when
    the occurrence was last announced: raised, or announced again.
    """

    id: str
    tag_key: str
    limit: str
    state: AlarmState
    priority: int
    value: float
    limit_value: float
    unit: str
    safety: str
    hazard_source_key: str
    enterprise_key: str
    raised_us: int
    event_id: str
    returned_us: int | None = None
    acknowledged_by: str = ""
    acknowledged_us: int | None = None
    shelved_until_us: int | None = None
    reason: str = ""
    card_id: str = ""
    occurrences: int = 1
    silenced: bool = False
    holds: tuple[Hold, ...] = ()
    latched: bool = False
    announced_us: int = 0
    announcements: int = 1


class Card(Value, frozen=True, kw_only=True):
    """A situation card."""

    id: str
    title: Name
    priority: int
    opened_us: int
    first_alarm_id: str
    alarm_ids: tuple[str, ...]
    hazard_source_key: str
    enterprise_key: str
    wind: tuple[Wind, ...]
    permit_keys: tuple[str, ...]
    neighbour_keys: tuple[str, ...]
    event_id: str
    state: Literal["open", "verifying", "verified", "closed"] = "open"
    verification_phone: str = ""
    verification_person: str = ""
    verification_due_us: int | None = None
    result: str = ""
    said_by: str = ""
    note: str = ""
    proposed: str = ""
    incident_id: str = ""
    closed_us: int | None = None
    closed_reason: str = ""


class Answer(Value, frozen=True, kw_only=True):
    """What the control room said when the desk called back; the officer records the result."""

    said_by: str
    words: Name
    at_us: int


class Call(Value, frozen=True, kw_only=True):
    """A phone call and what has been typed of it."""

    id: str
    state: Literal["ringing", "draft", "recorded", "dropped"]
    number: str
    caller: str
    started_us: int
    fields: dict[str, str]
    script: str = ""
    incident_id: str = ""
    event_id: str = ""
    ended_us: int | None = None


class CasualtyReport(Value, frozen=True, kw_only=True):
    """Counts from one source; conflicting counts stand side by side."""

    source: str
    at_us: int
    event_id: str
    deaths: int | None
    serious_injuries: int | None
    minor_injuries: int | None
    missing: int | None
    trapped: int | None
    supplementary: bool = False


class RollCall(Value, frozen=True, kw_only=True):
    """One group being counted."""

    id: str
    group: str
    expected: int
    present: int | None = None


class AdoptedEstimate(Value, frozen=True, kw_only=True):
    """An estimate that an officer took for the source, and what was taken of it."""

    estimate: SourceEstimate
    release_kg_s: float
    position: LatLon
    source_key: str
    at_us: int
    by: str
    event_id: str


class Incident(Value, frozen=True, kw_only=True):
    """An incident.

    `source_estimate` is what its place and rate rest on; a place set afterwards ends that.
    """

    id: str
    number: str
    title: Name
    incident_kind: str
    place: Name
    position: LatLon | None
    hazard_source_key: str
    enterprise_key: str
    substance: str
    cas: str
    wind: tuple[Wind, ...]
    opened_us: int
    happened_us: int | None
    event_id: str
    card_ids: tuple[str, ...] = ()
    call_ids: tuple[str, ...] = ()
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    level_key: str = ""
    level_name: Name = Name()
    level_automatic: bool = False
    plan_keys: tuple[str, ...] = ()
    casualties: tuple[CasualtyReport, ...] = ()
    roll_calls: tuple[RollCall, ...] = ()
    merged_into: str = ""
    absorbed: tuple[str, ...] = ()
    kept_apart: tuple[str, ...] = ()
    closed_us: int | None = None
    closed_reason: str = ""
    domino: DominoTable | None = None
    """What its neighbours receive, as an officer took it into the log last."""
    source_estimate: AdoptedEstimate | None = None


class Zone(Value, frozen=True, kw_only=True):
    """A zone on the map."""

    id: str
    incident_id: str
    result: ZoneResult
    drawn_us: int
    event_id: str
    out_of_date: str = ""
    live_wind: Wind | None = None
    withdrawn_us: int | None = None
    replaced_by: str = ""
    advice: ZoneAdvice | None = None
    contours: ZoneResult | None = None
    """Contours of probability of this very zone: they stand, age and go with it."""


class Task(Value, frozen=True, kw_only=True):
    """A clause of a running plan as a task."""

    id: str
    incident_id: str
    plan_key: str
    clause_key: str
    action: Name
    deliverable: Name
    role: str
    offset_s: int
    starts_us: int
    due_us: int
    event_id: str
    first_order: bool = False
    needs: tuple[str, ...] = ()
    state: TaskState = "waiting"
    owner: str = ""
    order_id: str = ""
    result: str = ""
    finished_us: int | None = None


class Order(Value, frozen=True, kw_only=True):
    """An order and its life."""

    id: str
    incident_id: str
    team_key: str
    team_name: Name
    text: str
    phones: tuple[Phone, ...]
    called: Phone
    issued_us: int
    receipt_due_us: int
    feedback_due_us: int
    event_id: str
    state: OrderState = "issued"
    step: int = 0
    task_id: str = ""
    staging: LatLon | None = None
    route: tuple[LatLon, ...] = ()
    eta_s: float | None = None
    received_by: str = ""
    received_us: int | None = None
    started_us: int | None = None
    feedback: str = ""
    ended_us: int | None = None
    replacement_team_key: str = ""
    replacement_eta_s: float | None = None
    replaces_order_id: str = ""
    issued_by: str = ""


class TeamState(Value, frozen=True, kw_only=True):
    """The one status of a team."""

    team_key: str
    status: str
    incident_id: str = ""
    order_id: str = ""
    position: LatLon | None = None
    position_us: int | None = None
    since_us: int = 0


class ReportClock(Value, frozen=True, kw_only=True):
    """A statutory deadline."""

    id: str
    incident_id: str
    rule_key: str
    to: str
    started_us: int
    due_us: int
    source: str
    met_us: int | None = None
    report_id: str = ""


class Report(Value, frozen=True, kw_only=True):
    """A report in the making."""

    id: str
    incident_id: str
    report_kind: str
    number: int
    language: str
    sentences: tuple[Sentence, ...]
    head_seq: int
    head_hash: str
    drafted_us: int
    event_id: str
    signed_by: str = ""
    signed_us: int | None = None
    sent: tuple[str, ...] = ()


class ShiftOnDuty(Value, frozen=True, kw_only=True):
    """Who has the watch."""

    person: str
    role: str
    shift: str
    since_us: int
    takeover_reason: str = ""


class Handover(Value, frozen=True, kw_only=True):
    """The last handover: who to whom, when, and the document."""

    event_id: str
    at_us: int
    outgoing: str
    incoming: str
    item_count: int
    document: Name
    sha256: str
    reason: str = ""


class TrendNote(Value, frozen=True, kw_only=True):
    """A remark about tags over a span [µs UTC]; it leaves the snapshot after a day."""

    id: str
    tag_keys: tuple[str, ...]
    hazard_source_key: str
    from_us: int
    to_us: int
    text: str
    by: str
    noted_us: int


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything open at `seq`; maps are keyed by id.

    `raisings` are the last moments at which each alarm rose, kept when it is gone from `alarms`
    (`models.operation.alarm_marks`). `answers` is keyed by card id, `owners` (of what was handed
    over) by `kind/id`, `situation_maps` by incident id ("" is the operation's own map),
    `drawing_steps` as `models.operation.drawings.steps_key` says. `archived` holds incidents that
    left the snapshot 24 h after closing, so that a late casualty report or a reopening finds them.
    `next_sweep_us` is when the fold next looks for closed things to drop.
    """

    operation_id: str
    mode: str = ""
    name: str = ""
    site: str = ""
    seed: str = ""
    reference_revision: int = 0
    seq: int = 0
    recorded_us: int = 0
    started_us: int = 0
    stopped_us: int | None = None
    clock_speed: float = 1.0
    shift: ShiftOnDuty | None = None
    handover: Handover | None = None
    masts: tuple[Wind, ...] = ()
    masts_disagree: bool = False
    alarms: Map[str, Alarm] = field(default_factory=Map)
    raisings: Map[str, tuple[int, ...]] = field(default_factory=Map)
    cards: Map[str, Card] = field(default_factory=Map)
    answers: Map[str, Answer] = field(default_factory=Map)
    calls: Map[str, Call] = field(default_factory=Map)
    incidents: Map[str, Incident] = field(default_factory=Map)
    zones: Map[str, Zone] = field(default_factory=Map)
    tasks: Map[str, Task] = field(default_factory=Map)
    orders: Map[str, Order] = field(default_factory=Map)
    teams: Map[str, TeamState] = field(default_factory=Map)
    report_clocks: Map[str, ReportClock] = field(default_factory=Map)
    reports: Map[str, Report] = field(default_factory=Map)
    dead_numbers: Map[str, str] = field(default_factory=Map)
    stock_moves: Map[str, float] = field(default_factory=Map)
    stale_tags: Map[str, int] = field(default_factory=Map)
    plant_states: Map[str, PlantState] = field(default_factory=Map)
    failures: Map[str, str] = field(default_factory=Map)
    warning_colours: Map[str, WarningColour] = field(default_factory=Map)
    early_warnings: Map[str, EarlyWarning] = field(default_factory=Map)
    warning_courses: Map[str, WarningCourse] = field(default_factory=Map)
    owners: Map[str, str] = field(default_factory=Map)
    postponed: Map[str, int] = field(default_factory=Map)
    fired: Map[str, int] = field(default_factory=Map)
    drawings: Map[str, Drawing] = field(default_factory=Map)
    situation_maps: Map[str, SituationMap] = field(default_factory=Map)
    drawing_steps: Map[str, DrawingSteps] = field(default_factory=Map)
    trend_notes: Map[str, TrendNote] = field(default_factory=Map)
    archived: Map[str, Incident] = field(default_factory=Map)
    incident_count: int = 0
    next_sweep_us: int = NEVER_US

    def with_(self, **changes: object) -> "Situation":
        """Return a copy with fields replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Changes:
    """Which entries differ from the snapshot before: field name → ids touched."""

    touched: Map[str, frozenset[str]] = field(default_factory=Map)
    first_seq: int = 0
    last_seq: int = 0
    full: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What the fold thread hands to the screens."""

    situation: Situation
    changes: Changes
