"""Registry kinds: what stands in the park and around it (reference data, versioned rows)."""

from typing import ClassVar, Literal

import msgspec

from models.basics import LatLon, Name, Phone, Value


class Record(Value, frozen=True, kw_only=True):
    """Base of every reference row. `key` is unique within its kind and never reused."""

    KIND: ClassVar[str] = ""

    key: str
    name: Name
    position: LatLon | None = None
    datum: str = "WGS84"
    source: str = ""
    fictitious: bool = False
    remarks: str = ""


class Enterprise(Record, frozen=True, kw_only=True):
    """An enterprise, keyed by its 统一社会信用代码 (GB 32100-2015) or a foreign register's id.

    `guidance` is what to do about an alarm whose limit and hazard source don't say.
    """

    KIND: ClassVar[str] = "enterprises"

    address: str = ""
    industry: str = ""
    region: str = ""
    control_room: tuple[Phone, ...] = ()
    chemicals: tuple[str, ...] = ()
    external_ids: dict[str, str] = msgspec.field(default_factory=dict)
    guidance: Name = Name()


class ReleaseScenario(Value, frozen=True, kw_only=True):
    """A stored typical release of one hazard source."""

    key: str
    name: Name
    release_kg_s: float
    duration_s: float
    height_m: float = 1.0
    assumed: bool = True


class HazardSource(Record, frozen=True, kw_only=True):
    """A hazard source (危险源): vessel, unit, warehouse bay, pipe rack.

    `guidance` is what to do about an alarm whose limit doesn't say.
    """

    KIND: ClassVar[str] = "hazard-sources"

    enterprise_key: str = ""
    type: str = ""
    substance: str = ""
    cas: str = ""
    un: str = ""
    inventory_t: float | None = None
    grade: Literal["", "一级", "二级", "三级", "四级"] = ""
    r_value: float | None = None
    scenarios: tuple[ReleaseScenario, ...] = ()
    dont: tuple[Name, ...] = ()
    footprint: tuple[LatLon, ...] = ()
    upstream_of: tuple[str, ...] = ()
    guidance: Name = Name()


class Receptor(Record, frozen=True, kw_only=True):
    """Somebody to protect: village, school, hospital, water intake."""

    KIND: ClassVar[str] = "receptors"

    type: str = ""
    people_day: int | None = None
    people_night: int | None = None
    phones: tuple[Phone, ...] = ()
    address: str = ""


LimitKind = Literal["HH", "H", "L", "LL", "RISE", "FALL", "DEV", "STATE", "COUNT", "STALE"]
Consequence = Literal["", "minor", "moderate", "major", "severe"]


class Limit(Value, frozen=True, kw_only=True):
    """One alarm limit of a tag (ISA-18.2 alarm attributes).

    Of `kind`, HH, H, L and LL compare the reading with `value`. RISE and FALL compare how fast it
    rises or falls, in the tag's unit per minute, over `window_s`. DEV compares how far it is from
    `setpoint`, or from the tag `versus` when that is given. STATE is a reading equal to `value`.
    COUNT is `value` rises through `setpoint` within `window_s`. STALE is a tag that is silent
    longer than its patience; its `value` says nothing.

    A `latch` stands until somebody resets it. After `realarm_s` an alarm that stands
    unacknowledged sounds again, after `ack_expires_s` an acknowledged one (0: never). Each of
    `suppressed_when` is a plant state, `KEY=VALUE`, during which the alarm is suppressed by
    design. `consequence` and `respond_s` are what the priority was chosen by: an import that gives
    them and no priority takes it from `resources/rules/alarm_priority.toml`.
    """

    kind: LimitKind
    value: float
    priority: Literal[1, 2, 3, 4]
    deadband: float = 0.0
    on_delay_s: float = 0.0
    off_delay_s: float = 0.0
    guidance: Name = Name()
    source: str = ""
    window_s: float = 60.0
    setpoint: float = 0.0
    versus: str = ""
    latch: bool = False
    realarm_s: float = 0.0
    ack_expires_s: float = 0.0
    suppressed_when: tuple[str, ...] = ()
    consequence: Consequence = ""
    respond_s: float = 0.0


class Tag(Record, frozen=True, kw_only=True):
    """A measured point. `safety` tags are never folded or silenced automatically."""

    KIND: ClassVar[str] = "tags"

    enterprise_key: str = ""
    hazard_source_key: str = ""
    quantity: str = ""
    unit: str = ""
    low: float = 0.0
    high: float = 100.0
    limits: tuple[Limit, ...] = ()
    period_s: float = 1.0
    safety: Literal["", "toxic", "combustible", "fire", "call_point", "trip", "man_down"] = ""
    topic: str = ""
    wide: bool = False
    substance: str = ""


class Camera(Record, frozen=True, kw_only=True):
    """A camera and when its picture last moved."""

    KIND: ClassVar[str] = "cameras"

    enterprise_key: str = ""
    last_frame_us: int | None = None


class Permit(Record, frozen=True, kw_only=True):
    """A special-work permit (特殊作业票)."""

    KIND: ClassVar[str] = "permits"

    enterprise_key: str = ""
    hazard_source_key: str = ""
    work: str = ""
    grade: str = ""
    tags: tuple[str, ...] = ()
    people: int = 0
    contractor: str = ""
    guardian: Phone | None = None
    valid_from_us: int = 0
    valid_to_us: int = 0


class Contractor(Record, frozen=True, kw_only=True):
    """A contractor with people in the park."""

    KIND: ClassVar[str] = "contractors"

    people: int = 0
    phones: tuple[Phone, ...] = ()


class Shift(Record, frozen=True, kw_only=True):
    """A roster entry: who is on duty and from when."""

    KIND: ClassVar[str] = "shifts"

    leader: str = ""
    officers: tuple[str, ...] = ()
    starts_us: int = 0
    ends_us: int = 0


class Person(Record, frozen=True, kw_only=True):
    """A user of the desk."""

    KIND: ClassVar[str] = "people"

    role: str = ""
    phones: tuple[Phone, ...] = ()


class Feature(Record, frozen=True, kw_only=True):
    """Anything else drawn on the map: gate, pond, river gate, rack, shelter, hydrant, mast."""

    KIND: ClassVar[str] = "features"

    type: str = ""
    enterprise_key: str = ""
    line: tuple[LatLon, ...] = ()
    closed: bool = False


class Road(Record, frozen=True, kw_only=True):
    """One directed-or-not road way with its speed."""

    KIND: ClassVar[str] = "roads"

    road_class: str = ""
    speed_km_h: float = 0.0
    oneway: Literal["", "forward", "backward"] = ""
    line: tuple[LatLon, ...] = ()


class Building(Record, frozen=True, kw_only=True):
    """A building outline."""

    KIND: ClassVar[str] = "buildings"

    type: str = ""
    ring: tuple[LatLon, ...] = ()


class Layer(Record, frozen=True, kw_only=True):
    """A map layer that a user imported; its shapes stand in the site's folder, in WGS 84.

    `datum` and `crs` are what the file had; `file` is named by what it holds, so that a row of an
    older revision still finds its shapes.
    """

    KIND: ClassVar[str] = "layers"

    file: str = ""
    file_name: str = ""
    crs: str = ""
    points: int = 0
    lines: int = 0
    areas: int = 0
    columns: tuple[str, ...] = ()
    name_column: str = ""
    south_west: LatLon | None = None
    north_east: LatLon | None = None
