"""Settings of the history: `[retention]` in site.toml."""

from typing import Annotated

import msgspec


class KeepSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days that raw samples and minute aggregates are kept; 30 days raw are the least."""

    raw_days: Annotated[int, msgspec.Meta(ge=30, le=36_500)] = 30
    minutes_days: Annotated[int, msgspec.Meta(ge=30, le=36_500)] = 730

    def __post_init__(self) -> None:
        if self.minutes_days < self.raw_days:
            raise ValueError("retention: minutes_days: is less than raw_days")


class RetentionSettings(KeepSettings, frozen=True, kw_only=True):
    """For all tags; `safety` for those that warn of gas, fire and the like, others by quantity."""

    safety: KeepSettings | None = None
    quantities: dict[str, KeepSettings] = {}
