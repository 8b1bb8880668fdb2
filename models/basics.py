"""Small value types that every package shares."""

import math
from typing import Literal

import msgspec

Language = Literal["zh", "en"]


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of the immutable keyword-only values that are stored or sent."""


class Name(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name in Chinese and English; either may be missing, never both."""

    zh: str = ""
    en: str = ""

    def text(self, language: str) -> str:
        """Return the name in `language` ('zh' or 'en'), else in the other one."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


class LatLon(msgspec.Struct, frozen=True):
    """A WGS 84 position [degrees]."""

    lat_deg: float
    lon_deg: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.lat_deg) and -90 <= self.lat_deg <= 90):
            raise ValueError(f"lat_deg: {self.lat_deg} is outside -90…90")
        if not (math.isfinite(self.lon_deg) and -180 <= self.lon_deg <= 180):
            raise ValueError(f"lon_deg: {self.lon_deg} is outside -180…180")


BY_HAND = "人工 / by hand"
"""Source of a wind that an officer entered."""


class Wind(Value, frozen=True, kw_only=True):
    """A wind reading or input; the direction is where the wind blows FROM."""

    from_deg: float
    speed_m_s: float
    stability: str
    height_m: float = 10.0
    source: str = ""
    observed_us: int = 0
    stability_assumed: bool = False


class Phone(Value, frozen=True, kw_only=True):
    """A number somebody answers."""

    number: str
    person: str = ""
    role: str = ""
    dead: bool = False
