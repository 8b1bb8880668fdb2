"""Refuses arrays that announce more elements than their message has bytes.

WORKAROUND asyncua 2.1 believes an announced length: twenty bytes with an array of fifty million
nothings keep it busy for seconds and take hundreds of MB. An element of any type but nothing
takes a byte at least.
"""

import struct
from typing import Any

from asyncua.common.utils import Buffer
from asyncua.ua import ua_binary
from asyncua.ua.uaerrors import UaError
from asyncua.ua.uatypes import VariantType

_unbounded = ua_binary.unpack_uatype_array
_LENGTH = struct.Struct("<i")


def bound_arrays() -> None:
    """Let asyncua refuse such arrays from now on, in this process."""
    ua_binary.unpack_uatype_array = _unpack


def _unpack(vtype: VariantType, data: Any) -> list[Any] | None:  # noqa: ANN401 - as asyncua's own
    if isinstance(data, Buffer) and len(data) >= _LENGTH.size:
        (length,) = _LENGTH.unpack(data.copy(_LENGTH.size).read(_LENGTH.size))
        if length > len(data) - _LENGTH.size:
            raise UaError(f"an array announces {length} elements in {len(data)} bytes")
    found: list[Any] | None = _unbounded(vtype, data)
    return found
