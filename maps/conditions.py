"""A filter as a value: one condition on the rows of one reference kind."""

from dataclasses import dataclass
from typing import Literal

Op = Literal["contains", "lacks", "at_least", "at_most"]


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: the attribute `field` of `kind` (see `maps.filters.FIELDS`) and a value."""

    kind: str
    field: str
    op: Op
    value: str | float
