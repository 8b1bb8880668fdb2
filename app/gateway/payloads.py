"""MQTT payloads to samples: single values and column batches, decoded by msgspec."""

import math
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec
import numpy as np

from app.gateway.stamps import is_plausible, stamped
from models.telemetry.ports import Quality, SampleBatch
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable
from models.times import DAY_US, to_us

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_QUALITIES = {quality.name.lower(): quality for quality in Quality}

Stamp = int | float | str


class MalformedError(ValueError):
    """A payload that isn't samples; the text says what is wrong with it."""


class _Single(msgspec.Struct):
    v: float | bool | None
    ts: Stamp | None = None
    q: int | str = 0


class _Columns(msgspec.Struct):
    tags: list[str]
    values: list[float | bool | None]
    ts0: Stamp | None = None
    dt: float = 0.0
    ts: list[Stamp] | None = None
    quality: list[Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31)]] | None = None


_SINGLE = msgspec.json.Decoder(_Single)
_COLUMNS = msgspec.json.Decoder(_Columns)
_NUMBER = msgspec.json.Decoder(float | bool)


class TopicTemplate:
    """Where a tag's key stands in a topic, e.g. `park/{enterprise}/{tag}/value`.

    A placeholder stands for one whole level; `{tag}` is the key. In a plain MQTT filter without
    `{tag}`, such as `muster/#`, the last level is the key. Column batches name their tags
    themselves, whatever the topic.
    """

    def __init__(self, template: str) -> None:
        levels = template.split("/")
        if not all(_fits(level, last=i == len(levels) - 1) for i, level in enumerate(levels)):
            raise ValueError(f"topic template {template!r}: a wildcard or placeholder is a level")
        self.subscription = _PLACEHOLDER.sub("+", template)
        self._level = levels.index("{tag}") if "{tag}" in levels else -1
        pattern = "/".join(_pattern(level) for level in levels)
        self._pattern = re.compile(pattern.replace("/.*", "(?:/.*)?"))

    def tag_key(self, topic: str) -> str | None:
        """Return the key of the tag that `topic` speaks of; None when it doesn't fit."""
        if self._pattern.fullmatch(topic) is None:
            return None
        return topic.split("/")[self._level]


def _fits(level: str, *, last: bool) -> bool:
    if "{" in level or "}" in level:
        return _PLACEHOLDER.fullmatch(level) is not None
    if "+" in level:
        return level == "+"
    return "#" not in level or (level == "#" and last)


def _pattern(level: str) -> str:
    if level == "#":
        return ".*"
    return "[^/]+" if level == "+" or "{" in level else re.escape(level)


class PayloadDecoder:
    """Decodes the payloads of one site's topics.

    Parameters
    ----------
    tags : TagTable
        The tags; a tag's own `topic` goes before the templates.
    templates : sequence of TopicTemplate
        Tried in order.
    """

    def __init__(self, tags: TagTable, templates: Sequence[TopicTemplate]) -> None:
        self._index = tags.index
        self._templates = tuple(templates)
        self._topics = {tag.topic: i for i, tag in enumerate(tags.tags) if tag.topic}

    def decode(self, topic: str, payload: bytes, arrival_us: int) -> SampleBatch:
        """Return the samples of one message.

        Raises
        ------
        MalformedError
            When the payload can't be read or none of its tags is known.
        """
        try:
            if b'"tags"' in payload:
                return self._columns(_COLUMNS.decode(payload), arrival_us)
            tag = self._tag(topic)
            if payload.lstrip()[:1] == b"{":
                return _single(tag, _SINGLE.decode(payload), arrival_us)
            value = _NUMBER.decode(payload)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise MalformedError(str(error)) from error
        return make_batch(tag, arrival_us, arrival_us, float(value))

    def _tag(self, topic: str) -> int:
        """Return the tag's index; it stays known per topic, since the topics of a site are few."""
        known = self._topics.get(topic)
        if known is not None:
            return known
        for template in self._templates:
            found = self._index.get(template.tag_key(topic) or "")
            if found is not None:
                self._topics[topic] = found
                return found
        raise MalformedError(f"no tag for topic {topic}")

    def _columns(self, columns: _Columns, arrival_us: int) -> SampleBatch:
        n = len(columns.values)
        keys = columns.tags * n if len(columns.tags) == 1 else columns.tags
        for name, column in (("tags", keys), ("ts", columns.ts), ("quality", columns.quality)):
            if column is not None and len(column) != n:
                raise MalformedError(f"{name} has {len(column)} entries, values {n}")
        tag = np.array([self._index.get(key, -1) for key in keys], np.int32)
        known = tag >= 0
        if not known.any():
            raise MalformedError("none of the tags is known" if n else "no values")
        values = [math.nan if value is None else value for value in columns.values]
        source, doubtful = _column_times(columns, n, arrival_us)
        quality = np.clip(np.array(columns.quality or [0] * n, np.int64), -1, 4)
        quality = np.where((quality < 0) | (quality > Quality.STALE), Quality.BAD, quality)
        quality = np.where(doubtful, np.maximum(quality, Quality.UNCERTAIN), quality)
        value = np.array(values, np.float64)
        return make_batch(tag[known], source[known], arrival_us, value[known], quality[known])


def _column_times(
    columns: _Columns, n: int, arrival_us: int
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    if columns.ts is not None:
        moments = [_moment(stamp) for stamp in columns.ts]
    else:
        first = arrival_us if columns.ts0 is None else _moment(columns.ts0)
        if not math.isfinite(columns.dt) or abs(columns.dt) * max(n, 1) > DAY_US / 1000:
            raise MalformedError(f"dt: {columns.dt} ms is no interval")
        step_us = round(columns.dt * 1000)
        moments = [None if first is None else first + i * step_us for i in range(n)]
    fits = [m is not None and is_plausible(m, arrival_us) for m in moments]
    source = [
        m if m is not None and ok else arrival_us for m, ok in zip(moments, fits, strict=True)
    ]
    return np.array(source, np.int64), ~np.array(fits, bool)


def _moment(stamp: Stamp) -> int | None:
    """Return a time stamp in µs: ms since 1970 or ISO 8601; None when it is neither."""
    if not isinstance(stamp, str):
        return round(stamp * 1000) if abs(stamp) < 1e15 else None
    try:
        moment = datetime.fromisoformat(stamp)
        return to_us(moment)
    except (ValueError, OverflowError):
        return None


def _single(tag: int, single: _Single, arrival_us: int) -> SampleBatch:
    value = math.nan if single.v is None else float(single.v)
    quality = (
        _QUALITIES.get(single.q.lower(), Quality.BAD) if isinstance(single.q, str) else single.q
    )
    code = int(quality) if 0 <= quality <= Quality.STALE else int(Quality.BAD)
    if single.ts is None:
        return make_batch(tag, arrival_us, arrival_us, value, code)
    source, least = stamped(_moment(single.ts), arrival_us)
    return make_batch(tag, source, arrival_us, value, max(code, int(least)))
