"""Messages between gateway and desk: length-prefixed msgpack over a loopback socket."""

import asyncio
import struct

import msgspec

from models.telemetry.ports import SourceState

PROTOCOL = 1
MOST_BYTES = 64 * 1024 * 1024
MOST_BYTES_BEFORE_HELLO = 4096
_LENGTH = struct.Struct(">I")


class ProtocolError(Exception):
    """The other side doesn't speak this protocol."""


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="t"):
    """Base of all messages; the class name is its tag."""


class Hello(Message, frozen=True, kw_only=True, tag="hello"):
    """Desk → gateway: the first message; the token comes from the private file."""

    token: str
    protocol: int = PROTOCOL


class Welcome(Message, frozen=True, kw_only=True, tag="welcome"):
    """Gateway → desk: accepted."""

    operation_id: str
    process_id: int
    protocol: int = PROTOCOL


class Keys(Message, frozen=True, kw_only=True, tag="keys"):
    """Gateway → desk: what the tag indices of later frames mean."""

    keys: tuple[str, ...]


class Frame(Message, frozen=True, kw_only=True, tag="frame"):
    """Gateway → desk: the latest value of each tag that changed, as packed columns."""

    tag: bytes
    value: bytes
    source_us: bytes
    arrival_us: bytes
    quality: bytes


class Status(Message, frozen=True, kw_only=True, tag="status"):
    """Gateway → desk, once a second; `failing` are safety functions that don't work now."""

    at_us: int
    operation_id: str
    head_seq: int
    sources: tuple[SourceState, ...] = ()
    scan_us: float = 0.0
    failing: tuple[str, ...] = ()
    samples_lost: int = 0
    dropped_frames: int = 0


class Wake(Message, frozen=True, kw_only=True, tag="wake"):
    """Gateway → desk: the journal has events up to this `seq`; read them there."""

    seq: int


class Request(Message, frozen=True, kw_only=True, tag="request"):
    """Desk → gateway: `history` of tags, or `stop`."""

    id: int
    what: str
    tag_keys: tuple[str, ...] = ()
    from_us: int = 0
    to_us: int = 0
    points: int = 1000


class PackedCurve(msgspec.Struct, frozen=True, kw_only=True):
    """A curve as packed columns: int64 µs, float64, uint8."""

    tag_key: str
    times_us: bytes
    values: bytes
    qualities: bytes


class Reply(Message, frozen=True, kw_only=True, tag="reply"):
    """Gateway → desk: the answer to a request; `error` says why there is none."""

    id: int
    error: str = ""
    curves: tuple[PackedCurve, ...] = ()


AnyMessage = Hello | Welcome | Keys | Frame | Status | Wake | Request | Reply
_DECODER = msgspec.msgpack.Decoder(AnyMessage)
_ENCODER = msgspec.msgpack.Encoder()


def packed(message: Message) -> bytes:
    """Return the message with its length before it."""
    body = _ENCODER.encode(message)
    return _LENGTH.pack(len(body)) + body


async def read_message(reader: asyncio.StreamReader, most_bytes: int = MOST_BYTES) -> AnyMessage:
    """Read one message.

    Raises
    ------
    ProtocolError
        When what comes isn't a message.
    asyncio.IncompleteReadError, ConnectionError
        When the other side has gone.
    """
    (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
    if length > most_bytes:
        raise ProtocolError(f"{length} bytes announced, {most_bytes} at most")
    try:
        message: AnyMessage = _DECODER.decode(await reader.readexactly(length))
    except msgspec.MsgspecError as error:
        raise ProtocolError(str(error)) from error
    return message
