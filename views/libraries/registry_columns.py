"""The special columns of the registry: who and what stands in the park and around it."""

from collections.abc import Callable

from views.libraries.column_parts import Cols, ColumnParts, count_text


class RegistryColumns(ColumnParts):
    """Columns of the registry kinds."""

    def builders(self) -> dict[str, Callable[[], Cols]]:
        """Return what builds the columns of each kind."""
        return {
            "enterprises": self._enterprises,
            "hazard-sources": self._hazard_sources,
            "receptors": self._receptors,
            "tags": self._tags,
            "cameras": self._cameras,
            "permits": self._permits,
            "contractors": self._contractors,
            "shifts": self._shifts,
            "people": self._people,
            "features": self._features,
            "roads": self._roads,
            "buildings": self._buildings,
        }

    def _enterprises(self) -> Cols:
        return (
            self._col("industry", lambda: self.tr("Industry"), lambda r: r.industry or "—", 150),
            self._col(
                "chemicals",
                lambda: self.tr("Chemicals"),
                lambda r: self._words.substances(r.chemicals) or "—",
                240,
            ),
        )

    def _hazard_sources(self) -> Cols:
        return (
            self._col("type", lambda: self.tr("Type"), lambda r: self._words.code(r.type), 96),
            self._col(
                "substance",
                lambda: self.tr("Substance"),
                lambda r: self._words.substance(r.substance, r.cas) or "—",
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
                "day", lambda: self.tr("By day"), lambda r: count_text(r.people_day), 80, right=True
            ),
            self._col(
                "night",
                lambda: self.tr("By night"),
                lambda r: count_text(r.people_night),
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
