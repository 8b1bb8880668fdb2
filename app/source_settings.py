"""Settings of the gateway's sources: `[sources.NAME]` with a `kind`, in site.toml."""

from typing import Annotated, Literal

import msgspec

Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Seconds = Annotated[float, msgspec.Meta(ge=0.05, le=3600)]
Order = Literal["ABCD", "CDAB", "BADC", "DCBA"]
NumberType = Literal[
    "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64", "bool"
]


class SourceSettings(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True
):
    """What every source has."""

    enabled: bool = True


class Hj212Settings(SourceSettings, frozen=True, kw_only=True, tag="hj212"):
    """A server that pollution monitors (HJ 212-2017) connect to.

    `tag_key` makes a tag's key of {mn} and {item}; empty: only tags whose topic is
    `hj212/MN/ITEM` get values. `passwords` maps MN to PW; when given, others are refused.
    """

    host: str = "127.0.0.1"
    port: Port = 5212
    tag_key: str = ""
    passwords: dict[str, str] = {}
    silent_s: Seconds = 120.0
    most_connections: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 200

    def __post_init__(self) -> None:
        if self.tag_key and "{item}" not in self.tag_key:
            raise ValueError("tag_key: {item} is missing")


class Register(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a tag's value stands in a Modbus device; value = raw × scale + offset.

    `address` counts from 0 as on the wire (40001 is holding 0). `order` says how the bytes of a
    value come: ABCD is big-endian, CDAB swaps the registers, BADC the bytes, DCBA both. `bit` takes
    one bit of a register (0 is the lowest).
    """

    address: Annotated[int, msgspec.Meta(ge=0, le=65535)]
    table: Literal["holding", "input", "coil", "discrete"] = "holding"
    type: NumberType = "uint16"
    order: Order = "ABCD"
    scale: float = 1.0
    offset: float = 0.0
    bit: Annotated[int, msgspec.Meta(ge=0, le=15)] | None = None

    def __post_init__(self) -> None:
        if self.bit is not None and (
            self.type not in ("uint16", "bool") or self.table in ("coil", "discrete")
        ):
            raise ValueError("bit: only for a uint16 or bool in a holding or input register")
        if self.type == "bool" and self.bit is None and self.table in ("holding", "input"):
            raise ValueError("bit: missing for a bool in a register")


class ModbusSettings(SourceSettings, frozen=True, kw_only=True, tag="modbus"):
    """A Modbus TCP device that is polled; `registers` maps tag keys to places in it."""

    host: str
    registers: dict[str, Register]
    port: Port = 502
    unit: Annotated[int, msgspec.Meta(ge=0, le=255)] = 1
    period_s: Seconds = 1.0
    timeout_s: Seconds = 2.0


AnySource = Hj212Settings | ModbusSettings
