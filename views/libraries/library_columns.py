"""The special columns of the libraries: plans, teams, depots, experts, scenarios, cases."""

from collections.abc import Callable

from models.times import SECOND_US
from views.libraries.column_parts import Cols, ColumnParts, count_text


class LibraryColumns(ColumnParts):
    """Columns of the library kinds."""

    def builders(self) -> dict[str, Callable[[], Cols]]:
        """Return what builds the columns of each kind."""
        return {
            "plans": self._plans,
            "teams": self._teams,
            "materials": self._depots,
            "experts": self._experts,
            "scenarios": self._scenarios,
            "cases": self._cases,
            "signatures": self._signatures,
            "failures": self._failures,
        }

    def _plans(self) -> Cols:
        return (
            self._col("type", lambda: self.tr("Type"), lambda r: self._words.code(r.type), 100),
            self._col(
                "until", lambda: self.tr("Valid until"), lambda r: self._date(r.expires_us), 92
            ),
            self._col("version", lambda: self.tr("Version"), lambda r: r.version or "—", 64),
            self._col(
                "clauses", lambda: self.tr("Clauses"), lambda r: str(len(r.clauses)), 68, right=True
            ),
            self._col(
                "for",
                lambda: self.tr("Covers"),
                lambda r: self._words.codes(r.incident_kinds),
                150,
            ),
        )

    def _teams(self) -> Cols:
        return (
            self._col(
                "can",
                lambda: self.tr("Capabilities"),
                lambda r: self._words.codes(r.capabilities),
                210,
            ),
            self._col("people", lambda: self.tr("People"), lambda r: str(r.people), 64, right=True),
            self._col(
                "vehicles", lambda: self.tr("Vehicles"), lambda r: str(r.vehicles), 68, right=True
            ),
            self._col(
                "turnout",
                lambda: self.tr("Turnout"),
                lambda r: self._kit.wording.duration(r.turnout_s * SECOND_US),
                72,
                right=True,
            ),
            self._col("phone", lambda: self.tr("Calls first"), self._phones, 190),
        )

    def _depots(self) -> Cols:
        return (
            self._col("stock", lambda: self.tr("In stock now"), self._stock, 320),
            self._col("phone", lambda: self.tr("Calls first"), self._phones, 170),
        )

    def _experts(self) -> Cols:
        return (
            self._col(
                "fields", lambda: self.tr("Fields"), lambda r: self._words.codes(r.fields), 240
            ),
            self._col("phone", lambda: self.tr("Calls first"), self._phones, 190),
        )

    def _scenarios(self) -> Cols:
        return (
            self._col(
                "source",
                lambda: self.tr("Hazard source"),
                lambda r: r.hazard_source_key or "—",
                110,
            ),
            self._col(
                "injects", lambda: self.tr("Injects"), lambda r: str(len(r.injects)), 72, right=True
            ),
            self._col(
                "goals",
                lambda: self.tr("Objectives"),
                lambda r: str(len(r.objectives)),
                84,
                right=True,
            ),
            self._col(
                "length",
                lambda: self.tr("Length"),
                lambda r: self._kit.wording.duration(r.duration_s * SECOND_US),
                80,
                right=True,
            ),
        )

    def _cases(self) -> Cols:
        return (
            self._col("when", lambda: self.tr("Happened"), lambda r: r.happened or "—", 96),
            self._col(
                "kind",
                lambda: self.tr("Incident"),
                lambda r: self._words.code(r.incident_kind) or "—",
                120,
            ),
            self._col(
                "of",
                lambda: self.tr("Substances"),
                lambda r: self._words.substances(r.substances),
                170,
            ),
            self._col(
                "deaths", lambda: self.tr("Deaths"), lambda r: count_text(r.deaths), 64, right=True
            ),
        )

    def _signatures(self) -> Cols:
        return (self._col("pattern", lambda: self.tr("Pattern"), lambda r: r.pattern, 300),)

    def _failures(self) -> Cols:
        return (
            self._col("what", lambda: self.tr("Equipment"), lambda r: r.equipment or "—", 160),
            self._col("mode", lambda: self.tr("Failure mode"), lambda r: r.mode or "—", 200),
            self._col(
                "when", lambda: self.tr("Happened"), lambda r: self._date(r.happened_us), 100
            ),
        )
