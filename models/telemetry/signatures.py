"""Risk signatures (风险特征库) matched against the trends of a hazard source."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from models.libraries.kinds import Signature
from models.libraries.ports import SignatureMatch
from models.telemetry.signature_pattern import Condition, PatternError, parse_pattern
from models.times import SECOND_US


class SignatureLibrary:
    """The port `Signatures` over the rows of one revision.

    Parameters
    ----------
    signatures : iterable of Signature
        Their patterns are those of `models.telemetry.signature_pattern`.
    period_s : float
        Time between two values of a trend [s] > 0; the last one is of the moment asked for.

    Notes
    -----
    A signature whose pattern can't be read matches nothing; `unreadable` says why, by key.
    """

    def __init__(self, signatures: Iterable[Signature], period_s: float = 1.0) -> None:
        self._period_us = round(period_s * SECOND_US)
        self._readable: list[tuple[Signature, tuple[Condition, ...]]] = []
        self.unreadable: dict[str, str] = {}
        for row in sorted(signatures, key=lambda row: row.key):
            try:
                self._readable.append((row, parse_pattern(row.pattern)))
            except PatternError as error:
                self.unreadable[row.key] = str(error)

    def match(
        self, hazard_source_key: str, trend: Mapping[str, Sequence[float]], at_us: int
    ) -> Sequence[SignatureMatch]:
        """Return the signatures that match the trend (tag key → values) of a source now."""
        found = []
        for row, conditions in self._readable:
            ages = [self._age(condition, trend) for condition in conditions]
            if None not in ages:
                since_us = at_us - min(age for age in ages if age is not None) * self._period_us
                keys = tuple(dict.fromkeys(condition.tag_key for condition in conditions))
                found.append(
                    SignatureMatch(
                        signature_key=row.key,
                        tag_keys=keys,
                        since_us=since_us,
                        explanation=row.explanation,
                    )
                )
        return found

    def _age(self, condition: Condition, trend: Mapping[str, Sequence[float]]) -> int | None:
        """Return for how many values a condition has held; None when it doesn't."""
        values = np.asarray(trend.get(condition.tag_key, ()), np.float64)
        since = condition.since(values)
        return None if since is None else values.size - 1 - since
