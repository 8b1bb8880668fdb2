"""`muster decode json|sparkplug`: recorded MQTT messages as the gateway understands them."""

import base64
import binascii
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from app.cli import BadInputError
from app.gateway.payloads import MalformedError, PayloadDecoder
from app.gateway.sparkplug.frame import Frame, SparkplugError, decode
from app.gateway.sparkplug.state import Reading, SparkplugState
from app.gateway.topics import TopicTemplate
from app.headless.decoding import Decoding, timed
from models.registry.kinds import Tag
from models.telemetry.ports import Quality, SampleBatch
from models.times import from_us

_LATER_US = 4_102_444_800_000_000  # 2100: a recording may be of any time


class _Recorded(msgspec.Struct, frozen=True):
    """`payload` is text or any JSON; `base64` holds bytes; `at_us` is when it came."""

    topic: str
    payload: Any = None
    base64: str = ""
    at_us: int = _LATER_US


_LIST = msgspec.json.Decoder(list[_Recorded])
_LINE = msgspec.json.Decoder(_Recorded)


class _AnyTag(dict[str, int]):
    """An index that knows every key: a recording is read without a site."""

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401
        """Return the key's number, a new one where it is new."""
        return self.setdefault(key, len(self)) if key else default


class _AnyTags:
    def __init__(self) -> None:
        self.index: Mapping[str, int] = _AnyTag()
        self.tags: Sequence[Tag] = ()


def decode_json(file: str, content: bytes) -> Decoding:
    """Return one entry per message: single values, column batches and binary batches.

    Parameters
    ----------
    file : str
        How the file is called in errors.
    content : bytes
        A JSON list of objects with `topic` and `payload` or `base64`, or one such object per line.

    Raises
    ------
    BadInputError
        When the file holds neither.
    """
    tags = _AnyTags()
    decoder = PayloadDecoder(tags, [TopicTemplate("#")])

    def understand(message: _Recorded) -> SampleBatch:
        return decoder.decode(message.topic, _payload(message), message.at_us)

    def describe(told: SampleBatch | MalformedError) -> dict[str, Any]:
        if isinstance(told, MalformedError):
            return {"ok": False, "reason": str(told)}
        keys = list(tags.index)
        return {"ok": True, "values": list(_values(told, keys))}

    return timed(_recorded(file, content), understand, MalformedError, describe)


def decode_sparkplug(file: str, content: bytes) -> Decoding:
    """Return one entry per message, aliases resolved by the births before; as `decode_json`."""
    state = SparkplugState()

    def understand(message: _Recorded) -> tuple[Frame, list[Reading], int]:
        try:
            payload = _payload(message)
        except MalformedError as error:
            raise SparkplugError(str(error)) from error
        frame = decode(message.topic, payload)
        return frame, state.take(frame, message.at_us), message.at_us

    return timed(_recorded(file, content), understand, SparkplugError, _sparkplug_entry)


def _sparkplug_entry(told: tuple[Frame, list[Reading], int] | SparkplugError) -> dict[str, Any]:
    if isinstance(told, SparkplugError):
        return {"ok": False, "reason": str(told)}
    frame, readings, at_us = told
    entry: dict[str, Any] = {"ok": True, "kind": frame.kind, "group": frame.group}
    entry |= {"node": frame.node, "device": frame.device, "seq": frame.seq}
    entry["values"] = [
        {
            "metric": reading.metric,
            "device": reading.device,
            **_time(reading.at_us, at_us),
            "value": None if math.isnan(reading.value) else reading.value,
            "quality": Quality(reading.quality).name.lower(),
        }
        for reading in readings
    ]
    return entry


def _values(batch: SampleBatch, keys: Sequence[str]) -> Iterable[dict[str, Any]]:
    arrival_us = int(batch.arrival_us[0])
    quality = np.where(np.isfinite(batch.value), batch.quality, np.maximum(batch.quality, 2))
    columns = (batch.tag.tolist(), batch.source_us.tolist(), batch.value.tolist(), quality.tolist())
    for tag, source_us, value, code in zip(*columns, strict=True):
        yield {
            "tag": keys[tag],
            **_time(source_us, arrival_us),
            "value": value if math.isfinite(value) else None,
            "quality": Quality(code).name.lower(),
        }


def _time(at_us: int, arrival_us: int) -> dict[str, str]:
    """Return the time, unless it is that of the arrival, which a recording needn't know."""
    if at_us == arrival_us == _LATER_US:
        return {}
    return {"time": from_us(at_us).isoformat()}


def _payload(message: _Recorded) -> bytes:
    if message.base64:
        try:
            return base64.b64decode(message.base64, validate=True)
        except (binascii.Error, ValueError) as error:
            raise MalformedError(f"base64: {error}") from error
    if isinstance(message.payload, str):
        return message.payload.encode()
    return msgspec.json.encode(message.payload)


def _recorded(file: str, content: bytes) -> list[_Recorded]:
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        if content.lstrip()[:1] == b"[":
            return _LIST.decode(content)
        lines = [line for line in content.split(b"\n") if line.strip()]
        if not lines:
            raise BadInputError(f"{file}: holds no messages")
        return [_LINE.decode(line) for line in lines]
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInputError(f"{file}: {error}") from error
