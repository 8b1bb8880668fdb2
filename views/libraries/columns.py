"""The columns of each kind, as data: name and key, what matters of the kind, its mark."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from models.times import SECOND_US
from views.kit import ViewKit
from views.libraries.catalog import RecordRow
from views.libraries.marks import is_dead, mark_of, stock_left
from views.libraries.words import LibraryWords
from views.widgets.table_model import Column

Cols = tuple[Column[RecordRow], ...]
Text = Callable[[Any], str]


class RecordColumns(QObject):
    """Builds the columns; texts are asked anew with every paint, so language may change."""

    def __init__(self, kit: ViewKit, words: LibraryWords) -> None:
        super().__init__()
        self._kit = kit
        self._words = words

    def of(self, kind: str) -> Cols:
        """Return the columns of a kind."""
        special = {
            "plans": self._plans, "teams": self._teams, "materials": self._depots,
            "experts": self._experts, "scenarios": self._scenarios, "cases": self._cases,
            "signatures": self._signatures, "failures": self._failures,
            "enterprises": self._enterprises, "hazard-sources": self._hazard_sources,
            "receptors": self._receptors, "tags": self._tags, "cameras": self._cameras,
            "permits": self._permits, "contractors": self._contractors, "shifts": self._shifts,
            "people": self._people, "features": self._features, "roads": self._roads,
            "buildings": self._buildings,
        }  # fmt: skip
        build = special.get(kind, tuple)
        state: Column[RecordRow] = Column(
            "state",
            lambda: self.tr("State"),
            lambda _: "",
            word=lambda row: self._words.mark(self._mark(row)),
            width=104,
        )
        marked = (state,) if kind in _MARKED else ()
        return (self._name(), self._key(), *build(), *marked)

    def _mark(self, row: RecordRow) -> Any:  # noqa: ANN401 - a Mark or None
        return mark_of(row.record, self._kit.desk.situation, self._kit.desk.clock.now_us())

    # Parts

    def _name(self) -> Column[RecordRow]:
        def text(row: RecordRow) -> str:
            return row.record.name.text(self._kit.language) or "—"

        return Column("name", lambda: self.tr("Name"), text, tip=text, stretch=True)

    def _key(self) -> Column[RecordRow]:
        return Column(
            "key",
            lambda: self.tr("Key"),
            lambda row: row.key,
            token=lambda _: "text2",
            tip=lambda row: row.key,
            width=108,
        )

    def _col(
        self, key: str, title: Callable[[], str], text: Text, width: int, *, right: bool = False
    ) -> Column[RecordRow]:
        def shown(row: RecordRow) -> str:
            return text(row.record)

        tip = None if right else shown
        if tip is None:
            return Column(key, title, shown, right=True, width=width)
        return Column(key, title, shown, tip=tip, width=width)

    def _date(self, us: int | None) -> str:
        return f"{self._kit.wording.local(us):%Y-%m-%d}" if us else "—"

    def _moment(self, us: int | None) -> str:
        return f"{self._kit.wording.local(us):%m-%d %H:%M}" if us else "—"

    def _owner(self, key: str) -> str:
        row = self._kit.desk.reference.get("enterprises", key) if key else None
        return row.name.text(self._kit.language) if row else key or "—"

    def _phones(self, row: Any) -> str:  # noqa: ANN401 - any record with phones
        situation = self._kit.desk.situation
        works = [phone for phone in row.phones if not is_dead(phone, situation)]
        return f"{works[0].number} {works[0].person}".strip() if works else "—"

    def _stock(self, row: Any) -> str:  # noqa: ANN401 - a Depot
        situation = self._kit.desk.situation
        parts = (
            f"{stock.name.text(self._kit.language)} {stock_left(row.key, stock, situation):g} "
            f"{stock.unit}"
            for stock in row.stock
        )
        return " · ".join(parts) or "—"

    # Libraries

    def _plans(self) -> Cols:
        return (
            self._col("type", lambda: self.tr("Type"), lambda r: r.type, 104),
            self._col("version", lambda: self.tr("Version"), lambda r: r.version or "—", 72),
            self._col(
                "for",
                lambda: self.tr("Covers"),
                lambda r: self._words.codes(r.incident_kinds),
                150,
            ),
            self._col(
                "clauses", lambda: self.tr("Clauses"), lambda r: str(len(r.clauses)), 68, right=True
            ),
            self._col(
                "until", lambda: self.tr("Valid until"), lambda r: self._date(r.expires_us), 100
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
                "of", lambda: self.tr("Substances"), lambda r: self._words.codes(r.substances), 170
            ),
            self._col(
                "deaths", lambda: self.tr("Deaths"), lambda r: _count(r.deaths), 64, right=True
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

    # Registry

    def _enterprises(self) -> Cols:
        return (
            self._col("industry", lambda: self.tr("Industry"), lambda r: r.industry or "—", 150),
            self._col(
                "chemicals",
                lambda: self.tr("Chemicals"),
                lambda r: self._words.codes(r.chemicals) or "—",
                240,
            ),
        )

    def _hazard_sources(self) -> Cols:
        return (
            self._col("type", lambda: self.tr("Type"), lambda r: self._words.code(r.type), 96),
            self._col(
                "substance",
                lambda: self.tr("Substance"),
                lambda r: f"{self._words.code(r.substance)} {r.cas}".strip() or "—",
                180,
            ),
            self._col(
                "inventory",
                lambda: self.tr("Inventory"),
                lambda r: f"{r.inventory_t:g} t" if r.inventory_t is not None else "—",
                84,
                right=True,
            ),
            self._col("grade", lambda: self.tr("Grade"), lambda r: r.grade or "—", 64),
            self._col(
                "owner", lambda: self.tr("Enterprise"), lambda r: self._owner(r.enterprise_key), 150
            ),
        )

    def _receptors(self) -> Cols:
        return (
            self._col("type", lambda: self.tr("Type"), lambda r: self._words.code(r.type), 96),
            self._col(
                "day", lambda: self.tr("By day"), lambda r: _count(r.people_day), 80, right=True
            ),
            self._col(
                "night",
                lambda: self.tr("By night"),
                lambda r: _count(r.people_night),
                80,
                right=True,
            ),
            self._col("phone", lambda: self.tr("Calls first"), self._phones, 190),
        )

    def _tags(self) -> Cols:
        return (
            self._col(
                "quantity",
                lambda: self.tr("Quantity"),
                lambda r: self._words.code(r.quantity),
                110,
            ),
            self._col("unit", lambda: self.tr("Unit"), lambda r: r.unit, 64),
            self._col(
                "limits",
                lambda: self.tr("Limits"),
                lambda r: " · ".join(f"{each.kind} {each.value:g}" for each in r.limits) or "—",
                210,
            ),
            self._col(
                "source",
                lambda: self.tr("Hazard source"),
                lambda r: r.hazard_source_key or "—",
                104,
            ),
        )

    def _cameras(self) -> Cols:
        return (
            self._col(
                "seen",
                lambda: self.tr("Last picture"),
                lambda r: self._moment(r.last_frame_us),
                120,
            ),
        )

    def _permits(self) -> Cols:
        return (
            self._col("work", lambda: self.tr("Work"), lambda r: self._words.code(r.work), 120),
            self._col(
                "where",
                lambda: self.tr("Hazard source"),
                lambda r: r.hazard_source_key or "—",
                104,
            ),
            self._col("people", lambda: self.tr("People"), lambda r: str(r.people), 64, right=True),
            self._col(
                "from", lambda: self.tr("From"), lambda r: self._moment(r.valid_from_us), 100
            ),
            self._col("to", lambda: self.tr("Until"), lambda r: self._moment(r.valid_to_us), 100),
        )

    def _contractors(self) -> Cols:
        return (
            self._col("people", lambda: self.tr("People"), lambda r: str(r.people), 64, right=True),
            self._col("phone", lambda: self.tr("Calls first"), self._phones, 200),
        )

    def _shifts(self) -> Cols:
        return (
            self._col("leader", lambda: self.tr("Leader"), lambda r: r.leader or "—", 120),
            self._col("from", lambda: self.tr("From"), lambda r: self._moment(r.starts_us), 110),
            self._col("to", lambda: self.tr("Until"), lambda r: self._moment(r.ends_us), 110),
        )

    def _people(self) -> Cols:
        return (
            self._col("role", lambda: self.tr("Role"), lambda r: self._words.code(r.role), 140),
            self._col("phone", lambda: self.tr("Calls first"), self._phones, 200),
        )

    def _features(self) -> Cols:
        return (
            self._col("type", lambda: self.tr("Type"), lambda r: self._words.code(r.type), 130),
            self._col(
                "owner", lambda: self.tr("Enterprise"), lambda r: self._owner(r.enterprise_key), 180
            ),
        )

    def _roads(self) -> Cols:
        return (
            self._col(
                "class", lambda: self.tr("Class"), lambda r: self._words.code(r.road_class), 110
            ),
            self._col(
                "speed",
                lambda: self.tr("Speed"),
                lambda r: f"{r.speed_km_h:g} km/h" if r.speed_km_h else "—",
                90,
                right=True,
            ),
        )

    def _buildings(self) -> Cols:
        return (
            self._col("type", lambda: self.tr("Type"), lambda r: self._words.code(r.type), 140),
        )


_MARKED = frozenset(
    (
        "plans", "teams", "materials", "experts", "enterprises", "receptors", "cameras", "permits",
        "contractors",
    )
)  # fmt: skip


def _count(value: int | None) -> str:
    return "—" if value is None else f"{value:,}"
