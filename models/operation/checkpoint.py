"""Checkpoints: a situation as bytes and back. They are caches and may be thrown away."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import zstandard
from immutables import Map

from models.operation.situation import Situation

FOLD_VERSION = 6
"""Raised whenever the fold gives another situation for the same events."""

_LEVEL = 3
_MAX_SIZE = 1 << 30


class CheckpointDamagedError(ValueError):
    """A checkpoint that can't be read; fold from an older one instead."""


def _stored_type(hint: Any) -> Any:  # noqa: ANN401 - type hints have no common type
    """Return what a field is stored as: persistent maps become plain ones."""
    if get_origin(hint) is Map:
        key, value = get_args(hint)
        return dict[key, value]  # type: ignore[valid-type]
    return hint


_HINTS = get_type_hints(Situation)
_NAMES = tuple(field.name for field in fields(Situation))
_MAPS = tuple(name for name in _NAMES if get_origin(_HINTS[name]) is Map)
_Stored = msgspec.defstruct(
    "_Stored",
    [(name, _stored_type(_HINTS[name])) for name in _NAMES],
    frozen=True,
    array_like=True,
)
_encoder = msgspec.msgpack.Encoder(enc_hook=dict)
_decoder = msgspec.msgpack.Decoder(_Stored)


def _shape() -> Iterator[str]:
    """Yield the names that a checkpoint's bytes depend on."""
    for name in _NAMES:
        yield name
        for part in (_HINTS[name], *get_args(_HINTS[name])):
            yield from getattr(part, "__struct_fields__", ())


_shape_hash = hashlib.sha256(" ".join(_shape()).encode()).hexdigest()[:12]
STORED_VERSION = f"{FOLD_VERSION}-{_shape_hash}"
"""Version under which checkpoints are stored: the fold's and that of the situation's fields."""


def encode_checkpoint(situation: Situation) -> bytes:
    """Return a situation as compressed MessagePack."""
    packed = _encoder.encode([getattr(situation, name) for name in _NAMES])
    return zstandard.ZstdCompressor(level=_LEVEL).compress(packed)


def decode_checkpoint(body: bytes) -> Situation:
    """Return the situation in a checkpoint's bytes.

    Raises
    ------
    CheckpointDamagedError
        When they can't be read.
    """
    try:
        packed = zstandard.ZstdDecompressor().decompress(body, max_output_size=_MAX_SIZE)
        stored = _decoder.decode(packed)
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise CheckpointDamagedError(str(error)) from error
    values = {name: getattr(stored, name) for name in _NAMES}
    for name in _MAPS:
        values[name] = Map(values[name])
    return Situation(**values)
