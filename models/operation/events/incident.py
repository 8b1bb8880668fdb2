"""Incidents: opened from a card or a call, updated, merged, closed, reopened."""

from typing import ClassVar, Literal

from models.basics import LatLon, Name, Wind
from models.hazard.estimation.ports import SourceEstimate
from models.operation.events.base import Payload, register


@register
class IncidentOpened(Payload, frozen=True, kw_only=True):
    """An incident begins; nothing on it was typed twice. `wind` is the wind at T0."""

    KIND: ClassVar[str] = "incident.opened"
    number: str
    title: Name
    incident_kind: str
    place: Name
    position: LatLon | None = None
    hazard_source_key: str = ""
    enterprise_key: str = ""
    substance: str = ""
    cas: str = ""
    card_ids: tuple[str, ...] = ()
    call_ids: tuple[str, ...] = ()
    wind: tuple[Wind, ...] = ()
    happened_us: int | None = None


@register
class IncidentUpdated(Payload, frozen=True, kw_only=True):
    """Facts changed; only the fields named changed. Values are text with their source."""

    KIND: ClassVar[str] = "incident.updated"
    fields: dict[str, str]
    source: str
    position: LatLon | None = None


@register
class IncidentLocated(Payload, frozen=True, kw_only=True):
    """The place was set or corrected by an officer; zones of another place are out of date.

    `hazard_source_key`, `enterprise_key`, `substance` and `cas` are what holds from now on.
    `how` says where the position comes from, `moved_m` how far it lies from the one before.
    """

    KIND: ClassVar[str] = "incident.located"
    title: Name
    place: Name
    position: LatLon
    how: Literal["registry", "coordinates", "map", "estimate"]
    reason: str = ""
    hazard_source_key: str = ""
    enterprise_key: str = ""
    substance: str = ""
    cas: str = ""
    moved_m: float | None = None


@register
class SourceEstimated(Payload, frozen=True, kw_only=True):
    """An officer took an estimate, made of detectors and wind, for where and how much leaks.

    `release_kg_s` and `position` are what was taken of it; `source_key` names the hazard source,
    '' where none was. The estimate holds its inputs, readings and doubts.
    """

    KIND: ClassVar[str] = "incident.source_estimated"
    estimate: SourceEstimate
    release_kg_s: float
    position: LatLon
    source_key: str = ""


@register
class CasualtiesReported(Payload, frozen=True, kw_only=True):
    """Counts as somebody gave them; None is 待核实 (to be verified), never zero."""

    KIND: ClassVar[str] = "incident.casualties_reported"
    source: str
    deaths: int | None = None
    serious_injuries: int | None = None
    minor_injuries: int | None = None
    missing: int | None = None
    trapped: int | None = None
    supplementary: bool = False


@register
class ResponseLevelSet(Payload, frozen=True, kw_only=True):
    """The response level of the plan, by decision or automatically."""

    KIND: ClassVar[str] = "incident.response_level_set"
    plan_key: str
    level_key: str
    level_name: Name
    automatic: bool
    reason: str = ""


@register
class RollCallOpened(Payload, frozen=True, kw_only=True):
    """Accountability: everybody must be counted before stand-down."""

    KIND: ClassVar[str] = "incident.roll_call_opened"
    roll_call_id: str
    group: str
    expected: int


@register
class RollCallClosed(Payload, frozen=True, kw_only=True):
    """Everybody of the group is accounted for."""

    KIND: ClassVar[str] = "incident.roll_call_closed"
    roll_call_id: str
    present: int


@register
class IncidentsMerged(Payload, frozen=True, kw_only=True):
    """The subject took over another incident; what came from where stays known."""

    KIND: ClassVar[str] = "incident.merged"
    absorbed_incident_id: str
    reason: str


@register
class IncidentsSplit(Payload, frozen=True, kw_only=True):
    """A merge was undone: the absorbed incident stands on its own again."""

    KIND: ClassVar[str] = "incident.split"
    restored_incident_id: str
    reason: str


@register
class IncidentKeptApart(Payload, frozen=True, kw_only=True):
    """Somebody decided that these are other incidents: they aren't offered for joining again."""

    KIND: ClassVar[str] = "incident.kept_apart"
    other_incident_ids: tuple[str, ...]
    reason: str = ""


@register
class IncidentClosed(Payload, frozen=True, kw_only=True):
    """Closed and read-only until reopened."""

    KIND: ClassVar[str] = "incident.closed"
    reason: str


@register
class IncidentReopened(Payload, frozen=True, kw_only=True):
    """Open again, with a reason."""

    KIND: ClassVar[str] = "incident.reopened"
    reason: str
