"""Settings of the gateway's sources: `[sources.NAME]` with a `kind`, in site.toml."""

import re
from typing import Annotated, Literal

import msgspec

Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Seconds = Annotated[float, msgspec.Meta(ge=0.05, le=3600)]
_NODE_ID = re.compile(
    r"(?:ns=\d{1,5};|nsu=[^;]+;)?(?:i=\d{1,10}|s=.+|g=[0-9A-Fa-f-]{36}|b=[A-Za-z0-9+/=]+)"
)
Order = Literal["ABCD", "CDAB", "BADC", "DCBA"]
NumberType = Literal[
    "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64", "bool"
]


class BrokerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """An MQTT broker. `version` auto begins with 5 and falls back to 3.1.1.

    With a `cert_file` we show a client certificate; `tls` is on when any file is given. Clients
    of one `share_group` share the messages; each needs a `client_id` of its own.
    """

    host: str = "127.0.0.1"
    port: Port = 1883
    client_id: str = ""
    username: str = ""
    password: str = ""
    tls: bool = False
    ca_file: str = ""
    cert_file: str = ""
    key_file: str = ""
    key_password: str = ""
    version: Literal["auto", "5", "3.1.1"] = "auto"
    share_group: str = ""
    keep_alive_s: Annotated[int, msgspec.Meta(ge=5, le=3600)] = 30

    def __post_init__(self) -> None:
        if any(sign in self.share_group for sign in "/+#"):
            raise ValueError("share_group: holds one of / + #")
        if self.key_file and not self.cert_file:
            raise ValueError("key_file: is given without cert_file")


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


class OpcUaSettings(SourceSettings, frozen=True, kw_only=True, tag="opcua"):
    """An OPC UA server; `nodes` maps tag keys to node ids.

    A node id is `ns=2;s=Level`, or `nsu=URI;s=Level`, which survives a change of the server's
    namespace order. With a security policy the three files are needed; `server_certificate` pins
    the server: another one is not talked to. `sampling_s` 0 means `period_s`.
    """

    url: str
    nodes: dict[str, str]
    period_s: Seconds = 0.5
    sampling_s: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 0.0
    quiet_s: Annotated[float, msgspec.Meta(ge=0.2, le=3600)] = 2.0
    timeout_s: Annotated[float, msgspec.Meta(ge=0.2, le=60)] = 4.0
    security_policy: Literal[
        "None", "Basic256Sha256", "Aes128Sha256RsaOaep", "Aes256Sha256RsaPss"
    ] = "None"
    security_mode: Literal["Sign", "SignAndEncrypt"] = "SignAndEncrypt"
    certificate: str = ""
    private_key: str = ""
    private_key_password: str = ""
    server_certificate: str = ""
    username: str = ""
    password: str = ""

    def __post_init__(self) -> None:
        if not re.match(r"opc\.tcp://[^/@\s]+", self.url):
            raise ValueError("url: is not opc.tcp://HOST:PORT without a user in it")
        for key, node in self.nodes.items():
            if not _NODE_ID.fullmatch(node):
                raise ValueError(f"nodes: {key}: {node!r} is no node id such as ns=2;s=Level")
        files = {
            "certificate": self.certificate,
            "private_key": self.private_key,
            "server_certificate": self.server_certificate,
        }
        missing = [name for name, path in files.items() if not path]
        if self.security_policy != "None" and missing:
            raise ValueError(f"{missing[0]}: is needed with security_policy")
        if self.security_policy == "None" and len(missing) < len(files):
            raise ValueError("security_policy: is None, so that certificates would have no effect")


class SparkplugSettings(SourceSettings, frozen=True, kw_only=True, tag="sparkplug"):
    """Edge nodes of Sparkplug B behind a broker.

    `tag_key` makes a tag's key of {group}, {node}, {device} and {metric}. With `rebirth` a node
    whose birth is missing is asked for it: the one message that is ever sent towards a plant.
    """

    broker: BrokerSettings = BrokerSettings()
    groups: tuple[str, ...] = ("+",)
    tag_key: str = "{metric}"
    rebirth: bool = False

    def __post_init__(self) -> None:
        try:
            self.tag_key.format(group="", node="", device="", metric="")
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            raise ValueError(f"tag_key: {self.tag_key!r} can't be filled in") from error
        if any(not group or set(group) & set("/#") for group in self.groups):
            raise ValueError("groups: is empty or holds / or #")


class ReplaySettings(SourceSettings, frozen=True, kw_only=True, tag="replay"):
    """A recording that is played in drills, `speed` times as fast as it was recorded."""

    file: str
    speed: Annotated[float, msgspec.Meta(ge=0.01, le=1000)] = 1.0
    loop: bool = False


AnySource = Hj212Settings | ModbusSettings | OpcUaSettings | SparkplugSettings | ReplaySettings
