"""Settings in layers: defaults < user < site < `MUSTER_*` < command line, each with its origin."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
import platformdirs

from app.history_settings import RetentionSettings
from app.source_settings import AnySource, BrokerSettings
from app.toml_text import write_toml

PREFIX = "MUSTER_"
_POSTGRESQL = ("postgresql://", "postgresql+psycopg://")
# Read elsewhere and no settings: where the site is, and the tests' network guard.
OTHER_VARIABLES = frozenset({"MUSTER_SITE", "MUSTER_NETGUARD"})

Layer = Literal["default", "user", "site", "environment", "command line"]
Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
GatewayName = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]{1,20}$")]


class SettingsError(Exception):
    """A setting makes no sense; the text names the file or variable, the key and the reason."""


class MqttSettings(BrokerSettings, frozen=True, kw_only=True):
    """The broker to read from; off until somebody turns it on. Muster only subscribes."""

    enabled: bool = False
    topics: tuple[str, ...] = ("muster/#",)


class MapServer(msgspec.Struct, frozen=True, kw_only=True):
    """A tile server.

    `url` is a template with {z} {x} {y} (or {-y}), {s} and {key}, or the address of a WMTS that
    takes key-value pairs.
    """

    url: str
    kind: Literal["xyz", "wmts"] = "xyz"
    layer: str = ""
    style: str = "default"
    matrix_set: str = ""
    format: str = "image/png"
    key: str = ""
    subdomains: tuple[str, ...] = ()
    min_zoom: Annotated[int, msgspec.Meta(ge=0, le=24)] = 0
    max_zoom: Annotated[int, msgspec.Meta(ge=0, le=24)] = 18
    tile_px: Annotated[int, msgspec.Meta(ge=128, le=1024)] = 256
    attribution: str = ""

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise ValueError("map.servers: url: begins with neither http:// nor https://")


class MapSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Map servers; without any nothing is fetched."""

    servers: dict[str, MapServer] = {}
    tianditu_key: str = ""
    tianditu_layers: tuple[Literal["vec", "cva", "img", "cia", "ter", "cta"], ...] = ("vec", "cva")
    timeout_s: Annotated[float, msgspec.Meta(ge=0.5, le=60)] = 5.0
    cache_mb: Annotated[int, msgspec.Meta(ge=10, le=100_000)] = 500
    cache_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] = 30


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Every setting with its default.

    An empty `store_url` means the site's own SQLite file, an empty `history_url` its own files.
    """

    language: Literal["zh", "en"] = "zh"
    theme: Literal["dark", "light", "contrast", "system"] = "dark"
    mode: Literal["live", "drill", "demonstration"] = "demonstration"
    store_url: str = ""
    history_url: str = ""
    retention: RetentionSettings = msgspec.field(default_factory=RetentionSettings)
    timezone: str = "Asia/Shanghai"
    terrain: Literal["derived", "rural", "urban"] = "derived"
    gateways: dict[GatewayName, tuple[str, ...]] = {}
    mqtt: MqttSettings = msgspec.field(default_factory=MqttSettings)
    sources: dict[str, AnySource] = {}
    map: MapSettings = msgspec.field(default_factory=MapSettings)
    remote_addresses: tuple[str, ...] = ()
    alarm_scan_ms: Annotated[int, msgspec.Meta(ge=50, le=10_000)] = 250
    coordinates: Literal["decimal", "dms", "utm"] = "decimal"
    coordinates_datum: Literal["WGS84", "CGCS2000", "GCJ02", "BD09"] = "WGS84"
    map_trail_min: Annotated[int, msgspec.Meta(ge=1, le=240)] = 15
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"timezone: {self.timezone!r} is no IANA time zone") from error
        if self.mode == "demonstration" and len(self.gateways) > 1:
            raise ValueError("gateways: a demonstration has one gateway")
        if self.history_url and not self.history_url.startswith(_POSTGRESQL):
            raise ValueError(f"history_url: begins with none of {', '.join(_POSTGRESQL)}")


# a server's address may hold its key, a source its password
SECRET_KEYS = frozenset(
    {
        "mqtt.password",
        "mqtt.key_password",
        "store_url",
        "history_url",
        "map.tianditu_key",
        "map.servers",
        "sources",
    }
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: the layer, and the file or variable in it."""

    layer: Layer
    place: str = ""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings in force, the origin of every key, and `MUSTER_*` names nobody knows."""

    settings: Settings
    origins: Mapping[str, Origin]
    unknown_variables: tuple[str, ...] = ()

    def items(self) -> Iterator[tuple[str, object, Origin]]:
        """Yield (key, value, origin) of every setting; passwords don't show."""
        for key in setting_types():
            value: object = self.settings
            for part in key.split("."):
                value = getattr(value, part)
            yield key, hidden(key, value), self.origins[key]


def hidden(key: str, value: object) -> object:
    """Return the value as it may be shown."""
    if key not in SECRET_KEYS or not value:
        return value
    text = str(value)
    if key in ("store_url", "history_url") and "@" not in text:
        return text
    return "***" + text.partition("@")[1] + text.rpartition("@")[2] if "@" in text else "***"


def setting_types() -> Mapping[str, Any]:
    """Return the type of every setting by dotted key, in the order they are declared."""
    return _TYPES


def _types_of(struct: type[msgspec.Struct], prefix: str = "") -> dict[str, Any]:
    types: dict[str, Any] = {}
    for info in msgspec.structs.fields(struct):
        if isinstance(info.type, type) and issubclass(info.type, msgspec.Struct):
            types |= _types_of(info.type, f"{prefix}{info.name}.")
        else:
            types[prefix + info.name] = info.type
    return types


_TYPES: Mapping[str, Any] = MappingProxyType(_types_of(Settings))
_BY_VARIABLE = {PREFIX + key.upper().replace(".", "_"): key for key in _TYPES}


def user_file() -> Path:
    """Return the user's settings file."""
    return Path(platformdirs.user_config_dir("muster", appauthor=False)) / "settings.toml"


def load_settings(
    site_file: Path | None = None,
    *,
    command_line: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    user: Path | None = None,
) -> LoadedSettings:
    """Read all layers.

    Parameters
    ----------
    site_file : Path, optional
        The site's `site.toml`; a missing file is an empty layer.
    command_line : mapping, optional
        Dotted key to value; None values count as not given.
    environ : mapping, optional
        The environment; the process's own when missing.
    user : Path, optional
        The user's file; the platform's own place when missing.

    Raises
    ------
    SettingsError
        For an unreadable file, an unknown key or a bad value, naming file and key.
    """
    environment = os.environ if environ is None else environ
    values: dict[str, object] = {}
    origins: dict[str, Origin] = dict.fromkeys(_TYPES, Origin("default"))
    files: tuple[tuple[Layer, Path | None], ...] = (
        ("user", user or user_file()),
        ("site", site_file),
    )
    for layer, path in files:
        for key, value in _read_file(path).items() if path else ():
            values[key] = _converted(key, value, str(path), strict=True)
            origins[key] = Origin(layer, str(path))
    unknown = []
    for variable in sorted(name for name in environment if name.startswith(PREFIX)):
        found = _BY_VARIABLE.get(variable)
        if found:
            values[found] = _converted(found, environment[variable], variable, strict=False)
            origins[found] = Origin("environment", variable)
        elif variable not in OTHER_VARIABLES:
            unknown.append(variable)
    for key, value in (command_line or {}).items():
        if value is not None:
            values[key] = _converted(key, value, "command line", strict=False)
            origins[key] = Origin("command line")
    return LoadedSettings(_built(values, origins), MappingProxyType(origins), tuple(unknown))


def save_user_setting(key: str, value: object, *, user: Path | None = None) -> None:
    """Keep a choice made on screen in the user's file; other keys there stay.

    Raises
    ------
    SettingsError
        When the key is unknown, the value bad, or the file can't be written.
    """
    path = user or user_file()
    stored = dict(_read_file(path))
    stored[key] = _converted(key, value, str(path), strict=False)
    try:
        write_toml(path, stored)
    except OSError as error:
        raise SettingsError(f"{path}: can't be written: {error.strerror}") from error


def _read_file(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            return _flat(tomllib.load(file))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from error
    except OSError as error:
        raise SettingsError(f"{path}: can't be read: {error.strerror}") from error


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in table.items():
        key = prefix + name
        if isinstance(value, dict) and key not in _TYPES:
            flat |= _flat(value, f"{key}.")
        else:
            flat[key] = value
    return flat


def _converted(key: str, value: object, place: str, *, strict: bool) -> object:
    wanted = _TYPES.get(key)
    if wanted is None:
        raise SettingsError(f"{place}: {key}: no such setting")
    if not strict and wanted == tuple[str, ...] and isinstance(value, str):
        value = tuple(part.strip() for part in value.split(",") if part.strip())
    try:
        converted: object = msgspec.convert(value, wanted, strict=strict)
    except msgspec.ValidationError as error:
        shown = "" if key in SECRET_KEYS else f"{value!r}: "
        raise SettingsError(f"{place}: {key}: {shown}{error}") from error
    return converted


def _built(values: Mapping[str, object], origins: Mapping[str, Origin]) -> Settings:
    tree: dict[str, Any] = {}
    for key, value in values.items():
        *parents, name = key.split(".")
        branch = tree
        for parent in parents:
            branch = branch.setdefault(parent, {})
        branch[name] = value
    try:
        return msgspec.convert(tree, Settings)
    except msgspec.ValidationError as error:
        key = str(error).partition(":")[0]
        origin = origins.get(key, Origin("default"))
        raise SettingsError(f"{origin.place or origin.layer}: {error}") from error
