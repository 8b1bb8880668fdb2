"""Threat zones of an incident: rule of thumb at once, then a model's result."""

from typing import ClassVar

from models.basics import Wind
from models.hazard.advice import ZoneAdvice
from models.hazard.fires import DominoTable
from models.hazard.ports import ZoneResult
from models.operation.events.base import Payload, register


@register
class ZoneDrawn(Payload, frozen=True, kw_only=True):
    """A zone now stands on the map: rule of thumb, model, by hand or imported."""

    KIND: ClassVar[str] = "zone.drawn"
    incident_id: str
    result: ZoneResult
    replaces_zone_id: str = ""


@register
class ZoneWentOutOfDate(Payload, frozen=True, kw_only=True):
    """The live wind left the zone's inputs for 60 s."""

    KIND: ClassVar[str] = "zone.went_out_of_date"
    wind: Wind
    reason: str


@register
class ZoneWithdrawn(Payload, frozen=True, kw_only=True):
    """An officer's act; a zone never shrinks or goes by itself."""

    KIND: ClassVar[str] = "zone.withdrawn"
    reason: str


@register
class ContoursDrawn(Payload, frozen=True, kw_only=True):
    """How probably a model's zone is reached: contours beside the zone, which stays as it is."""

    KIND: ClassVar[str] = "zone.contours_drawn"
    result: ZoneResult


@register
class ZoneAdvised(Payload, frozen=True, kw_only=True):
    """Whether to shelter or to leave in a zone: an advice to the officer, with its inputs."""

    KIND: ClassVar[str] = "zone.advised"
    advice: ZoneAdvice


@register
class DominoJudged(Payload, frozen=True, kw_only=True):
    """What an incident's neighbours receive of a fire or explosion, with its inputs.

    The subject is the incident. None: an officer no longer counts on any.
    """

    KIND: ClassVar[str] = "domino.judged"
    table: DominoTable | None
