"""Library kinds: plans, experts, teams, materials, cases, scenarios, signatures, failures."""

from typing import Any, ClassVar, Literal

import msgspec

from models.basics import Name, Phone, Value
from models.registry.kinds import Record


class Clause(Value, frozen=True, kw_only=True):
    """One clause of a plan: it becomes a task when the plan runs."""

    key: str
    offset_s: int
    role: str
    action: Name
    deliverable: Name = Name()
    due_s: int = 600
    needs: tuple[str, ...] = ()
    first_order: bool = False
    preauthorised: bool = False


class ResponseLevel(Value, frozen=True, kw_only=True):
    """A response level by the plan's own name."""

    key: str
    name: Name
    automatic_when: str = ""


class Plan(Record, frozen=True, kw_only=True):
    """An emergency plan (应急预案)."""

    KIND: ClassVar[str] = "plans"

    type: Literal["综合预案", "专项预案", "现场处置方案"] = "专项预案"
    version: str = ""
    expires_us: int | None = None
    substances: tuple[str, ...] = ()
    incident_kinds: tuple[str, ...] = ()
    hazard_source_keys: tuple[str, ...] = ()
    enterprise_keys: tuple[str, ...] = ()
    levels: tuple[ResponseLevel, ...] = ()
    clauses: tuple[Clause, ...] = ()


class Expert(Record, frozen=True, kw_only=True):
    """An expert on call."""

    KIND: ClassVar[str] = "experts"

    fields: tuple[str, ...] = ()
    phones: tuple[Phone, ...] = ()


class Team(Record, frozen=True, kw_only=True):
    """A rescue team; `phones` in calling order (the next number of an escalation is the next)."""

    KIND: ClassVar[str] = "teams"

    type: str = ""
    capabilities: tuple[str, ...] = ()
    people: int = 0
    vehicles: int = 0
    phones: tuple[Phone, ...] = ()
    turnout_s: int = 60
    mutual_aid: bool = False


class Stock(Value, frozen=True, kw_only=True):
    """How much of one material a depot holds."""

    material: str
    name: Name
    quantity: float
    unit: str


class Depot(Record, frozen=True, kw_only=True):
    """A depot of materials."""

    KIND: ClassVar[str] = "materials"

    stock: tuple[Stock, ...] = ()
    phones: tuple[Phone, ...] = ()


class Case(Record, frozen=True, kw_only=True):
    """A past accident and what it taught."""

    KIND: ClassVar[str] = "cases"

    happened: str = ""
    substances: tuple[str, ...] = ()
    incident_kind: str = ""
    summary: Name = Name()
    lessons: tuple[Name, ...] = ()
    deaths: int | None = None
    injuries: int | None = None


class Inject(Value, frozen=True, kw_only=True):
    """One row of a scenario's MSEL."""

    key: str
    at_s: int
    type: str
    synopsis: Name
    expected: Name = Name()
    objective: str = ""
    data: dict[str, Any] = msgspec.field(default_factory=dict)


class Scenario(Record, frozen=True, kw_only=True):
    """A drill scenario (应急演练情景)."""

    KIND: ClassVar[str] = "scenarios"

    seed: str = "1"
    hazard_source_key: str = ""
    objectives: tuple[Name, ...] = ()
    injects: tuple[Inject, ...] = ()
    duration_s: int = 1800


class Signature(Record, frozen=True, kw_only=True):
    """A risk signature (风险特征)."""

    KIND: ClassVar[str] = "signatures"

    pattern: str = ""
    explanation: Name = Name()


class Failure(Record, frozen=True, kw_only=True):
    """An entry of the failure library (失效数据)."""

    KIND: ClassVar[str] = "failures"

    equipment: str = ""
    mode: str = ""
    happened_us: int | None = None
