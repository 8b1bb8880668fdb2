"""Sliders for rate and wind: the zone follows them as a preview; only an act puts it on record.

It is no modal sheet: the map stays in sight and in use while it is open.
"""

import asyncio
import math

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget
from shiboken6 import isValid

from app.commands.zone import DrawZone
from app.point_courses import ZoneCase, newest_case
from app.what_if import LevelPair, WhatIf, ZonePair, inputs_of, side_by_side, zone_if
from models.hazard.ports import HazardInputError, ReceptorHit, ZoneResult
from models.operation.situation import Incident, Published
from views.kit import ViewKit
from views.map.words import MapWords
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_WIDTH_PX, _TABLE_PX = 560, 160
_RATE_STEPS, _LEAST_KG_S, _MOST_KG_S = 500, 0.01, 1000.0
_SPEED_STEPS, _MOST_M_S = 250, 25.0
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
        self._names = [PlainLabel(role="secondary") for _ in range(3)]
        self._values = [PlainLabel() for _ in range(3)]
        self._rate = self._slider("what-if-rate", _RATE_STEPS)
        self._from = self._slider("what-if-from", 359)
        self._speed = self._slider("what-if-speed", _SPEED_STEPS)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for row, slider in enumerate((self._rate, self._from, self._speed)):
            grid.addWidget(self._names[row], row, 0)
            grid.addWidget(slider, row, 1)
            self._values[row].setMinimumWidth(kit.theme.px(90))
            self._values[row].setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(self._values[row], row, 2)
        sliders = QWidget()
        sliders.setLayout(grid)
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
        for widget in (self._head, sliders, self._view, self._inside, self._note):
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
        self._rate.setFocus()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("What if"))
        titles = (self.tr("Rate"), self.tr("Wind from"), self.tr("Wind speed"))
        for label, slider, title in zip(
            self._names, (self._rate, self._from, self._speed), titles, strict=True
        ):
            label.setText(title)
            slider.setAccessibleName(title)
        self._back.set_label(self.tr("Back") + "  Esc")
        self._keep.set_label(self.tr("Keep B as A"))
        self._draw.set_label(self.tr("Draw B as a zone"))
        self._view.setAccessibleName(self.tr("Two scenarios side by side"))
        self._model.retranslate()
        self._refresh()

    def asked(self) -> WhatIf:
        """Return what the sliders say; one that wasn't moved keeps the zone's own value."""
        known = inputs_of(self._case) if self._case is not None else WhatIf(1.0, 0.0, 1.0)
        rate, degrees, speed = self._rate.value(), self._from.value(), self._speed.value()
        return WhatIf(
            known.release_kg_s if rate == _rate_step(known.release_kg_s) else _rate_of(rate),
            known.from_deg if degrees == round(known.from_deg) % 360 else float(degrees),
            known.speed_m_s if speed == _speed_step(known.speed_m_s) else _speed_of(speed),
        )

    def _begin(self) -> None:
        try:
            self._case = newest_case(self._kit.desk.situation, self._incident)
        except HazardInputError:
            self._fault = self.tr("No model's zone stands for this incident: enter a rate first.")
            for slider in (self._rate, self._from, self._speed):
                slider.setEnabled(False)
            return
        known = inputs_of(self._case)
        self._one = self._other = self._case.zone.result
        self._rate.setValue(_rate_step(known.release_kg_s))
        self._from.setValue(round(known.from_deg) % 360)
        self._speed.setValue(_speed_step(known.speed_m_s))
        for slider in (self._rate, self._from, self._speed):
            slider.valueChanged.connect(self._on_moved)

    def _slider(self, name: str, most: int) -> QSlider:
        slider = named(QSlider(Qt.Orientation.Horizontal), name)
        slider.setRange(0, most)
        return slider

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

    def _on_moved(self) -> None:
        self._refresh_values()
        self._compute()

    def _compute(self) -> None:
        """Compute what the sliders say; moved meanwhile, compute the last place again."""
        if self._busy or self._case is None:
            self._again = self._busy
            return
        self._busy, self._again = True, False
        desk, case, asked = self._kit.desk, self._case, self.asked()
        reference, now_us, offset_h = desk.reference, desk.clock.now_us(), _offset_h(self._kit)
        future = desk.in_worker(
            lambda: zone_if(case, asked, reference, now_us=now_us, utc_offset_h=offset_h)
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
        self._refresh_values()
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

    def _refresh_values(self) -> None:
        asked = self.asked()
        texts = (f"{asked.release_kg_s:.3g} kg/s", f"{asked.from_deg:.0f}°",
                 f"{asked.speed_m_s:.1f} m/s")  # fmt: skip
        for label, text in zip(self._values, texts, strict=True):
            label.setText(text)

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


def _rate_step(rate_kg_s: float) -> int:
    share = math.log(max(rate_kg_s, _LEAST_KG_S) / _LEAST_KG_S) / math.log(_MOST_KG_S / _LEAST_KG_S)
    return min(round(share * _RATE_STEPS), _RATE_STEPS)


def _rate_of(step: int) -> float:
    rate = _LEAST_KG_S * (_MOST_KG_S / _LEAST_KG_S) ** (step / _RATE_STEPS)
    return float(f"{rate:.3g}")


def _speed_step(speed_m_s: float) -> int:
    return min(round(speed_m_s / _MOST_M_S * _SPEED_STEPS), _SPEED_STEPS)


def _speed_of(step: int) -> float:
    return round(step / _SPEED_STEPS * _MOST_M_S, 2)


def _offset_h(kit: ViewKit) -> float:
    """Return the desk's offset from UTC [h]: day or night decides how many people are there."""
    offset = kit.wording.local(kit.desk.clock.now_us()).utcoffset()
    return offset.total_seconds() / 3600 if offset is not None else 0.0
