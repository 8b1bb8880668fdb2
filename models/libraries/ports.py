"""Library ports that later issues fill."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from models.basics import Name, Value


class SignatureMatch(Value, frozen=True, kw_only=True):
    """A risk signature that matched and why."""

    signature_key: str
    tag_keys: tuple[str, ...]
    since_us: int
    explanation: Name


class Signatures(Protocol):
    """Matches risk signatures (风险特征) against the trend of a hazard source."""

    def match(
        self, hazard_source_key: str, trend: Mapping[str, Sequence[float]], at_us: int
    ) -> Sequence[SignatureMatch]:
        """Return the signatures that match the trend (tag key → values) now."""
        ...
