"""A hazard source judged by its normal course, row by row as time goes on."""

from collections import deque

import numpy as np

from models.operation.events.early_warning import (
    EarlyWarningRaised,
    NormalCourseRef,
    TagCause,
)
from models.telemetry.early_warning import WarningEvent
from models.telemetry.normal_course import Floats
from models.telemetry.source_model import SourceModel

_SETTLING_ROWS = 10
_GAP_ROWS = 20
_KEPT_ROWS = 7200


class LiveCourse:
    """Follows one source; after a start or a silence of twenty rows it begins at what it finds."""

    def __init__(self, model: SourceModel) -> None:
        self.model = model
        self._watch = model.watch()
        self._at_us: deque[int] = deque(maxlen=_KEPT_ROWS)
        self._settling: list[Floats] = []
        self._settled = False

    def step(self, at_us: int, row: Floats) -> WarningEvent | None:
        """Take the row of a moment [µs UTC], shape (p,); return the event that goes on."""
        if self._at_us and at_us - self._at_us[-1] > _GAP_ROWS * self.model.period_us:
            self._settled, self._settling = False, []
        self._at_us.append(at_us)
        if not self._settled:
            self._settle(row)
            return None
        self._watch.step(row)
        return self._watch.so_far()

    def _settle(self, row: Floats) -> None:
        self._settling.append(row)
        if len(self._settling) >= _SETTLING_ROWS:
            rows = np.array(self._settling)
            seen = np.isfinite(rows)
            sums = np.where(seen, rows, 0.0).sum(axis=0)
            mean = np.where(seen.any(axis=0), sums / np.maximum(seen.sum(axis=0), 1), np.nan)
            self._watch.begin(mean)
            self._settled, self._settling = True, []

    def _moment(self, row: int) -> int:
        """Return when a row was; of one that is no longer known when the oldest was."""
        back = self._watch.row - row
        return self._at_us[max(len(self._at_us) - 1 - back, 0)]

    def payload(
        self, event: WarningEvent, source_key: str, enterprise_key: str, units: dict[str, str]
    ) -> EarlyWarningRaised:
        """Return what the record says of an event."""
        model = self.model
        causes = tuple(
            TagCause(
                tag_key=reason.key,
                value=reason.level,
                normal=reason.course,
                score=round(reason.score, 2),
                since_us=self._moment(reason.since_row),
                unit=units.get(reason.key, ""),
            )
            for reason in event.reasons
        )
        compared = NormalCourseRef(
            version=model.version, from_us=model.from_us, to_us=model.to_us, rows=model.rows
        )
        since_us = min([self._moment(event.start_row), *(cause.since_us for cause in causes)])
        return EarlyWarningRaised(
            kind="course",
            by=event.by,
            hazard_source_key=source_key,
            enterprise_key=enterprise_key,
            since_us=since_us,
            tags=causes,
            score=round(event.score, 2),
            compared=compared,
        )
