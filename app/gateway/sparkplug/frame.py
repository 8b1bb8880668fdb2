"""One Sparkplug message, without what earlier ones said: topic, sequence number, metrics."""

import math
from dataclasses import dataclass
from typing import Any, Literal

from google.protobuf.message import DecodeError

from app.gateway.sparkplug.message import Payload
from models.telemetry.ports import Quality

PREFIX = "spBv1.0"
Kind = Literal["NBIRTH", "NDATA", "NDEATH", "DBIRTH", "DDATA", "DDEATH"]
_KINDS: dict[str, Kind] = {
    "NBIRTH": "NBIRTH", "NDATA": "NDATA", "NDEATH": "NDEATH",
    "DBIRTH": "DBIRTH", "DDATA": "DDATA", "DDEATH": "DDEATH",
}  # fmt: skip
KINDS: tuple[Kind, ...] = tuple(_KINDS.values())
_NODE_LEVELS = 4
_SIGNED = {1: 8, 2: 16, 3: 32, 4: 64}  # data type → bits
_NO_NUMBERS = frozenset({12, 14, *range(15, 30)})
_GOOD, _STALE = 192, 500
_SEQ = 256


class SparkplugError(ValueError):
    """A message that can't be understood; the text says why."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as it came; `value` is NaN where it is no number, `datatype` 0 where not said."""

    name: str
    alias: int | None
    at_ms: int | None
    datatype: int
    value: float
    quality: Quality
    is_historical: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A message; `device` is empty where the node speaks for itself, `seq` None in a death."""

    kind: Kind
    group: str
    node: str
    device: str
    seq: int | None
    metrics: tuple[Metric, ...]


def decode(topic: str, payload: bytes) -> Frame:
    """Return the message.

    Raises
    ------
    SparkplugError
        When topic or payload aren't Sparkplug's.
    """
    levels = topic.split("/")
    kind = _KINDS.get(levels[2]) if len(levels) >= _NODE_LEVELS else None
    if kind is None or levels[0] != PREFIX or not all(levels):
        raise SparkplugError(f"{topic}: no topic of Sparkplug data")
    if len(levels) != _NODE_LEVELS + (kind[0] == "D"):
        raise SparkplugError(f"{topic}: {kind} has another number of levels")
    try:
        message = Payload.FromString(payload)
    except DecodeError as error:
        raise SparkplugError(f"no payload of Sparkplug B: {error}") from error
    seq = int(message.seq) if message.HasField("seq") else None
    if seq is None and kind != "NDEATH":
        raise SparkplugError(f"{kind} without a sequence number")
    if seq is not None and seq >= _SEQ:
        raise SparkplugError(f"sequence number {seq} is over 255")
    sent_ms = int(message.timestamp) if message.HasField("timestamp") else None
    return Frame(
        kind=kind,
        group=levels[1],
        node=levels[3],
        device=levels[4] if kind[0] == "D" else "",
        seq=seq,
        metrics=tuple(_metric(metric, sent_ms) for metric in message.metrics),
    )


def _metric(
    metric: Any,  # noqa: ANN401 - classes made at run time
    sent_ms: int | None,
) -> Metric:
    datatype = int(metric.datatype)
    return Metric(
        name=metric.name,
        alias=int(metric.alias) if metric.HasField("alias") else None,
        at_ms=int(metric.timestamp) if metric.HasField("timestamp") else sent_ms,
        datatype=datatype,
        value=math.nan if metric.is_null else _raw(metric),
        quality=_quality(metric.properties) if metric.HasField("properties") else Quality.GOOD,
        is_historical=bool(metric.is_historical),
    )


def _raw(holder: Any) -> float:  # noqa: ANN401
    which = holder.WhichOneof("value")
    if which is None or which == "string_value":
        return math.nan
    return float(getattr(holder, which))


def number(value: float, datatype: int) -> float:
    """Return a value as its data type means it: integers come as two's complement.

    Examples
    --------
    >>> number(4294967295.0, 3), number(255.0, 1), number(250.0, 5)
    (-1.0, -1.0, 250.0)
    """
    if datatype in _NO_NUMBERS or not math.isfinite(value):
        return math.nan
    bits = _SIGNED.get(datatype)
    if bits is None:
        return value
    raw = int(value) & (1 << bits) - 1
    return float(raw - (1 << bits) if raw >> bits - 1 else raw)


def _quality(properties: Any) -> Quality:  # noqa: ANN401
    """Return what the property `Quality` says (6.4.6.1.1): 192 good, 500 stale, 0 bad."""
    for key, value in zip(properties.keys, properties.values, strict=False):
        if key.lower() == b"quality":
            code = _raw(value)
            if code == _GOOD:
                return Quality.GOOD
            if code == _STALE:
                return Quality.STALE
            # others send the OPC classic bits, whose upper two are the severity
            uncertain = math.isfinite(code) and int(code) & 0xC0 in (0x40, 0xC0)
            good = math.isfinite(code) and int(code) & 0xC0 == _GOOD
            return Quality.GOOD if good else Quality.UNCERTAIN if uncertain else Quality.BAD
    return Quality.GOOD
