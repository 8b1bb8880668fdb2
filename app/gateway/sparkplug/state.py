"""What Sparkplug nodes have said so far: which metrics there are, their aliases, who lives."""

import math
from dataclasses import dataclass, field

from app.gateway.sparkplug.frame import Frame, Metric, SparkplugError, number
from app.gateway.stamps import stamped
from models.telemetry.ports import Quality

_MOST_NODES, _MOST_METRICS = 5_000, 200_000
_BD_SEQ = "bdSeq"
_SEQ = 256
_MOST_MS = 10**15

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of a metric."""

    group: str
    node: str
    device: str
    metric: str
    at_us: int
    value: float
    quality: int


@dataclass(slots=True)
class _Node:
    """`is_certain` is False from a gap in the sequence on: an alias may mean another metric."""

    alive: bool = False
    is_certain: bool = False
    next_seq: int = 0
    bd_seq: float = math.nan
    aliases: dict[int, Place] = field(default_factory=dict)
    types: dict[Place, int] = field(default_factory=dict)
    values: dict[Place, float] = field(default_factory=dict)


class SparkplugState:
    """Makes readings of messages.

    `missing` are the nodes whose birth is needed, `gaps` counts the breaks of sequences.
    """

    def __init__(self) -> None:
        self._nodes: dict[Place, _Node] = {}
        self._metrics = 0
        self.missing: set[Place] = set()
        self.gaps = 0

    @property
    def alive(self) -> int:
        """The number of nodes that live."""
        return sum(node.alive for node in self._nodes.values())

    def take(self, frame: Frame, arrival_us: int) -> list[Reading]:
        """Return what a message says.

        Raises
        ------
        SparkplugError
            When it can't be used, e.g. data of a node whose birth isn't known.
        """
        key = (frame.group, frame.node)
        if frame.kind == "NBIRTH":
            return self._born(frame, arrival_us)
        node = self._nodes.get(key)
        if frame.kind == "NDEATH":
            return self._died(frame, node, arrival_us)
        if node is None or not node.alive:
            self.missing.add(key)
            raise SparkplugError(f"{frame.kind} of {frame.node}, whose birth isn't known")
        self._follow(frame, node)
        if frame.kind == "DDEATH":
            return _stale(frame, node, arrival_us, frame.device)
        if frame.kind == "DBIRTH":
            self._forget(node, frame.device)
            self._learn(frame, node)
        return [
            reading
            for metric in frame.metrics
            if (reading := self._reading(frame, node, metric, arrival_us)) is not None
        ]

    def _born(self, frame: Frame, arrival_us: int) -> list[Reading]:
        key = (frame.group, frame.node)
        if key not in self._nodes and len(self._nodes) >= _MOST_NODES:
            raise SparkplugError(f"more than {_MOST_NODES} nodes")
        old = self._nodes.pop(key, None)
        self._metrics -= len(old.types) if old else 0
        node = _Node(alive=True, is_certain=True, next_seq=((frame.seq or 0) + 1) % _SEQ)
        self._nodes[key] = node
        self.missing.discard(key)
        found = [metric.value for metric in frame.metrics if metric.name == _BD_SEQ]
        node.bd_seq = found[0] if found else math.nan
        self._learn(frame, node)
        readings = [self._reading(frame, node, metric, arrival_us) for metric in frame.metrics]
        return [reading for reading in readings if reading is not None]

    def _died(self, frame: Frame, node: _Node | None, arrival_us: int) -> list[Reading]:
        """Everything of the node is stale, unless the death is of an earlier session."""
        if node is None or not node.alive:
            return []
        told = [metric.value for metric in frame.metrics if metric.name == _BD_SEQ]
        if told and not math.isnan(node.bd_seq) and told[0] != node.bd_seq:
            return []
        node.alive = False
        return _stale(frame, node, arrival_us, None)

    def _follow(self, frame: Frame, node: _Node) -> None:
        if frame.seq != node.next_seq:
            self.gaps += 1
            node.is_certain = False
            self.missing.add((frame.group, frame.node))
        node.next_seq = ((frame.seq or 0) + 1) % _SEQ

    def _forget(self, node: _Node, device: str) -> None:
        node.aliases = {a: place for a, place in node.aliases.items() if place[0] != device}
        gone = [place for place in node.types if place[0] == device]
        for place in gone:
            del node.types[place]
            node.values.pop(place, None)
        self._metrics -= len(gone)

    def _learn(self, frame: Frame, node: _Node) -> None:
        """Take the metrics and aliases of a birth."""
        for metric in frame.metrics:
            if not metric.name:
                raise SparkplugError(f"{frame.kind} of {frame.node}: a metric without a name")
            place = (frame.device, metric.name)
            if place not in node.types:
                if self._metrics >= _MOST_METRICS:
                    raise SparkplugError(f"more than {_MOST_METRICS} metrics")
                self._metrics += 1
            node.types[place] = metric.datatype
            if metric.alias is not None:
                node.aliases[metric.alias] = place

    def _reading(
        self, frame: Frame, node: _Node, metric: Metric, arrival_us: int
    ) -> Reading | None:
        least = Quality.GOOD
        if metric.name:
            place = (frame.device, metric.name)
        else:
            known = None if metric.alias is None else node.aliases.get(metric.alias)
            if known is None or known[0] != frame.device:
                node.is_certain = False
                self.missing.add((frame.group, frame.node))
                return None
            place = known
            least = Quality.GOOD if node.is_certain else Quality.UNCERTAIN
        if place[1] == _BD_SEQ:
            return None
        value = number(metric.value, metric.datatype or node.types.get(place, 0))
        quality = max(metric.quality, least)
        if math.isnan(value):
            quality = max(quality, Quality.BAD)
        elif place in node.types and not metric.is_historical:
            node.values[place] = value
        at_us = arrival_us
        if metric.at_ms is not None:
            at_us, doubt = stamped(
                metric.at_ms * 1000 if metric.at_ms < _MOST_MS else None, arrival_us
            )
            quality = max(quality, doubt)
        return Reading(frame.group, frame.node, *place, at_us, value, int(quality))


def _stale(frame: Frame, node: _Node, arrival_us: int, device: str | None) -> list[Reading]:
    """Return the last values as stale: of a device, or of all (None)."""
    return [
        Reading(frame.group, frame.node, *place, arrival_us, value, int(Quality.STALE))
        for place, value in node.values.items()
        if device is None or place[0] == device
    ]
