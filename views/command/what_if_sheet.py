"""Sliders for rate, hole and wind: a preview follows them, only an act puts it on record.

It is no modal sheet: the map stays in sight and in use while it is open.
"""

import asyncio

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.commands.zone import DrawZone
from app.point_courses import ZoneCase, newest_case
from app.typical_releases import gives_releases
from app.what_if import LevelPair, ZonePair, inputs_of, side_by_side, zone_if
from models.hazard.ports import HazardInputError, ReceptorHit, ZoneResult
from models.operation.situation import Incident, Published
from models.registry.kinds import HazardSource
from views.command.what_if_sliders import WhatIfSliders
from views.kit import ViewKit
from views.map.words import MapWords
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_WIDTH_PX, _TABLE_PX = 560, 160
_MOST_NAMES = 6


class WhatIfSheet(SheetDialog):
    """Signals: previewed(tuple of ZoneResult): scenarios to draw on the map; empty ends it."""

    previewed = Signal(object)

    def __init__(self, kit: ViewKit, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("what-if-sheet")
        self.setMinimumWidth(kit.theme.px(_WIDTH_PX))
        self._kit = kit
        self._incident = incident
        held = kit.desk.reference.get(HazardSource.KIND, incident.hazard_source_key)
        self._source = held if isinstance(held, HazardSource) else None
        self._cautions = MapWords(self)
        self._case: ZoneCase | None = None
        self._one: ZoneResult | None = None
        self._kept: ZoneResult | None = None
        self._other: ZoneResult | None = None
        self._busy = False
        self._again = False
        self._fault = ""
        self._newer = False
        self._head = named(wrapped_label(role="strong"), "what-if-head")
        self._sliders = WhatIfSliders(kit)
        columns: tuple[Column[LevelPair], ...] = (
            Column("level", lambda: self.tr("Level"), lambda row: row.label.text(kit.language),
                   severity=lambda row: 4 - row.severity, stretch=True),
            Column("one", self._one_title, lambda row: self._reach(row.one_m), right=True,
                   width=130),
            Column("other", lambda: self.tr("B: sliders"), lambda row: self._reach(row.other_m),
                   right=True, width=130),
        )  # fmt: skip
        self._model: TableModel[LevelPair] = TableModel(columns, lambda row: row.key, self)
        self._view = named(TableView(kit.theme), "what-if-table")
        self._view.show_model(self._model)
        self._view.setFixedHeight(kit.theme.px(_TABLE_PX))
        self._inside = named(wrapped_label(), "what-if-inside")
        self._note = named(wrapped_label(role="secondary"), "what-if-note")
        for widget in (self._head, self._sliders, self._view, self._inside, self._note):
            self.add_content(widget)
        self._back = named(KeyButton(kit.theme), "what-if-back")
        self._keep = named(KeyButton(kit.theme), "what-if-keep")
        self._draw = named(KeyButton(kit.theme, primary=True), "what-if-draw")
        self._back.clicked.connect(self.reject)
        self._keep.clicked.connect(self._on_keep)
        self._draw.clicked.connect(self._on_draw)
        for button in (self._back, self._keep, self._draw):
            self.add_act(button)
        self.finished.connect(lambda _: self.previewed.emit(()))
        kit.desk.replay_changed.connect(self._on_replay_changed)
        kit.desk.published.connect(self._on_published)
        self._begin()
        self.retranslate()
        self._sliders.setFocus()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("What if"))
        self._sliders.retranslate()
        self._back.set_label(self.tr("Back") + "  Esc")
        self._keep.set_label(self.tr("Keep B as A"))
        self._draw.set_label(self.tr("Draw B as a zone"))
        self._view.setAccessibleName(self.tr("Two scenarios side by side"))
        self._model.retranslate()
        self._refresh()

    def _begin(self) -> None:
        try:
            self._case = newest_case(self._kit.desk.situation, self._incident)
        except HazardInputError:
            self._fault = self.tr("No model's zone stands for this incident: enter a rate first.")
            self._sliders.stop(self._fault)
            return
        self._one = self._other = self._case.zone.result
        hole = self._source is not None and gives_releases(self._source)
        self._sliders.begin(inputs_of(self._case), hole=hole)
        self._sliders.moved.connect(self._on_moved)

    @Slot(object)
    def _on_replay_changed(self, _replay: object) -> None:
        """Leave: what is asked here is about now."""
        self.reject()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if self._case is None or not (
            published.changes.full or "zones" in published.changes.touched
        ):
            return
        try:
            newest = newest_case(published.situation, self._incident).zone.id
        except HazardInputError:
            newest = ""
        if newest != self._case.zone.id:
            self._newer = True
            self._refresh()

    @Slot()
    def _on_moved(self) -> None:
        self._sliders.show_values(None)
        self._compute()

    def _compute(self) -> None:
        """Compute what the sliders say; moved meanwhile, compute the last place again."""
        if self._busy or self._case is None:
            self._again = self._busy
            return
        self._busy, self._again = True, False
        desk, case, asked, source = self._kit.desk, self._case, self._sliders.asked(), self._source
        reference, now_us, offset_h = desk.reference, desk.clock.now_us(), _offset_h(self._kit)
        future = desk.in_worker(
            lambda: zone_if(case, asked, reference, source, now_us=now_us, utc_offset_h=offset_h)
        )
        future.add_done_callback(self._on_computed)

    def _on_computed(self, future: "asyncio.Future[ZoneResult]") -> None:
        if future.cancelled() or not isValid(self):
            return
        self._busy = False
        error = future.exception()
        self._fault = ""
        if error is not None:
            self._fault = self.tr("It could not be computed: {reason}").format(reason=str(error))
            self._other = None
        else:
            self._other = future.result()
        self._tell()
        self._refresh()
        if self._again:
            self._compute()

    def _tell(self) -> None:
        shown = [each for each in (self._kept, self._other) if each is not None]
        self.previewed.emit(tuple(shown))

    def _on_keep(self) -> None:
        """Compare what follows with what the sliders say now."""
        if self._other is not None:
            self._one = self._kept = self._other
            self._tell()
            self._model.retranslate()
            self._refresh()

    def _on_draw(self) -> None:
        """Put B on record, as it is seen, beside what stands."""
        if self._other is not None and not self._busy:
            self._kit.desk.execute(DrawZone(incident_id=self._incident.id, result=self._other))
            self.accept()

    def _refresh(self) -> None:
        self._sliders.show_values(_rate_of(self._other))
        differs = self._other is not None and self._other is not self._one
        live = self._kit.desk.replay is None and self._incident.closed_us is None
        fresh = self._case is not None and self._other is not self._case.zone.result
        self._draw.setEnabled(live and fresh and self._other is not None)
        self._keep.setEnabled(differs)
        newer = self.tr("Another zone stands by now: open this sheet again.")
        preview = self.tr("A preview: nothing is on record until B is drawn as a zone.")
        self._head.setText(self._fault or (newer if self._newer else preview))
        pair = None
        if self._one is not None and self._other is not None:
            pair = side_by_side(self._one, self._other)
        self._model.update(pair.levels if pair is not None else ())
        self._inside.setText("" if pair is None else self._inside_text(pair))
        cautions = self._other.warnings if self._other is not None else ()
        self._note.setText("\n".join(self._cautions.caution(each) for each in cautions))

    def _one_title(self) -> str:
        return self.tr("A: zone on record") if self._kept is None else self.tr("A: kept")

    def _inside_text(self, pair: ZonePair) -> str:
        assert self._one is not None
        assert self._other is not None
        lines = [
            self.tr("Places inside: A {one}, B {other}").format(
                one=len(self._one.receptors), other=len(self._other.receptors)
            )
        ]
        for words, hits in (
            (self.tr("Only in A: {names}"), pair.only_one),
            (self.tr("Only in B: {names}"), pair.only_other),
        ):
            if hits:
                lines.append(words.format(names=self._some(hits)))
        return "\n".join(lines)

    def _some(self, hits: tuple[ReceptorHit, ...]) -> str:
        names = " · ".join(hit.name.text(self._kit.language) for hit in hits[:_MOST_NAMES])
        return names if len(hits) <= _MOST_NAMES else f"{names} +{len(hits) - _MOST_NAMES}"

    def _reach(self, reach_m: float | None) -> str:
        return self.tr("nowhere") if reach_m is None else self._kit.wording.distance(reach_m)


def _rate_of(result: ZoneResult | None) -> float | None:
    """Return the rate a zone was computed with [kg/s]."""
    inputs = result.inputs if result is not None else ()
    return next((float(each.value) for each in inputs if each.name == "release_rate"), None)


def _offset_h(kit: ViewKit) -> float:
    """Return the desk's offset from UTC [h]: day or night decides how many people are there."""
    offset = kit.wording.local(kit.desk.clock.now_us()).utcoffset()
    return offset.total_seconds() / 3600 if offset is not None else 0.0
