"""Risk signatures (风险特征) on live values: the recent trend of each tag that a pattern names."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from models.libraries.kinds import Signature
from models.operation.events.early_warning import EarlyWarningRaised, TagCause
from models.registry.kinds import HazardSource, Tag
from models.rules import load_rules
from models.telemetry.signature_pattern import PatternError, parse_pattern
from models.telemetry.signatures import SignatureLibrary
from models.times import SECOND_US


class LiveSignatures:
    """Matches the library's patterns against the last minutes of values.

    Parameters
    ----------
    signatures : sequence of Signature
        Rows of the library; one that can't be read matches nothing and is named in `unreadable`.
    tags : sequence of Tag
        In the order of the values.
    sources : mapping
        Hazard sources by key; a match belongs to that of its first tag.

    Notes
    -----
    A trend is `window_s` long in steps of `period_s` (`[signature]` of
    `resources/rules/early_warning.toml`); one with a gap matches nothing, so neither does any
    within `window_s` of a start: `unknown` says of which nobody can tell.
    """

    def __init__(
        self,
        signatures: Sequence[Signature],
        tags: Sequence[Tag],
        sources: Mapping[str, HazardSource],
    ) -> None:
        rules = load_rules("early_warning")["signature"]
        period_s = float(rules["period_s"])
        self._period_us = round(period_s * SECOND_US)
        self._library = SignatureLibrary(signatures, period_s)
        self._sources = sources
        places = {tag.key: i for i, tag in enumerate(tags)}
        named = {key for row in signatures for key in _named(row)} & places.keys()
        self._tags = {key: tags[places[key]] for key in sorted(named)}
        self._places = [places[key] for key in self._tags]
        rows = {key: i for i, key in enumerate(self._tags)}
        self._rows = {
            f"signature/{row.key}": [rows[key] for key in _named(row) & rows.keys()]
            for row in signatures
        }
        steps = round(float(rules["window_s"]) / period_s)
        self._recent = np.full((len(self._tags), steps), np.nan)
        self._next_us = 0
        self._matches: dict[str, EarlyWarningRaised] = {}

    @property
    def unreadable(self) -> Mapping[str, str]:
        """Return why a signature can't be read, by its key."""
        return self._library.unreadable

    @property
    def unknown(self) -> Collection[str]:
        """Return the subjects one of whose trends has a gap."""
        whole = np.isfinite(self._recent).all(axis=1)
        return {subject for subject, rows in self._rows.items() if not whole[rows].all()}

    def step(
        self, values: npt.NDArray[np.float64], now_us: int
    ) -> Mapping[str, EarlyWarningRaised]:
        """Take the values of a moment, NaN without one; return what matches, by subject."""
        if now_us < self._next_us or not self._tags:
            return self._matches
        self._next_us = (now_us // self._period_us + 1) * self._period_us
        self._recent = np.roll(self._recent, -1, axis=1)
        self._recent[:, -1] = values[self._places]
        trend = {
            key: self._recent[i].tolist()
            for i, key in enumerate(self._tags)
            if np.isfinite(self._recent[i]).all()
        }
        self._matches = {}
        for match in self._library.match("", trend, now_us) if trend else ():
            source_key = self._tags[match.tag_keys[0]].hazard_source_key
            source = self._sources.get(source_key)
            self._matches[f"signature/{match.signature_key}"] = EarlyWarningRaised(
                kind="signature",
                by=match.signature_key,
                hazard_source_key=source_key,
                enterprise_key=source.enterprise_key if source else "",
                since_us=match.since_us,
                tags=tuple(self._cause(key, match.since_us, trend[key]) for key in match.tag_keys),
                explanation=match.explanation,
            )
        return self._matches

    def _cause(self, key: str, since_us: int, trend: Sequence[float]) -> TagCause:
        return TagCause(
            tag_key=key,
            value=trend[-1],
            normal=trend[0],
            score=0.0,
            since_us=since_us,
            unit=self._tags[key].unit,
        )


def _named(row: Signature) -> set[str]:
    """Return the tags that a pattern names; none where it can't be read."""
    try:
        return {condition.tag_key for condition in parse_pattern(row.pattern)}
    except PatternError:
        return set()
