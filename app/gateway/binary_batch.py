"""Binary batches: columns of samples as bytes, for devices that send many values at once.

Little-endian, without padding::

    4  b"MSB1"
    1  flags: 1 values are float32 (else float64), 2 a column of quality follows
    2  number of tag keys k
    k times: 2 length in bytes, the key in UTF-8
    4  number of samples n
    n times uint16  place of the tag among the keys
    n times int64   source time [µs since 1970 UTC]
    n times float   value
    n times uint8   quality: 0 good, 1 uncertain, 2 bad, 3 stale (with flag 2)
"""

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.telemetry.ports import Quality

MAGIC = b"MSB1"
_NARROW, _WITH_QUALITY = 1, 2
_HEAD = struct.Struct("<4sBH")
_LENGTH = struct.Struct("<H")
_COUNT = struct.Struct("<I")
_SAMPLES = 1_000_000


def packed(
    keys: Sequence[str],
    place: npt.ArrayLike,
    source_us: npt.ArrayLike,
    value: npt.ArrayLike,
    quality: npt.ArrayLike | None = None,
    *,
    narrow: bool = False,
) -> bytes:
    """Return a payload; `narrow` values are float32."""
    names = [key.encode() for key in keys]
    flags = _NARROW * narrow | (_WITH_QUALITY if quality is not None else 0)
    places = np.asarray(place, "<u2")
    parts = [_HEAD.pack(MAGIC, flags, len(names))]
    parts += [_LENGTH.pack(len(name)) + name for name in names]
    parts += [_COUNT.pack(places.size), places.tobytes(), np.asarray(source_us, "<i8").tobytes()]
    parts.append(np.asarray(value, "<f4" if narrow else "<f8").tobytes())
    if quality is not None:
        parts.append(np.asarray(quality, "u1").tobytes())
    return b"".join(parts)


def keys_end(payload: bytes) -> int:
    """Return where the keys end; the bytes before are the same for all batches of a device.

    Raises
    ------
    ValueError
        When the payload ends before.
    """
    if len(payload) < _HEAD.size or not payload.startswith(MAGIC):
        raise ValueError("no binary batch")
    _, _, keys = _HEAD.unpack_from(payload)
    at = _HEAD.size
    for _ in range(keys):
        if at + _LENGTH.size > len(payload):
            raise ValueError("the tag keys are cut off")
        at += _LENGTH.size + _LENGTH.unpack_from(payload, at)[0]
    if at > len(payload):
        raise ValueError("the tag keys are cut off")
    return at


def keys_of(head: bytes) -> list[str]:
    """Return the tag keys; ValueError when one isn't UTF-8."""
    _, _, count = _HEAD.unpack_from(head)
    keys, at = [], _HEAD.size
    for _ in range(count):
        length = _LENGTH.unpack_from(head, at)[0]
        at += _LENGTH.size
        keys.append(head[at : at + length].decode())
        at += length
    return keys


Unpacked = tuple[
    npt.NDArray[np.uint16], npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.uint8]
]


def unpacked(payload: bytes, at: int) -> Unpacked:
    """Return place, source time, value and quality from behind the keys.

    Raises
    ------
    ValueError
        When the length isn't what the number of samples asks for.
    """
    flags = payload[len(MAGIC)]
    if flags & ~(_NARROW | _WITH_QUALITY):
        raise ValueError(f"unknown flags {flags:#x}")
    if at + _COUNT.size > len(payload):
        raise ValueError("the number of samples is cut off")
    n = _COUNT.unpack_from(payload, at)[0]
    at += _COUNT.size
    value_type = "<f4" if flags & _NARROW else "<f8"
    types = ["<u2", "<i8", value_type] + (["u1"] if flags & _WITH_QUALITY else [])
    wanted = n * sum(np.dtype(kind).itemsize for kind in types)
    if n > _SAMPLES or len(payload) - at != wanted:
        raise ValueError(f"{len(payload) - at} bytes behind the keys, {n} samples need {wanted}")
    columns = []
    for kind in types:
        columns.append(np.frombuffer(payload, kind, n, at))
        at += n * np.dtype(kind).itemsize
    quality = columns[3] if len(columns) > 3 else np.zeros(n, np.uint8)
    quality = np.where(quality > Quality.STALE, np.uint8(Quality.BAD), quality)
    return columns[0], columns[1], columns[2].astype(np.float64), quality
