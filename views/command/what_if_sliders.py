"""The sliders of a question "what if": rate, hole, wind and stability."""

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSlider, QWidget

from app.what_if import WhatIf
from views.kit import ViewKit
from views.widgets.badges import PlainLabel
from views.widgets.naming import named

_RATE_STEPS, _LEAST_KG_S, _MOST_KG_S = 500, 0.01, 1000.0
_HOLE_STEPS, _LEAST_M, _MOST_M = 200, 0.002, 0.5
_SPEED_STEPS, _MOST_M_S = 250, 25.0
_CLASSES = ("A", "B", "C", "D", "E", "F")
_NONE = "–"


class WhatIfSliders(QWidget):
    """What isn't moved keeps the zone's own value. Signals: moved()."""

    moved = Signal()

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._known = WhatIf(1.0, 0.0, 1.0, "D")
        self._rate = _slider("what-if-rate", _RATE_STEPS)
        self._hole = _slider("what-if-hole", _HOLE_STEPS)
        self._from = _slider("what-if-from", 359)
        self._speed = _slider("what-if-speed", _SPEED_STEPS)
        self._class = named(QComboBox(), "what-if-stability")
        self._class.addItems(_CLASSES)
        self._all: tuple[QWidget, ...] = (
            self._rate, self._hole, self._from, self._speed, self._class
        )  # fmt: skip
        self._names = [PlainLabel(role="secondary") for _ in self._all]
        self._values = [PlainLabel() for _ in self._all]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for row, widget in enumerate(self._all):
            grid.addWidget(self._names[row], row, 0)
            grid.addWidget(widget, row, 1)
            self._values[row].setMinimumWidth(kit.theme.px(90))
            self._values[row].setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(self._values[row], row, 2)
        self.setFocusProxy(self._rate)
        self.stop("")

    def begin(self, known: WhatIf, *, hole: bool) -> None:
        """Stand at a zone's own values; `hole` says whether a rate can be worked out from one."""
        self._known = known
        self._rate.setValue(_rate_step(known.release_kg_s))
        self._from.setValue(round(known.from_deg) % 360)
        self._speed.setValue(_speed_step(known.speed_m_s))
        self._class.setCurrentText(known.stability)
        for widget in self._all:
            widget.setEnabled(widget is not self._hole or hole)
        self._rate.valueChanged.connect(self._on_rate_moved)
        for slider in (self._hole, self._from, self._speed):
            slider.valueChanged.connect(self.moved)
        self._class.currentIndexChanged.connect(self.moved)

    def stop(self, why: str) -> None:
        """Take no question, and say why where the pointer rests."""
        for widget in self._all:
            widget.setEnabled(False)
            widget.setToolTip(why)

    def asked(self) -> WhatIf:
        """Return what the sliders say."""
        known, rate, hole = self._known, self._rate.value(), self._hole.value()
        degrees, speed = self._from.value(), self._speed.value()
        return WhatIf(
            known.release_kg_s if rate == _rate_step(known.release_kg_s) else _rate_of(rate),
            known.from_deg if degrees == round(known.from_deg) % 360 else float(degrees),
            known.speed_m_s if speed == _speed_step(known.speed_m_s) else _speed_of(speed),
            self._class.currentText(),
            _hole_of(hole) if hole else None,
        )

    def show_values(self, rate_kg_s: float | None) -> None:
        """Write the values down; `rate_kg_s` is what a hole gave, None while nobody knows."""
        asked = self.asked()
        if asked.hole_m is None:
            rate = f"{asked.release_kg_s:.3g} kg/s"
        else:
            rate = _NONE if rate_kg_s is None else f"{rate_kg_s:.3g} kg/s"
        hole = _NONE if asked.hole_m is None else f"{asked.hole_m * 1000:.3g} mm"
        texts = (rate, hole, f"{asked.from_deg:.0f}°", f"{asked.speed_m_s:.1f} m/s", "")
        for label, text in zip(self._values, texts, strict=True):
            label.setText(text)

    def retranslate(self) -> None:
        """Set all texts again."""
        titles = (
            self.tr("Rate"), self.tr("Hole"), self.tr("Wind from"), self.tr("Wind speed"),
            self.tr("Stability class"),
        )  # fmt: skip
        for label, widget, title in zip(self._names, self._all, titles, strict=True):
            label.setText(title)
            widget.setAccessibleName(title)

    def _on_rate_moved(self) -> None:
        """Leave the hole: a rate that somebody sets by hand is no longer its."""
        with QSignalBlocker(self._hole):
            self._hole.setValue(0)
        self.moved.emit()


def _slider(name: str, most: int) -> QSlider:
    slider = named(QSlider(Qt.Orientation.Horizontal), name)
    slider.setRange(0, most)
    return slider


def _rate_step(rate_kg_s: float) -> int:
    share = math.log(max(rate_kg_s, _LEAST_KG_S) / _LEAST_KG_S) / math.log(_MOST_KG_S / _LEAST_KG_S)
    return min(round(share * _RATE_STEPS), _RATE_STEPS)


def _rate_of(step: int) -> float:
    rate = _LEAST_KG_S * (_MOST_KG_S / _LEAST_KG_S) ** (step / _RATE_STEPS)
    return float(f"{rate:.3g}")


def _hole_of(step: int) -> float:
    """Return a diameter [m] in whole parts of a millimetre; the first step is the smallest."""
    diameter = _LEAST_M * (_MOST_M / _LEAST_M) ** ((step - 1) / (_HOLE_STEPS - 1))
    return float(f"{diameter:.2g}")


def _speed_step(speed_m_s: float) -> int:
    return min(round(speed_m_s / _MOST_M_S * _SPEED_STEPS), _SPEED_STEPS)


def _speed_of(step: int) -> float:
    return round(step / _SPEED_STEPS * _MOST_M_S, 2)
