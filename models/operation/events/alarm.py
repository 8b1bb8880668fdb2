"""Alarm events (ISA-18.2 / IEC 62682). The subject is the alarm id, `TAG/LIMIT`."""

from typing import ClassVar, Literal

from models.operation.events.base import Payload, register


@register
class AlarmRaised(Payload, frozen=True, kw_only=True):
    """NORM → UNACK, or re-alarm from RTNUN."""

    KIND: ClassVar[str] = "alarm.raised"
    tag_key: str
    limit: str
    priority: int
    value: float
    limit_value: float
    unit: str
    safety: str = ""
    hazard_source_key: str = ""
    enterprise_key: str = ""


@register
class AlarmReturned(Payload, frozen=True, kw_only=True):
    """The condition cleared (off delay and deadband passed)."""

    KIND: ClassVar[str] = "alarm.returned"
    value: float


@register
class AlarmLatched(Payload, frozen=True, kw_only=True):
    """The condition of a latching alarm cleared; the alarm stands until it is reset."""

    KIND: ClassVar[str] = "alarm.latched"
    value: float


@register
class AlarmReset(Payload, frozen=True, kw_only=True):
    """An officer reset a latched alarm whose condition is over."""

    KIND: ClassVar[str] = "alarm.reset"
    note: str = ""


@register
class AlarmAnnouncedAgain(Payload, frozen=True, kw_only=True):
    """The same occurrence is announced once more.

    Nobody acknowledged it in time, or the acknowledgement ran out while the alarm stands.
    """

    KIND: ClassVar[str] = "alarm.announced_again"
    reason: Literal["unacknowledged", "acknowledgement_expired"]


@register
class AlarmAcknowledged(Payload, frozen=True, kw_only=True):
    """An officer saw this occurrence; it says nothing about the next one."""

    KIND: ClassVar[str] = "alarm.acknowledged"
    note: str = ""


@register
class AlarmShelved(Payload, frozen=True, kw_only=True):
    """Shelved for a time and a reason."""

    KIND: ClassVar[str] = "alarm.shelved"
    reason: str
    until_us: int
    approved_by: str = ""


@register
class AlarmUnshelved(Payload, frozen=True, kw_only=True):
    """Back from the shelf, by hand or because the time ran out."""

    KIND: ClassVar[str] = "alarm.unshelved"
    reason: str


@register
class AlarmSuppressed(Payload, frozen=True, kw_only=True):
    """Suppressed by design (plant state)."""

    KIND: ClassVar[str] = "alarm.suppressed"
    reason: str


@register
class AlarmUnsuppressed(Payload, frozen=True, kw_only=True):
    """No longer suppressed by design."""

    KIND: ClassVar[str] = "alarm.unsuppressed"
    reason: str = ""


@register
class AlarmTakenOutOfService(Payload, frozen=True, kw_only=True):
    """Out of service: maintenance, calibration."""

    KIND: ClassVar[str] = "alarm.taken_out_of_service"
    reason: str
    until_us: int | None = None
    approved_by: str = ""


@register
class AlarmReturnedToService(Payload, frozen=True, kw_only=True):
    """In service again."""

    KIND: ClassVar[str] = "alarm.returned_to_service"
    reason: str = ""


@register
class PlantStateSet(Payload, frozen=True, kw_only=True):
    """An officer says what a unit is doing; the subject is the unit. Empty: nothing special."""

    KIND: ClassVar[str] = "plant.state_set"
    state: str
    reason: str = ""


@register
class AlarmsSilenced(Payload, frozen=True, kw_only=True):
    """The tone was silenced; not an acknowledgement, the next new alarm sounds."""

    KIND: ClassVar[str] = "alarms.silenced"
    alarm_ids: tuple[str, ...]


@register
class TagWentStale(Payload, frozen=True, kw_only=True):
    """No sample within the tag's patience, or its device was lost."""

    KIND: ClassVar[str] = "tag.went_stale"
    tag_keys: tuple[str, ...]
    since_us: int
    cause: str = ""


@register
class TagCameBack(Payload, frozen=True, kw_only=True):
    """Samples flow again."""

    KIND: ClassVar[str] = "tag.came_back"
    tag_keys: tuple[str, ...]


@register
class JudgingResumed(Payload, frozen=True, kw_only=True):
    """A gateway that was away judges again; the subject is its name.

    What it heard before it went away was judged up to `since_us`. Between this and the event's
    time nobody listened: delays ran on, no tag became silent and no alarm sounded again.
    """

    KIND: ClassVar[str] = "alarms.judging_resumed"
    since_us: int
