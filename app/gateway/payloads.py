"""MQTT payloads to samples: single values, column batches and binary batches."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from app.gateway import binary_batch
from app.gateway.column_run import ColumnRun, Columns, Stamp
from app.gateway.stamps import EARLIEST_US, LATEST_AHEAD_US, stamped
from app.gateway.topics import TopicTemplate
from models.registry.kinds import Tag
from models.telemetry.ports import Quality, SampleBatch
from models.telemetry.samples import concat, make_batch
from models.times import DAY_US, to_us

__all__ = ["Lot", "MalformedError", "PayloadDecoder", "TopicTemplate"]

_QUALITIES = {quality.name.lower(): quality for quality in Quality}
_KEPT_KEYS = 4096
_MOST_MS = 1e15


class MalformedError(ValueError):
    """A payload that isn't samples; the text says what is wrong with it."""


class _Single(msgspec.Struct):
    v: float | bool | None
    ts: Stamp | None = None
    q: int | str = 0


class _OddColumns(Columns):
    values: list[float | bool | None]  # type: ignore[assignment]


_SINGLE = msgspec.json.Decoder(_Single)
_COLUMNS = msgspec.json.Decoder(Columns)
_ODD_COLUMNS = msgspec.json.Decoder(_OddColumns)
_KEYS = msgspec.json.Decoder(list[str])
_NUMBER = msgspec.json.Decoder(float | bool)

Indices = npt.NDArray[np.int32]
Row = tuple[int, int, float, int]


class Tags(Protocol):
    """What is asked of a tag table."""

    @property
    def index(self) -> Mapping[str, int]:
        """Key → index."""
        ...

    @property
    def tags(self) -> Sequence[Tag]:
        """The tags in the order of their index."""
        ...


class PayloadDecoder:
    """Decodes the payloads of one site's topics.

    Parameters
    ----------
    tags : TagTable
        The tags; a tag's own `topic` goes before the templates.
    templates : sequence of TopicTemplate
        Tried in order.
    """

    def __init__(self, tags: Tags, templates: Sequence[TopicTemplate]) -> None:
        self._index = tags.index
        self._templates = tuple(templates)
        self._topics = {tag.topic: i for i, tag in enumerate(tags.tags) if tag.topic}
        self._devices: dict[str, str] = {}
        self._places: dict[bytes, tuple[Indices, bool]] = {}

    def lot(self, arrival_us: int) -> "Lot":
        """Return what takes the messages that came by now."""
        return Lot(self, arrival_us)

    def decode(self, topic: str, payload: bytes, arrival_us: int) -> SampleBatch:
        """Return the samples of one message.

        Raises
        ------
        MalformedError
            When the payload can't be read or none of its tags is known.
        """
        lot = self.lot(arrival_us)
        if why := lot.take(topic, payload):
            raise MalformedError(why)
        return concat(lot.batches())

    def device(self, topic: str) -> str:
        """Return whose clock the times of a topic are of."""
        known = self._devices.get(topic)
        if known is None:
            found = (template.device(topic) for template in self._templates)
            known = next((device for device in found if device), topic)
            if len(self._devices) < _KEPT_KEYS:
                self._devices[topic] = known
        return known

    def single(self, topic: str, payload: bytes, arrival_us: int) -> Row:
        """Return (tag, source time, value, quality) of a single value."""
        tag = self._topics.get(topic)
        if tag is None:
            tag = self._tag(topic)
        if payload.lstrip()[:1] != b"{":
            return tag, arrival_us, float(_NUMBER.decode(payload)), 0
        single = _SINGLE.decode(payload)
        value = math.nan if single.v is None else float(single.v)
        q = single.q
        quality = _QUALITIES.get(q.lower(), Quality.BAD) if isinstance(q, str) else q
        code = int(quality) if 0 <= quality <= Quality.STALE else int(Quality.BAD)
        if single.ts is None:
            return tag, arrival_us, value, code
        source_us, least = stamped(_moment(single.ts), arrival_us)
        return tag, source_us, value, max(code, int(least))

    def _tag(self, topic: str) -> int:
        """Return the tag's index; it stays known per topic, since the topics of a site are few."""
        for template in self._templates:
            found = self._index.get(template.tag_key(topic) or "")
            if found is not None:
                self._topics[topic] = found
                return found
        raise MalformedError(f"no tag for topic {topic}")

    def columns(
        self, payload: bytes, arrival_us: int, run: ColumnRun
    ) -> tuple[SampleBatch | None, int]:
        """Return the samples of a column batch, None when `run` took them, and its newest time."""
        columns: Columns
        try:
            columns = _COLUMNS.decode(payload)
        except msgspec.ValidationError:
            columns = _ODD_COLUMNS.decode(payload)
            odd = [math.nan if value is None else value for value in columns.values]
            value = np.array(odd, np.float64)
        else:
            tag, all_known = self._placed(bytes(columns.tags), _KEYS.decode)
            if all_known and (newest_us := run.add(columns, tag)) is not None:
                return None, newest_us
            value = np.array(columns.values, np.float64)
        batch = self._odd_columns(columns, value, arrival_us)
        return batch, int(batch.source_us.max())

    def _odd_columns(
        self, columns: Columns, value: npt.NDArray[np.float64], arrival_us: int
    ) -> SampleBatch:
        n = value.size
        tag, _ = self._placed(bytes(columns.tags), _KEYS.decode)
        if tag.size == 1:
            tag = tag.repeat(n)
        for name, size in (
            ("tags", tag.size),
            ("ts", n if columns.ts is None else len(columns.ts)),
            ("quality", n if columns.quality is None else len(columns.quality)),
        ):
            if size != n:
                raise MalformedError(f"{name} has {size} entries, values {n}")
        source_us, doubtful = _column_times(columns, n, arrival_us)
        quality: npt.NDArray[np.uint8] = np.zeros(n, np.uint8)
        if columns.quality is not None:
            codes = [code if 0 <= code <= Quality.STALE else 2 for code in columns.quality]
            quality = np.array(codes, np.uint8)
        return _known(tag, source_us, arrival_us, value, quality, doubtful)

    def binary(self, payload: bytes, arrival_us: int) -> SampleBatch:
        """Return the samples of a binary batch."""
        try:
            end = binary_batch.keys_end(payload)
            keys, _ = self._placed(payload[:end], binary_batch.keys_of)
            place, source_us, value, quality = binary_batch.unpacked(payload, end)
        except ValueError as error:
            raise MalformedError(str(error)) from error
        if place.size and int(place.max()) >= keys.size:
            raise MalformedError(f"tag {int(place.max())} of {keys.size}")
        source_us, doubtful = _checked(source_us, arrival_us)
        return _known(keys[place], source_us, arrival_us, value, quality, doubtful)

    def _placed(self, text: bytes, keys_of: "_KeysOf") -> tuple[Indices, bool]:
        """Return the indices of the keys in `text`, -1 where unknown, and whether all are known."""
        places = self._places.get(text)
        if places is None:
            if len(self._places) >= _KEPT_KEYS:
                self._places.clear()
            found = np.array([self._index.get(key, -1) for key in keys_of(text)], np.int32)
            places = found, bool(found.size and found.min() >= 0)
            self._places[text] = places
        return places


class _KeysOf(Protocol):
    def __call__(self, text: bytes, /) -> list[str]: ...


class Lot:
    """Takes messages that came together; single values become one batch."""

    def __init__(self, decoder: PayloadDecoder, arrival_us: int) -> None:
        self._decoder = decoder
        self._arrival_us = arrival_us
        self._rows: list[Row] = []
        self._batches: list[SampleBatch] = []
        self._run = ColumnRun(arrival_us)
        self._newest: dict[str, int] = {}

    def take(self, topic: str, payload: bytes) -> str:
        """Take a message; return what is wrong with it, empty when nothing is."""
        arrival_us, decoder = self._arrival_us, self._decoder
        batch: SampleBatch | None
        try:
            if payload.startswith(binary_batch.MAGIC):
                batch = decoder.binary(payload, arrival_us)
                newest_us = int(batch.source_us.max())
            elif b'"tags"' in payload:
                self._end_rows()
                batch, newest_us = decoder.columns(payload, arrival_us, self._run)
            else:
                row = decoder.single(topic, payload, arrival_us)
                self._end_run()
                self._rows.append(row)
                batch, newest_us = None, row[1]
        except (msgspec.MsgspecError, UnicodeDecodeError, MalformedError) as error:
            return str(error)
        if batch is not None:
            self._end_rows()
            self._end_run()
            self._batches.append(batch)
        if newest_us != arrival_us and newest_us > self._newest.get(topic, 0):
            self._newest[topic] = newest_us
        return ""

    def batches(self) -> list[SampleBatch]:
        """Return what came, in its order."""
        self._end_rows()
        self._end_run()
        return self._batches

    def clocks(self, measured_us: dict[str, int], every_us: int) -> dict[str, int]:
        """Return device → how far its clock is behind ours [µs], of those due for a measurement."""
        found: dict[str, int] = {}
        for topic, newest_us in self._newest.items():
            device = self._decoder.device(topic)
            behind_us = self._arrival_us - newest_us
            if device in found:
                found[device] = min(found[device], behind_us)
            elif self._arrival_us - measured_us.get(device, 0) >= every_us:
                measured_us[device] = self._arrival_us
                found[device] = behind_us
        return found

    def _end_rows(self) -> None:
        if self._rows:
            tag, source_us, value, quality = zip(*self._rows, strict=True)
            self._batches.append(make_batch(tag, source_us, self._arrival_us, value, quality))
            self._rows = []

    def _end_run(self) -> None:
        batch = self._run.batch()
        if batch is not None:
            self._batches.append(batch)
            self._run = ColumnRun(self._arrival_us)


def _known(
    tag: Indices,
    source_us: npt.NDArray[np.int64],
    arrival_us: int,
    value: npt.NDArray[np.float64],
    quality: npt.NDArray[np.uint8],
    doubtful: npt.NDArray[np.bool_] | None,
) -> SampleBatch:
    """Return the samples of known tags; where the time was doubtful they are uncertain."""
    if doubtful is not None:
        worse = np.maximum(quality, np.uint8(Quality.UNCERTAIN))
        quality = np.where(doubtful, worse, quality)
    if not tag.size:
        raise MalformedError("no values")
    if int(tag.min()) < 0:
        known = tag >= 0
        if not known.any():
            raise MalformedError("none of the tags is known")
        tag, source_us, value, quality = tag[known], source_us[known], value[known], quality[known]
    return SampleBatch(
        tag=tag,
        source_us=source_us,
        arrival_us=np.full(tag.size, arrival_us, np.int64),
        value=value,
        quality=quality,
    )


def _column_times(
    columns: Columns, n: int, arrival_us: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_] | None]:
    """Return the times, and where they were doubtful (None: nowhere)."""
    if columns.ts is not None:
        moments = [_moment(stamp) for stamp in columns.ts]
        known = [0 if moment is None else moment for moment in moments]  # 1970 is doubtful
        return _checked(np.array(known, np.int64), arrival_us)
    if not math.isfinite(columns.dt) or abs(columns.dt) * max(n, 1) > DAY_US / 1000:
        raise MalformedError(f"dt: {columns.dt} ms is no interval")
    first = arrival_us if columns.ts0 is None else _moment(columns.ts0) or 0
    return _checked(first + np.arange(n, dtype=np.int64) * round(columns.dt * 1000), arrival_us)


def _checked(
    source_us: npt.NDArray[np.int64], arrival_us: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_] | None]:
    if not source_us.size or (
        int(source_us.min()) >= EARLIEST_US and int(source_us.max()) <= arrival_us + LATEST_AHEAD_US
    ):
        return source_us, None
    doubtful = (source_us < EARLIEST_US) | (source_us > arrival_us + LATEST_AHEAD_US)
    return np.where(doubtful, arrival_us, source_us), doubtful


def _moment(stamp: Stamp) -> int | None:
    """Return a time stamp in µs: ms since 1970 or ISO 8601; None when it is neither."""
    if not isinstance(stamp, str):
        return round(stamp * 1000) if abs(stamp) < _MOST_MS else None
    try:
        moment = datetime.fromisoformat(stamp)
        return to_us(moment)
    except (ValueError, OverflowError):
        return None
