"""`muster decode hj212`: recorded frames of HJ 212-2017, valid ones as data, others refused."""

import math
from typing import Any

import msgspec

from app.cli import BadInputError
from app.gateway.hj212.frame import Frame, FrameError, decode
from app.gateway.hj212.values import BEIJING, PERIODS, data_time_us, readings
from app.headless.decoding import Decoding, timed
from models.times import from_us


class _Recorded(msgspec.Struct, frozen=True):
    frame: str


_FRAMES = msgspec.json.Decoder(list[str | _Recorded])


def decode_hj212(file: str, content: bytes) -> Decoding:
    """Return one entry per frame: `ok` and what it says, or `reason`.

    Parameters
    ----------
    file : str
        How the file is called in errors.
    content : bytes
        A JSON list of frames (texts, or objects with a `frame`), or one frame per line.

    Raises
    ------
    BadInputError
        When the file holds neither.
    """
    return timed(_frames(file, content), decode, FrameError, _entry)


def _frames(file: str, content: bytes) -> list[bytes]:
    content = content.removeprefix(b"\xef\xbb\xbf")
    if content.lstrip()[:1] != b"[":
        lines = [line.strip() for line in content.split(b"\n")]
        frames = [line for line in lines if line]
        if not any(line.startswith(b"##") for line in frames):
            raise BadInputError(f"{file}: neither a JSON list of frames nor lines that begin ##")
        return frames
    try:
        recorded = _FRAMES.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInputError(f"{file}: {error}") from error
    texts = [entry if isinstance(entry, str) else entry.frame for entry in recorded]
    return [text.encode("ascii", "backslashreplace") for text in texts]


def _entry(frame: Frame | FrameError) -> dict[str, Any]:
    if isinstance(frame, FrameError):
        return {"ok": False, "reason": str(frame)}
    return {"ok": True, **_told(frame)}


def _told(frame: Frame) -> dict[str, Any]:
    told = {
        name: getattr(frame, name)
        for name in ("qn", "st", "cn", "pw", "mn", "flag", "packets", "packet", "repeated")
        if getattr(frame, name) not in ("", -1, 0, ())
    }
    told["crc"] = f"{frame.crc:04X}"
    told["wants_answer"] = frame.wants_answer
    if period := PERIODS.get(frame.cn):
        told["period"] = period
    moment_us = data_time_us(frame.fields.get("DataTime", ""))
    if moment_us is not None:
        told["time"] = from_us(moment_us).astimezone(BEIJING).isoformat()
    told["fields"] = frame.fields
    told["values"] = [
        {
            "code": reading.code,
            "field": reading.field,
            "value": None if math.isnan(reading.value) else reading.value,
            "quality": reading.quality.name.lower(),
        }
        for reading in readings(frame.fields)
    ]
    return told
