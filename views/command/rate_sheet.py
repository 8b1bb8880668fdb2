"""Asks for a release rate when none is known, for the terrain, for the wind when no mast speaks.

Whatever rate is entered is marked as assumed.
"""

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from app.commands.wind import EnterWind, mast_speaks
from app.zones import RateInput, known_rate
from models.operation.situation import Incident
from models.registry.kinds import HazardSource
from views.command.release_choice import ReleaseChoice
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.naming import named

_CLASSES: tuple[Literal["A", "B", "C", "D", "E", "F"], ...] = ("A", "B", "C", "D", "E", "F")


class RateSheet(QDialog):
    """Signals: entered(str incident id, RateInput as object), wind_entered(EnterWind)."""

    entered = Signal(str, object)
    wind_entered = Signal(object)

    def __init__(self, kit: ViewKit, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rate-sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Release rate"))
        self.setMinimumWidth(kit.theme.px(440))
        self._incident = incident
        source = kit.desk.reference.get("hazard-sources", incident.hazard_source_key)
        self._source = source if isinstance(source, HazardSource) else None
        self._first = first = known_rate(kit.desk.live_situation, incident, kit.desk.reference)
        self._rate = named(self._spin(0.001, 10_000.0, 3, " kg/s"), "rate-kg-s")
        self._minutes = named(self._spin(0.1, 1440.0, 1, " min"), "rate-minutes")
        self._height = named(self._spin(0.0, 200.0, 1, " m"), "rate-height")
        self._rate.setValue(first.release_kg_s if first else 1.0)
        self._minutes.setValue(first.duration_s / 60 if first else 30.0)
        self._height.setValue(first.height_m if first else 1.0)
        self._shown = (self._rate.value(), self._minutes.value(), self._height.value())
        self._choice = ReleaseChoice(kit, self._source)
        self._choice.chosen.connect(self._on_release_chosen)
        note = wrapped_label(
            self.tr("The rate is marked as assumed wherever the zone is shown."), "secondary"
        )
        form = QFormLayout()
        form.setHorizontalSpacing(kit.theme.px(12))
        form.setVerticalSpacing(kit.theme.px(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Release"), self._choice)
        form.addRow(self.tr("Rate"), self._rate)
        form.addRow(self.tr("Duration"), self._minutes)
        form.addRow(self.tr("Height"), self._height)
        self._terrain = named(QComboBox(), "rate-terrain")
        self._terrain.addItem(self.tr("by the site and its buildings"), None)
        self._terrain.addItem(self.tr("rural (open land)"), "rural")
        self._terrain.addItem(self.tr("urban (built-up)"), "urban")
        self._terrain.setCurrentIndex(max(0, self._terrain.findData(first and first.terrain)))
        form.addRow(self.tr("Terrain"), self._terrain)
        self.wind_since_us = 0
        """Since when the rate's wind is observed [µs UTC]: since it was entered here, else any."""
        self._clock = kit.desk.clock
        self._asks_wind = not mast_speaks(kit.desk.live_situation, kit.desk.clock.now_us())
        self._wind_from = named(self._spin(0.0, 360.0, 0, "°"), "wind-from")
        self._wind_speed = named(self._spin(0.0, 75.0, 1, " m/s"), "wind-speed")
        self._wind_class = named(QComboBox(), "wind-stability")
        self._wind_class.addItems(_CLASSES)
        if self._asks_wind:
            self._fill_wind(kit, form)
        box = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        use, back = box.button(box.StandardButton.Ok), box.button(box.StandardButton.Cancel)
        use.setText(self.tr("Use this rate") + "  Enter")
        use.setProperty("primary", True)
        back.setText(self.tr("Back") + "  Esc")
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*kit.theme.pxs(20, 16, 20, 16))
        layout.setSpacing(kit.theme.px(12))
        layout.addWidget(note)
        layout.addLayout(form)
        layout.addWidget(box)
        self.accepted.connect(self._on_accepted)
        self._rate.setFocus()
        self._rate.selectAll()

    def _fill_wind(self, kit: ViewKit, form: QFormLayout) -> None:
        """Offer the wind entered last, else a neutral one that has to be thought about."""
        last = kit.desk.live_situation.masts
        self._wind_from.setValue(last[0].from_deg if last else 0.0)
        self._wind_speed.setValue(last[0].speed_m_s if last else 2.0)
        self._wind_class.setCurrentText(last[0].stability if last else "D")
        form.addRow(
            wrapped_label(self.tr("No mast speaks: enter the wind as it is on site."), "secondary")
        )
        form.addRow(self.tr("Wind from"), self._wind_from)
        form.addRow(self.tr("Wind speed"), self._wind_speed)
        form.addRow(self.tr("Stability class"), self._wind_class)

    def _spin(self, low: float, high: float, decimals: int, suffix: str) -> QDoubleSpinBox:
        spin = QDoubleSpinBox()
        spin.setRange(low, high)
        spin.setDecimals(decimals)
        spin.setSuffix(suffix)
        return spin

    def _on_release_chosen(self, rate: RateInput) -> None:
        self._rate.setValue(rate.release_kg_s)
        self._minutes.setValue(rate.duration_s / 60)
        self._height.setValue(rate.height_m)
        self._first = rate
        self._shown = (self._rate.value(), self._minutes.value(), self._height.value())

    def _entered(self) -> RateInput:
        """Return what stands on the sheet; what was left as it was keeps its source."""
        first, terrain = self._first, self._terrain.currentData()
        rate = RateInput(
            release_kg_s=self._rate.value(),
            duration_s=self._minutes.value() * 60,
            height_m=self._height.value(),
            source="officer",
            assumed=True,
            terrain=terrain,
        )
        if first is None or (self._rate.value(), self._minutes.value(), self._height.value()) != (
            self._shown
        ):
            return rate
        return replace(first, terrain=terrain)

    def _on_accepted(self) -> None:
        rate = self._entered()
        if self._asks_wind:
            self.wind_since_us = self._clock.now_us()
            wind = EnterWind(
                from_deg=self._wind_from.value(),
                speed_m_s=self._wind_speed.value(),
                stability=next(c for c in _CLASSES if c == self._wind_class.currentText()),
            )
            self.wind_entered.emit(wind)
        self.entered.emit(self._incident.id, rate)
