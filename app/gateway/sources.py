"""Builds the sources of a site out of its settings."""

from collections.abc import Mapping
from typing import Protocol

from app.clock import Clock
from app.gateway.hj212.server import Hj212Source
from app.gateway.modbus import ModbusSource
from app.gateway.replay import ReplaySource
from app.source_settings import (
    AnySource,
    Hj212Settings,
    ModbusSettings,
    OpcUaSettings,
    ReplaySettings,
    SparkplugSettings,
)
from models.telemetry.ports import Source
from models.telemetry.tags import TagTable


class TaggedSource(Source, Protocol):
    """A source that can be told of another tag table."""

    def set_tags(self, tags: TagTable) -> None:
        """Give the indices of another table from here on."""
        ...


def build_sources(
    settings: Mapping[str, AnySource], tags: TagTable, clock: Clock, *, is_live: bool = True
) -> tuple[TaggedSource, ...]:
    """Return the enabled sources, in the order of their names; no recording plays when live."""
    return tuple(
        _build(name, chosen, tags, clock, is_live=is_live)
        for name, chosen in sorted(settings.items())
        if chosen.enabled
    )


def dealt_sources(settings: Mapping[str, AnySource]) -> frozenset[str]:
    """Return the sources whose messages reach one gateway only, where `[mqtt]` has a share group.

    A station of HJ 212 reports to one gateway, and a broker of Sparkplug may deal messages out too;
    whatever is polled each gateway polls itself.
    """
    dealt = {
        name
        for name, chosen in settings.items()
        if isinstance(chosen, Hj212Settings)
        or (isinstance(chosen, SparkplugSettings) and chosen.broker.share_group)
    }
    return frozenset({"mqtt", *dealt})


def _build(
    name: str, settings: AnySource, tags: TagTable, clock: Clock, *, is_live: bool
) -> TaggedSource:
    match settings:
        case Hj212Settings():
            return Hj212Source(name, settings, tags, clock)
        case ModbusSettings():
            return ModbusSource(name, settings, tags, clock)
        case OpcUaSettings():
            from app.gateway.opcua.source import OpcUaSource  # a second that others needn't wait

            return OpcUaSource(name, settings, tags, clock)
        case SparkplugSettings():
            from app.gateway.sparkplug.source import SparkplugSource

            return SparkplugSource(name, settings, tags, clock)
        case ReplaySettings():
            return ReplaySource(name, settings, tags, clock, is_live=is_live)
