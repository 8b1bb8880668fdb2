"""Two zones of the incident side by side: computed, drawn or imported, all as equals."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from app.zone_compare import SeverityPair, comparable, compare
from models.hazard.ports import GIVEN, ReceptorHit, ZoneLevel
from models.operation.situation import Incident, Published, Zone
from views.command.inside_words import InsideWords
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_WIDTH_PX, _TABLE_PX = 720, 150


class CompareSheet(SheetDialog):
    """Follows the situation; in a replay it compares what stood then."""

    def __init__(self, kit: ViewKit, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("compare-sheet")
        self.setMinimumWidth(kit.theme.px(_WIDTH_PX))
        self._kit = kit
        self._incident = incident
        self._zones: tuple[Zone, ...] = ()
        self._words = InsideWords(kit.wording, self)
        self._form = Form(
            kit.theme,
            [Field("one", lambda: "A", QComboBox), Field("other", lambda: "B", QComboBox)],
        )
        columns: tuple[Column[SeverityPair], ...] = (
            Column("level", lambda: self.tr("Level"), self._severity,
                   severity=lambda row: 4 - row.severity, width=90),
            Column("one", lambda: "A", self._cell(lambda row: row.one), stretch=True),
            Column("other", lambda: "B", self._cell(lambda row: row.other), stretch=True),
        )  # fmt: skip
        self._model: TableModel[SeverityPair] = TableModel(columns, lambda row: row.severity, self)
        self._view = named(TableView(kit.theme), "compare-table")
        self._view.show_model(self._model)
        self._view.setFixedHeight(kit.theme.px(_TABLE_PX))
        self._inside = named(wrapped_label(), "compare-inside")
        for widget in (self._form, self._view, self._inside):
            self.add_content(widget)
        self._back = named(KeyButton(kit.theme, primary=True), "compare-back")
        self._back.clicked.connect(self.reject)
        self.add_act(self._back, default=True)
        self._fill()
        self.retranslate()
        for key in ("one", "other"):
            self._combo(key).currentIndexChanged.connect(self._refresh)
        kit.desk.published.connect(self._on_published)
        self._combo("other").setFocus()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("Compare two zones"))
        self._back.set_label(self.tr("Back") + "  Esc")
        self._view.setAccessibleName(self.tr("Two zones side by side"))
        for key in ("one", "other"):
            for index, zone in enumerate(self._zones):
                self._combo(key).setItemText(index, self._name(zone))
        self._model.retranslate()
        self._refresh()

    def _combo(self, key: str) -> QComboBox:
        combo = self._form.field(key)
        assert isinstance(combo, QComboBox)
        return combo

    def _fill(self) -> None:
        """List what stands: at first the newest computed zone against the newest other one."""
        self._zones = comparable(self._kit.desk.situation, self._incident.id)
        rank = {"model": 0, "fire": 0, "rule_of_thumb": 1}
        order = sorted(self._zones, key=lambda z: rank.get(z.result.kind, 2))
        first = order[0] if order else None
        given = [z for z in self._zones if z.result.kind in GIVEN and z is not first]
        second = next(iter((*given, *(z for z in self._zones if z is not first))), first)
        for key, chosen in (("one", first), ("other", second)):
            combo = self._combo(key)
            held = combo.currentData() or (chosen.id if chosen is not None else "")
            combo.blockSignals(True)
            combo.clear()
            for zone in self._zones:
                combo.addItem(self._name(zone), zone.id)
            combo.setCurrentIndex(max(combo.findData(held), 0))
            combo.blockSignals(False)

    def _name(self, zone: Zone) -> str:
        wording = self._kit.wording
        kind = wording.model(zone.result.kind, zone.result.model)
        at = wording.time(zone.drawn_us, self._kit.desk.clock.now_us())
        return " · ".join((kind, at, *([self.tr("OUT OF DATE")] if zone.out_of_date else [])))

    def _chosen(self, key: str) -> Zone | None:
        wanted = self._combo(key).currentData()
        return next((zone for zone in self._zones if zone.id == wanted), None)

    @Slot()
    def _refresh(self) -> None:
        one, other = self._chosen("one"), self._chosen("other")
        if one is None or other is None:
            self._model.update(())
            self._inside.setText(self.tr("No zone stands for this incident."))
            return
        found = compare(one.result, other.result)
        self._model.update(found.levels)
        lines = [
            self.tr("Places inside: A {one}, B {other}").format(
                one=len(one.result.receptors), other=len(other.result.receptors)
            ),
            *self._only(self.tr("Only in A: {names}"), found.only_one),
            *self._only(self.tr("Only in B: {names}"), found.only_other),
        ]
        if other.result.kind in GIVEN or one.result.kind in GIVEN:
            lines.append(self.tr("A zone drawn or imported doesn't follow the wind."))
        self._inside.setText("\n".join(lines))

    def _only(self, words: str, hits: tuple[ReceptorHit, ...]) -> list[str]:
        return [words.format(names=self._words.names(hits))] if hits else []

    def _severity(self, row: SeverityPair) -> str:
        return {3: self.tr("Red"), 2: self.tr("Orange"), 1: self.tr("Yellow")}[row.severity]

    def _cell(
        self, of: Callable[[SeverityPair], ZoneLevel | None]
    ) -> Callable[[SeverityPair], str]:
        def text(row: SeverityPair) -> str:
            level = of(row)
            if level is None:
                return self.tr("no such level")
            name = level.label.text(self._kit.language)
            return f"{name} · {self._kit.wording.distance(level.reach_m)}"

        return text

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or "zones" in published.changes.touched:
            self._fill()
            self._refresh()
